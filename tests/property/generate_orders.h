// Random quotes, what a policy says of their orders, and what happens to these. Entries: order_scene, happening.
#pragma once

#include <string>
#include <vector>

#include "tests/property/naive_orders.h"
#include "tests/property/random.h"
#include "tests/unit/order_desk.h"

namespace assent::generate {

struct OrderScene {
  NaiveRules rules;
  std::string clauses, currency;
  int places = 2;
  bool wishes = false;  // lines are wanted or due on a day, which the naive planner does not see
  int today = 0;

  std::vector<order_desk::Line> lines() const;
};
OrderScene order_scene(Random& random);

// Mostly something that may well happen.
Happening happening(Random& random, const NaiveOrders& orders, int today);
OrderChange change_of(const Happening& what, const NaiveOrders& orders, const std::string& key);

std::string date_text(int days);
std::string in_tenths(long tenths);
std::string in_units(long minor, int places);
long tenths(const std::string& text);
long minor_units(const std::string& text, int places);

}  // namespace assent::generate
