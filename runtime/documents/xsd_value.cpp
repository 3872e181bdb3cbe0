// Entry: trimmed, parse_decimal_text, parse_time_text, parse_boolean_text.
#include "runtime/documents/xsd_value.h"

#include <string>

namespace assent::documents {

namespace {

constexpr std::string_view white_space = " \t\r\n";
constexpr std::string_view digits = "0123456789";
constexpr std::int32_t day_milliseconds = 86'400'000;
constexpr int max_offset_minutes = 840;  // 14:00, as XML Schema has it

// Takes the digits at the front of `text` off it.
std::string_view take_digits(std::string_view& text) {
  const std::string_view taken = text.substr(0, text.find_first_not_of(digits));
  text.remove_prefix(taken.size());
  return taken;
}

bool take(std::string_view& text, char wanted) {
  if (!text.starts_with(wanted)) return false;
  text.remove_prefix(1);
  return true;
}

// Two digits, 00..most.
std::optional<int> take_two(std::string_view& text, int most) {
  if (text.size() < 2 || text.substr(0, 2).find_first_not_of(digits) != std::string_view::npos) return std::nullopt;
  const int value = 10 * (text[0] - '0') + (text[1] - '0');
  text.remove_prefix(2);
  return value <= most ? std::optional(value) : std::nullopt;
}

// The digits after a point, as milliseconds.
std::optional<int> fraction(std::string_view places) {
  if (places.empty()) return std::nullopt;
  int milliseconds = 0;
  for (std::size_t i = 0; i < 3; ++i) milliseconds = 10 * milliseconds + (i < places.size() ? places[i] - '0' : 0);
  const bool is_finer = places.size() > 3 && places.substr(3).find_first_not_of('0') != std::string_view::npos;
  return is_finer ? std::nullopt : std::optional(milliseconds);
}

// "Z" or "+01:00" at the end of a time, or nothing.
bool take_offset(std::string_view text, std::optional<std::int32_t>& minutes) {
  if (text.empty()) return true;
  if (text == "Z") {
    minutes = 0;
    return true;
  }
  const bool is_west = text.starts_with('-');
  if (!take(text, '+') && !take(text, '-')) return false;
  const std::optional<int> hour = take_two(text, 14);
  if (!hour || !take(text, ':')) return false;
  const std::optional<int> minute = take_two(text, 59);
  if (!minute || !text.empty() || 60 * *hour + *minute > max_offset_minutes) return false;
  minutes = (60 * *hour + *minute) * (is_west ? -1 : 1);
  return true;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(white_space);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

std::optional<Decimal> parse_decimal_text(std::string_view text) {
  text = trimmed(text);
  if (text.size() > max_number_text) return std::nullopt;
  const bool is_negative = text.starts_with('-');
  if (!take(text, '+')) take(text, '-');
  std::string_view whole = take_digits(text);
  const std::string_view places = take(text, '.') ? take_digits(text) : std::string_view();
  if (!text.empty() || whole.size() + places.size() == 0) return std::nullopt;
  // parse_decimal reads JSON's numbers, which have no leading zeros and a digit on either side of the point.
  while (whole.size() > 1 && whole.front() == '0') whole.remove_prefix(1);
  std::string json = is_negative ? "-" : "";
  json += whole.empty() ? "0" : whole;
  if (!places.empty()) json += "." + std::string(places);
  Decimal value;
  if (parse_decimal(json, value) != Fault::none) return std::nullopt;
  const Decimal limit{1, max_whole_digits};
  if (value >= limit || value <= negate(limit) || normalised(value).exponent < -max_decimal_places) return std::nullopt;
  return value;
}

std::optional<ClockTime> parse_time_text(std::string_view text) {
  text = trimmed(text);
  const std::optional<int> hour = take_two(text, 24);
  if (!hour || !take(text, ':')) return std::nullopt;
  const std::optional<int> minute = take_two(text, 59);
  if (!minute || !take(text, ':')) return std::nullopt;
  const std::optional<int> second = take_two(text, 59);
  if (!second) return std::nullopt;
  const std::optional<int> below = take(text, '.') ? fraction(take_digits(text)) : std::optional(0);
  if (!below) return std::nullopt;
  ClockTime time;
  time.milliseconds = ((60 * *hour + *minute) * 60 + *second) * 1000 + *below;
  if (time.milliseconds > day_milliseconds || !take_offset(text, time.offset_minutes)) return std::nullopt;
  time.milliseconds %= day_milliseconds;
  return time;
}

std::optional<bool> parse_boolean_text(std::string_view text) {
  text = trimmed(text);
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return std::nullopt;
}

}  // namespace assent::documents
