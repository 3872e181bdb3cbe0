// What words mean, and where else they stand.
#include <algorithm>

#include "tools/lsp/server.h"
#include "tools/text.h"

namespace assent::command::lsp {

namespace {

std::string word_around(const std::string& text, std::size_t offset) {
  std::size_t begin = offset, end = offset;
  while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
  while (end < text.size() && is_name_byte(text[end])) ++end;
  return text.substr(begin, end - begin);
}

std::optional<BuiltinFunction> builtin(std::string_view name) {
  for (const BuiltinFunction& each : builtin_functions())
    if (each.name == name) return each;
  return std::nullopt;
}

Json hover_of_builtin(std::string_view name) {
  const auto found = builtin(name);
  if (!found) return nullptr;
  const std::string text = "```assent\n" + std::string(found->signature) + "\n```\n\n" + std::string(found->meaning);
  return {{"contents", {{"kind", "markdown"}, {"value", text + "\n"}}}};
}

// The call around a place: the name before its bracket, and how many commas of its own lie between. What is being typed
// is no expression yet, so that it is sought in the text.
struct OpenCall { std::string function; std::size_t argument = 0; };
std::optional<OpenCall> call_around(std::string_view text, std::size_t offset) {
  constexpr std::size_t most_bytes = 10'000;
  std::size_t depth = 0;
  OpenCall call;
  for (std::size_t at = offset, first = offset - std::min(offset, most_bytes); at > first;) {
    const char c = text[--at];
    if (c == '"') {  // a text, back to where it begins
      const std::size_t open = at == 0 ? std::string_view::npos : text.rfind('"', at - 1);
      if (open == std::string_view::npos || open < first) return std::nullopt;
      at = open;
    } else if (c == ')' || c == ']') {
      ++depth;
    } else if (c == '{' || c == '}') {
      return std::nullopt;
    } else if (c == ',' && depth == 0) {
      ++call.argument;
    } else if (c == '(' || c == '[') {
      if (depth > 0) {
        --depth;
        continue;
      }
      std::size_t begin = at;
      while (begin > 0 && is_name_byte(text[begin - 1])) --begin;
      if (begin == at) {  // a bracket of an expression
        call.argument = 0;
        continue;
      }
      call.function = text.substr(begin, at - begin);
      return call;
    }
  }
  return std::nullopt;
}

// "of: Money" and "places" of "half(of: Money, places): Money".
std::vector<std::string> parameters_of(std::string_view signature) {
  std::vector<std::string> list;
  signature = signature.substr(signature.find('(') + 1);
  signature = signature.substr(0, signature.find(')'));
  while (!signature.empty()) {
    const std::size_t comma = signature.find(", ");
    list.emplace_back(signature.substr(0, comma));
    signature.remove_prefix(comma == std::string_view::npos ? signature.size() : comma + 2);
  }
  return list;
}

// The protocol's, by kinds of symbols, in their order.
constexpr std::string_view token_types[] = {"struct", "enum",  "variable", "variable", "function", "type", "class",
                                            "class",  "event", "property", "variable", "parameter", "enumMember"};
static_assert(std::size(token_types) == static_cast<std::size_t>(Symbol::Kind::test), "of all that words can mean");
constexpr std::string_view token_modifiers[] = {"declaration", "readonly", "defaultLibrary"};

}  // namespace

std::string signature_of(const Symbol& symbol) {
  std::string text = std::string(assent::text(symbol.kind)) + ' ' + symbol.name;
  if (symbol.kind == Symbol::Kind::function) text += '(' + joined(symbol.parameters, ", ") + ')';
  if (!symbol.type.empty()) text += ": " + symbol.type;
  return text;
}

std::optional<Server::Meant> Server::meant(const Document& of, const Json& params) {
  const EditorView& view = desk_.view(of);
  const Word* word = desk_.word_at(of, position_of(params.at("position")));
  if (word == nullptr) return std::nullopt;
  return Meant{view, *word, view.symbols[word->symbol]};
}

Json Server::hover(const Json& params) {
  const Document& of = document(params);
  const std::size_t offset = desk_.offset(of, position_of(params.at("position")));
  const auto found = meant(of, params);
  if (!found) return hover_of_builtin(word_around(of.text, offset));
  const Symbol& symbol = found->symbol;
  std::string text = "```assent\n" + signature_of(symbol) + "\n```\n";
  if (!symbol.title.empty()) text += "\n" + symbol.title + "\n";
  if (!symbol.documentation.empty()) text += "\n" + symbol.documentation + "\n";
  const auto whole = std::find_if(found->view.sources.begin(), found->view.sources.end(), [&](const Source& each) {
    return each.name == symbol.whole.file;
  });
  constexpr std::size_t most_lines = 12;
  const bool short_enough = symbol.whole.end_line - symbol.whole.line < most_lines;
  if (whole != found->view.sources.end() && symbol.whole.begin != symbol.name_place.begin && short_enough)
    text += "\n```assent\n" +
            whole->text.substr(symbol.whole.begin, symbol.whole.end - symbol.whole.begin) + "\n```\n";
  const std::string seen = seen_in_test(of, symbol, offset);
  if (!seen.empty()) text += "\n" + seen + "\n";
  Json json{{"contents", {{"kind", "markdown"}, {"value", text}}}};
  if (const auto at = desk_.target(of, found->word.place)) json["range"] = range_json(*at);
  return json;
}

Json Server::definition(const Json& params) {
  const Document& of = document(params);
  const auto found = meant(of, params);
  const auto at = found ? desk_.target(of, found->symbol.name_place) : std::nullopt;
  return at ? location_json(*at) : Json();
}

// All words that mean what the word at a place does: in this document, in the modules that it uses, and in the other
// open documents that mean the same declaration.
std::vector<EditorDesk::Target> Server::places(const Document& of, const Json& params, bool declaration) {
  std::vector<EditorDesk::Target> all;
  const auto found = meant(of, params);
  if (!found) return all;
  const auto home = desk_.target(of, found->symbol.name_place);
  const auto add_all = [&](const Document& document, std::size_t symbol) {
    for (const Word& each : desk_.view(document).words) {
      if (each.symbol != symbol || (each.declares && !declaration)) continue;
      const auto at = desk_.target(document, each.place);
      if (at && std::find(all.begin(), all.end(), *at) == all.end()) all.push_back(*at);
    }
  };
  add_all(of, found->word.symbol);
  if (!home) return all;
  for (const Document* other : desk_.documents()) {
    if (other->uri == of.uri) continue;
    const EditorView& view = desk_.view(*other);
    for (std::size_t i = 0; i < view.symbols.size(); ++i) {
      if (view.symbols[i].name != found->symbol.name || view.symbols[i].kind != found->symbol.kind) continue;
      const auto at = desk_.target(*other, view.symbols[i].name_place);
      if (at == home) add_all(*other, i);
    }
  }
  return all;
}

Json Server::references(const Json& params) {
  Json list = Json::array();
  const bool declaration = params.value("context", Json::object()).value("includeDeclaration", true);
  for (const EditorDesk::Target& each : places(document(params), params, declaration))
    list.push_back(location_json(each));
  return list;
}

Json Server::highlights(const Json& params) {
  const Document& of = document(params);
  Json list = Json::array();
  for (const EditorDesk::Target& each : places(of, params, true))
    if (each.uri == of.uri) list.push_back({{"range", range_json(each)}});
  return list;
}

Json Server::prepare_rename(const Json& params) {
  const Document& of = document(params);
  const auto found = meant(of, params);
  if (!found || !desk_.target(of, found->symbol.name_place)) return nullptr;
  const auto at = desk_.target(of, found->word.place);
  return at ? Json{{"range", range_json(*at)}, {"placeholder", found->symbol.name}} : Json();
}

Json Server::rename(const Json& params) {
  const Document& of = document(params);
  const std::string name = params.at("newName");
  if (name.empty() || !std::all_of(name.begin(), name.end(), is_name_byte) || (name[0] >= '0' && name[0] <= '9'))
    throw Refused{RpcError::invalid_params, "`" + name + "` is no name: letters, digits and _, not a digit first"};
  const auto found = meant(of, params);
  if (!found) throw Refused{RpcError::invalid_params, "nothing that has a name stands here"};
  if (!desk_.target(of, found->symbol.name_place))
    throw Refused{RpcError::invalid_params, "`" + found->symbol.name + "` is the library's"};
  Json changes = Json::object();
  for (const EditorDesk::Target& each : places(of, params, true))
    changes[each.uri].push_back({{"range", range_json(each)}, {"newText", name}});
  return {{"changes", std::move(changes)}};
}

Json Server::signature_help(const Json& params) {
  const Document& of = document(params);
  const auto call = call_around(of.text, desk_.offset(of, position_of(params.at("position"))));
  if (!call) return nullptr;
  std::string label, documentation;
  std::vector<std::string> parameters;
  for (const Symbol& symbol : desk_.view(of).symbols) {
    if (symbol.kind != Symbol::Kind::function || symbol.name != call->function) continue;
    label = signature_of(symbol).substr(std::string_view("function ").size());
    documentation = symbol.documentation;
    parameters = symbol.parameters;
  }
  if (const auto found = builtin(call->function); label.empty() && found) {
    label = found->signature;
    documentation = found->meaning;
    parameters = parameters_of(label);
  }
  if (label.empty()) return nullptr;
  Json list = Json::array();
  for (const std::string& each : parameters) list.push_back({{"label", each}});
  Json signature{{"label", label}, {"parameters", std::move(list)}};
  if (!documentation.empty()) signature["documentation"] = documentation;
  return {{"signatures", {std::move(signature)}}, {"activeSignature", 0}, {"activeParameter", call->argument}};
}

Json Server::token_legend() { return {{"tokenTypes", token_types}, {"tokenModifiers", token_modifiers}}; }

// Each as five numbers: lines and characters since the one before, its length, its type, its modifiers.
Json Server::tokens(const Json& params) {
  const Document& of = document(params);
  const EditorView& view = desk_.view(of);
  Json data = Json::array();
  TextPosition before;  // no word stands at the beginning of a file
  for (const Word& word : view.words) {
    const auto at = desk_.target(of, word.place);
    if (!at || at->uri != of.uri || at->begin == before) continue;
    const Symbol& symbol = view.symbols[word.symbol];
    const bool readonly = symbol.kind == Symbol::Kind::fact || symbol.kind == Symbol::Kind::input;
    const bool library = !desk_.target(of, symbol.name_place);
    const std::size_t line = at->begin.line - before.line;
    data.push_back(line);
    data.push_back(line == 0 ? at->begin.character - before.character : at->begin.character);
    data.push_back(at->end.character - at->begin.character);
    data.push_back(symbol.kind);
    data.push_back((word.declares ? 1 : 0) + (readonly ? 2 : 0) + (library ? 4 : 0));
    before = at->begin;
  }
  return {{"data", std::move(data)}};
}

}  // namespace assent::command::lsp
