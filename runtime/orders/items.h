// The items of a plan that count, for what follows from them. Entry: each_item.
#pragma once

#include <string>

#include "assent/fulfilment.h"
#include "runtime/orders/failure.h"
#include "runtime/orders/ledger.h"
#include "runtime/value/currency.h"
#include "runtime/value/date.h"

namespace assent::orders {

// Calls take(order, item) for what stands, in the order of the plan.
template <typename Take>
void each_item(const OrderPlan& plan, Take take) {
  for (const Order& order : plan.orders) {
    if (order.state == OrderState::cancelled) continue;
    for (const OrderItem& item : order.items) take(order, item);
  }
}

// Whether anything is left of it. What is not was held and earned until then all the same.
inline bool is_there(const OrderItem& item) { return !is_zero(number_of(item.quantity)); }

inline bool has_term(const OrderItem& item) { return !item.entries.front().starts.empty(); }

inline Date day(std::string_view text) { return parse_date(text).value_or(Date{}); }  // of a plan, which has no others

inline Problem problem_of(Failure failure, const OrderItem& item) {
  return {ErrorCode::bad_quote, "", "line `" + item.line + "`: " + std::string(text(failure))};
}

}  // namespace assent::orders
