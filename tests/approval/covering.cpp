#include "tests/approval/covering.h"

#include <optional>

#include <catch2/catch.hpp>

namespace assent::test {

const std::string some_quote = R"(policy p
record Line { product: Text else "p"  discount: Percent else 0%  quantity: Integer else 1  note: Text? }
record Quote money in currency {
  currency: Currency else "USD"
  a: Integer else 0   b: Integer else 0   c: Integer else 0   x: Integer?
  ratio: Decimal else 0   discount: Percent else 0%   net: Money?   limit: Money?
  kind: Text else ""   note: Text?   urgent: Bool else false   owner: Person?   term: Months else 0 months
  day: Date else 2026-01-01   other_day: Date else 2026-01-01   moment: Instant?   effort: Minutes else 0 minutes
  lines: list of Line else empty
}
input quote: Quote
)";
const std::string somebody = R"(approver boss = person "boss"  approver cfo = person "cfo"  approver vp = person "vp"
)";
const std::string or_nobody = "otherwise approve\n";

std::string with_rule(const std::string& clauses) {
  return some_quote + somebody + or_nobody + "rule r { " + clauses + " }";
}

Covering::Covering(const std::string& source) : evaluator_(policy_of(source)) {
  world.today = *date_from_text("2026-03-02");
  world.directory = *Directory::from_json(
      R"({"people": [{"id": "boss"}, {"id": "cfo"}, {"id": "vp"}, {"id": "rep", "roles": ["trusted"]}]})");
}

const Decision& Covering::decide(const std::string& quote) {
  const auto decided = evaluator_.decide(quote, world);
  if (!decided) FAIL(decided.problems()[0].where << ": " << decided.problems()[0].message);
  if (!(*decided)->troubles.empty()) FAIL((*decided)->troubles[0].message);
  return **decided;
}

namespace {

std::optional<std::uint32_t> find(const Decision& decision, const std::string& key) {
  for (std::uint32_t i = 0; i < decision.steps.size(); ++i) {
    if (decision.steps[i].key == key) return i;
  }
  return std::nullopt;
}

}  // namespace

Basis Covering::vote(const std::string& quote, const std::string& key) {
  const auto step = find(decide(quote), key);
  if (!step) FAIL("the quote does not demand " << key);
  return evaluator_.basis(*step);
}

std::string Covering::then(const Basis& seen, const std::string& quote, const std::string& key) {
  const auto step = find(decide(quote), key);
  if (!step) return "nobody is asked";
  const Cover cover = evaluator_.cover(seen, *step);
  return (cover.holds ? "kept: " : "lost: ") + cover.why;
}

std::string changed(const std::string& clauses, const std::string& before, const std::string& after,
                    const std::string& step) {
  Covering covering(with_rule(clauses));
  return covering.then(covering.vote(before, step), after, step);
}

}  // namespace assent::test
