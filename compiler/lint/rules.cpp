// Rules beside each other: twice the same, one inside another, ranges with gaps; and ladders that fall.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <fmt/format.h>

#include "compiler/lint/linter.h"
#include "runtime/plan/print.h"
#include "runtime/value/value_text.h"

namespace assent::compiler::lint {

namespace {

// Of rules that ask the same, so many pairs are looked at for each: a policy of a thousand rules for one approver is
// still linted in time that follows its size.
constexpr std::size_t max_compared = 32;

}  // namespace

void Linter::append_path(checked::PathId id, std::string& out) const {
  const checked::Path& path = policy_.paths[id];
  switch (path.kind) {
    case plan::PathKind::step:
      out += fmt::format("a{}", static_cast<std::uint32_t>(policy_.steps[path.step].approver));
      return;
    case plan::PathKind::conditional: out += fmt::format("?{}", node(path.condition)); break;
    case plan::PathKind::series: out += '>'; break;
    case plan::PathKind::parallel: out += '&'; break;
  }
  out += '(';
  for (const checked::PathId child : path.children) {
    append_path(child, out);
    out += ',';
  }
  out += ')';
}

// All that a rule says but its conditions and its name: equal for two that ask the same of the same rows at all times.
std::string Linter::consequences_of(std::size_t id) const {
  const checked::Rule& rule = policy_.rules.items[id];
  const plan::Rule& planned = subject_.plan->rules[id];
  const plan::Scope& scope = subject_.plan->scope(planned);
  std::string same = fmt::format("{} {} {} {} {} {}", scope.table, scope.where, scope.effective_on, scope.first_day,
                                 scope.last_day, scope.states);
  for (std::size_t i = 0; i < rule.consequences.size(); ++i) {
    const checked::Consequence& each = rule.consequences[i];
    const plan::Consequence& own = subject_.plan->consequences[planned.consequences.first + i];
    same += fmt::format(" {} {} {}:{}", static_cast<int>(each.kind), subject_.plan->band(own).condition,
                        each.message.size(), each.message);
    if (each.kind == plan::ConsequenceKind::requires_path) append_path(each.path, same);
  }
  for (std::uint32_t i = 0; i < scope.reapprovals.count; ++i) {
    const plan::Reapproval& again = subject_.plan->reapprovals[scope.reapprovals.first + i];
    same += fmt::format(" {}!{}", static_cast<int>(again.kind), again.node);
  }
  return same;
}

void Linter::look_at_rules() {
  std::map<std::string, std::vector<std::size_t>> alike;
  for (std::size_t i = 0; i < policy_.rules.size(); ++i) {
    if (may_fire_[i]) alike[consequences_of(i)].push_back(i);
  }
  for (const auto& [same, rules] : alike) {
    std::map<std::uint32_t, std::size_t> first_with;  // of each condition
    std::vector<std::size_t> distinct;
    for (const std::size_t id : rules) {
      const checked::Rule& rule = policy_.rules.items[id];
      const auto [known, fresh] = first_with.try_emplace(subject_.plan->rules[id].condition, id);
      if (fresh) {
        distinct.push_back(id);
        continue;
      }
      const checked::Rule& first = policy_.rules.items[known->second];
      report(Rule::duplicate_rule, rule.span, fmt::format("`{}` says what `{}` says", rule.name, first.name))
          .label(first.span, "the first one");
    }
    for (std::size_t i = 0; i < distinct.size(); ++i) {
      const checked::Rule& inner = policy_.rules.items[distinct[i]];
      const std::uint32_t condition = subject_.plan->rules[distinct[i]].condition;
      for (std::size_t k = i > max_compared ? i - max_compared : 0; k < std::min(distinct.size(), i + max_compared);
           ++k) {
        const std::uint32_t other = subject_.plan->rules[distinct[k]].condition;
        if (k == i || !never({holds(condition), fails(other)})) continue;
        const checked::Rule& outer = policy_.rules.items[distinct[k]];
        const bool equal = never({holds(other), fails(condition)});
        if (equal && k > i) continue;  // told of the later
        if (equal) {
          report(Rule::duplicate_rule, inner.span, fmt::format("`{}` says what `{}` says", inner.name, outer.name))
              .label(outer.span, "the first one");
          break;
        }
        report(Rule::shadowed_rule, inner.span,
               fmt::format("whenever `{}` fires, `{}` asks the same", inner.name, outer.name))
            .label(outer.span, "this rule fires for more");
        break;
      }
    }
  }
  look_at_thresholds();
  look_at_rows();
  look_at_ladders();
}

// ── ranges of one value ──────────────────────────────────────────────────────────────────────
// Rules that ask for approvals alike but for the range of one value: what lies between two ranges is asked about by
// nobody, and what lies in two by both. Where the last has no upper end and none has one, they add to each other.
void Linter::look_at_thresholds() {
  struct Range { std::size_t rule; Interval interval; };
  std::map<std::tuple<std::uint32_t, Currency, std::vector<std::uint32_t>>, std::vector<Range>> of_value;
  const plan::Plan& plan = *subject_.plan;
  for (std::size_t id = 0; id < policy_.rules.size(); ++id) {
    const checked::Rule& rule = policy_.rules.items[id];
    const plan::Rule& planned = plan.rules[id];
    if (rule.by || rule.consequences.size() != 1 ||
        rule.consequences[0].kind != plan::ConsequenceKind::requires_path)
      continue;
    std::vector<std::uint32_t> parts{planned.condition};
    if (const plan::Node& whole = plan.nodes[planned.condition]; whole.op == plan::Op::conjunction)
      parts.assign(plan.operands.begin() + whole.a, plan.operands.begin() + whole.a + whole.b);
    std::optional<std::uint32_t> value;
    Currency unit = 0;
    Interval interval;
    const plan::Scope& scope = plan.scope(planned);
    std::vector<std::uint32_t> others{scope.table, scope.where, scope.effective_on, scope.states,
                                      static_cast<std::uint32_t>(scope.first_day),
                                      static_cast<std::uint32_t>(scope.last_day)};
    for (const std::uint32_t part : parts) {
      const auto relation = possible_->terms().relation(part, true);
      const bool bound = relation && relation->value.kind != Value::Kind::text &&
                         relation->comparison != plan::Comparison::equal &&
                         relation->comparison != plan::Comparison::not_equal &&
                         (!value || *value == relation->node);
      if (!bound) {
        others.push_back(part);
        continue;
      }
      value = relation->node;
      unit = relation->value.unit;
      narrow(interval, relation->comparison, relation->value.decimal());
    }
    std::sort(others.begin() + 6, others.end());
    if (value) of_value[{*value, unit, std::move(others)}].push_back({id, interval});
  }
  for (auto& [key, ranges] : of_value) {
    const std::uint32_t value = std::get<0>(key);
    const Currency unit = std::get<1>(key);
    std::stable_sort(ranges.begin(), ranges.end(), [](const Range& a, const Range& b) {
      if (!a.interval.low || !b.interval.low) return !a.interval.low && b.interval.low;
      return a.interval.low->at < b.interval.low->at;
    });
    for (std::size_t i = 1; i < ranges.size(); ++i) {
      const auto& [low_rule, below] = ranges[i - 1];
      const auto& [high_rule, above] = ranges[i];
      if (!below.high || !above.low) continue;
      const auto with_unit = [&](const Decimal& at) { return unit != 0 ? Value::of(at, unit) : Value::of(at); };
      const auto is = [&](plan::Comparison comparison, const Bound& bound) {
        return Demand{value, Demand::Kind::relation, true, comparison, false, with_unit(bound.at)};
      };
      const auto shown = [&](const Bound& bound) { return value_text(with_unit(bound.at), plan.nodes[value].type); };
      using enum plan::Comparison;
      const bool gap = possible_->together({is(below.high->closed ? greater : greater_equal, *below.high),
                                            is(above.low->closed ? less : less_equal, *above.low)});
      const bool shared = possible_->together({is(above.low->closed ? greater_equal : greater, *above.low),
                                               is(below.high->closed ? less_equal : less, *below.high)});
      const bool inside = above.high && above.high->at <= below.high->at;  // which is meant to add to the other
      if (!gap && (!shared || inside)) continue;
      const Bound& from = gap ? *below.high : *above.low;
      const Bound& to = gap ? *above.low : *below.high;
      const checked::Rule& lower = policy_.rules.items[low_rule];
      const checked::Rule& higher = policy_.rules.items[high_rule];
      const std::string where = from.at == to.at ? "of " + shown(from)
                                                 : fmt::format("between {} and {}", shown(from), shown(to));
      report(gap ? Rule::threshold_gap : Rule::threshold_overlap, higher.span,
             fmt::format("{} {} is in the {} `{}` {} `{}`", plan::print_node(plan, value), where,
                         gap ? "range of neither" : "ranges of both", lower.name, gap ? "nor" : "and", higher.name))
          .label(lower.span, "the range before");
    }
  }
}

// ── rows ─────────────────────────────────────────────────────────────────────────────────────
// A rule that is for whatever has rows, and asks nothing else, says so best with `for each`.
void Linter::look_at_rows() {
  std::set<std::pair<FileId, std::uint32_t>> read;  // variables, by where they are declared
  for (const Reference& each : subject_.checked.references)
    if (each.kind == Reference::Kind::variable) read.emplace(each.declared.file, each.declared.begin);
  for (const checked::Rule& rule : policy_.rules.items) {
    if (!rule.range || (rule.when.empty() && rule.unless.empty() && !rule.by)) continue;
    const checked::Variable& row = policy_.variables[rule.range->variable];
    if (read.contains({row.span.file, row.span.begin})) continue;
    report(Rule::unread_rows, row.span, fmt::format("`{}` looks at nothing of `{}`", rule.name, row.name));
  }
}

// ── ladders ──────────────────────────────────────────────────────────────────────────────────
// Which way is worse is for the author to know; but nobody between two who are asked is a slip.
void Linter::look_at_ladders() {
  for (const checked::Rule& rule : policy_.rules.items) {
    if (!rule.by || !is_ours(rule.span)) continue;
    const checked::Consequence* lower = nullptr;  // the last that asks somebody
    const checked::Consequence* idle = nullptr;   // the first after it that asks nobody
    for (const checked::Consequence& band : rule.consequences) {
      if (band.kind == plan::ConsequenceKind::nothing) {
        if (lower != nullptr && idle == nullptr) idle = &band;
        continue;
      }
      if (idle != nullptr) {
        report(Rule::ladder_hole, idle->span, fmt::format("the band `{}` of `{}` asks nobody", idle->label, rule.name))
            .label(lower->span, "a lower one asks somebody")
            .label(band.span, "and so does a higher one");
      }
      lower = &band;
      idle = nullptr;
    }
  }
}

}  // namespace assent::compiler::lint
