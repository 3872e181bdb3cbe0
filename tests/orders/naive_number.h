// Whole numbers of any length, as they are multiplied and compared on paper: what the exact arithmetic is held against.
//
// Entry: NaiveNumber, its + and *, compare.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>

#include "runtime/value/int128.h"

namespace orders_test {

// Decimal digits, the highest first, without zeros before them; zero is the empty text.
struct NaiveNumber {
  std::string digits;
};

inline NaiveNumber naive(std::string_view digits) {
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size()));
  return {std::string(digits)};
}

inline NaiveNumber naive(assent::UInt128 value) {
  std::string digits;
  for (; value != 0; value /= 10) digits += static_cast<char>('0' + static_cast<int>(value % 10));
  std::reverse(digits.begin(), digits.end());
  return {digits};
}

inline NaiveNumber operator+(const NaiveNumber& left, const NaiveNumber& right) {
  std::string a(left.digits.rbegin(), left.digits.rend());
  std::string b(right.digits.rbegin(), right.digits.rend());
  const std::size_t size = std::max(a.size(), b.size()) + 1;
  a.resize(size, '0');
  b.resize(size, '0');
  int carry = 0;
  for (std::size_t i = 0; i < size; ++i) {
    const int sum = a[i] - '0' + (b[i] - '0') + carry;
    a[i] = static_cast<char>('0' + sum % 10);
    carry = sum / 10;
  }
  return naive(std::string_view(std::string(a.rbegin(), a.rend())));
}

inline NaiveNumber operator*(const NaiveNumber& left, const NaiveNumber& right) {
  NaiveNumber product;
  for (const char digit : left.digits) {
    if (!product.digits.empty()) product.digits += '0';
    for (int i = 0; i < digit - '0'; ++i) product = product + right;
  }
  return product;
}

// 10^power.
inline NaiveNumber naive_power(int power) { return {"1" + std::string(static_cast<std::size_t>(power), '0')}; }

// -1, 0 or 1.
inline int compare(const NaiveNumber& left, const NaiveNumber& right) {
  if (left.digits.size() != right.digits.size()) return left.digits.size() < right.digits.size() ? -1 : 1;
  const int order = left.digits.compare(right.digits);
  return (order > 0 ? 1 : 0) - (order < 0 ? 1 : 0);
}

}  // namespace orders_test
