// Holds grammar/README.md to the language: its examples compile, or fail as they say, are laid out as it says, and its
// tables list every diagnostic, every built-in function and every reserved word, and no other.
//
// A block tagged `assent` is a policy, or a part of one to which `completed` adds what it lacks;
// one that begins with `module` is kept for the blocks after it to use. A block tagged
// `assent-error E0203` must give that code alone.
#include <catch2/catch.hpp>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "assent/compile.h"
#include "assent/format.h"
#include "assent/lint.h"

namespace {

using namespace assent;

std::string read(std::string_view path) {
  const auto whole = std::filesystem::path(ASSENT_SOURCE_DIR) / path;
  std::ifstream file(whole, std::ios::binary);
  REQUIRE(file);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

const std::string& reference() {
  static const std::string text = read("grammar/README.md");
  return text;
}

// ── examples ─────────────────────────────────────────────────────────────────────────────────
struct Block {
  std::size_t line = 0;  // of its first line in the reference
  std::string code;      // that it must give; empty if it must compile
  std::string text;
};

std::vector<Block> blocks(const std::string& text = reference()) {
  std::vector<Block> found;
  std::istringstream lines(text);
  bool inside = false;
  std::size_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      found.back().text += line + "\n";
    } else if (line == "```assent" || line.starts_with("```assent-error ")) {
      inside = true;
      const bool wrong = line != "```assent";
      found.push_back({number + 1, wrong ? line.substr(line.find(' ') + 1) : "", ""});
    }
  }
  return found;
}

bool has(const std::string& text, const std::string& pattern) {
  return std::regex_search(text, std::regex("(^|\n)" + pattern));
}

// A part of a policy with what it lacks: a name, a quote, an answer, and the approvers that the
// reference speaks of.
std::string completed(const std::string& part) {
  std::string text;
  if (!has(part, "policy ")) text += "policy example\n";
  if (!has(part, "use std\\.cpq") && !has(part, "input ")) text += "use std.cpq\n";
  text += part;
  if (!has(part, "otherwise ")) text += "otherwise approve\n";
  for (const char* each : {"rep_manager", "vp_sales", "deal_desk", "finance", "legal", "cfo"}) {
    const std::string name = each;
    if (has(part, "(approver|group|chain) +" + name + "\\b")) continue;
    text += "approver " + name + " = person \"" + name + "\"\n";
  }
  return text;
}

// ── tables and lists of words ────────────────────────────────────────────────────────────────
// The lines below a heading, up to the next one.
std::string section(const std::string& heading) {
  const std::size_t at = reference().find("\n" + heading + "\n");
  REQUIRE(at != std::string::npos);
  const std::size_t begin = at + heading.size() + 2;
  return reference().substr(begin, reference().find("\n#", begin) - begin);
}

std::vector<std::string> table_rows(const std::string& heading) {
  std::vector<std::string> rows;
  std::istringstream lines(section(heading));
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("| `")) rows.push_back(line);
  }
  return rows;
}

std::set<std::string> found_by(const std::string& text, const std::string& pattern) {
  std::set<std::string> words;
  const std::regex wanted(pattern);
  for (std::sregex_iterator it(text.begin(), text.end(), wanted), end; it != end; ++it) {
    words.insert((*it)[1]);
  }
  return words;
}

std::set<std::string> words_under(const std::string& heading) {
  return found_by(section(heading), "`([a-z]+)`");
}

struct Words { std::set<std::string> reserved, names; };

// From the grammar: the words that it quotes, and those of them that its rule `name` lists.
Words words_of_grammar() {
  const std::string grammar = read("grammar/Assent.g4");
  const std::string rules = grammar.substr(0, grammar.find("// ── words"));
  const auto rule = [&](const std::string& name) {
    const std::size_t at = rules.find("\n" + name + "\n");
    REQUIRE(at != std::string::npos);
    return found_by(rules.substr(at, rules.find(';', at) - at), "'([a-z]+)'");
  };
  Words words;
  words.names = rule("name");
  words.names.merge(rule("unit"));
  const std::set<std::string> quoted = found_by(rules, "'([a-z]+)'");
  std::set_difference(quoted.begin(), quoted.end(), words.names.begin(), words.names.end(),
                      std::inserter(words.reserved, words.reserved.end()));
  return words;
}

