// See simulation.h.
#include "tools/simulate/simulation.h"

#include <memory>
#include <string_view>
#include <utility>

#include "tools/in_order.h"

namespace assent::command {

Tally simulate(const Policy& before, const Policy& after, const World& world, LineStream& quotes, std::size_t threads,
               const SimulationProgress& progress) {
  Tally whole;
  in_order(quotes, threads, [&]() -> BlockWorker {
    const auto comparer = std::make_shared<Comparer>(before, after, world);
    return [&, comparer](const LineBlock& block) -> Turn {
      each_line(block, [&](std::size_t line, std::string_view quote) { comparer->add(block.file, line, quote); });
      return [&, tally = comparer->take(), read = block.read]() mutable {
        whole.merge(std::move(tally));
        if (progress) progress(read, whole.decided);
      };
    };
  });
  return whole;
}

}  // namespace assent::command
