// Entry: priced. Prices are multiples of 10^-places; the highest of them that costs no more than the amount, and the
// next.
#include "runtime/erp/price.h"

#include <algorithm>
#include <optional>

namespace assent::erp {

namespace {

bool is_fine(Fault fault) { return fault == Fault::none; }

// The part that the ERP makes of a quantity and a price.
std::optional<Part> part_of(const Decimal& quantity, const Decimal& price, const Decimal& step) {
  Part part{quantity, price, {}};
  Decimal product;
  if (!is_fine(multiply(quantity, price, product)) || !is_fine(rounded(product, step, part.amount)))
    return std::nullopt;
  return part;
}

// All of it at one price.
std::optional<Part> whole_at(const Decimal& quantity, const Decimal& price, const Decimal& amount,
                             const Decimal& step) {
  const std::optional<Part> part = part_of(quantity, price, step);
  return part && part->amount == amount ? part : std::nullopt;
}

// The highest multiple of `grid` that is no more than amount ÷ quantity; both are 0 or more.
std::optional<Decimal> low_price(const Decimal& quantity, const Decimal& amount, int places, const Decimal& grid) {
  Decimal quotient, price, cost;
  if (!is_fine(divide(amount, quantity, quotient)) || !is_fine(round(quotient, places, Rounding::down, price))) {
    return std::nullopt;
  }
  if (!is_fine(multiply(quantity, price, cost))) return std::nullopt;
  // The quotient has 34 digits, and may have been rounded up to a multiple.
  if (cost > amount && !is_fine(subtract(price, grid, price))) return std::nullopt;
  return price;
}

// `high_quantity` of it at the high price, the rest at the low one.
std::vector<Part> two_parts(const Decimal& quantity, const Decimal& high_quantity, const Decimal& low,
                            const Decimal& high, const Decimal& amount, const Decimal& step) {
  Decimal low_quantity, sum;
  if (sign(high_quantity) <= 0 || high_quantity >= quantity) return {};
  if (!is_fine(subtract(quantity, high_quantity, low_quantity))) return {};
  const std::optional<Part> first = part_of(low_quantity, low, step);
  const std::optional<Part> second = part_of(high_quantity, high, step);
  if (!first || !second || !is_fine(add(first->amount, second->amount, sum)) || sum != amount) return {};
  return {*first, *second};
}

// The pieces that cost a grid more than the others are as many as the low price leaves grids over. Where both parts end
// on half a step, both may be rounded the same way; a few pieces more or less at the high price end that.
std::vector<Part> split(const Decimal& quantity, const Decimal& amount, const Decimal& low, const Decimal& high,
                        const Decimal& grid, const Decimal& step) {
  Decimal cost, rest, high_quantity;
  if (!is_fine(multiply(quantity, low, cost)) || !is_fine(subtract(amount, cost, rest))) return {};
  const Decimal piece{1, std::min(normalised(quantity).exponent, 0)};
  if (!is_fine(divide(rest, grid, high_quantity))) return {};
  if (!is_fine(round(high_quantity, -piece.exponent, Rounding::down, high_quantity))) return {};
  for (int tried = 0; tried <= max_split_tries; ++tried) {
    const int pieces = tried % 2 == 0 ? tried / 2 : -(tried / 2 + 1);
    Decimal moved;
    if (!is_fine(add(high_quantity, {piece.coefficient * pieces, piece.exponent}, moved))) return {};
    std::vector<Part> parts = two_parts(quantity, moved, low, high, amount, step);
    if (!parts.empty()) return parts;
  }
  return {};
}

std::vector<Part> priced_magnitude(const Decimal& quantity, const Decimal& amount, int places, const Decimal& step) {
  const Decimal grid{1, -places};
  const std::optional<Decimal> low = low_price(quantity, amount, places, grid);
  Decimal high;
  if (!low || !is_fine(add(*low, grid, high))) return {};
  // What rounds to the amount lies evenly around it: where a price within is, the nearest is one.
  const std::optional<Part> at_low = whole_at(quantity, *low, amount, step);
  const std::optional<Part> at_high = whole_at(quantity, high, amount, step);
  if (at_low && at_high) {
    Decimal below, above, cost;
    const bool known = is_fine(multiply(quantity, *low, cost)) && is_fine(subtract(amount, cost, below)) &&
                       is_fine(multiply(quantity, high, cost)) && is_fine(subtract(cost, amount, above));
    return {known && above < below ? *at_high : *at_low};
  }
  if (at_low || at_high) return {at_low ? *at_low : *at_high};
  return split(quantity, amount, *low, high, grid, step);
}

}  // namespace

Fault rounded(const Decimal& value, const Decimal& step, Decimal& out) {
  if (is_zero(step)) {
    out = value;
    return Fault::none;
  }
  Decimal steps;
  if (const Fault fault = divide(value, step, steps); !is_fine(fault)) return fault;
  if (const Fault fault = round(steps, 0, Rounding::half_even, steps); !is_fine(fault)) return fault;
  return multiply(steps, step, out);
}

std::vector<Part> priced(const Decimal& quantity, const Decimal& amount, int places, const Decimal& step) {
  const bool is_credit = sign(amount) < 0;
  std::vector<Part> parts = priced_magnitude(quantity, is_credit ? negate(amount) : amount, places, step);
  if (is_credit) {
    for (Part& part : parts) {
      part.price = negate(part.price);
      part.amount = negate(part.amount);
    }
  }
  return parts;
}

}  // namespace assent::erp
