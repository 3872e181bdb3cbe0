// Tests of business-day conventions and lags: a month end by hand, and everything against a walk from day to day.
#include "runtime/orders/roll.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "tests/orders/given.h"

using namespace orders_test;

namespace {

constexpr auto unadjusted = Convention::unadjusted;
constexpr auto following = Convention::following;
constexpr auto modified_following = Convention::modified_following;
constexpr auto preceding = Convention::preceding;
constexpr auto modified_preceding = Convention::modified_preceding;

const Calendar weekdays{saturday_and_sunday, {}};
const Calendar no_days{0x7f, {}};

std::string rolled(const Calendar& calendar, const std::string& from, Convention convention) {
  Date out;
  const Failure failure = roll(calendar, day(from), convention, out);
  return result(failure, out);
}

std::string lagged(const Calendar& calendar, const std::string& from, std::int64_t count, LagUnit unit) {
  Date out;
  const Failure failure = add_lag(calendar, day(from), {count, unit}, out);
  return result(failure, out);
}

std::string latest(const Calendar& calendar, const std::string& until, std::int64_t count, LagUnit unit) {
  Date out;
  const Failure failure = latest_before_lag(calendar, day(until), {count, unit}, out);
  return result(failure, out);
}

int month_of(Date date) { return civil(date).year * 12 + civil(date).month; }

// The conventions as they are worded, a day at a time.
Date walked(const Calendar& calendar, Date date, Convention convention) {
  Date after = date;
  Date before = date;
  while (!is_business_day(calendar, after)) ++after.days;
  while (!is_business_day(calendar, before)) --before.days;
  switch (convention) {
    case Convention::unadjusted: return date;
    case Convention::following: return after;
    case Convention::modified_following: return month_of(after) == month_of(date) ? after : before;
    case Convention::preceding: return before;
    case Convention::modified_preceding: return month_of(before) == month_of(date) ? before : after;
  }
  return date;
}

// A calendar of its own for each round: some weekend, many holidays.
struct AnyCalendar {
  std::vector<std::int32_t> holidays;
  Calendar calendar;

  AnyCalendar(Chance& chance, Date around) {
    const std::int64_t count = chance.between(0, 60);
    for (std::int64_t i = 0; i < count; ++i) {
      holidays.push_back(around.days + static_cast<std::int32_t>(chance.between(-60, 60)));
    }
    std::sort(holidays.begin(), holidays.end());
    const auto weekend = static_cast<std::uint8_t>(chance.between(0, 2) == 0 ? chance.between(0, 0x7e) : 0x60);
    calendar = {weekend, holidays};
  }
};

}  // namespace

TEST_CASE("conventions: at the ends of months") {
  // Saturday, 2026-01-31; Sunday, 2026-03-01.
  CHECK(rolled(weekdays, "2026-01-31", unadjusted) == "2026-01-31");
  CHECK(rolled(weekdays, "2026-01-31", following) == "2026-02-02");
  CHECK(rolled(weekdays, "2026-01-31", modified_following) == "2026-01-30");
  CHECK(rolled(weekdays, "2026-01-31", preceding) == "2026-01-30");
  CHECK(rolled(weekdays, "2026-01-31", modified_preceding) == "2026-01-30");
  CHECK(rolled(weekdays, "2026-03-01", following) == "2026-03-02");
  CHECK(rolled(weekdays, "2026-03-01", modified_following) == "2026-03-02");
  CHECK(rolled(weekdays, "2026-03-01", preceding) == "2026-02-27");
  CHECK(rolled(weekdays, "2026-03-01", modified_preceding) == "2026-03-02");
  for (const Convention convention : {unadjusted, following, modified_following, preceding, modified_preceding}) {
    CHECK(rolled(weekdays, "2026-01-30", convention) == "2026-01-30");
  }
  // The same month of another year is another month: a calendar of one business day a year.
  std::vector<std::int32_t> holidays;
  for (std::int32_t at = day("2026-01-31").days; at < day("2027-01-29").days; ++at) holidays.push_back(at);
  const Calendar yearly{saturday_and_sunday, holidays};
  CHECK(rolled(yearly, "2026-01-31", following) == "2027-01-29");
  CHECK(rolled(yearly, "2026-01-31", modified_following) == "2026-01-30");
  // No business day in the whole month: out of it on the other side.
  CHECK(rolled(yearly, "2026-05-05", modified_following) == "2026-01-30");
  CHECK(rolled(yearly, "2026-05-05", modified_preceding) == "2027-01-29");
}

