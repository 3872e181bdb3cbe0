// operator new and delete, counted by each thread for itself. Entry: allocations.
#include "tests/bench/allocations.h"

#include <cstdlib>
#include <new>

namespace {

thread_local std::uint64_t calls = 0;
thread_local std::uint64_t bytes = 0;

// The size to ask for: never 0.
std::size_t count(std::size_t size) {
  ++calls;
  bytes += size;
  return size == 0 ? 1 : size;
}

void* counted(std::size_t size) {
  if (void* memory = std::malloc(count(size))) return memory;
  throw std::bad_alloc();
}

void* counted_aligned(std::size_t size, std::size_t alignment) {
  count(size);
  const std::size_t whole = (size + alignment - 1) / alignment * alignment;
  if (void* memory = std::aligned_alloc(alignment, whole == 0 ? alignment : whole)) return memory;
  throw std::bad_alloc();
}

}  // namespace

void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(count(size)); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return std::malloc(count(size)); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  return counted_aligned(size, static_cast<std::size_t>(alignment));
}
void* operator new[](std::size_t size, std::align_val_t alignment) {
  return counted_aligned(size, static_cast<std::size_t>(alignment));
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete[](void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }

namespace assent::bench {

Allocations allocations() {
  return {calls, bytes};
}

}  // namespace assent::bench
