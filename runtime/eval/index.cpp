#include "runtime/eval/index.h"

#include <algorithm>

#include "runtime/plan/print.h"

namespace assent::eval {

using plan::Comparison;
using plan::Node;
using plan::Op;

struct RuleIndex::Atom {
  std::uint32_t rule;
  std::uint32_t node;     // the comparison
  std::uint32_t subject;  // what is compared
  Comparison comparison;
  std::vector<std::uint32_t> constants;  // ids; one but for one_of
};

namespace {

Comparison turned(Comparison comparison) {
  switch (comparison) {
    case Comparison::less: return Comparison::greater;
    case Comparison::less_equal: return Comparison::greater_equal;
    case Comparison::greater: return Comparison::less;
    case Comparison::greater_equal: return Comparison::less_equal;
    case Comparison::equal: case Comparison::not_equal: break;
  }
  return comparison;
}

void set(std::vector<std::uint64_t>& bits, std::uint32_t i) { bits[i / 64] |= std::uint64_t{1} << (i % 64); }

}  // namespace

// The comparisons of a condition that can rule it out, each alone.
void RuleIndex::collect(std::uint32_t rule, std::uint32_t id, std::vector<Atom>& atoms) const {
  const Node& node = plan_.nodes[id];
  if (node.op == Op::conjunction) {
    for (std::uint32_t i = 0; i < node.b; ++i) collect(rule, plan_.operands[node.a + i], atoms);
    return;
  }
  const auto constant = [&](std::uint32_t operand) { return plan_.nodes[operand].op == Op::constant; };
  const auto text_like = [&](std::uint32_t operand) {
    return constant_value(plan_, plan_.constants[plan_.nodes[operand].a]).kind == Value::Kind::text;
  };
  if (node.op == Op::one_of && (node.detail & plan::ignoring_case) == 0) {
    Atom atom{rule, id, plan_.operands[node.a], Comparison::equal, {}};
    if (facts_.open[atom.subject] || constant(atom.subject)) return;
    for (std::uint32_t i = 1; i < node.b; ++i) {
      const std::uint32_t operand = plan_.operands[node.a + i];
      if (!constant(operand) || plan_.nodes[operand].type == plan::Type::money) return;
      atom.constants.push_back(plan_.nodes[operand].a);
    }
    atoms.push_back(std::move(atom));
  } else if (node.op == Op::compare && (node.detail & plan::ignoring_case) == 0) {
    const bool right = constant(node.b);
    if (right == constant(node.a)) return;
    const std::uint32_t subject = right ? node.a : node.b;
    const std::uint32_t value = right ? node.b : node.a;
    auto comparison = static_cast<Comparison>(node.detail & 7);
    if (!right) comparison = turned(comparison);
    const bool money = plan_.nodes[value].type == plan::Type::money;
    if (facts_.open[subject] || comparison == Comparison::not_equal) return;
    if (comparison == Comparison::equal ? money : text_like(value)) return;
    atoms.push_back({rule, id, subject, comparison, {plan_.nodes[value].a}});
  }
}

void RuleIndex::place(const Atom& atom) {
  const plan::Constant& first = plan_.constants[atom.constants[0]];
  const Currency unit = first.type == plan::Type::money ? first.unit : 0;
  const std::uint64_t key = std::uint64_t{atom.subject} << 32 | unit;
  const auto [it, fresh] = subject_of_.try_emplace(key, subjects_.size());
  if (fresh) {
    subjects_.emplace_back();
    subjects_.back().node = atom.subject;
    subjects_.back().unit = unit;
  }
  Subject& subject = subjects_[it->second];
  subject.rules.push_back(atom.rule);
  access_[atom.rule] = atom.node;
  for (const std::uint32_t id : atom.constants) {
    const Value value = constant_value(plan_, plan_.constants[id]);
    const bool closed = atom.comparison == Comparison::greater_equal || atom.comparison == Comparison::less_equal;
    switch (atom.comparison) {
      case Comparison::equal:
        if (value.kind == Value::Kind::text) subject.texts[value.text()].push_back(atom.rule);
        else subject.numbers[hash(value.decimal())].emplace_back(value.decimal(), atom.rule);
        break;
      case Comparison::greater: case Comparison::greater_equal: subject.above.push_back({value.decimal(), closed, atom.rule}); break;
      case Comparison::less: case Comparison::less_equal: subject.below.push_back({value.decimal(), closed, atom.rule}); break;
      case Comparison::not_equal: break;
    }
  }
}

RuleIndex::RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts)
    : plan_(plan), facts_(facts), rule_count_(plan.rules.size()), always_(rule_words(), 0), access_(plan.rules.size(), plan::none) {
  // An equality rules out more than a bound, and the more different constants a value is compared
  // with, the more one of them rules out.
  std::vector<std::vector<Atom>> atoms(rule_count_);
  std::unordered_map<std::uint32_t, std::size_t> constants_of;  // equalities only
  std::unordered_map<std::uint64_t, bool> counted;
  for (std::uint32_t r = 0; r < rule_count_; ++r) {
    if (plan.rules[r].effective_on != plan::none) continue;  // its date is looked at before its condition
    collect(r, plan.rules[r].condition, atoms[r]);
    for (const Atom& atom : atoms[r]) {
      if (atom.comparison != Comparison::equal) continue;
      for (const std::uint32_t constant : atom.constants) {
        if (counted.try_emplace(std::uint64_t{atom.subject} << 32 | constant, true).second) ++constants_of[atom.subject];
      }
    }
  }
  for (std::uint32_t r = 0; r < rule_count_; ++r) {
    const Atom* best = nullptr;
    std::size_t best_score = 0;
    for (const Atom& atom : atoms[r]) {
      const bool equal = atom.comparison == Comparison::equal;
      const std::size_t score = equal ? 2 + constants_of[atom.subject] * 16 / atom.constants.size() : 1;
      if (score > best_score) {
        best = &atom;
        best_score = score;
      }
    }
    if (best == nullptr) set(always_, r);
    else place(*best);
  }
  for (Subject& subject : subjects_) {
    std::sort(subject.above.begin(), subject.above.end(), [](const Bound& a, const Bound& b) {
      const int order = compare(a.value, b.value);
      return order != 0 ? order < 0 : a.closed != b.closed ? a.closed : a.rule < b.rule;
    });
    std::sort(subject.below.begin(), subject.below.end(), [](const Bound& a, const Bound& b) {
      const int order = compare(a.value, b.value);
      return order != 0 ? order > 0 : a.closed != b.closed ? a.closed : a.rule < b.rule;
    });
  }
}

