#include "compiler/lint/possible.h"

#include <algorithm>
#include <string>
#include <utility>

#include "runtime/plan/comparison.h"
#include "runtime/eval/operations.h"
#include "runtime/plan/constants.h"
#include "runtime/value/fold_case.h"

namespace assent::compiler::lint {

using plan::Comparison;
using plan::Op;

namespace {

constexpr std::uint8_t less = 1, same = 2, more = 4;  // how two values may stand to each other
constexpr std::size_t max_holes = 64;                 // numbers left out of an interval that are kept in mind

constexpr std::uint8_t orders_of(Comparison comparison) {
  switch (comparison) {
    case Comparison::equal: return same;
    case Comparison::not_equal: return less | more;
    case Comparison::less: return less;
    case Comparison::less_equal: return less | same;
    case Comparison::greater: return more;
    case Comparison::greater_equal: return same | more;
  }
  return less | same | more;
}

bool counts_whole(plan::Type type) {
  using plan::Type;
  return type == Type::integer || type == Type::date || type == Type::instant || type == Type::days ||
         type == Type::months || type == Type::business_days || type == Type::minutes;
}

// Operations that have no result where an operand is absent.
bool needs_operands(Op op) {
  switch (op) {
    case Op::constant: case Op::field: case Op::today: case Op::present: case Op::fallback: case Op::conjunction:
    case Op::disjunction: case Op::count: case Op::sum: case Op::minimum: case Op::maximum: case Op::average:
    case Op::distinct: case Op::any: case Op::every: case Op::manager: case Op::person_name: case Op::approved:
      return false;
    default: return true;
  }
}

bool is_loop(Op op) { return plan::info(op).operands == plan::Operands::loop; }

}  // namespace

// What is known of one value.
struct Possible::Cell {
  std::uint32_t node = 0;
  Currency unit = 0;        // amounts in two currencies are two values: only rates compare them
  bool folded = false;      // texts without their case are others than those with it
  Interval interval;
  std::vector<Decimal> holes;
  std::optional<std::vector<std::string>> texts;  // one of these; none: any but …
  std::vector<std::string> other_than;

