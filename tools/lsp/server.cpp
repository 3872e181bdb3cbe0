// assent lsp: a language server on the standard streams. Entry: add_lsp.
#include "tools/lsp/server.h"

#include <algorithm>

#include <unistd.h>

#include "tools/arguments.h"

namespace assent::command {

namespace lsp {

// ── messages ─────────────────────────────────────────────────────────────────────────────────
const std::map<std::string, Server::Handler, std::less<>>& Server::requests() {
  static const std::map<std::string, Handler, std::less<>> all{
      {"initialize", &Server::initialize},
      {"shutdown", &Server::shutdown},
      {"textDocument/codeAction", &Server::code_actions},
      {"textDocument/codeLens", &Server::lenses},
      {"textDocument/completion", &Server::completion},
      {"textDocument/definition", &Server::definition},
      {"textDocument/documentHighlight", &Server::highlights},
      {"textDocument/documentSymbol", &Server::document_symbols},
      {"textDocument/foldingRange", &Server::folding},
      {"textDocument/formatting", &Server::formatting},
      {"textDocument/hover", &Server::hover},
      {"textDocument/inlayHint", &Server::inlay_hints},
      {"textDocument/prepareRename", &Server::prepare_rename},
      {"textDocument/references", &Server::references},
      {"textDocument/rename", &Server::rename},
      {"textDocument/semanticTokens/full", &Server::tokens},
      {"textDocument/signatureHelp", &Server::signature_help},
      {"workspace/executeCommand", &Server::execute},
      {"workspace/symbol", &Server::workspace_symbols}};
  return all;
}

const std::map<std::string, Server::Handler, std::less<>>& Server::notifications() {
  static const std::map<std::string, Handler, std::less<>> all{{"exit", &Server::leave},
                                                               {"textDocument/didOpen", &Server::did_open},
                                                               {"textDocument/didChange", &Server::did_change},
                                                               {"textDocument/didClose", &Server::did_close}};
  return all;
}

Exit Server::run() {
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

void Server::send(const Json& json) {
  if (!stream_.write(json.dump(-1, ' ', false, Json::error_handler_t::replace))) exited_ = true;
}

void Server::answer(const Json& id, const Refused& refused) {
  send({{"jsonrpc", "2.0"},
        {"id", id},
        {"error", {{"code", static_cast<int>(refused.code)}, {"message", refused.message}}}});
}

void Server::hear(const Json& message) {
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
  } catch (const BadInput& bad) {  // a file beside the document
    if (request) answer(*id, Refused{RpcError::internal_error, bad.what()});
  }
}

Server::Document& Server::document(const Json& params) {
  return document_at(params.at("textDocument").at("uri").get<std::string>());
}

Server::Document& Server::document_at(const std::string& uri) {
  Document* found = desk_.find(uri);
  if (found == nullptr) throw Refused{RpcError::invalid_params, "the document is not open"};
  return *found;
}

Json Server::initialize(const Json& params) {
  initialized_ = true;
  const Json general = params.value("capabilities", Json::object()).value("general", Json::object());
  const Json encodings = general.value("positionEncodings", Json::array());
  const bool utf8 = std::find(encodings.begin(), encodings.end(), "utf-8") != encodings.end();
  desk_.use(utf8 ? PositionEncoding::utf8 : PositionEncoding::utf16);
  const Json wishes = params.value("initializationOptions", Json());
  shows_results_ = wishes.is_object() && wishes.value("showsResults", false);
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
            {"completionProvider", {{"triggerCharacters", {".", "\""}}}},
            {"signatureHelpProvider", {{"triggerCharacters", {"(", ","}}}},
            {"inlayHintProvider", true},
            {"semanticTokensProvider", {{"legend", token_legend()}, {"full", true}}},
            {"codeLensProvider", {{"resolveProvider", false}}},
            {"executeCommandProvider", {{"commands", {run_test_command, show_path_command}}}}}},
          {"serverInfo", {{"name", "assent"}, {"version", ASSENT_VERSION}}}};
}

Json Server::shutdown(const Json&) {
  shut_down_ = true;
  return nullptr;
}

Json Server::leave(const Json&) {
  exited_ = true;
  return nullptr;
}

Json Server::did_open(const Json& params) {
  const Json& given = params.at("textDocument");
  desk_.open(given.at("uri"), given.at("text"), given.at("version"));
  return nullptr;
}

Json Server::did_change(const Json& params) {
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

Json Server::did_close(const Json& params) {
  const std::string uri = document(params).uri;
  desk_.close(uri);
  publish(uri, nullptr, Json::array());
  return nullptr;
}

void Server::publish(const std::string& uri, const Json& version, Json diagnostics) {
  Json params{{"uri", uri}, {"diagnostics", std::move(diagnostics)}};
  if (!version.is_null()) params["version"] = version;
  send({{"jsonrpc", "2.0"}, {"method", "textDocument/publishDiagnostics"}, {"params", std::move(params)}});
}

void Server::publish_dirty() {
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
void Server::add(const Document& of, const Diagnostic& diagnostic, Json& list) {
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

namespace {

Exit serve() {
  MessageStream stream(STDIN_FILENO, STDOUT_FILENO);
  return Server(stream).run();
}

}  // namespace

}  // namespace lsp

void add_lsp(Arguments& app, Exit& exit) {
  Arguments* command =
      app.add_subcommand("lsp", "serve editors, by the Language Server Protocol on the standard streams");
  command->footer("An editor starts it; tools/README.md shows how for Neovim, tools/vscode is for VS Code.\n"
                  "Ends with 0 if it was told to, and with 1 if the stream ended without.");
  command->callback([&exit] { exit = lsp::serve(); });
}

}  // namespace assent::command
