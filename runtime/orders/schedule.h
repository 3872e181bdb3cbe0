// From orders to dates: a forward pass for the earliest, a backward pass from deadlines for the latest, and then as
// late as is wished for. Entry: schedule.
//
// What waits for what is a matter of phases, each of which waits for earlier ones, so each pass goes over them once.
// Orders meet at gates: one for each set of orders that is waited for, however many wait for it. All is linear in
// orders and clauses.
#pragma once

#include <vector>

#include "runtime/orders/split.h"

namespace assent::orders {

// Dates of the plan's orders, what each waits for, and what cannot be in time. Of each clause the strictest line
// counts: the latest start, the earliest wish and deadline, the longest lead time and lag. What has happened stays
// where it happened, and what was moved, where it was moved to unless it waits longer. Orders that were cancelled have
// no dates, and nothing waits for them. Problems: a negative length, a date outside the years 1 to 9999, a calendar
// without business days.
Problems schedule(const plan::Plan& plan, const Split& split, const std::vector<LineTiming>& timings, OrderPlan& out);

}  // namespace assent::orders
