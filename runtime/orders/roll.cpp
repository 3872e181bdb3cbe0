// Entry: roll, add_lag, latest_before_lag. All walking over weekends and holidays is add_business_days'.
#include "runtime/orders/roll.h"

namespace assent::orders {

namespace {

constexpr unsigned all_week = 0x7f;

bool has_business_days(const Calendar& calendar) { return (calendar.weekend & all_week) != all_week; }

bool same_month(Date left, Date right) {
  const Civil first = civil(left);
  const Civil second = civil(right);
  return first.year == second.year && first.month == second.month;
}

// The first business day from `date` on in the direction of `step`: 1 or -1. Requires has_business_days.
Failure nearest(const Calendar& calendar, Date date, int step, Date& out) {
  if (is_business_day(calendar, date)) {
    out = date;
    return Failure::none;
  }
  return failure_of(add_business_days(calendar, date, step, out));
}

// To the one side, unless that leaves the month (or the calendar's years), then to the other.
Failure nearest_in_month(const Calendar& calendar, Date date, int step, Date& out) {
  Date there;
  if (nearest(calendar, date, step, there) == Failure::none && same_month(date, there)) {
    out = there;
    return Failure::none;
  }
  return nearest(calendar, date, -step, out);
}

Failure check_lag(const Calendar& calendar, const Lag& lag) {
  if (lag.unit == LagUnit::calendar_days) return Failure::none;
  if (lag.count < -max_business_days || lag.count > max_business_days) return Failure::lag_too_long;
  return has_business_days(calendar) ? Failure::none : Failure::no_business_day;
}

}  // namespace

Failure roll(const Calendar& calendar, Date date, Convention convention, Date& out) {
  if (convention != Convention::unadjusted && !has_business_days(calendar)) return Failure::no_business_day;
  switch (convention) {
    case Convention::unadjusted: out = date; break;
    case Convention::following: return nearest(calendar, date, 1, out);
    case Convention::modified_following: return nearest_in_month(calendar, date, 1, out);
    case Convention::preceding: return nearest(calendar, date, -1, out);
    case Convention::modified_preceding: return nearest_in_month(calendar, date, -1, out);
  }
  return Failure::none;
}

Failure add_lag(const Calendar& calendar, Date from, const Lag& lag, Date& out) {
  if (const Failure failure = check_lag(calendar, lag); failure != Failure::none) return failure;
  return failure_of(lag.unit == LagUnit::calendar_days ? add_days(from, lag.count, out)
                                                       : add_business_days(calendar, from, lag.count, out));
}

Failure latest_before_lag(const Calendar& calendar, Date until, const Lag& lag, Date& out) {
  if (const Failure failure = check_lag(calendar, lag); failure != Failure::none) return failure;
  if (lag.unit == LagUnit::calendar_days) {
    if (lag.count == INT64_MIN) return Failure::date_range;
    return failure_of(add_days(until, -lag.count, out));
  }
  // A lag that leads to `last` or earlier leads to `until` or earlier: there is no business day between them.
  Date last;
  if (const Failure failure = nearest(calendar, until, -1, last); failure != Failure::none) return failure;
  if (lag.count <= 0) {
    Date date = last;
    if (lag.count != 0) {
      const Fault fault = add_business_days(calendar, last, -lag.count, date);
      if (fault != Fault::none) return failure_of(fault);
    }
    out = date;
    return Failure::none;
  }
  // On the day before the count-th business day back from `last`, itself the first of them, the count begins with it.
  Date first = last;
  if (lag.count > 1) {
    const Fault fault = add_business_days(calendar, last, 1 - lag.count, first);
    if (fault != Fault::none) return failure_of(fault);
  }
  return failure_of(add_days(first, -1, out));
}

}  // namespace assent::orders
