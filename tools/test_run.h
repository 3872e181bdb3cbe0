// Runs one `test` of a policy. Entries: TestRunner::run, check_expectations.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/orders.h"

namespace assent::command {

// One thing that is not as the test says, or that kept it from being run.
struct Failure {
  Place place;                          // of the expectation, or of the test
  std::string source;                   // the expectation as written; empty if the test was not run
  std::string message;                  // lower case, no final period
  std::string expected, actual;         // in words; empty if the test was not run
  std::vector<std::string> expected_tree, actual_tree;  // of two paths that differ
};

struct TestResult {
  std::string title;
  Place place;
  std::vector<Failure> failures;
  std::vector<std::string> fired;  // "steep_discount (pending)"

  bool passed() const { return failures.empty(); }
  bool was_run() const { return failures.empty() || !failures[0].source.empty(); }
};

// What is not as expected of this decision; `fact` gives values as Evaluator::fact does, `orders` the quote's orders.
using FactValue = std::function<std::optional<std::string>(std::string_view)>;
using Orders = std::function<Result<OrderPlan>()>;
std::vector<Failure> check_expectations(const Test& test, const Decision& decision,
                                        const FactValue& fact, const Orders& orders);

// The outcome in one line: "path a then b", "denied: no such thing".
std::string answer_in_words(const Decision& decision);

// The tests of one policy. Their files are sought in `folder`; each directory and each list of
// rates is read once.
class TestRunner {
 public:
  TestRunner(Policy policy, std::string folder, std::string today);

  TestResult run(const Test& test);
  // Of the last run; null where it came to no decision. The others want one.
  const Decision* decision() const { return decision_; }
  Explanation explain() { return evaluator_.explain(); }
  std::optional<std::string> fact(std::string_view name) { return evaluator_.fact(name); }

 private:
  World world_of(const Test& test);

  std::string folder_, today_;  // today_: for tests that do not say when they are
  Limits limits_;
  Evaluator evaluator_;
  const Decision* decision_ = nullptr;
  Evaluator planner_;  // of orders, so that the decision stays
  std::map<std::string, Directory> directories_;
  std::map<std::string, Rates> rates_;
};

}  // namespace assent::command
