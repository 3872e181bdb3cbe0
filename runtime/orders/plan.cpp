// An approved quote to its orders, as they stand after what has happened. Entries: plan_orders, replan.
#include <utility>

#include "assent/orders.h"
#include "runtime/orders/change.h"
#include "runtime/orders/schedule.h"
#include "runtime/orders/split.h"
#include "runtime/orders/terms.h"

namespace assent {

namespace {

constexpr std::string_view contract_names[] = {"as all", "separately", "none"};
constexpr std::string_view assets_names[] = {"none", "per line", "per unit"};
constexpr std::string_view state_names[] = {"draft", "activated", "delivered", "accepted", "cancelled"};

// Lines are read once for each plan of them.
struct Reading {
  Evaluator& evaluator;
  OrderLines lines;
  std::string quote_hash;  // of what was approved; empty of a preview
};

// The plan after these changes; refused where the last of them asks for what cannot be.
Result<OrderPlan> plan_after(const Reading& reading, std::span<const OrderChange> changes,
                             std::optional<Refusal>& refusal) {
  const plan::Plan& plan = reading.evaluator.plan();
  const plan::Orders& orders = plan.orders[0];
  OrderPlan made;
  made.name = plan.string(orders.name);
  made.policy = plan.string(plan.header.name);
  made.policy_hash = reading.evaluator.policy_hash();
  made.quote_hash = reading.quote_hash;
  made.contracting = name(orders.contracting);
  made.allocation = name(orders.allocation);
  if (!changes.empty()) made.planned_on = text(Date{changes.front().on});
  orders::Split split = orders::split(plan, reading.lines, changes, made);
  if (!split.problems.empty()) return std::move(split.problems);
  refusal = std::move(split.refusal);
  if (refusal) return made;
  const auto timings = reading.evaluator.order_timings(split.places);
  if (!timings) return timings.problems();
  Problems problems = orders::schedule(plan, split, *timings, made);
  if (problems.empty()) problems = orders::set_terms(plan, reading.lines, split, *timings, made);
  if (!problems.empty()) return problems;
  return made;
}

Result<Reading> read(Evaluator& evaluator, std::string_view quote_json, std::string quote_hash, const World& world,
                     std::span<const Edit> edits = {}) {
  auto lines = evaluator.order_lines(quote_json, world, edits);
  if (!lines) return lines.problems();
  return Reading{evaluator, *std::move(lines), std::move(quote_hash)};
}

// Of what was approved, and nothing else.
Result<Reading> read_approved(Evaluator& evaluator, const Case& kase, std::string_view quote_json, const World& world) {
  const auto refuse = [](std::string message) { return Problem{ErrorCode::not_approved, "", std::move(message)}; };
  if (kase.state != State::approved) return refuse("the case is " + std::string(text(kase.state)) + ", not approved");
  if (quote_hash(quote_json) != kase.quote_hash) return refuse("this is not the quote that was approved");
  if (evaluator.policy_hash() != kase.policy_hash)
    return refuse("the quote was approved under policy " + kase.policy_hash + ", this one is " +
                  std::string(evaluator.policy_hash()));
  return read(evaluator, quote_json, kase.quote_hash, world);
}

// The plan of what has happened so far. All of it was fitting once: what is not is no history of this quote.
Result<OrderPlan> plan_so_far(const Reading& reading, std::span<const OrderChange> changes) {
  std::optional<Refusal> refusal;
  auto plan = plan_after(reading, changes, refusal);
  if (!refusal) return plan;
  return Problem{ErrorCode::bad_request, "", "what has happened to the orders cannot have: " + refusal->message};
}

// How often each was changed, and what was heard of it.
void add_what_is_known(OrderPlan& plan, const Case& kase) {
  for (Order& order : plan.orders) {
    if (const OrderRevision* known = revision_of(kase, order.key)) order.revision = known->revision;
    if (const OrderReport* report = report_of(kase, order.key)) order.report = *report;
  }
}

// Everything, today.
OrderChange sweep(const World& world) {
  OrderChange all;
  all.on = world.today;
  return all;
}

}  // namespace

std::string_view text(ItemContract contract) { return contract_names[static_cast<std::size_t>(contract)]; }
std::string_view text(ItemAssets assets) { return assets_names[static_cast<std::size_t>(assets)]; }
std::string_view text(OrderState state) { return state_names[static_cast<std::size_t>(state)]; }

Result<OrderPlan> plan_orders(Evaluator& evaluator, std::string_view quote_json, const World& world,
                              std::span<const Edit> edits) {
  const auto reading = read(evaluator, quote_json, "", world, edits);
  if (!reading) return reading.problems();
  std::optional<Refusal> refusal;
  const OrderChange all = sweep(world);
  return plan_after(*reading, std::span(&all, 1), refusal);
}

Result<OrderPlan> plan_orders(Evaluator& evaluator, const Case& kase, std::string_view quote_json,
                              const World& world) {
  const auto reading = read_approved(evaluator, kase, quote_json, world);
  if (!reading) return reading.problems();
  const OrderChange all = sweep(world);
  auto plan = plan_so_far(*reading, kase.orders.empty() ? std::span(&all, 1) : std::span(kase.orders));
  if (plan) add_what_is_known(*plan, kase);
  return plan;
}

Result<Replanned> replan(Evaluator& evaluator, const Case& kase, std::string_view quote_json, const OrderChange& change,
                         const World& world) {
  const auto reading = read_approved(evaluator, kase, quote_json, world);
  if (!reading) return reading.problems();
  Replanned made;
  auto before = plan_so_far(*reading, kase.orders);
  if (!before) return before.problems();
  made.before = *std::move(before);
  made.refusal = orders::refusal_of(made.before, kase.orders, change);
  if (made.refusal) return made;
  std::vector<OrderChange> changes = kase.orders;
  changes.push_back(change);
  auto after = plan_after(*reading, changes, made.refusal);
  if (!after) return after.problems();
  made.after = *std::move(after);
  return made;
}

}  // namespace assent
