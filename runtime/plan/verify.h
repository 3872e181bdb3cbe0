// Checks a plan before anything trusts it: every index, every loop's frame, depth, order of ids.
// Entry: verify. After it, ingest/ and eval/ can run the plan without a bounds check.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/plan.h"

namespace assent::plan {

// What is known of each node once it is verified.
struct NodeFacts {
  std::vector<std::uint8_t> open;  // whether its value depends on the row of some loop around it
};

// An empty text if the plan is sound, else what is wrong first.
std::string verify(const Plan& plan, NodeFacts& facts);

}  // namespace assent::plan
