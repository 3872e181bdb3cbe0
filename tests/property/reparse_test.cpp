// A text that is parsed in pieces says what it says as a whole, and an editor's view of it does not depend on what was
// seen before: over all sources of this project and generated
// policies, while they are changed again and again.
#include <catch2/catch.hpp>

#include <algorithm>
#include <functional>
#include <string>
#include <utility>

#include "assent/editor.h"
#include "compiler/ast/print.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/reparse.h"
#include "tests/property/edits.h"
#include "tests/property/generate.h"

namespace assent {

namespace {

using generate::Random;

constexpr std::uint64_t default_rounds = 10;
constexpr int changes_of_a_source = 2;

std::string told(const Place& place) {
  return place.file + ' ' + std::to_string(place.begin) + '-' + std::to_string(place.end) + ' ';
}

std::string told(const EditorView& view) {
  std::string text;
  const auto add = [&](const Diagnostic& each) {
    text += render(each, view.sources) + told(each.primary.place);
    for (const Label& label : each.labels) text += told(label.place);
    text += '\n';
  };
  for (const Diagnostic& each : view.diagnostics) add(each);
  for (const Finding& each : view.findings) {
    add(each);
    for (const TextEdit& edit : each.fix) text += told(edit.place) + edit.text;
  }
  for (const Symbol& each : view.symbols) {
    text.append(assent::text(each.kind)).append(" " + each.name + " " + each.title + " " + each.type + " ");
    text += each.documentation + told(each.name_place) + told(each.whole) + '\n';
  }
  for (const Word& each : view.words) text += told(each.place) + std::to_string(each.symbol) + '\n';
  return text;
}

// The tree, or nothing but that something is wrong: pieces know more of a text with errors than the whole.
using Parse = std::function<compiler::ast::Module(const compiler::SourceMap&, compiler::FileId, compiler::Sink&)>;
std::string tree_of(const std::string& text, const Parse& parse) {
  compiler::SourceMap sources;
  compiler::Sink sink(CompileOptions{}.max_errors);
  const compiler::FileId file = sources.add({"random.assent", text});
  const compiler::ast::Module tree = parse(sources, file, sink);
  return sink.has_errors() ? "wrong" : compiler::print(tree);
}
std::string tree_of_whole(const std::string& text) {
  return tree_of(text, [&](const compiler::SourceMap& sources, compiler::FileId file, compiler::Sink& sink) {
    const auto end = static_cast<std::uint32_t>(text.size());
    return compiler::parse_part(sources, file, 0, end, compiler::Tell::errors, sink).module;
  });
}
std::string tree_of_pieces(const std::string& text) {
  return tree_of(text, [&](const compiler::SourceMap& sources, compiler::FileId file, compiler::Sink& sink) {
    return compiler::Reparser().parse(sources, file, sink);
  });
}

// From a little before they differ.
std::string difference(const std::string& fresh, const std::string& remembered) {
  std::size_t at = 0;
  while (at < fresh.size() && at < remembered.size() && fresh[at] == remembered[at]) ++at;
  constexpr std::size_t before = 200, most = 500;
  at -= std::min(at, before);
  return "\n--- at once\n" + fresh.substr(at, most) + "\n--- in pieces, or with memory\n" + remembered.substr(at, most);
}

void holds_through_changes(const std::string& source, Random& random) {
  std::string text = source;
  EditorMemory memory;
  for (int i = 0; i <= changes_of_a_source; ++i) {
    if (i > 0) text = generate::edited(std::move(text), random);
    INFO("--- source\n" << text);
    const std::string whole = tree_of_whole(text), pieces = tree_of_pieces(text);
    if (whole != pieces) FAIL("another tree" << difference(whole, pieces));
    const std::string fresh = told(editor_view({"random.assent", text}));
    const std::string remembered = told(editor_view({"random.assent", text}, {}, &memory));
    if (fresh != remembered) FAIL("another view" << difference(fresh, remembered));
  }
}

}  // namespace

TEST_CASE("pieces and what was seen before change no view: the sources of this project", "[editor]") {
  Random random{1};
  for (const std::string& source : generate::sources_of_the_project()) holds_through_changes(source, random);
}

TEST_CASE("pieces and what was seen before change no view: generated policies", "[editor]") {
  generate::each_generated_policy(default_rounds, holds_through_changes);
}

}  // namespace assent
