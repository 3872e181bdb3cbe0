// An approved quote to its orders. Entry: plan_orders.
#include "assent/orders.h"

#include <algorithm>
#include <utility>

#include "runtime/orders/schedule.h"
#include "runtime/orders/split.h"
#include "runtime/value/sha256.h"

namespace assent {

namespace {

// Asks each line of each order when it is to be.
Problems schedule(Evaluator& evaluator, Date today, OrderPlan& made) {
  const plan::Plan& plan = evaluator.plan();
  std::vector<PlacedLine> lines;
  std::vector<std::uint32_t> order_of;  // of each line
  for (std::uint32_t i = 0; i < made.orders.size(); ++i) {
    const auto phase = std::find_if(plan.phases.begin(), plan.phases.end(), [&](const plan::Phase& each) {
      return plan.string(each.name) == made.orders[i].phase;
    });
    const bool none = phase == plan.phases.end();
    for (const OrderItem& item : made.orders[i].items) {
      lines.push_back({item.row, none ? 0 : static_cast<std::uint32_t>(phase - plan.phases.begin())});
      order_of.push_back(i);
    }
  }
  const auto timings = evaluator.order_timings(lines);
  if (!timings) return timings.problems();
  std::vector<orders::Told> told;
  for (const LineTiming& each : *timings) told.push_back({order_of[each.line], each.clause, each.value});
  return orders::schedule(plan, today, told, made);
}

}  // namespace

Result<OrderPlan> plan_orders(Evaluator& evaluator, std::string_view quote_json, const World& world,
                              std::span<const Edit> edits) {
  const auto lines = evaluator.order_lines(quote_json, world, edits);
  if (!lines) return lines.problems();
  const plan::Plan& plan = evaluator.plan();
  OrderPlan made;
  made.name = plan.string(plan.orders[0].name);
  made.policy = plan.string(plan.header.name);
  made.policy_hash = evaluator.policy_hash();
  made.quote_hash = sha256_hex(quote_json);
  Problems problems = orders::split(plan, *lines, made);
  if (problems.empty()) problems = schedule(evaluator, Date{world.today}, made);
  if (!problems.empty()) return problems;
  return made;
}

Result<OrderPlan> plan_orders(Evaluator& evaluator, const Case& kase, std::string_view quote_json,
                              const World& world) {
  const auto refuse = [](std::string message) { return Problem{ErrorCode::not_approved, "", std::move(message)}; };
  if (kase.state != State::approved) return refuse("the case is " + std::string(text(kase.state)) + ", not approved");
  if (sha256_hex(quote_json) != kase.quote_hash) return refuse("this is not the quote that was approved");
  if (evaluator.policy_hash() != kase.policy_hash)
    return refuse("the quote was approved under policy " + kase.policy_hash + ", this one is " +
                  std::string(evaluator.policy_hash()));
  return plan_orders(evaluator, quote_json, world);
}

}  // namespace assent
