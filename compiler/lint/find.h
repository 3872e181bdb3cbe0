// What the linter finds of a policy that is checked already. Entry: find.
#pragma once

#include <cstddef>
#include <vector>

#include "assent/lint.h"
#include "compiler/driver/pipeline.h"

namespace assent::compiler::lint {

struct Findings {
  std::vector<Finding> list;  // as LintResult has them
  std::size_t allowed = 0;
};

// `checked` is of these modules, with references. Nothing is found where the sink has an error, and what only lowering
// finds is added to it.
Findings find(const std::vector<LoadedModule>& modules, const Checked& checked, const SourceMap& sources, Sink& sink,
              const LintOptions& options);

}  // namespace assent::compiler::lint
