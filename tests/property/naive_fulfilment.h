// What follows from the orders of a plan, counted naively: day by day, item by item. Entry: check_fulfilment.
#pragma once

#include "assent/orders.h"

namespace assent::generate {

// Contracts, assets, entitlements and revenue are those of the plan's items; amounts have so many decimals.
void check_fulfilment(const OrderPlan& plan, int places);

}  // namespace assent::generate
