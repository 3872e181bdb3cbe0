// Random numbers that are the same on every machine. Entries: Random, SplitMix64 with one word of state;
// from_environment, by which a test is run longer or from another seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <vector>

namespace assent::generate {

inline std::uint64_t from_environment(const char* name, std::uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

struct Random {
  std::uint64_t state = 0;

  std::uint64_t next() {
    state += 0x9e37'79b9'7f4a'7c15u;
    std::uint64_t mixed = state;
    mixed = (mixed ^ mixed >> 30) * 0xbf58'476d'1ce4'e5b9u;
    mixed = (mixed ^ mixed >> 27) * 0x94d0'49bb'1331'11ebu;
    return mixed ^ mixed >> 31;
  }
  // 0 .. count - 1; count is not 0.
  std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }
  std::int64_t between(std::int64_t least, std::int64_t most) {
    return least + static_cast<std::int64_t>(below(static_cast<std::size_t>(most - least + 1)));
  }
  bool chance(int percent) { return between(1, 100) <= percent; }

  template <typename T>
  const T& pick(const std::vector<T>& from) { return from[below(from.size())]; }
};

}  // namespace assent::generate