  bool can_be() const {
    if (texts) return !texts->empty();
    if (is_empty(interval)) return false;
    if (holes.empty() || !interval.low || !interval.high) return true;
    if (interval.low->at == interval.high->at) return !has_hole(interval.low->at);
    return true;
  }
  bool has_hole(const Decimal& at) const { return std::find(holes.begin(), holes.end(), at) != holes.end(); }
};

// Rows of one list: there is one of which all demands hold; or of each at least one holds.
struct Possible::Rows {
  std::uint32_t table = 0, owner_frame = 0, frame = 0;
  std::vector<Demand> demands;
  bool same_list(const Rows& other) const {
    return table == other.table && owner_frame == other.owner_frame && frame == other.frame;
  }
};

struct Possible::State {
  std::vector<Cell> cells;
  std::vector<std::pair<std::uint32_t, bool>> truths, presences;
  struct Pair { std::uint32_t left, right; std::uint8_t orders; };
  std::vector<Pair> pairs;
  std::vector<std::vector<Case>> choices;  // of each, one case holds
  std::vector<Rows> some, all;
};

// ── the search ───────────────────────────────────────────────────────────────────────────────
bool Possible::together(std::vector<Demand> demands) {
  effort_ = 0;
  return search({}, std::move(demands));
}

bool Possible::together_unchanged(std::vector<Demand> demands) {
  terms_.unchanged = true;
  const bool possible = together(std::move(demands));
  terms_.unchanged = false;
  return possible;
}

// Cases of which only one is left are taken; then the choice with the fewest is tried out.
bool Possible::search(State state, std::vector<Demand> open) {
  if (!settle(state, open)) return false;
  for (bool moved = true; moved;) {
    moved = false;
    for (std::size_t i = 0; i < state.choices.size() && !moved; ++i) {
      std::vector<Case>& cases = state.choices[i];
      std::erase_if(cases, [&](const Case& each) {
        effort_ += 1 + state.cells.size();  // that are copied
        State tried = state;
        tried.choices.clear();
        std::vector<Demand> its = each;
        return !settle(tried, its);
      });
      if (effort_ > max_effort) return true;
      if (cases.empty()) return false;
      if (cases.size() > 1) continue;
      open = std::move(cases[0]);
      state.choices.erase(state.choices.begin() + static_cast<std::ptrdiff_t>(i));
      if (!settle(state, open)) return false;
      moved = true;
    }
  }
  if (state.choices.empty()) return rows_exist(state);
  const auto smallest = std::min_element(state.choices.begin(), state.choices.end(),
                                         [](const auto& a, const auto& b) { return a.size() < b.size(); });
  const std::vector<Case> cases = std::move(*smallest);
  state.choices.erase(smallest);
  return std::any_of(cases.begin(), cases.end(), [&](const Case& each) { return search(state, each); });
}

// False: what is demanded contradicts itself. What is a choice is left for later.
bool Possible::settle(State& state, std::vector<Demand>& open) {
  while (!open.empty()) {
    if (++effort_ > max_effort) return true;
    const Demand demand = open.back();
    open.pop_back();
    if (!assume(state, demand, open)) return false;
  }
  return order_holds(state);
}

bool Possible::assume(State& state, const Demand& demand, std::vector<Demand>& open) {
  const std::uint32_t node = terms_.same_as(demand.node);
  switch (demand.kind) {
    case Demand::Kind::truth: return assume_truth(state, node, demand.holds, open);
    case Demand::Kind::presence: return assume_presence(state, node, demand.holds, open);
    case Demand::Kind::relation: return relate(state, demand, open);
  }
  return true;
}

bool Possible::assume_truth(State& state, std::uint32_t id, bool holds, std::vector<Demand>& open) {
  const plan::Node& node = plan_.nodes[id];
  switch (node.op) {
    case Op::constant: return terms_.constant(id)->is_true() == holds;
    case Op::negation: open.push_back({node.a, Demand::Kind::truth, !holds}); return true;
    case Op::conjunction:
    case Op::disjunction: {
      if (holds == (node.op == Op::conjunction)) {
        for (const std::uint32_t each : terms_.operands(node)) open.push_back({each, Demand::Kind::truth, holds});
        return true;
      }
      std::vector<Case>& cases = state.choices.emplace_back();
      for (const std::uint32_t each : terms_.operands(node)) cases.push_back({{each, Demand::Kind::truth, holds}});
      return true;
    }
    case Op::present: open.push_back({node.a, Demand::Kind::presence, holds}); return true;
    case Op::compare: {
      if (const auto relation = terms_.relation(id, holds)) {
        open.push_back(*relation);
        return true;
      }
      for (const std::uint32_t each : {node.a, node.b}) open.push_back({each, Demand::Kind::presence});
      const auto said = static_cast<Comparison>(node.detail & 7);
      return (node.detail & plan::ignoring_case) != 0 || relate_two(state, node, holds ? said : opposite(said), open);
    }
    case Op::one_of: {
      const auto list = terms_.operands(node);
      const bool ignoring = (node.detail & plan::ignoring_case) != 0;
      std::vector<Case> cases;
      for (const std::uint32_t each : list.subspan(1)) {
        const auto value = terms_.constant(each);
        if (!value) return true;
        cases.push_back({{list[0], Demand::Kind::relation, true, holds ? Comparison::equal : Comparison::not_equal,
                          ignoring, *value}});
      }
      if (holds) state.choices.push_back(std::move(cases));
      else for (const Case& each : cases) open.push_back(each[0]);
      return true;
    }
    case Op::any:
    case Op::every: {
      const std::uint32_t body = terms_.operands(node)[1];
      const bool found = holds == (node.op == Op::any);  // there is a row of which …
      const Demand of_row{body, Demand::Kind::truth, holds};
      if (found) there_is(state, id, of_row);
      else for_all(state, id, of_row);
      break;
    }
    case Op::starts_with: case Op::ends_with: case Op::contains:
      open.push_back({node.a, Demand::Kind::presence});
      if (!match_text(state, id, holds)) return false;
      break;
    case Op::field: open.push_back({id, Demand::Kind::presence}); break;
    default: break;
  }
  effort_ += state.truths.size() / 8;
  for (const auto& [known, truth] : state.truths)
    if (known == id) return truth == holds;
  state.truths.emplace_back(id, holds);
  return true;
}

bool Possible::assume_presence(State& state, std::uint32_t id, bool there, std::vector<Demand>& open) {
  const plan::Node& node = plan_.nodes[id];
  if (node.op == Op::constant) return there;
  effort_ += state.presences.size() / 8;
  for (const auto& [known, truth] : state.presences)
    if (known == id) return truth == there;
  state.presences.emplace_back(id, there);
  if (node.op == Op::fallback) {
    if (there) state.choices.push_back({{{node.a, Demand::Kind::presence}}, {{node.b, Demand::Kind::presence}}});
    else for (const std::uint32_t each : {node.a, node.b}) open.push_back({each, Demand::Kind::presence, false});
  } else if (node.op == Op::minimum || node.op == Op::maximum || node.op == Op::average) {
    if (there) there_is(state, id, std::nullopt);
    else for_all(state, id, std::nullopt);
  } else if (there && needs_operands(node.op)) {
    switch (plan::info(node.op).operands) {
      case plan::Operands::many:
        for (const std::uint32_t each : terms_.operands(node)) open.push_back({each, Demand::Kind::presence});
        break;
      case plan::Operands::two: open.push_back({node.b, Demand::Kind::presence}); [[fallthrough]];
      case plan::Operands::one: open.push_back({node.a, Demand::Kind::presence}); break;
      default: break;
    }
  }
  return true;
}

// ── values and constants ─────────────────────────────────────────────────────────────────────
bool Possible::relate(State& state, Demand demand, std::vector<Demand>& open) {
  terms_.solve(demand);
  if (const auto known = terms_.constant(demand.node)) {
    const auto detail = static_cast<std::uint16_t>(static_cast<unsigned>(demand.comparison) |
                                                   (demand.ignoring_case ? plan::ignoring_case : 0u));
    eval::Surroundings world;
    world.plan = &plan_;
    const Value answer = eval::compare_values(*known, demand.value, detail, world);
    return answer.is_fault() ? answer.fault == Fault::missing_rate : answer.is_true();
  }
  const plan::Node& node = plan_.nodes[demand.node];
  open.push_back({demand.node, Demand::Kind::presence});
  if (demand.value.kind == Value::Kind::text) return relate_text(state, demand);
  if (!is_number(demand.value)) return true;
  if (node.type == plan::Type::boolean) {
    const bool equal = demand.comparison == Comparison::equal;
    if (equal || demand.comparison == Comparison::not_equal)
      open.push_back({demand.node, Demand::Kind::truth, demand.value.is_true() == equal});
    return true;
  }
  if (node.op == Op::fallback) {  // what cannot be its last resort is what comes before that
    Demand of_last = demand;
    of_last.node = node.b;
    State alone;
    std::vector<Demand> none;
    if (terms_.constant(node.b) && !relate(alone, of_last, none)) {
      demand.node = node.a;
      open.push_back(demand);
    }
  }
  return relate_number(state, demand);
}

Possible::Cell& Possible::cell_of(State& state, const Demand& demand) {
  effort_ += state.cells.size() / 8;  // that are looked through
  const Currency unit = demand.value.kind == Value::Kind::money ? demand.value.unit : 0;
  for (Cell& each : state.cells)
    if (each.node == demand.node && each.unit == unit && each.folded == demand.ignoring_case) return each;
  Cell& made = state.cells.emplace_back();
  made.node = demand.node;
  made.unit = unit;
  made.folded = demand.ignoring_case;
  const plan::Node& node = plan_.nodes[demand.node];
  if (is_number(demand.value)) {
    made.interval = terms_.range_of(demand.node);
  } else if (node.op == Op::field && node.type == plan::Type::choice) {
    const plan::Column& column = plan_.columns[node.a];
    made.texts.emplace();
    for (std::uint32_t i = 0; i < column.choice_count; ++i) {
      std::string text(plan_.string(plan_.choices[column.choices + i]));
      made.texts->push_back(made.folded ? fold_case(text) : std::move(text));
    }
  }
  return made;
}

bool Possible::relate_number(State& state, const Demand& demand) {
  Cell& cell = cell_of(state, demand);
  narrow(cell.interval, demand.comparison, demand.value.decimal());
  if (demand.comparison == Comparison::not_equal && cell.holes.size() < max_holes)
    cell.holes.push_back(demand.value.decimal());
  const plan::Node& node = plan_.nodes[demand.node];
  if (counts_whole(node.type)) {
    make_whole(cell.interval);
    while (cell.interval.low && cell.has_hole(cell.interval.low->at) && !is_empty(cell.interval))
      if (add(cell.interval.low->at, decimal(1), cell.interval.low->at) != Fault::none) break;
    while (cell.interval.high && cell.has_hole(cell.interval.high->at) && !is_empty(cell.interval))
      if (add(cell.interval.high->at, decimal(-1), cell.interval.high->at) != Fault::none) break;
  }
  if (!cell.can_be()) return false;
  if (!is_loop(node.op)) return true;
  Demand of_row = demand;
  of_row.node = terms_.operands(node)[1];
  const bool up = demand.comparison == Comparison::greater || demand.comparison == Comparison::greater_equal;
  const bool down = demand.comparison == Comparison::less || demand.comparison == Comparison::less_equal;
  switch (node.op) {
    case Op::count: {
      const Interval& count = cell.interval;
      if (count.low && sign(count.low->at) > 0) there_is(state, demand.node, std::nullopt);
      if (count.high && count.high->at < decimal(1)) for_all(state, demand.node, std::nullopt);
      break;
    }
    case Op::maximum:
    case Op::minimum:
      if (demand.comparison == Comparison::equal) {
        there_is(state, demand.node, of_row);
        of_row.comparison = node.op == Op::maximum ? Comparison::less_equal : Comparison::greater_equal;
        for_all(state, demand.node, of_row);
      } else if (up || down) {
        if (up == (node.op == Op::maximum)) there_is(state, demand.node, of_row);
        else for_all(state, demand.node, of_row);
      }
      break;
    default: break;
  }
  return true;
}

bool Possible::relate_text(State& state, const Demand& demand) {
  const bool equal = demand.comparison == Comparison::equal;
  if (!equal && demand.comparison != Comparison::not_equal) return true;
  Cell& cell = cell_of(state, demand);
  const std::string text = demand.ignoring_case ? fold_case(demand.value.text()) : std::string(demand.value.text());
  const auto is = [&](const std::string& each) { return each == text; };
  if (equal) {
    const bool out = std::any_of(cell.other_than.begin(), cell.other_than.end(), is) ||
                     (cell.texts && std::none_of(cell.texts->begin(), cell.texts->end(), is));
    cell.texts.emplace();
    if (!out) cell.texts->push_back(text);
  } else if (cell.texts) {
    std::erase_if(*cell.texts, is);
  } else {
    cell.other_than.push_back(text);
  }
  if (!cell.can_be()) return false;
  // What is said of parts of the text must be so of what it can be.
  for (const auto& [node, truth] : state.truths)
    if (plan_.nodes[node].a == demand.node && !match_text(state, node, truth)) return false;
  return true;
}

// `starts with` and the like, of texts that are known.
bool Possible::match_text(State& state, std::uint32_t id, bool holds) {
  const plan::Node& node = plan_.nodes[id];
  if (node.op != Op::starts_with && node.op != Op::ends_with && node.op != Op::contains) return true;
  const auto part = terms_.constant(node.b);
  if (!part) return true;
  for (Cell& cell : state.cells) {
    if (cell.node != node.a || !cell.texts || (cell.folded && node.detail == 0)) continue;
    std::erase_if(*cell.texts, [&](const std::string& text) {
      return eval::apply_two(node.op, node.detail, Value::of(std::string_view(text)), *part, {}).is_true() != holds;
    });
    if (!cell.can_be()) return false;
  }
  return true;
}

// ── two values ───────────────────────────────────────────────────────────────────────────────
// x + 2 > x - y is y > -2: what stands on both sides goes, and one value or two are left.
bool Possible::relate_two(State& state, const plan::Node& node, Comparison comparison, std::vector<Demand>& open) {
  const plan::Type type = plan_.nodes[node.a].type;
  const bool numbers = !plan::is_text(type) && type != plan::Type::boolean;
  const auto difference = numbers ? terms_.difference(node.a, node.b) : std::nullopt;
  if (!difference) return relate_pair(state, terms_.same_as(node.a), terms_.same_as(node.b), comparison);
  const Sum& sum = *difference;
  const Decimal rest = sum.rest.is_absent() ? Decimal{} : sum.rest.decimal();
  if (sum.values.empty()) {
    const std::uint8_t order = sign(rest) < 0 ? less : sign(rest) == 0 ? same : more;
    return (orders_of(comparison) & order) != 0;
  }
  const auto [first, times] = sum.values[0];
  if (sum.values.size() == 1 && (times == 1 || times == -1) && !sum.rest.is_absent()) {
    const Decimal at = times == 1 ? negate(rest) : rest;
    const Value value = sum.rest.kind == Value::Kind::money ? Value::of(at, sum.rest.unit) : Value::of(at);
    open.push_back({first, Demand::Kind::relation, true, times == 1 ? comparison : turned(comparison), false, value});
  } else if (sum.values.size() == 2 && times + sum.values[1].second == 0 && (times == 1 || times == -1) &&
             is_zero(rest)) {
    return relate_pair(state, first, sum.values[1].first, times == 1 ? comparison : turned(comparison));
  }
  return true;
}

bool Possible::relate_pair(State& state, std::uint32_t left, std::uint32_t right, Comparison comparison) {
  if (left == right) return (orders_of(comparison) & same) != 0;
  if (left > right) {
    std::swap(left, right);
    comparison = turned(comparison);
  }
  for (State::Pair& each : state.pairs) {
    if (each.left != left || each.right != right) continue;
    each.orders &= orders_of(comparison);
    return each.orders != 0;
  }
  state.pairs.push_back({left, right, orders_of(comparison)});
  return true;
}

// Whether the intervals of two values leave room for how they stand to each other.
bool Possible::order_holds(const State& state) const {
  for (const State::Pair& pair : state.pairs) {
    for (const Cell& left : state.cells) {
      if (left.node != pair.left || left.texts || left.folded || left.unit != 0) continue;
      for (const Cell& right : state.cells) {
        if (right.node != pair.right || right.unit != left.unit || right.texts || right.folded) continue;
        const auto over = [](const Interval& a, const Interval& b) {  // all of a above all of b, or at the same number
          return !a.low || !b.high ? -1 : compare(a.low->at, b.high->at);
        };
        std::uint8_t out = 0;
        if (over(left.interval, right.interval) >= 0) out |= less;
        if (over(left.interval, right.interval) > 0) out |= less | same;
        if (over(right.interval, left.interval) >= 0) out |= more;
        if (over(right.interval, left.interval) > 0) out |= more | same;
        if ((pair.orders & ~out) == 0) return false;
      }
    }
  }
  return true;
}

// ── rows ─────────────────────────────────────────────────────────────────────────────────────
void Possible::there_is(State& state, std::uint32_t loop, std::optional<Demand> body) const {
  const plan::Node& node = plan_.nodes[loop];
  const auto parts = terms_.operands(node);
  Rows rows{parts[2], parts[3], node.b, {}};
  if (parts[0] != plan::none) rows.demands.push_back(holds(parts[0]));
  if (body) rows.demands.push_back(*body);
  state.some.push_back(std::move(rows));
}

void Possible::for_all(State& state, std::uint32_t loop, std::optional<Demand> body) const {
  const plan::Node& node = plan_.nodes[loop];
  const auto parts = terms_.operands(node);
  Rows rows{parts[2], parts[3], node.b, {}};
  if (parts[0] != plan::none) rows.demands.push_back(fails(parts[0]));
  if (body) rows.demands.push_back(*body);
  state.all.push_back(std::move(rows));
}

// Whether each row that there must be can be, by what holds of all. Of what surrounds it nothing is taken over: another
// row may stand where this one does.
bool Possible::rows_exist(const State& state) {
  return std::all_of(state.some.begin(), state.some.end(), [&](const Rows& row) {
    State of_row;
    for (const Rows& each : state.all) {
      if (!each.same_list(row)) continue;
      std::vector<Case>& cases = of_row.choices.emplace_back();
      for (const Demand& demand : each.demands) cases.push_back({demand});
    }
    return search(std::move(of_row), row.demands);
  });
}

}  // namespace assent::compiler::lint
