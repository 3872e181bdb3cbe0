// The lines of a quote as the policy's orders read them. Entry: Evaluator::Scratch::order_lines.
//
// Every value of every line is computed: one that cannot be is a problem of the quote, whether or not the order of
// the line would need it.
#include <limits>

#include "assent/orders.h"
#include "runtime/eval/evaluator.h"
#include "runtime/plan/print.h"
#include "runtime/value/value_text.h"

namespace assent {

Result<std::vector<OrderLine>> Evaluator::Scratch::order_lines(std::string_view quote_json, const World& outside,
                                                               std::span<const Edit> edits) {
  if (policy->plan.orders.empty())
    return Problem{ErrorCode::bad_request, "", "the policy has no `orders` block"};
  Problems problems;
  if (!read(quote_json, outside, edits, problems)) return problems;
  const plan::Orders& orders = policy->plan.orders[0];
  const Rows::Table& table = rows.tables[orders.table];
  std::vector<OrderLine> lines;
  for (std::uint32_t row = table.first[0]; row < table.first[1]; ++row) {
    machine.stand_on(1, row);
    OrderLine line;
    line.row = row - table.first[0];
    if (read_order_line(orders, line, problems)) lines.push_back(std::move(line));
    if (problems.size() >= max_problems) break;
  }
  if (!problems.empty()) return problems;
  return lines;
}

// Of the line that the machine stands on. False: it is not ordered. What cannot be computed is added to the problems.
bool Evaluator::Scratch::read_order_line(const plan::Orders& orders, OrderLine& line, Problems& problems) {
  const plan::Plan& plan = policy->plan;
  const auto blame = [&](std::uint32_t node, Fault fault) {
    problems.push_back({ErrorCode::bad_quote, plan::row_pointer(plan, orders.table, line.row),
                        plan::print_node(plan, node) + ": " + std::string(text(fault))});
  };
  const auto holds = [&](std::uint32_t node) {
    const Value value = machine.eval_condition(node);
    if (value.is_fault()) blame(node, value.fault);
    return value.is_true();
  };
  const auto value_of = [&](std::uint32_t node) -> std::optional<Value> {
    const Value value = machine.eval(node);
    if (value.is_fault()) blame(node, value.fault);
    if (value.is_fault() || value.is_absent()) return std::nullopt;
    return value;
  };
  const auto needed = [&](std::uint32_t node) {
    const Value value = machine.eval(node);
    if (value.is_fault()) blame(node, value.fault);
    if (value.is_absent()) blame(node, Fault::missing_value);
    return value;
  };
  if (orders.where != plan::none && !holds(orders.where)) return false;
  line.id = needed(orders.id).text();
  line.quantity = text(needed(orders.quantity).decimal());
  const Value amount = needed(orders.amount);
  line.amount = text_with_places(amount.decimal(), amount_places);
  line.currency = currency_text(amount.unit);
  if (orders.part_of != plan::none) line.part_of = value_of(orders.part_of).value_or(Value{}).text();
  for (std::uint32_t i = 0; i < orders.phases.count; ++i) {
    const plan::Phase& phase = plan.phases[orders.phases.first + i];
    if (phase.where != plan::none && holds(phase.where)) line.phases.push_back(i);
  }
  for (std::uint32_t i = 0; i < orders.split_keys.count; ++i) {
    const std::uint32_t key = plan.split_keys[orders.split_keys.first + i];
    const auto value = value_of(key);
    line.split.push_back(value ? std::optional(value_text(*value, plan.nodes[key].type)) : std::nullopt);
  }
  return true;
}

Result<std::vector<LineTiming>> Evaluator::Scratch::order_timings(std::span<const PlacedLine> lines) {
  if (policy->plan.orders.empty())
    return Problem{ErrorCode::bad_request, "", "the policy has no `orders` block"};
  const plan::Plan& plan = policy->plan;
  const Rows::Table& table = rows.tables[plan.orders[0].table];
  Problems problems;
  std::vector<LineTiming> timings;
  const auto value_of = [&](std::uint32_t row, std::uint32_t node) {
    const Value value = machine.eval(node);
    if (value.is_fault()) {
      problems.push_back({ErrorCode::bad_quote, plan::row_pointer(plan, plan.orders[0].table, row),
                          plan::print_node(plan, node) + ": " + std::string(text(value.fault))});
    }
    return value;
  };
  const auto tell = [&](std::uint32_t line, std::uint32_t clause) {
    const std::uint32_t row = lines[line].row, node = plan.timings[clause].value;
    const Value value = value_of(row, node);
    if (value.is_fault() || value.is_absent()) return;
    const auto count = to_int64(value.decimal());
    if (count && *count >= std::numeric_limits<std::int32_t>::min() &&
        *count <= std::numeric_limits<std::int32_t>::max())
      timings.push_back({line, clause, static_cast<std::int32_t>(*count)});
    else problems.push_back({ErrorCode::bad_quote, plan::row_pointer(plan, plan.orders[0].table, row),
                             plan::print_node(plan, node) + ": more days than there can be"});
  };
  for (std::uint32_t line = 0; line < lines.size() && problems.size() < max_problems; ++line) {
    const PlacedLine& placed = lines[line];
    if (placed.row >= table.first[1] - table.first[0])
      return Problem{ErrorCode::bad_request, "", "the quote that was read last has no such line"};
    machine.stand_on(1, table.first[0] + placed.row);
    bool any_holds = false;
    for (int round = 0; round < 2; ++round) {  // what is `otherwise` comes when it is known whether another holds
      for (std::uint32_t clause = 0; clause < plan.timings.size(); ++clause) {
        const plan::Timing& timing = plan.timings[clause];
        if (timing.value == plan::none || (timing.phase != plan::none && timing.phase != placed.phase)) continue;
        if ((timing.otherwise != 0) != (round == 1)) continue;
        if (round == 1 && any_holds) continue;
        if (timing.when != plan::none) {
          const Value holds = value_of(placed.row, timing.when);
          if (!holds.is_true()) continue;
          any_holds = true;
        }
        tell(line, clause);
      }
    }
  }
  if (!problems.empty()) return problems;
  return timings;
}

}  // namespace assent
