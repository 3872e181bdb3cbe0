// Entry: revenue_schedule. What has elapsed at the end of a period is a ratio of two lengths, in days or in calendar
// months; the last one is 1, and the amount has no digit beyond its places, so the last cumulative amount is all of it.
#include "runtime/orders/revenue.h"

#include <algorithm>
#include <utility>

#include "runtime/orders/prorate.h"
#include "runtime/orders/ratio.h"
#include "runtime/orders/whole.h"

namespace assent::orders {

namespace {

Date last_of_month(Date date) {
  const Civil parts = civil(date);
  return {date.days + days_in_month(parts.year, parts.month) - parts.day};
}

// The part of the term that has elapsed with the day `until`, which is one of it.
Failure elapsed(const Term& term, Date until, Recognition recognition, Ratio& out) {
  if (recognition == Recognition::by_day) {
    const std::int64_t part = until.days - term.start.days + 1;
    const std::int64_t whole = term.end.days - term.start.days + 1;
    out = lowest_terms(static_cast<UInt128>(part), static_cast<UInt128>(whole));
    return Failure::none;
  }
  Ratio part;
  Ratio whole;
  if (const Failure failure = calendar_months({term.start, until}, part); failure != Failure::none) return failure;
  if (const Failure failure = calendar_months(term, whole); failure != Failure::none) return failure;
  // Each is below 1202 * 31 * 31.
  out = lowest_terms(part.numerator * whole.denominator, part.denominator * whole.numerator);
  return Failure::none;
}

}  // namespace

Failure revenue_schedule(const Decimal& amount, const Term& term, Recognition recognition, int places,
                         std::vector<Period>& out) {
  MinorUnits units;
  if (const Failure failure = to_minor_units(amount, places, units); failure != Failure::none) return failure;
  if (const Failure failure = check(term); failure != Failure::none) return failure;
  if (recognition == Recognition::at_start || recognition == Recognition::at_end) {
    const Date point = recognition == Recognition::at_start ? term.start : term.end;
    out = {{point, point, from_minor_units(units, places)}};
    return Failure::none;
  }

  std::vector<Period> periods;
  Decimal before = from_minor_units({}, places);
  for (Date start = term.start; start <= term.end;) {
    Period period = {start, std::min(last_of_month(start), term.end), {}};
    Ratio part;
    Decimal until;
    if (const Failure failure = elapsed(term, period.end, recognition, part); failure != Failure::none) return failure;
    if (const Failure failure = times(amount, part, places, until); failure != Failure::none) return failure;
    const Fault fault = subtract(until, before, period.amount);
    if (fault != Fault::none) return failure_of(fault);
    periods.push_back(period);
    before = until;
    start = {period.end.days + 1};
  }
  out = std::move(periods);
  return Failure::none;
}

}  // namespace assent::orders
