// What is there: symbols, what folds, and what could be written next.
#include <algorithm>
#include <map>

#include "tools/lsp/server.h"
#include "tools/text.h"

namespace assent::command::lsp {

namespace {

constexpr std::string_view item_words[] = {
    "approver", "calendar", "chain", "extend", "fact", "function", "group", "input", "ladder", "orders", "otherwise",
    "path",     "record",   "rule",  "step",   "test", "type",     "use"};

}  // namespace

Json Server::document_symbols(const Json& params) {
  const Document& of = document(params);
  const EditorView& view = desk_.view(of);
  std::map<std::size_t, std::size_t> place_of;  // of records, in the list
  Json list = Json::array();
  for (const bool fields : {false, true}) {
    for (std::size_t i = 0; i < view.symbols.size(); ++i) {
      const Symbol& symbol = view.symbols[i];
      if (is_local(symbol.kind) || symbol.record.has_value() != fields) continue;
      const auto whole = desk_.target(of, symbol.whole), name = desk_.target(of, symbol.name_place);
      if (!whole || !name || whole->uri != of.uri) continue;
      Json json{{"name", symbol.name},
                {"detail", symbol.title.empty() ? symbol.type : symbol.title},
                {"kind", numbers_of(symbol.kind).symbol},
                {"range", range_json(*whole)},
                {"selectionRange", range_json(*name)}};
      if (fields) {
        const auto record = place_of.find(*symbol.record);
        if (record != place_of.end()) list[record->second]["children"].push_back(std::move(json));
        continue;
      }
      place_of[i] = list.size();
      list.push_back(std::move(json));
    }
  }
  return list;
}

Json Server::workspace_symbols(const Json& params) {
  constexpr std::size_t most = 500;
  const std::string wanted = params.value("query", "");
  Json list = Json::array();
  std::map<std::string, bool> seen;
  for (const Document* each : desk_.documents()) {
    const EditorView& view = desk_.view(*each);
    for (const Symbol& symbol : view.symbols) {
      if (is_local(symbol.kind) || symbol.name.find(wanted) == std::string::npos || list.size() >= most) continue;
      const auto at = desk_.target(*each, symbol.name_place);
      if (!at) continue;
      const Json location = location_json(*at);
      if (!seen.emplace(location.dump(), true).second) continue;
      list.push_back({{"name", symbol.name}, {"kind", numbers_of(symbol.kind).symbol}, {"location", location}});
    }
  }
  return list;
}

Json Server::folding(const Json& params) {
  const Document& of = document(params);
  const EditorView& view = desk_.view(of);
  Json list = Json::array();
  for (const Symbol& symbol : view.symbols) {
    const auto whole = desk_.target(of, symbol.whole);
    if (whole && whole->uri == of.uri && whole->end.line > whole->begin.line)
      list.push_back({{"startLine", whole->begin.line}, {"endLine", whole->end.line}});
  }
  return list;
}

// The kinds of the protocol: 1 is of a type or an annotation, 2 of a parameter.
Json Server::inlay_hints(const Json& params) {
  const Document& of = document(params);
  const std::size_t begin = desk_.offset(of, position_of(params.at("range").at("start")));
  const std::size_t end = desk_.offset(of, position_of(params.at("range").at("end")));
  Json list = Json::array();
  for (const Hint& hint : desk_.view(of).hints) {
    const auto at = desk_.target(of, hint.place);
    if (!at || at->uri != of.uri || hint.place.begin < begin || hint.place.begin > end) continue;
    const bool band = hint.kind == Hint::Kind::band, higher = hint.kind == Hint::Kind::higher;
    Json json{{"position", position_json(at->begin)}, {"kind", 1}, {band ? "paddingRight" : "paddingLeft", true}};
    json["label"] = band ? hint.text : higher ? "▲ is worse" : "▼ is worse";
    if (!band)
      json["tooltip"] = std::string("An approval is kept while this does not ") + (higher ? "rise" : "fall") +
                        "; `reapprove` says otherwise.";
    list.push_back(std::move(json));
  }
  return list;
}

Json Server::completion(const Json& params) {
  const Document& of = document(params);
  const std::size_t offset = desk_.offset(of, position_of(params.at("position")));
  std::vector<std::string> before;  // names with dots between them, and a dot behind
  std::size_t at = offset;
  const auto back = [&] { while (at > 0 && is_name_byte(of.text[at - 1])) --at; };
  for (back(); at > 0 && of.text[at - 1] == '.';) {
    const std::size_t end = --at;
    back();
    before.insert(before.begin(), of.text.substr(at, end - at));
  }
  Json list = Json::array();
  const auto add = [&](const Symbol& symbol) {
    Json item{{"label", symbol.name}, {"kind", numbers_of(symbol.kind).completion}, {"detail", signature_of(symbol)}};
    std::string said = symbol.title;
    if (!symbol.documentation.empty()) said += (said.empty() ? "" : "\n\n") + symbol.documentation;
    if (!said.empty()) item["documentation"] = said;
    list.push_back(std::move(item));
  };
  if (!before.empty() && !before[0].empty()) {
    for (const Symbol* field : desk_.fields_after(of, before, offset)) add(*field);
    return list;
  }
  std::map<std::string, bool> seen;
  for (const Symbol& symbol : desk_.view(of).symbols) {
    const bool inner = is_local(symbol.kind) || symbol.kind == Symbol::Kind::field || symbol.kind == Symbol::Kind::test;
    if (!inner && seen.emplace(symbol.name, true).second) add(symbol);
  }
  for (const BuiltinFunction& each : builtin_functions())
    if (seen.emplace(each.name, true).second)
      list.push_back({{"label", each.name}, {"kind", 3}, {"detail", each.signature}, {"documentation", each.meaning}});
  const std::size_t line = of.text.rfind('\n', at == 0 ? 0 : at - 1);
  const bool at_start = at == 0 || (line != std::string::npos && line + 1 == at);
  if (at_start)
    for (const std::string_view word : item_words) list.push_back({{"label", word}, {"kind", 14}});
  return list;
}

}  // namespace assent::command::lsp
