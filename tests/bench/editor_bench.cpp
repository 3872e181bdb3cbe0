// editor_view() after a key was pressed, against compiling the same text: what an editor waits for while its author
// types, in a policy of five thousand lines. What is written is right, or wrong in one item.
#include <algorithm>
#include <string>
#include <string_view>

#include "assent/editor.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

void type_into(benchmark::State& state, const std::string& what, std::string text, std::string_view at) {
  EditorMemory memory;
  const std::size_t place = text.find(at) + at.size();
  if (text.find(at) == std::string::npos) give_up("a policy of the benchmark has nowhere to type");
  editor_view({"bench.assent", text}, {}, &memory);
  bool typed = false;
  Pair pair;
  pair.name = "typing, " + what;
  pair.baseline = "compiling";
  pair.also = std::to_string(std::count(text.begin(), text.end(), '\n')) + " lines";
  compare(
      state, std::move(pair), 1,
      [&] {
        if (typed) text.erase(place, 1);
        else text.insert(place, "1");
        typed = !typed;
        benchmark::DoNotOptimize(editor_view({"bench.assent", text}, {}, &memory));
      },
      [&] { benchmark::DoNotOptimize(compile({"bench.assent", text})); });
}

void type_number(benchmark::State& state) {
  const std::string text = threshold_policy(threshold_rules(static_cast<std::size_t>(state.range(0))));
  type_into(state, "a number", text, "discount > ");
}

void type_mistake(benchmark::State& state) {
  std::string text = threshold_policy(threshold_rules(static_cast<std::size_t>(state.range(0))));
  text.insert(text.find("\nrule "), "\nfact begun = 2 +");
  type_into(state, "a mistake", text, "2 +");
}

BENCHMARK(type_number)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1'000)->Iterations(20);
BENCHMARK(type_mistake)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1'000)->Iterations(20);

}  // namespace

}  // namespace assent::bench
