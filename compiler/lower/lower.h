// Checked tables to Plan. Entry: lower.
//
// Functions are inlined, constants folded by the runtime's own arithmetic, equal expressions shared,
// and only what a decision can reach is kept: fields that nothing reads are not in the plan.
// Files: tables.cpp (strings and constants), quote.cpp (columns and shapes), nodes.cpp and fold.cpp (expressions),
// path_graph.cpp (cycles, order), lower.cpp (the rest).
#pragma once

#include <optional>

#include "compiler/diag/diag.h"
#include "compiler/sema/sema.h"
#include "runtime/plan/plan.h"
#include "runtime/value/value.h"

namespace assent::compiler {

// Nothing if a new error was found: a cycle of steps, a constant without a result, a limit.
// `keep`: facts that must be in the plan though no rule needs them (tests look at them). `node_of`, for who looks at
// both: of each expression its node, of those that stand in no function and that the plan needs; else plan::none.
std::optional<plan::Plan> lower(const checked::Policy& policy, const SourceMap& sources,
                                const std::vector<std::string>& keep, Sink& sink,
                                std::vector<std::uint32_t>* node_of = nullptr);

// A literal, perhaps behind minus signs, as a value. Its text points into `policy`.
Value literal_value(const checked::Policy& policy, checked::ExprId literal);

}  // namespace assent::compiler
