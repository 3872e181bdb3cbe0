// The log of a case, once more: its orders as they stood after each change. Entry: replay.
//
// The log is folded again, event by event; after each that touched an order there is a plan, and in it the order as it
// stood then. So nobody has to keep what was told of it: it is made anew, the same each time.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/case.h"
#include "assent/orders.h"
#include "assent/policy.h"
#include "assent/result.h"
#include "assent/world.h"
#include "runtime/value/date.h"

namespace assent::sync {

// A case that is looked at from its log. Borrowed from whoever calls.
struct Story {
  Evaluator& evaluator;
  std::string_view case_id;
  std::span<const Event> log;  // from the first event on
  std::string_view quote_json;
  const World& world;
};

// Which of its orders are told.
struct Chosen {
  std::string_view order;  // its key; empty: all of them
  bool drafts = false;
};

// A change, and the plan after it.
struct Turn {
  const OrderPlan& plan;
  const OrderChange& change;
  Date day;                           // on which it was made, in UTC
  std::vector<const Order*> touched;  // in the order of the plan; those that are told, or were
};

// Calls take(turn) for each change that touched one that is told: an order is from when it is no draft any more, also
// when it is cancelled. What was cancelled as a draft never is. Gives the plan as it stands, with no orders where
// nothing was ordered. Problems: those of plan_orders; bad_event for a log that does not make a case; bad_request for
// an order that there is not. Takes as long as a plan for each of these changes.
Result<OrderPlan> replay(const Story& story, const Chosen& chosen, const std::function<void(const Turn&)>& take);

// Whether a change can be news of an order to whoever delivers it: that it was delivered or accepted is not.
bool is_news(const OrderChange& change, const Order& order);

// Adds what is wrong with an order, under "/KEY".
void add_problems(Problems& problems, std::string_view key, const Problems& of_order);

}  // namespace assent::sync
