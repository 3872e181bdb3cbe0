// How often memory was asked for. Entry: allocations. The program's operator new is replaced by one
// that counts; what C code takes with malloc is not seen.
#pragma once

#include <cstdint>

namespace assent::bench {

struct Allocations {
  std::uint64_t calls = 0, bytes = 0;
};
Allocations allocations();  // by this thread since it started

}  // namespace assent::bench
