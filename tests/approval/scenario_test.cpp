// Runs every scenario of tests/conformance/cases, and holds the runner to its word: what is not as written fails.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include <catch2/catch.hpp>

#include "tests/approval/scenario.h"

namespace {

using assent::test::run_scenario;
using Texts = std::vector<std::string>;

const std::filesystem::path folder = ASSENT_SOURCE_DIR "/tests/conformance/cases";

std::string read(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST_CASE("worked examples of cases", "[conformance]") {
  std::vector<std::filesystem::path> files;
  for (const auto& each : std::filesystem::directory_iterator(folder)) files.push_back(each.path());
  std::sort(files.begin(), files.end());
  REQUIRE(!files.empty());
  for (const std::filesystem::path& file : files) {
    DYNAMIC_SECTION(file.stem().string()) {
      REQUIRE(file.extension() == ".json");
      const std::string text = read(file);
      for (const std::string& wrong : run_scenario(text)) FAIL_CHECK(file.filename().string() << ": " << wrong);
      const std::string about = assent::test::Json::parse(text).value("about", "");
      CHECK(about.rfind(file.stem().string() + ":", 0) == 0);  // a file is named after what it is about
    }
  }
}

// A scenario of one rule, with these steps.
Texts run(const std::string& steps) {
  return run_scenario(R"({"about": "x", "policy": ["policy p  record Quote { n: Integer }  input quote: Quote",
    "approver boss = person \"boss\"  rule big { when quote.n > 10  requires boss }  otherwise approve"],
    "directory": ["rep", "boss"], "steps": [{"do": "submit", "by": "rep", "quote": {"n": 20}}, )" +
                      steps + "]}");
}

TEST_CASE("what is not as a scenario says is reported with its step", "[scenario]") {
  CHECK(run(R"({"do": "approve", "by": "boss", "expect": {"state": "approved", "by": {"big/boss": "boss"}}})").empty());
  CHECK(run(R"({"do": "approve", "by": "boss", "expect": {"state": "pending"}})") ==
        Texts{"step 2 (approve by boss): state: expected pending, seen approved"});
  CHECK(run(R"({"do": "recall", "by": "rep", "expect": {"steps": {}}})") ==
        Texts{R"(step 2 (recall by rep): steps: expected {}, seen {"big/boss":"revoked"})"});
  CHECK(run(R"({"do": "approve", "by": "rep"}, {"do": "tick", "expect": {"refused": "nothing-to-do"}})") ==
        Texts{"step 2 (approve by rep): refused: not expected, seen no-seat: "
              "the person has no seat there, nor acts for anybody who has"});
  CHECK(
      run(R"({"do": "approve", "by": "boss", "expect": {"told": ["boss approved"]}})") ==
      Texts{R"(step 2 (approve by boss): told: expected ["boss approved"], seen ["boss approved:","rep approved:"])"});
  CHECK(run(R"({"do": "approve", "by": "boss", "expect": {"why": {"big/cfo": "x"}}})") ==
        Texts{"step 2 (approve by boss): there is no step big/cfo, but big/boss: satisfied"});
}

TEST_CASE("a scenario that could check less than it seems to is refused", "[scenario]") {
  const auto refuses = [](const std::string& steps, const std::string& part) {
    const Texts wrong = run(steps);
    CAPTURE(steps, wrong);
    CHECK((wrong.size() == 1 && wrong[0].find(part) != std::string::npos));
  };
  refuses(R"({"do": "approve", "by": "boss"})", "nothing is expected");
  refuses(R"({"do": "approve", "by": "boss", "expect": {}})", "`expect` is empty");
  refuses(R"({"do": "approve", "by": "boss", "expect": {"stat": "approved"}})", "`stat`, which means nothing");
  refuses(R"({"do": "approve", "by": "boss", "expct": {"state": "approved"}})", "`expct`, which means nothing");
  refuses(R"({"do": "recall", "by": "rep", "step": "big/boss", "expect": {"state": "recalled"}})", "`step`");
  refuses(R"({"do": "approve", "expect": {"state": "approved"}})", "does not say `by`");
  refuses(R"({"do": "aprove", "by": "boss", "expect": {"state": "approved"}})", "nobody can `aprove`");
  refuses(R"({"do": "approve", "by": "boss", "expect": {"state": "approved", "state": "pending"}})", "stands twice");
  refuses(R"({"do": "policy", "source": ["policy"], "expect": {"state": "pending"}})", "does not compile");
}

}  // namespace
