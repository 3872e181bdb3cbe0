// lint() against compile(): what looking for what is hardly meant costs beyond compiling. Rules that each ask somebody
// else, and rules that all ask the same, of which each is compared with others.
#include <string>

#include "assent/lint.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

void lint_text(benchmark::State& state, const std::string& what, const std::string& text) {
  const Source source{"bench.assent", text};
  const LintResult once = lint(source);
  if (once.errors > 0) give_up("a policy of the benchmark does not compile");
  Pair pair;
  pair.name = "lint, " + what;
  pair.baseline = "compiling";
  pair.also = std::to_string(once.findings.size()) + " findings";
  compare(
      state, std::move(pair), 1, [&] { benchmark::DoNotOptimize(lint(source)); },
      [&] { benchmark::DoNotOptimize(compile(source)); });
}

void lint_rules(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  lint_text(state, std::to_string(rules) + " rules", threshold_policy(threshold_rules(rules)));
}

void lint_rules_alike(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  std::string text = threshold_policy(threshold_rules(rules));
  for (std::size_t at = 0; (at = text.find("requires ", at)) != std::string::npos; at += 9)
    text.replace(at + 9, text.find_first_of(" \n", at + 9) - at - 9, approver_name(0));
  lint_text(state, std::to_string(rules) + " rules for one approver", text);
}

BENCHMARK(lint_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(100)->Iterations(20);
BENCHMARK(lint_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1'000)->Iterations(5);
BENCHMARK(lint_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(10'000)->Iterations(3);
BENCHMARK(lint_rules_alike)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1'000)->Iterations(5);
BENCHMARK(lint_rules_alike)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(10'000)->Iterations(3);

}  // namespace

}  // namespace assent::bench
