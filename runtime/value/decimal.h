// Exact decimal numbers: every amount, rate and quantity of the language.
//
// Entry: Decimal, add, subtract, multiply, divide, compare, round, parse_decimal, text.
// A result is the exact one or a fault, never a near one; only divide and round round, divide
// because most quotients have no end, round because it was asked to. 34 digits are those of
// IEEE 754 decimal128.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/fault.h"
#include "runtime/value/int128.h"

namespace assent {

inline constexpr int max_digits = 34;       // significant digits of a coefficient
inline constexpr int max_exponent = 6000;   // inside decimal128's range
inline constexpr int min_exponent = -6000;
inline constexpr int max_places = 34;       // places that round takes, either side of the point

// A number's text longer than this is refused before it is read. 34 digits, a point, signs and an
// exponent need 42 characters; the rest is room for zeros that other programs pad with.
inline constexpr std::size_t max_number_text = 400;

// Up to this many digits a number is written out; beyond it, as 1.5e+60.
inline constexpr int max_plain_digits = 40;

// 10^34, which no coefficient reaches.
inline constexpr Int128 coefficient_limit =
    static_cast<Int128>(10'000'000'000'000'000) * 1'000'000'000'000'000'000;

// coefficient * 10^exponent; |coefficient| < 10^34, exponent in -6000..6000. All functions below
// require these ranges of their operands and keep them in their results.
// Not normalised: 1 and 1.0 are equal and differently held.
struct Decimal {
  Int128 coefficient = 0;
  std::int32_t exponent = 0;
};

// half_up: ties away from zero; up: away from zero; down: towards zero.
enum class Rounding : std::uint8_t { half_even, half_up, up, down };

constexpr Decimal decimal(std::int64_t value) { return {value, 0}; }
constexpr Decimal negate(const Decimal& value) { return {-value.coefficient, value.exponent}; }
constexpr bool is_zero(const Decimal& value) { return value.coefficient == 0; }

// -1, 0 or 1.
constexpr int sign(const Decimal& value) {
  return (value.coefficient > 0 ? 1 : 0) - (value.coefficient < 0 ? 1 : 0);
}

// The general cases of the inline functions below; each is right for any operands.
Fault add_general(const Decimal& left, const Decimal& right, Decimal& out);
Fault multiply_general(const Decimal& left, const Decimal& right, Decimal& out);
int compare_general(const Decimal& left, const Decimal& right);

// Sum, difference and product are exact; Fault::overflow when the exact result is no Decimal,
// however its trailing zeros are divided between coefficient and exponent.
inline Fault add(const Decimal& left, const Decimal& right, Decimal& out) {
  if (left.exponent == right.exponent) {
    const Int128 sum = left.coefficient + right.coefficient;
    if (sum < coefficient_limit && sum > -coefficient_limit) {
      out = {sum, left.exponent};
      return Fault::none;
    }
  }
  return add_general(left, right, out);
}

inline Fault subtract(const Decimal& left, const Decimal& right, Decimal& out) {
  return add(left, negate(right), out);
}

inline Fault multiply(const Decimal& left, const Decimal& right, Decimal& out) {
  const auto left_word = static_cast<std::int64_t>(left.coefficient);
  const auto right_word = static_cast<std::int64_t>(right.coefficient);
  if (left_word == left.coefficient && right_word == right.coefficient) {
    const Int128 product = static_cast<Int128>(left_word) * right_word;
    const std::int32_t exponent = left.exponent + right.exponent;
    if (product < coefficient_limit && product > -coefficient_limit &&
        exponent >= min_exponent && exponent <= max_exponent) {
      out = {product, exponent};
      return Fault::none;
    }
  }
  return multiply_general(left, right, out);
}

// The quotient if it has at most 34 significant digits, else rounded half-even to 34.
// Fault::division_by_zero; Fault::overflow when the exponent leaves its range.
Fault divide(const Decimal& left, const Decimal& right, Decimal& out);

// -1, 0 or 1 as left is less than, equal to or greater than right: by value, for any exponents.
inline int compare(const Decimal& left, const Decimal& right) {
  if (left.exponent == right.exponent) {
    return (left.coefficient > right.coefficient ? 1 : 0) -
           (left.coefficient < right.coefficient ? 1 : 0);
  }
  return compare_general(left, right);
}

inline bool operator==(const Decimal& left, const Decimal& right) {
  return compare(left, right) == 0;
}
inline std::weak_ordering operator<=>(const Decimal& left, const Decimal& right) {
  return compare(left, right) <=> 0;
}

// To `places` digits after the point (before it, if negative: -3 is thousands). Fault::bad_range
// for places outside -34..34; cannot overflow. A value that has no more places is left as it is.
Fault round(const Decimal& value, int places, Rounding rounding, Decimal& out);

bool is_whole(const Decimal& value);

// The value if it is whole and fits.
std::optional<std::int64_t> to_int64(const Decimal& value);

// The equal value with the shortest coefficient (zero: 0 * 10^0). One form for each value.
Decimal normalised(const Decimal& value);

// Equal for equal values, however held; the same in every run and on every machine.
std::uint64_t hash(const Decimal& value);

// Reads exactly the grammar of a JSON number. Fault::bad_number if the text is something else,
// Fault::overflow if the number is no Decimal, Fault::number_too_long beyond max_number_text.
Fault parse_decimal(std::string_view number, Decimal& out);

// The canonical text: one for each value, and parse_decimal reads it back. No trailing zeros after
// the point, no "-0"; an exponent only where more than 40 digits would have to be written.
std::string text(const Decimal& value);
void append_text(const Decimal& value, std::string& out);

// text(), with zeros after the point up to min_places (taken as within 0..34): 100 -> "100.00".
// A number that is written with an exponent is not padded.
std::string text_with_places(const Decimal& value, int min_places);

}  // namespace assent
