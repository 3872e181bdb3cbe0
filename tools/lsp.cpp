// assent lsp: a language server on the standard streams. Entry: add_lsp.
//
// The protocol is version 3.17:
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification Requests are answered one
// after the other. What is wrong with a document is looked for when no message waits, so that a fast typist is told of
// the last key alone.
#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include <unistd.h>

#include "assent/format.h"
#include "tools/arguments.h"
#include "tools/lsp_desk.h"
#include "tools/lsp_stream.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Json = nlohmann::json;
using Document = EditorDesk::Document;

// Of JSON-RPC and of the protocol.
enum class RpcError : int {
  parse_error = -32700,
  invalid_request = -32600,
  method_not_found = -32601,
  invalid_params = -32602,
  internal_error = -32603,
  not_initialized = -32002,
};
struct Refused {
  RpcError code;
  std::string message;
};

// ── the protocol's values ────────────────────────────────────────────────────────────────────
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

struct SymbolNumbers { int symbol, completion; };  // SymbolKind, CompletionItemKind
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
  }
  return {13, 6};
}

constexpr std::string_view item_words[] = {
    "approver", "calendar", "chain", "extend", "fact", "function", "group", "input", "ladder", "orders", "otherwise",
    "path",     "record",   "rule",  "step",   "test", "type",     "use"};

std::string signature_of(const Symbol& symbol) {
  std::string text = std::string(assent::text(symbol.kind)) + ' ' + symbol.name;
  if (!symbol.type.empty()) text += ": " + symbol.type;
  return text;
}

class Server {
 public:
  explicit Server(MessageStream& stream) : stream_(stream) {}

  // 0 if the client said goodbye as it should.
  Exit run() {
    while (!exited_) {
      if (!stream_.has_more()) publish_dirty();
      const std::optional<std::string> message = stream_.read();
      if (!message) return Exit::findings;
      const Json json = Json::parse(*message, nullptr, false);
      if (json.is_discarded() || !json.is_object()) answer(nullptr, Refused{RpcError::parse_error, "no JSON object"});
      else hear(json);
    }
    return shut_down_ ? Exit::fine : Exit::findings;
  }

 private:
  using Handler = Json (Server::*)(const Json&);
  MessageStream& stream_;
  EditorDesk desk_;
  bool initialized_ = false, shut_down_ = false, exited_ = false;

  static const std::map<std::string, Handler, std::less<>>& requests() {
    static const std::map<std::string, Handler, std::less<>> all{
        {"initialize", &Server::initialize},
        {"shutdown", &Server::shutdown},
        {"textDocument/hover", &Server::hover},
        {"textDocument/definition", &Server::definition},
        {"textDocument/references", &Server::references},
        {"textDocument/documentHighlight", &Server::highlights},
        {"textDocument/prepareRename", &Server::prepare_rename},
        {"textDocument/rename", &Server::rename},
        {"textDocument/documentSymbol", &Server::document_symbols},
        {"textDocument/foldingRange", &Server::folding},
        {"textDocument/completion", &Server::completion},
        {"textDocument/formatting", &Server::formatting},
        {"textDocument/codeAction", &Server::code_actions},
        {"workspace/symbol", &Server::workspace_symbols}};
    return all;
  }

  static const std::map<std::string, Handler, std::less<>>& notifications() {
    static const std::map<std::string, Handler, std::less<>> all{{"exit", &Server::leave},
                                                                 {"textDocument/didOpen", &Server::did_open},
                                                                 {"textDocument/didChange", &Server::did_change},
                                                                 {"textDocument/didClose", &Server::did_close}};
    return all;
  }

  // ── messages ────────────────────────────────────────────────────────────────────────────────
  void send(const Json& json) {
    if (!stream_.write(json.dump(-1, ' ', false, Json::error_handler_t::replace))) exited_ = true;
  }
  void answer(const Json& id, const Refused& refused) {
    send({{"jsonrpc", "2.0"},
          {"id", id},
          {"error", {{"code", static_cast<int>(refused.code)}, {"message", refused.message}}}});
  }

