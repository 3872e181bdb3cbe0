// Whole-number tools under Decimal: powers of ten, digit counts and 256-bit products.
//
// Entry: power_of_ten, digit_count, strip_zeros, wide_product, divide_by_word, divide_wide.
// The product of two 34-digit coefficients has up to 68 digits (226 bits); it is held in two
// 128-bit halves for as long as it takes to divide it back below 10^34.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "runtime/value/int128.h"

namespace assent {

// 10^38 is the largest power of ten in 127 bits: a sum of 38 and 34 digits fits an Int128.
inline constexpr int max_power = 38;

inline constexpr std::array<UInt128, max_power + 1> powers_of_ten = [] {
  std::array<UInt128, max_power + 1> powers{};
  UInt128 power = 1;
  for (UInt128& entry : powers) {
    entry = power;
    power *= 10;  // unsigned: the product after the last entry is not used
  }
  return powers;
}();

// 10^power for power in 0..38.
constexpr UInt128 power_of_ten(int power) {
  return powers_of_ten[static_cast<std::size_t>(power)];
}

constexpr std::uint64_t high_word(UInt128 value) { return static_cast<std::uint64_t>(value >> 64); }
constexpr std::uint64_t low_word(UInt128 value) { return static_cast<std::uint64_t>(value); }

// Decimal digits of value; 0 for zero. 1233/4096 is log10(2) from below, close enough that over
// 128 bits the estimate is at most one digit short; one comparison settles it.
constexpr int digit_count(UInt128 value) {
  const std::uint64_t high = high_word(value);
  const std::uint64_t low = low_word(value);
  int bits = 0;
  if (high != 0) {
    bits = 128 - __builtin_clzll(high);
  } else if (low != 0) {
    bits = 64 - __builtin_clzll(low);
  }
  const int estimate = (bits * 1233) >> 12;
  return estimate + (value >= power_of_ten(estimate) ? 1 : 0);
}

// Divides value by ten while it ends in zero, at most `most` times; returns how many times.
// value is not zero.
constexpr int strip_zeros(UInt128& value, int most) {
  int stripped = 0;
  // Sixteen zeros at a time while there are more than 64 bits: long division is slow.
  while (high_word(value) != 0 && stripped < most) {
    const int step = most - stripped >= 16 && value % power_of_ten(16) == 0 ? 16 : 1;
    if (value % power_of_ten(step) != 0) return stripped;
    value /= power_of_ten(step);
    stripped += step;
  }
  std::uint64_t word = low_word(value);
  if (high_word(value) != 0) return stripped;
  while (stripped + 4 <= most && word % 10000 == 0) {
    word /= 10000;
    stripped += 4;
  }
  while (stripped < most && word % 10 == 0) {
    word /= 10;
    ++stripped;
  }
  value = word;
  return stripped;
}

struct UInt256 {
  UInt128 high = 0;
  UInt128 low = 0;
};

// left * right, exact.
constexpr UInt256 wide_product(UInt128 left, UInt128 right) {
  const UInt128 left_high = high_word(left), left_low = low_word(left);
  const UInt128 right_high = high_word(right), right_low = low_word(right);
  const UInt128 low = left_low * right_low;
  const UInt128 cross = left_high * right_low;
  // Neither sum can overflow: (2^64-1)^2 + 2*(2^64-1) = 2^128 - 1.
  const UInt128 middle = left_low * right_high + high_word(low) + low_word(cross);
  return {left_high * right_high + high_word(cross) + high_word(middle),
          (middle << 64) | low_word(low)};
}

// Divides value in place; returns the remainder. divisor is not zero.
constexpr std::uint64_t divide_by_word(UInt256& value, std::uint64_t divisor) {
  const std::array<std::uint64_t, 4> words = {high_word(value.high), low_word(value.high),
                                              high_word(value.low), low_word(value.low)};
  std::array<UInt128, 4> quotient{};
  std::uint64_t remainder = 0;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const UInt128 part = (static_cast<UInt128>(remainder) << 64) | words[i];
    if (part < divisor) {
      remainder = low_word(part);
      continue;
    }
    quotient[i] = part / divisor;
    remainder = low_word(part - quotient[i] * divisor);
  }
  value = {(quotient[0] << 64) | quotient[1], (quotient[2] << 64) | quotient[3]};
  return remainder;
}

// value / divisor with its remainder, one bit at a time: divisors of more than 64 bits are rare.
// Requires value.high < divisor (the quotient fits 128 bits) and divisor < 2^127.
constexpr UInt128 divide_wide(const UInt256& value, UInt128 divisor, UInt128& remainder) {
  UInt128 quotient = 0;
  UInt128 rest = value.high;
  for (int bit = 127; bit >= 0; --bit) {
    rest = (rest << 1) | ((value.low >> bit) & 1);
    quotient <<= 1;
    if (rest >= divisor) {
      rest -= divisor;
      quotient |= 1;
    }
  }
  remainder = rest;
  return quotient;
}

}  // namespace assent
