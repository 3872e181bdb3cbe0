// Text to syntax tree. The only door to ANTLR: parse.cpp runs it, build_ast.cpp walks its tree, reparse.cpp cuts a text
// into what can be parsed by itself.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

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

// ── for reparse.cpp ──────────────────────────────────────────────────────────────────────────
// Parses the bytes [begin, end) of a file by themselves. To find all errors takes ten times as long as to find that
// there is one: `no_errors` ends at the first, tells none and gives nothing.
enum class Tell : std::uint8_t { errors, no_errors };
struct Part {
  ast::Module module;
  std::vector<std::uint32_t> starts;  // where its items begin, those with an error too
  bool right = false;                 // the parser found no error
};
Part parse_part(const SourceMap& sources, FileId file, std::uint32_t begin, std::uint32_t end, Tell tell, Sink& sink);

// The first words of the alternatives of `item` in the grammar, and one that is kept for later.
inline constexpr std::string_view item_words[] = {
    "use",  "record", "extend", "type", "input", "function",  "calendar", "approver", "group",  "chain",
    "fact", "rule",   "ladder", "step", "path",  "otherwise", "test",     "testing",  "orders"};
inline constexpr std::string_view reserved_item = "prove";
bool starts_item(std::string_view word);

}  // namespace assent::compiler
