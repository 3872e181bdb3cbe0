// Any text as a directory and as rates.
#include <cstdint>

#include "assent/world.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)assent::Directory::from_json(text).ok();
  (void)assent::Rates::from_json(text).ok();
  return 0;
}
