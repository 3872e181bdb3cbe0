// Many quotes with two policies, on all processors. Entry: simulate.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>

#include "tools/line_stream.h"
#include "tools/simulate/tally.h"

namespace assent::command {

// Told from time to time, by one thread after the other.
using SimulationProgress = std::function<void(std::uint64_t bytes, std::size_t quotes)>;

// The tally does not depend on `threads`. Memory: for each thread some blocks and what an evaluator needs, however many
// quotes there are. BadInput as LineStream::next.
Tally simulate(const Policy& before, const Policy& after, const World& world, LineStream& quotes, std::size_t threads,
               const SimulationProgress& progress = {});

}  // namespace assent::command
