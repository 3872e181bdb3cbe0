// What the linter finds of a policy that is checked already. Entry: find.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "assent/lint.h"
#include "compiler/driver/pipeline.h"

namespace assent::compiler::lint {

struct Findings {
  std::vector<Finding> list;  // as LintResult has them
  std::size_t allowed = 0;
};

// A policy with its plan: none of a module that decides nothing by itself, and of one with an error. What only lowering
// finds goes to the sink.
struct Planned {
  std::optional<plan::Plan> plan;
  std::vector<std::uint32_t> node_of;  // of each expression: its node, or plan::none
};
Planned planned(const Checked& checked, const SourceMap& sources, Sink& sink);

// `checked` is of these modules, with references, and without an error; `policy` is of it.
Findings find(const std::vector<LoadedModule>& modules, const Checked& checked, const Planned& policy,
              const SourceMap& sources, const LintOptions& options);

}  // namespace assent::compiler::lint