  void hear(const Json& message) {
    const auto method = message.find("method");
    if (method == message.end() || !method->is_string()) return;  // an answer: we ask nothing
    const auto id = message.find("id");
    const bool request = id != message.end();
    const auto& handlers = request ? requests() : notifications();
    const auto handler = handlers.find(method->get<std::string>());
    try {
      if (request && !initialized_ && *method != "initialize")
        throw Refused{RpcError::not_initialized, "`initialize` comes first"};
      if (request && shut_down_) throw Refused{RpcError::invalid_request, "after `shutdown` comes `exit`"};
      if (handler == handlers.end()) {
        if (request)
          throw Refused{RpcError::method_not_found, "there is no method `" + method->get<std::string>() + "`"};
        return;
      }
      const Json params = message.value("params", Json::object());
      const Json result = (this->*handler->second)(params);
      if (request) send({{"jsonrpc", "2.0"}, {"id", *id}, {"result", result}});
    } catch (const Refused& refused) {
      if (request) answer(*id, refused);
    } catch (const Json::exception& wrong) {
      if (request) answer(*id, Refused{RpcError::invalid_params, wrong.what()});
    }
  }

  Document& document(const Json& params) {
    Document* found = desk_.find(params.at("textDocument").at("uri").get<std::string>());
    if (found == nullptr) throw Refused{RpcError::invalid_params, "the document is not open"};
    return *found;
  }

  // ── life ────────────────────────────────────────────────────────────────────────────────────
  Json initialize(const Json& params) {
    initialized_ = true;
    const Json general = params.value("capabilities", Json::object()).value("general", Json::object());
    const Json encodings = general.value("positionEncodings", Json::array());
    const bool utf8 = std::find(encodings.begin(), encodings.end(), "utf-8") != encodings.end();
    desk_.use(utf8 ? PositionEncoding::utf8 : PositionEncoding::utf16);
    return {{"capabilities",
             {{"positionEncoding", utf8 ? "utf-8" : "utf-16"},
              {"textDocumentSync", {{"openClose", true}, {"change", 2}}},
              {"hoverProvider", true},
              {"definitionProvider", true},
              {"referencesProvider", true},
              {"documentHighlightProvider", true},
              {"renameProvider", {{"prepareProvider", true}}},
              {"documentSymbolProvider", true},
              {"workspaceSymbolProvider", true},
              {"foldingRangeProvider", true},
              {"documentFormattingProvider", true},
              {"codeActionProvider", {{"codeActionKinds", {"quickfix"}}}},
              {"completionProvider", {{"triggerCharacters", {"."}}}}}},
            {"serverInfo", {{"name", "assent"}, {"version", ASSENT_VERSION}}}};
  }

  Json shutdown(const Json&) {
    shut_down_ = true;
    return nullptr;
  }
  Json leave(const Json&) {
    exited_ = true;
    return nullptr;
  }

  // ── documents ───────────────────────────────────────────────────────────────────────────────
  Json did_open(const Json& params) {
    const Json& given = params.at("textDocument");
    desk_.open(given.at("uri"), given.at("text"), given.at("version"));
    return nullptr;
  }

  Json did_change(const Json& params) {
    Document& changed = document(params);
    for (const Json& change : params.at("contentChanges")) {
      if (!change.contains("range")) {
        changed.text = change.at("text");
        continue;
      }
      const std::size_t begin = desk_.offset(changed, position_of(change["range"].at("start")));
      const std::size_t end = desk_.offset(changed, position_of(change["range"].at("end")));
      if (end < begin) throw Refused{RpcError::invalid_params, "a range ends before it begins"};
      changed.text.replace(begin, end - begin, change.at("text").get<std::string>());
    }
    changed.version = params.at("textDocument").at("version");
    desk_.changed(changed);
    return nullptr;
  }

  Json did_close(const Json& params) {
    const std::string uri = document(params).uri;
    desk_.close(uri);
    publish(uri, nullptr, Json::array());
    return nullptr;
  }

  void publish(const std::string& uri, const Json& version, Json diagnostics) {
    Json params{{"uri", uri}, {"diagnostics", std::move(diagnostics)}};
    if (!version.is_null()) params["version"] = version;
    send({{"jsonrpc", "2.0"}, {"method", "textDocument/publishDiagnostics"}, {"params", std::move(params)}});
  }

