// Aggregates over plain fields are what the same aggregates are when they are written so that each row is evaluated.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/policy.h"

using namespace assent;

namespace {

// `not (… is not …)` is evaluated row by row, and so is a sum of two fields.
constexpr const char* policy_text = R"(
policy aggregates
record Line money in currency { currency: Currency  price: Money  count: Integer }
record Quote { owner: Person  lines: list of Line }
input quote: Quote
fact plain_count = count(line in quote.lines where line.currency is "EUR")
fact other_count = count(line in quote.lines where not (line.currency is not "EUR"))
fact plain_sum = sum(line.price for line in quote.lines where line.currency is "EUR")
fact other_sum = sum(line.price for line in quote.lines where not (line.currency is not "EUR"))
fact plain_all = sum(line.price for line in quote.lines)
fact other_all = sum(line.price + line.price - line.price for line in quote.lines)
fact plain_least = min(line.count for line in quote.lines) else -1
fact other_least = min(line.count + 0 for line in quote.lines where line.count < 1_000_000) else -1
fact plain_most = max(line.price for line in quote.lines where line.currency is "EUR") else 0 EUR
fact other_most = max(line.price for line in quote.lines where not (line.currency is not "EUR")) else 0 EUR
rule count_is { when plain_count = other_count warns "the same" }
rule sum_is { when plain_sum = other_sum warns "the same" }
rule all_is { when plain_all = other_all warns "the same" }
rule least_is { when plain_least = other_least warns "the same" }
rule most_is { when plain_most = other_most warns "the same" }
otherwise approve
)";

std::string line(const std::string& price, const std::string& currency, int count) {
  return R"({"price": )" + price + R"(, "currency": ")" + currency + R"(", "count": )" + std::to_string(count) + "}";
}

std::string quote(const std::vector<std::string>& lines) {
  std::string all;
  for (const std::string& each : lines) all += (all.empty() ? "" : ", ") + each;
  return R"({"owner": "ann", "lines": [)" + all + "]}";
}

}  // namespace

TEST_CASE("aggregates over plain fields are the same as over computed values") {
  const CompileResult compiled = compile({"aggregates.assent", policy_text});
  if (!compiled.artifact) FAIL(render(compiled.diagnostics.at(0), compiled.sources));
  Evaluator evaluator(*Policy::load(*compiled.artifact));
  World world;
  world.today = *date_from_text("2026-03-02");
  const auto facts_of = [&](const std::string& text) {
    const Result<const Decision*> decided = evaluator.decide(text, world);
    REQUIRE(decided);
    for (const char* each : {"count", "sum", "all", "least", "most"}) {
      CAPTURE(text, each);
      const auto plain = evaluator.fact(std::string("plain_") + each);
      REQUIRE(plain);
      CHECK(plain == evaluator.fact(std::string("other_") + each));
    }
    return *decided;
  };
  CHECK(facts_of(quote({}))->warnings.size() == 5);
  CHECK(facts_of(quote({line("1.50", "EUR", 3), line("2.25", "EUR", -7), line("9", "EUR", 3)}))->warnings.size() == 5);
  CHECK(evaluator.fact("plain_sum") == "12.75 EUR");
  CHECK(evaluator.fact("plain_most") == "9.00 EUR");
  CHECK(evaluator.fact("plain_least") == "-7");
  facts_of(quote({line("1.50", "EUR", 3), line("1000", "USD", 4)}));  // amounts of two currencies have no sum
  CHECK(evaluator.fact("plain_sum") == "1.50 EUR");
  CHECK(evaluator.fact("plain_count") == "1");
  CHECK(evaluator.fact("plain_all")->find("currenc") != std::string::npos);
  facts_of(quote({line("9e33", "EUR", 3), line("0.5", "EUR", 4)}));  // more digits than a number can have
  CHECK(evaluator.fact("plain_all") != evaluator.fact("plain_most"));
  facts_of(quote({line("1000", "USD", 4)}));
  CHECK(evaluator.fact("plain_count") == "0");
}
