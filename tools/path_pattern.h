// The path that a test expects, against the path that a decision demands. Entries: pattern_graph,
// same_path.
#pragma once

#include "assent/compile.h"
#include "tools/path_graph.h"

namespace assent::command {

// One step for each approver of the pattern, in the order of the text.
PathGraph pattern_graph(const PathPattern& pattern);

// Whether the two demand the same of the same approvers in the same order; how parallel parts and
// edges that follow from others are written does not count. `expected` is one of pattern_graph().
bool same_path(const PathGraph& expected, const PathGraph& actual);

}  // namespace assent::command
