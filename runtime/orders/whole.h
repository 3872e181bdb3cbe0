// Decimals as whole numbers: an amount in its minor units, several decimals in one unit that is common to them.
//
// Entry: MinorUnits, to_minor_units, from_minor_units, to_common_units. Shares and proportions are computed on whole
// numbers, where a quotient has a remainder and nothing is lost.
#pragma once

#include <span>

#include "runtime/orders/failure.h"
#include "runtime/value/decimal.h"
#include "runtime/value/int128.h"

namespace assent::orders {

// An amount of 2 places counts cents, one of 0 places whole units. count < 10^34.
struct MinorUnits {
  UInt128 count = 0;
  bool negative = false;  // never for a count of zero
};

// Exact. Failure::bad_places for places outside 0..34, Failure::too_fine if the amount has a digit other than zero
// after that many places, Failure::overflow if the count reaches 10^34.
Failure to_minor_units(const Decimal& amount, int places, MinorUnits& out);

// The amount, held with exactly that many places. Requires units.count < 10^34 and places in 0..34.
Decimal from_minor_units(const MinorUnits& units, int places);

// Writes numbers that stand to each other as the values do, by shifting the point of all to the right by the same
// number of digits. Each is below 10^38, and so is their sum; else Failure::overflow. Requires values that are not
// negative, and as many of `out` as of `values`.
Failure to_common_units(std::span<const Decimal> values, std::span<UInt128> out);

}  // namespace assent::orders
