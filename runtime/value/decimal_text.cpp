// Decimal from text and to text.
//
// Entry: parse_decimal, text, append_text, text_with_places. Reading: one pass that keeps the
// digits from the first to the last that is not zero; zeros are only counted. Writing: the digits
// up to the last that is not zero, with a point or zeros put where the exponent says.
#include <array>

#include "runtime/value/decimal.h"
#include "runtime/value/wide.h"

namespace assent {

namespace {

constexpr bool is_digit(char character) { return character >= '0' && character <= '9'; }

// An exponent in a text counts up to here: past it every number but zero overflows, since the
// digits of at most max_number_text characters cannot bring it back.
constexpr int exponent_cap = 1'000'000;

// The digits read so far: coefficient * 10^zeros, of which the last `places` stand after the point.
struct Digits {
  UInt128 coefficient = 0;
  int kept = 0;    // digits of coefficient
  int zeros = 0;   // zeros after them, not yet known to be significant
  int places = 0;
  bool too_many = false;
};

void take_digit(Digits& digits, char character) {
  if (character == '0') {
    if (digits.kept != 0) ++digits.zeros;
    return;
  }
  const int more = digits.zeros + 1;
  digits.zeros = 0;
  if (digits.kept + more > max_digits) {
    digits.too_many = true;
    return;
  }
  digits.coefficient = digits.coefficient * power_of_ten(more) +
                       static_cast<UInt128>(character - '0');
  digits.kept += more;
}

// Most numbers: at most 19 characters, no exponent. False means "not this kind", not "no number".
bool parse_short(std::string_view number, Decimal& out) {
  if (number.empty() || number.size() > 19) return false;  // 19 digits fit 64 bits
  const char* at = number.data();
  const char* const end = at + number.size();
  const bool negative = *at == '-';
  if (negative) ++at;
  if (at == end || !is_digit(*at)) return false;
  if (*at == '0' && end - at > 1 && at[1] != '.') return false;
  std::uint64_t value = 0;
  while (at != end && is_digit(*at)) value = value * 10 + static_cast<std::uint64_t>(*at++ - '0');
  std::int32_t places = 0;
  if (at != end) {
    if (*at++ != '.') return false;
    const char* const point = at;
    while (at != end && is_digit(*at)) value = value * 10 + static_cast<std::uint64_t>(*at++ - '0');
    places = static_cast<std::int32_t>(at - point);
    if (places == 0 || at != end) return false;
  }
  const auto coefficient = static_cast<Int128>(value);
  out = {negative ? -coefficient : coefficient, -places};
  return true;
}

// Writes the digits of value, most significant first; returns how many. value < 10^34, not zero.
int write_digits(UInt128 value, std::array<char, max_digits>& digits) {
  const int count = digit_count(value);
  int at = count;
  while (high_word(value) != 0) {
    // The low 19 digits in one division, then digit by digit in 64 bits.
    const UInt128 upper = value / power_of_ten(19);
    std::uint64_t lower = low_word(value - upper * power_of_ten(19));
    for (int i = 0; i < 19; ++i, lower /= 10) {
      digits[static_cast<std::size_t>(--at)] = static_cast<char>('0' + lower % 10);
    }
    value = upper;
  }
  for (std::uint64_t word = low_word(value); word != 0; word /= 10) {
    digits[static_cast<std::size_t>(--at)] = static_cast<char>('0' + word % 10);
  }
  return count;
}

void append_zeros(std::string& out, int count) {
  if (count > 0) out.append(static_cast<std::size_t>(count), '0');
}

// The plain or scientific text of value, padded to min_places if it is plain.
void append(const Decimal& value, int min_places, std::string& out) {
  if (is_zero(value)) {
    out += '0';
    if (min_places > 0) out += '.';
    append_zeros(out, min_places);
    return;
  }
  const bool negative = value.coefficient < 0;
  auto shortest = static_cast<UInt128>(negative ? -value.coefficient : value.coefficient);
  // All zeros go, even where the exponent passes its limit: here it is only written.
  const int last_place = value.exponent + strip_zeros(shortest, max_digits);
  std::array<char, max_digits> buffer;
  const int count = write_digits(shortest, buffer);
  const std::string_view digits(buffer.data(), static_cast<std::size_t>(count));
  const int places = last_place < 0 ? -last_place : 0;
  const int before_point = count + last_place;  // 0 or less: the number begins with "0."
  if (negative) out += '-';

  if ((before_point > 0 ? before_point : 1) + places > max_plain_digits) {
    // One digit before the point; the exponent has its sign always.
    const int exponent = before_point - 1;
    out += digits[0];
    if (count > 1) {
      out += '.';
      out += digits.substr(1);
    }
    out += exponent < 0 ? "e-" : "e+";
    out += std::to_string(exponent < 0 ? -exponent : exponent);
    return;
  }

  if (places == 0) {
    out += digits;
    append_zeros(out, last_place);
  } else if (before_point > 0) {
    out += digits.substr(0, static_cast<std::size_t>(before_point));
    out += '.';
    out += digits.substr(static_cast<std::size_t>(before_point));
  } else {
    out += "0.";
    append_zeros(out, -before_point);
    out += digits;
  }
  if (min_places > places) {
    if (places == 0) out += '.';
    append_zeros(out, min_places - places);
  }
}

}  // namespace

Fault parse_decimal(std::string_view number, Decimal& out) {
  if (parse_short(number, out)) return Fault::none;
  if (number.size() > max_number_text) return Fault::number_too_long;

  std::size_t at = 0;
  const auto here = [&] { return at < number.size() ? number[at] : '\0'; };
  const bool negative = here() == '-';
  if (negative) ++at;
  if (!is_digit(here())) return Fault::bad_number;
  Digits digits;
  if (here() == '0') {
    ++at;
  } else {
    while (is_digit(here())) take_digit(digits, number[at++]);
  }
  if (here() == '.') {
    ++at;
    if (!is_digit(here())) return Fault::bad_number;
    for (; is_digit(here()); ++digits.places) take_digit(digits, number[at++]);
  }
  int exponent = 0;
  if (here() == 'e' || here() == 'E') {
    ++at;
    const bool negative_exponent = here() == '-';
    if (negative_exponent || here() == '+') ++at;
    if (!is_digit(here())) return Fault::bad_number;
    while (is_digit(here())) {
      if (exponent < exponent_cap) exponent = exponent * 10 + (number[at] - '0');
      ++at;
    }
    if (negative_exponent) exponent = -exponent;
  }
  if (at != number.size()) return Fault::bad_number;

  if (digits.too_many) return Fault::overflow;
  if (digits.kept == 0) {
    out = {};
    return Fault::none;
  }
  exponent += digits.zeros - digits.places;
  if (exponent > max_exponent) {
    // 1e+6001 is 10 * 10^6000: zeros move into the coefficient while it has room.
    const int shift = exponent - max_exponent;
    if (digits.kept + shift > max_digits) return Fault::overflow;
    digits.coefficient *= power_of_ten(shift);
    exponent = max_exponent;
  }
  if (exponent < min_exponent) return Fault::overflow;  // the last digit is not zero
  const auto coefficient = static_cast<Int128>(digits.coefficient);
  out = {negative ? -coefficient : coefficient, exponent};
  return Fault::none;
}

void append_text(const Decimal& value, std::string& out) { append(value, 0, out); }

std::string text(const Decimal& value) {
  std::string out;
  append(value, 0, out);
  return out;
}

std::string text_with_places(const Decimal& value, int min_places) {
  std::string out;
  append(value, min_places < max_places ? min_places : max_places, out);
  return out;
}

}  // namespace assent
