// The orders of a case as they are to be in an ERP. Entries: erp_orders, erp_order_of.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "assent/orders.h"
#include "assent/result.h"
#include "runtime/erp/order.h"
#include "runtime/sync/replay.h"
#include "runtime/sync/trade.h"

namespace assent::sync {

// An order of a plan, at its revision there; cancelled also where nothing is left of it. Problems, all at once, at
// their places in the order: a unit or a split value that the settings do not have. What else the ERP would refuse is
// for runtime/erp/order.h to say.
Result<erp::ErpOrder> erp_order_of(const Order& order, std::string_view case_id, const TradeSettings& trade);

// By key: each that is told as it is wanted now, or why it cannot be.
using ErpOrders = std::map<std::string, Result<erp::ErpOrder>>;

// Of a case by its log. An order's revision is the one in which what is wanted of it last changed: what an ERP has
// begun is not changed there because it was delivered. Problems: those of replay.
Result<ErpOrders> erp_orders(const Story& story, const Chosen& chosen, const TradeSettings& trade);

}  // namespace assent::sync
