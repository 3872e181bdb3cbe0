#include "runtime/sync/wanted.h"

#include <algorithm>

#include "runtime/value/decimal.h"

namespace assent::sync {

std::string order_id(std::string_view case_id, std::string_view key) {
  return std::string(case_id) + '/' + std::string(key);
}

bool is_left(const OrderItem& item) {
  Decimal quantity;
  return parse_decimal(item.quantity, quantity) == Fault::none && sign(quantity) > 0;
}

bool is_wanted(const Order& order) {
  return order.state != OrderState::cancelled && std::any_of(order.items.begin(), order.items.end(), is_left);
}

}  // namespace assent::sync
