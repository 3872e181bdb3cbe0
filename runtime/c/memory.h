// Where the memory of texts comes from, and that of all the rest in the shared library. Entries: allocate, release.
#pragma once

#include <cstddef>

namespace assent::c {

void* allocate(std::size_t size) noexcept;  // null where there is none
void release(void* memory) noexcept;

}  // namespace assent::c
