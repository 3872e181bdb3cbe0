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

// A line that has its place, and what it says of when the orders there start, and how long they take.
struct PlacedLine { std::uint32_t row = 0, phase = 0, order = 0; };  // phase: by its number in the policy, 0 without
struct LineTiming {
  std::uint32_t order = 0, clause = 0;  // the line's order; which of the policy's clauses about time
  std::int32_t value = 0;               // a date, in days since 1970-01-01; or how many days, business days
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

// What an order waits for: all orders of another phase, or those of them that are split by the same values.
struct OrderWait {
  std::string phase, milestone;   // "hardware", "delivered"
  std::vector<SplitValue> same;
  std::string lag;                // "2 business days"; empty without
  std::size_t orders = 0;         // how many it waits for; 0: the quote has none, and it does not wait
  std::string last;               // key of the one that comes last; of several, the first in the plan
  std::string until;              // "2026-03-12": when that is so, before the lag; empty where it does not wait
  bool pending = false;           // nobody knows yet when: `until` is the earliest day
};

struct Order {
  std::string key;    // 16 hexadecimal digits: the same for the same phase and split values of a quote
  std::string phase;  // empty where the policy has no phases
  std::string file;   // where the policy says so: the phase, or the orders block
  std::uint32_t source_line = 0, source_column = 0;
  std::vector<SplitValue> split;
  std::vector<OrderItem> items;  // in the order of the quote
  std::string amount, currency;  // of all items together
  std::string starts, ends;  // "2026-03-02": when it is activated, when it is delivered; both days inclusive
  bool pending = false;      // it waits for what nobody knows the day of: both dates are the earliest ones
  std::string wanted;        // when the lines want it delivered, the earliest of them; empty without
  std::uint32_t days_late = 0;  // by how many days that is missed
  std::string due;           // when it must be delivered, the earliest of its lines; empty without
  std::string latest_start;  // for its own deadline and those of whatever waits for it; empty without
  std::vector<OrderWait> waits;
};

// Something that is odd and was not followed: the part of a bundle that would belong to another order by itself.
struct OrderWarning { std::string line, message; };

// An order that cannot be delivered when it is due, and what holds it up, first things first.
struct OrderConflict { std::string order, due, ends; std::vector<std::string> chain; };

struct OrderPlan {
  std::string name, policy, policy_hash, quote_hash;  // name: of the orders block
  std::vector<Order> orders;  // in the order of the first line of each
  std::vector<OrderWarning> warnings;
  std::vector<OrderConflict> conflicts;
  std::string planned_on;  // the world's day: nothing starts before it
};

// Problems, all at once: of the quote as decide() finds them; bad_quote for a value that cannot be computed, for an
// id that two lines have, a quantity that is not more than 0, a bundle that is not ordered or contains itself, a line
// of no phase or of two, an order in two currencies, a date that cannot be computed; limit_exceeded for more than
// max_orders; bad_request for a
// policy without orders. The evaluator's last decision is gone afterwards.
Result<OrderPlan> plan_orders(Evaluator& evaluator, std::string_view quote_json, const World& world,
                              std::span<const Edit> edits = {});

// The same for a quote that is to be ordered: not_approved unless the case is approved, on exactly this content and
// under the evaluator's policy.
Result<OrderPlan> plan_orders(Evaluator& evaluator, const Case& kase, std::string_view quote_json, const World& world);

std::string to_json(const OrderPlan& plan);  // with its line end; runtime/schemas/orders.schema.json

}  // namespace assent
