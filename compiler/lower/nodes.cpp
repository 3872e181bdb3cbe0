// Expressions to nodes: functions inlined, constants folded, equal nodes shared.
//
// A loop's frame is one more than the frames in use where it stands; a fact stands nowhere, so its
// loops start again at frame 1 and every use of it is the same node.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/lower/builder.h"
#include "runtime/eval/operations.h"
#include "runtime/plan/constants.h"

namespace assent::compiler {

using checked::Base;
using checked::ExprId;
using plan::Op;

Nodes::Nodes(plan::Plan& plan, Tables& tables, Quote& quote, const checked::Policy& policy, Sink& sink)
    : plan_(plan),
      tables_(tables),
      quote_(quote),
      policy_(policy),
      sink_(sink),
      fact_node_(policy.facts.size(), plan::none) {}

plan::Type Nodes::type_of(const checked::Type& type) {
  switch (type.base) {
    case Base::boolean: return plan::Type::boolean;
    case Base::integer: return plan::Type::integer;
    case Base::percent: return plan::Type::percent;
    case Base::money: return plan::Type::money;
    case Base::text: return plan::Type::text;
    case Base::currency: return plan::Type::currency;
    case Base::date: return plan::Type::date;
    case Base::instant: return plan::Type::instant;
    case Base::days: return plan::Type::days;
    case Base::months: return plan::Type::months;
    case Base::business_days: return plan::Type::business_days;
    case Base::minutes: return plan::Type::minutes;
    case Base::person: return plan::Type::person;
    case Base::choice: return plan::Type::choice;
    case Base::decimal: case Base::unknown: case Base::record: break;
  }
  return plan::Type::decimal;
}

// ── nodes, each once ─────────────────────────────────────────────────────────────────────────
namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * 0x9e37'79b9'7f4a'7c15u + (hash >> 29);
}

}  // namespace

std::uint32_t Nodes::intern(const plan::Node& node, const std::vector<std::uint32_t>& operands, std::uint32_t depth,
                            Span at) {
  const bool listed =
      plan::info(node.op).operands == plan::Operands::many || plan::info(node.op).operands == plan::Operands::loop;
  std::uint64_t hash = mix(
      static_cast<std::uint64_t>(node.op) << 32 | static_cast<std::uint64_t>(node.type) << 16 | node.detail, node.b);
  if (listed) for (const std::uint32_t operand : operands) hash = mix(hash, operand);
  else hash = mix(hash, node.a);
  const auto [first, last] = known_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    const plan::Node& other = plan_.nodes[it->second];
    if (other.op != node.op || other.type != node.type || other.detail != node.detail || other.b != node.b) continue;
    if (listed ? std::equal(operands.begin(), operands.end(), plan_.operands.begin() + other.a) : other.a == node.a)
      return it->second;
  }
  if (depth > plan::max_depth && !too_large_) {
    too_large_ = true;
    sink_.report(Code::too_complex, at, fmt::format("this expression is more than {} operations deep", plan::max_depth))
        .help("split it into facts that are compared or added side by side");
  }
  plan::Node made = node;
  if (listed) {
    made.a = static_cast<std::uint32_t>(plan_.operands.size());
    plan_.operands.insert(plan_.operands.end(), operands.begin(), operands.end());
  }
  const auto id = static_cast<std::uint32_t>(plan_.nodes.size());
  plan_.nodes.push_back(made);
  depth_.push_back(depth);
  known_.emplace(hash, id);
  return id;
}

std::uint32_t Nodes::constant(const Value& value, plan::Type type, Span at) {
  return intern({Op::constant, type, 0, tables_.constant(value, type), 0}, {}, 1, at);
}

std::uint32_t Nodes::truth(bool value) { return constant(Value::of(value), plan::Type::boolean, {}); }

