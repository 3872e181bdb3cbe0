// The lines of a quote as the policy's orders read them. Entries: Evaluator::Scratch::order_lines, order_timings.
//
// Every value of every line is computed: one that cannot be is a problem of the quote, whether or not the order of
// the line would need it. What is said of time is asked of the lines of its phase alone.
#include <limits>

#include "runtime/eval/evaluator.h"
#include "runtime/plan/order_line.h"
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
  // Of a date, a length.
  std::optional<std::int32_t> count(std::uint32_t node, const Value& value) {
    const auto count = to_int64(value.decimal());
    if (count && *count >= std::numeric_limits<std::int32_t>::min() &&
        *count <= std::numeric_limits<std::int32_t>::max())
      return static_cast<std::int32_t>(*count);
    blame(node, "more than there can be");
    return std::nullopt;
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

using plan::LineRole;

std::string_view text_of(const plan::Orders& orders, LineReader& reader, LineRole role) {
  const std::uint32_t node = orders.role(role);
  return node == plan::none ? std::string_view() : reader.value_of(node).value_or(Value{}).text();
}

// A date or a number of months; nothing where it is absent.
std::optional<std::int32_t> count_of(const plan::Orders& orders, LineReader& reader, LineRole role) {
  const std::uint32_t node = orders.role(role);
  const auto value = node == plan::none ? std::nullopt : reader.value_of(node);
  return value ? reader.count(node, *value) : std::nullopt;
}

// What holds for the line must agree; what is said without a condition holds where nothing else does.
void read_choices(const plan::Plan& plan, LineReader& reader, OrderLine& line) {
  using plan::ChoiceKind;
  const plan::LineChoice* contract = nullptr;
  const plan::LineChoice* assets = nullptr;
  const plan::LineChoice* of_the_rest = nullptr;
  for (const plan::LineChoice& each : plan.line_choices) {
    if (each.where == plan::none) {
      of_the_rest = &each;
      continue;
    }
    if (!reader.holds(each.where)) continue;
    const plan::LineChoice*& chosen = each.kind <= ChoiceKind::no_assets ? assets : contract;
    if (chosen != nullptr && chosen->kind != each.kind) {
      reader.blame(each.where, "`" + std::string(name(each.kind)) + "` and `" + std::string(name(chosen->kind)) +
                                   "` both hold for the line");
    }
    chosen = &each;
  }
  if (assets == nullptr) assets = of_the_rest;
  if (assets != nullptr) {
    line.assets = assets->kind == ChoiceKind::assets_per_unit   ? ItemAssets::per_unit
                  : assets->kind == ChoiceKind::assets_per_line ? ItemAssets::per_line
                                                                : ItemAssets::none;
  }
  if (contract != nullptr)
    line.contract = contract->kind == ChoiceKind::no_contract ? ItemContract::none : ItemContract::separately;
}

// False: the line is not ordered.
bool read_order_line(const plan::Plan& plan, LineReader& reader, OrderLine& line) {
  const plan::Orders& orders = plan.orders[0];
  if (orders.where != plan::none && !reader.holds(orders.where)) return false;
  line.id = reader.needed(orders.role(LineRole::id)).text();
  line.quantity = reader.needed(orders.role(LineRole::quantity)).decimal();
  const Value amount = reader.needed(orders.role(LineRole::amount));
  line.amount = amount.decimal();
  line.currency = amount.unit;
  line.part_of = text_of(orders, reader, LineRole::part_of);
  line.item = text_of(orders, reader, LineRole::item);
  line.unit = text_of(orders, reader, LineRole::unit);
  line.level = text_of(orders, reader, LineRole::level);
  line.holder = text_of(orders, reader, LineRole::holder);
  line.term_from = count_of(orders, reader, LineRole::term_from);
  line.term_to = count_of(orders, reader, LineRole::term_to);
  line.term_months = count_of(orders, reader, LineRole::term);
  read_choices(plan, reader, line);
  for (std::uint32_t i = 0; i < orders.phases.count; ++i) {
    const plan::Phase& phase = plan.phases[orders.phases.first + i];
    if (phase.where == plan::none || !reader.holds(phase.where)) continue;
    if (line.phase == plan::none) line.phase = i;
    else if (line.another_phase == plan::none) line.another_phase = i;
  }
  return true;
}

void read_split(const plan::Plan& plan, LineReader& reader, std::vector<std::optional<std::string>>& out) {
  const plan::Slice& keys = plan.orders[0].split_keys;
  for (std::uint32_t i = keys.first; i < keys.first + keys.count; ++i) {
    const auto value = reader.value_of(plan.split_keys[i]);
    out.push_back(value ? std::optional(value_text(*value, plan.nodes[plan.split_keys[i]].type)) : std::nullopt);
  }
}

void read_timings(const plan::Plan& plan, LineReader& reader, std::uint32_t place, const PlacedLine& line,
                  std::vector<LineTiming>& out) {
  bool any_holds = false;
  const plan::Slice& clauses = plan.phases[line.phase].timings;
  for (std::uint32_t clause = clauses.first; clause < clauses.first + clauses.count; ++clause) {
    const plan::Timing& timing = plan.timings[clause];
    if (timing.value == plan::none || (timing.otherwise != 0 && any_holds)) continue;
    if (timing.when != plan::none && !reader.holds(timing.when)) continue;
    any_holds = any_holds || timing.when != plan::none;
    const auto value = reader.value_of(timing.value);
    if (!value) continue;
    if (const auto count = reader.count(timing.value, *value)) out.push_back({place, clause, *count});
  }
}

}  // namespace

