// tests/unit/diag_test.cpp: compiler/diag. What is kept and in which order, how it looks, what is
// suggested.
#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "compiler/diag/diag.h"
#include "compiler/diag/excerpt.h"
#include "compiler/diag/nearest.h"
#include "compiler/source/source.h"

using namespace assent;
using namespace assent::compiler;

namespace {

constexpr FileId root{0};
constexpr FileId module_file{1};

// The one diagnostic of `report`, rendered; the words of the diagnostic are always the same.
std::string rendered(std::string text, Span span, std::string words = "") {
  SourceMap map;
  map.add({"desk.assent", std::move(text)});
  Sink sink(10);
  sink.report(Code::unexpected_text, span, "oops").primary_text(std::move(words));
  const std::vector<Diagnostic> diagnostics = sink.finish(map);
  return render(diagnostics.at(0), map.take());
}

Span find(const std::string& text, const std::string& part, FileId file = root) {
  const std::size_t at = text.find(part);
  return {file, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + part.size())};
}

std::string messages(const std::vector<Diagnostic>& diagnostics) {
  std::string all;
  for (const Diagnostic& diagnostic : diagnostics) all += diagnostic.message + ' ';
  return all;
}

std::string suggested(std::string_view wanted, std::vector<std::string_view> candidates) {
  std::sort(candidates.begin(), candidates.end());
  const std::string forward(nearest(wanted, candidates).value_or("-"));
  std::reverse(candidates.begin(), candidates.end());
  CHECK(nearest(wanted, candidates).value_or("-") == forward);
  return forward;
}

}  // namespace

TEST_CASE("the list of diagnostics") {
  CHECK(info(Code::invalid_utf8).code == "E0001");
  CHECK(info(Code::invalid_utf8).name == "invalid-utf8");
  CHECK(info(Code::unknown_character).code == "E0006");

  std::set<std::string_view> names;
  for (const CodeInfo& line : all_codes()) {
    CHECK(names.insert(line.name).second);
    CHECK(!line.title.empty());
    CHECK(!line.cure.empty());
    CHECK(line.title.back() != '.');
    CHECK(line.cure.back() != '.');
  }
}

TEST_CASE("a report becomes a diagnostic") {
  SourceMap map;
  map.add({"desk.assent", "a\nbc"});
  Sink sink(10);
  sink.report(Code::unexpected_text, {root, 2, 3}, "found `b`")
      .primary_text("here")
      .label({root, 0, 1}, "after this")
      .label({root, 3, 4}, "before this")
      .help("remove it");
  const std::vector<Diagnostic> all = sink.finish(map);
  REQUIRE(all.size() == 1);
  CHECK(all[0].code == "E0004");
  CHECK(all[0].name == "unexpected-text");
  CHECK(all[0].severity == Severity::error);
  CHECK(all[0].primary.place.line == 2);
  CHECK(all[0].primary.text == "here");
  REQUIRE(all[0].labels.size() == 2);
  CHECK(all[0].labels[1].place.column == 2);
  CHECK(all[0].help == "remove it");
}

TEST_CASE("diagnostics are sorted by file, begin, end and code, then as reported") {
  SourceMap map;
  map.add({"z.assent", "0123456789"});
  map.add({"a.assent", "0123456789"});
  Sink sink(10);
  sink.report(Code::invalid_utf8, {module_file, 0, 1}, "g");
  sink.report(Code::unexpected_text, {root, 5, 6}, "f");
  sink.report(Code::unexpected_text, {root, 3, 5}, "d");
  sink.report(Code::unexpected_text, {root, 3, 5}, "c");
  sink.report(Code::invalid_utf8, {root, 3, 5}, "b");
  sink.report(Code::unknown_character, {root, 3, 4}, "a");
  CHECK(messages(sink.finish(map)) == "a b d c f g ");
}

TEST_CASE("repetitions are dropped, the first one stands") {
  SourceMap map;
  map.add({"a", "0123456789"});
  Sink sink(10);
  CHECK(!sink.has_errors());
  sink.report(Code::unexpected_text, {root, 1, 2}, "m").help("first");
  sink.report(Code::unexpected_text, {root, 1, 2}, "m").help("second").label({root, 0, 1}, "x");
  CHECK(sink.error_count() == 1);
  sink.report(Code::unexpected_text, {root, 1, 3}, "m");
  sink.report(Code::unexpected_text, {root, 1, 2}, "n");
  sink.report(Code::invalid_utf8, {root, 1, 2}, "m");
  CHECK(sink.error_count() == 4);
  CHECK(sink.has_errors());

  const std::vector<Diagnostic> all = sink.finish(map);
  REQUIRE(all.size() == 4);
  CHECK(all[1].help == "first");
  CHECK(all[1].labels.empty());
}

