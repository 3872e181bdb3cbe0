// assent/orders.h: which orders an approved quote becomes, when, and what becomes of them.
//
//   const auto plan = assent::plan_orders(evaluator, quote_json, world);
//   if (!plan) return complain(plan.problems());
//   for (const assent::Order& order : plan->orders) {
//     ship(order.key, order.items);
//   }
//
// A plan is a pure function of policy, quote, world and what has happened so far, and so always possible as a preview;
// to order, the case is given too, and must be approved. What has happened is kept in the case (Case::orders): each
// change gives a new plan, in which only what depends on it has moved. Splitting never prices: each line comes into
// orders with the amount that was approved, to the cent. Plans are plain values; quantities and amounts are exact
// decimals, written out.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/advance.h"
#include "assent/case.h"
#include "assent/policy.h"

namespace assent {

inline constexpr int amount_places = 2;  // an amount is written with at least so many decimals, but for those of yen
inline constexpr std::size_t max_orders = 100'000;  // of one quote: each is a document of its own
inline constexpr std::size_t max_order_changes = 5'000;  // of one case: a plan is made anew from all of them
inline constexpr std::size_t max_portions = 10'000;  // of one change

// What becomes of an item once it is delivered.
enum class ItemContract : std::uint8_t { as_all, separately, none };
enum class ItemAssets : std::uint8_t { none, per_line, per_unit };
std::string_view text(ItemContract contract);
std::string_view text(ItemAssets assets);

struct SplitValue {
  std::string by;                    // as the policy says it: "line.ship_to"
  std::optional<std::string> value;  // "Berlin"; none: absent, which is a value of its own
  bool operator==(const SplitValue&) const = default;
};

// What was ordered of a line at first, and each amendment of it.
struct OrderEntry {
  std::string on;        // of an amendment: from which day on it holds; else empty
  std::string quantity;  // more or, below 0, less than before
  std::string approved;  // its share of what was approved for the line
  std::string amount;    // the same, but for a term that was clamped, and prorated
  std::string starts, ends;  // its term; empty without
  bool operator==(const OrderEntry&) const = default;
};

struct OrderItem {
  std::string line;      // its id
  std::uint32_t row = 0;
  std::string quantity, amount;  // of all entries together
  std::string part_of;   // the bundle's line, in this order or, of a released bundle, perhaps in another
  std::string item, unit, level, holder;  // as the line says
  ItemContract contract = ItemContract::as_all;
  ItemAssets assets = ItemAssets::none;
  std::string earns_from;  // the day from which it earns, where the policy says one; else empty
  std::vector<OrderEntry> entries;  // one at least
  bool operator==(const OrderItem&) const = default;
};

// What an order waits for: all orders of another phase that were ordered with it or before it, or those of them that
// are split by the same values.
struct OrderWait {
  std::string phase, milestone;   // "hardware", "delivered"
  std::vector<SplitValue> same;
  std::string lag;                // "2 business days"; empty without
  std::size_t orders = 0;         // how many it waits for; 0: there is none, and it does not wait
  std::string last;               // key of the one that comes last; of several, the first in the plan
  std::string until;              // "2026-03-12": when that is so, before the lag; empty where it does not wait
  bool pending = false;           // nobody knows yet when: `until` is the earliest day
  bool met = false;               // all of them have come so far
  bool operator==(const OrderWait&) const = default;
};

enum class OrderState : std::uint8_t { draft, activated, delivered, accepted, cancelled };
std::string_view text(OrderState state);

struct Order {
  std::string key;    // 16 hexadecimal digits: the same for the same phase and split values of a quote
  std::uint32_t take = 1;  // which ordering made it, from 1
  std::uint32_t revision = 1;  // rises with each of its differences, below
  OrderState state = OrderState::draft;
  std::string phase;  // empty where the policy has no phases
  std::string file;   // where the policy says so: the phase, or the orders block
  std::uint32_t source_line = 0, source_column = 0;
  std::vector<SplitValue> split;
  std::vector<OrderItem> items;  // in the order of the quote; what came by an amendment last
  std::string amount, currency;  // of all items together
  std::string starts, ends;  // "2026-03-02": when it is activated, when it is delivered; both days inclusive
  std::string accepted;      // when it was; empty until then
  bool pending = false;      // it waits for what nobody knows the day of: both dates are the earliest ones
  std::string earliest;      // before which it cannot start, for what it waits for
  std::string wanted;        // when the lines want it delivered, the earliest of them; empty without
  std::uint32_t days_late = 0;  // by how many days that is missed
  std::string due;           // when it must be delivered, the earliest of its lines; empty without
  std::string latest_start;  // of a draft, for its own deadline and those of whatever waits for it; empty without
  std::vector<OrderWait> waits;
  std::string dates;         // what its start does to terms: "inherits", "shifts", "clamps"
  std::string earns, earns_when;  // "by day", "delivered"
  std::optional<OrderReport> report;  // the last that the back office said of it
  std::string final_once;    // the milestone after which it cannot be changed: "delivered"; empty without
  bool operator==(const Order&) const = default;
};

// Something that is odd: the part of a bundle that would belong to another order by itself, and stays with it; a term
// that is over before its order starts.
struct OrderWarning { std::string line, message; };

// An order that cannot be delivered when it is due, and what holds it up, first things first.
struct OrderConflict { std::string order, due, ends; std::vector<std::string> chain; };

struct OrderPlan {
  std::string name, policy, policy_hash;  // name: of the orders block
  std::string quote_hash;  // of the content that was approved; empty of a preview
  std::vector<Order> orders;  // in the order in which they were made, and of the first line of each
  std::vector<Portion> left;  // what is quoted and not ordered, by line
  std::vector<OrderWarning> warnings;
  std::vector<OrderConflict> conflicts;
  std::string contracting;    // "by subscription end date", "as one"
  std::string allocation;     // "largest remainder": who gets the odd cents of an amount that is divided
  std::string planned_on;     // the day of the first ordering, before which nothing starts
};

// Problems, all at once: of the quote as decide() finds them; bad_quote for a value that cannot be computed, for an
// id that two lines have, a quantity that is not more than 0, a bundle that is not ordered or contains itself, a line
// of no phase or of two, an order in two currencies, a date or a term that cannot be computed;
// limit_exceeded for more than max_orders; bad_request for a
// policy without orders. The evaluator's last decision is gone afterwards.
Result<OrderPlan> plan_orders(Evaluator& evaluator, std::string_view quote_json, const World& world,
                              std::span<const Edit> edits = {});

// The same for a quote that is to be ordered: not_approved unless the case is approved, on exactly this content and
// under the evaluator's policy. Where something was ordered of it, this is the plan as it stands, whatever the day;
// bad_request for a case to whose orders something has happened that cannot have.
Result<OrderPlan> plan_orders(Evaluator& evaluator, const Case& kase, std::string_view quote_json, const World& world);

// What a change makes of a plan: refused if it does not fit what has happened, and so for each change of which
// assent/advance.h tells why.
struct Replanned {
  std::optional<Refusal> refusal;
  OrderPlan before, after;  // where nothing was ordered, nothing before
};
Result<Replanned> replan(Evaluator& evaluator, const Case& kase, std::string_view quote_json, const OrderChange& change,
                         const World& world);

// How an order differs between two plans of one case.
struct OrderDifference {
  std::string order;  // its key
  bool made = false;  // it was not there before
  struct Field { std::string name, before, after; };  // "starts", "2026-03-02", "2026-03-09"
  std::vector<Field> fields;  // in the order of Order; of an item "L3 quantity"
};
std::vector<OrderDifference> differences(const OrderPlan& before, const OrderPlan& after);

std::string to_json(const OrderPlan& plan);  // with its line end; runtime/schemas/orders.schema.json
void append_line(std::string& out, const OrderPlan& plan);  // the same on one line, without its end
// {"before":{…},"after":{…}}, without `before` where nothing was ordered, or {"refusal":{…}}; on one line, without its
// end.
std::string to_json(const Replanned& replanned);
// One order of it by itself, for whoever takes them one by one; runtime/schemas/order.schema.json.
std::string to_json(const OrderPlan& plan, const Order& order, std::string_view case_id);

}  // namespace assent
