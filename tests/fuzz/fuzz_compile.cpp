// Any text through the whole compiler, the linter and what editors ask, who remember the texts before: it ends, it does
// not crash, an artifact that comes out loads, and what the linter mends still compiles.
#include <cstdint>
#include <cstdlib>

#include "assent/compile.h"
#include "assent/editor.h"
#include "assent/lint.h"
#include "assent/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  assent::LintOptions options;
  options.max_source_bytes = 1 << 16;
  options.tests = true;
  const assent::Source source{"fuzz.assent", std::string(reinterpret_cast<const char*>(data), size)};
  const assent::CompileResult result = assent::compile(source, options);
  for (const assent::Diagnostic& each : result.diagnostics) {
    if (assent::render(each, result.sources).empty()) std::abort();
  }
  static assent::EditorMemory memory;
  const assent::EditorView view = assent::editor_view(source, options, &memory);
  for (const assent::Word& each : view.words) {
    if (each.symbol >= view.symbols.size() || each.place.begin > each.place.end) std::abort();
  }
  if (result.artifact && (result.errors > 0 || !assent::Policy::load(*result.artifact).ok())) std::abort();
  if (result.errors > 0) return 0;
  const assent::LintResult linted = assent::lint(source, options);
  for (const assent::Finding& each : linted.findings) {
    if (assent::render(each, linted.sources).empty()) std::abort();
  }
  const std::string mended = assent::fixed(source, linted.findings);
  if (linted.errors > 0 || (mended != source.text && assent::compile({"fuzz.assent", mended}, options).errors > 0))
    std::abort();
  return 0;
}
