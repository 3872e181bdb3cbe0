// assent/orders.h: which orders an approved quote becomes.
//
//   const auto plan = assent::plan_orders(evaluator, quote_json, world);
//   if (!plan) return complain(plan.problems());
//   for (const assent::Order& order : plan->orders) {
//     ship(order.key, order.items);
//   }
//
// A plan is a pure function of policy, quote and world, and so always possible as a preview; to order, the case is
// given too, and must be approved. Splitting never prices: each line comes into one order whole, with the amount
// that was approved. Plans are plain values; quantities and amounts are exact decimals, written out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/case.h"
#include "assent/policy.h"

namespace assent {

inline constexpr int amount_places = 2;  // an amount is written with at least so many decimals
inline constexpr std::size_t max_orders = 100'000;  // of one quote: each is a document of its own

// One line of the quote as the policy's `orders` block reads it.
struct OrderLine {
  std::uint32_t row = 0;     // its place in the quote's list, from 0
  std::string id, part_of;   // part_of: the id of the line of its bundle; empty without
  std::string quantity;      // "3", "2.5"; more than 0
  std::string amount, currency;  // "1200.00", "USD"; of the whole line
  std::vector<std::uint32_t> phases;             // whose condition holds for it, by their number in the policy
  std::vector<std::optional<std::string>> split;  // the value of each `split by`; none: it is absent
};

struct SplitValue {
  std::string by;                    // as the policy says it: "line.ship_to"
  std::optional<std::string> value;  // "Berlin"; none: absent, which is a value of its own
  bool operator==(const SplitValue&) const = default;
};

struct OrderItem {
  std::string line;      // its id
  std::uint32_t row = 0;
  std::string quantity, amount;
  std::string part_of;   // the bundle's line, in this order or, of a released bundle, perhaps in another
};

struct Order {
  std::string key;    // 16 hexadecimal digits: the same for the same phase and split values of a quote
  std::string phase;  // empty where the policy has no phases
  std::string file;   // where the policy says so: the phase, or the orders block
  std::uint32_t source_line = 0, source_column = 0;
  std::vector<SplitValue> split;
  std::vector<OrderItem> items;  // in the order of the quote
  std::string amount, currency;  // of all items together
};

// Something that is odd and was not followed: the part of a bundle that would belong to another order by itself.
struct OrderWarning { std::string line, message; };

struct OrderPlan {
  std::string name, policy, policy_hash, quote_hash;  // name: of the orders block
  std::vector<Order> orders;  // in the order of the first line of each
  std::vector<OrderWarning> warnings;
};

// Problems, all at once: of the quote as decide() finds them; bad_quote for a value that cannot be computed, for an
// id that two lines have, a quantity that is not more than 0, a bundle that is not ordered or contains itself, a line
// of no phase or of two, an order in two currencies; limit_exceeded for more than max_orders; bad_request for a
// policy without orders. The evaluator's last decision is gone afterwards.
Result<OrderPlan> plan_orders(Evaluator& evaluator, std::string_view quote_json, const World& world,
                              std::span<const Edit> edits = {});

// The same for a quote that is to be ordered: not_approved unless the case is approved, on exactly this content and
// under the evaluator's policy.
Result<OrderPlan> plan_orders(Evaluator& evaluator, const Case& kase, std::string_view quote_json, const World& world);

std::string to_json(const OrderPlan& plan);  // with its line end; runtime/schemas/orders.schema.json

}  // namespace assent
