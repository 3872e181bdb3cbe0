// How much of each line is ordered, and which part of its amount the orders that stand have. Entry: Ledger.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "assent/orders.h"
#include "runtime/plan/order_line.h"
#include "runtime/value/decimal.h"

namespace assent::orders {

// A number of a line or an item, which have no others.
Decimal number_of(std::string_view text);

int decimals(const Decimal& number);  // after the point, as few as it needs
int places_of(const Decimal& amount, Currency unit);  // that parts of it may have

class Ledger {
 public:
  struct Account {
    Decimal quoted, total;    // of the line
    Decimal ordered, shared;  // by orders that stand: how many, with which part of the total
    int places = 0;           // of amounts
  };

  void reserve(std::size_t lines) { accounts_.reserve(lines); }
  void add(const OrderLine& line);
  const Account& operator[](std::uint32_t line) const { return accounts_[line]; }
  Decimal left(std::uint32_t line) const;

  // The part that goes with so much of its bundle's root: all that is left with all that is left. Nothing if it does
  // not come out even.
  std::optional<Decimal> in_proportion(std::uint32_t part, std::uint32_t root, const Decimal& taken) const;
  // Whether the quantity has no more decimals than the quoted one.
  bool fits(std::uint32_t line, const Decimal& quantity) const;

  // Orders more of a line or, below 0, less of what the item has. The share of it: what everything up to then comes to,
  // less what is shared already; nothing where it cannot be computed. Never of another sign than the total, nor more
  // than is there to be given or taken back.
  std::optional<Decimal> take(std::uint32_t line, const Decimal& quantity, const OrderItem& item);
  void give_back(std::uint32_t line, const OrderItem& item);  // all of it

  // Of all entries together.
  static std::string sum(const OrderItem& item);

 private:
  std::vector<Account> accounts_;
};

}  // namespace assent::orders
