// What tests/cases must cover: every diagnostic in some x.diag.golden, every opcode in some
// x.plan.golden, every built-in function in some case. The lists are the .def files themselves, so
// a new line there fails here until it has a case.
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <string_view>

#include "assent/compile.h"
#include "assent/lint.h"
#include "runtime/plan/plan.h"

namespace {

namespace fs = std::filesystem;

// The text of all files under tests/cases whose name ends this way, one after the other.
std::string all_text(std::string_view ending) {
  std::stringstream text;
  const fs::path cases = fs::path(ASSENT_SOURCE_DIR) / "tests" / "cases";
  for (const auto& entry : fs::recursive_directory_iterator(cases)) {
    if (!entry.path().string().ends_with(ending)) continue;
    text << std::ifstream(entry.path(), std::ios::binary).rdbuf() << "\n";
  }
  return text.str();
}

std::string listed(const std::set<std::string>& names) {
  std::string text;
  for (const std::string& name : names) text += " " + name;
  return text;
}

// The second word of each line that begins with `node`: `node 4 compare 1 2`.
std::set<std::string> opcodes_in(const std::string& plans) {
  std::set<std::string> found;
  std::istringstream lines(plans);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words(line);
    std::string kind;
    std::string number;
    std::string op;
    if (words >> kind >> number >> op && kind == "node") found.insert(op);
  }
  return found;
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }

// The names that stand right before a bracket, outside of comments.
std::set<std::string> called_in(const std::string& sources) {
  std::set<std::string> found;
  std::string name;
  bool comment = false;
  for (const char c : sources) {
    if (c == '\n') comment = false;
    if (c == '#') comment = true;
    if (letter(c) && !comment) {
      name += c;
      continue;
    }
    if (c == '(') found.insert(name);
    name.clear();
  }
  return found;
}

}  // namespace

TEST_CASE("every diagnostic has a case") {
  const std::string goldens = all_text(".diag.golden");
  std::set<std::string> missing;
  for (const assent::DiagnosticKind& kind : assent::diagnostic_kinds()) {
    std::string title = kind.severity == assent::Severity::error ? "error[" : "warning[";
    title.append(kind.code).append("]");
    if (goldens.find(title) == std::string::npos) missing.emplace(kind.code);
  }
  INFO("no tests/cases/**/x.diag.golden shows:" << listed(missing));
  CHECK(missing.empty());
}

TEST_CASE("every rule of the linter has a case") {
  const std::string goldens = all_text(".lint.golden");
  std::set<std::string> missing;
  for (const assent::LintRule& rule : assent::lint_rules())
    if (goldens.find("[" + std::string(rule.code) + "]") == std::string::npos) missing.emplace(rule.code);
  INFO("no tests/cases/**/x.lint.golden shows:" << listed(missing));
  CHECK(missing.empty());
}

TEST_CASE("every opcode has a case") {
  const std::set<std::string> found = opcodes_in(all_text(".plan.golden"));
  std::set<std::string> missing;
  for (const assent::plan::OpInfo& op : assent::plan::op_infos) {
    if (!found.contains(std::string(op.name))) missing.emplace(op.name);
  }
  INFO("no tests/cases/lower/x.plan.golden shows:" << listed(missing));
  CHECK(missing.empty());
}

TEST_CASE("every built-in function has a case") {
  const std::set<std::string> found = called_in(all_text(".assent"));
  std::set<std::string> missing;
  for (const std::string_view name : {
#define BUILTIN(name, signature, meaning) std::string_view(#name),
#include "compiler/sema/builtins.def"
#undef BUILTIN
       }) {
    if (!found.contains(std::string(name))) missing.emplace(name);
  }
  INFO("no case calls:" << listed(missing));
  CHECK(missing.empty());
}
