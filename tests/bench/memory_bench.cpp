// Calls of operator new for one decision, once the evaluator has seen every quote: the aim is none.
#include <cstdio>

#include "tests/bench/allocations.h"
#include "tests/bench/deal_desk.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

// Decides all quotes twice before it counts.
void count(benchmark::State& state, std::string name, Desk& desk,
           const std::vector<std::string>& quotes) {
  std::size_t steps = 0;
  for (int round = 0; round < 2; ++round) {
    steps = 0;
    for (const std::string& quote : quotes) steps += desk.decide(quote).steps.size();
  }
  const Allocations before = allocations();
  for (const std::string& quote : quotes) benchmark::DoNotOptimize(desk.decide(quote).outcome);
  const Allocations after = allocations();
  const auto of_each = [&](std::uint64_t all) {
    return static_cast<double>(all) / static_cast<double>(quotes.size());
  };
  state.counters["new_per_decide"] = of_each(after.calls - before.calls);
  state.counters["bytes_per_decide"] = of_each(after.bytes - before.bytes);
  state.counters["steps"] = of_each(steps);
  Pair pair;
  pair.name = "memory, " + std::move(name);
  char text[96];
  std::snprintf(text, sizeof text, "%.2f calls of new, %.0f bytes, %.1f steps",
                of_each(after.calls - before.calls), of_each(after.bytes - before.bytes),
                of_each(steps));
  pair.also = text;
  alone(state, std::move(pair), quotes.size(), [&] {
    for (const std::string& quote : quotes) benchmark::DoNotOptimize(desk.decide(quote).outcome);
  });
}

void memory_flat(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  Desk desk(threshold_artifact(rules), rules);
  count(state, std::to_string(rules) + " rules", desk, threshold_quotes(200));
}
BENCHMARK(memory_flat)->UseManualTime()->Arg(10)->Arg(1'000)->Arg(10'000)->Iterations(5);

void memory_deal_desk(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  Desk desk(compiled(deal_desk_policy(deal_desk_rules(rules))), rules);
  count(state, "deal desk, " + std::to_string(rules) + " rules, 40 lines", desk,
        deal_desk_quotes(50, 40));
}
BENCHMARK(memory_deal_desk)->UseManualTime()->Arg(10)->Arg(1'000)->Iterations(5);

}  // namespace

}  // namespace assent::bench
