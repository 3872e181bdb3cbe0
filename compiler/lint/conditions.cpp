// What is true of all quotes, or of none: conditions by themselves, beside each other, and in paths.
//
// Of an expression that is always or never true, the smallest such part is told, once. Of conditions that contradict
// each other the fewest that do are named.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/lint/linter.h"
#include "runtime/plan/constants.h"
#include "runtime/plan/print.h"

namespace assent::compiler::lint {

using checked::Op;

namespace {

// Conditions beside each other of which each is compared with all others: the time is the square of it.
constexpr std::size_t max_beside = 64;

}  // namespace

void Linter::look_at_conditions() {
  for (const checked::Fact& fact : policy_.facts.items) look_at(fact.value);
  may_fire_.resize(policy_.rules.size());
  for (std::size_t i = 0; i < policy_.rules.size(); ++i) look_at_rule(i);
  if (policy_.otherwise == plan::Otherwise::requires_path) look_at_path(policy_.otherwise_path, {});
  look_at_branches();
  if (policy_.orders) look_at_phases();
  look_at_currencies();
}

// A constant that has a name is a switch, which somebody may turn.
bool Linter::is_switch(ExprId e) const {
  const checked::Expr& each = expr(e);
  return each.op == Op::fact || each.op == Op::call ||
         std::any_of(each.children.begin(), each.children.end(), [&](ExprId child) { return is_switch(child); });
}

// Whether it asks if something is there: what then is computed has no result without, so that it is never idle. Not of
// rows of its own.
bool Linter::asks_presence(std::uint32_t id) const {
  const plan::Plan& plan = *subject_.plan;
  std::vector<std::uint32_t> open{id};
  std::set<std::uint32_t> seen;
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (!seen.insert(at).second) continue;
    const plan::Node& node = plan.nodes[at];
    if (node.op == plan::Op::present) return true;
    switch (plan::info(node.op).operands) {
      case plan::Operands::many:
        open.insert(open.end(), plan.operands.begin() + node.a, plan.operands.begin() + node.a + node.b);
        break;
      case plan::Operands::two: open.push_back(node.b); [[fallthrough]];
      case plan::Operands::one: open.push_back(node.a); break;
      default: break;
    }
  }
  return false;
}

void Linter::look_at(ExprId e) {
  if (expr(e).type.base == checked::Base::boolean && look_at_whole(e)) return;
  look_at_parts(expr(e));
}

void Linter::look_at_parts(const checked::Expr& e) {
  for (const ExprId child : e.children) look_at(child);
  switch (e.op) {
    case Op::count: case Op::sum: case Op::minimum: case Op::maximum: case Op::average: case Op::distinct:
    case Op::any: case Op::every:
      if (const auto& where = policy_.ranges[e.ref].where) look_at(*where);
      return;
    case Op::conjunction:
    case Op::disjunction: break;
    default: return;
  }
  // One that follows from the others of a conjunction, or that gives way to them in a disjunction.
  const bool all = e.op == Op::conjunction;
  if (e.children.size() > max_beside) return;
  for (const ExprId one : e.children) {
    if (!is_ours(expr(one).span) || node(one) == plan::none || asks_presence(node(one))) continue;
    std::vector<Demand> demands{{node(one), Demand::Kind::truth, !all}};
    for (const ExprId other : e.children)
      if (other != one && node(other) != plan::none) demands.push_back({node(other), Demand::Kind::truth, all});
    if (demands.size() != e.children.size() || !never(std::move(demands))) continue;
    Found& found = report(Rule::implied_condition, expr(one).span,
                          all ? said(one) + " follows from what stands beside it"
                              : said(one) + " is true only where another of these is");
    for (const ExprId other : e.children) {
      if (other == one) continue;
      std::vector<Demand> pair{{node(one), Demand::Kind::truth, !all}, {node(other), Demand::Kind::truth, all}};
      if (never(std::move(pair))) found.label(expr(other).span, all ? "from this" : "this one");
    }
    return;  // of two that follow from each other, one can go
  }
}

