// The ids and meanings of rules, from the list in rules.def.
//
// Entry: id, meaning. The switches have no default, so the compiler checks that they are complete.
#include "runtime/documents/rule.h"

namespace assent::documents {

std::string_view id(Rule rule) {
  switch (rule) {
#define RULE(rule_name, rule_id, words) \
  case Rule::rule_name:                 \
    return rule_id;
#include "runtime/documents/rules.def"
#undef RULE
  }
  return "unknown";  // only a value cast from outside the list arrives here
}

std::string_view meaning(Rule rule) {
  switch (rule) {
#define RULE(rule_name, rule_id, words) \
  case Rule::rule_name:                 \
    return words;
#include "runtime/documents/rules.def"
#undef RULE
  }
  return "unknown rule";
}

}  // namespace assent::documents
