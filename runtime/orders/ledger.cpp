// Entry: Ledger.
#include "runtime/orders/ledger.h"

#include <algorithm>

#include "runtime/orders/allocate.h"
#include "runtime/orders/ratio.h"
#include "runtime/value/currency.h"

namespace assent::orders {

namespace {

// Sums of what was read from a quote: none has more digits than what it is a part of.
Decimal plus(const Decimal& left, const Decimal& right) {
  Decimal sum;
  [[maybe_unused]] const Fault fault = assent::add(left, right, sum);
  return sum;
}
Decimal minus(const Decimal& left, const Decimal& right) { return plus(left, negate(right)); }

Decimal magnitude(const Decimal& number) { return sign(number) < 0 ? negate(number) : number; }

// What the entries of an item have of their line.
Decimal shared_by(const OrderItem& item) {
  Decimal sum;
  for (const OrderEntry& entry : item.entries) sum = plus(sum, number_of(entry.approved));
  return sum;
}

}  // namespace

Decimal number_of(std::string_view text) {
  Decimal number;
  [[maybe_unused]] const Fault fault = parse_decimal(text, number);
  return number;
}

int decimals(const Decimal& number) { return std::max(0, -normalised(number).exponent); }

int places_of(const Decimal& amount, Currency unit) {
  return std::max(minor_places(unit), decimals(amount));
}

void Ledger::add(const OrderLine& line) {
  accounts_.push_back({line.quantity, line.amount, {}, {}, places_of(line.amount, line.currency)});
}

Decimal Ledger::left(std::uint32_t line) const { return minus(accounts_[line].quoted, accounts_[line].ordered); }

std::optional<Decimal> Ledger::in_proportion(std::uint32_t part, std::uint32_t root, const Decimal& taken) const {
  if (taken == left(root)) return left(part);
  Ratio ratio;
  if (ratio_of(magnitude(taken), accounts_[root].quoted, ratio) != Failure::none) return std::nullopt;
  Decimal quantity, there, back;
  const Decimal& quoted = accounts_[part].quoted;
  if (times(quoted, ratio, std::min(decimals(quoted), 34), quantity) != Failure::none) return std::nullopt;
  if (multiply(quantity, accounts_[root].quoted, there) != Fault::none) return std::nullopt;
  if (multiply(quoted, magnitude(taken), back) != Fault::none || there != back) return std::nullopt;
  return sign(taken) < 0 ? negate(quantity) : quantity;
}

bool Ledger::fits(std::uint32_t line, const Decimal& quantity) const {
  return decimals(quantity) <= decimals(accounts_[line].quoted);
}

std::optional<Decimal> Ledger::take(std::uint32_t line, const Decimal& quantity, const OrderItem& item) {
  Account& account = accounts_[line];
  const Decimal ordered = plus(account.ordered, quantity);
  const Decimal total = magnitude(account.total), had = magnitude(account.shared);
  Decimal due;
  if (ordered == account.quoted) due = total;
  else if (share(total, account.quoted, Decimal{}, ordered, account.places, due) != Failure::none) return std::nullopt;
  Decimal part = minus(due, had);
  if (sign(quantity) > 0) {
    part = std::max(part, Decimal{});
  } else {
    const Decimal held = magnitude(shared_by(item));
    const bool all = is_zero(plus(number_of(sum(item)), quantity));
    part = all ? negate(held) : std::clamp(part, negate(held), Decimal{});
  }
  if (sign(account.total) < 0) part = negate(part);
  account.ordered = ordered;
  account.shared = plus(account.shared, part);
  return part;
}

void Ledger::give_back(std::uint32_t line, const OrderItem& item) {
  Account& account = accounts_[line];
  account.ordered = minus(account.ordered, number_of(item.quantity));
  account.shared = minus(account.shared, shared_by(item));
}

std::string Ledger::sum(const OrderItem& item) {
  if (item.entries.size() == 1) return item.entries[0].quantity;
  Decimal quantity;
  for (const OrderEntry& entry : item.entries) quantity = plus(quantity, number_of(entry.quantity));
  return text(quantity);
}

}  // namespace assent::orders
