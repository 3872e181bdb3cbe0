#include "runtime/sync/order_document.h"

#include "assent/fulfilment.h"
#include "runtime/sync/wanted.h"

namespace assent::sync {

namespace {

documents::Period period(const std::string& starts, const std::string& ends) {
  return {parse_date(starts), parse_date(ends)};
}

}  // namespace

PlanDocuments::PlanDocuments(const OrderPlan& plan, std::string_view case_id, const TradeSettings& trade)
    : plan_(plan), case_id_(case_id), trade_(trade) {
  for (const Order& order : plan.orders) {
    if (order.state == OrderState::cancelled) continue;
    for (const OrderItem& item : order.items)
      if (is_left(item)) order_of_.try_emplace({order.take, item.line}, order.key);
  }
  const auto all = contracts(plan);
  if (!all) {
    problems_ = all.problems();
    return;
  }
  for (const Contract& contract : *all)
    for (const Subscription& each : contract.subscriptions) contract_of_[{each.order, each.line}] = contract.key;
}

Result<documents::OrderDocument> PlanDocuments::of(const Order& order, Date issue_date) const {
  Problems problems = problems_;
  const OrderTrade trade = trade_of(trade_, order, problems);
  documents::OrderDocument made;
  made.id = order_id(case_id_, order.key);
  made.revision = static_cast<std::int32_t>(order.revision);
  made.issue_date = issue_date;
  made.currency = order.currency;
  made.quotation_id = case_id_;
  made.contract_id = contract_id(order);
  made.buyer = *trade.buyer;
  made.seller = trade_.seller;
  if (trade.place != nullptr) made.place = *trade.place;
  if (!order.pending) made.requested = period(order.starts, order.ends);
  if (plan_.orders.size() <= documents::max_siblings + 1) {  // of more, no receiver makes anything
    for (const Order& other : plan_.orders)
      if (other.key != order.key && other.state != OrderState::cancelled)
        made.sibling_ids.push_back(order_id(case_id_, other.key));
  }
  for (std::size_t i = 0; i < order.items.size(); ++i) {
    if (!is_left(order.items[i])) continue;
    made.lines.push_back(line(order, order.items[i]));
    made.lines.back().unit = unit_of(trade_, order, i, problems).code;
  }
  if (!problems.empty()) return problems;
  return made;
}

// The one that all lines are under.
std::string PlanDocuments::contract_id(const Order& order) const {
  const std::string* key = nullptr;
  for (const OrderItem& item : order.items) {
    if (!is_left(item)) continue;
    const auto at = contract_of_.find({order.key, item.line});
    if (at == contract_of_.end() || (key != nullptr && *key != at->second)) return {};
    key = &at->second;
  }
  return key == nullptr ? std::string() : order_id(case_id_, *key);
}

documents::OrderLine PlanDocuments::line(const Order& order, const OrderItem& item) const {
  documents::OrderLine made;
  made.id = made.quotation_line_id = item.line;
  made.quantity = number_of(item.quantity);
  made.amount = {number_of(item.amount), order.currency};
  made.item_name = item.item.empty() ? item.line : item.item;
  made.sellers_item_id = item.item;
  made.requested = period(item.entries.front().starts, item.entries.front().ends);
  const auto whole = order_of_.find({order.take, item.part_of});
  if (!item.part_of.empty() && whole != order_of_.end())
    made.references.push_back(
        {whole->second == order.key ? std::string() : order_id(case_id_, whole->second), item.part_of});
  return made;
}

}  // namespace assent::sync
