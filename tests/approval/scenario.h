// A scenario: a policy, its people, and commands to a case with what is expected of each, as JSON. Entry:
// run_scenario. tests/conformance/README.md says how one is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tests/approval/desk.h"
#include "tests/approval/scenario_fields.h"

namespace assent::test {

// Runs a scenario, with each of its branches. Gives what is not as expected, each with the branch, the number
// and words of its step, what was expected and what was seen; also what is wrong with the scenario itself, such
// as a key that means nothing. Empty: all is as expected.
std::vector<std::string> run_scenario(std::string_view json);

// What a scenario's preview saw, and was told.
struct Preview {
  std::string outcome, hash;
  std::vector<std::string> path;  // keys
};

// Compares one step's `expect` with the case as it is. Gives what differs; throws Unreadable.
std::vector<std::string> differences(const Json& expect, const Desk& desk, const Preview& preview);

}  // namespace assent::test
