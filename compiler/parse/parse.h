// Text to syntax tree. The only door to ANTLR: parse.cpp runs it, build_ast.cpp walks its tree.
#pragma once

#include "compiler/ast/ast.h"
#include "compiler/diag/diag.h"
#include "compiler/source/source.h"

namespace assent::compiler {

// Brackets inside brackets, `has` inside `has`, and fields of fields. Bounds the stack of every recursive walk over a
// tree, here and in sema/; people write three or four.
inline constexpr std::size_t max_nesting = 200;

// Parses one file. Syntax errors go to `sink`, all independent ones; an item that has one is left
// out of the module, which is then `broken`. Safe from any thread: calls wait for each other.
ast::Module parse(const SourceMap& sources, FileId file, Sink& sink);

}  // namespace assent::compiler