std::optional<Value> Nodes::constant_at(std::uint32_t node) const {
  if (plan_.nodes[node].op != Op::constant) return std::nullopt;
  return plan::constant_value(plan_, plan_.constants[plan_.nodes[node].a]);
}

// What constants make, as a node; nothing where only the inputs can tell (rates, people).
std::optional<std::uint32_t> Nodes::folded(const Value& value, plan::Type type, Span at) {
  if (value.is_absent()) return std::nullopt;
  if (value.is_fault()) {
    if (value.fault == Fault::missing_rate || value.fault == Fault::unknown_person) return std::nullopt;
    sink_.report(Code::always_fails, at, fmt::format("this never has a result: {}", text(value.fault)));
    return constant(Value::whole(0), type, at);
  }
  if (value.kind == Value::Kind::text) return std::nullopt;  // borrowed from the plan, which may grow
  if (value.kind == Value::Kind::money && value.unit == 0) return std::nullopt;
  return constant(value, type, at);
}

std::uint32_t Nodes::add(Op op, plan::Type type, std::uint16_t detail, std::uint32_t a, std::uint32_t b, Span at) {
  const bool one = plan::info(op).operands == plan::Operands::one;
  const bool leaf = plan::info(op).operands == plan::Operands::leaf;
  std::uint32_t depth = 1;
  if (!leaf) {
    depth = depth_[a] + 1;
    if (!one) depth = std::max(depth, depth_[b] + 1);
    const auto left = constant_at(a);
    const auto right = one ? left : constant_at(b);
    const bool people = op == Op::manager || op == Op::person_name || op == Op::has_role || op == Op::approved;
    if (left && right && !people) {
      eval::Surroundings world;
      world.plan = &plan_;
      const Value value =
          one ? eval::apply_one(op, detail, *left, world) : eval::apply_two(op, detail, *left, *right, world);
      if (const auto made = folded(value, type, at)) return *made;
    }
  }
  return intern({op, type, detail, a, one || op == Op::today ? 0 : b}, {}, depth, at);
}

std::uint32_t Nodes::add_many(Op op, plan::Type type, std::uint16_t detail, const std::vector<std::uint32_t>& operands,
                              Span at) {
  std::uint32_t depth = 1;
  for (const std::uint32_t operand : operands) depth = std::max(depth, depth_[operand] + 1);
  if (op == Op::add) {
    std::optional<Value> sum = constant_at(operands[0]);
    for (std::size_t i = 1; sum && i < operands.size(); ++i) {
      const auto term = constant_at(operands[i]);
      if (term) sum = eval::add_values(*sum, *term);
      else sum.reset();
    }
    if (sum) {
      if (const auto made = folded(*sum, type, at)) return *made;
    }
  }
  return intern({op, type, detail, 0, static_cast<std::uint32_t>(operands.size())}, operands, depth, at);
}

std::uint32_t Nodes::add_loop(Op op, plan::Type type, std::uint32_t where, std::uint32_t body, const Loop& loop,
                              Span at) {
  std::uint32_t depth = 2;
  for (const std::uint32_t part : {where, body}) {
    if (part != plan::none) depth = std::max(depth, depth_[part] + 1);
  }
  return intern({op, type, 0, 0, loop.frame}, {where, body, loop.table, loop.owner_frame}, depth, at);
}

// Flat, and without its true constants; one false constant makes it false.
std::uint32_t Nodes::conjunction(std::vector<std::uint32_t> operands) {
  std::vector<std::uint32_t> flat;
  for (const std::uint32_t operand : operands) {
    const plan::Node& node = plan_.nodes[operand];
    if (node.op == Op::conjunction) {
      flat.insert(flat.end(), plan_.operands.begin() + node.a, plan_.operands.begin() + node.a + node.b);
    } else if (const auto value = constant_at(operand)) {
      if (!value->is_true()) return operand;
    } else {
      flat.push_back(operand);
    }
  }
  if (flat.empty()) return truth(true);
  if (flat.size() == 1) return flat[0];
  return add_many(Op::conjunction, plan::Type::boolean, 0, flat, {});
}

