// Entries: refusal_of, differences.
#include "runtime/orders/change.h"

#include <algorithm>
#include <string>
#include <unordered_map>
#include <utility>

#include "runtime/plan/plan.h"
#include "runtime/value/date.h"

namespace assent {

namespace orders {

namespace {

using Kind = OrderChange::Kind;

// Milestones come one after the other; a cancelled order has come to none.
bool has_come_to(const Order& order, std::string_view milestone) {
  return order.state != OrderState::cancelled && order.state != OrderState::draft &&
         (milestone == text(OrderState::activated) || text(order.state) == milestone ||
          order.state == OrderState::accepted);
}

Refusal refusal(RefusalCode code, std::string message) { return {code, std::move(message)}; }

std::string called(const Order& order) {
  return "order " + order.key + (order.phase.empty() ? "" : " (`" + order.phase + "`)");
}

std::optional<Refusal> wrong_state(const Order& order, std::string_view before, std::string_view wanted) {
  return refusal(RefusalCode::wrong_state, called(order) + " is " + std::string(text(order.state)) +
                                               ": only one that is " + std::string(before) + " can be " +
                                               std::string(wanted));
}

// Who is cancelled while others wait for it would leave them waiting for nothing, or for nobody.
std::optional<Refusal> waited_for(const OrderPlan& plan, const Order& order) {
  for (const Order& other : plan.orders) {
    if (other.state == OrderState::cancelled || other.key == order.key) continue;
    for (const OrderWait& wait : other.waits) {
      if (wait.phase != order.phase || wait.orders != 1 || wait.last != order.key) continue;
      if (has_come_to(other, text(OrderState::activated))) continue;
      return refusal(RefusalCode::order_waits, called(other) + " waits for " + called(order) +
                                                   " to be " + wait.milestone + ": cancel that first");
    }
  }
  return std::nullopt;
}

std::optional<Refusal> starts_too_early(const Order& order, Date day, bool for_good) {
  for (const OrderWait& wait : order.waits) {
    if (wait.met || wait.orders == 0 || !for_good) continue;
    return refusal(RefusalCode::order_waits, called(order) + " starts when `" + wait.phase + "` is " + wait.milestone +
                                                 ", which not all of it is yet");
  }
  if (!order.earliest.empty() && text(day) < order.earliest) {
    return refusal(RefusalCode::order_waits, called(order) + " cannot start before " + order.earliest +
                                                 ", for what it waits for");
  }
  return std::nullopt;
}

// Nothing starts before the day on which it was ordered.
std::optional<Refusal> before_ordered(const Order& order, std::span<const OrderChange> changes,
                                      const OrderChange& change) {
  if (change.kind != Kind::activated && (change.kind != Kind::moved || change.delivery)) return std::nullopt;
  std::uint32_t take = 0;
  const auto made = std::find_if(changes.begin(), changes.end(), [&](const OrderChange& each) {
    return each.kind == Kind::ordered && ++take == order.take;
  });
  if (made == changes.end() || change.on >= made->on) return std::nullopt;
  return refusal(RefusalCode::wrong_state, called(order) + " is ordered on " + text(Date{made->on}) +
                                               ": it cannot start before");
}

std::optional<Refusal> moved(const Order& order, const OrderChange& change) {
  const bool started = order.state != OrderState::draft;
  if (!change.delivery && started) return wrong_state(order, "a draft", "moved");
  if (change.delivery && order.state != OrderState::draft && order.state != OrderState::activated)
    return wrong_state(order, "a draft or activated", "delivered on another day");
  if (!change.delivery) return starts_too_early(order, Date{change.on}, false);
  if (text(Date{change.on}) >= order.starts) return std::nullopt;
  return refusal(RefusalCode::order_waits, called(order) + " starts on " + order.starts + ", after that day");
}

std::optional<Refusal> refusal_of(const OrderPlan& plan, const Order& order, const OrderChange& change) {
  const Date day{change.on};
  if (order.state == OrderState::cancelled)
    return refusal(RefusalCode::wrong_state, called(order) + " was cancelled");
  switch (change.kind) {
    case Kind::activated:
      if (order.state != OrderState::draft) return wrong_state(order, "a draft", "activated");
      return starts_too_early(order, day, true);
    case Kind::delivered:
      if (order.state != OrderState::activated) return wrong_state(order, "activated", "delivered");
      if (text(day) >= order.starts) return std::nullopt;
      return refusal(RefusalCode::wrong_state,
                     called(order) + " was activated on " + order.starts + ", after that day");
    case Kind::accepted:
      if (order.state != OrderState::delivered) return wrong_state(order, "delivered", "accepted");
      if (text(day) >= order.ends) return std::nullopt;
      return refusal(RefusalCode::wrong_state, called(order) + " was delivered on " + order.ends + ", after that day");
    case Kind::moved: return moved(order, change);
    case Kind::cancelled:
    case Kind::amended:
      if (!order.final_once.empty() && has_come_to(order, order.final_once)) {
        return refusal(RefusalCode::past_return, called(order) + " is " + std::string(text(order.state)) +
                                                     ": it is final once it is " + order.final_once);
      }
      if (change.kind == Kind::amended) return std::nullopt;
      if (has_come_to(order, text(OrderState::delivered)))
        return refusal(RefusalCode::wrong_state, called(order) + " is delivered: what comes back is an amendment");
      return waited_for(plan, order);
    case Kind::ordered: break;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Refusal> refusal_of(const OrderPlan& plan, std::span<const OrderChange> changes,
                                  const OrderChange& change) {
  if (changes.size() >= max_order_changes)
    return refusal(RefusalCode::bad_command,
                   "there were " + std::to_string(changes.size()) + " changes of these orders already");
  if (change.lines.size() > max_portions)
    return refusal(RefusalCode::bad_command, "more than " + std::to_string(max_portions) + " lines in one change");
  if (change.on < min_date.days || change.on > max_date.days)
    return refusal(RefusalCode::bad_command, "the day is outside the years 1 to 9999");
  const bool of_lines = change.kind == Kind::ordered || change.kind == Kind::amended;
  if ((!of_lines && !change.lines.empty()) || (change.kind == Kind::amended && change.lines.empty()))
    return refusal(RefusalCode::bad_command,
                   of_lines ? "an amendment says of which lines" : "only what is ordered or amended has lines");
  if (change.delivery && change.kind != Kind::moved)
    return refusal(RefusalCode::bad_command, "only what is moved says whether its delivery is");
  if (change.kind == Kind::ordered) {
    if (change.order.empty()) return std::nullopt;
    return refusal(RefusalCode::bad_command, "an order that is made has no key yet");
  }
  const auto order = std::find_if(plan.orders.begin(), plan.orders.end(),
                                  [&](const Order& each) { return each.key == change.order; });
  if (order == plan.orders.end())
    return refusal(RefusalCode::unknown_order, "there is no order `" + change.order + "`");
  auto refused = refusal_of(plan, *order, change);
  return refused ? refused : before_ordered(*order, changes, change);
}

}  // namespace orders

// ── differences ──────────────────────────────────────────────────────────────────────────────
namespace {

class Comparison {
 public:
  Comparison(const Order& before, const Order& after, OrderDifference& out) : out_(out) {
    field("state", text(before.state), text(after.state));
    field("amount", before.amount, after.amount);
    field("starts", before.starts, after.starts);
    field("ends", before.ends, after.ends);
    field("accepted", before.accepted, after.accepted);
    field("pending", flag(before.pending), flag(after.pending));
    field("days_late", std::to_string(before.days_late), std::to_string(after.days_late));
    if (after.state == OrderState::draft) field("latest_start", before.latest_start, after.latest_start);
    for (std::size_t i = 0; i < after.items.size(); ++i) {
      const OrderItem& item = after.items[i];
      const OrderItem none, &was = i < before.items.size() ? before.items[i] : none;
      field(item.line + " quantity", was.quantity, item.quantity);
      field(item.line + " amount", was.amount, item.amount);
      field(item.line + " term", term(was), term(item));
    }
  }

 private:
  static std::string_view flag(bool set) { return set ? "yes" : "no"; }
  static std::string term(const OrderItem& item) {
    if (item.entries.empty() || item.entries[0].starts.empty()) return {};
    return item.entries[0].starts + " to " + item.entries[0].ends;
  }
  void field(std::string name, std::string_view before, std::string_view after) {
    if (before != after) out_.fields.push_back({std::move(name), std::string(before), std::string(after)});
  }

  OrderDifference& out_;
};

}  // namespace

std::vector<OrderDifference> differences(const OrderPlan& before, const OrderPlan& after) {
  std::unordered_map<std::string_view, const Order*> known;
  for (const Order& order : before.orders) known.emplace(order.key, &order);
  std::vector<OrderDifference> all;
  for (const Order& order : after.orders) {
    OrderDifference each;
    each.order = order.key;
    const auto was = known.find(order.key);
    each.made = was == known.end();
    if (!each.made) Comparison(*was->second, order, each);
    if (each.made || !each.fields.empty()) all.push_back(std::move(each));
  }
  return all;
}

}  // namespace assent
