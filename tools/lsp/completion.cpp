// What could be written next: names, fields and words; in a text the people and roles of the directories that the tests
// name, and the files beside the document.
#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/lsp/server.h"
#include "tools/request.h"
#include "tools/text.h"

namespace assent::command::lsp {

namespace {

// A text that is not closed yet, and the word of the language before it: `role "dea`.
struct OpenText {
  std::string word;
  std::size_t begin = 0;  // behind the quote
};
std::optional<OpenText> open_text(std::string_view text, std::size_t offset) {
  std::size_t at = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
  at = at == std::string_view::npos ? 0 : at + 1;
  OpenText open;
  bool inside = false;
  for (; at < offset; ++at) {
    const char c = text[at];
    if (inside) {
      if (c == '\\') ++at;
      else if (c == '"') inside = false;
    } else if (c == '"') {
      inside = true;
      open.begin = at + 1;
    } else if (c == '#') {
      return std::nullopt;
    } else if (is_name_byte(c)) {
      std::size_t end = at;
      while (end < offset && is_name_byte(text[end])) ++end;
      open.word = text.substr(at, end - at);
      at = end - 1;
    }
  }
  return inside && open.begin <= offset ? std::optional(open) : std::nullopt;
}

// What each `directory "FILE"` of the document has, as far as it can be read.
std::vector<Json> people_of(const EditorDesk::Document& of) {
  constexpr std::size_t most_files = 8, most_bytes = std::size_t{64} << 20;
  constexpr std::string_view mark = "directory \"";
  std::set<std::string> files;
  if (of.path.empty()) return {};
  for (std::size_t at = of.text.find(mark); at != std::string::npos; at = of.text.find(mark, at + mark.size())) {
    const std::size_t begin = at + mark.size();
    const std::size_t end = std::min(of.text.find_first_of("\"\n", begin), of.text.size());
    if (files.size() < most_files) files.insert(of.text.substr(begin, end - begin));
  }
  std::vector<Json> people;
  for (const std::string& file : files) {
    try {
      const auto text = read_if_there(beside(of.folder, file), most_bytes);
      const Json json = text ? Json::parse(*text, nullptr, false) : Json();
      if (!json.is_object() || !json.contains("people") || !json["people"].is_array()) continue;
      people.insert(people.end(), json["people"].begin(), json["people"].end());
    } catch (const BadInput&) {
      // a test that needs it says so
    }
  }
  return people;
}

std::string text_at(const Json& object, const char* key) {
  const auto found = object.is_object() ? object.find(key) : object.end();
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

// Words with what is said of each.
std::map<std::string, std::string> texts_after(const EditorDesk::Document& of, const OpenText& open,
                                               std::string_view typed) {
  std::map<std::string, std::string> found;
  if (open.word == "person" || open.word == "people") {
    for (const Json& each : people_of(of))
      if (const std::string id = text_at(each, "id"); !id.empty()) found.emplace(id, text_at(each, "name"));
  } else if (open.word == "role") {
    for (const Json& each : people_of(of)) {
      if (!each.is_object() || !each.contains("roles") || !each["roles"].is_array()) continue;
      for (const Json& role : each["roles"])
        if (role.is_string()) {
          std::string& holders = found[role.get<std::string>()];
          constexpr std::size_t most = 60;
          if (holders.size() < most) holders += (holders.empty() ? "" : ", ") + text_at(each, "id");
        }
    }
  } else if (open.word == "given" || open.word == "directory" || open.word == "rates") {
    const std::size_t slash = typed.rfind('/');
    const std::string folder(slash == std::string_view::npos ? "" : typed.substr(0, slash + 1));
    const auto files = of.path.empty() ? std::nullopt : files_in(of.folder + (folder.empty() ? "." : folder));
    for (const std::string& file : files.value_or(std::vector<std::string>()))
      if (file.ends_with(".json")) found.emplace(folder + file, "");
  }
  return found;
}

Json complete_text(const EditorDesk::Document& of, const OpenText& open, std::size_t offset,
                   PositionEncoding encoding) {
  const TextLines lines(of.text, encoding);
  const Json range = range_json({of.uri, lines.position(open.begin), lines.position(offset)});
  Json list = Json::array();
  const std::string typed = of.text.substr(open.begin, offset - open.begin);
  for (const auto& [text, said] : texts_after(of, open, typed)) {
    Json item{{"label", text}, {"kind", 12}, {"textEdit", {{"range", range}, {"newText", text}}}};  // value
    if (!said.empty()) item["detail"] = said;
    list.push_back(std::move(item));
  }
  return list;
}

}  // namespace

Json Server::completion(const Json& params) {
  const Document& of = document(params);
  const std::size_t offset = desk_.offset(of, position_of(params.at("position")));
  if (const auto open = open_text(of.text, offset)) return complete_text(of, *open, offset, desk_.encoding());
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
    for (const std::string_view word : item_words()) list.push_back({{"label", word}, {"kind", 14}});
  return list;
}

}  // namespace assent::command::lsp
