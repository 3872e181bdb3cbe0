// See path_graph.h.
#include "tools/path_graph.h"

#include <algorithm>

namespace assent::command {

PathGraph path_graph(const Decision& decision) {
  PathGraph graph;
  for (const Step& step : decision.steps) {
    graph.names.emplace_back(step.approver);
    graph.after.emplace_back(step.after.begin(), step.after.end());
  }
  return graph;
}

std::vector<std::string> step_names(const Decision& decision) {
  std::vector<std::string> names;
  for (const Step& step : decision.steps) {
    const auto of_this = [&](const Step& other) { return other.approver == step.approver; };
    const auto count = std::count_if(decision.steps.begin(), decision.steps.end(), of_this);
    names.emplace_back(count == 1 && !step.approver.empty() ? step.approver : step.key);
  }
  return names;
}

}  // namespace assent::command
