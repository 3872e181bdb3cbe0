// From an order's codes to the ERP's records. Entry: look_up.
#pragma once

#include "runtime/erp/messages.h"
#include "runtime/erp/order.h"
#include "runtime/erp/session.h"

namespace assent::erp {

// The sale that an order becomes, with prices that give its amounts; refused if a code is no record's or several
// records', or an amount cannot be reached. Asks the ERP six times, and once more for each product. The order has
// been checked.
Answer<NewSale> look_up(Session& session, const ErpOrder& order);

}  // namespace assent::erp
