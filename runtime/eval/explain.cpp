// Why each rule applies or does not, from the same rows and values that decided. Computed only when
// someone asks. Entry: Evaluator::explain.
#include <algorithm>
#include <unordered_map>

#include "runtime/eval/evaluator.h"
#include "runtime/plan/print.h"
#include "runtime/value/date.h"
#include "runtime/value/value_text.h"

namespace assent {

namespace {

Condition condition_of(const plan::Plan& plan, eval::Machine& machine, std::uint32_t node) {
  Condition condition;
  condition.text = plan::print_node(plan, node);
  const Value value = machine.eval_condition(node);
  if (value.is_fault()) {
    condition.answer = Condition::Answer::fault;
    condition.fault = text(value.fault);
  } else {
    condition.answer = value.is_true() ? Condition::Answer::yes : Condition::Answer::no;
  }
  for (const plan::Named& read : plan::reads_of(plan, node)) {
    if (read.node == node) continue;  // it would say the answer again
    condition.values.emplace_back(read.name, value_text(machine.eval(read.node), plan.nodes[read.node].type));
  }
  return condition;
}

// The parts of a condition that are no `and` or `or` themselves, in the order of the source.
void atoms(const plan::Plan& plan, eval::Machine& machine, std::uint32_t node, std::vector<Condition>& out) {
  const plan::Node& n = plan.nodes[node];
  if (n.op == plan::Op::conjunction || n.op == plan::Op::disjunction) {
    for (std::uint32_t i = 0; i < n.b; ++i) atoms(plan, machine, plan.operands[n.a + i], out);
    return;
  }
  if (n.op == plan::Op::constant) return;  // `always`
  out.push_back(condition_of(plan, machine, node));
}

// The first atom that keeps a condition from being true.
Condition culprit(const plan::Plan& plan, eval::Machine& machine, std::uint32_t node) {
  const plan::Node& n = plan.nodes[node];
  if (n.op == plan::Op::conjunction) {
    for (std::uint32_t i = 0; i < n.b; ++i) {
      const std::uint32_t operand = plan.operands[n.a + i];
      if (!machine.eval_condition(operand).is_true()) return culprit(plan, machine, operand);
    }
  }
  return condition_of(plan, machine, node);
}

// What a path leaves out, by name, and why.
void skipped(const plan::Plan& plan, eval::Machine& machine, std::uint32_t path,
             std::vector<std::pair<std::string, Condition>>& out) {
  const plan::PathNode p = plan.path(path);
  if (p.kind == plan::PathKind::step) return;
  if (p.kind == plan::PathKind::conditional) {
    if (machine.eval_condition(p.a).is_true()) return skipped(plan, machine, p.b, out);
    const Condition why = culprit(plan, machine, p.a);
    std::vector<std::uint32_t> open{p.b};
    while (!open.empty()) {
      const plan::PathNode part = plan.path(open.back());
      open.pop_back();
      if (part.kind == plan::PathKind::step) out.emplace_back(plan.string(plan.steps[part.a].key), why);
      else if (part.kind == plan::PathKind::conditional) open.push_back(part.b);
      else for (std::uint32_t i = part.b; i-- > 0;) open.push_back(plan.path_children[part.a + i]);
    }
    return;
  }
  for (std::uint32_t i = 0; i < p.b; ++i) skipped(plan, machine, plan.path_children[p.a + i], out);
}

std::string exclusion(const plan::Scope& scope, const World& world, eval::Machine& machine) {
  if ((scope.states >> static_cast<unsigned>(world.state) & 1) == 0)
    return "not in state " + std::string(text(world.state));
  std::int32_t day = world.today;
  if (scope.effective_on != plan::none) {
    const Value date = machine.eval_condition(scope.effective_on);
    const auto days = date.kind == Value::Kind::number ? to_int64(date.decimal()) : std::nullopt;
    if (!days || *days < min_date.days || *days > max_date.days) return {};
    day = static_cast<std::int32_t>(*days);
  }
  if (day < scope.first_day || day > scope.last_day) return "not effective on " + text(Date{day});
  return {};
}

}  // namespace

Explanation Evaluator::Scratch::explain() {
  Explanation all;
  if (!decided) return all;
  const plan::Plan& plan = policy->plan;
  std::unordered_map<std::uint32_t, const RuleRow*> decided_rules;
  for (const RuleRow& row : rule_rows) decided_rules.emplace(row.plan_rule, &row);
  for (std::uint32_t id = 0; id < plan.rules.size(); ++id) {
    const plan::Rule& rule = plan.rules[id];
    const plan::Scope& scope = plan.scope(rule);
    RuleExplanation why;
    why.name = plan.string(rule.name);
    why.title = plan.string(rule.title);
    why.location = plan::location(plan, rule.position);
    const auto found = decided_rules.find(id);
    const RuleRow* row = found == decided_rules.end() ? nullptr : found->second;
    if (row != nullptr) {
      why.status = row->status;
      if (row->band != plan::none) why.band = plan.string(row->band);
    }
    why.excluded = exclusion(scope, world, machine);
    bool on_row = true;
    if (scope.table != plan::none) {  // the first row that fired, or the first there is
      const Rows::Table& table = rows.tables[scope.table];
      on_row = table.first[0] < table.first[1];
      if (row != nullptr && row->lines.count > 0) why.line = rule_lines[row->lines.first];
      else if (on_row) why.line = table.first[0];
      if (on_row) machine.stand_on(1, why.line);
    }
    if (why.excluded.empty() && on_row) {
      if (scope.where != plan::none) atoms(plan, machine, scope.where, why.conditions);
      atoms(plan, machine, rule.condition, why.conditions);
      const bool fired = row != nullptr && row->status != RuleStatus::not_applicable;
      for (std::uint32_t i = 0; i < rule.consequences.count; ++i) {
        const plan::Consequence& consequence = plan.consequences[rule.consequences.first + i];
        const std::uint32_t band = plan.band(consequence).condition;
        const bool taken = band == plan::none || machine.eval_condition(band).is_true();
        if (band != plan::none && fired && taken) atoms(plan, machine, band, why.conditions);
        if (fired && taken && consequence.kind == plan::ConsequenceKind::requires_path)
          skipped(plan, machine, consequence.target, why.skipped);
      }
    }
    all.rules.push_back(std::move(why));
  }
  return all;
}

std::optional<std::string> Evaluator::Scratch::fact(std::string_view name) {
  const plan::Plan& plan = policy->plan;
  if (!decided) return std::nullopt;
  for (const plan::Fact& fact : plan.facts) {
    if (plan.string(fact.name) == name) return value_text(machine.eval(fact.node), plan.nodes[fact.node].type);
  }
  return std::nullopt;
}

}  // namespace assent
