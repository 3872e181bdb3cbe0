// Any text as a quote of a policy that reads a bit of everything: a decision, orders or problems, never a crash.
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <string>

#include "assent/orders.h"

namespace {

// corpus/compile/quote.assent, compiled: the runtime alone is what is tried here.
assent::Policy policy() {
  std::ifstream in(ASSENT_SOURCE_DIR "/tests/fuzz/corpus/artifact/quote.bin", std::ios::binary);
  const auto loaded = assent::Policy::load(std::string(std::istreambuf_iterator<char>(in), {}));
  if (!loaded) std::abort();
  return *loaded;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static assent::Evaluator evaluator(policy());
  assent::World world;
  world.today = *assent::date_from_text("2026-03-02");
  const auto decision = evaluator.decide({reinterpret_cast<const char*>(data), size}, world);
  if (!decision) return decision.problems().empty() ? (std::abort(), 1) : 0;
  if (to_json(**decision, evaluator.explain()).empty()) std::abort();
  const auto orders = assent::plan_orders(evaluator, {reinterpret_cast<const char*>(data), size}, world);
  if (orders ? to_json(*orders).empty() : orders.problems().empty()) std::abort();
  return 0;
}
