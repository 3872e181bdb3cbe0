// What stands between the words of a clause, of an item's head, of a block on one line. Entries: clause_of, block_of.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "compiler/format/document.h"
#include "compiler/parse/syntax.h"

namespace assent::compiler::format {

using Parts = std::vector<std::size_t>;  // positions in Syntax::parts, one after the other

// A clause, or the head of an item, of the rule `rule`. `family` says which columns it has.
Document clause_of(const Syntax& syntax, const Parts& parts, Rule rule, std::string_view family);

// A whole item with its block on one line: the head up to the `{`, which is at `brace`, and then the clauses.
Document block_of(const Syntax& syntax, const Parts& parts, std::size_t brace, std::string_view family);

}  // namespace assent::compiler::format
