// The shared library's memory: all of it is the host's to give. Entry: assent_set_allocator.
//
// The library brings its own copy of the C++ library, and exports no symbol but those of assent.h; so the operators
// here are the ones that all of it calls, and nobody else.
#include "runtime/c/memory.h"

#include <atomic>
#include <cstdlib>
#include <memory>
#include <new>

#include "runtime/c/handles.h"

namespace {

void* from_malloc(void*, std::size_t size) { return std::malloc(size); }
void to_free(void*, void* memory) { std::free(memory); }

constinit assent_allocator host{sizeof(assent_allocator), from_malloc, to_free, nullptr};
constinit std::atomic<bool> used = false;

}  // namespace

namespace assent::c {

void* allocate(std::size_t size) noexcept {
  if (!used.load(std::memory_order_relaxed)) used.store(true, std::memory_order_relaxed);
  return host.allocate(host.context, size == 0 ? 1 : size);
}
void release(void* memory) noexcept {
  if (memory) host.release(host.context, memory);
}

}  // namespace assent::c

assent_status assent_set_allocator(const assent_allocator* allocator) {
  const bool whole =
      allocator && allocator->size >= sizeof(assent_allocator) && allocator->allocate && allocator->release;
  if (!whole || used.load(std::memory_order_relaxed)) return ASSENT_BAD_REQUEST;
  host = *allocator;
  return ASSENT_OK;
}

// Larger alignments are asked for by simdjson alone, which keeps where its block began before the place that it gives.
namespace {

void* aligned(std::size_t size, std::size_t alignment) {
  void* const block = assent::c::allocate(size + alignment + sizeof(void*));
  if (!block) return nullptr;
  void* place = static_cast<char*>(block) + sizeof(void*);
  std::size_t room = size + alignment;
  std::align(alignment, size, place, room);
  static_cast<void**>(place)[-1] = block;
  return place;
}
void release_aligned(void* place) {
  if (place) assent::c::release(static_cast<void**>(place)[-1]);
}

}  // namespace

void* operator new(std::size_t size) {
  if (void* const memory = assent::c::allocate(size)) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size) { return operator new(size); }
void* operator new(std::size_t size, const std::nothrow_t&) noexcept { return assent::c::allocate(size); }
void* operator new[](std::size_t size, const std::nothrow_t&) noexcept { return assent::c::allocate(size); }
void operator delete(void* memory) noexcept { assent::c::release(memory); }
void operator delete[](void* memory) noexcept { assent::c::release(memory); }
void operator delete(void* memory, std::size_t) noexcept { assent::c::release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { assent::c::release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { assent::c::release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { assent::c::release(memory); }
void* operator new(std::size_t size, std::align_val_t alignment) {
  if (void* const memory = aligned(size, static_cast<std::size_t>(alignment))) return memory;
  throw std::bad_alloc();
}
void* operator new[](std::size_t size, std::align_val_t alignment) { return operator new(size, alignment); }
void operator delete(void* memory, std::align_val_t) noexcept { release_aligned(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { release_aligned(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { release_aligned(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { release_aligned(memory); }
