// What of an order is told to others. Entries: order_id, is_left, is_wanted.
#pragma once

#include <string>
#include <string_view>

#include "assent/orders.h"

namespace assent::sync {

// "Q-710/8c1f0a3d5e7b9204": the same order everywhere, in each revision.
std::string order_id(std::string_view case_id, std::string_view key);

// An item of which everything was taken back stands in no document.
bool is_left(const OrderItem& item);

// Whether there is anything to deliver: an order of which nothing is left is as good as cancelled.
bool is_wanted(const Order& order);

}  // namespace assent::sync
