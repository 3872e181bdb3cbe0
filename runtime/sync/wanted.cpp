#include "runtime/sync/wanted.h"

#include <algorithm>

namespace assent::sync {

std::string order_id(std::string_view case_id, std::string_view key) {
  return std::string(case_id) + '/' + std::string(key);
}

Decimal number_of(std::string_view text) {
  Decimal number;
  [[maybe_unused]] const Fault fault = parse_decimal(text, number);
  return number;
}

bool is_left(const OrderItem& item) { return sign(number_of(item.quantity)) > 0; }

bool is_wanted(const Order& order) {
  return order.state != OrderState::cancelled && std::any_of(order.items.begin(), order.items.end(), is_left);
}

}  // namespace assent::sync
