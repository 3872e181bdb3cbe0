// Policies compiled and loaded, quotes padded: what several benchmarks start from.
//
// Entry: compiled, Desk. Whatever fails here ends the program: a benchmark of a wrong answer is
// none.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <simdjson.h>

#include "assent/policy.h"

namespace assent::bench {

[[noreturn]] void give_up(std::string_view why);

std::string compiled(const std::string& text);             // the artifact
const std::string& threshold_artifact(std::size_t rules);  // kept from call to call

// A policy, its evaluator and its world.
struct Desk {
  Policy policy;
  Evaluator evaluator;
  World world;

  Desk(std::string_view artifact, std::size_t rules);
  const Decision& decide(std::string_view quote);
};

std::vector<simdjson::padded_string> padded(const std::vector<std::string>& texts);

// Ends the program unless the decision asks just these approvers and nothing is wrong with it.
void must_agree(const Decision& decision, std::vector<std::string_view> approvers);

}  // namespace assent::bench
