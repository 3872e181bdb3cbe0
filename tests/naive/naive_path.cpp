// Paths as graphs: which steps are active, what comes before what, and the one order of all steps.
// Entries: walk, ordered, reduced, ranked. Reachability is found by search, every time.
#include "tests/naive/naive_path.h"

#include <algorithm>
#include <cassert>

namespace assent::naive {

namespace {

// Where a part of a path begins and ends; both empty if no step of it is active.
struct Part { Steps entries, exits; };

struct Walker {
  const checked::Policy& policy;
  const Condition& condition;
  Walked& walked;

  Part part(PathId id, const Rows& rows) {
    if (rows.empty()) return {};
    const checked::Path& path = policy.paths[id];
    switch (path.kind) {
      case plan::PathKind::step: return step(path.step, rows);
      case plan::PathKind::series: return series(path.children, rows);
      case plan::PathKind::parallel: return parallel(path.children, rows);
      case plan::PathKind::conditional: return part(path.children[0], condition(path, rows));
    }
    assert(false);
    return {};
  }

  Part step(StepId id, const Rows& rows) {
    for (const Row& row : rows) walked.active[id].insert(row.index);
    return {{id}, {id}};
  }

  Part parallel(const std::vector<PathId>& children, const Rows& rows) {
    Part whole;
    for (const PathId child : children) {
      const Part part_of_it = part(child, rows);
      whole.entries.insert(part_of_it.entries.begin(), part_of_it.entries.end());
      whole.exits.insert(part_of_it.exits.begin(), part_of_it.exits.end());
    }
    return whole;
  }

  Part series(const std::vector<PathId>& children, const Rows& rows) {
    Part whole;
    for (const PathId child : children) {
      const Part next = part(child, rows);
      if (next.entries.empty()) continue;
      for (const StepId exit : whole.exits) {
        for (const StepId entry : next.entries) walked.edges.insert({exit, entry});
      }
      if (whole.entries.empty()) whole.entries = next.entries;
      whole.exits = next.exits;
    }
    return whole;
  }
};

using EntityKey = std::pair<plan::EntityKind, std::uint32_t>;
EntityKey key(const checked::Entity& entity) { return {entity.kind, entity.index}; }

// Everything that can be reached from `start`, itself only by way of a circle.
template <typename Node>
std::set<Node> reachable(const std::set<std::pair<Node, Node>>& edges, const Node& start) {
  std::set<Node> seen;
  std::vector<Node> waiting{start};
  while (!waiting.empty()) {
    const Node here = waiting.back();
    waiting.pop_back();
    for (const auto& [from, to] : edges) {
      if (from == here && seen.insert(to).second) waiting.push_back(to);
    }
  }
  return seen;
}

Steps steps_of(const checked::Policy& policy, const EntityKey& entity, const Steps& active,
               const std::map<RuleId, Steps>& by_rule) {
  Steps found;
  for (const StepId step : active) {
    bool belongs = false;
    switch (entity.first) {
      case plan::EntityKind::rule: {
        const auto rule = by_rule.find(RuleId{entity.second});
        belongs = rule != by_rule.end() && rule->second.contains(step);
        break;
      }
      case plan::EntityKind::chain: {
        const auto& own = policy.chains[checked::ChainId{entity.second}].steps;
        belongs = std::find(own.begin(), own.end(), step) != own.end();
        break;
      }
      case plan::EntityKind::approver:
        belongs = policy.steps[step].approver == checked::ApproverId{entity.second};
        break;
    }
    if (belongs) found.insert(step);
  }
  return found;
}

// Every path of the policy, chains that no rule uses among them, as if every rule fired and every
// condition were true.
Edges possible_edges(const checked::Policy& policy) {
  const Condition always = [](const checked::Path&, const Rows& rows) { return rows; };
  const Rows one_row(1);
  Edges edges;
  std::map<RuleId, Steps> by_rule;
  for (std::size_t i = 0; i < policy.rules.size(); ++i) {
    const RuleId rule{static_cast<std::uint32_t>(i)};
    Walked walked;
    for (const checked::Consequence& consequence : policy.rules[rule].consequences) {
      if (consequence.kind != plan::ConsequenceKind::requires_path) continue;
      walk(policy, consequence.path, one_row, always, walked);
    }
    by_rule[rule] = walked.steps();
    edges.insert(walked.edges.begin(), walked.edges.end());
  }
  std::vector<PathId> others;
  for (std::size_t i = 0; i < policy.chains.size(); ++i) {
    others.push_back(policy.chains[checked::ChainId{static_cast<std::uint32_t>(i)}].path);
  }
  if (policy.otherwise == plan::Otherwise::requires_path) others.push_back(policy.otherwise_path);
  for (const PathId path : others) {
    Walked walked;
    walk(policy, path, one_row, always, walked);
    edges.insert(walked.edges.begin(), walked.edges.end());
  }
  Steps all;
  for (std::size_t i = 0; i < policy.steps.size(); ++i) all.insert(StepId{static_cast<std::uint32_t>(i)});
  const Edges orderings = ordered(policy, all, by_rule);
  edges.insert(orderings.begin(), orderings.end());
  return edges;
}

}  // namespace

Steps Walked::steps() const {
  Steps steps;
  for (const auto& [step, rows] : active) steps.insert(step);
  return steps;
}

void walk(const checked::Policy& policy, PathId path, const Rows& rows, const Condition& condition,
          Walked& walked) {
  Walker{policy, condition, walked}.part(path, rows);
}

Edges ordered(const checked::Policy& policy, const Steps& active,
              const std::map<RuleId, Steps>& by_rule) {
  std::set<std::pair<EntityKey, EntityKey>> said;
  for (const checked::Ordering& ordering : policy.orderings) {
    said.insert({key(ordering.first), key(ordering.then)});
  }
  std::set<EntityKey> firsts;
  for (const auto& [first, then] : said) firsts.insert(first);
  Edges edges;
  for (const EntityKey& first : firsts) {
    for (const EntityKey& then : reachable(said, first)) {
      for (const StepId a : steps_of(policy, first, active, by_rule)) {
        for (const StepId b : steps_of(policy, then, active, by_rule)) edges.insert({a, b});
      }
    }
  }
  return edges;
}

Edges reduced(const Edges& edges) {
  Edges kept;
  for (const auto& edge : edges) {
    Edges others = edges;
    others.erase(edge);
    if (!reachable(others, edge.first).contains(edge.second)) kept.insert(edge);
  }
  return kept;
}

std::vector<StepId> ranked(const checked::Policy& policy) {
  const Edges edges = possible_edges(policy);
  Steps waiting;
  for (std::size_t i = 0; i < policy.steps.size(); ++i) waiting.insert(StepId{static_cast<std::uint32_t>(i)});
  std::vector<StepId> order;
  while (!waiting.empty()) {
    const auto ready = [&](StepId step) {
      return std::none_of(edges.begin(), edges.end(), [&](const auto& edge) {
        return edge.second == step && waiting.contains(edge.first);
      });
    };
    const auto next = std::find_if(waiting.begin(), waiting.end(), ready);  // the smallest such
    assert(next != waiting.end());
    order.push_back(*next);
    waiting.erase(next);
  }
  return order;
}

}  // namespace assent::naive
