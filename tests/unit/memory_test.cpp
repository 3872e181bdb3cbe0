// A decision in the steady state asks for no memory. Its own program: operator new is replaced by one
// that counts, as in tests/bench.
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/policy.h"
#include "tests/bench/allocations.h"

namespace {

std::string read(const std::string& path) {
  std::ifstream in(std::string(ASSENT_SOURCE_DIR "/examples/") + path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Calls of new for the quotes' decisions once the evaluator has seen each of them.
std::uint64_t calls(const std::string& example, const std::vector<std::string>& names, assent::World world) {
  const assent::CompileResult compiled = assent::compile({example + ".assent", read(example + "/policy.assent")});
  REQUIRE(compiled.artifact);
  const assent::Result<assent::Policy> policy = assent::Policy::load(*compiled.artifact);
  REQUIRE(policy);
  std::vector<std::string> quotes;
  for (const std::string& name : names) quotes.push_back(read(example + "/quotes/" + name));
  assent::Evaluator evaluator(*policy);
  std::uint64_t counted = 0;
  for (int round = 0; round < 3; ++round) {
    const assent::bench::Allocations before = assent::bench::allocations();
    for (const std::string& quote : quotes) {
      const auto decision = evaluator.decide(quote, world);
      if (!decision || (**decision).outcome == assent::Outcome::blocked || (**decision).rules.empty())
        return ~std::uint64_t{0};
    }
    counted = assent::bench::allocations().calls - before.calls;
  }
  return counted;
}

assent::World world(const std::string& example, std::string_view today) {
  assent::World made;
  made.today = *assent::date_from_text(today);
  made.directory = *assent::Directory::from_json(read(example + "/directory.json"));
  return made;
}

}  // namespace

TEST_CASE("a decision in the steady state asks for no memory") {
  CHECK(calls("discount-desk", {"steep.json", "q-00024.json"}, world("discount-desk", "2026-03-02")) == 0);
  CHECK(calls("guardrails", {"plain.json", "many-exceptions.json"}, world("guardrails", "2026-03-02")) == 0);
  CHECK(calls("construction-contract", {"school.json", "footbridge.json"},
              world("construction-contract", "2026-03-02")) == 0);
  CHECK(calls("hospital-fit-out", {"programme.json", "ward.json"}, world("hospital-fit-out", "2026-03-02")) == 0);
  CHECK(calls("salesforce-quote", {"model.json", "rest.json"}, world("salesforce-quote", "2026-03-02")) == 0);
}

TEST_CASE("a quote that is beyond its limit of memory has taken no more than a few times that") {
  const assent::CompileResult compiled = assent::compile({"wide.assent", R"(
    policy wide
    record Part { weight: Decimal }
    record Line { price: Decimal  note: Text  parts: list of Part else empty }
    record Quote { lines: list of Line }
    input quote: Quote
    approver boss = person "boss"
    rule dear { when sum(line.price for line in quote.lines) > 10 requires boss }
    rule noted { when any line in quote.lines has line.note is "x" requires boss }
    rule heavy { when any line in quote.lines has any part in line.parts has part.weight > 5 requires boss }
    otherwise approve)"});
  REQUIRE(compiled.artifact);
  const assent::Result<assent::Policy> policy = assent::Policy::load(*compiled.artifact);
  REQUIRE(policy);
  std::string quote = R"({"lines": [)";
  for (int i = 0; i < 100'000; ++i) {
    if (i > 0) quote += ',';
    quote += R"({"price":1,"note":"","parts":[{"weight":1}]})";
  }
  quote += "]}";
  for (const std::size_t memory : {quote.size(), 4 * quote.size() + 1'000'000, 4 * quote.size() + 10'000'000}) {
    assent::Limits limits;
    limits.memory = memory;
    assent::Evaluator evaluator(*policy, limits);
    const assent::bench::Allocations before = assent::bench::allocations();
    const auto decision = evaluator.decide(quote, {});
    const std::uint64_t taken = assent::bench::allocations().bytes - before.bytes;
    INFO(memory);
    REQUIRE(!decision);
    CHECK(decision.problems()[0].code == assent::ErrorCode::limit_exceeded);
    CHECK(taken < 3 * memory);  // all that was asked for on the way, also what was given back
  }
  CHECK(assent::Evaluator(*policy).decide(quote, {}).ok());
}
