// What a policy means beyond what is written. Entry: hints.
#pragma once

#include <cstdint>
#include <vector>

#include "assent/editor.h"
#include "compiler/sema/sema.h"
#include "compiler/source/source.h"
#include "runtime/plan/plan.h"

namespace assent::compiler {

// By place. `node_of`: as lint::Planned has it.
std::vector<Hint> hints(const Checked& checked, const plan::Plan& plan, const std::vector<std::uint32_t>& node_of,
                        const SourceMap& sources);

}  // namespace assent::compiler
