// Entry: revenue. Each entry of an item has its own schedule, and those of one item are put together by month.
#include <algorithm>
#include <utility>

#include "runtime/orders/items.h"
#include "runtime/orders/revenue.h"

namespace assent {

using namespace orders;

namespace {

struct Trigger { Date day; bool expected = false, pending = false; };

Trigger trigger_of(const Order& order, const OrderItem& item) {
  if (!item.earns_from.empty()) return {day(item.earns_from), false, false};
  const bool started = order.state != OrderState::draft, accepted = order.state == OrderState::accepted;
  const bool delivered = accepted || order.state == OrderState::delivered;
  if (order.earns_when == text(OrderState::activated)) return {day(order.starts), !started, order.pending};
  if (order.earns_when == text(OrderState::delivered)) return {day(order.ends), !delivered, order.pending};
  return {day(accepted ? order.accepted : order.ends), !accepted, !accepted};
}

// What is earned from the milestone on; all at once where the term is over by then, and where there is none.
Failure schedule(const OrderEntry& entry, Date from, Recognition how, int places, std::vector<Period>& out) {
  Term term{from, from};
  if (!entry.starts.empty() && day(entry.ends) >= from) term = {std::max(day(entry.starts), from), day(entry.ends)};
  return revenue_schedule(number_of(entry.amount), term, how, places, out);
}

// Adds periods of the same months to each other. Those of one entry begin with its term, and go from month to month.
Failure merge(const std::vector<Period>& more, std::vector<Period>& all) {
  for (const Period& each : more) {
    const auto at = std::lower_bound(all.begin(), all.end(), each,
                                     [](const Period& left, const Period& right) { return left.end < right.end; });
    if (at == all.end() || at->end != each.end) {
      all.insert(at, each);
      continue;
    }
    at->start = std::min(at->start, each.start);
    if (const Fault fault = add(at->amount, each.amount, at->amount); fault != Fault::none) return failure_of(fault);
  }
  return Failure::none;
}

Failure schedule(const Order& order, const OrderItem& item, RevenueSchedule& out) {
  const auto how = named<Recognition>(recognition_names, order.earns);
  const Trigger trigger = trigger_of(order, item);
  out.from = text(trigger.day);
  out.expected = trigger.expected;
  out.pending = trigger.pending;
  const int places = places_of(number_of(item.amount), currency(order.currency));
  std::vector<Period> all, one;
  for (const OrderEntry& entry : item.entries) {
    const int finer = std::max(places, places_of(number_of(entry.amount), currency(order.currency)));
    if (const Failure failure = schedule(entry, trigger.day, how, finer, one); failure != Failure::none) return failure;
    if (const Failure failure = merge(one, all); failure != Failure::none) return failure;
  }
  for (const Period& each : all)
    out.periods.push_back(
        {text(each.start), text(each.end), text_with_places(each.amount, minor_places(order.currency))});
  return Failure::none;
}

}  // namespace

Result<std::vector<RevenueSchedule>> revenue(const OrderPlan& plan) {
  std::vector<RevenueSchedule> made;
  Problems problems;
  std::size_t periods = 0;
  each_item(plan, [&](const Order& order, const OrderItem& item) {
    if (!problems.empty()) return;
    RevenueSchedule& out = made.emplace_back();
    out.order = order.key;
    out.line = item.line;
    out.item = item.item;
    out.amount = item.amount;
    out.currency = order.currency;
    if (const Failure failure = schedule(order, item, out); failure != Failure::none)
      problems.push_back(problem_of(failure, item));
    const auto nothing = [](const RevenueSchedule::Period& each) { return is_zero(number_of(each.amount)); };
    if (!is_there(item) && std::all_of(out.periods.begin(), out.periods.end(), nothing)) return made.pop_back();
    periods += out.periods.size();
    if (periods > max_revenue_periods)
      problems.push_back({ErrorCode::limit_exceeded, "",
                          "revenue has more than " + std::to_string(max_revenue_periods) + " periods"});
  });
  if (!problems.empty()) return problems;
  return made;
}

}  // namespace assent