  void publish_dirty() {
    for (Document* each : desk_.documents()) {
      if (!each->dirty || stream_.has_more()) continue;
      each->dirty = false;
      Json list = Json::array();
      const EditorView& view = desk_.view(*each);
      for (const Diagnostic& diagnostic : view.diagnostics) add(*each, diagnostic, list);
      for (const Finding& finding : view.findings) add(*each, finding, list);
      publish(each->uri, each->version, std::move(list));
    }
  }

  // What is wrong in a module is told with the module.
  void add(const Document& of, const Diagnostic& diagnostic, Json& list) {
    const auto at = desk_.target(of, diagnostic.primary.place);
    if (!at || at->uri != of.uri) return;
    std::string message = diagnostic.message;
    if (!diagnostic.primary.text.empty()) message += " (" + diagnostic.primary.text + ")";
    if (!diagnostic.help.empty()) message += "\n" + diagnostic.help;
    Json json{{"range", range_json(*at)},
              {"severity", severity_number(diagnostic.severity)},
              {"code", diagnostic.code},
              {"source", "assent"},
              {"message", message}};
    const bool needless = diagnostic.code.starts_with("L04");  // shown faded
    if (needless) json["tags"] = {1};
    for (const Label& label : diagnostic.labels)
      if (const auto there = desk_.target(of, label.place))
        json["relatedInformation"].push_back(Json{{"location", location_json(*there)}, {"message", label.text}});
    list.push_back(std::move(json));
  }

  // ── what words mean ─────────────────────────────────────────────────────────────────────────
  struct Meant {
    const EditorView& view;
    const Word& word;
    const Symbol& symbol;
  };
  std::optional<Meant> meant(const Document& of, const Json& params) {
    const EditorView& view = desk_.view(of);
    const Word* word = desk_.word_at(of, position_of(params.at("position")));
    if (word == nullptr) return std::nullopt;
    return Meant{view, *word, view.symbols[word->symbol]};
  }

  Json hover(const Json& params) {
    const Document& of = document(params);
    const auto found = meant(of, params);
    if (!found) return nullptr;
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
    Json json{{"contents", {{"kind", "markdown"}, {"value", text}}}};
    if (const auto at = desk_.target(of, found->word.place)) json["range"] = range_json(*at);
    return json;
  }

  Json definition(const Json& params) {
    const Document& of = document(params);
    const auto found = meant(of, params);
    const auto at = found ? desk_.target(of, found->symbol.name_place) : std::nullopt;
    return at ? location_json(*at) : Json();
  }

  // All words that mean what the word at a place does: in this document, in the modules that it uses, and in the other
  // open documents that mean the same declaration.
  std::vector<EditorDesk::Target> places(const Document& of, const Json& params, bool declaration) {
    std::vector<EditorDesk::Target> all;
    const auto found = meant(of, params);
    if (!found) return all;
    const auto home = desk_.target(of, found->symbol.name_place);
    const auto add_all = [&](const Document& document, std::size_t symbol) {
      for (const Word& each : desk_.view(document).words) {
        if (each.symbol != symbol || (each.declares && !declaration)) continue;
        const auto at = desk_.target(document, each.place);
        const auto same = [&](const EditorDesk::Target& known) {
          return known.uri == at->uri && known.begin.line == at->begin.line &&
                 known.begin.character == at->begin.character;
        };
        if (at && std::none_of(all.begin(), all.end(), same)) all.push_back(*at);
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
        if (at && at->uri == home->uri && at->begin.line == home->begin.line &&
            at->begin.character == home->begin.character)
          add_all(*other, i);
      }
    }
    return all;
  }

  Json references(const Json& params) {
    Json list = Json::array();
    const bool declaration = params.value("context", Json::object()).value("includeDeclaration", true);
    for (const EditorDesk::Target& each : places(document(params), params, declaration))
      list.push_back(location_json(each));
    return list;
  }

  Json highlights(const Json& params) {
    const Document& of = document(params);
    Json list = Json::array();
    for (const EditorDesk::Target& each : places(of, params, true))
      if (each.uri == of.uri) list.push_back({{"range", range_json(each)}});
    return list;
  }

  Json prepare_rename(const Json& params) {
    const Document& of = document(params);
    const auto found = meant(of, params);
    if (!found || !desk_.target(of, found->symbol.name_place)) return nullptr;
    const auto at = desk_.target(of, found->word.place);
    return at ? Json{{"range", range_json(*at)}, {"placeholder", found->symbol.name}} : Json();
  }

