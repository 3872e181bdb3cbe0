// One evaluated value: absent, a fault, or a number, money or text. Types finer than that (percent,
// date, person …) are the plan's; here a percent is its points, a date its days since 1970-01-01, an
// instant its milliseconds, a truth 0 or 1, a person the text of their id.
//
// A fault is a value too: it travels through an expression as an absence does, so the order in which
// parts are computed can never change a result.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/value/decimal.h"
#include "runtime/value/fault.h"

namespace assent {

// Three capital letters in one number; 0 is "no currency", which only the empty sum has.
using Currency = std::uint32_t;
constexpr Currency currency(std::string_view code) {
  if (code.size() != 3) return 0;
  Currency packed = 0;
  for (char c : code) {
    if (c < 'A' || c > 'Z') return 0;
    packed = packed << 8 | static_cast<unsigned char>(c);
  }
  return packed;
}

struct Value {
  enum class Kind : std::uint8_t { absent, fault, number, money, text };

  Int128 coefficient = 0;         // number, money
  const char* characters = nullptr;  // text; borrowed from the plan, the quote or the directory
  std::uint32_t length = 0;       // text, in bytes
  std::int32_t exponent = 0;      // number, money
  Currency unit = 0;              // money
  Kind kind = Kind::absent;
  Fault fault = Fault::none;

  static Value of(const Decimal& number) {
    Value v;
    v.kind = Kind::number;
    v.coefficient = number.coefficient;
    v.exponent = number.exponent;
    return v;
  }
  static Value of(const Decimal& amount, Currency unit) {
    Value v = of(amount);
    v.kind = Kind::money;
    v.unit = unit;
    return v;
  }
  static Value of(std::string_view text) {
    Value v;
    v.kind = Kind::text;
    v.characters = text.data();
    v.length = static_cast<std::uint32_t>(text.size());
    return v;
  }
  static Value of(bool truth) { return whole(truth ? 1 : 0); }
  static Value whole(std::int64_t number) {
    Value v;
    v.kind = Kind::number;
    v.coefficient = number;
    return v;
  }
  static Value of(Fault fault) {
    Value v;
    v.kind = Kind::fault;
    v.fault = fault;
    return v;
  }

  bool is_absent() const { return kind == Kind::absent; }
  bool is_fault() const { return kind == Kind::fault; }
  bool is_true() const { return kind == Kind::number && coefficient != 0; }
  Decimal decimal() const { return {coefficient, exponent}; }
  std::string_view text() const { return {characters, length}; }
};

}  // namespace assent
