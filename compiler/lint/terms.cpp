// See terms.h.
#include "compiler/lint/terms.h"

#include <algorithm>

#include "runtime/plan/comparison.h"
#include "runtime/eval/operations.h"
#include "runtime/plan/constants.h"

namespace assent::compiler::lint {

using plan::Comparison;
using plan::Op;

std::span<const std::uint32_t> Terms::operands(const plan::Node& node) const {
  const bool loop = plan::info(node.op).operands == plan::Operands::loop;
  return std::span(plan_.operands).subspan(node.a, loop ? 4 : node.b);
}

std::optional<Value> Terms::constant(std::uint32_t node) const {
  if (plan_.nodes[node].op != Op::constant) return std::nullopt;
  return plan::constant_value(plan_, plan_.constants[plan_.nodes[node].a]);
}

std::uint32_t Terms::same_as(std::uint32_t node) const {
  return unchanged && plan_.nodes[node].op == Op::approved ? plan_.nodes[node].a : node;
}

// ── what a value can be by its nature ────────────────────────────────────────────────────────
const Interval& Terms::range_of(std::uint32_t node) {
  if (const auto known = ranges_.find(node); known != ranges_.end()) return known->second;
  const Interval found = natural(node);
  return ranges_.emplace(node, found).first->second;
}

Interval Terms::natural(std::uint32_t id) {
  const plan::Node& node = plan_.nodes[id];
  switch (node.op) {
    case Op::constant: {
      const Value value = *constant(id);
      if (!is_number(value)) return {};
      if (value.kind == Value::Kind::number) return {Bound{value.decimal(), true}, Bound{value.decimal(), true}};
      Interval by_sign;  // in another currency it is another number
      if (sign(value.decimal()) >= 0) by_sign.low = Bound{};
      if (sign(value.decimal()) <= 0) by_sign.high = Bound{};
      return by_sign;
    }
    case Op::count: case Op::distinct: case Op::absolute: case Op::length: return from_to(0, std::nullopt);
    case Op::month: return from_to(1, 12);
    case Op::day: return from_to(1, 31);
    case Op::year: return from_to(1, 9999);
    case Op::negate: return turned(range_of(node.a));
    case Op::fallback: return either(range_of(node.a), range_of(node.b));
    case Op::minimum: case Op::maximum: case Op::average: return range_of(operands(node)[1]);
    case Op::sum: {
      const Interval& body = range_of(operands(node)[1]);
      Interval sum;
      if (body.low && sign(body.low->at) >= 0) sum.low = Bound{};
      if (body.high && sign(body.high->at) <= 0) sum.high = Bound{};
      return sum;
    }
    case Op::add: {
      Interval sum = range_of(operands(node)[0]);
      for (const std::uint32_t term : operands(node).subspan(1)) sum = sum_of(sum, range_of(term));
      return sum;
    }
    default: return {};
  }
}

// ── one value and a constant ─────────────────────────────────────────────────────────────────
// Takes constants over to the other side: of `x + 2 > 5`, x > 3. False: there are none (left).
bool Terms::solve_once(Demand& demand) const {
  const plan::Node& node = plan_.nodes[demand.node];
  Value& value = demand.value;
  const auto less_constant = [&](const Value& term) {
    const Value rest = eval::add_values(value, term.kind == Value::Kind::money
                                                   ? Value::of(negate(term.decimal()), term.unit)
                                                   : Value::of(negate(term.decimal())));
    if (rest.is_fault() || rest.unit != value.unit) return false;
    value = rest;
    return true;
  };
  switch (node.op) {
    case Op::negate:
      value = value.kind == Value::Kind::money ? Value::of(negate(value.decimal()), value.unit)
                                               : Value::of(negate(value.decimal()));
      demand.comparison = turned(demand.comparison);
      demand.node = node.a;
      return true;
    case Op::add: {
      std::uint32_t unknown = plan::none;
      for (const std::uint32_t each : operands(node)) {
        if (constant(each)) continue;
        if (unknown != plan::none) return false;
        unknown = each;
      }
      const Value before = value;
      for (const std::uint32_t each : operands(node)) {
        if (each == unknown) continue;
        if (const auto term = constant(each); !is_number(*term) || !less_constant(*term)) {
          value = before;
          return false;
        }
      }
      demand.node = unknown;
      return true;
    }
    case Op::add_days: {
      const auto days = constant(node.b);
      if (!days || !less_constant(*days)) return false;
      demand.node = node.a;
      return true;
    }
    case Op::multiply: {  // by a number; not where the quotient would be rounded
      const auto factor = constant(node.b) ? constant(node.b) : constant(node.a);
      if (!factor || factor->kind != Value::Kind::number || value.kind != Value::Kind::number ||
          is_zero(factor->decimal()))
        return false;
      Decimal by = factor->decimal(), quotient, back;
      by.exponent += static_cast<std::int16_t>(node.detail);
      if (divide(value.decimal(), by, quotient) != Fault::none || multiply(quotient, by, back) != Fault::none ||
          back != value.decimal())
        return false;
      value = Value::of(quotient);
      if (sign(by) < 0) demand.comparison = turned(demand.comparison);
      demand.node = constant(node.b) ? node.a : node.b;
      return true;
    }
    default: return false;
  }
}

void Terms::solve(Demand& demand) const {
  while (is_number(demand.value) && solve_once(demand)) {}
  demand.node = same_as(demand.node);
}

std::optional<Demand> Terms::relation(std::uint32_t id, bool holds) const {
  const plan::Node& node = plan_.nodes[id];
  if (node.op != Op::compare) return std::nullopt;
  const auto said = static_cast<Comparison>(node.detail & 7);
  const Comparison wanted = holds ? said : opposite(said);
  const bool ignoring = (node.detail & plan::ignoring_case) != 0;
  Demand demand{node.a, Demand::Kind::relation, true, wanted, ignoring, {}};
  if (const auto value = constant(node.b)) {
    demand.value = *value;
  } else if (const auto first = constant(node.a)) {
    demand = {node.b, Demand::Kind::relation, true, turned(wanted), ignoring, *first};
  } else {
    return std::nullopt;
  }
  solve(demand);
  return demand;
}

// ── two values ───────────────────────────────────────────────────────────────────────────────
// False: it is no such sum.
bool Terms::add_up(Sum& sum, std::uint32_t id, int sign, int depth) const {
  constexpr std::size_t most = 8;
  id = same_as(id);
  const plan::Node& node = plan_.nodes[id];
  if (depth > 8) return false;
  switch (node.op) {
    case Op::constant: {
      Value value = *constant(id);
      if (!is_number(value)) return false;
      if (sign < 0) value.coefficient = -value.coefficient;
      sum.rest = sum.rest.is_absent() ? value : eval::add_values(sum.rest, value);
      return !sum.rest.is_fault();
    }
    case Op::negate: return add_up(sum, node.a, -sign, depth + 1);
    case Op::add_days: return add_up(sum, node.a, sign, depth + 1) && add_up(sum, node.b, sign, depth + 1);
    case Op::add:
      return std::all_of(operands(node).begin(), operands(node).end(),
                         [&](std::uint32_t each) { return add_up(sum, each, sign, depth + 1); });
    default:
      for (auto& [known, times] : sum.values) {
        if (known != id) continue;
        times += sign;
        return true;
      }
      sum.values.emplace_back(id, sign);
      return sum.values.size() <= most;
  }
}

std::optional<Sum> Terms::difference(std::uint32_t of, std::uint32_t from) const {
  Sum sum;
  if (!add_up(sum, of, 1, 0) || !add_up(sum, from, -1, 0)) return std::nullopt;
  std::erase_if(sum.values, [](const auto& each) { return each.second == 0; });
  return sum;
}

}  // namespace assent::compiler::lint
