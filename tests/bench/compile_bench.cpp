// compile() against ANTLR alone: the generated lexer and parser over the same text, nobody walking
// the tree. Also the bytes of the artifact that a rule takes.
#include <memory>

#include "AssentLexer.h"
#include "AssentParser.h"
#include "antlr4-runtime.h"
#include "assent/compile.h"
#include "tests/bench/measure.h"
#include "tests/bench/policies.h"
#include "tests/bench/workload.h"

namespace assent::bench {

namespace {

void parse_only(const std::string& text) {
  antlr4::ANTLRInputStream input(text);
  grammar::AssentLexer lexer(&input);
  antlr4::CommonTokenStream tokens(&lexer);
  grammar::AssentParser parser(&tokens);
  parser.getInterpreter<antlr4::atn::ParserATNSimulator>()->setPredictionMode(
      antlr4::atn::PredictionMode::SLL);
  parser.setErrorHandler(
      std::make_shared<antlr4::BailErrorStrategy>());  // the others look for ways to mend
  benchmark::DoNotOptimize(parser.module());
}

void compile_rules(benchmark::State& state) {
  const auto rules = static_cast<std::size_t>(state.range(0));
  const Source source{"bench.assent", threshold_policy(threshold_rules(rules))};
  std::size_t artifact = 0;
  Pair pair;
  pair.name = "compile, " + std::to_string(rules) + " rules";
  pair.baseline = "ANTLR lexing and parsing";
  pair.also = std::to_string(threshold_artifact(rules).size() / rules) +
              " bytes of artifact a rule, " + std::to_string(source.text.size() / rules) +
              " of source";
  compare(
      state, std::move(pair), 1,
      [&] {
        const CompileResult result = compile(source);
        artifact = result.artifact.value().size();
      },
      [&] { parse_only(source.text); });
  state.counters["artifact_bytes_per_rule"] = static_cast<double>(artifact / rules);
}

BENCHMARK(compile_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(10)->Iterations(100);
BENCHMARK(compile_rules)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(100)->Iterations(40);
BENCHMARK(compile_rules)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Arg(1'000)
    ->Iterations(10);
BENCHMARK(compile_rules)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Arg(10'000)
    ->Iterations(3);
BENCHMARK(compile_rules)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->Arg(100'000)
    ->Iterations(1);

}  // namespace

}  // namespace assent::bench
