// Policy::load against what it cannot do without: copying the bytes and hashing them.
#include <cstring>

#include "runtime/value/sha256.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

void load_rules(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  const std::string& artifact = threshold_artifact(rules);
  Pair pair;
  pair.name = "load, " + std::to_string(rules) + " rules";
  pair.baseline = "memcpy and SHA-256";
  pair.also = std::to_string(artifact.size()) + " bytes";
  compare(
      state, std::move(pair), 1,
      [&] {
        const Result<Policy> policy = Policy::load(artifact);
        if (!policy) give_up(policy.problems()[0].message);
      },
      [&] {
        std::string copy(artifact.size(), '\0');
        std::memcpy(copy.data(), artifact.data(), artifact.size());
        Sha256 hash;
        hash.update(copy);
        benchmark::DoNotOptimize(hash.finish());
      });
}

BENCHMARK(load_rules)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->RangeMultiplier(10)
    ->Range(10, 10'000);
BENCHMARK(load_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(100'000)->Iterations(20);

}  // namespace

}  // namespace assent::bench
