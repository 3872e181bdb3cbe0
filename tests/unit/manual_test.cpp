// The examples of the manuals, as they stand in runtime/README.md and in the public headers. Each is
// compiled here and compared with its manual, line by line.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/policy.h"

namespace {

using assent::to_json;

std::string read(const std::string& path) {
  std::ifstream in(ASSENT_SOURCE_DIR "/" + path);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Without indentation, comments and the marks of a comment.
std::vector<std::string> lines(const std::string& text) {
  std::vector<std::string> result;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    line = line.substr(0, line.find("  //"));
    const std::size_t first = line.find_first_not_of(" /");
    const std::size_t last = line.find_last_not_of(' ');
    if (first != std::string::npos) result.push_back(line.substr(first, last + 1 - first));
  }
  return result;
}

// Whether the lines between the two marks of this file stand in the manual, one after the other.
void must_stand_in(const std::string& manual, const std::string& mark) {
  const std::string self = read("tests/unit/manual_test.cpp");
  const std::size_t begin = self.find("\n", self.find("// begin " + mark)) + 1;
  const std::vector<std::string> wanted = lines(self.substr(begin, self.find("// end " + mark) - begin));
  const std::vector<std::string> there = lines(read(manual));
  INFO(manual);
  CHECK(wanted.size() > 3);
  CHECK(std::search(there.begin(), there.end(), wanted.begin(), wanted.end()) != there.end());
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

TEST_CASE("the examples of the manuals run as they stand there") {
  must_stand_in("compiler/include/assent/compile.h", "compile.h");
  must_stand_in("runtime/include/assent/policy.h", "policy.h");
  must_stand_in("runtime/README.md", "README.md");
  compile_desk();
  REQUIRE_FALSE(artifact.empty());
  CHECK(printed(decide_as_the_header_says).find("\"outcome\": \"needs_approval\"") != std::string::npos);
  CHECK(printed(decide_as_the_readme_says).find("\"why\": [") != std::string::npos);
}
