// Who waits for whom: the steps of a decision as a graph of names. Entries: path_graph, step_names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assent/decision.h"

namespace assent::command {

// `after[i]` are steps that must be satisfied before step i; each of them is smaller than i.
struct PathGraph {
  std::vector<std::string> names;
  std::vector<std::vector<std::uint32_t>> after;

  std::size_t size() const { return names.size(); }
};

// The steps of a decision under the names of their approvers.
PathGraph path_graph(const Decision& decision);

// What each step is called where all of them are shown: its approver, or its key where the approver
// has several steps.
std::vector<std::string> step_names(const Decision& decision);

}  // namespace assent::command
