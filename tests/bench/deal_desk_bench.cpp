// decide() over quotes as Salesforce CPQ writes them, against simdjson reading the same six fields
// and the same rules decided by hand.
#include "tests/bench/deal_desk.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

void deal_desk(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  const auto lines = static_cast<std::size_t>(state.range(1));
  const std::vector<DealRule> rules = deal_desk_rules(count);
  const std::vector<std::string> quotes = deal_desk_quotes(lines > 100 ? 5 : 50, lines);
  const std::vector<simdjson::padded_string> ready = padded(quotes);
  Desk desk(compiled(deal_desk_policy(rules)), count);
  DealDeskFloor floor(rules);
  std::vector<std::string_view> approvers;
  std::size_t steps = 0;
  for (std::size_t i = 0; i < quotes.size(); ++i) {
    floor.decide(ready[i], approvers);
    must_agree(desk.decide(quotes[i]), approvers);
    steps += approvers.size();
  }
  Pair pair;
  pair.name = "deal desk, " + std::to_string(count) + " rules, " + std::to_string(lines) + " lines";
  pair.baseline = "decided by hand";
  pair.also = std::to_string(quotes[0].size() / 1000) + " KB a quote, " +
              std::to_string(steps / quotes.size()) + " rules fire";
  compare(
      state, std::move(pair), quotes.size(),
      [&] {
        for (const std::string& quote : quotes)
          benchmark::DoNotOptimize(desk.decide(quote).outcome);
      },
      [&] {
        for (const simdjson::padded_string& quote : ready) {
          floor.decide(quote, approvers);
          benchmark::DoNotOptimize(approvers.data());
        }
      });
}
BENCHMARK(deal_desk)->UseManualTime()->ArgsProduct({{10, 100, 1'000, 10'000}, {40}});
BENCHMARK(deal_desk)->UseManualTime()->ArgsProduct({{1'000}, {1, 1'000}});

}  // namespace

}  // namespace assent::bench
