// Linked statically, the memory is that of the program's `operator new`, which it may replace: no second hook stands
// before it. Entry: assent_set_allocator.
#include <new>

#include "runtime/c/handles.h"
#include "runtime/c/memory.h"

namespace assent::c {

void* allocate(std::size_t size) noexcept { return operator new(size, std::nothrow); }
void release(void* memory) noexcept { operator delete(memory); }

}  // namespace assent::c

assent_status assent_set_allocator(const assent_allocator*) { return ASSENT_BAD_REQUEST; }
