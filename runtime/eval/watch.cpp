#include "runtime/eval/watch.h"

#include <algorithm>
#include <unordered_set>
#include <utility>

#include "runtime/plan/print.h"

namespace assent::eval {

using plan::Op;
using plan::PathKind;

namespace {

class Watcher {
 public:
  Watcher(const plan::Plan& plan, Watch& out) : plan_(plan), out_(out) {}

  void rule(const plan::Rule& rule) {
    const plan::Scope& scope = plan_.scope(rule);
    if (scope.where != plan::none) condition(scope.where, true);
    condition(rule.condition, true);
    if (scope.ladder != 0) ladder(rule);
  }

  // `positive`: the rule asks because this holds; else because it does not.
  void condition(std::uint32_t id, bool positive) {
    const plan::Node& node = plan_.nodes[id];
    switch (node.op) {
      case Op::conjunction: case Op::disjunction:
        for (std::uint32_t i = 0; i < node.b; ++i) condition(plan_.operands[node.a + i], positive);
        return;
      case Op::negation: return condition(node.a, !positive);
      case Op::compare: return comparison(node, positive);
      case Op::any: case Op::every: return cells(id);
      case Op::present: return value(node.a, Worse::presence);
      case Op::one_of:
        for (std::uint32_t i = 0; i < node.b; ++i) value(plan_.operands[node.a + i], Worse::any);
        return;
      case Op::starts_with: case Op::ends_with: case Op::contains:
        value(node.a, Worse::any);
        return value(node.b, Worse::any);
      case Op::has_role:  // whom it is asked of, and what the directory says
        value(node.a, Worse::any);
        return value(id, Worse::any);
      default: return value(id, Worse::any);
    }
  }

  void value(std::uint32_t id, Worse worse) {
    if (plan_.nodes[id].op == Op::constant) return;
    for (Watch::Value& known : out_.values) {
      if (known.node != id) continue;
      if (known.worse == Worse::presence) known.worse = worse;
      else if (worse != Worse::presence && known.worse != worse) known.worse = Worse::any;
      return;
    }
    out_.values.push_back({id, worse});
  }

  void recalled(std::uint32_t root) {
    each_node(root, [&](std::uint32_t id) {
      const plan::Node& node = plan_.nodes[id];
      if (node.op != Op::approved) return;
      if (std::find(out_.recalled.begin(), out_.recalled.end(), node.a) == out_.recalled.end())
        out_.recalled.push_back(node.a);
    });
  }

  // A ladder is climbed towards whichever end asks more people; if neither end does, any move counts.
  void ladder(const plan::Rule& rule) {
    std::uint32_t by = plan::none;
    std::vector<std::vector<std::uint32_t>> asked;  // approvers of each band, ascending
    const std::vector<std::uint32_t> everybody{plan::none};  // a band that denies
    for (std::uint32_t i = 0; i < rule.consequences.count; ++i) {
      const plan::Consequence& band = plan_.consequences[rule.consequences.first + i];
      const std::uint32_t holds = plan_.band(band).condition;
      if (holds != plan::none && by == plan::none) {
        each_node(holds, [&](std::uint32_t id) {
          if (plan_.nodes[id].op == Op::compare && by == plan::none) by = plan_.nodes[id].a;
        });
      }
      std::vector<std::uint32_t> who;
      if (band.kind == plan::ConsequenceKind::requires_path) {
        each_step(band.target, [&](std::uint32_t step) { who.push_back(plan_.steps[step].approver); });
        std::sort(who.begin(), who.end());
        who.erase(std::unique(who.begin(), who.end()), who.end());
      } else if (band.kind == plan::ConsequenceKind::denies) {
        who = everybody;
      }
      asked.push_back(std::move(who));
    }
    if (by == plan::none) return;
    const auto covers = [&](const auto& more, const auto& fewer) {
      return more == everybody ||
             (fewer != everybody && std::includes(more.begin(), more.end(), fewer.begin(), fewer.end()));
    };
    bool upwards = true, downwards = true;
    for (std::size_t i = 1; i < asked.size(); ++i) {
      upwards = upwards && covers(asked[i], asked[i - 1]);
      downwards = downwards && covers(asked[i - 1], asked[i]);
    }
    value(by, upwards && !downwards ? Worse::higher : downwards && !upwards ? Worse::lower : Worse::any);
  }

  // Every way to a step through a path, as the conditions on it.
  void ways(std::uint32_t root, std::uint32_t step, std::vector<std::uint32_t>& conditions) {
    const plan::PathNode node = plan_.path(root);
    switch (node.kind) {
      case PathKind::step:
        if (node.a == step) out_.ways.push_back(conditions);
        return;
      case PathKind::conditional:
        conditions.push_back(node.a);
        ways(node.b, step, conditions);
        conditions.pop_back();
        return;
      case PathKind::series: case PathKind::parallel:
        for (std::uint32_t i = 0; i < node.b; ++i) ways(plan_.path_children[node.a + i], step, conditions);
        return;
    }
  }

 private:
  void comparison(const plan::Node& node, bool positive) {
    const auto which = static_cast<plan::Comparison>(node.detail & 7);
    const bool up = which == plan::Comparison::greater || which == plan::Comparison::greater_equal;
    const bool down = which == plan::Comparison::less || which == plan::Comparison::less_equal;
    const Worse left = !up && !down ? Worse::any : up == positive ? Worse::higher : Worse::lower;
    const Worse right = left == Worse::any ? left : left == Worse::higher ? Worse::lower : Worse::higher;
    value(node.a, left);
    value(node.b, right);
  }

