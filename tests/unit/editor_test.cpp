// What an editor is told of a policy: what each word means, also while something is broken.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>

#include "assent/editor.h"

namespace {

using namespace assent;

constexpr std::string_view policy = R"(policy p "Limits"
use std.calendar
record Line { id: Text  price: Money }
# What a customer asks for.
record Quote money in currency { currency: Currency  discount: Percent  on: Date  lines: list of Line }
input quote: Quote
# Who looks first,
# and again.
approver desk "Deal desk" = role "desk"
group board = any of desk, person "cfo"
chain both = desk then board
fact deep = quote.discount > 10%
function dearest(at_least: Money): Integer = count(line in quote.lines where line.price > at_least)
rule steep "Steep" { when deep and dearest(5 USD) > 1  requires both }
ladder late by quote.on + 5 business days in us_federal - quote.on { up to 3 days: no approval  above: desk }
step desk { escalate to board after 2 days }
path { steep before late }
otherwise approve
test "t" { given "q.json" with discount = 5%  expect path desk  expect rule steep applies }
)";

// "fact deep@12": the symbol that the nth word `what` of the text means, and the line on which it is declared.
std::string meaning(const EditorView& view, std::string_view text, std::string_view what, int nth = 1) {
  std::size_t at = 0;
  for (int i = 0; i < nth; ++i) at = text.find(what, i == 0 ? 0 : at + 1);
  if (at == std::string_view::npos) return "not there";
  const Word* word = view.word_at("p.assent", at);
  if (word == nullptr) return "nothing";
  const Symbol& symbol = view.symbols[word->symbol];
  return std::string(assent::text(symbol.kind)) + ' ' + symbol.name + '@' + symbol.name_place.file + ':' +
         std::to_string(symbol.name_place.line) + (word->declares ? " declared" : "");
}

const Symbol& symbol(const EditorView& view, std::string_view name) {
  const auto found = std::find_if(view.symbols.begin(), view.symbols.end(), [&](const Symbol& each) {
    return each.name == name && each.name_place.file == "p.assent";
  });
  REQUIRE(found != view.symbols.end());
  return *found;
}

}  // namespace

TEST_CASE("what the words of a policy mean", "[editor]") {
  const EditorView view = editor_view({"p.assent", std::string(policy)});
  for (const Diagnostic& each : view.diagnostics) UNSCOPED_INFO(render(each, view.sources));
  CHECK(view.diagnostics.empty());
  struct Want { std::string_view word; int nth; std::string means; };
  for (const Want& each : std::vector<Want>{{"Line", 1, "record Line@p.assent:3 declared"},
                                            {"Line", 2, "record Line@p.assent:3"},
                                            {"currency", 1, "field currency@p.assent:5"},
                                            {"Quote", 2, "record Quote@p.assent:5"},
                                            {"desk then", 1, "approver desk@p.assent:9"},
                                            {"board\nfact", 1, "approver board@p.assent:10"},
                                            {"discount >", 1, "field discount@p.assent:5"},
                                            {"quote.discount", 1, "input quote@p.assent:6"},
                                            {"line in", 1, "variable line@p.assent:13 declared"},
                                            {"line.price", 1, "variable line@p.assent:13"},
                                            {"price >", 1, "field price@p.assent:3"},
                                            {"at_least)", 1, "parameter at_least@p.assent:13"},
                                            {"deep and", 1, "fact deep@p.assent:12"},
                                            {"dearest(5", 1, "function dearest@p.assent:13"},
                                            {"both }", 1, "chain both@p.assent:11"},
                                            {"us_federal", 1, "calendar us_federal@std.calendar:19"},
                                            {"desk {", 1, "approver desk@p.assent:9"},
                                            {"board after", 1, "approver board@p.assent:10"},
                                            {"steep before", 1, "rule steep@p.assent:14"},
                                            {"late }", 1, "rule late@p.assent:15"},
                                            {"discount = 5", 1, "field discount@p.assent:5"},
                                            {"steep applies", 1, "rule steep@p.assent:14"},
                                            {"requires", 1, "nothing"}}) {
    INFO(each.word);
    CHECK(meaning(view, policy, each.word, each.nth) == each.means);
  }
  CHECK(symbol(view, "desk").title == "Deal desk");
  CHECK(symbol(view, "desk").documentation == "Who looks first,\nand again.");
  CHECK(symbol(view, "Quote").documentation == "What a customer asks for.");
  CHECK(symbol(view, "deep").type == "Bool");
  CHECK(symbol(view, "lines").type == "list of Line");
  CHECK(symbol(view, "line").type == "Line");
  CHECK(symbol(view, "at_least").type == "Money");
  CHECK(symbol(view, "dearest").type == "Integer");
  CHECK(symbol(view, "steep").whole.line == 14);
  CHECK(view.symbols[symbol(view, "price").record.value()].name == "Line");
  CHECK_FALSE(symbol(view, "deep").record);
}

TEST_CASE("what is understood while something is broken", "[editor]") {
  std::string broken(policy);
  broken.replace(broken.find("rule steep"), 4, "rule rule");
  const EditorView view = editor_view({"p.assent", broken});
  CHECK_FALSE(view.diagnostics.empty());
  CHECK(meaning(view, broken, "board after") == "approver board@p.assent:10");
  CHECK(meaning(view, broken, "deep") == "fact deep@p.assent:12 declared");
  CHECK(editor_view({"p.assent", "\xff"}).words.empty());
  CHECK(editor_view({"p.assent", ""}).symbols.empty());
}

TEST_CASE("each word of an example means what stands where it says", "[editor]") {
  for (const std::string_view module : library_modules()) {
    const EditorView view = editor_view(*library_module(module));
    CHECK(view.words.size() >= view.symbols.size());
    for (const Word& each : view.words) {
      const auto source = std::find_if(view.sources.begin(), view.sources.end(),
                                       [&](const Source& one) { return one.name == each.place.file; });
      REQUIRE(source != view.sources.end());
      CHECK(source->text.substr(each.place.begin, each.place.end - each.place.begin) ==
            view.symbols[each.symbol].name);
    }
  }
}
