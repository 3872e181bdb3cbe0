// Tests of decide_both: two policies make of a quote what each makes of it alone, whatever they read alike.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/policy.h"

using namespace assent;

namespace {

// Each differs from the first in one thing.
std::vector<std::string> policies() {
  const std::string first = R"(
policy p
type Kind = one of "new", "renewal"
record Line { discount: Percent else 10%  price: Money  notes: list of Text else empty }
record Quote money in currency {
  currency: Currency  owner: Person  region: Text else "EU"  kind: Kind
  due: Date?
  lines: list of Line from "items"
}
input quote: Quote
approver boss = person "boss"
rule steep { for each line in quote.lines when line.discount > 15% requires boss }
rule large { when sum(line.price for line in quote.lines) > 100 EUR and quote.region is "EU" warns "large" }
rule late { when (quote.due else 2026-01-01) > 2026-02-01 and quote.kind is "new" denies "late" }
rule noted { when any line in quote.lines has count(note in line.notes) > 1 warns "noted" }
otherwise approve
)";
  std::vector<std::string> all{first};
  const auto other = [&](std::string_view before, std::string_view now) {
    std::string text = first;
    const std::size_t at = text.find(before);
    REQUIRE(at != std::string::npos);
    all.push_back(text.replace(at, before.size(), now));
  };
  other("> 15%", "> 20%");                                // a threshold: read alike
  other("else 10%", "else 16%");                          // what stands for a missing value
  other("region: Text else \"EU\"", "region: Text else \"US\"");
  other("from \"items\"", "from \"lines\"");              // where it stands
  other("\"new\", \"renewal\"", "\"new\", \"renewal\", \"other\"");
  other("\"new\", \"renewal\"", "\"new\", \"other\"");
  other("due: Date?", "due: Date? from \"end\"");
  other("record Line {", "record Line { id: Text else \"\" ");
  other("when line.discount > 15%", "when line.discount > 15% and (line.tier else 0) > 0");
  all.back().insert(all.back().find("record Line {") + 13, " tier: Integer? ");
  other("list of Text else empty", "list of Text");
  return all;
}

Policy loaded(const std::string& text) {
  const CompileResult compiled = compile({"p.assent", text});
  if (!compiled.artifact) FAIL(render(compiled.diagnostics.at(0), compiled.sources));
  return *Policy::load(*compiled.artifact);
}

std::string shown(const Result<const Decision*>& decided) {
  if (decided) return to_json(**decided);
  std::string all;
  for (const Problem& each : decided.problems()) all += each.where + ": " + each.message + "\n";
  return all;
}

}  // namespace

TEST_CASE("two policies decide one quote as each does alone") {
  World world;
  world.today = *date_from_text("2026-03-02");
  world.directory = *Directory::from_json(R"({"people": [{"id": "boss"}]})");
  const std::vector<std::string> quotes{
      R"({"currency": "EUR", "owner": "ann", "kind": "new", "due": "2026-03-01", "end": "2026-01-05",
          "items": [{"price": 60, "notes": ["a", "b"]}, {"price": 70, "discount": 18, "tier": 2}], "lines": []})",
      R"({"currency": "USD", "owner": "ann", "region": "US", "kind": "renewal", "items": []})",
      R"({"currency": "EUR", "owner": "ann", "kind": "other", "items": [{"price": 1}], "lines": [{"price": 500}]})",
      R"({"currency": "EUR", "owner": "ann", "kind": "new", "items": [{"price": "one"}]})",
      R"({"currency": "EUR")",
  };
  const std::vector<std::string> texts = policies();
  for (const std::string& one : texts) {
    for (const std::string& two : texts) {
      Evaluator first(loaded(one)), second(loaded(two)), alone_first(loaded(one)), alone_second(loaded(two));
      for (const std::string& quote : quotes) {
        const auto [a, b] = decide_both(first, second, quote, world);
        CHECK(shown(a) == shown(alone_first.decide(quote, world)));
        CHECK(shown(b) == shown(alone_second.decide(quote, world)));
        if (b) CHECK(second.explain().rules.size() == 4);
      }
    }
  }
}

TEST_CASE("the limits of each hold") {
  World world;
  const Policy policy = loaded(policies()[0]);
  const std::string quote =
      R"({"currency": "EUR", "owner": "ann", "kind": "new", "items": [{"price": 1}, {"price": 2}]})";
  Limits few;
  few.rows = 1;
  Evaluator wide(policy), narrow(policy, few);
  CHECK(decide_both(wide, narrow, quote, world).first);
  CHECK_FALSE(decide_both(wide, narrow, quote, world).second);
  CHECK_FALSE(decide_both(narrow, wide, quote, world).first);
  CHECK(decide_both(narrow, wide, quote, world).second);
}
