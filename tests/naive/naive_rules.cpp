// What one rule comes to: whether it applies, for which rows, and what follows. Entries: finding,
// walk_path.
#include "tests/naive/naive_path.h"

namespace assent::naive {

namespace {

// The rows for which the condition is true, and one trouble for all that it cannot be answered for.
Rows kept(const Rows& rows, std::vector<Fault>& troubles,
          const std::function<Value(const Frame&)>& condition) {
  Rows true_rows;
  std::optional<Fault> first;
  for (const Row& row : rows) {
    const Value answer = condition(row.frame);
    if (answer.is_true()) true_rows.push_back(row);
    if (answer.is_fault() && !first) first = answer.fault;
    if (answer.is_absent() && !first) first = Fault::missing_value;
  }
  if (first) troubles.push_back(*first);
  return true_rows;
}

// Whether the rule is in force; a trouble if it cannot be said.
bool in_time(const Desk& desk, const checked::Rule& rule, std::vector<Fault>& troubles) {
  if (!rule.first_day && !rule.last_day) return true;
  const Value day = rule.effective_on ? desk.evaluate(*rule.effective_on, {})
                                      : number(decimal(desk.world.today));
  if (day.is_fault() || day.is_absent()) {
    troubles.push_back(day.is_fault() ? day.fault : Fault::missing_value);
    return false;
  }
  if (rule.first_day && compare(day.number, decimal(rule.first_day->days)) < 0) return false;
  return !rule.last_day || compare(day.number, decimal(rule.last_day->days)) <= 0;
}

Value fires(const Desk& desk, const checked::Rule& rule, const Frame& frame) {
  Values parts;
  if (rule.range && rule.range->where) parts.push_back(desk.evaluate(*rule.range->where, frame));
  for (const ExprId when : rule.when) parts.push_back(desk.evaluate(when, frame));
  for (const ExprId unless : rule.unless) parts.push_back(negation(desk.evaluate(unless, frame)));
  return conjunction(parts);
}

// The rows for which the rule's condition is true; of a rule without a range one, or none.
Rows fired_rows(const Desk& desk, const checked::Rule& rule, Finding& finding) {
  Rows rows;
  if (!rule.range) {
    rows.emplace_back();
  } else {
    const Value list = desk.evaluate(rule.range->list, {});
    finding.chain = list.chain;
    for (const Value& item : list.rows) {
      Frame frame;
      frame.variables[rule.range->variable] = item;
      rows.push_back({static_cast<std::uint32_t>(rows.size()), frame});
    }
  }
  return kept(rows, finding.troubles, [&](const Frame& frame) { return fires(desk, rule, frame); });
}

Value in_band(const Desk& desk, const checked::Rule& rule, const checked::Consequence& band,
              const Frame& frame) {
  using plan::Comparison;
  const auto by = [&](ExprId bound, Comparison comparison) {
    return compare(desk, desk.evaluate(*rule.by, frame), desk.evaluate(bound, frame), comparison,
                   false);
  };
  Values parts;
  if (band.above) {
    const bool closed = band.above_closed;
    parts.push_back(by(*band.above, closed ? Comparison::greater_equal : Comparison::greater));
  }
  if (band.limit) {
    parts.push_back(by(*band.limit, band.limit_open ? Comparison::less : Comparison::less_equal));
  }
  return conjunction(parts);
}

void follow(const Desk& desk, const checked::Consequence& consequence, const Rows& rows,
            Finding& finding) {
  switch (consequence.kind) {
    case plan::ConsequenceKind::nothing: break;
    case plan::ConsequenceKind::denies: case plan::ConsequenceKind::warns:
      finding.messages.push_back(&consequence);
      break;
    case plan::ConsequenceKind::requires_path:
      walk_path(desk, consequence.path, rows, finding.walked, finding.troubles);
      break;
  }
}

}  // namespace

void walk_path(const Desk& desk, PathId path, const Rows& rows, Walked& walked,
               std::vector<Fault>& troubles) {
  const Condition condition = [&](const checked::Path& conditional, const Rows& asked) {
    return kept(asked, troubles, [&](const Frame& frame) {
      return desk.evaluate(conditional.condition, frame);
    });
  };
  walk(desk.policy, path, rows, condition, walked);
}

Finding finding(const Desk& desk, RuleId id) {
  const checked::Rule& rule = desk.policy.rules[id];
  Finding finding;
  finding.rule = id;
  const auto state = static_cast<unsigned>(desk.world.state);
  if ((rule.states >> state & 1u) == 0) return finding;
  if (!in_time(desk, rule, finding.troubles)) return finding;
  const Rows rows = fired_rows(desk, rule, finding);
  finding.fires = finding.troubles.empty() && !rows.empty();
  if (!finding.fires) return finding;
  if (rule.range) {
    for (const Row& row : rows) finding.lines.insert(row.index);
  }
  for (const checked::Consequence& consequence : rule.consequences) {
    Rows taken = rows;
    if (rule.by) {
      taken = kept(rows, finding.troubles, [&](const Frame& frame) {
        return in_band(desk, rule, consequence, frame);
      });
    }
    if (taken.empty()) continue;
    if (rule.by && !rule.range) finding.band = consequence.label;
    follow(desk, consequence, taken, finding);
  }
  return finding;
}

}  // namespace assent::naive
