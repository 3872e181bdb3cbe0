// A proportion of two whole numbers, kept exactly until the one rounding of the amount that it is applied to.
//
// Entry: Ratio, lowest_terms, ratio_of, times. A multiplier such as 131/365 has no end as a decimal; kept as a ratio it
// can be multiplied and compared without an error that shows in the cents.
#pragma once

#include <cstdint>

#include "runtime/orders/failure.h"
#include "runtime/value/decimal.h"
#include "runtime/value/int128.h"

namespace assent::orders {

// numerator / denominator in lowest terms, so that equal proportions are equal ratios (zero: 0/1). Both are below
// 10^34, and the denominator is not zero. All functions below require this and keep it.
struct Ratio {
  UInt128 numerator = 0;
  UInt128 denominator = 1;
  bool operator==(const Ratio&) const = default;
};

// numerator / denominator. Requires both below 10^34, and a denominator other than zero.
Ratio lowest_terms(UInt128 numerator, UInt128 denominator);

// part / whole. Requires part >= 0 and whole > 0. Failure::overflow if the ratio needs a number of 34 digits or more.
Failure ratio_of(const Decimal& part, const Decimal& whole, Ratio& out);

// value * ratio, rounded once, half up (ties away from zero), to `places`, which it is held with. Exact before that
// rounding. Failure::bad_places for places outside 0..34; Failure::overflow if the value or the result, in units of the
// last place, needs more than 34 digits.
Failure times(const Decimal& value, const Ratio& ratio, int places, Decimal& out);

}  // namespace assent::orders
