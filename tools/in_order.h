// Blocks of lines on several threads, what comes of them in the order of the blocks. Entry: in_order.
#pragma once

#include <cstddef>
#include <functional>

#include "tools/line_stream.h"

namespace assent::command {

// What is to be done with the result of a block when its turn has come: by one thread at a time.
using Turn = std::function<void()>;
// Works on one block after the other; each thread makes one for itself.
using BlockWorker = std::function<Turn(const LineBlock&)>;

// A block is worked on as soon as it is there, and waits for the blocks before it alone: not for those behind it, nor
// for input that has not come. Memory: some blocks for each thread, and what came of them. What the stream, a worker or
// a turn throws ends it, and is thrown here; all turns before it have been taken.
void in_order(LineStream& lines, std::size_t threads, const std::function<BlockWorker()>& make_worker);

}  // namespace assent::command
