// The graph of all steps of a policy, every rule firing and every condition true. Boost.Graph finds
// its cycles, which are reported step by step, and its closure of `before`; the order is Kahn's, ties
// by declaration. Entry: order_steps.
#include <algorithm>
#include <queue>
#include <set>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/strong_components.hpp>
#include <boost/graph/transitive_closure.hpp>
#include <fmt/format.h>

#include "compiler/lower/builder.h"

namespace assent::compiler {

namespace {

using Graph = boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS>;

class StepGraph {
 public:
  explicit StepGraph(const checked::Policy& policy) : policy_(policy), graph_(policy.steps.size()) {}

  struct Ends { std::vector<std::size_t> entries, exits; };

  // Adds the edges of a path; recursion is bounded by the nesting of the source and of chains.
  const Ends& add(checked::PathId id) {
    if (const auto known = ends_.find(id); known != ends_.end()) return known->second;
    const checked::Path& path = policy_.paths[id];
    Ends ends;
    switch (path.kind) {
      case plan::PathKind::step: ends.entries = ends.exits = {static_cast<std::size_t>(path.step)}; break;
      case plan::PathKind::conditional: ends = add(path.children[0]); break;
      case plan::PathKind::parallel:
        for (const checked::PathId child : path.children) {
          const Ends& part = add(child);
          ends.entries.insert(ends.entries.end(), part.entries.begin(), part.entries.end());
          ends.exits.insert(ends.exits.end(), part.exits.begin(), part.exits.end());
        }
        for (std::vector<std::size_t>* each : {&ends.entries, &ends.exits}) {
          std::sort(each->begin(), each->end());
          each->erase(std::unique(each->begin(), each->end()), each->end());
        }
        break;
      case plan::PathKind::series:
        for (const checked::PathId child : path.children) {
          const Ends part = add(child);
          if (part.entries.empty()) continue;
          if (ends.entries.empty()) ends.entries = part.entries;
          else connect(ends.exits, part.entries);
          ends.exits = part.exits;
        }
        break;
    }
    return ends_.emplace(id, std::move(ends)).first->second;
  }

  // Every `from` before every `to`. Many to many go through a joint, so that edges stay few.
  void connect(const std::vector<std::size_t>& from, const std::vector<std::size_t>& to) {
    if (from.size() * to.size() <= from.size() + to.size()) {
      for (const std::size_t a : from) for (const std::size_t b : to) boost::add_edge(a, b, graph_);
      return;
    }
    const std::size_t joint = boost::add_vertex(graph_);
    for (const std::size_t a : from) boost::add_edge(a, joint, graph_);
    for (const std::size_t b : to) boost::add_edge(joint, b, graph_);
  }

  void collect(checked::PathId id, std::vector<std::size_t>& steps) const {
    std::vector<checked::PathId> open{id};
    std::set<checked::PathId> seen;
    while (!open.empty()) {
      const checked::PathId next = open.back();
      open.pop_back();
      if (!seen.insert(next).second) continue;
      const checked::Path& path = policy_.paths[next];
      if (path.kind == plan::PathKind::step) steps.push_back(static_cast<std::size_t>(path.step));
      open.insert(open.end(), path.children.begin(), path.children.end());
    }
  }

  const Graph& graph() const { return graph_; }

