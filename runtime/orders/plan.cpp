// An approved quote to its orders. Entry: plan_orders.
#include "assent/orders.h"

#include <utility>

#include "runtime/orders/schedule.h"
#include "runtime/orders/split.h"
#include "runtime/value/sha256.h"

namespace assent {

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
  std::vector<PlacedLine> places;
  Problems problems = orders::split(plan, *lines, made, places);
  if (!problems.empty()) return problems;
  const auto timings = evaluator.order_timings(places);
  if (!timings) return timings.problems();
  problems = orders::schedule(plan, Date{world.today}, places, *timings, made);
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