void RuleIndex::candidates(Machine& machine, std::vector<std::uint64_t>& rules) const {
  rules.assign(always_.begin(), always_.end());
  for (const Subject& subject : subjects_) {
    const Value value = machine.eval(subject.node);
    const bool usable = value.kind == Value::Kind::text || value.kind == Value::Kind::number ||
                        (value.kind == Value::Kind::money && (value.unit == subject.unit || value.unit == 0));
    if (!usable) {
      for (const std::uint32_t rule : subject.rules) set(rules, rule);
      continue;
    }
    if (value.kind == Value::Kind::text) {
      if (const auto it = subject.texts.find(value.text()); it != subject.texts.end()) {
        for (const std::uint32_t rule : it->second) set(rules, rule);
      }
      continue;
    }
    const Decimal number = value.decimal();
    if (!subject.numbers.empty()) {
      if (const auto it = subject.numbers.find(hash(number)); it != subject.numbers.end()) {
        for (const auto& [constant, rule] : it->second) {
          if (compare(constant, number) == 0) set(rules, rule);
        }
      }
    }
    const auto above = std::partition_point(subject.above.begin(), subject.above.end(), [&](const Bound& bound) {
      const int order = compare(number, bound.value);
      return order > 0 || (order == 0 && bound.closed);
    });
    for (auto it = subject.above.begin(); it != above; ++it) set(rules, it->rule);
    const auto below = std::partition_point(subject.below.begin(), subject.below.end(), [&](const Bound& bound) {
      const int order = compare(number, bound.value);
      return order < 0 || (order == 0 && bound.closed);
    });
    for (auto it = subject.below.begin(); it != below; ++it) set(rules, it->rule);
  }
}

std::string RuleIndex::access(std::uint32_t rule) const {
  return access_[rule] == plan::none ? "always" : plan::print_node(plan_, access_[rule]);
}

}  // namespace assent::eval
