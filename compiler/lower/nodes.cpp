// Expressions to nodes, functions inlined; fold.cpp makes each node once. Entry: Nodes::node.
//
// A loop's frame is one more than the frames in use where it stands; a fact stands nowhere, so its
// loops start again at frame 1 and every use of it is the same node.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/lower/builder.h"
#include "runtime/plan/constants.h"

namespace assent::compiler {

using checked::Base;
using checked::ExprId;
using plan::Op;

Nodes::Nodes(plan::Plan& plan, Tables& tables, Quote& quote, const checked::Policy& policy, Sink& sink,
             std::vector<std::uint32_t>* node_of)
    : plan_(plan),
      tables_(tables),
      quote_(quote),
      policy_(policy),
      sink_(sink),
      fact_node_(policy.facts.size(), plan::none),
      node_of_(node_of) {
  if (node_of_ != nullptr) node_of_->assign(policy.exprs.size(), plan::none);
}

Value literal_value(const checked::Policy& policy, checked::ExprId id) {
  const checked::Expr* e = &policy.exprs[id];
  bool minus = false;
  for (; e->op == checked::Op::negate; e = &policy.exprs[e->children[0]]) minus = !minus;
  const checked::Literal& literal = policy.literals[e->ref];
  if (plan::is_text(plan_type(e->type))) return Value::of(std::string_view(literal.text));
  const Decimal number = minus ? negate(literal.number) : literal.number;
  return e->type.base == Base::money ? Value::of(number, currency(literal.text)) : Value::of(number);
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
  if (node_of_ != nullptr && scope.arguments.empty()) (*node_of_)[static_cast<std::size_t>(id)] = made;
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
  const plan::Type type = plan_type(e.type);
  switch (e.op) {
    case checked::Op::literal: return constant(literal_value(policy_, id), type, e.span);
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
  return add_loop(op, plan_type(e.type), where, body, loop, e.span);
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
    if (flat.size() > 1) flat = {add_many(Op::add, plan_type(type), 0, flat, at)};
    return flat[0];
  };
  for (auto term = terms.rbegin(); term != terms.rend(); ++term) {
    const checked::Type right = policy_.exprs[term->value].type;
    const std::uint32_t value = node(term->value, scope);
    at = term->sum->span;
    if (type.base == Base::date || type.base == Base::instant) {
      flat = {sum_of(type.base, term->minus, close(), value, *term->sum, right)};
    } else {
      flat.push_back(term->minus ? add(Op::negate, plan_type(right), 0, value, 0, at) : value);
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
  if (minus) right = add(Op::negate, plan_type(right_type), 0, right, 0, e.span);
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
    made = add(op, plan_type((*e)->type), static_cast<std::uint16_t>(static_cast<std::int16_t>(shift)), made, factor,
               (*e)->span);
    base = (*e)->type.base;
  }
  return made;
}

std::uint32_t Nodes::builtin(const checked::Expr& e, const Scope& scope) {
  using checked::Builtin;
  const plan::Type type = plan_type(e.type);
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
