// See instant.h.
#include "tools/instant.h"

#include <chrono>

namespace assent::command {

namespace {

constexpr std::int64_t per_second = 1000, per_minute = 60 * per_second, per_day = 24 * 60 * per_minute;

std::string digits(std::int64_t number, std::size_t width) {
  std::string text = std::to_string(number);
  return text.size() < width ? std::string(width - text.size(), '0') + text : text;
}

std::int64_t floor_divide(std::int64_t a, std::int64_t b) { return a / b - (a % b < 0 ? 1 : 0); }

// Takes a text apart from its beginning; once something does not fit, nothing does.
class Reader {
 public:
  explicit Reader(std::string_view text) : rest_(text) {}

  int number(std::size_t width) {
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      const char digit = next();
      if (digit < '0' || digit > '9') fits_ = false;
      value = value * 10 + (digit - '0');
    }
    return fits_ ? value : 0;
  }
  bool take_any(std::string_view of) {
    if (rest_.empty() || of.find(rest_[0]) == std::string_view::npos) return false;
    rest_.remove_prefix(1);
    return true;
  }
  void expect_any(std::string_view of) { fits_ = take_any(of) && fits_; }

  // What follows a decimal point, in thousandths; further digits are read, and mean nothing here.
  int thousandths() {
    int value = 0, factor = 100;
    if (rest_.empty() || rest_[0] < '0' || rest_[0] > '9') fits_ = false;
    while (!rest_.empty() && rest_[0] >= '0' && rest_[0] <= '9') {
      value += (next() - '0') * factor;
      factor /= 10;
    }
    return value;
  }
  bool starts_with(char letter) const { return rest_.starts_with(letter); }
  bool done() const { return fits_ && rest_.empty(); }

 private:
  char next() {
    if (rest_.empty()) return '\0';
    const char first = rest_[0];
    rest_.remove_prefix(1);
    return first;
  }

  std::string_view rest_;
  bool fits_ = true;
};

std::chrono::year_month_day read_date(Reader& in) {
  const std::chrono::year year(in.number(4));
  in.expect_any("-");
  const std::chrono::month month(static_cast<unsigned>(in.number(2)));
  in.expect_any("-");
  return year / month / std::chrono::day(static_cast<unsigned>(in.number(2)));
}

// Minutes ahead of UTC; the reader stands at the end of the time of day.
int read_offset(Reader& in) {
  if (in.take_any("Zz")) return 0;
  const bool behind = in.starts_with('-');
  in.expect_any("+-");
  const int hours = in.number(2);
  in.expect_any(":");
  const int minutes = in.number(2);
  if (minutes > 59) in.expect_any("");
  return (behind ? -1 : 1) * (hours * 60 + minutes);
}

}  // namespace

std::optional<std::int64_t> instant_of(std::string_view text) {
  constexpr std::string_view utc = " UTC";
  std::string given(text);
  if (text.ends_with(utc)) given = std::string(text.substr(0, text.size() - utc.size())) + 'Z';
  Reader in(given);
  const std::chrono::year_month_day date = read_date(in);
  in.expect_any("Tt ");
  const int hour = in.number(2);
  in.expect_any(":");
  const int minute = in.number(2);
  const int second = in.take_any(":") ? in.number(2) : 0;
  const int fraction = in.take_any(".") ? in.thousandths() : 0;
  in.take_any(" ");
  const int offset = read_offset(in);
  const bool in_day = hour < 24 && minute < 60 && second < 60;
  if (!in.done() || !date.ok() || !in_day || std::abs(offset) > max_utc_offset) return std::nullopt;
  const std::int64_t days = std::chrono::sys_days(date).time_since_epoch().count();
  const std::int64_t instant =
      days * per_day + (hour * 60 + minute - offset) * per_minute + second * per_second + fraction;
  if (instant < 0) return std::nullopt;
  return instant;
}

std::string day_text(std::int32_t day) {
  const std::chrono::year_month_day date{std::chrono::sys_days(std::chrono::days(day))};
  return digits(static_cast<int>(date.year()), 4) + '-' + digits(static_cast<unsigned>(date.month()), 2) + '-' +
         digits(static_cast<unsigned>(date.day()), 2);
}

std::optional<std::int32_t> day_named(std::string_view text) {
  Reader in(text);
  const std::chrono::year_month_day date = read_date(in);
  if (!in.done() || !date.ok()) return std::nullopt;
  return std::chrono::sys_days(date).time_since_epoch().count();
}

std::int32_t day_of(std::int64_t instant, std::int32_t utc_offset) {
  return static_cast<std::int32_t>(floor_divide(instant + utc_offset * per_minute, per_day));
}

std::string instant_text(std::int64_t instant, std::int32_t utc_offset) {
  const std::int64_t local = instant + utc_offset * per_minute;
  const std::int64_t minute = floor_divide(local, per_minute) - day_of(instant, utc_offset) * (per_day / per_minute);
  std::string text =
      day_text(day_of(instant, utc_offset)) + ' ' + digits(minute / 60, 2) + ':' + digits(minute % 60, 2);
  if (utc_offset == 0) return text + " UTC";
  const std::int32_t away = std::abs(utc_offset);
  return text + (utc_offset < 0 ? " -" : " +") + digits(away / 60, 2) + ':' + digits(away % 60, 2);
}

std::string instant_json(std::int64_t instant) {
  const std::int32_t day = day_of(instant);
  const std::int64_t time = instant - day * per_day;
  std::string text = day_text(day) + 'T' + digits(time / (60 * per_minute), 2) + ':' +
                     digits(time / per_minute % 60, 2) + ':' + digits(time / per_second % 60, 2);
  if (time % per_second != 0) text += '.' + digits(time % per_second, 3);
  return text + 'Z';
}

}  // namespace assent::command