TEST_CASE("the earliest in the files are listed, all are counted") {
  SourceMap map;
  map.add({"a", std::string(200, 'x')});
  Sink sink(3);
  for (std::uint32_t at = 100; at > 0; --at) {
    sink.report(Code::unexpected_text, {root, at, at}, std::to_string(at));
  }
  CHECK(messages(sink.finish(map)) == "1 2 3 ");
  CHECK(sink.error_count() == 100);
}

TEST_CASE("no more than max_kept are kept, all are counted") {
  SourceMap map;
  map.add({"a", "x"});
  Sink sink(Sink::max_kept - 1);
  Report& first = sink.report(Code::unexpected_text, {root, 0, 1}, "0");
  for (std::size_t i = 1; i < Sink::max_kept + 5; ++i) {
    sink.report(Code::unexpected_text, {root, 0, 1}, std::to_string(i)).help("h");
  }
  sink.report(Code::unexpected_text, {root, 0, 1}, "0");
  first.help("still there");
  CHECK(sink.error_count() == Sink::max_kept + 5);
  const std::vector<Diagnostic> all = sink.finish(map);
  CHECK(all.size() == Sink::max_kept - 1);
  CHECK(all[0].help == "still there");

  Sink none(0);
  none.report(Code::unexpected_text, {root, 0, 1}, "0");
  CHECK(none.finish(map).empty());
  CHECK(none.error_count() == 1);
}

TEST_CASE("a diagnostic with a label and a help") {
  const std::string text =
      "1\n2\n3\n  fact hardware_discount = ...\n5\n6\n7\n8\n9\n10\n11\n"
      "  when hardwre_discount > 15%\n";
  SourceMap map;
  map.add({"desk.assent", text});
  Sink sink(10);
  sink.report(Code::unexpected_text, find(text, "hardwre_discount"),
              "cannot find `hardwre_discount`")
      .primary_text("not a fact, field or approver")
      .label(find(text, "hardware_discount"), "similar name here")
      .help("did you mean `hardware_discount`?\nor another");
  const std::vector<Diagnostic> all = sink.finish(map);
  CHECK(render(all[0], map.take()) ==
        "error[E0004]: cannot find `hardwre_discount`\n"
        "  --> desk.assent:12:8\n"
        "   |\n"
        "12 |   when hardwre_discount > 15%\n"
        "   |        ^^^^^^^^^^^^^^^^ not a fact, field or approver\n"
        "   |\n"
        "4  |   fact hardware_discount = ...\n"
        "   |        ----------------- similar name here\n"
        "   = help: did you mean `hardware_discount`?\n"
        "           or another\n");
}

TEST_CASE("labels in other files name their file, labels on one line share it") {
  const std::string text = "use terms\nwhen a > b\n";
  SourceMap map;
  map.add({"desk.assent", text});
  map.add({"terms.assent", "fact a\n"});
  Sink sink(10);
  sink.report(Code::unexpected_text, find(text, ">"), "oops")
      .primary_text("cannot compare")
      .label(find(text, "a >"), "a Date")
      .label(find("fact a\n", "a\n", module_file), "")
      .label(find(text, "terms"), "used here");
  const std::vector<Diagnostic> all = sink.finish(map);
  CHECK(render(all[0], map.take()) ==
        "error[E0004]: oops\n"
        " --> desk.assent:2:8\n"
        "  |\n"
        "2 | when a > b\n"
        "  |        ^ cannot compare\n"
        "  |      --- a Date\n"
        "  |\n"
        " ::: terms.assent:1:6\n"
        "  |\n"
        "1 | fact a\n"
        "  |      -\n"
        "  |\n"
        " ::: desk.assent:1:5\n"
        "  |\n"
        "1 | use terms\n"
        "  |     ----- used here\n");
}

TEST_CASE("carets stand under what they mean") {
  const std::string head = "error[E0004]: oops\n --> desk.assent:1:";
  // Tabs take 4 cells, combining marks none, wide characters 2.
  CHECK(rendered("\ta\tb", {root, 3, 4}) == head + "4\n  |\n1 |     a    b\n  |          ^\n");
  CHECK(rendered("\tab", {root, 0, 2}) == head + "1\n  |\n1 |     ab\n  | ^^^^^\n");
  CHECK(rendered("é = €1", {root, 5, 9}) == head + "5\n  |\n1 | é = €1\n  |     ^^\n");
  CHECK(rendered("e\u0301 x", {root, 4, 5}) == head + "4\n  |\n1 | e\u0301 x\n  |   ^\n");
  CHECK(rendered("日本 x", {root, 3, 6}) == head + "2\n  |\n1 | 日本 x\n  |   ^^\n");
  // A span that cuts through a character marks all of it.
  CHECK(rendered("a€b", {root, 2, 3}) == head + "2\n  |\n1 | a€b\n  |  ^\n");
}

