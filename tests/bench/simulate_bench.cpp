// Deciding quotes with two policies and counting what came of them, on one processor, against parsing the same texts
// and no more: what `assent simulate` costs beyond reading. One rule in ten differs.
#include "tests/bench/deal_desk.h"
#include "tests/bench/floor.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"
#include "tools/simulate/tally.h"

namespace assent::bench {

namespace {

void simulate_quotes(benchmark::State& state, std::string name, const std::string& before, const std::string& after,
                     std::size_t rules, const std::vector<std::string>& quotes) {
  const Desk old_desk(before, rules), new_desk(after, rules);
  command::Comparer comparer(old_desk.policy, new_desk.policy, old_desk.world);
  const std::vector<simdjson::padded_string> ready = padded(quotes);
  ParseOnly parser;
  const auto all = [&] {
    for (std::size_t i = 0; i < quotes.size(); ++i) comparer.add("bench", i + 1, quotes[i]);
    return comparer.take();
  };
  const command::Tally once = all();
  if (once.differ == 0 || once.outcomes.contains("refused")) give_up("the policies of the benchmark do not differ");
  Pair pair;
  pair.name = std::move(name);
  pair.baseline = "parsing";
  pair.also = std::to_string(once.differ * 100 / once.decided) + " % differ";
  compare(
      state, std::move(pair), quotes.size(), [&] { benchmark::DoNotOptimize(all().differ); },
      [&] {
        for (const simdjson::padded_string& quote : ready) parser.parse(quote);
      });
}

void simulate_thresholds(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<Threshold> rules = threshold_rules(count);
  const std::string before(compiled(threshold_policy(rules)));
  for (std::size_t i = 0; i < rules.size(); i += 10) rules[i].above += 10;
  simulate_quotes(state, "simulate, " + std::to_string(count) + " rules", before,
                  std::string(compiled(threshold_policy(rules))), count, threshold_quotes(1'000));
}

void simulate_deal_desk(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<DealRule> rules = deal_desk_rules(count);
  const std::string before(compiled(deal_desk_policy(rules)));
  for (std::size_t i = 0; i < rules.size(); i += 10) rules[i].above = 0;
  simulate_quotes(state, "simulate, deal desk, " + std::to_string(count) + " rules, 40 lines", before,
                  std::string(compiled(deal_desk_policy(rules))), count, deal_desk_quotes(50, 40));
}

BENCHMARK(simulate_thresholds)->UseManualTime()->Arg(10)->Arg(1'000);
BENCHMARK(simulate_deal_desk)->UseManualTime()->Arg(10)->Arg(1'000);

}  // namespace

}  // namespace assent::bench
