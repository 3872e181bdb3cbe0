// Entry: allocate, share. allocate cuts total * weight / sum to whole minor units, exactly in 256 bits, and hands out
// what the cuts left; share is a difference of two rounded cumulative amounts.
#include "runtime/orders/allocate.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <numeric>

#include "runtime/orders/ratio.h"
#include "runtime/orders/whole.h"
#include "runtime/value/wide.h"

namespace assent::orders {

namespace {

struct Part {
  UInt128 count = 0;  // minor units
  UInt128 lost = 0;   // by the cut, in sum-ths of a minor unit
};

// Requires count < 10^34 and weight <= sum < 10^38, so that the quotient is at most count.
Part cut(UInt128 count, UInt128 weight, UInt128 sum) {
  Part part;
  UInt256 product = wide_product(count, weight);
  if (high_word(sum) == 0) {
    part.lost = divide_by_word(product, low_word(sum));
    part.count = product.low;
  } else {
    part.count = divide_wide(product, sum, part.lost);
  }
  return part;
}

// The indices of the weights that are not zero, in the order in which they get what is left.
std::vector<std::size_t> receivers(std::span<const UInt128> weights, const std::vector<Part>& parts,
                                   Allocation policy) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] != 0) order.push_back(i);
  }
  switch (policy) {
    case Allocation::largest_remainder:
      std::stable_sort(order.begin(), order.end(),
                       [&](std::size_t left, std::size_t right) { return parts[left].lost > parts[right].lost; });
      break;
    case Allocation::remainder_to_first: break;
    case Allocation::remainder_to_last: std::reverse(order.begin(), order.end()); break;
  }
  return order;
}

}  // namespace

Failure allocate(const Decimal& total, std::span<const Decimal> weights, int places, Allocation policy,
                 std::vector<Decimal>& out) {
  MinorUnits units;
  if (const Failure failure = to_minor_units(total, places, units); failure != Failure::none) return failure;
  if (weights.empty()) return Failure::no_weights;
  for (const Decimal& weight : weights) {
    if (sign(weight) < 0) return Failure::negative_weight;
  }
  std::vector<UInt128> numbers(weights.size());
  if (const Failure failure = to_common_units(weights, numbers); failure != Failure::none) return failure;
  UInt128 sum = std::accumulate(numbers.begin(), numbers.end(), UInt128{0});
  if (sum == 0) {
    numbers.assign(numbers.size(), 1);
    sum = numbers.size();
  }

  std::vector<Part> parts;
  parts.reserve(numbers.size());
  UInt128 left = units.count;
  for (const UInt128 number : numbers) {
    parts.push_back(cut(units.count, number, sum));
    left -= parts.back().count;
  }
  if (left != 0) {
    const std::vector<std::size_t> order = receivers(numbers, parts, policy);
    assert(left < order.size());
    for (std::size_t i = 0; i < left; ++i) ++parts[order[i]].count;
  }

  out.clear();
  out.reserve(parts.size());
  for (const Part& part : parts) {
    out.push_back(from_minor_units({part.count, units.negative && part.count != 0}, places));
  }
  return Failure::none;
}

Failure share(const Decimal& total, const Decimal& quantity, const Decimal& before, const Decimal& taken, int places,
              Decimal& out) {
  MinorUnits units;  // asked only whether total has them: only then does the last part end at it
  if (const Failure failure = to_minor_units(total, places, units); failure != Failure::none) return failure;
  const int side = sign(quantity);
  if (side == 0) return Failure::zero_quantity;
  if (sign(before) == -side || sign(taken) == -side) return Failure::opposite_quantity;
  const auto upright = [side](const Decimal& value) { return side < 0 ? negate(value) : value; };
  const Decimal whole = upright(quantity);
  const Decimal from = upright(before);
  Decimal to;
  if (const Fault fault = add(from, upright(taken), to); fault != Fault::none) return failure_of(fault);
  if (to > whole) return Failure::beyond_quantity;

  Decimal until_from;
  Decimal until_to;
  Ratio ratio;
  if (const Failure failure = ratio_of(from, whole, ratio); failure != Failure::none) return failure;
  if (const Failure failure = times(total, ratio, places, until_from); failure != Failure::none) return failure;
  if (const Failure failure = ratio_of(to, whole, ratio); failure != Failure::none) return failure;
  if (const Failure failure = times(total, ratio, places, until_to); failure != Failure::none) return failure;
  return failure_of(subtract(until_to, until_from, out));
}

}  // namespace assent::orders
