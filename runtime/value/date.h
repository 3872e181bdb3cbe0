// Days and instants: the proleptic Gregorian calendar of ISO 8601, years 1 to 9999, without zones.
//
// Entry: Date, Instant, date, civil, parse_date, parse_instant, text, add_days, add_months. A date
// is one number, its day; year, month and day are computed from it where they are asked for.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/fault.h"

namespace assent {

// Days since 1970-01-01; in min_date..max_date, as all functions below require and keep.
struct Date {
  std::int32_t days = 0;
  auto operator<=>(const Date&) const = default;
};

inline constexpr Date min_date{-719162};  // 0001-01-01
inline constexpr Date max_date{2932896};  // 9999-12-31

struct Civil {
  int year = 1970;
  int month = 1;  // 1..12
  int day = 1;    // 1..31
};

// Milliseconds since 1970-01-01T00:00:00Z, leap seconds not counted; within the days of
// min_date..max_date.
struct Instant {
  std::int64_t milliseconds = 0;
  auto operator<=>(const Instant&) const = default;
};

inline constexpr std::int64_t milliseconds_per_day = 86'400'000;

Civil civil(Date date);

// Nothing for a day that does not exist.
std::optional<Date> date(int year, int month, int day);

// 0 = Monday .. 6 = Sunday.
int weekday(Date date);

int days_in_month(int year, int month);

// Exactly YYYY-MM-DD.
std::optional<Date> parse_date(std::string_view source);
std::string text(Date date);

// Fault::date_range when the result leaves the years 1 to 9999.
Fault add_days(Date date, std::int64_t days, Date& out);

// The same day of another month, or that month's last day if it has no such day.
Fault add_months(Date date, std::int64_t months, Date& out);

// An RFC 3339 date-time; also with an offset without its colon (+0000), as Salesforce writes it.
// Nothing for a leap second, for digits other than zero below the millisecond (they would be lost)
// and for an instant whose UTC day is outside the years 1 to 9999.
std::optional<Instant> parse_instant(std::string_view source);

// 2026-01-31T12:00:00Z, with a fraction of three digits if there are milliseconds.
std::string text(Instant instant);

// The day in UTC.
Date date_of(Instant instant);

}  // namespace assent
