// What is there: symbols, what folds, and what is not written.
#include <map>

#include "tools/lsp/server.h"
#include "tools/text.h"

namespace assent::command::lsp {

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

}  // namespace assent::command::lsp
