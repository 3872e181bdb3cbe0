#include "runtime/sync/replay.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <variant>

namespace assent::sync {

namespace {

class Replay {
 public:
  explicit Replay(const Chosen& chosen) : chosen_(chosen) {}

  bool concerns(const OrdersChanged& changed) const {
    return chosen_.order.empty() ||
           std::find(changed.orders.begin(), changed.orders.end(), chosen_.order) != changed.orders.end();
  }

  Turn turn(const OrderPlan& plan, const OrdersChanged& changed, Date day) {
    Turn made{plan, changed.change, day, {}};
    const std::set<std::string_view> touched(changed.orders.begin(), changed.orders.end());
    for (const Order& order : plan.orders) {
      if (!touched.contains(order.key) || !is_told(order)) continue;
      told_.insert(order.key);
      made.touched.push_back(&order);
    }
    return made;
  }

 private:
  bool is_told(const Order& order) const {
    if (!chosen_.order.empty() && chosen_.order != order.key) return false;
    if (chosen_.drafts || told_.contains(order.key)) return true;
    return order.state != OrderState::draft && order.state != OrderState::cancelled;
  }

  const Chosen& chosen_;
  std::set<std::string, std::less<>> told_;  // keys
};

}  // namespace

Result<OrderPlan> replay(const Story& story, const Chosen& chosen, const std::function<void(const Turn&)>& take) {
  const auto plan_of = [&](const Case& kase) {
    return plan_orders(story.evaluator, kase, story.quote_json, story.world);
  };
  Replay told(chosen);
  Case kase;
  kase.id = story.case_id;
  for (const Event& event : story.log) {
    if (const std::string wrong = apply(kase, event); !wrong.empty())
      return Problem{ErrorCode::bad_event, "", "event " + std::to_string(event.version) + ": " + wrong};
    const auto* changed = std::get_if<OrdersChanged>(&event.what);
    if (changed == nullptr || !told.concerns(*changed)) continue;
    const auto plan = plan_of(kase);
    if (!plan) return plan;
    const Turn turn = told.turn(*plan, *changed, date_of(Instant{event.at}));
    if (!turn.touched.empty()) take(turn);
  }
  auto plan = plan_of(kase);  // what is not approved has none
  if (!plan) return plan;
  if (kase.orders.empty()) plan->orders.clear();
  const auto is_chosen = [&](const Order& order) { return order.key == chosen.order; };
  if (!chosen.order.empty() && std::none_of(plan->orders.begin(), plan->orders.end(), is_chosen))
    return Problem{ErrorCode::bad_request, "", "there is no order `" + std::string(chosen.order) + "`"};
  return plan;
}

bool is_news(const OrderChange& change, const Order& order) {
  const bool fact = change.kind == OrderChange::Kind::delivered || change.kind == OrderChange::Kind::accepted;
  return !fact || change.order != order.key;
}

void add_problems(Problems& problems, std::string_view key, const Problems& of_order) {
  for (const Problem& each : of_order) {
    if (problems.size() == max_problems) return;
    problems.push_back({each.code, '/' + std::string(key) + each.where, each.message});
  }
}

}  // namespace assent::sync