  Json rename(const Json& params) {
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

  // ── what is there ───────────────────────────────────────────────────────────────────────────
  Json document_symbols(const Json& params) {
    const Document& of = document(params);
    const EditorView& view = desk_.view(of);
    std::map<std::size_t, std::size_t> place_of;  // of records, in the list
    Json list = Json::array();
    for (const bool fields : {false, true}) {
      for (std::size_t i = 0; i < view.symbols.size(); ++i) {
        const Symbol& symbol = view.symbols[i];
        const bool local = symbol.kind == Symbol::Kind::variable || symbol.kind == Symbol::Kind::parameter;
        if (local || symbol.record.has_value() != fields) continue;
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

  Json workspace_symbols(const Json& params) {
    constexpr std::size_t most = 500;
    const std::string wanted = params.value("query", "");
    Json list = Json::array();
    std::map<std::string, bool> seen;
    for (const Document* each : desk_.documents()) {
      const EditorView& view = desk_.view(*each);
      for (const Symbol& symbol : view.symbols) {
        const bool local = symbol.kind == Symbol::Kind::variable || symbol.kind == Symbol::Kind::parameter;
        if (local || symbol.name.find(wanted) == std::string::npos || list.size() >= most) continue;
        const auto at = desk_.target(*each, symbol.name_place);
        if (!at) continue;
        const Json location = location_json(*at);
        if (!seen.emplace(location.dump(), true).second) continue;
        list.push_back({{"name", symbol.name}, {"kind", numbers_of(symbol.kind).symbol}, {"location", location}});
      }
    }
    return list;
  }

  Json folding(const Json& params) {
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

  // ── writing ─────────────────────────────────────────────────────────────────────────────────
  Json completion(const Json& params) {
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
      const bool inner = symbol.kind == Symbol::Kind::field || symbol.kind == Symbol::Kind::variable ||
                         symbol.kind == Symbol::Kind::parameter;
      if (!inner && seen.emplace(symbol.name, true).second) add(symbol);
    }
    const std::size_t line = of.text.rfind('\n', at == 0 ? 0 : at - 1);
    const bool at_start = at == 0 || (line != std::string::npos && line + 1 == at);
    if (at_start)
      for (const std::string_view word : item_words) list.push_back({{"label", word}, {"kind", 14}});
    return list;
  }

  Json formatting(const Json& params) {
    const Document& of = document(params);
    const FormatResult formatted = format({"document", of.text});
    if (formatted.text == of.text) return Json::array();
    const TextLines lines(of.text, desk_.encoding());
    return Json::array(
        {Json{{"range", {{"start", position_json({0, 0})}, {"end", position_json(lines.position(of.text.size()))}}},
              {"newText", formatted.text}}});
  }

  Json code_actions(const Json& params) {
    const Document& of = document(params);
    const std::size_t begin = desk_.offset(of, position_of(params.at("range").at("start")));
    const std::size_t end = desk_.offset(of, position_of(params.at("range").at("end")));
    Json list = Json::array();
    for (const Finding& finding : desk_.view(of).findings) {
      const Place& place = finding.primary.place;
      if (finding.fix.empty() || place.end < begin || place.begin > end) continue;
      Json edits = Json::array();
      for (const TextEdit& edit : finding.fix) {
        const auto at = desk_.target(of, edit.place);
        if (at && at->uri == of.uri) edits.push_back({{"range", range_json(*at)}, {"newText", edit.text}});
      }
      if (edits.size() != finding.fix.size()) continue;
      list.push_back({{"title", finding.message + ": " + finding.help},
                      {"kind", "quickfix"},
                      {"edit", {{"changes", {{of.uri, std::move(edits)}}}}}});
    }
    return list;
  }
};

Exit serve() {
  MessageStream stream(STDIN_FILENO, STDOUT_FILENO);
  return Server(stream).run();
}

}  // namespace

void add_lsp(Arguments& app, Exit& exit) {
  Arguments* command =
      app.add_subcommand("lsp", "serve editors, by the Language Server Protocol on the standard streams");
  command->footer("An editor starts it; tools/README.md shows how for Neovim.\n"
                  "Ends with 0 if it was told to, and with 1 if the stream ended without.");
  command->callback([&exit] { exit = serve(); });
}

}  // namespace assent::command
