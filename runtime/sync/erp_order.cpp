#include "runtime/sync/erp_order.h"

#include <utility>

#include "runtime/sync/wanted.h"

namespace assent::sync {

namespace {

bool wants_the_same(const erp::ErpOrder& before, erp::ErpOrder after) {
  after.revision = before.revision;
  return before == after;
}

}  // namespace

Result<erp::ErpOrder> erp_order_of(const Order& order, std::string_view case_id, const TradeSettings& trade) {
  Problems problems;
  erp::ErpOrder made;
  made.key = order_id(case_id, order.key);
  made.revision = static_cast<std::int32_t>(order.revision);
  made.cancelled = !is_wanted(order);
  made.order_date = parse_date(order.starts).value_or(Date{});
  if (made.cancelled) return made;
  made.customer = trade_of(trade, order, problems).customer;
  made.currency = order.currency;
  for (std::size_t i = 0; i < order.items.size(); ++i) {
    const OrderItem& item = order.items[i];
    if (!is_left(item)) continue;
    erp::ErpLine& line = made.lines.emplace_back();
    line.id = item.line;
    line.product = item.item;
    line.quantity = item.quantity;
    line.unit = unit_of(trade, order, i, problems).symbol;
    line.amount = item.amount;
    if (!order.pending) line.wanted_on = parse_date(order.ends);
  }
  if (!problems.empty()) return problems;
  return made;
}

Result<ErpOrders> erp_orders(const Story& story, const Chosen& chosen, const TradeSettings& trade) {
  ErpOrders wanted;
  const auto plan = replay(story, chosen, [&](const Turn& turn) {
    for (const Order* order : turn.touched) {
      Result<erp::ErpOrder> now = erp_order_of(*order, story.case_id, trade);
      const auto [last, fresh] = wanted.try_emplace(order->key, now);
      if (fresh) continue;
      const bool same = now && last->second && wants_the_same(*last->second, *now);
      if (is_news(turn.change, *order) && !same) last->second = std::move(now);
    }
  });
  if (!plan) return plan.problems();
  return wanted;
}

}  // namespace assent::sync