// Whether something was found of the whole.
bool Linter::look_at_whole(ExprId e) {
  const checked::Expr& whole = expr(e);
  const std::uint32_t id = node(e);
  if (id == plan::none || !is_ours(whole.span) || whole.op == Op::literal) return false;
  const bool constant = subject_.plan->nodes[id].op == plan::Op::constant;
  if (constant && is_switch(e)) return true;
  if (whole.op == Op::fact && is_ours(policy_.facts.items[whole.ref].span)) return false;  // it is looked at itself
  const bool never_true = never({holds(id)}), never_false = never({fails(id)});
  if (never_true == never_false) return false;  // both: it cannot be computed, which is told when it is
  for (const ExprId child : whole.children) {   // a part that says it all
    if (expr(child).type.base != checked::Base::boolean || node(child) == plan::none) continue;
    if (look_at_whole(child)) return true;
  }
  const auto compared = constant ? std::nullopt : possible_->terms().relation(id, true);
  const Interval range = compared ? possible_->terms().range_of(compared->node) : Interval{};
  if (compared && (range.low || range.high)) {
    std::string reach = plan::print_node(*subject_.plan, compared->node) + " is";
    if (range.low) reach += (range.low->closed ? " at least " : " more than ") + text(range.low->at);
    if (range.low && range.high) reach += " and";
    if (range.high) reach += (range.high->closed ? " at most " : " less than ") + text(range.high->at);
    report(Rule::out_of_range, whole.span, fmt::format("{} is {} true", said(e), never_true ? "never" : "always"))
        .primary_text(reach);
    return true;
  }
  report(never_true ? Rule::never_true : Rule::always_true, whole.span,
         fmt::format("{} is {} true", said(e), never_true ? "never" : "always"));
  return true;
}

// ── rules ────────────────────────────────────────────────────────────────────────────────────
void Linter::add_conditions(ExprId e, bool wanted, std::vector<Condition>& out) const {
  const checked::Expr& each = expr(e);
  if (each.op == (wanted ? Op::conjunction : Op::disjunction)) {
    for (const ExprId child : each.children) add_conditions(child, wanted, out);
  } else if (each.op == Op::negation) {
    add_conditions(each.children[0], !wanted, out);
  } else if (node(e) != plan::none) {
    out.push_back({e, wanted, {node(e), Demand::Kind::truth, wanted}});
  }
}

std::vector<Linter::Condition> Linter::conditions_of(const checked::Rule& rule) const {
  std::vector<Condition> conditions;
  if (rule.range && rule.range->where) add_conditions(*rule.range->where, true, conditions);
  for (const ExprId when : rule.when) add_conditions(when, true, conditions);
  for (const ExprId unless : rule.unless) add_conditions(unless, false, conditions);
  return conditions;
}

