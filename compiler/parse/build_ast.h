// Parse tree to syntax tree: one function for each grammar rule, in the grammar's order, no names
// looked up and nothing decided but what the words say.
#pragma once

#include <string_view>
#include <vector>

#include "AssentParser.h"
#include "compiler/ast/ast.h"
#include "compiler/diag/diag.h"

namespace assent::compiler {

// The bytes [begin, end) of a file, which are parsed by themselves. ANTLR counts their code points, everything else the
// bytes of the file: `offsets[i]` is the byte at which code point i starts, with one entry more than there are code
// points; empty for a text that is all ASCII.
struct ParsedText {
  FileId file;
  std::string_view text;  // of the whole file
  std::uint32_t begin = 0, end = 0;
  std::vector<std::uint32_t> offsets;

  std::uint32_t byte(std::size_t code_point) const {
    if (offsets.empty()) return begin + static_cast<std::uint32_t>(std::min<std::size_t>(code_point, end - begin));
    return code_point < offsets.size() ? offsets[code_point] : offsets.back();
  }
};

Span span_of(const ParsedText& text, const antlr4::Token& token);

// Whether the parser gave up somewhere in it.
bool broken(antlr4::tree::ParseTree* tree);

// `skip_broken`: leave out items in which the parser gave up.
ast::Module build_ast(const ParsedText& text, grammar::AssentParser::ModuleContext& tree, bool skip_broken,
                      Sink& sink);

}  // namespace assent::compiler
