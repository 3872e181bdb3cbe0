// What formatting may not change, and what it gives when it is done twice: over all sources of this project, generated
// policies, the same with blanks, line ends and comments anywhere, and all of these broken.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include "assent/format.h"
#include "compiler/ast/print.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/syntax.h"
#include "tests/property/edits.h"
#include "tests/property/generate.h"

namespace assent {

namespace {

using compiler::Rule;
using compiler::WordKind;
using generate::Random;

constexpr std::uint64_t default_rounds = 40;
constexpr int breaks_of_a_source = 1;

// ── what a text says ─────────────────────────────────────────────────────────────────────────
// A text as the parser sees it.
struct Read {
  std::vector<std::string> words;   // comments too; none if nothing can be read
  std::vector<std::string> unread;  // what is kept to the byte
  std::string tree;
  std::size_t errors = 0;
};

Read read(const std::string& text) {
  Read found;
  compiler::SourceMap sources;
  compiler::Sink sink(CompileOptions{}.max_errors);
  const compiler::FileId file = sources.add({"random.assent", text});
  const compiler::Syntax syntax = compiler::parse_syntax(sources, file, sink);
  found.errors = sink.error_count();
  for (std::size_t i = 0; i < syntax.words.size(); ++i) found.words.emplace_back(syntax.word(i));
  for (std::size_t i = 0; i < syntax.parts.size(); i = syntax.parts[i].end) {
    const compiler::SyntaxPart& part = syntax.parts[i];
    if (part.rule != Rule::unread && part.rule != Rule::kept) continue;
    const std::size_t begin = syntax.words[part.first].begin;
    found.unread.push_back(text.substr(begin, syntax.words[part.last].end - begin));
  }
  compiler::Sink again(CompileOptions{}.max_errors);
  const auto end = static_cast<std::uint32_t>(text.size());
  found.tree = compiler::print(compiler::parse_part(sources, file, 0, end, compiler::Tell::errors, again).module);
  return found;
}

// Without all that may stand between two words.
std::string squeezed(std::string_view text) {
  constexpr std::string_view wide_blanks[] = {"\xc2\xa0", "\xef\xbb\xbf"};
  std::string kept;
  while (!text.empty()) {
    std::size_t blank = std::string_view(" \t\r\n").find(text.front()) == std::string_view::npos ? 0 : 1;
    for (const std::string_view wide : wide_blanks) blank = text.starts_with(wide) ? wide.size() : blank;
    if (blank == 0) kept += text.front();
    text.remove_prefix(std::max<std::size_t>(blank, 1));
  }
  return kept;
}

// What every line of a text without errors keeps to.
bool in_style(std::string_view text) {
  return (text.empty() || (text.ends_with('\n') && !text.starts_with('\n') && !text.ends_with("\n\n"))) &&
         text.find("\n\n\n") == std::string_view::npos && text.find(" \n") == std::string_view::npos &&
         text.find("{\n\n") == std::string_view::npos && text.find("\n\n}") == std::string_view::npos &&
         text.find('\r') == std::string_view::npos;
}

void holds(const std::string& source) {
  const FormatResult once = format({"random.assent", source});
  const FormatResult twice = format({"random.assent", once.text});
  const Read before = read(source);
  const Read after = read(once.text);
  INFO("--- source\n" << source << "\n--- formatted\n" << once.text << "\n--- again\n" << twice.text);
  if (twice.text != once.text) FAIL("formatted twice, two answers");
  if (squeezed(source) != squeezed(once.text)) FAIL("something is lost, added or moved");
  if (before.words != after.words) FAIL("words were split or merged");
  if (before.tree != after.tree) FAIL("it means something else");
  if (before.errors != after.errors) FAIL("there are other mistakes");
  if (before.unread != after.unread) FAIL("what is not understood was touched");
  if (once.diagnostics.empty() != (before.errors == 0)) FAIL("the diagnostics are not those of the parser");
  if (before.words.empty() && once.text != source) FAIL("what cannot be read was touched");
  if (before.errors == 0 && before.unread.empty() && !in_style(once.text)) FAIL("it is not in style");
}

// ── what is done to a text ───────────────────────────────────────────────────────────────────
const std::vector<std::string> blanks{" ", "  ", "\n", "\n\n\n", "\t", "\r\n", "\r", " \n  ", "\xc2\xa0",
                                      " # why\n", "\n# on its own  \n", " # one\n\n  # two\n"};

// The words of a source with other blanks between them. Two words without a blank may stay so.
std::string loosened(const std::string& source, Random& random) {
  compiler::SourceMap sources;
  compiler::Sink sink(1);
  const compiler::Syntax syntax = compiler::parse_syntax(sources, sources.add({"random.assent", source}), sink);
  std::string text;
  const int calm = static_cast<int>(random.below(100));
  std::size_t end = 0;
  for (std::size_t i = 0; i < syntax.words.size(); ++i) {
    const std::string gap = source.substr(end, syntax.words[i].begin - end);
    const bool after_comment = i > 0 && syntax.words[i - 1].kind == WordKind::comment;
    text += random.chance(calm) || after_comment || gap.empty() ? gap : random.pick(blanks);
    text += syntax.word(i);
    end = syntax.words[i].end;
  }
  return text;
}

void holds_for_all_of(const std::string& source, Random& random) {
  holds(source);
  const std::string loose = loosened(source, random);
  holds(loose);
  for (int i = 0; i < breaks_of_a_source; ++i) {
    std::string text = random.chance(50) ? source : loose;
    for (std::size_t changes = 1 + random.below(3); changes > 0; --changes)
      text = generate::edited(std::move(text), random);
    holds(text);
  }
}

}  // namespace

TEST_CASE("formatting changes blanks alone: the sources of this project", "[format]") {
  Random random{1};
  const std::vector<std::string> sources = generate::sources_of_the_project();
  CHECK(sources.size() > 200);
  for (const std::string& source : sources) holds_for_all_of(source, random);
}

TEST_CASE("formatting changes blanks alone: generated policies", "[format]") {
  generate::each_generated_policy(default_rounds, holds_for_all_of);
}

}  // namespace assent
