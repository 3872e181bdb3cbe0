// What a vote on a step rests on, in terms of the plan: which values are read, and which way is worse.
// Entry: watch. Derived from the rule's condition, the conditions on the way to the step, and its
// reapproval clauses; see assent/basis.h for the meaning.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/fingerprint.h"
#include "runtime/plan/plan.h"

namespace assent::eval {

enum class Worse : std::uint8_t {  // which change of a value may be worse
  higher,
  lower,
  any,
  presence,  // any, unless the value is compared too: a test `is present` says nothing of its own
};

struct Watch {
  struct Value {
    std::uint32_t node;
    Worse worse;
    bool operator==(const Value&) const = default;
  };
  std::vector<Value> values;           // each node once
  std::vector<std::uint32_t> columns;  // all cells of these count, ascending
  std::vector<plan::Reapproval> clauses;  // where there are any, they decide instead of the values
  std::vector<std::uint32_t> recalled;    // nodes x for which a clause asks approved.x, each once
  // Each entry the conditions under which the rule's path leads to the step, one way of possibly several.
  std::vector<std::vector<std::uint32_t>> ways;
  plan::Fingerprint fingerprint{};
  std::string fingerprint_text;  // as a basis has it
};

// Of a rule (or plan::none: `otherwise`) and a step of the plan that it may demand.
Watch watch(const plan::Plan& plan, plan::Fingerprints& fingerprints, std::uint32_t rule, std::uint32_t step);

// What of it a rule has by its own condition, wherever its path leads.
std::vector<Watch::Value> watched(const plan::Plan& plan, std::uint32_t rule);

// Of a step that no rule demands: everything that the policy reads.
Watch watch_everything(const plan::Plan& plan);

}  // namespace assent::eval
