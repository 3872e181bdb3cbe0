// Calendar arithmetic, and reading and writing of dates and instants.
//
// Entry: civil, date, add_days, add_months, parse_date, parse_instant, text. Days and dates are
// converted in eras of 400 years (146097 days) that begin on 1 March, so that the leap day is the
// last day of its year.
#include "runtime/value/date.h"

namespace assent {

namespace {

constexpr std::int64_t days_per_era = 146097;
constexpr std::int64_t days_before_epoch = 719468;  // from 0000-03-01 to 1970-01-01

// The parts are those of an existing date, of year 1 or later.
std::int64_t days_from_civil(std::int64_t year, int month, int day) {
  if (month <= 2) --year;
  const std::int64_t era = year / 400;
  const std::int64_t year_of_era = year - era * 400;
  // (153 m + 2) / 5: days before month m of a year that begins in March.
  const std::int64_t day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const std::int64_t day_of_era =
      year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * days_per_era + day_of_era - days_before_epoch;
}

std::optional<Date> in_range(std::int64_t days) {
  if (days < min_date.days || days > max_date.days) return std::nullopt;
  return Date{static_cast<std::int32_t>(days)};
}

std::int64_t floor_divide(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

// Reads a text from its left; `ok` turns false at the first thing that is not as expected.
struct Reader {
  std::string_view rest;
  bool ok = true;
};

bool take(Reader& reader, char expected) {
  if (reader.rest.empty() || reader.rest.front() != expected) return false;
  reader.rest.remove_prefix(1);
  return true;
}

void expect(Reader& reader, char expected) {
  if (!take(reader, expected)) reader.ok = false;
}

bool at_digit(const Reader& reader) {
  return !reader.rest.empty() && reader.rest.front() >= '0' && reader.rest.front() <= '9';
}

// Exactly `count` digits.
int digits(Reader& reader, int count) {
  int value = 0;
  for (int i = 0; i < count; ++i) {
    if (!at_digit(reader)) {
      reader.ok = false;
      return 0;
    }
    value = value * 10 + (reader.rest.front() - '0');
    reader.rest.remove_prefix(1);
  }
  return value;
}

std::optional<Date> take_date(Reader& reader) {
  const int year = digits(reader, 4);
  expect(reader, '-');
  const int month = digits(reader, 2);
  expect(reader, '-');
  const int day = digits(reader, 2);
  if (!reader.ok) return std::nullopt;
  return date(year, month, day);
}

// The digits after a point, as milliseconds.
int take_fraction(Reader& reader) {
  if (!at_digit(reader)) reader.ok = false;
  int milliseconds = 0;
  for (int unit = 100; at_digit(reader); unit /= 10) {
    const int digit = digits(reader, 1);
    if (unit == 0 && digit != 0) reader.ok = false;  // finer than a millisecond
    milliseconds += digit * unit;
  }
  return milliseconds;
}

// Z, +hh:mm or +hhmm: the minutes by which the local time is ahead of UTC.
int take_offset(Reader& reader) {
  if (take(reader, 'Z') || take(reader, 'z')) return 0;
  const bool behind = take(reader, '-');
  if (!behind) expect(reader, '+');
  const int hours = digits(reader, 2);
  take(reader, ':');
  const int minutes = digits(reader, 2);
  if (hours > 23 || minutes > 59) reader.ok = false;
  const int offset = hours * 60 + minutes;
  return behind ? -offset : offset;
}

void append_digits(std::string& out, int value, int count) {
  int unit = 1;
  for (int i = 1; i < count; ++i) unit *= 10;
  for (; unit > 0; unit /= 10) out += static_cast<char>('0' + value / unit % 10);
}

void append_date(std::string& out, Date day) {
  const Civil parts = civil(day);
  append_digits(out, parts.year, 4);
  out += '-';
  append_digits(out, parts.month, 2);
  out += '-';
  append_digits(out, parts.day, 2);
}

}  // namespace

Civil civil(Date date) {
  const std::int64_t shifted = date.days + days_before_epoch;
  const std::int64_t era = floor_divide(shifted, days_per_era);
  const std::int64_t day_of_era = shifted - era * days_per_era;
  // Take away the leap days, then divide: 1460, 36524 and 146096 are the last days of a cycle of
  // 4, 100 and 400 years.
  const std::int64_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const std::int64_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const std::int64_t march_month = (5 * day_of_year + 2) / 153;
  const std::int64_t month = march_month < 10 ? march_month + 3 : march_month - 9;
  return {static_cast<int>(year_of_era + era * 400 + (month <= 2 ? 1 : 0)),
          static_cast<int>(month),
          static_cast<int>(day_of_year - (153 * march_month + 2) / 5 + 1)};
}

int days_in_month(int year, int month) {
  switch (month) {
    case 2:
      return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
    case 4:
    case 6:
    case 9:
    case 11:
      return 30;
    default:
      return 31;
  }
}

std::optional<Date> date(int year, int month, int day) {
  if (year < 1 || year > 9999 || month < 1 || month > 12) return std::nullopt;
  if (day < 1 || day > days_in_month(year, month)) return std::nullopt;
  return Date{static_cast<std::int32_t>(days_from_civil(year, month, day))};
}

int weekday(Date date) {
  const int since_monday = (date.days % 7 + 3) % 7;  // 1970-01-01 was a Thursday
  return since_monday < 0 ? since_monday + 7 : since_monday;
}

std::optional<Date> parse_date(std::string_view source) {
  Reader reader{source};
  const std::optional<Date> day = take_date(reader);
  if (!reader.rest.empty()) return std::nullopt;
  return day;
}

std::string text(Date date) {
  std::string out;
  append_date(out, date);
  return out;
}

Fault add_days(Date date, std::int64_t days, Date& out) {
  constexpr std::int64_t span = std::int64_t{max_date.days} - min_date.days;
  if (days < -span || days > span) return Fault::date_range;
  const std::optional<Date> sum = in_range(date.days + days);
  if (!sum) return Fault::date_range;
  out = *sum;
  return Fault::none;
}

Fault add_months(Date date, std::int64_t months, Date& out) {
  constexpr std::int64_t span = 9999 * 12;
  if (months < -span || months > span) return Fault::date_range;
  const Civil from = civil(date);
  const std::int64_t month_count = from.year * 12 + (from.month - 1) + months;
  const std::int64_t year = floor_divide(month_count, 12);
  if (year < 1 || year > 9999) return Fault::date_range;
  const int to_year = static_cast<int>(year);
  const int to_month = static_cast<int>(month_count - year * 12) + 1;
  const int last = days_in_month(to_year, to_month);
  out.days = static_cast<std::int32_t>(
      days_from_civil(to_year, to_month, from.day < last ? from.day : last));
  return Fault::none;
}

std::optional<Instant> parse_instant(std::string_view source) {
  Reader reader{source};
  const std::optional<Date> day = take_date(reader);
  if (!day) return std::nullopt;
  if (!take(reader, 'T')) expect(reader, 't');
  const int hour = digits(reader, 2);
  expect(reader, ':');
  const int minute = digits(reader, 2);
  expect(reader, ':');
  const int second = digits(reader, 2);
  const int fraction = take(reader, '.') ? take_fraction(reader) : 0;
  const int offset = take_offset(reader);
  if (!reader.ok || !reader.rest.empty()) return std::nullopt;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  const std::int64_t seconds = (hour * 60 + minute - offset) * 60 + second;
  const Instant instant{day->days * milliseconds_per_day + seconds * 1000 + fraction};
  if (!in_range(floor_divide(instant.milliseconds, milliseconds_per_day))) return std::nullopt;
  return instant;
}

Date date_of(Instant instant) {
  return {static_cast<std::int32_t>(floor_divide(instant.milliseconds, milliseconds_per_day))};
}

std::string text(Instant instant) {
  const Date day = date_of(instant);
  const int time = static_cast<int>(instant.milliseconds - day.days * milliseconds_per_day);
  std::string out;
  append_date(out, day);
  out += 'T';
  append_digits(out, time / 3'600'000, 2);
  out += ':';
  append_digits(out, time / 60'000 % 60, 2);
  out += ':';
  append_digits(out, time / 1000 % 60, 2);
  if (time % 1000 != 0) {
    out += '.';
    append_digits(out, time % 1000, 3);
  }
  out += 'Z';
  return out;
}

}  // namespace assent