std::uint32_t Nodes::negation(std::uint32_t operand, Span at) {
  return add(Op::negation, plan::Type::boolean, 0, operand, 0, at);
}

std::uint32_t Nodes::compare(std::uint32_t left, std::uint32_t right, plan::Comparison comparison, Span at) {
  return add(Op::compare, plan::Type::boolean, static_cast<std::uint16_t>(comparison), left, right, at);
}

// ── records and lists ────────────────────────────────────────────────────────────────────────
Spot Nodes::spot(ExprId id, const Scope& scope) {
  const checked::Expr& e = policy_.exprs[id];
  switch (e.op) {
    case checked::Op::input: return {};
    case checked::Op::variable:
      for (const auto& [variable, at] : scope.variables) {
        if (static_cast<std::uint32_t>(variable) == e.ref) return at;
      }
      break;
    case checked::Op::parameter: {
      const Scope::Argument& argument = scope.arguments[e.ref];
      return spot(argument.value, *argument.scope);
    }
    case checked::Op::field: {
      Spot at = spot(e.children[0], scope);
      at.chain.emplace_back(static_cast<checked::RecordId>(policy_.exprs[e.children[0]].type.index), e.ref);
      return at;
    }
    case checked::Op::call: {
      Scope inner;
      inner.depth = scope.depth;
      for (const ExprId argument : e.children) inner.arguments.push_back({argument, &scope});
      return spot(policy_.functions[static_cast<checked::FunctionId>(e.ref)].body, inner);
    }
    default: break;
  }
  return {};  // the checker lets nothing else be a record or a list
}

Nodes::Loop Nodes::open(const checked::Range& range, Scope& scope) {
  const Spot list = spot(range.list, scope);
  const std::uint32_t frame = scope.depth + 1;
  const std::uint32_t table = quote_.list(list, policy_.variables[range.variable].name);
  scope.depth = frame;
  scope.variables.emplace_back(range.variable, Spot{table, frame, {}});
  if (frame >= plan::max_frames && !too_large_) {
    too_large_ = true;
    sink_.report(Code::too_complex, policy_.exprs[range.list].span,
                 fmt::format("lists are walked through more than {} deep here", plan::max_frames - 1));
  }
  return {table, list.frame, frame};
}

// ── expressions ──────────────────────────────────────────────────────────────────────────────
std::uint32_t Nodes::literal(const checked::Expr& e) {
  const checked::Literal& value = policy_.literals[e.ref];
  const plan::Type type = type_of(e.type);
  switch (e.type.base) {
    case Base::text:
    case Base::choice:
    case Base::currency:
    case Base::person: return constant(Value::of(std::string_view(value.text)), type, e.span);
    case Base::money: return constant(Value::of(value.number, currency(value.text)), type, e.span);
    default: return constant(Value::of(value.number), type, e.span);
  }
}

std::uint32_t Nodes::node(ExprId id, const Scope& scope) {
  const checked::Expr& e = policy_.exprs[id];
  if (++lowered_ > max_lowered && !too_large_) {
    too_large_ = true;
    sink_.report(Code::too_complex, e.span,
                 fmt::format("with all functions written out the policy has more than {} expressions", max_lowered));
  }
  if (lowering_depth_ >= max_lowered_depth && !too_large_) {
    too_large_ = true;
    sink_
        .report(Code::too_complex, e.span,
                fmt::format("with all facts and functions written out this is more than {} expressions deep",
                            max_lowered_depth))
        .help("split it into facts that are compared or added side by side");
  }
  if (too_large_) return truth(false);
  ++lowering_depth_;
  const std::uint32_t made = node_inside(id, scope);
  --lowering_depth_;
  return made;
}

