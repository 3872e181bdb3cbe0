// Entry: lowest_terms, ratio_of, times. Products are held in 256 bits. The rounding needs no remainder, for half up is
// floor(x + 1/2) = floor((floor(2x) + 1) / 2), and the floor of a quotient may be taken one divisor after the other.
#include "runtime/orders/ratio.h"

#include <algorithm>
#include <array>
#include <cassert>

#include "runtime/orders/whole.h"
#include "runtime/value/wide.h"

namespace assent::orders {

namespace {

constexpr auto limit = static_cast<UInt128>(coefficient_limit);

// 10^19 is the largest power of ten in 64 bits.
constexpr int word_power = 19;

UInt128 common_divisor(UInt128 left, UInt128 right) {
  while (right != 0) {
    const UInt128 rest = left % right;
    left = right;
    right = rest;
  }
  return left;
}

// floor(value / divisor). Requires 0 < divisor < 2^127.
UInt256 divided(const UInt256& value, UInt128 divisor) {
  if (high_word(divisor) == 0) {
    UInt256 quotient = value;
    divide_by_word(quotient, low_word(divisor));
    return quotient;
  }
  UInt128 rest = 0;
  const UInt128 high = value.high / divisor;
  const UInt128 low = divide_wide({value.high % divisor, value.low}, divisor, rest);
  return {high, low};
}

}  // namespace

Ratio lowest_terms(UInt128 numerator, UInt128 denominator) {
  assert(denominator != 0 && denominator < limit && numerator < limit);
  const UInt128 divisor = common_divisor(numerator, denominator);
  return {numerator / divisor, denominator / divisor};
}

Failure ratio_of(const Decimal& part, const Decimal& whole, Ratio& out) {
  assert(sign(part) >= 0 && sign(whole) > 0);
  const std::array<Decimal, 2> values = {part, whole};
  std::array<UInt128, 2> numbers{};
  if (const Failure failure = to_common_units(values, numbers); failure != Failure::none) return failure;
  const UInt128 divisor = common_divisor(numbers[0], numbers[1]);
  const Ratio ratio = {numbers[0] / divisor, numbers[1] / divisor};
  if (ratio.numerator >= limit || ratio.denominator >= limit) return Failure::overflow;
  out = ratio;
  return Failure::none;
}

Failure times(const Decimal& value, const Ratio& ratio, int places, Decimal& out) {
  assert(ratio.denominator != 0 && ratio.denominator < limit && ratio.numerator < limit);
  if (places < 0 || places > max_places) return Failure::bad_places;
  const Decimal shortest = normalised(value);
  const bool negative = shortest.coefficient < 0;
  auto digits = static_cast<UInt128>(negative ? -shortest.coefficient : shortest.coefficient);
  int shift = digits == 0 ? 0 : shortest.exponent + places;
  if (shift > 0) {
    if (digit_count(digits) + shift > max_digits) return Failure::overflow;
    digits *= power_of_ten(shift);
    shift = 0;
  }
  // 2 * 10^34 * 10^34 < 2^228.
  UInt256 twice = divided(wide_product(digits * 2, ratio.numerator), ratio.denominator);
  while (shift < 0 && (twice.high != 0 || twice.low != 0)) {
    const int step = std::min(-shift, word_power);
    divide_by_word(twice, low_word(power_of_ten(step)));
    shift += step;
  }
  if (twice.high != 0) return Failure::overflow;
  const UInt128 rounded = twice.low / 2 + twice.low % 2;
  if (rounded >= limit) return Failure::overflow;
  out = from_minor_units({rounded, negative && rounded != 0}, places);
  return Failure::none;
}

}  // namespace assent::orders