TEST_CASE("empty spans and ends of lines and files get one caret") {
  const std::string head = "error[E0004]: oops\n --> desk.assent:";
  CHECK(rendered("", {root, 0, 0}, "nothing") == head + "1:1\n  |\n1 |\n  | ^ nothing\n");
  CHECK(rendered("ab", {root, 1, 1}) == head + "1:2\n  |\n1 | ab\n  |  ^\n");
  CHECK(rendered("ab", {root, 2, 2}) == head + "1:3\n  |\n1 | ab\n  |   ^\n");
  CHECK(rendered("ab\n", {root, 3, 3}) == head + "2:1\n  |\n2 |\n  | ^\n");
  CHECK(rendered("ab\ncd", {root, 2, 3}) == head + "1:3\n  |\n1 | ab\n  |   ^\n");
  CHECK(rendered("ab\r\ncd\r\n", {root, 0, 4}) == head + "1:1\n  |\n1 | ab\n  | ^^\n");
  CHECK(rendered("ab\r\ncd\r\n", {root, 4, 6}) == head + "2:1\n  |\n2 | cd\n  | ^^\n");
}

TEST_CASE("a span of several lines shows the first and names the last") {
  const std::string head = "error[E0004]: oops\n --> desk.assent:1:";
  const std::string text = "rule a {\r\n  x\n}\n";
  CHECK(rendered(text, {root, 5, 15}, "this rule") ==
        head + "6\n  |\n1 | rule a {\n  |      ^^^ this rule (continues to line 3)\n");
  CHECK(rendered(text, {root, 5, 16}) ==
        head + "6\n  |\n1 | rule a {\n  |      ^^^ (continues to line 3)\n");
}

TEST_CASE("what could break or steer a terminal is replaced") {
  const std::string head = "error[E0004]: oops\n --> desk.assent:1:";
  CHECK(rendered("a\x1b[31m\xFF\xE2\x82 b", {root, 9, 11}) ==
        head + "10\n  |\n1 | a\uFFFD[31m\uFFFD\uFFFD\uFFFD b\n  |          ^^\n");
  CHECK(rendered("x\u202E y", {root, 5, 6}) == head + "4\n  |\n1 | x\uFFFD y\n  |    ^\n");
  CHECK(rendered("x", {root, 0, 1}, "a\nb\x07\xC3") ==
        head + "1\n  |\n1 | x\n  | ^ a\uFFFDb\uFFFD\uFFFD\n");
  for (unsigned byte = 0; byte < 256; ++byte) {
    const std::string text(5, static_cast<char>(byte));
    CHECK(!find_invalid_utf8(rendered(text, {root, 1, 3})));
  }
}

