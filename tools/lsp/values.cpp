// See values.h.
#include "tools/lsp/values.h"

namespace assent::command::lsp {

Json position_json(TextPosition at) { return {{"line", at.line}, {"character", at.character}}; }
Json range_json(const EditorDesk::Target& at) {
  return {{"start", position_json(at.begin)}, {"end", position_json(at.end)}};
}
Json location_json(const EditorDesk::Target& at) { return {{"uri", at.uri}, {"range", range_json(at)}}; }

TextPosition position_of(const Json& json) {
  return {json.at("line").get<std::size_t>(), json.at("character").get<std::size_t>()};
}

int severity_number(Severity severity) {
  return severity == Severity::error ? 1 : severity == Severity::warning ? 2 : 3;
}

SymbolNumbers numbers_of(Symbol::Kind kind) {
  switch (kind) {
    case Symbol::Kind::record: return {23, 22};    // struct
    case Symbol::Kind::type: return {10, 13};      // enum
    case Symbol::Kind::input: return {13, 6};      // variable
    case Symbol::Kind::fact: return {14, 21};      // constant
    case Symbol::Kind::function: return {12, 3};   // function
    case Symbol::Kind::calendar: return {18, 12};  // array, value
    case Symbol::Kind::approver: return {5, 7};    // class
    case Symbol::Kind::chain: return {5, 7};
    case Symbol::Kind::rule: return {24, 23};      // event
    case Symbol::Kind::field: return {8, 5};       // field
    case Symbol::Kind::variable: return {13, 6};
    case Symbol::Kind::parameter: return {13, 6};
    case Symbol::Kind::phase: return {20, 21};     // key, constant
    case Symbol::Kind::test: return {6, 2};        // method
  }
  return {13, 6};
}

bool is_local(Symbol::Kind kind) { return kind == Symbol::Kind::variable || kind == Symbol::Kind::parameter; }

}  // namespace assent::command::lsp
