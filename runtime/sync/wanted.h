// What of an order is told to others. Entries: order_id, number_of, is_left, is_wanted.
#pragma once

#include <string>
#include <string_view>

#include "assent/orders.h"
#include "runtime/value/decimal.h"

namespace assent::sync {

// "Q-710/8c1f0a3d5e7b9204": the same order everywhere, in each revision.
std::string order_id(std::string_view case_id, std::string_view key);

// A quantity or an amount of a plan, which has none that cannot be read.
Decimal number_of(std::string_view text);

// An item of which everything was taken back stands in no document.
bool is_left(const OrderItem& item);

// Whether there is anything to deliver: an order of which nothing is left is as good as cancelled.
bool is_wanted(const Order& order);

}  // namespace assent::sync
