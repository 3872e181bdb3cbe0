// From lines to orders: bundles become units, which are put together by phase and split values. Entry: split.
#pragma once

#include <vector>

#include "assent/orders.h"
#include "runtime/plan/plan.h"

namespace assent::orders {

// The lines are of this plan, in the order of the quote. Problems or else orders and warnings; and of each line, in the
// same order, its place.
Problems split(const plan::Plan& plan, const std::vector<OrderLine>& lines, OrderPlan& out,
               std::vector<PlacedLine>& places);

}  // namespace assent::orders
