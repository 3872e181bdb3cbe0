// Tests of dates, instants and business days: every day there is, and business days against a walk
// from day to day.
#include "runtime/value/date.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <string>
#include <vector>

#include "runtime/value/calendar.h"

using namespace assent;

namespace {

Date day(const std::string& source) {
  const std::optional<Date> parsed = parse_date(source);
  INFO(source);
  REQUIRE(parsed);
  return *parsed;
}

std::string instant(const std::string& source) {
  const std::optional<Instant> parsed = parse_instant(source);
  return parsed ? text(*parsed) : "none";
}

// The text of the result, or the name of the fault.
std::string plus_days(const std::string& from, std::int64_t days) {
  Date out;
  const Fault fault = add_days(day(from), days, out);
  return fault == Fault::none ? text(out) : std::string(name(fault));
}
std::string plus_months(const std::string& from, std::int64_t months) {
  Date out;
  const Fault fault = add_months(day(from), months, out);
  return fault == Fault::none ? text(out) : std::string(name(fault));
}
std::string plus_business(const Calendar& calendar, const std::string& from, std::int64_t count) {
  Date out;
  const Fault fault = add_business_days(calendar, day(from), count, out);
  return fault == Fault::none ? text(out) : std::string(name(fault));
}

// The definition, a day at a time.
Date walked(const Calendar& calendar, Date from, std::int64_t count) {
  if (count == 0) {
    while (!is_business_day(calendar, from)) ++from.days;
    return from;
  }
  const int step = count > 0 ? 1 : -1;
  while (count != 0) {
    from.days += step;
    if (is_business_day(calendar, from)) count -= step;
  }
  return from;
}

}  // namespace

