#include "runtime/eval/row_verdicts.h"

#include <algorithm>

namespace assent::eval {

Value fires_on(const plan::Plan& plan, const plan::Rule& rule, std::uint32_t row, Machine& machine) {
  const std::uint32_t where = plan.scope(rule).where;
  machine.stand_on(1, row);
  Conjunction both;
  if (where == plan::none || both.take(machine.eval(where))) both.take(machine.eval(rule.condition));
  return both.answer();
}

namespace {

auto place_of(std::vector<RowVerdicts::Verdict>& all, std::uint32_t row) {
  return std::lower_bound(all.begin(), all.end(), row,
                          [](const RowVerdicts::Verdict& each, std::uint32_t wanted) { return each.row < wanted; });
}

}  // namespace

RowVerdicts::RowVerdicts(const plan::Plan& plan, const RuleIndex& index, const Touches& touches)
    : plan_(plan), index_(index), of_rule_(plan.rules.size()) {
  for (std::uint32_t id = 0; id < plan.rules.size(); ++id) {
    const plan::Rule& rule = plan.rules[id];
    const plan::Scope& scope = plan.scope(rule);
    if (scope.table == plan::none) continue;
    if (scope.effective_on != plan::none) dated_.push_back(id);
    if (ruled(scope.table) == nullptr) tables_.push_back({scope.table, 0, touches.rows(scope.table), {}});
    Ruled& own = *ruled(scope.table);
    for (const std::uint32_t node : {scope.where, rule.condition}) {
      if (node == plan::none) continue;
      own.elsewhere |= touches.elsewhere(node);
      own.all |= touches.of(node);
    }
  }
}

void RowVerdicts::add_rules(RuleIndex::Search& search) const {
  for (const std::uint32_t rule : rules_) search.add(rule);
  for (const std::uint32_t rule : dated_) search.add(rule);
}

RowVerdicts::Ruled* RowVerdicts::ruled(std::uint32_t table) {
  const auto own = std::find_if(tables_.begin(), tables_.end(), [&](const Ruled& each) { return each.table == table; });
  return own == tables_.end() ? nullptr : &*own;
}

void RowVerdicts::add(Ruled& ruled, std::uint32_t rule, Verdict verdict) {
  std::vector<Verdict>& all = of_rule_[rule];
  if (all.empty()) rules_.insert(rule);
  all.insert(place_of(all, verdict.row), verdict);
  ruled.rules[verdict.row].push_back(rule);
}

void RowVerdicts::find(Ruled& ruled, std::uint32_t first, std::uint32_t last, Machine& machine,
                       RuleIndex::Search& search) {
  index_.candidates_of_rows(ruled.table, first, last, machine, search);
  const auto look = [&](std::uint32_t rule, std::uint32_t row, bool certain) {
    const Value holds = certain ? Value::of(true) : fires_on(plan_, plan_.rules[rule], row, machine);
    if (holds.is_fault() || holds.is_true()) add(ruled, rule, {row, holds.is_fault() ? holds.fault : Fault::none});
  };
  search.empty_into([&](const Candidate& candidate) {
    for (const Candidate::Hit& hit : candidate.hits) look(candidate.rule, hit.row, hit.certain != 0);
    for (std::uint32_t row = first; candidate.every_row && row < last; ++row) look(candidate.rule, row, false);
  });
}

void RowVerdicts::forget(Ruled& ruled, std::uint32_t row) {
  for (const std::uint32_t rule : ruled.rules[row]) {
    std::vector<Verdict>& all = of_rule_[rule];
    all.erase(place_of(all, row));
    if (all.empty()) rules_.erase(rule);
  }
  ruled.rules[row].clear();
}

void RowVerdicts::find_anew(Ruled& ruled, Machine& machine, RuleIndex::Search& search) {
  for (std::uint32_t rule = 0; rule < of_rule_.size(); ++rule) {
    if (plan_.scope(plan_.rules[rule]).table != ruled.table || of_rule_[rule].empty()) continue;
    of_rule_[rule].clear();
    rules_.erase(rule);
  }
  const std::uint32_t rows = machine.rows().tables[ruled.table].count;
  ruled.rules.assign(rows, {});
  find(ruled, 0, rows, machine, search);
}

void RowVerdicts::find_all(Machine& machine, RuleIndex::Search& search) {
  for (Ruled& each : tables_) find_anew(each, machine, search);
}

void RowVerdicts::change(std::uint32_t table, std::uint32_t row, Columns columns, Machine& machine,
                         RuleIndex::Search& search) {
  for (Ruled& each : tables_) {
    if ((each.all & columns) == 0) continue;
    if (each.table != table || (each.elsewhere & columns) != 0) {
      find_anew(each, machine, search);
    } else if (row < each.rules.size()) {  // else it went, and was the last one
      forget(each, row);
      find(each, row, row + 1, machine, search);
    }
  }
}

void RowVerdicts::shift(std::uint32_t table, std::uint32_t row, bool came) {
  Ruled* const own = ruled(table);
  if (own == nullptr) return;
  if (!came) forget(*own, row);
  for (const std::uint32_t rule : rules_) {
    if (plan_.scope(plan_.rules[rule]).table != table) continue;
    for (Verdict& each : of_rule_[rule]) {
      if (each.row >= row) each.row += came ? 1u : ~0u;
    }
  }
  const auto place = own->rules.begin() + row;
  if (came) own->rules.insert(place, std::vector<std::uint32_t>{});
  else own->rules.erase(place);
}

}  // namespace assent::eval
