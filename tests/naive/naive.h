// The executable specification of a decision: what the checked tables of a policy mean, by walking
// them. Entry: decide.
//
// Nothing is compiled, folded, shared or remembered: a fact is computed again wherever it is used, a
// list is walked wherever it is asked for. The fast evaluator must agree with this one to the byte.
//
//   naive_json    a quote as a tree            naive_rules   what a rule comes to
//   naive_quote   the fields of its records    naive_path    which steps, and in which order
//   naive_expr    expressions                  naive_seats   who fills a step
//   naive_math, naive_builtin, naive_rows      naive_decide  the answer
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/decision.h"
#include "assent/world.h"
#include "compiler/sema/checked.h"
#include "compiler/source/source.h"

namespace assent::naive {

// A decision and what its views look at, but for the policy, the sources and the world, which must
// outlive it. `policy`, `policy_hash` and `reads` are left empty: they belong to the artifact.
struct Answer {
  Outcome outcome = Outcome::blocked;
  std::string_view otherwise;
  bool same_approver_once = true;
  std::span<const Seat> override_seats;
  std::vector<Step> steps;
  std::vector<RuleResult> rules;
  std::vector<Message> denials, warnings;
  std::vector<Trouble> troubles;

  // Deques, because what they hold must not move.
  std::deque<std::string> texts;
  std::deque<std::vector<Seat>> seats;
  std::deque<std::vector<Timer>> timers;
  std::deque<std::vector<std::uint32_t>> numbers;

  Answer() = default;
  Answer(Answer&&) = default;
  Answer(const Answer&) = delete;

  std::string_view keep(std::string text) { return texts.emplace_back(std::move(text)); }
  template <typename Numbers>
  std::span<const std::uint32_t> keep_numbers(const Numbers& from) {
    return numbers.emplace_back(from.begin(), from.end());
  }

  Decision view() const;
};

// The quote must be one that the policy's records allow; see runtime/ingest for those that are not.
Answer decide(const compiler::checked::Policy& policy, const compiler::SourceMap& sources,
              std::string_view quote_json, const World& world);

}  // namespace assent::naive
