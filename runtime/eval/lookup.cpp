#include "runtime/eval/lookup.h"

#include <algorithm>

#include "runtime/plan/comparison.h"
#include "runtime/plan/constants.h"

namespace assent::eval {

using plan::Comparison;
using plan::Node;
using plan::Op;

Lookups::Lookups(const plan::Plan& plan, const plan::NodeFacts& facts)
    : plan_(plan), facts_(facts), first_subject_(plan.nodes.size(), plan::none) {}

std::span<const Term> Lookups::terms(const plan::Rule& rule, std::size_t most) {
  const plan::Scope& scope = plan_.scope(rule);
  table_ = scope.table;
  looked_ = 0;
  most_terms_ = std::min(most, max_terms);
  terms_.assign(1, Term{});
  if (scope.where != plan::none) narrow(terms_, scope.where, false);
  narrow(terms_, rule.condition, false);
  return terms_;
}

// ── subjects ─────────────────────────────────────────────────────────────────────────────────
std::uint32_t Lookups::subject(const Subject& wanted) {
  for (std::uint32_t id = first_subject_[wanted.node]; id != plan::none; id = next_subject_[id]) {
    const Subject& known = subjects_[id];
    if (known.how == wanted.how && known.length == wanted.length && known.constants.first == wanted.constants.first &&
        known.constants.count == wanted.constants.count)
      return id;
  }
  const auto id = static_cast<std::uint32_t>(subjects_.size());
  subjects_.push_back(wanted);
  subjects_.back().table = facts_.open[wanted.node] ? table_ : plan::none;
  next_subject_.push_back(first_subject_[wanted.node]);
  first_subject_[wanted.node] = id;
  return id;
}

// The node, as it is compared with the constant.
std::uint32_t Lookups::subject(std::uint32_t node, std::uint32_t constant) {
  const plan::Type type = plan_.constants[constant].type;
  if (plan::is_text(type)) return subject({node, Subject::How::text, type, 0, 0, 0, {}});
  for (std::uint32_t id = first_subject_[node]; id != plan::none; id = next_subject_[id]) {
    if (constant - subjects_[id].constants.first < subjects_[id].constants.count) return id;
  }
  const Currency unit = type == plan::Type::money ? plan_.constants[constant].unit : 0;
  const auto order = [&](const plan::Constant& each) {  // before, within or after the run
    if (each.type != type) return each.type < type ? -1 : 1;
    if (plan::is_text(each.type) || each.unit == unit) return 0;
    return each.unit < unit ? -1 : 1;
  };
  const auto first = std::partition_point(plan_.constants.begin(), plan_.constants.end(),
                                          [&](const auto& each) { return order(each) < 0; });
  const auto last =
      std::partition_point(first, plan_.constants.end(), [&](const auto& each) { return order(each) == 0; });
  const plan::Slice run{static_cast<std::uint32_t>(first - plan_.constants.begin()),
                        static_cast<std::uint32_t>(last - first)};
  return subject({node, Subject::How::number, type, unit, 0, 0, run});
}

std::uint32_t Lookups::constant_of(std::uint32_t node) const {
  return plan_.nodes[node].op == Op::constant ? plan_.nodes[node].a : plan::none;
}

// ── terms ────────────────────────────────────────────────────────────────────────────────────
void Lookups::add(Term& term, const Part& part) {
  if (term.count == max_parts) term.whole = false;
  else term.parts[term.count++] = part;
}

void Lookups::add(Terms& terms, const Part& part) {
  for (Term& term : terms) add(term, part);
}

void Lookups::add_truth(Terms& terms, std::uint32_t node, bool negated) {
  const std::uint32_t by = subject({node, Subject::How::truth, plan::Type::boolean, 0, 0, 0, {}});
  add(terms, {Part::Kind::equal, node, by, negated ? 0u : 1u});
}

// Each term is to hold together with one of the choices; where that would be too many terms, with `node` as a whole.
void Lookups::narrow_by(Terms& terms, std::uint32_t node, bool negated, const Terms& choices) {
  if (terms.size() * choices.size() > most_terms_) return add_truth(terms, node, negated);
  Terms product;
  for (const Term& term : terms) {
    for (const Term& choice : choices) {
      Term& both = product.emplace_back(term);
      both.whole = term.whole && choice.whole;
      for (const Part& part : choice.all()) add(both, part);
    }
  }
  terms = std::move(product);
}

Lookups::Terms Lookups::any_of(std::span<const std::uint32_t> nodes, bool negated) {
  Terms all;
  for (const std::uint32_t node : nodes) {
    Terms one(1, Term{});
    narrow(one, node, negated);
    all.insert(all.end(), one.begin(), one.end());
    if (all.size() > max_terms) break;  // narrow_by() will refuse them
  }
  return all;
}

void Lookups::narrow(Terms& terms, std::span<const std::uint32_t> nodes, bool negated) {
  for (const std::uint32_t node : nodes) narrow(terms, node, negated);
}

// Whether the comparison is with a constant and so can be looked up.
bool Lookups::narrow_by_comparison(Terms& terms, std::uint32_t id, bool negated) {
  const Node& node = plan_.nodes[id];
  const bool right = constant_of(node.b) != plan::none;
  if ((node.detail & plan::ignoring_case) != 0 || right == (constant_of(node.a) != plan::none)) return false;
  const std::uint32_t k = constant_of(right ? node.b : node.a);
  const std::uint32_t by = subject(right ? node.a : node.b, k);
  auto comparison = static_cast<Comparison>(node.detail & 7);
  if (!right) comparison = plan::turned(comparison);
  if (negated) comparison = plan::opposite(comparison);
  if (subjects_[by].is_text()) {
    if (comparison == Comparison::equal) add(terms, {Part::Kind::equal, id, by, plan_.constants[k].unit});
    return comparison == Comparison::equal;
  }
  const auto part = [&](Part::Kind kind, std::uint32_t place) { return Part{kind, id, by, place}; };
  switch (comparison) {
    case Comparison::equal: add(terms, part(Part::Kind::equal, 2 * k + 1)); break;
    case Comparison::greater: add(terms, part(Part::Kind::least, 2 * k + 2)); break;
    case Comparison::greater_equal: add(terms, part(Part::Kind::least, 2 * k + 1)); break;
    case Comparison::less: add(terms, part(Part::Kind::most, 2 * k)); break;
    case Comparison::less_equal: add(terms, part(Part::Kind::most, 2 * k + 1)); break;
    case Comparison::not_equal: {
      Terms sides(2, Term{});
      add(sides[0], part(Part::Kind::most, 2 * k));
      add(sides[1], part(Part::Kind::least, 2 * k + 2));
      narrow_by(terms, id, negated, sides);
      break;
    }
    default: return false;
  }
  return true;
}

// `starts with`, `ends with`: as many bytes of the text as the constant has are equal to it.
bool Lookups::narrow_by_affix(Terms& terms, std::uint32_t id) {
  const Node& node = plan_.nodes[id];
  const std::uint32_t k = constant_of(node.b);
  if (node.detail != 0 || k == plan::none || constant_of(node.a) != plan::none) return false;
  if (!plan::is_text(plan_.constants[k].type)) return false;
  const std::uint32_t part = plan_.constants[k].unit;
  const auto how = node.op == Op::starts_with ? Subject::How::head : Subject::How::tail;
  const auto length = static_cast<std::uint32_t>(plan_.string(part).size());
  add(terms, {Part::Kind::equal, id, subject({node.a, how, plan::Type::text, 0, length, 0, {}}), part});
  return true;
}

// Whether all that `is one of` lists are constants of one kind.
bool Lookups::choices_of(std::uint32_t id, Terms& choices) {
  const Node& node = plan_.nodes[id];
  const std::uint32_t value = plan_.operands[node.a];
  const bool equal = node.detail == static_cast<std::uint16_t>(Comparison::equal);
  if (!equal || constant_of(value) != plan::none || node.b > max_terms) return false;
  for (std::uint32_t i = 1; i < node.b; ++i) {
    const std::uint32_t k = constant_of(plan_.operands[node.a + i]);
    if (k == plan::none) return false;
    const std::uint32_t by = subject(value, k);
    const std::uint32_t named = subjects_[by].is_text() ? plan_.constants[k].unit : 2 * k + 1;
    add(choices.emplace_back(), {Part::Kind::equal, id, by, named});
  }
  return true;
}

void Lookups::narrow(Terms& terms, std::uint32_t id, bool negated) {
  if (terms.empty()) return;
  if (++looked_ > max_looked) {
    for (Term& term : terms) term.whole = false;
    return;
  }
  const Node& node = plan_.nodes[id];
  const auto operands = [&] { return std::span(plan_.operands).subspan(node.a, node.b); };
  switch (node.op) {
    case Op::constant:
      if (plan_.constants[node.a].type != plan::Type::boolean) break;
      if ((plan::number_of(plan_, plan_.constants[node.a]).coefficient != 0) == negated) terms.clear();
      return;
    case Op::negation: return narrow(terms, node.a, !negated);
    case Op::conjunction:
    case Op::disjunction:
      if ((node.op == Op::conjunction) != negated) return narrow(terms, operands(), negated);
      return narrow_by(terms, id, negated, any_of(operands(), negated));
    case Op::compare:
      if (narrow_by_comparison(terms, id, negated)) return;
      break;
    case Op::one_of:
      if (Terms choices; !negated && choices_of(id, choices)) return narrow_by(terms, id, negated, choices);
      break;
    case Op::starts_with:
    case Op::ends_with:
      if (!negated && narrow_by_affix(terms, id)) return;
      break;
    default: break;
  }
  add_truth(terms, id, negated);
}

}  // namespace assent::eval