std::uint32_t Nodes::node_inside(ExprId id, const Scope& scope) {
  const checked::Expr& e = policy_.exprs[id];
  const auto children = [&] {
    std::vector<std::uint32_t> nodes;
    nodes.reserve(e.children.size());
    for (const ExprId child : e.children) nodes.push_back(node(child, scope));
    return nodes;
  };
  const plan::Type type = type_of(e.type);
  switch (e.op) {
    case checked::Op::literal: return literal(e);
    case checked::Op::today: return add(Op::today, type, 0, 0, 0, e.span);
    case checked::Op::field: case checked::Op::variable: {
      const Spot at = spot(id, scope);
      return add(Op::field, type, 0, quote_.column(at), at.frame, e.span);
    }
    case checked::Op::input: return truth(false);  // a record is never a value
    case checked::Op::parameter: {
      const Scope::Argument& argument = scope.arguments[e.ref];
      return node(argument.value, *argument.scope);
    }
    case checked::Op::call: {
      Scope inner;
      inner.depth = scope.depth;
      for (const ExprId argument : e.children) inner.arguments.push_back({argument, &scope});
      return node(policy_.functions[static_cast<checked::FunctionId>(e.ref)].body, inner);
    }
    case checked::Op::fact: {
      std::uint32_t& made = fact_node_[e.ref];
      if (made == plan::none) {
        const checked::Fact& fact = policy_.facts.items[e.ref];
        const std::uint32_t value = node(fact.value, {});
        fact_node_[e.ref] = value;
        plan_.facts.push_back({tables_.string(fact.name), value, tables_.position(fact.span)});
        return value;
      }
      return made;
    }
    case checked::Op::manager: return add(Op::manager, type, 0, node(e.children[0], scope), 0, e.span);
    case checked::Op::person_id: return node(e.children[0], scope);
    case checked::Op::person_name: return add(Op::person_name, type, 0, node(e.children[0], scope), 0, e.span);
    case checked::Op::builtin: return builtin(e, scope);
    case checked::Op::add: case checked::Op::subtract: return sums(id, scope);
    case checked::Op::multiply: case checked::Op::divide: return product(id, scope);
    case checked::Op::negate: return add(Op::negate, type, 0, node(e.children[0], scope), 0, e.span);
    case checked::Op::fallback: {
      std::uint32_t made = node(e.children.back(), scope);
      for (std::size_t i = e.children.size() - 1; i-- > 0;)
        made = add(Op::fallback, type, 0, node(e.children[i], scope), made, e.span);
      return made;
    }
    case checked::Op::conjunction: return conjunction(children());
    case checked::Op::disjunction: return add_many(Op::disjunction, type, 0, children(), e.span);
    case checked::Op::negation: return negation(node(e.children[0], scope), e.span);
    case checked::Op::compare: {
      const std::uint32_t left = node(e.children[0], scope);
      return add(Op::compare, type, static_cast<std::uint16_t>(e.ref), left, node(e.children[1], scope), e.span);
    }
    case checked::Op::one_of: return add_many(Op::one_of, type, static_cast<std::uint16_t>(e.ref), children(), e.span);
    case checked::Op::between: {
      const std::vector<std::uint32_t> parts = children();
      return conjunction({compare(parts[1], parts[0], plan::Comparison::less_equal, e.span),
                          compare(parts[0], parts[2], plan::Comparison::less_equal, e.span)});
    }
    case checked::Op::starts_with: return text_match(Op::starts_with, e, scope);
    case checked::Op::ends_with: return text_match(Op::ends_with, e, scope);
    case checked::Op::contains: return text_match(Op::contains, e, scope);
    case checked::Op::present: {
      const checked::Expr& operand = policy_.exprs[e.children[0]];
      if (operand.type.base == Base::record) {
        const Spot at = spot(e.children[0], scope);
        const std::uint32_t column = quote_.there(at);
        if (column == plan::none) return truth(true);
        const std::uint32_t there = add(Op::field, plan::Type::boolean, 0, column, at.frame, e.span);
        return add(Op::present, type, 0, there, 0, e.span);
      }
      return add(Op::present, type, 0, node(e.children[0], scope), 0, e.span);
    }
    case checked::Op::count:
    case checked::Op::sum:
    case checked::Op::minimum:
    case checked::Op::maximum:
    case checked::Op::average:
    case checked::Op::distinct: case checked::Op::any: case checked::Op::every:
      return aggregate(e, scope);
    case checked::Op::approved: return add(Op::approved, type, 0, node(e.children[0], scope), 0, e.span);
  }
  return truth(false);
}