  // Which rows a quantifier read cannot be told from its answer: all cells that it may have read count.
  void cells(std::uint32_t root) {
    each_node(root, [&](std::uint32_t id) {
      const plan::Node& node = plan_.nodes[id];
      if (node.op == Op::field) add_column(node.a);
      if (node.op == Op::today || node.op == Op::has_role || node.op == Op::manager || node.op == Op::person_name)
        value(root, Worse::any);
    });
  }
  void add_column(std::uint32_t column) {
    const auto at = std::lower_bound(out_.columns.begin(), out_.columns.end(), column);
    if (at == out_.columns.end() || *at != column) out_.columns.insert(at, column);
  }

  // Each node below a root once, the root first.
  template <typename Take>
  void each_node(std::uint32_t root, Take take) {
    std::vector<std::uint32_t> open{root};
    std::unordered_set<std::uint32_t> seen;
    while (!open.empty()) {
      const std::uint32_t id = open.back();
      open.pop_back();
      if (!seen.insert(id).second) continue;
      take(id);
      const plan::Node& node = plan_.nodes[id];
      const auto push = [&](std::uint32_t child) { if (child != plan::none) open.push_back(child); };
      switch (plan::info(node.op).operands) {
        case plan::Operands::leaf: break;
        case plan::Operands::one: push(node.a); break;
        case plan::Operands::two: push(node.b); push(node.a); break;
        case plan::Operands::many:
          for (std::uint32_t i = node.b; i-- > 0;) push(plan_.operands[node.a + i]);
          break;
        case plan::Operands::loop: push(plan_.operands[node.a + 1]); push(plan_.operands[node.a]); break;
      }
    }
  }

  template <typename Take>
  void each_step(std::uint32_t root, Take take) {
    const plan::PathNode node = plan_.path(root);
    if (node.kind == PathKind::step) return take(node.a);
    if (node.kind == PathKind::conditional) return each_step(node.b, take);
    for (std::uint32_t i = 0; i < node.b; ++i) each_step(plan_.path_children[node.a + i], take);
  }

  const plan::Plan& plan_;
  Watch& out_;
};

}  // namespace

std::vector<Watch::Value> watched(const plan::Plan& plan, std::uint32_t rule) {
  Watch out;
  Watcher(plan, out).rule(plan.rules[rule]);
  return std::move(out.values);
}

Watch watch_everything(const plan::Plan& plan) {
  Watch out;
  for (std::uint32_t i = 0; i < plan.columns.size(); ++i) out.columns.push_back(i);
  std::string bytes = "everything";
  for (const std::uint32_t column : out.columns) plan::append(bytes, plan::column_path(plan, column));
  out.fingerprint = plan::fingerprint(bytes);
  return out;
}

Watch watch(const plan::Plan& plan, plan::Fingerprints& fingerprints, std::uint32_t rule_id, std::uint32_t step) {
  Watch out;
  Watcher watcher(plan, out);
  std::string bytes;
  std::vector<std::uint32_t> conditions;
  const auto add = [&](std::uint32_t node) {
    if (node != plan::none) plan::append(bytes, fingerprints.of(node));
    bytes += '.';
  };
  if (rule_id == plan::none) {
    watcher.ways(plan.header.otherwise_target, step, conditions);
  } else {
    const plan::Rule& rule = plan.rules[rule_id];
    const plan::Scope& scope = plan.scope(rule);
    if (scope.table != plan::none) plan::append(bytes, plan.string(plan.tables[scope.table].path));
    add(scope.where);
    add(rule.condition);
    for (std::uint32_t i = 0; i < scope.reapprovals.count; ++i) {
      const plan::Reapproval& clause = plan.reapprovals[scope.reapprovals.first + i];
      out.clauses.push_back(clause);
      plan::append(bytes, static_cast<std::uint32_t>(clause.kind));
      add(clause.node);
      if (clause.kind == plan::ReapprovalKind::when) watcher.recalled(clause.node);
    }
    for (std::uint32_t i = 0; i < rule.consequences.count; ++i) {
      const plan::Consequence& consequence = plan.consequences[rule.consequences.first + i];
      const std::uint32_t band = plan.band(consequence).condition;
      if (scope.ladder != 0) add(band);
      if (consequence.kind != plan::ConsequenceKind::requires_path) continue;
      if (band != plan::none) conditions.push_back(band);
      watcher.ways(consequence.target, step, conditions);
      conditions.clear();
    }
    watcher.rule(rule);
  }
  for (const std::vector<std::uint32_t>& way : out.ways) {
    for (const std::uint32_t condition : way) {
      add(condition);
      const bool ladder = rule_id != plan::none && plan.scope(plan.rules[rule_id]).ladder != 0;
      const bool band = ladder && condition == way.front();
      if (!band) watcher.condition(condition, true);
    }
    bytes += ';';
  }
  const bool reads_nothing = out.values.empty() && out.columns.empty() && out.clauses.empty();
  if (reads_nothing) {
    const Watch everything = watch_everything(plan);
    out.columns = everything.columns;
    plan::append(bytes, everything.fingerprint);
  }
  out.fingerprint = plan::fingerprint(bytes);
  return out;
}

}  // namespace assent::eval
