// What a policy says of orders, in words. Entry: outline_orders.
#pragma once

#include "assent/outline.h"
#include "runtime/plan/plan.h"

namespace assent::plan {

// Of one of Plan::orders.
OrdersOutline outline_orders(const Plan& plan, const Orders& orders, Wording wording);

}  // namespace assent::plan
