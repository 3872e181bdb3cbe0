// format() against parsing alone: what laying out costs beyond reading the text, for policies of one item after the
// other, for one block that grows, and for one line that has to be broken.
#include <string>

#include "assent/format.h"
#include "compiler/parse/syntax.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

std::string repeated(std::size_t count, std::string_view part) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i) text += part;
  return text;
}

void parse_only(const Source& source) {
  compiler::SourceMap sources;
  compiler::Sink sink(1);
  benchmark::DoNotOptimize(compiler::parse_syntax(sources, sources.add(source), sink));
}

void format_text(benchmark::State& state, const std::string& what, const std::string& text) {
  const Source source{"bench.assent", text};
  if (!format(source).diagnostics.empty()) give_up("a policy of the benchmark has a syntax error");
  Pair pair;
  pair.name = "format, " + what;
  pair.baseline = "parsing into words";
  pair.also = std::to_string(text.size() / 1000) + " KB";
  compare(
      state, std::move(pair), 1, [&] { benchmark::DoNotOptimize(format(source)); }, [&] { parse_only(source); });
}

void format_rules(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  format_text(state, std::to_string(rules) + " rules", threshold_policy(threshold_rules(rules)));
}

void format_columns(benchmark::State& state) {
  const auto fields = static_cast<std::size_t>(state.range(0));
  format_text(state, std::to_string(fields) + " fields of one record",
              "policy p\nrecord Quote {\n" + repeated(fields, "  name: Text from \"Name\" else \"\"  # why\n") + "}\n");
}

void format_one_line(benchmark::State& state) {
  const auto terms = static_cast<std::size_t>(state.range(0));
  const std::string sum = "1" + repeated(terms, " + max(line.n for line in quote.lines where line.n > 1)");
  format_text(state, std::to_string(terms) + " terms on one line", "policy p\nfact total = " + sum + "\n");
}

BENCHMARK(format_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(10)->Iterations(100);
BENCHMARK(format_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1'000)->Iterations(10);
BENCHMARK(format_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(10'000)->Iterations(3);
BENCHMARK(format_columns)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1'000)->Iterations(10);
BENCHMARK(format_columns)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(10'000)->Iterations(3);
BENCHMARK(format_one_line)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1'000)->Iterations(10);
BENCHMARK(format_one_line)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(10'000)->Iterations(3);

}  // namespace

}  // namespace assent::bench
