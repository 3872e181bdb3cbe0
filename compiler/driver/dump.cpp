// What lies between the phases, as text. Entry: dump.
#include "assent/dump.h"

#include "assent/outline.h"
#include "assent/policy.h"
#include "compiler/ast/print.h"
#include "compiler/driver/pipeline.h"
#include "compiler/parse/parse.h"
#include "compiler/sema/print.h"
#include "runtime/eval/index.h"
#include "runtime/plan/print.h"

namespace assent {

namespace {

std::string index_listing(const plan::Plan& plan) {
  plan::NodeFacts facts;
  if (const std::string wrong = plan::verify(plan, facts); !wrong.empty()) return wrong;
  const std::vector<eval::RuleIndex::Way> ways = eval::RuleIndex::ways(plan, facts);
  std::string text;
  std::size_t looked_up = 0, wholly = 0;
  for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
    const auto& [way, evaluated] = ways[rule];
    text += std::string(plan.string(plan.rules[rule].name)) + ": " + way + (evaluated ? ", then evaluated" : "") + "\n";
    looked_up += way != "always";
    wholly += !evaluated;
  }
  return text + std::to_string(looked_up) + " of " + std::to_string(ways.size()) + " rules are looked up, and " +
         std::to_string(wholly) + " need no evaluation\n";
}

}  // namespace

Dump dump(const Source& root, Phase phase, const CompileOptions& options) {
  Dump result;
  if (phase == Phase::ast || phase == Phase::checked) {
    compiler::SourceMap sources;
    compiler::Sink sink(options.max_errors);
    if (phase == Phase::ast) {
      const compiler::FileId file = sources.add(root);
      const compiler::ast::Module module = compiler::parse(sources, file, sink);
      result.text = compiler::print(module);
    } else if (const auto checked = compiler::check_source(root, options, sources, sink)) {
      result.text = compiler::print(checked->policy);
    }
    result.diagnostics = sink.finish(sources);
    if (sink.has_errors()) result.text.reset();
    result.sources = sources.take();
    return result;
  }
  CompileResult compiled = compile(root, options);
  if (compiled.artifact) {
    const Result<Policy> policy = Policy::load(*compiled.artifact);
    if (policy) {
      result.text = phase == Phase::plan ? plan::print_plan(policy->plan())
                    : phase == Phase::index ? index_listing(policy->plan()) : quote_schema(*policy);
    }
  }
  result.diagnostics = std::move(compiled.diagnostics);
  result.sources = std::move(compiled.sources);
  return result;
}

}  // namespace assent
