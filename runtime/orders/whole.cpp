// Entry: to_minor_units, from_minor_units, to_common_units. Each value is taken in its shortest form, so that zeros
// which it was written with neither make it too fine nor make it overflow.
#include "runtime/orders/whole.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <vector>

#include "runtime/value/wide.h"

namespace assent::orders {

namespace {

UInt128 magnitude(const Decimal& value) {
  return static_cast<UInt128>(value.coefficient < 0 ? -value.coefficient : value.coefficient);
}

}  // namespace

Failure to_minor_units(const Decimal& amount, int places, MinorUnits& out) {
  if (places < 0 || places > max_places) return Failure::bad_places;
  const Decimal shortest = normalised(amount);
  if (is_zero(shortest)) {
    out = {};
    return Failure::none;
  }
  const int shift = shortest.exponent + places;
  if (shift < 0) return Failure::too_fine;
  const UInt128 digits = magnitude(shortest);
  if (digit_count(digits) + shift > max_digits) return Failure::overflow;
  out = {digits * power_of_ten(shift), shortest.coefficient < 0};
  return Failure::none;
}

Decimal from_minor_units(const MinorUnits& units, int places) {
  assert(units.count < static_cast<UInt128>(coefficient_limit) && places >= 0 && places <= max_places);
  const auto count = static_cast<Int128>(units.count);
  return {units.negative ? -count : count, -places};
}

Failure to_common_units(std::span<const Decimal> values, std::span<UInt128> out) {
  assert(values.size() == out.size());
  int finest = max_exponent + max_digits;
  for (const Decimal& value : values) {
    assert(sign(value) >= 0);
    if (!is_zero(value)) finest = std::min(finest, static_cast<int>(normalised(value).exponent));
  }
  std::vector<UInt128> numbers;
  numbers.reserve(values.size());
  UInt128 sum = 0;
  for (const Decimal& value : values) {
    const Decimal shortest = normalised(value);
    UInt128 number = magnitude(shortest);
    if (number != 0) {
      const int shift = shortest.exponent - finest;
      if (digit_count(number) + shift > max_power) return Failure::overflow;
      number *= power_of_ten(shift);
    }
    sum += number;
    if (sum >= power_of_ten(max_power)) return Failure::overflow;
    numbers.push_back(number);
  }
  std::copy(numbers.begin(), numbers.end(), out.begin());
  return Failure::none;
}

}  // namespace assent::orders
