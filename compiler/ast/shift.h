// Moves a syntax tree to where its text went. Entry: shift.
#pragma once

#include <cstdint>

#include "compiler/ast/ast.h"

namespace assent::compiler::ast {

// Adds `by`, which may be negative as numbers wrap around, to every place in the tree, and says that it is of `file`.
void shift(Module& module, FileId file, std::uint32_t by);

}  // namespace assent::compiler::ast