 private:
  const checked::Policy& policy_;
  Graph graph_;
  std::map<checked::PathId, Ends> ends_;
};

// Steps of one strong component in the order in which they wait for each other, as one circle.
std::vector<std::size_t> circle(const Graph& graph, const std::vector<std::size_t>& component, std::size_t start) {
  std::map<std::size_t, std::size_t> came_from;
  std::queue<std::size_t> open;
  open.push(start);
  while (!open.empty()) {
    const std::size_t v = open.front();
    open.pop();
    for (auto [it, end] = boost::out_edges(v, graph); it != end; ++it) {
      const std::size_t next = boost::target(*it, graph);
      if (component[next] != component[start]) continue;
      if (next == start) {
        std::vector<std::size_t> steps;
        for (std::size_t at = v;; at = came_from[at]) {
          steps.push_back(at);
          if (at == start) break;
        }
        std::reverse(steps.begin(), steps.end());
        return steps;
      }
      if (came_from.try_emplace(next, v).second) open.push(next);
    }
  }
  return {start};
}

// `members` gives the steps of an entity, so that only orderings with a part in the circle are shown.
template <typename Members>
void report_cycles(const checked::Policy& policy, const Graph& graph, const Members& members, Sink& sink) {
  std::vector<std::size_t> component(boost::num_vertices(graph));
  const std::size_t components = boost::strong_components(
      graph, boost::make_iterator_property_map(component.begin(), boost::get(boost::vertex_index, graph)));
  std::vector<std::size_t> size(components, 0);
  for (const std::size_t c : component) ++size[c];
  std::vector<bool> told(components, false);
  const std::size_t steps = policy.steps.size();
  for (std::size_t v = 0; v < steps; ++v) {  // each circle at its first step, joints have no name
    const bool self = boost::edge(v, v, graph).second;
    if (told[component[v]] || (size[component[v]] == 1 && !self)) continue;
    told[component[v]] = true;
    std::vector<std::size_t> around;
    for (const std::size_t each : circle(graph, component, v)) {
      if (each < steps) around.push_back(each);
    }
    std::string names;
    for (const std::size_t each : around) names += fmt::format("`{}`, then ", policy.steps.items[each].key);
    const checked::Step& first = policy.steps.items[v];
    Report& report = sink.report(Code::path_cycle, first.span,
                                 fmt::format("steps wait for each other in a circle: {}`{}` again", names, first.key));
    for (const std::size_t each : around) {
      if (each != v) report.label(policy.steps.items[each].span, fmt::format("`{}`", policy.steps.items[each].key));
    }
    const auto inside = [&](std::size_t step) { return component[step] == component[v]; };
    for (const checked::Ordering& ordering : policy.orderings) {
      const std::vector<std::size_t> before = members(ordering.first);
      const std::vector<std::size_t> after = members(ordering.then);
      if (std::any_of(before.begin(), before.end(), inside) && std::any_of(after.begin(), after.end(), inside))
        report.label(ordering.span, "this order counts too");
    }
    report.help("take one of the orderings back");
  }
}

using EntityKey = std::pair<plan::EntityKind, std::uint32_t>;

std::vector<std::pair<checked::Entity, checked::Entity>> closed_orderings(const checked::Policy& policy) {
  std::map<EntityKey, std::size_t> index;
  std::vector<checked::Entity> entities;
  const auto vertex = [&](const checked::Entity& entity) {
    const auto [it, fresh] = index.try_emplace({entity.kind, entity.index}, entities.size());
    if (fresh) entities.push_back(entity);
    return it->second;
  };
  std::vector<std::pair<std::size_t, std::size_t>> edges;
  for (const checked::Ordering& ordering : policy.orderings) {
    const std::size_t first = vertex(ordering.first);
    edges.emplace_back(first, vertex(ordering.then));
  }
  Graph graph(entities.size());
  for (const auto& [a, b] : edges) boost::add_edge(a, b, graph);
  Graph closure;
  if (!entities.empty()) boost::transitive_closure(graph, closure);
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (auto [it, end] = boost::edges(closure); it != end; ++it)
    pairs.emplace_back(boost::source(*it, closure), boost::target(*it, closure));
  std::sort(pairs.begin(), pairs.end());
  pairs.erase(std::unique(pairs.begin(), pairs.end()), pairs.end());
  std::vector<std::pair<checked::Entity, checked::Entity>> result;
  for (const auto& [a, b] : pairs) result.emplace_back(entities[a], entities[b]);
  return result;
}

}  // namespace

std::optional<OrderedSteps> order_steps(const checked::Policy& policy, Sink& sink) {
  StepGraph steps(policy);
  std::vector<std::vector<std::size_t>> of_rule(policy.rules.size());
  for (std::size_t r = 0; r < policy.rules.size(); ++r) {
    for (const checked::Consequence& consequence : policy.rules.items[r].consequences) {
      if (consequence.kind != plan::ConsequenceKind::requires_path) continue;
      steps.add(consequence.path);
      steps.collect(consequence.path, of_rule[r]);
    }
  }
  for (const checked::Chain& chain : policy.chains.items) steps.add(chain.path);
  if (policy.otherwise == plan::Otherwise::requires_path) steps.add(policy.otherwise_path);

  const auto members = [&](const checked::Entity& entity) {
    std::vector<std::size_t> result;
    switch (entity.kind) {
      case plan::EntityKind::rule: result = of_rule[entity.index]; break;
      case plan::EntityKind::chain:
        for (const checked::StepId step : policy.chains.items[entity.index].steps)
          result.push_back(static_cast<std::size_t>(step));
        break;
      case plan::EntityKind::approver:
        for (std::size_t s = 0; s < policy.steps.size(); ++s) {
          if (static_cast<std::uint32_t>(policy.steps.items[s].approver) == entity.index) result.push_back(s);
        }
        break;
    }
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
  };
  OrderedSteps ordered;
  ordered.orderings = closed_orderings(policy);
  for (const auto& [first, then] : ordered.orderings) steps.connect(members(first), members(then));

  const Graph& graph = steps.graph();
  const std::size_t count = boost::num_vertices(graph);
  std::vector<std::size_t> waits(count, 0);
  for (auto [it, end] = boost::edges(graph); it != end; ++it) ++waits[boost::target(*it, graph)];
  // Joints are passed through as soon as they are free, so that they do not disturb the ties.
  std::priority_queue<std::size_t, std::vector<std::size_t>, std::greater<>> ready;
  std::vector<std::size_t> joints;
  const auto free = [&](std::size_t v) { v < policy.steps.size() ? ready.push(v) : joints.push_back(v); };
  for (std::size_t v = 0; v < count; ++v) {
    if (waits[v] == 0) free(v);
  }
  std::size_t done = 0;
  while (!ready.empty() || !joints.empty()) {
    std::size_t v = 0;
    if (!joints.empty()) {
      v = joints.back();
      joints.pop_back();
    } else {
      v = ready.top();
      ready.pop();
      ordered.steps.push_back(v);
    }
    ++done;
    for (auto [it, end] = boost::out_edges(v, graph); it != end; ++it) {
      if (--waits[boost::target(*it, graph)] == 0) free(boost::target(*it, graph));
    }
  }
  if (done == count) return ordered;
  report_cycles(policy, graph, members, sink);
  return std::nullopt;
}

}  // namespace assent::compiler
