// From lines to orders: bundles become units, which are put together by phase and split values; what is ordered when
// makes the orders, and amendments change them. Entry: split.
//
// Amounts are shares of what was approved for each line: whatever is ordered next gets what everything up to then comes
// to, less what the orders that stand have already. So any way to order all of a line ends at its amount exactly,
// orders that were cancelled on the way or not.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "assent/orders.h"
#include "runtime/plan/order_line.h"
#include "runtime/plan/plan.h"
#include "runtime/value/date.h"

namespace assent::orders {

// What has happened to an order, by its place in the plan.
struct Progress {
  Date planned_on;  // it does not start before
  std::optional<Date> activated, delivered, accepted;
  std::optional<Date> new_start, new_end;  // where it was moved to
};

inline const std::optional<Date>& reached(const Progress& progress, plan::Milestone milestone) {
  return milestone == plan::Milestone::activated   ? progress.activated
         : milestone == plan::Milestone::delivered ? progress.delivered
                                                   : progress.accepted;
}

struct Split {
  Problems problems;               // of the quote
  std::optional<Refusal> refusal;  // of the last change: those before it were fitting once
  std::vector<PlacedLine> places;  // of each item, in the order of the orders
  std::vector<Progress> progress;  // of each order
};

// The lines are of this plan, in the order of the quote. Fills orders, states and warnings of `out`, and what is left.
Split split(const plan::Plan& plan, const OrderLines& lines, std::span<const OrderChange> changes,
            OrderPlan& out);

}  // namespace assent::orders