std::uint32_t Nodes::text_match(Op op, const checked::Expr& e, const Scope& scope) {
  const std::uint32_t left = node(e.children[0], scope);
  return add(op, plan::Type::boolean, static_cast<std::uint16_t>(e.ref), left, node(e.children[1], scope), e.span);
}

std::uint32_t Nodes::aggregate(const checked::Expr& e, const Scope& scope) {
  const checked::Range& range = policy_.ranges[e.ref];
  Scope inner = scope;
  const Loop loop = open(range, inner);
  if (too_large_) return truth(false);
  const std::uint32_t where = range.where ? node(*range.where, inner) : plan::none;
  const std::uint32_t body = e.children.empty() ? plan::none : node(e.children[0], inner);
  Op op = Op::count;
  switch (e.op) {
    case checked::Op::sum: op = Op::sum; break;
    case checked::Op::minimum: op = Op::minimum; break;
    case checked::Op::maximum: op = Op::maximum; break;
    case checked::Op::average: op = Op::average; break;
    case checked::Op::distinct: op = Op::distinct; break;
    case checked::Op::any: op = Op::any; break;
    case checked::Op::every: op = Op::every; break;
    default: break;
  }
  return add_loop(op, type_of(e.type), where, body, loop, e.span);
}

// a + b - c …: the left spine is walked, not recursed into, so a sum of any length is one flat node.
std::uint32_t Nodes::sums(ExprId id, const Scope& scope) {
  struct Term { ExprId value; bool minus; const checked::Expr* sum; };
  std::vector<Term> terms;  // from the right
  ExprId left = id;
  while (policy_.exprs[left].op == checked::Op::add || policy_.exprs[left].op == checked::Op::subtract) {
    const checked::Expr& e = policy_.exprs[left];
    for (std::size_t i = e.children.size(); i-- > 1;)
      terms.push_back({e.children[i], e.op == checked::Op::subtract, &e});
    left = e.children[0];
  }
  std::vector<std::uint32_t> flat{node(left, scope)};
  checked::Type type = policy_.exprs[left].type;
  Span at = policy_.exprs[left].span;
  const auto close = [&] {
    if (flat.size() > 1) flat = {add_many(Op::add, type_of(type), 0, flat, at)};
    return flat[0];
  };
  for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
    const checked::Type right = policy_.exprs[term->value].type;
    const std::uint32_t value = node(term->value, scope);
    at = term->sum->span;
    if (type.base == Base::date || type.base == Base::instant) {
      flat = {sum_of(type.base, term->minus, close(), value, *term->sum, right)};
    } else {
      flat.push_back(term->minus ? add(Op::negate, type_of(right), 0, value, 0, at) : value);
    }
    type = term->sum->type;
  }
  return close();
}

