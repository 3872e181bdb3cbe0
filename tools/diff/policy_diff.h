// What differs in meaning between two policies, found in what they are made of. Entry: policy_diff.
//
// Names tie the two together: a rule that is called otherwise and says the same is one that was renamed. Where
// something stands, its layout and its comments mean nothing.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "assent/outline.h"

namespace assent::command {

struct PolicyChange {
  enum class Kind : std::uint8_t { added, removed, renamed, changed };
  struct Field {
    std::string name;           // "when"
    std::string before, after;  // empty: not there
    std::vector<std::pair<std::string, std::string>> moved;  // where numbers alone differ: "15%", "20%"
  };
  Kind kind{};
  std::string what, name;   // "rule", "steep_discount"
  std::string new_name;     // renamed
  std::vector<Field> fields;  // changed: those that differ; added, removed: all
};

struct PolicyDiff {
  std::vector<PolicyChange> changes;  // in the order of the newer policy, what it lacks last
  std::vector<std::string> steps_added, steps_removed;  // keys: "steep_discount/rep_manager"
};

PolicyDiff policy_diff(const Outline& before, const Outline& after);

}  // namespace assent::command
