// The fast evaluator gives the bytes of the naive one, for random policies, quotes and worlds.
//
//   ASSENT_PROPERTY_ROUNDS=100000   how many policies; each decides some quotes
//   ASSENT_PROPERTY_SEED=17         the first round's seed; a failure prints that of its round
//   ASSENT_PROPERTY_KEEP=FOLDER     where a failure leaves policy.assent, quote.json and the rest
//
// At the end every outcome, every status and enough faults must have been seen: a generator that has
// come to say nothing would agree with anything.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <string>

#include "assent/compile.h"
#include "assent/policy.h"
#include "compiler/driver/pipeline.h"
#include "tests/naive/naive.h"
#include "tests/property/generate.h"

namespace assent {

namespace {

constexpr std::uint64_t default_rounds = 600;
constexpr int quotes_of_a_policy = 8;
constexpr std::size_t most_circles = 20;  // percent of the policies
constexpr std::size_t least_faults = 10;

using Counts = std::map<std::string, std::size_t>;

struct Totals {
  std::size_t policies = 0, circles = 0, decisions = 0, steps = 0, lines = 0, edges = 0;
  Counts outcomes, statuses, faults, quorums;

  void add(const Decision& decision, std::size_t rules) {
    ++decisions;
    ++outcomes[std::string(text(decision.outcome))];
    statuses[std::string(text(RuleStatus::not_applicable))] += rules - decision.rules.size();
    for (const RuleResult& rule : decision.rules) ++statuses[std::string(text(rule.status))];
    for (const Trouble& trouble : decision.troubles) ++faults[std::string(trouble.fault)];
    steps += decision.steps.size();
    for (const Step& step : decision.steps) {
      ++quorums[std::string(step.quorum.kind)];
      if (!step.lines.empty()) ++lines;
      edges += step.after.size();
    }
  }
};

void print(const char* what, const Counts& counts) {
  std::cout << "  " << what << ":";
  for (const auto& [name, count] : counts) std::cout << " " << name << " " << count;
  std::cout << "\n";
}

void print(const Totals& totals) {
  std::cout << totals.policies << " policies and " << totals.circles << " with a circle, "
            << totals.decisions << " decisions with " << totals.steps << " steps, " << totals.lines
            << " of them for lines, " << totals.edges << " edges\n";
  print("outcomes", totals.outcomes);
  print("statuses", totals.statuses);
  print("faults", totals.faults);
  print("quorums", totals.quorums);
}

// One decision's inputs, as texts to show.
struct Case {
  std::uint64_t seed = 0;
  std::string policy, quote, directory, rates;
  std::int32_t today = 0;
  State state = State::draft;

