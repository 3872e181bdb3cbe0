// Parse tree to the words of a file in the shape of the grammar. Entry: build_syntax. Internal to parse/.
#pragma once

#include "compiler/parse/build_ast.h"
#include "compiler/parse/syntax.h"

namespace assent::compiler {

// `skip_broken`: items in which the parser gave up are unread.
Syntax build_syntax(const ParsedText& text, grammar::AssentParser::ModuleContext& tree,
                    antlr4::CommonTokenStream& tokens, bool skip_broken);

}  // namespace assent::compiler
