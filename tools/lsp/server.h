// The server: one class, because every answer looks at one desk; its parts are one file each: server.cpp (messages,
// life, documents), words.cpp (what words mean), lists.cpp (what is there), completion.cpp (what could be written),
// changes.cpp (how to change it), tests.cpp (what comes of the tests). Internal to lsp/.
//
// The protocol is version 3.17:
// https://microsoft.github.io/language-server-protocol/specifications/lsp/3.17/specification
// Requests are answered one after the other. What is wrong with a document is looked for when no message waits, so that
// a fast typist is told of the last key alone.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tools/command.h"
#include "tools/lsp/desk.h"
#include "tools/lsp/stream.h"
#include "tools/lsp/values.h"

namespace assent::command::lsp {

class Server {
 public:
  explicit Server(MessageStream& stream) : stream_(stream) {}

  // Exit::fine if the client said goodbye as it should.
  Exit run();

 private:
  using Document = EditorDesk::Document;
  using Handler = Json (Server::*)(const Json&);
  MessageStream& stream_;
  EditorDesk desk_;
  bool initialized_ = false, shut_down_ = false, exited_ = false;
  bool shows_results_ = false;  // the client shows itself what a command gives

  // ── server.cpp ────────────────────────────────────────────────────────────────────────────
  static const std::map<std::string, Handler, std::less<>>& requests();
  static const std::map<std::string, Handler, std::less<>>& notifications();
  void send(const Json& json);
  void answer(const Json& id, const Refused& refused);
  void hear(const Json& message);
  Document& document(const Json& params);
  Document& document_at(const std::string& uri);

  Json initialize(const Json& params);
  Json shutdown(const Json&);
  Json leave(const Json&);

  Json did_open(const Json& params);
  Json did_change(const Json& params);
  Json did_close(const Json& params);
  void publish(const std::string& uri, const Json& version, Json diagnostics);
  void publish_dirty();
  void add(const Document& of, const Diagnostic& diagnostic, Json& list);

  // ── words.cpp ─────────────────────────────────────────────────────────────────────────────
  struct Meant {
    const EditorView& view;
    const Word& word;
    const Symbol& symbol;
  };
  std::optional<Meant> meant(const Document& of, const Json& params);
  std::vector<EditorDesk::Target> places(const Document& of, const Json& params, bool declaration);
  Json hover(const Json& params);
  Json definition(const Json& params);
  Json references(const Json& params);
  Json highlights(const Json& params);
  Json prepare_rename(const Json& params);
  Json rename(const Json& params);
  Json signature_help(const Json& params);
  static Json token_legend();
  Json tokens(const Json& params);

  // ── lists.cpp ─────────────────────────────────────────────────────────────────────────────
  Json document_symbols(const Json& params);
  Json workspace_symbols(const Json& params);
  Json folding(const Json& params);
  Json inlay_hints(const Json& params);

  // ── completion.cpp ────────────────────────────────────────────────────────────────────────
  Json completion(const Json& params);

  // ── changes.cpp ───────────────────────────────────────────────────────────────────────────
  Json formatting(const Json& params);
  Json code_actions(const Json& params);

  // ── tests.cpp ─────────────────────────────────────────────────────────────────────────────
  static constexpr std::string_view run_test_command = "assent.test", show_path_command = "assent.path";
  Json lenses(const Json& params);
  Json execute(const Json& params);
  Json run_test(const Document& of, std::size_t test);
  Json show_path(const Document& of, std::size_t test);
  void tell_user(bool good, const std::string& text);
  // "`15%` in “a large discount”": what a fact is, or whether a rule applies, in the test nearest to a place.
  std::string seen_in_test(const Document& of, const Symbol& symbol, std::size_t offset);
};

// "fact deep: Bool", "function half(of: Money): Money".
std::string signature_of(const Symbol& symbol);

}  // namespace assent::command::lsp
