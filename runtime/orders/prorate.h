// What part of a price a term is: the four ways to count it, exactly, and the one rounding to an amount.
//
// Entry: multiplier, multiplier_of_months, prorated. T is the default term, for which the list price stands. For
// 2019-05-23 to 2019-09-30 (131 days; 4 months and 8 days), T of 12 months or 365 days:
//
//   day                     131/365
//   month                   5/12
//   monthly_daily           (4 + 8/(365/12)) / 12 = 389/1095
//   calendar_monthly_daily  (9/31 + 3 + 30/30) / 12 = 133/372
#pragma once

#include <cstdint>

#include "runtime/orders/failure.h"
#include "runtime/orders/ratio.h"
#include "runtime/orders/term.h"
#include "runtime/value/decimal.h"
#include "runtime/value/order_words.h"

namespace assent::orders {

// The days of a hundred years, for a default term in days. One in months is held to the same limit.
inline constexpr std::int64_t max_default_term = 36'525;

// In what a shift keeps the length, so that the multiplier stays. No shift keeps that of calendar_monthly_daily always:
// 15 days are half of a June and less than half of a July.
constexpr Measure measure_of(Proration proration) {
  return proration == Proration::day ? Measure::days : Measure::months_and_days;
}

// default_term is in days for Proration::day, else in months. Failure::bad_default_term if it is not between 1 and
// max_default_term; fails as check(term) does.
Failure multiplier(Proration proration, const Term& term, std::int64_t default_term, Ratio& out);

// months / default_term, where a term in months is given and its dates do not matter. Failure::bad_term for less than
// one month, term_too_long for more than max_term_months, bad_default_term.
Failure multiplier_of_months(std::int64_t months, std::int64_t default_term, Ratio& out);

// The calendar months that a term covers, one that it covers in part as that part: 4 9/31 in the example above, before
// the division by T. Fails as check(term) does.
Failure calendar_months(const Term& term, Ratio& out);

// list * multiplier * quantity, rounded once, half up, to `places`, which it is held with. Either factor may be
// negative. Failure::overflow if list * quantity has more than 34 digits, or the result has; Failure::bad_places.
Failure prorated(const Decimal& list, const Ratio& multiplier, const Decimal& quantity, int places, Decimal& out);

}  // namespace assent::orders
