// A syntax tree as indented S-expressions, for people and golden tests. Entry: print.
#pragma once

#include <string>

#include "compiler/ast/ast.h"

namespace assent::compiler {

std::string print(const ast::Module& module);

}  // namespace assent::compiler
