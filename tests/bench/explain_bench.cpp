// What a caller may ask of a decision: its explanation, its JSON, its hash; against decide()
// itself.
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

// One quote for which rules fire, if there is one.
const std::string& telling(Desk& desk, const std::vector<std::string>& quotes) {
  for (const std::string& quote : quotes) {
    if (!desk.decide(quote).steps.empty()) return quote;
  }
  return quotes[0];
}

enum class Asked { explanation, json, json_with_why, hash };

void ask(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  const auto asked = static_cast<Asked>(state.range(1));
  constexpr const char* names[] = {"explain()", "to_json(decision)",
                                   "to_json(decision, explanation)", "plan_hash(decision)"};
  constexpr std::size_t times = 20;
  Desk desk(threshold_artifact(rules), rules);
  const std::vector<std::string> quotes = threshold_quotes(1'000);
  const std::string& quote = telling(desk, quotes);
  const Decision& decision = desk.decide(quote);
  const Explanation explanation = desk.evaluator.explain();
  Pair pair;
  pair.name = std::string(names[state.range(1)]) + ", " + std::to_string(rules) + " rules";
  pair.baseline = "decide()";
  pair.also = std::to_string(decision.steps.size()) + " steps";
  if (asked == Asked::json) pair.also += ", " + std::to_string(to_json(decision).size()) + " bytes";
  if (asked == Asked::json_with_why)
    pair.also += ", " + std::to_string(to_json(decision, explanation).size()) + " bytes";
  const auto answer = [&] {
    for (std::size_t i = 0; i < times; ++i) {
      switch (asked) {
        case Asked::explanation:
          benchmark::DoNotOptimize(desk.evaluator.explain().rules.data());
          break;
        case Asked::json: benchmark::DoNotOptimize(to_json(decision).data()); break;
        case Asked::json_with_why:
          benchmark::DoNotOptimize(to_json(decision, explanation).data());
          break;
        case Asked::hash: benchmark::DoNotOptimize(plan_hash(decision).data()); break;
      }
    }
  };
  compare(state, std::move(pair), times, answer, [&] {
    for (std::size_t i = 0; i < times; ++i) benchmark::DoNotOptimize(desk.decide(quote).outcome);
  });
}
BENCHMARK(ask)->UseManualTime()->ArgsProduct({{10, 1'000}, {0, 1, 2, 3}});

}  // namespace

}  // namespace assent::bench
