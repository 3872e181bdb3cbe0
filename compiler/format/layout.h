// The words of a file to its text in the style. Entry: layout. grammar/README.md shows the style.
#pragma once

#include <string>

#include "compiler/parse/syntax.h"

namespace assent::compiler::format {

// What is unread or kept stays as it is, to the byte. Time: linear in the text.
std::string layout(const Syntax& syntax);

}  // namespace assent::compiler::format
