// Compiling, loading and comparing. Entry: see policies.h.
#include "tests/bench/policies.h"

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>

#include "assent/compile.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

Policy loaded(std::string_view artifact) {
  Result<Policy> policy = Policy::load(artifact);
  if (!policy) give_up(policy.problems()[0].message);
  return *policy;
}

}  // namespace

void give_up(std::string_view why) {
  std::cerr << why << "\n";
  std::exit(1);
}

std::string compiled(const std::string& text) {
  const CompileResult result = compile({"bench.assent", text});
  if (!result.artifact) give_up(render(result.diagnostics.at(0), result.sources));
  return *result.artifact;
}

const std::string& threshold_artifact(std::size_t rules) {
  static std::map<std::size_t, std::string> artifacts;
  const auto [it, fresh] = artifacts.try_emplace(rules);
  if (fresh) it->second = compiled(threshold_policy(threshold_rules(rules)));
  return it->second;
}

Desk::Desk(std::string_view artifact, std::size_t rules)
    : policy(loaded(artifact)), evaluator(policy) {
  world.today = *date_from_text("2026-11-23");
  const Result<Directory> directory = Directory::from_json(directory_of(rules));
  if (!directory) give_up(directory.problems()[0].message);
  world.directory = *directory;
}

const Decision& Desk::decide(std::string_view quote) {
  const Result<const Decision*> decision = evaluator.decide(quote, world);
  if (!decision) give_up(decision.problems()[0].where + ": " + decision.problems()[0].message);
  return **decision;
}

std::vector<simdjson::padded_string> padded(const std::vector<std::string>& texts) {
  std::vector<simdjson::padded_string> made;
  for (const std::string& text : texts) made.emplace_back(text);
  return made;
}

void must_agree(const Decision& decision, std::vector<std::string_view> approvers) {
  if (decision.outcome == Outcome::blocked) give_up("blocked: " + decision.troubles[0].message);
  std::vector<std::string_view> ours;
  for (const Step& step : decision.steps) ours.push_back(step.approver);
  std::sort(ours.begin(), ours.end());
  std::sort(approvers.begin(), approvers.end());
  if (ours != approvers) give_up("the runtime and the decision by hand do not agree");
}

}  // namespace assent::bench
