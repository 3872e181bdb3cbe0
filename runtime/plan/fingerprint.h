// What an expression means, in 16 bytes: equal for equal expressions of any two plans, whatever their ids.
// Entry: Fingerprints::of.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "runtime/plan/plan.h"

namespace assent::plan {

using Fingerprint = std::array<std::uint8_t, 16>;  // the first half of a SHA-256

class Fingerprints {  // invariant: known_ are of plan_
 public:
  explicit Fingerprints(const Plan& plan) : plan_(plan) {}

  // Over operations, constants, and the paths and types of columns and lists: facts by what they compute.
  // Each node is hashed once. Recursion is bounded by max_depth.
  const Fingerprint& of(std::uint32_t node);

 private:
  std::string column(std::uint32_t column) const;

  const Plan& plan_;
  std::vector<Fingerprint> known_;
  std::vector<bool> is_known_;
};

// Appends a fingerprint (or a number) to a text that is to be hashed.
void append(std::string& out, const Fingerprint& fingerprint);
void append(std::string& out, std::uint32_t number);
void append(std::string& out, std::string_view text);  // with its length, so that no two lists of texts are alike

Fingerprint fingerprint(std::string_view bytes);
std::string hex(const Fingerprint& fingerprint);

}  // namespace assent::plan