std::uint32_t Nodes::sum_of(Base base, bool minus, std::uint32_t left, std::uint32_t right, const checked::Expr& e,
                            const checked::Type& right_type) {
  if (right_type.base == Base::date) {  // days between: a plain difference
    return add_many(Op::add, plan::Type::days, 0, {left, add(Op::negate, plan::Type::date, 0, right, 0, e.span)},
                    e.span);
  }
  if (minus) right = add(Op::negate, type_of(right_type), 0, right, 0, e.span);
  const plan::Type type = base == Base::date ? plan::Type::date : plan::Type::instant;
  switch (right_type.base) {
    case Base::months: return add(Op::add_months, type, 0, left, right, e.span);
    case Base::minutes: return add(Op::add_minutes, type, 0, left, right, e.span);
    case Base::business_days: {
      const std::uint16_t calendar = right_type.index == 0 ? 0xffff : static_cast<std::uint16_t>(right_type.index - 1);
      return add(Op::add_business, type, calendar, left, right, e.span);
    }
    default: return add(Op::add_days, type, 0, left, right, e.span);
  }
}

// a * b / c …: the left spine again, but each operation is a node; max_depth bounds how many.
std::uint32_t Nodes::product(ExprId id, const Scope& scope) {
  std::vector<const checked::Expr*> spine;
  ExprId left = id;
  while (policy_.exprs[left].op == checked::Op::multiply || policy_.exprs[left].op == checked::Op::divide) {
    spine.push_back(&policy_.exprs[left]);
    left = policy_.exprs[left].children[0];
  }
  std::uint32_t made = node(left, scope);
  Base base = policy_.exprs[left].type.base;
  for (auto e = spine.rbegin(); e != spine.rend() && !too_large_; ++e) {
    const Base right = policy_.exprs[(*e)->children[1]].type.base;
    int shift = 0;  // percent counts in hundredths
    if ((*e)->op == checked::Op::multiply) {
      const bool both = base == Base::percent && right == Base::percent;
      const bool with_money =
          (base == Base::percent && right == Base::money) || (base == Base::money && right == Base::percent);
      shift = both || with_money ? -2 : 0;
    } else if (base == Base::money && right == Base::percent) {
      shift = 2;
    }
    const Op op = (*e)->op == checked::Op::multiply ? Op::multiply : Op::divide;
    const std::uint32_t factor = node((*e)->children[1], scope);
    made = add(op, type_of((*e)->type), static_cast<std::uint16_t>(static_cast<std::int16_t>(shift)), made, factor,
               (*e)->span);
    base = (*e)->type.base;
  }
  return made;
}

std::uint32_t Nodes::builtin(const checked::Expr& e, const Scope& scope) {
  using checked::Builtin;
  const plan::Type type = type_of(e.type);
  const std::uint32_t a = node(e.children[0], scope);
  const std::uint32_t b = e.children.size() > 1 ? node(e.children[1], scope) : 0;
  const auto one = [&](Op op, int detail = 0) {
    return add(op, type, static_cast<std::uint16_t>(static_cast<std::int16_t>(detail)), a, 0, e.span);
  };
  const auto two = [&](Op op, int detail = 0) {
    return add(op, type, static_cast<std::uint16_t>(detail), a, b, e.span);
  };
  switch (static_cast<Builtin>(e.ref)) {
    case Builtin::abs: return one(Op::absolute);
    case Builtin::round: return two(Op::round, static_cast<int>(Rounding::half_up));
    case Builtin::round_even: return two(Op::round, static_cast<int>(Rounding::half_even));
    case Builtin::round_up: return two(Op::round, static_cast<int>(Rounding::up));
    case Builtin::round_down: return two(Op::round, static_cast<int>(Rounding::down));
    case Builtin::percent: return one(Op::scale, 2);
    case Builtin::number: return one(Op::scale, -2);
    case Builtin::amount: return one(Op::amount);
    case Builtin::currency: return one(Op::currency);
    case Builtin::money: return two(Op::money);
    case Builtin::convert: return two(Op::convert);
    case Builtin::year: return one(Op::year);
    case Builtin::month: return one(Op::month);
    case Builtin::day: return one(Op::day);
    case Builtin::date: return one(Op::date_of);
    case Builtin::days: return a;
    case Builtin::length: return one(Op::length);
    case Builtin::has_role: return two(Op::has_role);
  }
  return a;
}

}  // namespace assent::compiler
