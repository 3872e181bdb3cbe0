// The examples of the manuals, as they stand in runtime/README.md and in the public headers; those of cases are in
// tests/approval and tests/store. Each is compiled here and compared with its manual, line by line.
#include <catch2/catch.hpp>

#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/policy.h"
#include "tests/unit/manual.h"

namespace {

using assent::to_json;
using assent::test::read;

void must_stand_in(const std::string& manual, const std::string& mark) {
  assent::test::must_stand_in(manual, "tests/unit/manual_test.cpp", mark);
}

// What the examples of the manuals call their own.
std::string artifact;
const std::string text = read("examples/discount-desk/policy.assent");
const std::string quote_json = read("examples/discount-desk/quotes/steep.json");
const std::string people = read("examples/discount-desk/directory.json");
const std::string& directory_json = people;

void complain(const assent::Problems& problems) { FAIL(problems.at(0).message); }
void store(const std::string& made) { artifact = made; }
std::optional<assent::Source> read_my_module(std::string_view) { return std::nullopt; }

void compile_desk() {
  // begin compile.h
  assent::CompileOptions options;
  options.import = [](std::string_view module) { return read_my_module(module); };
  assent::CompileResult result = assent::compile({"desk.assent", text}, options);
  for (const assent::Diagnostic& d : result.diagnostics) std::cerr << assent::render(d, result.sources);
  if (result.artifact) store(*result.artifact);
  // end compile.h
}

void decide_as_the_header_says() {
  // begin policy.h
  auto policy = assent::Policy::load(artifact);            // bytes that the compiler made
  if (!policy) return complain(policy.problems());
  assent::Evaluator evaluator(*policy);                    // one for each thread
  assent::World world;
  world.today = *assent::date_from_text("2026-11-23");
  world.directory = *assent::Directory::from_json(people);
  auto decision = evaluator.decide(quote_json, world);
  if (!decision) return complain(decision.problems());     // the quote is at fault
  std::cout << to_json(**decision);
  // end policy.h
}

void decide_as_the_readme_says() {
  // begin README.md
  auto policy = assent::Policy::load(artifact);              // verified before it is trusted
  assent::Evaluator evaluator(*policy);                      // one for each thread
  assent::World world;
  world.today = *assent::date_from_text("2026-03-02");
  world.directory = *assent::Directory::from_json(directory_json);
  auto decision = evaluator.decide(quote_json, world);
  if (!decision) return complain(decision.problems());       // the quote is at fault: pointers and messages
  std::cout << to_json(**decision, evaluator.explain());
  // end README.md
}

// What it prints on the standard output.
std::string printed(void (*example)()) {
  std::ostringstream out;
  std::streambuf* before = std::cout.rdbuf(out.rdbuf());
  example();
  std::cout.rdbuf(before);
  return out.str();
}

}  // namespace

// What runtime/README.md shows of other languages is of their own manuals, whose examples are run.
TEST_CASE("the runtime's manual shows what those of the bindings do") {
  const std::string manual = read("runtime/README.md");
  const auto block = [&](const std::string& language) {
    const std::size_t begin = manual.find("```" + language + "\n");
    REQUIRE(begin != std::string::npos);
    return manual.substr(begin, manual.find("\n```\n", begin) + 5 - begin);
  };
  CHECK(read("tools/bindings/python/README.md").find(block("python")) != std::string::npos);
  CHECK(read("tools/bindings/node/README.md").find(block("js")) != std::string::npos);
  std::istringstream java(block("java"));
  const std::string client = read("tools/bindings/java/Assent.java");
  std::string line;
  for (std::getline(java, line); std::getline(java, line) && line != "```";)
    CHECK(client.find(" * " + line + "\n") != std::string::npos);
}

TEST_CASE("the examples of the manuals run as they stand there") {
  must_stand_in("compiler/include/assent/compile.h", "compile.h");
  must_stand_in("runtime/include/assent/policy.h", "policy.h");
  must_stand_in("runtime/README.md", "README.md");
  compile_desk();
  REQUIRE_FALSE(artifact.empty());
  CHECK(printed(decide_as_the_header_says).find("\"outcome\": \"needs_approval\"") != std::string::npos);
  CHECK(printed(decide_as_the_readme_says).find("\"why\": [") != std::string::npos);
}
