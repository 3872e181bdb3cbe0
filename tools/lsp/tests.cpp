// What comes of the tests of a document, as it is in the editor: they are run where they stand, and say what facts are.
#include <algorithm>

#include "tools/lsp/server.h"
#include "tools/page/decision.h"
#include "tools/page/html.h"
#include "tools/path_tree.h"
#include "tools/request.h"
#include "tools/test_report.h"
#include "tools/test_run.h"
#include "tools/text.h"

namespace assent::command::lsp {

namespace {

struct Bench {
  std::vector<Test> tests;
  TestRunner runner;
};

// Nothing of a document that has an error, or no tests.
std::optional<Bench> bench_of(const EditorDesk::Document& of, CompileResult compiled) {
  if (!compiled.artifact || compiled.tests.empty()) return std::nullopt;
  Result<Policy> policy = Policy::load(*compiled.artifact);
  if (!policy) return std::nullopt;
  return Bench{std::move(compiled.tests), TestRunner(*std::move(policy), of.folder, today_in_utc())};
}

Bench bench_with(const EditorDesk::Document& of, CompileResult compiled, std::size_t test) {
  auto bench = bench_of(of, std::move(compiled));
  if (!bench) throw Refused{RpcError::invalid_params, "the document has an error, so that its tests cannot be run"};
  if (test >= bench->tests.size()) throw Refused{RpcError::invalid_params, "there is no such test any more"};
  return *std::move(bench);
}

}  // namespace

Json Server::lenses(const Json& params) {
  const Document& of = document(params);
  Json list = Json::array();
  std::size_t number = 0;
  for (const Symbol& symbol : desk_.view(of).symbols) {
    const auto at = desk_.target(of, symbol.name_place);
    if (symbol.kind != Symbol::Kind::test || !at || at->uri != of.uri) continue;
    const auto lens = [&](std::string_view title, std::string_view command) {
      const Json arguments = Json::array({of.uri, number});
      list.push_back({{"range", range_json(*at)},
                      {"command", {{"title", title}, {"command", command}, {"arguments", arguments}}}});
    };
    lens("run", run_test_command);
    lens("show the path", show_path_command);
    ++number;
  }
  return list;
}

Json Server::execute(const Json& params) {
  const std::string command = params.at("command");
  const Json& arguments = params.at("arguments");
  const Document& of = document_at(arguments.at(0));
  const std::size_t test = arguments.at(1);
  if (command == run_test_command) return run_test(of, test);
  if (command == show_path_command) return show_path(of, test);
  throw Refused{RpcError::invalid_params, "there is no command `" + command + "`"};
}

Json Server::run_test(const Document& of, std::size_t test) {
  Bench bench = bench_with(of, desk_.compile(of), test);
  PolicyTests ran;
  ran.file = of.path;
  ran.sources = desk_.view(of).sources;
  ran.results.push_back(bench.runner.run(bench.tests[test]));
  const bool passed = ran.results[0].passed();
  const std::string text = tests_text(ran, Style{});
  tell_user(passed, text);
  return {{"title", bench.tests[test].title}, {"passed", passed}, {"text", text}};
}

Json Server::show_path(const Document& of, std::size_t test) {
  Bench bench = bench_with(of, desk_.compile(of), test);
  const TestResult result = bench.runner.run(bench.tests[test]);
  const Decision* decision = bench.runner.decision();
  if (decision == nullptr) throw Refused{RpcError::invalid_params, result.failures.at(0).message};
  std::string text = answer_in_words(*decision);
  const PathGraph graph = path_graph(*decision);
  for (const std::string& line : draw(path_tree(graph), graph)) text += '\n' + line;
  tell_user(true, text);
  const std::string title = result.title.empty() ? "A test" : result.title;
  return {{"title", title}, {"text", text}, {"html", html_page(decision_page(title, *decision))}};
}

void Server::tell_user(bool good, const std::string& text) {
  if (shows_results_) return;
  constexpr int error = 1, information = 3;
  send({{"jsonrpc", "2.0"},
        {"method", "window/showMessage"},
        {"params", {{"type", good ? information : error}, {"message", text}}}});
}

std::string Server::seen_in_test(const Document& of, const Symbol& symbol, std::size_t offset) {
  if (symbol.kind != Symbol::Kind::fact && symbol.kind != Symbol::Kind::rule) return {};
  auto bench = bench_of(of, desk_.compile(of));
  if (!bench) return {};
  const auto distance = [&](const Test& test) {
    return test.place.begin > offset ? test.place.begin - offset : offset - test.place.begin;
  };
  const auto nearest = std::min_element(bench->tests.begin(), bench->tests.end(),
                                        [&](const Test& a, const Test& b) { return distance(a) < distance(b); });
  if (!bench->runner.run(*nearest).was_run()) return {};
  std::string seen;
  if (symbol.kind == Symbol::Kind::fact) {
    const std::optional<std::string> value = bench->runner.fact(symbol.name);
    if (!value) return {};
    seen = "`" + *value + "`";
  } else {
    for (const RuleResult& rule : bench->runner.decision()->rules)
      if (rule.name == symbol.name) seen = rule.status == RuleStatus::not_applicable ? "does not apply" : "applies";
    if (seen.empty()) return {};
  }
  return seen + " in " + (nearest->title.empty() ? "the test" : "“" + printable(nearest->title) + "”");
}

}  // namespace assent::command::lsp