// As few of these as contradict each other.
std::vector<Linter::Condition> Linter::core_of(std::vector<Condition> conditions) {
  for (std::size_t i = conditions.size(); i-- > 0 && conditions.size() <= max_beside;) {
    std::vector<Demand> others;
    for (std::size_t k = 0; k < conditions.size(); ++k)
      if (k != i) others.push_back(conditions[k].demand);
    if (never(std::move(others))) conditions.erase(conditions.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return conditions;
}

void Linter::look_at_rule(std::size_t id) {
  const checked::Rule& rule = policy_.rules.items[id];
  const std::size_t before = found_.size();
  if (rule.range && rule.range->where) look_at(*rule.range->where);
  for (const ExprId when : rule.when) look_at(when);
  for (const ExprId unless : rule.unless) look_at(unless);
  const std::vector<Condition> conditions = conditions_of(rule);
  std::vector<Demand> given;
  for (const Condition& each : conditions) given.push_back(each.demand);
  may_fire_[id] = !never(given);
  if (!may_fire_[id]) {
    if (found_.size() > before) return;  // which was told of one of them
    const std::vector<Condition> core = core_of(conditions);
    Found& found = report(Rule::never_fires, rule.span, fmt::format("`{}` never fires", rule.name));
    for (const Condition& each : core) {
      if (&each == &core.front())
        found.label(expr(each.e).span, each.holds ? "this must be true" : "this must be false");
      else found.label(expr(each.e).span, each.holds ? "and so must this" : "and this must be false");
    }
    return;
  }
  if (found_.size() == before &&
      conditions.size() > 1) {  // of clauses beside each other; those inside one were looked at
    for (std::size_t i = 0; i < conditions.size(); ++i) {
      std::vector<Demand> demands = given;
      demands[i].holds = !demands[i].holds;
      if (!is_ours(expr(conditions[i].e).span) || asks_presence(conditions[i].demand.node) ||
          !never(std::move(demands)))
        continue;
      report(Rule::implied_condition, expr(conditions[i].e).span,
             fmt::format("{} follows from the other conditions of `{}`", said(conditions[i].e), rule.name));
      break;
    }
  }
  const plan::Slice& planned = subject_.plan->rules[id].consequences;
  for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
    const checked::Consequence& each = rule.consequences[i];
    std::vector<Demand> here = given;
    const std::uint32_t band = subject_.plan->band(subject_.plan->consequences[planned.first + i]).condition;
    if (band != plan::none) here.push_back(holds(band));
    if (rule.by && never(here)) {
      report(Rule::dead_branch, each.span, fmt::format("no quote comes to this band of `{}`", rule.name))
          .help("leave it out, or correct its bound");
      continue;
    }
    if (each.kind == plan::ConsequenceKind::requires_path) look_at_path(each.path, here);
  }
}

// A chain is walked for each rule that demands it: what is said of its conditions must be so for all.
void Linter::look_at_path(checked::PathId id, const std::vector<Demand>& given) {
  const checked::Path& path = policy_.paths[id];
  std::vector<Demand> inside = given;
  if (path.kind == plan::PathKind::conditional) {
    const std::uint32_t condition = node(path.condition);
    if (condition != plan::none && is_ours(expr(path.condition).span)) {
      inside.push_back(holds(condition));
      std::vector<Demand> otherwise = given;
      otherwise.push_back(fails(condition));
      const bool dead = never(inside);
      Branch& branch = branches_[path.condition];
      ++branch.uses;
      branch.dead += dead;
      branch.needless += !dead && never(std::move(otherwise));
      if (dead) return;
    }
  }
  for (const checked::PathId child : path.children) look_at_path(child, inside);
}

void Linter::look_at_branches() {
  for (const auto& [condition, branch] : branches_) {
    const Span span = expr(condition).span;
    const std::size_t before = found_.size();
    look_at(condition);
    if (found_.size() > before) continue;  // it says so itself, wherever it stands
    if (branch.dead == branch.uses)
      report(Rule::dead_branch, span, said(condition) + " is never true where this stands");
    else if (branch.needless == branch.uses)
      report(Rule::needless_when, span, said(condition) + " is always true where this stands");
  }
}

// ── orders ───────────────────────────────────────────────────────────────────────────────────
void Linter::look_at_phases() {
  const checked::Orders& orders = *policy_.orders;
  for (const checked::Phase& phase : orders.phases)
    if (phase.where) look_at(*phase.where);
  look_at_lead_times();
  for (const checked::Phase& one : orders.phases) {
    if (!one.where || node(*one.where) == plan::none || never({holds(node(*one.where))})) continue;
    for (const checked::Phase& other : orders.phases) {
      if (&one == &other || !other.where || node(*other.where) == plan::none) continue;
      if (!never({holds(node(*one.where)), fails(node(*other.where))})) continue;
      report(Rule::phases_overlap, one.span,
             fmt::format("every line of `{}` belongs to `{}` too", one.name, other.name))
          .label(other.span, "for what this phase takes");
    }
  }
}

// Business days are no fewer than days.
void Linter::look_at_lead_times() {
  const std::vector<checked::Timing>& timings = policy_.orders->timings;
  const auto each_of = [&](plan::TimingKind kind, std::optional<std::uint32_t> phase, const auto& take) {
    for (const checked::Timing& each : timings)
      if (each.kind == kind && each.value && !each.when && !each.otherwise && node(*each.value) != plan::none &&
          (!each.phase || !phase || each.phase == phase))
        take(each);
  };
  for (const checked::Timing& due : timings) {
    if (due.kind != plan::TimingKind::due_on || !due.value || node(*due.value) == plan::none) continue;
    each_of(plan::TimingKind::starts_on, due.phase, [&](const checked::Timing& starts) {
      each_of(plan::TimingKind::takes, due.phase, [&](const checked::Timing& takes) {
        const auto time = possible_->terms().difference(node(*due.value), node(*starts.value));
        const plan::Node& length = subject_.plan->nodes[node(*takes.value)];
        if (!time || !time->values.empty() || length.op != plan::Op::constant) return;
        const Decimal days = plan::number_of(*subject_.plan, subject_.plan->constants[length.a]);
        const Decimal there = time->rest.decimal();
        if (days <= there) return;
        report(Rule::late_by_itself, takes.span,
               fmt::format("this takes {} days, and is due {} after its start", text(days), text(there)))
            .label(starts.span, "it starts here at the earliest")
            .label(due.span, "and is due here");
      });
    });
  }
}

// ── money ────────────────────────────────────────────────────────────────────────────────────
void Linter::look_at_currencies() {
  struct First { Currency unit; Span span; };
  std::unordered_map<std::uint32_t, First> seen;
  for (const checked::Expr& e : policy_.exprs.items) {
    if (e.op != Op::compare || !is_ours(e.span)) continue;
    const std::uint32_t id = subject_.node_of[static_cast<std::size_t>(&e - policy_.exprs.items.data())];
    const auto relation = id == plan::none ? std::nullopt : possible_->terms().relation(id, true);
    if (!relation || relation->value.kind != Value::Kind::money) continue;
    const auto [known, fresh] = seen.try_emplace(relation->node, First{relation->value.unit, e.span});
    if (fresh || known->second.unit == relation->value.unit) continue;
    report(Rule::mixed_currencies, e.span, "a value is compared with amounts in two currencies")
        .label(known->second.span, "the other one");
    known->second = {relation->value.unit, e.span};
  }
}

}  // namespace assent::compiler::lint