// A policy in which the word names a fact that a rule reads.
CompileResult with_fact(const std::string& word) {
  return compile({"p.assent", "policy p\nrecord Quote { n: Integer }\ninput quote: Quote\n"
                              "fact " + word + " = quote.n\n"
                              "rule r { when " + word + " > 1 denies \"no\" }\n"
                              "otherwise approve\n"});
}

}  // namespace

TEST_CASE("the examples of the reference", "[reference]") {
  std::map<std::string, std::string, std::less<>> modules;
  CompileOptions options;
  options.import = [&](std::string_view name) -> std::optional<Source> {
    const auto found = modules.find(name);
    if (found == modules.end()) return std::nullopt;
    return Source{found->first, found->second};
  };
  REQUIRE(blocks().size() > 20);
  for (const Block& block : blocks()) {
    std::string policy = completed(block.text);
    if (block.text.starts_with("module ")) {
      const std::string name = block.text.substr(7, block.text.find('\n') - 7);
      modules[name] = block.text;
      policy = completed("use " + name + "\n");
    }
    const CompileResult result = compile({"example.assent", policy}, options);
    std::set<std::string> codes;
    std::string shown;
    for (const Diagnostic& each : result.diagnostics) {
      codes.insert(each.code);
      shown += render(each, result.sources);
    }
    INFO("grammar/README.md:" << block.line << "\n" << block.text << shown);
    if (block.code.empty()) CHECK(codes.empty());
    else CHECK(codes == std::set<std::string>{block.code});
    CHECK(format({"example.assent", block.text}).text == block.text);
  }
}

TEST_CASE("the policy of the first page", "[reference]") {
  const std::vector<Block> found = blocks(read("README.md"));
  REQUIRE(found.size() == 1);
  const CompileResult result = compile({"readme.assent", found[0].text});
  for (const Diagnostic& each : result.diagnostics) UNSCOPED_INFO(render(each, result.sources));
  CHECK(result.artifact);
  CHECK(result.diagnostics.empty());
  CHECK(format({"readme.assent", found[0].text}).text == found[0].text);
}

TEST_CASE("the diagnostics of the reference", "[reference]") {
  std::vector<std::string> wanted;
  for (const DiagnosticKind& kind : diagnostic_kinds()) {
    std::string row = "| `";
    row.append(kind.code).append("` | ").append(kind.title).append(" | ");
    row.append(kind.cure).append(" |");
    wanted.push_back(std::move(row));
  }
  CHECK(table_rows("## Diagnostics") == wanted);
}

TEST_CASE("the rules of the linter's README", "[reference]") {
  std::string wanted;
  constexpr std::string_view levels[] = {"error", "warning", "note"};
  for (const LintRule& rule : lint_rules()) {
    wanted.append("| `").append(rule.code).append("` `").append(rule.name).append("` | ");
    wanted.append(levels[static_cast<std::size_t>(rule.severity)]).append(" | ").append(rule.title).append(" | ");
    wanted.append(rule.why).append(" | ").append(rule.cure).append(" |\n");
  }
  const std::string readme = read("compiler/lint/README.md");
  CHECK(readme.substr(readme.find("| `L0")) == wanted);
}

TEST_CASE("the functions of the reference", "[reference]") {
  std::vector<std::string> wanted;
  struct Builtin { std::string_view signature, meaning; };
  for (const Builtin& each : {
#define BUILTIN(name, signature, meaning) Builtin{signature, meaning},
#include "compiler/sema/builtins.def"
#undef BUILTIN
       }) {
    std::string row = "| `";
    row.append(each.signature).append("` | ").append(each.meaning).append(" |");
    wanted.push_back(std::move(row));
  }
  CHECK(table_rows("## Functions") == wanted);
}

TEST_CASE("the words of the reference", "[reference]") {
  const Words words = words_of_grammar();
  CHECK(words_under("### Reserved words") == words.reserved);
  CHECK(words_under("### Words that are also names") == words.names);
  for (const std::string& word : words.names) {
    INFO(word);
    CHECK(with_fact(word).errors == 0);
  }
  for (const std::string& word : words.reserved) {
    INFO(word);
    CHECK(with_fact(word).errors > 0);
  }
}
