// See path_pattern.h. A pattern falls apart into series and parallel parts in one way only, so the
// two graphs are the same iff the actual one falls apart too, and into the same parts.
#include "tools/path_pattern.h"

#include "tools/path_tree.h"

namespace assent::command {

namespace {

using Steps = std::vector<std::uint32_t>;

// Adds the steps of `pattern`, to come after `before`; returns those that come last.
Steps add(const PathPattern& pattern, const Steps& before, PathGraph& graph) {
  Steps last;
  switch (pattern.kind) {
    case PathPattern::Kind::step:
      last.push_back(static_cast<std::uint32_t>(graph.size()));
      graph.names.push_back(pattern.approver);
      graph.after.push_back(before);
      return last;
    case PathPattern::Kind::series:
      last = before;
      for (const PathPattern& part : pattern.parts) last = add(part, last, graph);
      return last;
    case PathPattern::Kind::parallel:
      for (const PathPattern& part : pattern.parts) {
        const Steps ends = add(part, before, graph);
        last.insert(last.end(), ends.begin(), ends.end());
      }
      return last;
  }
  return last;
}

}  // namespace

PathGraph pattern_graph(const PathPattern& pattern) {
  PathGraph graph;
  add(pattern, {}, graph);
  return graph;
}

bool same_path(const PathGraph& expected, const PathGraph& actual) {
  if (expected.size() != actual.size()) return false;
  const PathTree wanted = path_tree(expected);
  const PathTree found = path_tree(actual);
  if (has_woven(wanted) || has_woven(found)) return false;
  return canonical(wanted, expected) == canonical(found, actual);
}

}  // namespace assent::command
