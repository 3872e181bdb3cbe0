// Orders and sales for the tests. Entry: order, sale, number.
#pragma once

#include "runtime/erp/order.h"
#include "runtime/erp/sale.h"

namespace assent::erp::test {

// Three monitors for 100.00, and three hundred hours of setting up for 100.00, which no price of four decimals gives.
ErpOrder order(const std::string& key = "Q-17/8c1f");

// What the ERP has of it once it is a draft.
Sale sale(const ErpOrder& order);

// The number that a text says; anything else fails the test.
Decimal number(const std::string& text);

}  // namespace assent::erp::test
