// See test_report.h.
#include "tools/test_report.h"

#include <nlohmann/json.hpp>

#include "tools/junit.h"
#include "tools/text.h"

namespace assent::command {

namespace {

using Json = nlohmann::ordered_json;

std::string tree_text(std::string_view title, const std::vector<std::string>& tree) {
  std::string text = "  " + std::string(title) + '\n';
  for (const std::string& line : tree) text += "    " + line + '\n';
  return text;
}

std::string failure_text(const Failure& failure, const std::vector<Source>& sources,
                         const Style& style) {
  Diagnostic diagnostic;
  diagnostic.message = failure.message;
  diagnostic.primary.place = failure.place;
  std::string text = render(diagnostic, sources, style.colour);
  if (failure.source.empty()) return text;
  text += "  expected  " + style.green(failure.expected) + '\n';
  text += "  actual    " + style.red(failure.actual) + '\n';
  if (!failure.actual_tree.empty()) {
    text += tree_text("expected path", failure.expected_tree);
    text += tree_text("actual path", failure.actual_tree);
  }
  return text;
}

std::string failures_text(const TestResult& result, const std::vector<Source>& sources,
                          const Style& style) {
  std::vector<std::string> parts;
  for (const Failure& failure : result.failures) {
    parts.push_back(failure_text(failure, sources, style));
  }
  const std::string text = joined(parts, "\n");
  if (result.passed() || !result.was_run()) return text;
  const std::string fired = result.fired.empty() ? "none" : joined(result.fired, ", ");
  return text + "  rules     " + fired + '\n';
}

Json json_of(const Failure& failure) {
  Json json{{"file", failure.place.file},
            {"line", failure.place.line},
            {"column", failure.place.column},
            {"message", failure.message}};
  if (failure.source.empty()) return json;
  json["expectation"] = failure.source;
  json["expected"] = failure.expected;
  json["actual"] = failure.actual;
  return json;
}

Json json_of(const TestResult& result) {
  Json failures = Json::array();
  for (const Failure& failure : result.failures) failures.push_back(json_of(failure));
  return {{"title", result.title},
          {"line", result.place.line},
          {"column", result.place.column},
          {"result", result.passed() ? "passed" : result.was_run() ? "failed" : "not run"},
          {"rules", result.fired},
          {"failures", std::move(failures)}};
}

Json json_of(const Share& share) {
  return {{"seen", share.seen}, {"of", share.wanted}, {"percent", share.percent()}};
}

Json json_of(const Coverage& coverage) {
  Json rules = Json::array();
  for (const CoveredRule& rule : coverage.rules()) {
    Json conditions = Json::array();
    for (const CoveredCondition& condition : rule.conditions) {
      conditions.push_back({{"condition", condition.text},
                            {"seen_true", condition.seen_true},
                            {"seen_false", condition.seen_false}});
    }
    Json json{{"rule", rule.name},
              {"file", rule.file},
              {"line", rule.line},
              {"applied", rule.applied},
              {"not_applied", rule.not_applied}};
    Json bands = Json::array();
    for (const CoveredBand& band : rule.bands) {
      bands.push_back({{"band", band.text}, {"seen", band.seen}});
    }
    if (rule.bands.empty()) json["conditions"] = std::move(conditions);
    else json["bands"] = std::move(bands);
    rules.push_back(std::move(json));
  }
  return {{"all", json_of(coverage.everything())},
          {"rules_applied", json_of(coverage.applied())},
          {"conditions_true_and_false", json_of(coverage.decided())},
          {"bands", json_of(coverage.banded())},
          {"rules", std::move(rules)}};
}

JunitSuite suite_of(const PolicyTests& tests) {
  JunitSuite suite{tests.file, {}};
  if (!tests.broken.empty()) {
    suite.cases.push_back({"compiles", "the policy does not compile", tests.broken, true});
  }
  const Style plain;
  for (const TestResult& result : tests.results) {
    const std::string message = result.passed() ? "" : result.failures[0].message;
    suite.cases.push_back({result.title, message, failures_text(result, tests.sources, plain),
                           !result.was_run()});
  }
  return suite;
}

}  // namespace

void TestTally::add(const PolicyTests& tests) {
  if (!tests.broken.empty()) ++failed;
  for (const TestResult& result : tests.results) ++(result.passed() ? passed : failed);
}

std::string TestTally::text() const {
  return std::to_string(passed) + " passed, " + std::to_string(failed) + " failed";
}

std::string tests_text(const PolicyTests& tests, const Style& style) {
  std::string text = style.bold(printable(tests.file)) + '\n';
  if (!tests.broken.empty()) return text + tests.broken;
  if (tests.results.empty()) text += "  no tests\n";
  for (const TestResult& result : tests.results) {
    const std::string mark = result.passed() ? style.green("✓") : style.red("✗");
    text += "  " + mark + ' ' + printable(result.title) + '\n';
  }
  for (const TestResult& result : tests.results) {
    if (result.passed()) continue;
    text += '\n' + style.bold(printable(result.title)) + '\n';
    text += failures_text(result, tests.sources, style);
  }
  if (tests.coverage) text += '\n' + coverage_text(*tests.coverage, tests.file);
  return text;
}

std::string tests_json(const std::vector<PolicyTests>& all) {
  TestTally tally;
  Json files = Json::array();
  for (const PolicyTests& tests : all) {
    tally.add(tests);
    Json json{{"file", tests.file}};
    if (!tests.broken.empty()) json["broken"] = tests.broken;
    Json results = Json::array();
    for (const TestResult& result : tests.results) results.push_back(json_of(result));
    json["tests"] = std::move(results);
    if (tests.coverage) json["coverage"] = json_of(*tests.coverage);
    files.push_back(std::move(json));
  }
  const Json json{{"passed", tally.passed}, {"failed", tally.failed}, {"files", std::move(files)}};
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + '\n';
}

std::string tests_junit(const std::vector<PolicyTests>& all) {
  std::vector<JunitSuite> suites;
  for (const PolicyTests& tests : all) suites.push_back(suite_of(tests));
  return junit_xml(suites);
}

}  // namespace assent::command
