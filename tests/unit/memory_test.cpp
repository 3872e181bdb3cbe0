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