TEST_CASE("long lines are cut around the mark") {
  const auto cells = [](const std::string& line) { return count_code_points(line); };
  CHECK(excerpt(std::string(160, 'a'), 159, 160).line == std::string(160, 'a'));
  CHECK(!excerpt(std::string(160, 'a'), 159, 160).cut);

  std::string text(1000, 'a');
  text.replace(500, 3, "xyz");
  const Excerpt middle = excerpt(text, 500, 503);
  CHECK(middle.cut);
  CHECK(cells(middle.line) == max_line_cells);
  CHECK(middle.line.substr(0, 3) == "…");
  CHECK(middle.line.substr(middle.line.size() - 3) == "…");
  CHECK(middle.line.substr(2 + middle.before, middle.marked) == "xyz");  // `…` has 3 bytes, 1 cell

  const Excerpt start = excerpt(text, 0, 1);
  CHECK(start.before == 0);
  CHECK(start.line == std::string(158, 'a') + "…");
  const Excerpt end = excerpt(text, 1000, 1000);
  CHECK(end.line == "…" + std::string(158, 'a'));
  CHECK(end.before == 159);
  const Excerpt all = excerpt(text, 0, 1000);
  CHECK(all.before == 0);
  CHECK(all.marked == 158);
  CHECK(excerpt(text, 10, 990).before == 1);

  std::string marks = "e";
  for (int i = 0; i < 10'000; ++i) marks += "\u0301";
  CHECK(excerpt(marks, 0, 1).line.size() < 1000);
  std::string euros;
  for (int i = 0; i < 1000; ++i) euros += "€";
  CHECK(!find_invalid_utf8(excerpt(euros, 1501, 1502).line));
  CHECK(excerpt(euros, 1501, 1502).marked == 1);
}

TEST_CASE("places without a source are named") {
  Diagnostic diagnostic;
  diagnostic.code = "E0004";
  diagnostic.message = "oops";
  diagnostic.help = "mend it";
  CHECK(render(diagnostic, {}) == "error[E0004]: oops\n = help: mend it\n");
  diagnostic.primary = {{"gone.assent", 3, 4, 3, 5, 90, 91}, "here"};
  CHECK(render(diagnostic, {}) ==
        "error[E0004]: oops\n --> gone.assent:3:4\n  = note: here\n  = help: mend it\n");
  // Offsets that the text does not have are its end.
  CHECK(render(diagnostic, {{"gone.assent", "ab"}}) ==
        "error[E0004]: oops\n --> gone.assent:3:4\n  |\n3 | ab\n  |   ^ here\n  = help: mend it\n");
}

TEST_CASE("a label without a source does not come between a line and its carets") {
  Diagnostic diagnostic;
  diagnostic.code = "E0004";
  diagnostic.message = "oops";
  diagnostic.primary = {{"a", 1, 1, 1, 2, 0, 1}, ""};
  diagnostic.labels = {{{}, "elsewhere"}, {{"a", 1, 2, 1, 3, 1, 2}, ""}};
  CHECK(render(diagnostic, {{"a", "xy"}}) ==
        "error[E0004]: oops\n --> a:1:1\n  |\n1 | xy\n  | ^\n  = note: elsewhere\n"
        "  |\n1 | xy\n  |  -\n");
}

TEST_CASE("colour adds escapes and nothing else") {
  SourceMap map;
  map.add({"desk.assent", "ab cd"});
  Sink sink(10);
  sink.report(Code::unexpected_text, {root, 0, 2}, "oops").label({root, 3, 5}, "x").help("h");
  std::vector<Diagnostic> all = sink.finish(map);
  const std::vector<Source> sources = map.take();
  const std::string text = render(all[0], sources, true);
  CHECK(text.find("\x1b[1;31merror[E0004]\x1b[0m\x1b[1m: oops\x1b[0m\n") == 0);
  CHECK(text.find("\x1b[34m1 |\x1b[0m ab cd\n") != text.npos);

  std::string stripped;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '\x1b') at = text.find('m', at);
    else stripped += text[at];
  }
  CHECK(stripped == render(all[0], sources));

  all[0].severity = Severity::warning;
  CHECK(render(all[0], sources, true).find("\x1b[1;33mwarning[E0004]") == 0);
}

TEST_CASE("the nearest name") {
  CHECK(suggested("hardwre_discount", {"hardware_discount", "software_discount"}) ==
        "hardware_discount");
  CHECK(suggested("totla", {"total", "totals"}) == "total");         // a swap is one slip
  CHECK(suggested("total", {"tatel"}) == "-");                       // two of five
  CHECK(suggested("totals", {"tatels"}) == "tatels");                // two of six
  CHECK(suggested("ab", {"abc"}) == "abc");                          // always one
  CHECK(suggested("a", {"b"}) == "-");                               // nothing in common
  CHECK(suggested("ca", {"abc"}) == "-");                            // restricted: three slips
  CHECK(suggested("", {"a"}) == "-");
  CHECK(suggested("a", {}) == "-");
  CHECK(suggested("quote", {"quote"}) == "-");
}

TEST_CASE("case and dashes do not count as slips") {
  CHECK(suggested("NET_TOTAL", {"net-total", "NET_TOTALS"}) == "net-total");
  CHECK(suggested("net_total", {"netTotal", "Net-Totel"}) == "Net-Totel");
  CHECK(suggested("X", {"x"}) == "x");
}

TEST_CASE("of equally near names the smallest is suggested") {
  CHECK(suggested("lane", {"lace", "lake", "land", "line"}) == "lace");
  CHECK(suggested("band", {"bond", "BAND", "Band"}) == "BAND");
  CHECK(suggested("café1", {"café3", "café2"}) == "café2");
}

TEST_CASE("long names are not compared") {
  const std::string name(max_suggested_name, 'n');
  const std::string shorter = name.substr(1);
  const std::string longer = name + "n";
  CHECK(suggested(name, {shorter}) == shorter);
  CHECK(suggested(name, {longer}) == "-");
  CHECK(suggested(longer, {name}) == "-");
}
