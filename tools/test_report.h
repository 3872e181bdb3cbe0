// What the tests of some policies came to, in three forms. Entries: test_text, tests_json,
// tests_junit.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "tools/coverage.h"
#include "tools/terminal.h"
#include "tools/test_run.h"

namespace assent::command {

struct PolicyTests {
  std::string file;
  std::vector<Source> sources;  // under the names that places have
  std::string broken;           // diagnostics or a reason, where the policy could not be loaded
  std::vector<TestResult> results;
  std::optional<Coverage> coverage;
};

struct TestTally {
  std::size_t passed = 0, failed = 0;
  void add(const PolicyTests& tests);
  // "12 passed, 1 failed".
  std::string text() const;
};

// One file's tests: a line for each, and what is wrong with those that failed.
std::string tests_text(const PolicyTests& tests, const Style& style);

std::string tests_json(const std::vector<PolicyTests>& all);
std::string tests_junit(const std::vector<PolicyTests>& all);

}  // namespace assent::command
