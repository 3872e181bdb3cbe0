// Decimal arithmetic: sum, product, quotient, comparison and rounding.
//
// Entry: add_general, multiply_general, divide, compare_general, round. The idea: work on the
// magnitude in 128 or 256 bits, where the exact result always has room, and let `fit` say whether
// that result is a Decimal.
#include "runtime/value/decimal.h"

#include <utility>

#include "runtime/value/wide.h"

namespace assent {

namespace {

constexpr UInt128 magnitude_limit = static_cast<UInt128>(coefficient_limit);
static_assert(magnitude_limit == power_of_ten(max_digits));

UInt128 magnitude(const Decimal& value) {
  return static_cast<UInt128>(value.coefficient < 0 ? -value.coefficient : value.coefficient);
}

Int128 with_sign(UInt128 value, bool negative) {
  const auto coefficient = static_cast<Int128>(value);
  return negative ? -coefficient : coefficient;
}

// Writes +-value * 10^exponent if some Decimal equals it; value < 2^127. Zeros are moved between
// the coefficient and the exponent where either is out of its range.
Fault fit(UInt128 value, bool negative, int exponent, Decimal& out) {
  if (value == 0) {
    out = {0, exponent < min_exponent ? min_exponent
              : exponent > max_exponent ? max_exponent
                                        : exponent};
    return Fault::none;
  }
  while (value >= magnitude_limit) {
    if (value % 10 != 0) return Fault::overflow;
    value /= 10;
    ++exponent;
  }
  if (exponent > max_exponent) {
    const int shift = exponent - max_exponent;
    if (digit_count(value) + shift > max_digits) return Fault::overflow;
    value *= power_of_ten(shift);
    exponent = max_exponent;
  } else if (exponent < min_exponent) {
    const int shift = min_exponent - exponent;
    if (shift >= max_digits || value % power_of_ten(shift) != 0) return Fault::overflow;
    value /= power_of_ten(shift);
    exponent = min_exponent;
  }
  out = {with_sign(value, negative), exponent};
  return Fault::none;
}

// Whether the kept digits go up by one. against_half: -1, 0 or 1 as the dropped part is below, at
// or above half of the last kept unit; any: whether the dropped part is other than zero.
bool rounds_up(UInt128 kept, int against_half, bool any, Rounding rounding) {
  switch (rounding) {
    case Rounding::half_even:
      return against_half > 0 || (against_half == 0 && kept % 2 == 1);
    case Rounding::half_up:
      return against_half >= 0;
    case Rounding::up:
      return any;
    case Rounding::down:
      return false;
  }
  return false;
}

int order(UInt128 left, UInt128 right) { return (left > right ? 1 : 0) - (left < right ? 1 : 0); }

}  // namespace

Fault add_general(const Decimal& left, const Decimal& right, Decimal& out) {
  if (is_zero(left) || is_zero(right)) {
    out = is_zero(left) ? right : left;
    return Fault::none;
  }
  Decimal high = left;
  Decimal low = right;
  if (high.exponent < low.exponent) std::swap(high, low);
  int shift = high.exponent - low.exponent;
  if (digit_count(magnitude(high)) + shift > max_power) {
    // Too far apart as they are held. With its zeros stripped, low ends in the last digit of the
    // sum; if high then still reaches 10^38 in that unit, the sum exceeds 34 digits for certain.
    low = normalised(low);
    if (high.exponent < low.exponent) std::swap(high, low);
    shift = high.exponent - low.exponent;
    if (digit_count(magnitude(high)) + shift > max_power) return Fault::overflow;
  }
  const Int128 sum =
      high.coefficient * static_cast<Int128>(power_of_ten(shift)) + low.coefficient;
  const bool negative = sum < 0;
  return fit(static_cast<UInt128>(negative ? -sum : sum), negative, low.exponent, out);
}

Fault multiply_general(const Decimal& left, const Decimal& right, Decimal& out) {
  const bool negative = (left.coefficient < 0) != (right.coefficient < 0);
  UInt256 product = wide_product(magnitude(left), magnitude(right));
  int exponent = left.exponent + right.exponent;
  // The product of a factor rich in twos and one rich in fives ends in zeros that neither has.
  while (product.high != 0 || product.low >= magnitude_limit) {
    if (divide_by_word(product, 10) != 0) return Fault::overflow;
    ++exponent;
  }
  return fit(product.low, negative, exponent, out);
}

Fault divide(const Decimal& left, const Decimal& right, Decimal& out) {
  if (is_zero(right)) return Fault::division_by_zero;
  const bool negative = (left.coefficient < 0) != (right.coefficient < 0);
  const UInt128 dividend = magnitude(left);
  const UInt128 divisor = magnitude(right);
  int exponent = left.exponent - right.exponent;
  if (high_word(dividend) == 0 && high_word(divisor) == 0 &&
      low_word(dividend) % low_word(divisor) == 0) {
    return fit(low_word(dividend) / low_word(divisor), negative, exponent, out);
  }
  if (dividend == 0) return fit(0, negative, exponent, out);

  // Scale the dividend to 34 digits more than the divisor: the quotient then has 34 or 35. First
  // to 38 digits, the most that 128 bits hold, then by the rest of the power.
  const int dividend_digits = digit_count(dividend);
  const int shift = max_digits + digit_count(divisor) - dividend_digits;
  const int first = shift < max_power - dividend_digits ? shift : max_power - dividend_digits;
  exponent -= shift;
  UInt256 scaled = wide_product(dividend * power_of_ten(first), power_of_ten(shift - first));
  UInt128 rest = 0;
  UInt128 quotient = 0;
  if (high_word(divisor) == 0) {
    rest = divide_by_word(scaled, low_word(divisor));
    quotient = scaled.low;
  } else {
    quotient = divide_wide(scaled, divisor, rest);
  }

  if (rest == 0) {
    // Exact so far: without its zeros the quotient may have few digits.
    exponent += strip_zeros(quotient, max_digits + 1);
  }
  if (quotient < magnitude_limit) {
    const int against_half = order(rest * 2, divisor);
    if (rounds_up(quotient, against_half, rest != 0, Rounding::half_even)) ++quotient;
  } else {
    const UInt128 last = quotient % 10;
    quotient /= 10;
    ++exponent;
    const int against_half = last == 5 && rest != 0 ? 1 : order(last, 5);
    if (rounds_up(quotient, against_half, true, Rounding::half_even)) ++quotient;
  }
  return fit(quotient, negative, exponent, out);
}

int compare_general(const Decimal& left, const Decimal& right) {
  const int left_sign = sign(left);
  const int right_sign = sign(right);
  if (left_sign != right_sign) return left_sign < right_sign ? -1 : 1;
  if (left_sign == 0) return 0;
  UInt128 left_magnitude = magnitude(left);
  UInt128 right_magnitude = magnitude(right);
  const int left_digits = digit_count(left_magnitude);
  const int right_digits = digit_count(right_magnitude);
  const int left_top = left_digits + left.exponent;
  const int right_top = right_digits + right.exponent;
  if (left_top != right_top) return left_top < right_top ? -left_sign : left_sign;
  // The first digits stand in the same place: writing both to the same last place needs no more
  // digits than the longer one has.
  if (left_digits < right_digits) {
    left_magnitude *= power_of_ten(right_digits - left_digits);
  } else {
    right_magnitude *= power_of_ten(left_digits - right_digits);
  }
  return left_sign * order(left_magnitude, right_magnitude);
}

Fault round(const Decimal& value, int places, Rounding rounding, Decimal& out) {
  if (places < -max_places || places > max_places) return Fault::bad_range;
  int dropped = -places - value.exponent;
  if (dropped <= 0) {
    out = value;
    return Fault::none;
  }
  // Beyond 38 digits the whole coefficient is dropped and below half, as it is with 38.
  if (dropped > max_power) dropped = max_power;
  const UInt128 unit = power_of_ten(dropped);
  UInt128 kept = magnitude(value) / unit;
  const UInt128 rest = magnitude(value) % unit;
  if (rounds_up(kept, order(rest, unit / 2), rest != 0, rounding)) ++kept;
  out = {with_sign(kept, value.coefficient < 0), -places};
  return Fault::none;
}

bool is_whole(const Decimal& value) {
  if (value.exponent >= 0 || is_zero(value)) return true;
  if (value.exponent <= -max_digits) return false;
  return magnitude(value) % power_of_ten(-value.exponent) == 0;
}

std::optional<std::int64_t> to_int64(const Decimal& value) {
  if (is_zero(value)) return 0;
  if (!is_whole(value)) return std::nullopt;
  UInt128 whole = magnitude(value);
  if (value.exponent < 0) {
    whole /= power_of_ten(-value.exponent);
  } else {
    if (digit_count(whole) + value.exponent > 19) return std::nullopt;  // 2^63 has 19 digits
    whole *= power_of_ten(value.exponent);
  }
  const Int128 result = with_sign(whole, value.coefficient < 0);
  if (result < INT64_MIN || result > INT64_MAX) return std::nullopt;
  return static_cast<std::int64_t>(result);
}

Decimal normalised(const Decimal& value) {
  if (is_zero(value)) return {};
  UInt128 stripped = magnitude(value);
  const int zeros = strip_zeros(stripped, max_exponent - value.exponent);
  return {with_sign(stripped, value.coefficient < 0), value.exponent + zeros};
}

std::uint64_t hash(const Decimal& value) {
  const Decimal shortest = normalised(value);
  const auto coefficient = static_cast<UInt128>(shortest.coefficient);
  std::uint64_t mixed = low_word(coefficient) * 0x9e3779b97f4a7c15u;
  mixed ^= (mixed >> 29) ^ high_word(coefficient) ^
           (static_cast<std::uint64_t>(static_cast<std::uint32_t>(shortest.exponent)) << 32);
  mixed *= 0xbf58476d1ce4e5b9u;
  mixed ^= mixed >> 32;
  mixed *= 0x94d049bb133111ebu;
  return mixed ^ (mixed >> 29);
}

}  // namespace assent