  std::string shown() const {
    if (const char* folder = std::getenv("ASSENT_PROPERTY_KEEP")) keep(folder);
    return "seed " + std::to_string(seed) + ", today " + std::to_string(today) + ", state " +
           std::string(text(state)) + "\n--- policy\n" + policy + "--- quote\n" + quote +
           "--- directory\n" + directory + "--- rates\n" + rates;
  }
  void keep(const std::string& folder) const {
    std::ofstream(folder + "/policy.assent") << policy;
    std::ofstream(folder + "/quote.json") << quote;
    std::ofstream(folder + "/directory.json") << directory;
    std::ofstream(folder + "/rates.json") << rates;
  }
  World world() const {
    World made;
    made.today = today;
    made.state = state;
    made.directory = *Directory::from_json(directory);
    made.rates = *Rates::from_json(rates);
    return made;
  }
};

// The artifact, or nothing if the policy's steps would wait for each other in a circle.
std::optional<std::string> compiled(const Case& made) {
  const CompileResult result = compile({"random.assent", made.policy});
  if (result.artifact) return result.artifact;
  std::string wrong;
  bool circle = false;
  for (const Diagnostic& diagnostic : result.diagnostics) {
    if (diagnostic.severity != Severity::error) continue;
    circle = circle || diagnostic.code == "E0601";
    if (diagnostic.code != "E0601") wrong += render(diagnostic, result.sources) + "\n";
  }
  if (!wrong.empty() || !circle) FAIL("a random policy does not compile\n" << wrong << made.shown());
  return std::nullopt;
}

std::string fast_json(Evaluator& evaluator, const Case& made, const World& world) {
  const Result<const Decision*> decision = evaluator.decide(made.quote, world);
  if (decision) return to_json(**decision);
  std::string problems;
  for (const Problem& problem : decision.problems()) {
    problems += problem.where + ": " + problem.message + "\n";
  }
  FAIL("a random quote is refused\n" << problems << made.shown());
  return {};
}

void compare_one(const Case& made, const compiler::checked::Policy& policy,
                 const compiler::SourceMap& sources, const Policy& loaded, Evaluator& evaluator,
                 Totals& totals) {
  const World world = made.world();
  const std::string fast = fast_json(evaluator, made, world);
  const Decision& decision = **evaluator.decide(made.quote, world);
  if (to_json(decision) != fast) FAIL("decided twice, two answers\n" << made.shown());
  totals.add(decision, policy.rules.size());

  const naive::Answer answer = naive::decide(policy, sources, made.quote, world);
  Decision expected = answer.view();
  expected.policy = decision.policy;
  expected.policy_hash = decision.policy_hash;
  expected.reads = decision.reads;
  const std::string naive = to_json(expected);
  if (naive != fast) FAIL(made.shown() << "--- naive\n" << naive << "--- fast\n" << fast);

  Evaluator fresh(loaded);
  if (fast_json(fresh, made, world) != fast) {
    FAIL("a fresh evaluator answers otherwise\n" << made.shown());
  }
}

void one_round(std::uint64_t seed, Totals& totals) {
  generate::Random random{seed};
  random.next();
  const generate::Policy policy = generate::policy(random);
  Case made;
  made.seed = seed;
  made.policy = policy.source;
  ++totals.policies;
  const std::optional<std::string> artifact = compiled(made);
  if (!artifact) {
    ++totals.circles;
    return;
  }
  compiler::SourceMap sources;
  compiler::Sink sink(CompileOptions{}.max_errors);
  const std::optional<compiler::Checked> checked =
      compiler::check_source({"random.assent", policy.source}, {}, sources, sink);
  const Result<Policy> loaded = Policy::load(*artifact);
  if (!checked || !loaded) FAIL("the artifact cannot be loaded\n" << made.shown());

  Evaluator evaluator(*loaded);
  for (int i = 0; i < quotes_of_a_policy; ++i) {
    made.today = generate::today(random, policy);
    made.state = static_cast<State>(random.chance(60) ? 0 : random.below(6));
    made.quote = generate::quote(random, policy);
    made.directory = generate::directory(random, made.today);
    made.rates = generate::rates(random);
    compare_one(made, checked->policy, sources, *loaded, evaluator, totals);
  }
}

}  // namespace

TEST_CASE("the fast evaluator agrees with the naive one", "[property]") {
  const std::uint64_t rounds = generate::from_environment("ASSENT_PROPERTY_ROUNDS", default_rounds);
  const std::uint64_t seed = generate::from_environment("ASSENT_PROPERTY_SEED", 1);
  Totals totals;
  for (std::uint64_t round = 0; round < rounds; ++round) one_round(seed + round, totals);
  print(totals);
  if (rounds < default_rounds) return;  // a look at one seed

  CHECK(totals.circles * 100 < totals.policies * most_circles);
  for (const Outcome outcome : {Outcome::auto_approved, Outcome::needs_approval, Outcome::denied,
                                Outcome::blocked}) {
    INFO(text(outcome));
    CHECK(totals.outcomes[std::string(text(outcome))] > 0);
  }
  for (const RuleStatus status : {RuleStatus::not_applicable, RuleStatus::pending,
                                  RuleStatus::satisfied, RuleStatus::rejected, RuleStatus::error}) {
    INFO(text(status));
    CHECK(totals.statuses[std::string(text(status))] > 0);
  }
  CHECK(totals.faults.size() >= least_faults);
  CHECK(totals.lines > 0);
}

}  // namespace assent
