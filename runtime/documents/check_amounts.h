// The rules of amounts, quantities, prices and totals. Entry: check_amounts.
#pragma once

#include "runtime/documents/findings.h"

namespace assent::documents {

// `totals` is null where the order has none (totals.h), which then is a violation of its own.
void check_amounts(const OrderDocument& order, const Totals* totals, Findings& findings);

}  // namespace assent::documents