TEST_CASE("every day of the years 1 to 9999, there and back") {
  // A calendar of its own: month lengths written out, one day after the other.
  int wrong = 0;
  Date at = min_date;
  int expected_weekday = 0;  // 0001-01-01 was a Monday
  for (int year = 1; year <= 9999; ++year) {
    const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    const int lengths[12] = {31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    for (int month = 1; month <= 12; ++month) {
      wrong += days_in_month(year, month) != lengths[month - 1];
      for (int number = 1; number <= lengths[month - 1]; ++number) {
        const Civil parts = civil(at);
        wrong += parts.year != year || parts.month != month || parts.day != number;
        wrong += date(year, month, number) != at;
        wrong += parse_date(text(at)) != at;
        wrong += weekday(at) != expected_weekday;
        expected_weekday = (expected_weekday + 1) % 7;
        ++at.days;
      }
      wrong += date(year, month, lengths[month - 1] + 1).has_value();
    }
  }
  CHECK(wrong == 0);
  CHECK(at.days == max_date.days + 1);
  CHECK(text(Date{0}) == "1970-01-01");
  CHECK(text(min_date) == "0001-01-01");
  CHECK(text(max_date) == "9999-12-31");
}

TEST_CASE("days that do not exist and texts that are no date") {
  CHECK_FALSE(date(0, 1, 1));
  CHECK_FALSE(date(10000, 1, 1));
  CHECK_FALSE(date(2026, 0, 1));
  CHECK_FALSE(date(2026, 13, 1));
  CHECK_FALSE(date(2026, 1, 0));
  CHECK_FALSE(date(2026, 1, -1));
  CHECK(date(2000, 2, 29));
  CHECK_FALSE(date(1900, 2, 29));
  for (const char* bad : {"", "2026", "2026-02-30", "2026-1-01", "2026-01-1", "2026/01/01",
                          "20260101", " 2026-01-01", "2026-01-01 ", "2026-01-011", "-026-01-01",
                          "+026-01-01", "0000-01-01", "2026-01-0x", "2026-00-10", "12026-01-01"}) {
    INFO(bad);
    CHECK_FALSE(parse_date(bad));
  }
}

TEST_CASE("days and months are added within the years 1 to 9999") {
  CHECK(plus_days("2024-02-28", 1) == "2024-02-29");
  CHECK(plus_days("2024-03-01", -1) == "2024-02-29");
  CHECK(plus_days("0001-01-01", 3652058) == "9999-12-31");
  CHECK(plus_days("9999-12-31", -3652058) == "0001-01-01");
  CHECK(plus_days("9999-12-31", 1) == "date_range");
  CHECK(plus_days("0001-01-01", -1) == "date_range");
  CHECK(plus_days("2026-01-01", INT64_MAX) == "date_range");
  CHECK(plus_days("2026-01-01", INT64_MIN) == "date_range");

  CHECK(plus_months("2026-01-31", 1) == "2026-02-28");
  CHECK(plus_months("2024-01-31", 1) == "2024-02-29");
  CHECK(plus_months("2024-02-29", 12) == "2025-02-28");
  CHECK(plus_months("2024-02-29", -48) == "2020-02-29");
  CHECK(plus_months("2026-03-31", -1) == "2026-02-28");
  CHECK(plus_months("2026-01-15", -1) == "2025-12-15");
  CHECK(plus_months("2026-12-15", 1) == "2027-01-15");
  CHECK(plus_months("2026-05-31", 0) == "2026-05-31");
  CHECK(plus_months("2026-05-31", 1) == "2026-06-30");
  CHECK(plus_months("0001-01-31", 119987) == "9999-12-31");
  CHECK(plus_months("9999-12-31", -119987) == "0001-01-31");
  CHECK(plus_months("9999-12-01", 1) == "date_range");
  CHECK(plus_months("0001-01-31", -1) == "date_range");
  CHECK(plus_months("2026-01-01", INT64_MAX) == "date_range");
  CHECK(plus_months("2026-01-01", INT64_MIN) == "date_range");
}

TEST_CASE("instants are read with their offset and written in UTC") {
  CHECK(instant("2026-01-31T12:00:00Z") == "2026-01-31T12:00:00Z");
  CHECK(instant("2026-01-31t12:00:00z") == "2026-01-31T12:00:00Z");
  CHECK(instant("2026-01-31T12:00:00.5Z") == "2026-01-31T12:00:00.500Z");
  CHECK(instant("2026-01-31T12:00:00.007000Z") == "2026-01-31T12:00:00.007Z");
  CHECK(instant("2026-01-31T12:00:00.000+0000") == "2026-01-31T12:00:00Z");
  CHECK(instant("2026-01-31T12:00:00.000-0130") == "2026-01-31T13:30:00Z");
  CHECK(instant("2026-01-01T01:30:00+02:00") == "2025-12-31T23:30:00Z");
  CHECK(instant("2026-12-31T23:59:59.999-00:01") == "2027-01-01T00:00:59.999Z");
  CHECK(instant("1969-12-31T23:59:59.999Z") == "1969-12-31T23:59:59.999Z");
  CHECK(instant("0001-01-01T00:00:00Z") == "0001-01-01T00:00:00Z");
  CHECK(instant("9999-12-31T23:59:59.999Z") == "9999-12-31T23:59:59.999Z");
  CHECK(parse_instant("1970-01-01T00:00:00Z")->milliseconds == 0);
  CHECK(parse_instant("2026-01-31T12:00:00Z")->milliseconds == 1'769'860'800'000);
  for (const char* bad :
       {"", "2026-01-31", "2026-01-31T12:00Z", "2026-01-31T12:00:00", "2026-01-31 12:00:00Z",
        "2026-01-31T24:00:00Z", "2026-01-31T12:60:00Z", "2026-12-31T23:59:60Z",
        "2026-01-31T12:00:00.Z", "2026-01-31T12:00:00.0001Z", "2026-01-31T12:00:00.1230000004Z",
        "2026-01-31T12:00:00+24:00", "2026-01-31T12:00:00+02:60", "2026-01-31T12:00:00+02",
        "2026-01-31T12:00:00+2:00", "2026-01-31T12:00:00Z ", "2026-01-31T12:00:00ZZ",
        "2026-02-29T12:00:00Z", "2026-01-31T1:00:00Z", "2026-01-31T12:00:00,5Z",
        "2026-01-31T12:00:00+-2:00", "0001-01-01T00:00:00+00:01", "9999-12-31T23:59:59-00:01"}) {
    INFO(bad);
    CHECK(instant(bad) == "none");
  }
  CHECK(text(date_of(Instant{-1})) == "1969-12-31");
  CHECK(text(date_of(Instant{0})) == "1970-01-01");
  CHECK(text(date_of(Instant{milliseconds_per_day - 1})) == "1970-01-01");
  CHECK(text(date_of(Instant{milliseconds_per_day})) == "1970-01-02");
}

TEST_CASE("business days around a weekend and a holiday") {
  const std::vector<std::int32_t> holidays = {day("2026-01-01").days, day("2026-01-05").days};
  const Calendar calendar{saturday_and_sunday, holidays};
  CHECK(weekday(day("2026-01-02")) == 4);
  CHECK_FALSE(is_business_day(calendar, day("2026-01-01")));
  CHECK(is_business_day(calendar, day("2026-01-02")));
  CHECK_FALSE(is_business_day(calendar, day("2026-01-03")));
  CHECK_FALSE(is_business_day(calendar, day("2026-01-05")));
  CHECK(plus_business(calendar, "2026-01-02", 1) == "2026-01-06");
  CHECK(plus_business(calendar, "2026-01-02", -1) == "2025-12-31");
  CHECK(plus_business(calendar, "2026-01-02", 0) == "2026-01-02");
  CHECK(plus_business(calendar, "2026-01-03", 0) == "2026-01-06");
  CHECK(plus_business(calendar, "2026-01-04", -1) == "2026-01-02");
  CHECK(plus_business(Calendar{}, "2026-01-03", 7) == "2026-01-10");
}

TEST_CASE("business days at their limits") {
  const Calendar weekdays{saturday_and_sunday, {}};
  CHECK(plus_business(weekdays, "2026-01-02", 100'001) == "bad_range");
  CHECK(plus_business(weekdays, "2026-01-02", -100'001) == "bad_range");
  CHECK(plus_business(weekdays, "2026-01-02", INT64_MIN) == "bad_range");
  CHECK(plus_business(weekdays, "2026-01-02", 100'000) == "2409-04-24");
  CHECK(plus_business(Calendar{0x7f, {}}, "2026-01-02", 1) == "bad_range");
  CHECK(plus_business(Calendar{0xff, {}}, "2026-01-02", 0) == "bad_range");
  CHECK(plus_business(weekdays, "9999-12-31", 1) == "date_range");
  CHECK(plus_business(weekdays, "9999-12-31", 0) == "9999-12-31");
  CHECK(plus_business(weekdays, "9999-12-30", 1) == "9999-12-31");
  CHECK(plus_business(weekdays, "0001-01-01", -1) == "date_range");
  CHECK(plus_business(weekdays, "0001-01-02", -1) == "0001-01-01");
  const std::vector<std::int32_t> last = {max_date.days};
  CHECK(plus_business(Calendar{0, last}, "9999-12-31", 0) == "date_range");
}

TEST_CASE("business days agree with a walk from day to day") {
  std::mt19937_64 random(20260131);
  const auto below = [&](int limit) {
    return static_cast<int>(random() % static_cast<unsigned>(limit));
  };
  int wrong = 0;
  for (int round = 0; round < 4000; ++round) {
    // Sparse and dense holidays, some twice, some in weekends, and runs longer than a week.
    std::vector<std::int32_t> holidays;
    const int count = below(round % 4 == 0 ? 1000 : 30);
    for (int i = 0; i < count; ++i) holidays.push_back(20000 + below(1200));
    if (round % 5 == 0) {
      for (std::int32_t i = 0; i < 40; ++i) holidays.push_back(20400 + i);
    }
    std::sort(holidays.begin(), holidays.end());
    const Calendar calendar{static_cast<std::uint8_t>(below(127)), holidays};
    for (int i = 0; i < 20; ++i) {
      const Date from{19900 + below(1400)};
      const std::int64_t distance = below(i < 10 ? 7 : 600) - (i < 10 ? 3 : 300);
      Date out;
      wrong += add_business_days(calendar, from, distance, out) != Fault::none;
      wrong += out != walked(calendar, from, distance);
    }
  }
  CHECK(wrong == 0);
}
