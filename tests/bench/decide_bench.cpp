// decide() from the JSON text of a quote, against the same decision written by hand (floor.h).
//
// Three series: all of N rules can fire; 100 rules can and N exist, in three ways of not firing;
// 1 000 rules over quotes of many lines, by aggregates and for each line. Every answer is compared
// with the floor's before anything is timed.
#include "tests/bench/floor.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

using Decide = void (Floor::*)(simdjson::padded_string_view, std::vector<std::string_view>&);

void decide_all(benchmark::State& state, std::string name, std::string_view artifact,
                const std::vector<Threshold>& rules, const std::vector<std::string>& quotes,
                Decide by_hand) {
  Desk desk(artifact, rules.size());
  Floor floor(rules);
  const std::vector<simdjson::padded_string> ready = padded(quotes);
  std::vector<std::string_view> approvers;
  std::size_t steps = 0;
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    (floor.*by_hand)(ready[i], approvers);
    must_agree(desk.decide(quotes[i]), approvers);
    steps += approvers.size();
  }
  Pair pair;
  pair.name = std::move(name);
  pair.baseline = "decided by hand";
  char fired[48];
  std::snprintf(fired, sizeof fired, "%.1f rules fire",
                static_cast<double>(steps) / static_cast<double>(quotes.size()));
  pair.also = fired;
  state.counters["fired"] = static_cast<double>(steps) / static_cast<double>(quotes.size());
  compare(
      state, std::move(pair), quotes.size(),
      [&] {
        for (const std::string& quote : quotes)
          benchmark::DoNotOptimize(desk.decide(quote).outcome);
      },
      [&] {
        for (const simdjson::padded_string& quote : ready) {
          (floor.*by_hand)(quote, approvers);
          benchmark::DoNotOptimize(approvers.data());
        }
      });
}

std::size_t quotes_for(std::size_t rules) { return rules <= 1'000 ? 1'000 : 200; }

void decide_rules(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  decide_all(state, "decide, " + std::to_string(count) + " rules", threshold_artifact(count),
             threshold_rules(count), threshold_quotes(quotes_for(count)), &Floor::decide);
}
BENCHMARK(decide_rules)->UseManualTime()->RangeMultiplier(10)->Range(10, 100'000);

// A second policy decides what the first one has read; the time of the first one alone is taken off.
void decide_read(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const std::vector<std::string> quotes = threshold_quotes(1'000);
  Desk desk(threshold_artifact(count), count);
  Evaluator second(desk.policy);
  Floor floor(threshold_rules(count));
  std::vector<Floor::Parsed> ready;
  std::vector<std::string_view> approvers;
  for (const std::string& quote : quotes) {
    ready.push_back(Floor::parsed(quote));
    floor.decide_by_ifs(ready.back(), approvers);
    must_agree(desk.decide(quote), approvers);
  }
  std::vector<double> ours, theirs;
  for ([[maybe_unused]] auto _ : state) {
    theirs.push_back(seconds([&] {
      for (const Floor::Parsed& quote : ready) {
        floor.decide_by_ifs(quote, approvers);
        benchmark::DoNotOptimize(approvers.data());
      }
    }));
    const double alone = seconds([&] {
      for (const std::string& quote : quotes) benchmark::DoNotOptimize(desk.decide(quote).outcome);
    });
    const double both = seconds([&] {
      for (const std::string& quote : quotes)
        benchmark::DoNotOptimize(decide_both(desk.evaluator, second, quote, desk.world).second.ok());
    });
    ours.push_back(both - alone);
    state.SetIterationTime(both);
  }
  Pair pair;
  pair.name = "decide, " + std::to_string(count) + " rules, a quote that is read already";
  pair.baseline = "an `if` a rule";
  pair.ours = median(std::move(ours)) / static_cast<double>(quotes.size());
  pair.theirs = median(std::move(theirs)) / static_cast<double>(quotes.size());
  keep(std::move(pair));
}
BENCHMARK(decide_read)->UseManualTime()->RangeMultiplier(10)->Range(10, 10'000);

void decide_dormant(benchmark::State& state) {
  constexpr std::size_t active = 100;
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto how = static_cast<Dormant>(state.range(1));
  const std::vector<Threshold> rules = mostly_dormant_rules(active, count, how);
  const char* why = how == Dormant::other_regions    ? "other regions"
                    : how == Dormant::high_discounts ? "discounts that no quote has"
                                                     : "two ranges, of which one never holds";
  decide_all(state, "decide, 100 of " + std::to_string(count) + " rules can fire; the rest: " + why,
             compiled(threshold_policy(rules)), rules, threshold_quotes(quotes_for(count)),
             &Floor::decide);
}
BENCHMARK(decide_dormant)->UseManualTime()->ArgsProduct({{100, 1'000, 10'000, 100'000}, {0}});
BENCHMARK(decide_dormant)->UseManualTime()->ArgsProduct({{1'000, 10'000, 100'000}, {1}});
BENCHMARK(decide_dormant)->UseManualTime()->ArgsProduct({{1'000, 10'000, 100'000}, {2}});

std::size_t quotes_of(std::size_t lines) { return lines < 10 ? 1'000 : lines < 1'000 ? 100 : 5; }

void decide_aggregates(benchmark::State& state) {
  const auto lines = static_cast<std::size_t>(state.range(0));
  const std::vector<Threshold> rules = threshold_rules(1'000);
  decide_all(state, "decide, 1000 rules over aggregates, " + std::to_string(lines) + " lines",
             compiled(aggregate_policy(rules)), rules, quotes_with_lines(quotes_of(lines), lines),
             &Floor::decide_aggregates);
}
BENCHMARK(decide_aggregates)->UseManualTime()->RangeMultiplier(10)->Range(1, 10'000);

void decide_each_line(benchmark::State& state) {
  const auto lines = static_cast<std::size_t>(state.range(0));
  const std::vector<Threshold> rules = threshold_rules(1'000);
  decide_all(state, "decide, 1000 rules for each line, " + std::to_string(lines) + " lines",
             compiled(each_line_policy(rules)), rules, quotes_with_lines(quotes_of(lines), lines),
             &Floor::decide_each_line);
}
BENCHMARK(decide_each_line)->UseManualTime()->RangeMultiplier(10)->Range(1, 10'000);

}  // namespace

}  // namespace assent::bench
