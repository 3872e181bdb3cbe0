// The lines of a quote as the policy's orders read them. Entries: Evaluator::Scratch::order_lines, order_timings.
//
// Every value of every line is computed: one that cannot be is a problem of the quote, whether or not the order of
// the line would need it. What is said of time is asked of the lines of its phase alone.
#include <limits>

#include "assent/orders.h"
#include "runtime/eval/evaluator.h"
#include "runtime/plan/print.h"
#include "runtime/value/value_text.h"

namespace assent {

namespace {

// Computes values of one line after the other. What cannot be computed is added to the problems.
class LineReader {
 public:
  LineReader(const plan::Plan& plan, eval::Machine& machine, Problems& problems)
      : plan_(plan), machine_(machine), problems_(problems) {}

  void stand_on(std::uint32_t row, std::uint32_t first) {
    row_ = row;
    machine_.stand_on(1, first + row);
  }

  void blame(std::uint32_t node, std::string_view why) {
    problems_.push_back({ErrorCode::bad_quote, plan::row_pointer(plan_, plan_.orders[0].table, row_),
                         plan::print_node(plan_, node) + ": " + std::string(why)});
  }
  bool holds(std::uint32_t node) {
    const Value value = machine_.eval_condition(node);
    if (value.is_fault()) blame(node, text(value.fault));
    return value.is_true();
  }
  std::optional<Value> value_of(std::uint32_t node) {
    const Value value = machine_.eval(node);
    if (value.is_fault()) blame(node, text(value.fault));
    if (value.is_fault() || value.is_absent()) return std::nullopt;
    return value;
  }
  Value needed(std::uint32_t node) {
    const Value value = machine_.eval(node);
    if (value.is_fault()) blame(node, text(value.fault));
    if (value.is_absent()) blame(node, text(Fault::missing_value));
    return value;
  }

 private:
  const plan::Plan& plan_;
  eval::Machine& machine_;
  Problems& problems_;
  std::uint32_t row_ = 0;
};

// False: the line is not ordered.
bool read_order_line(const plan::Plan& plan, LineReader& reader, OrderLine& line) {
  const plan::Orders& orders = plan.orders[0];
  if (orders.where != plan::none && !reader.holds(orders.where)) return false;
  line.id = reader.needed(orders.id).text();
  line.quantity = text(reader.needed(orders.quantity).decimal());
  const Value amount = reader.needed(orders.amount);
  line.amount = text_with_places(amount.decimal(), amount_places);
  line.currency = currency_text(amount.unit);
  if (orders.part_of != plan::none) line.part_of = reader.value_of(orders.part_of).value_or(Value{}).text();
  for (std::uint32_t i = 0; i < orders.phases.count; ++i) {
    const plan::Phase& phase = plan.phases[orders.phases.first + i];
    if (phase.where != plan::none && reader.holds(phase.where)) line.phases.push_back(i);
  }
  for (std::uint32_t i = 0; i < orders.split_keys.count; ++i) {
    const std::uint32_t key = plan.split_keys[orders.split_keys.first + i];
    const auto value = reader.value_of(key);
    line.split.push_back(value ? std::optional(value_text(*value, plan.nodes[key].type)) : std::nullopt);
  }
  return true;
}

void read_timings(const plan::Plan& plan, LineReader& reader, const PlacedLine& line, std::vector<LineTiming>& out) {
  bool any_holds = false;
  const plan::Slice& clauses = plan.phases[line.phase].timings;
  for (std::uint32_t clause = clauses.first; clause < clauses.first + clauses.count; ++clause) {
    const plan::Timing& timing = plan.timings[clause];
    if (timing.value == plan::none || (timing.otherwise != 0 && any_holds)) continue;
    if (timing.when != plan::none && !reader.holds(timing.when)) continue;
    any_holds = any_holds || timing.when != plan::none;
    const auto value = reader.value_of(timing.value);
    if (!value) continue;
    const auto count = to_int64(value->decimal());
    if (!count || *count < std::numeric_limits<std::int32_t>::min() ||
        *count > std::numeric_limits<std::int32_t>::max())
      reader.blame(timing.value, "more days than there can be");
    else out.push_back({line.order, clause, static_cast<std::int32_t>(*count)});
  }
}

}  // namespace

Result<std::vector<OrderLine>> Evaluator::Scratch::order_lines(std::string_view quote_json, const World& outside,
                                                               std::span<const Edit> edits) {
  const plan::Plan& plan = policy->plan;
  if (plan.orders.empty()) return Problem{ErrorCode::bad_request, "", "the policy has no `orders` block"};
  Problems problems;
  if (!read(quote_json, outside, edits, problems)) return problems;
  const Rows::Table& table = rows.tables[plan.orders[0].table];
  LineReader values(plan, machine, problems);
  std::vector<OrderLine> lines;
  for (std::uint32_t row = 0; row < table.first[1] - table.first[0] && problems.size() < max_problems; ++row) {
    values.stand_on(row, table.first[0]);
    OrderLine line;
    line.row = row;
    if (read_order_line(plan, values, line)) lines.push_back(std::move(line));
  }
  if (!problems.empty()) return problems;
  return lines;
}

Result<std::vector<LineTiming>> Evaluator::Scratch::order_timings(std::span<const PlacedLine> lines) {
  const plan::Plan& plan = policy->plan;
  if (plan.orders.empty()) return Problem{ErrorCode::bad_request, "", "the policy has no `orders` block"};
  const Rows::Table& table = rows.tables[plan.orders[0].table];
  Problems problems;
  LineReader values(plan, machine, problems);
  std::vector<LineTiming> timings;
  for (const PlacedLine& line : lines) {
    if (line.row >= table.first[1] - table.first[0] || line.phase >= plan.phases.size())
      return Problem{ErrorCode::bad_request, "", "the quote that was read last has no such line"};
    values.stand_on(line.row, table.first[0]);
    read_timings(plan, values, line, timings);
    if (problems.size() >= max_problems) break;
  }
  if (!problems.empty()) return problems;
  return timings;
}

}  // namespace assent