TEST_CASE("conventions: without business days, and at the ends of the calendar") {
  CHECK(rolled(no_days, "2026-01-31", unadjusted) == "2026-01-31");
  for (const Convention convention : {following, modified_following, preceding, modified_preceding}) {
    CHECK(rolled(no_days, "2026-01-31", convention) == "no_business_day");
  }
  // 0001-01-01 is a Monday, 9999-12-31 a Friday.
  const std::vector<std::int32_t> ends = {min_date.days, max_date.days};
  const Calendar closed{saturday_and_sunday, ends};
  CHECK(rolled(closed, "9999-12-31", following) == "date_range");
  CHECK(rolled(closed, "9999-12-31", modified_following) == "9999-12-30");
  CHECK(rolled(closed, "0001-01-01", preceding) == "date_range");
  CHECK(rolled(closed, "0001-01-01", modified_preceding) == "0001-01-02");
}

TEST_CASE("lags in calendar days and in business days") {
  constexpr auto calendar_days = LagUnit::calendar_days;
  constexpr auto business_days = LagUnit::business_days;
  // 2026-01-30 is a Friday.
  CHECK(lagged(weekdays, "2026-01-30", 1, calendar_days) == "2026-01-31");
  CHECK(lagged(weekdays, "2026-01-30", 1, business_days) == "2026-02-02");
  CHECK(lagged(weekdays, "2026-01-31", 0, calendar_days) == "2026-01-31");
  CHECK(lagged(weekdays, "2026-01-31", 0, business_days) == "2026-02-02");
  CHECK(lagged(weekdays, "2026-01-31", -1, business_days) == "2026-01-30");
  CHECK(lagged(weekdays, "2026-01-30", -2, calendar_days) == "2026-01-28");
  CHECK(lagged(weekdays, "2026-01-30", max_business_days, business_days) == "2409-05-22");
  CHECK(lagged(weekdays, "2026-01-30", max_business_days + 1, business_days) == "lag_too_long");
  CHECK(lagged(weekdays, "2026-01-30", -max_business_days - 1, business_days) == "lag_too_long");
  CHECK(lagged(weekdays, "2026-01-30", INT64_MAX, calendar_days) == "date_range");
  CHECK(lagged(no_days, "2026-01-30", 1, business_days) == "no_business_day");
  CHECK(lagged(no_days, "2026-01-30", 1, calendar_days) == "2026-01-31");

  CHECK(latest(weekdays, "2026-02-01", 1, business_days) == "2026-01-29");  // from Friday on it would be Monday
  CHECK(latest(weekdays, "2026-02-02", 1, business_days) == "2026-02-01");
  CHECK(latest(weekdays, "2026-02-01", 0, business_days) == "2026-01-30");
  CHECK(latest(weekdays, "2026-02-01", -1, business_days) == "2026-02-02");
  CHECK(latest(weekdays, "2026-02-01", 3, calendar_days) == "2026-01-29");
  CHECK(latest(weekdays, "2026-02-01", INT64_MIN, calendar_days) == "date_range");
  CHECK(latest(weekdays, "2026-02-01", INT64_MIN, business_days) == "lag_too_long");
  CHECK(latest(no_days, "2026-02-01", 1, business_days) == "no_business_day");
  CHECK(latest(weekdays, "0001-01-01", 1, business_days) == "date_range");
}

TEST_CASE("conventions: any calendar, against a walk from day to day") {
  Chance chance(20260421);
  int wrong = 0;
  for (int round = 0; round < 20000; ++round) {
    const Date from = chance.any_day();
    const AnyCalendar any(chance, from);
    for (const Convention convention : {unadjusted, following, modified_following, preceding, modified_preceding}) {
      Date out;
      wrong += roll(any.calendar, from, convention, out) != Failure::none;
      wrong += out != walked(any.calendar, from, convention);
      if (convention == unadjusted) continue;
      Date again;
      wrong += !is_business_day(any.calendar, out);
      wrong += roll(any.calendar, out, convention, again) != Failure::none || again != out;
      // A later date never comes out earlier.
      wrong += roll(any.calendar, Date{from.days + 1}, convention, again) != Failure::none || again < out;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("lags: the latest date before a lag is the last one from which it is in time") {
  Chance chance(20260422);
  int wrong = 0;
  for (int round = 0; round < 20000; ++round) {
    const Date until = chance.any_day();
    const AnyCalendar any(chance, until);
    const LagUnit unit = chance.between(0, 3) == 0 ? LagUnit::calendar_days : LagUnit::business_days;
    const Lag lag = {chance.between(-6, 12), unit};
    Date at;
    Date reached;
    wrong += latest_before_lag(any.calendar, until, lag, at) != Failure::none;
    wrong += add_lag(any.calendar, at, lag, reached) != Failure::none || reached > until;
    wrong += add_lag(any.calendar, Date{at.days + 1}, lag, reached) != Failure::none || reached <= until;
  }
  CHECK(wrong == 0);
}
