// Any text through the whole compiler: it ends, it does not crash, and an artifact that comes out loads.
#include <cstdint>
#include <cstdlib>

#include "assent/compile.h"
#include "assent/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  assent::CompileOptions options;
  options.max_source_bytes = 1 << 16;
  options.tests = true;
  const assent::CompileResult result =
      assent::compile({"fuzz.assent", std::string(reinterpret_cast<const char*>(data), size)}, options);
  for (const assent::Diagnostic& each : result.diagnostics) {
    if (assent::render(each, result.sources).empty()) std::abort();
  }
  if (result.artifact && (result.errors > 0 || !assent::Policy::load(*result.artifact).ok())) std::abort();
  return 0;
}