Result<OrderLines> Evaluator::Scratch::order_lines(std::string_view quote_json, const World& outside,
                                                   std::span<const Edit> edits) {
  const plan::Plan& plan = policy->plan;
  if (plan.orders.empty()) return Problem{ErrorCode::bad_request, "", "the policy has no `orders` block"};
  Problems problems;
  if (!read(quote_json, outside, edits, problems)) return problems;
  const Rows::Table& table = rows.tables[plan.orders[0].table];
  LineReader values(plan, machine, problems);
  OrderLines read_lines;
  read_lines.split_keys = plan.orders[0].split_keys.count;
  const std::uint32_t rows_there = table.first[1] - table.first[0];
  read_lines.lines.reserve(rows_there);
  read_lines.split_values.reserve(rows_there * read_lines.split_keys);
  for (std::uint32_t row = 0; row < rows_there && problems.size() < max_problems; ++row) {
    values.stand_on(row, table.first[0]);
    OrderLine line;
    line.row = row;
    if (!read_order_line(plan, values, line)) continue;
    read_split(plan, values, read_lines.split_values);
    read_lines.lines.push_back(line);
  }
  if (!problems.empty()) return problems;
  return read_lines;
}

Result<std::vector<LineTiming>> Evaluator::Scratch::order_timings(std::span<const PlacedLine> lines) {
  const plan::Plan& plan = policy->plan;
  if (plan.orders.empty()) return Problem{ErrorCode::bad_request, "", "the policy has no `orders` block"};
  const Rows::Table& table = rows.tables[plan.orders[0].table];
  Problems problems;
  LineReader values(plan, machine, problems);
  std::vector<LineTiming> timings;
  for (std::uint32_t place = 0; place < lines.size(); ++place) {
    const PlacedLine& line = lines[place];
    if (line.row >= table.first[1] - table.first[0] || line.phase >= plan.phases.size())
      return Problem{ErrorCode::bad_request, "", "the quote that was read last has no such line"};
    values.stand_on(line.row, table.first[0]);
    read_timings(plan, values, place, line, timings);
    if (problems.size() >= max_problems) break;
  }
  if (!problems.empty()) return problems;
  return timings;
}

}  // namespace assent
