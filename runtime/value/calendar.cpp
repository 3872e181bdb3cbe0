// Business-day arithmetic.
//
// Entry: is_business_day, add_business_days. The idea: jump as if there were no holidays (whole
// weeks at once, then less than a week), count the holidays jumped over, and jump that many more,
// until none was jumped over. Every holiday is looked at no more than once.
#include "runtime/value/calendar.h"

#include <algorithm>

namespace assent {

namespace {

constexpr unsigned all_week = 0x7f;

bool in_weekend(const Calendar& calendar, Date day) {
  return ((calendar.weekend >> weekday(day)) & 1) != 0;
}

// `count` business days from `day` in the direction of `step` (1 or -1), holidays not regarded.
// count >= 1, and some weekday is a business day.
Fault jump(const Calendar& calendar, Date day, std::int64_t count, int step, Date& out) {
  const int per_week = 7 - __builtin_popcount(calendar.weekend & all_week);
  // Stops short of a whole number of weeks, so that the last day is found by walking to it.
  const std::int64_t weeks = (count - 1) / per_week;
  std::int64_t left = count - weeks * per_week;
  if (const Fault fault = add_days(day, weeks * 7 * step, day); fault != Fault::none) return fault;
  while (left > 0) {
    if (const Fault fault = add_days(day, step, day); fault != Fault::none) return fault;
    if (!in_weekend(calendar, day)) --left;
  }
  out = day;
  return Fault::none;
}

// The holidays in first..last that are not in a weekend, each counted once.
std::int64_t holidays_between(const Calendar& calendar, Date first, Date last) {
  const auto begin = calendar.holidays.begin();
  const auto end = calendar.holidays.end();
  std::int64_t found = 0;
  for (auto at = std::lower_bound(begin, end, first.days); at != end && *at <= last.days; ++at) {
    const bool repeated = at != begin && *(at - 1) == *at;
    if (!repeated && !in_weekend(calendar, Date{*at})) ++found;
  }
  return found;
}

}  // namespace

bool is_business_day(const Calendar& calendar, Date date) {
  return !in_weekend(calendar, date) &&
         !std::binary_search(calendar.holidays.begin(), calendar.holidays.end(), date.days);
}

Fault add_business_days(const Calendar& calendar, Date from, std::int64_t count, Date& out) {
  if (count < -max_business_days || count > max_business_days) return Fault::bad_range;
  if ((calendar.weekend & all_week) == all_week) return Fault::bad_range;
  if (count == 0) {
    if (is_business_day(calendar, from)) {
      out = from;
      return Fault::none;
    }
    count = 1;
  }
  const int step = count < 0 ? -1 : 1;
  Date at = from;
  for (std::int64_t left = count * step; left > 0;) {
    Date landed;
    if (const Fault fault = jump(calendar, at, left, step, landed); fault != Fault::none) {
      return fault;
    }
    left = step > 0 ? holidays_between(calendar, Date{at.days + 1}, landed)
                    : holidays_between(calendar, landed, Date{at.days - 1});
    at = landed;
  }
  out = at;
  return Fault::none;
}

}  // namespace assent
