// Where a date goes that is no business day, and the date that a lag leads to.
//
// Entry: roll, add_lag, latest_before_lag. Business days and conventions are those of value/calendar.h.
#pragma once

#include <cstdint>

#include "runtime/orders/failure.h"
#include "runtime/value/calendar.h"
#include "runtime/value/date.h"

namespace assent::orders {

// Failure::no_business_day if every weekday is in the weekend; date_range if the result leaves the years 1 to 9999.
Failure roll(const Calendar& calendar, Date date, Convention convention, Date& out);

enum class LagUnit : std::uint8_t { calendar_days, business_days };

// Negative: before.
struct Lag {
  std::int64_t count = 0;
  LagUnit unit = LagUnit::calendar_days;
};

// The date that is `lag` from `from`. Calendar days are counted through, and not rolled. Business days are those of
// add_business_days: `from` itself is never counted, and none of them is the first business day from `from` on.
// Failure::lag_too_long for more than max_business_days business days; no_business_day and date_range as above.
Failure add_lag(const Calendar& calendar, Date from, const Lag& lag, Date& out);

// The latest date from which `lag` leads to `until` or earlier: how late something may happen for what waits for it. It
// is not add_lag of the negated lag: one business day after a Friday is a Monday, too late for a Sunday. It may be a
// day that is no business day. Fails as add_lag does.
Failure latest_before_lag(const Calendar& calendar, Date until, const Lag& lag, Date& out);

}  // namespace assent::orders
