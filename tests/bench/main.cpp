// Runs the benchmarks that --benchmark_filter chooses (all, without it) and closes with one table
// of all ratios.
#include <benchmark/benchmark.h>

#include "tests/bench/measure.h"

int main(int count, char** arguments) {
  benchmark::Initialize(&count, arguments);
  if (benchmark::ReportUnrecognizedArguments(count, arguments)) return 1;
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
  assent::bench::print_table();
}
