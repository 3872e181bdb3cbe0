// Entry: net_charges, holds, written_price.
#include "runtime/documents/price.h"

namespace assent::documents {

namespace {

// Each writes its result and says whether there is one.
bool plus(const Decimal& left, const Decimal& right, Decimal& out) { return add(left, right, out) == Fault::none; }
bool minus(const Decimal& left, const Decimal& right, Decimal& out) {
  return subtract(left, right, out) == Fault::none;
}
bool times(const Decimal& left, const Decimal& right, Decimal& out) {
  return multiply(left, right, out) == Fault::none;
}

Decimal magnitude(const Decimal& value) { return sign(value) < 0 ? negate(value) : value; }

// The line's amount without its own allowances and charges: what quantity and price have to give.
std::optional<Decimal> amount_of_items(const OrderLine& line) {
  const std::optional<Decimal> charges = net_charges(line.allowances);
  Decimal amount;
  if (!charges || !minus(line.amount.value, *charges, amount)) return std::nullopt;
  return amount;
}

}  // namespace

std::optional<Decimal> net_charges(const std::vector<AllowanceCharge>& allowances) {
  Decimal sum;
  for (const AllowanceCharge& allowance : allowances) {
    const Decimal& amount = allowance.amount.value;
    if (!plus(sum, allowance.charge ? amount : negate(amount), sum)) return std::nullopt;
  }
  return sum;
}

bool holds(const OrderLine& line, const Price& price) {
  if (sign(price.base_quantity) <= 0) return false;
  const std::optional<Decimal> wanted = amount_of_items(line);
  if (!wanted) return false;
  // |wanted * base - quantity * price| <= slack * base, both sides being multiplied by the base.
  Decimal scaled, given, difference, allowed;
  if (!times(*wanted, price.base_quantity, scaled) || !times(line.quantity, price.amount.value, given) ||
      !minus(scaled, given, difference) || !times(amount_slack, price.base_quantity, allowed)) {
    return false;
  }
  return magnitude(difference) <= allowed;
}

std::optional<Price> written_price(const OrderLine& line) {
  if (line.price && holds(line, *line.price)) return line.price;
  const std::optional<Decimal> items = amount_of_items(line);
  if (!items || sign(*items) < 0 || sign(line.quantity) <= 0) return std::nullopt;
  return Price{{*items, line.amount.currency}, line.quantity, std::nullopt};
}

}  // namespace assent::documents
