// An order of a plan as a document. Entry: PlanDocuments.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>

#include "assent/orders.h"
#include "assent/result.h"
#include "runtime/documents/order.h"
#include "runtime/sync/trade.h"

namespace assent::sync {

// The documents of one plan: what each says of the rest of it is gathered once. The plan and the settings must outlive
// this.
class PlanDocuments {
 public:
  PlanDocuments(const OrderPlan& plan, std::string_view case_id, const TradeSettings& trade);

  // One of its orders, under its revision in the plan. Problems, all at once, at their places in the order
  // ("/items/3/unit"): a unit or a split value that the settings do not have. What rules the document breaks is for
  // runtime/documents/check.h to say.
  Result<documents::OrderDocument> of(const Order& order, Date issue_date) const;

 private:
  const OrderPlan& plan_;
  const std::string case_id_;
  const TradeSettings& trade_;
  std::map<std::pair<std::uint32_t, std::string_view>, std::string_view> order_of_;  // by take and line
  std::map<std::pair<std::string, std::string>, std::string> contract_of_;           // by order and line
  Problems problems_;  // of the plan as a whole

  std::string contract_id(const Order& order) const;
  documents::OrderLine line(const Order& order, const OrderItem& item) const;
};

}  // namespace assent::sync
