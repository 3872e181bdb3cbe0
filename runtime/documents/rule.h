// The rules that documents are checked against. Entry: Rule, id, meaning; rules.def has the list.
#pragma once

#include <cstdint>
#include <string_view>

namespace assent::documents {

enum class Rule : std::uint8_t {
#define RULE(name, id, meaning) name,
#include "runtime/documents/rules.def"
#undef RULE
};

// The stable id, "PEPPOL-T01-R001".
std::string_view id(Rule rule);

// What the rule asks for, for people.
std::string_view meaning(Rule rule);

}  // namespace assent::documents
