// Short texts as numbers, for hashes and comparisons; no byte outside a text is read.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

namespace assent {

// The first eight bytes, or all of a shorter text: together with its length the number then names the text.
inline std::uint64_t first_word(const char* at, std::size_t bytes) {
  const auto read = [](const char* from, auto number) {
    std::memcpy(&number, from, sizeof number);
    return std::uint64_t{number};
  };
  if (bytes >= 8) return read(at, std::uint64_t{});
  if (bytes >= 4) return read(at, std::uint32_t{}) | read(at + bytes - 4, std::uint32_t{}) << 32;
  if (bytes == 0) return 0;
  const std::uint64_t ends = read(at, std::uint8_t{}) | read(at + bytes - 1, std::uint8_t{}) << 16;
  return ends | read(at + bytes / 2, std::uint8_t{}) << 8;
}
inline std::uint64_t first_word(std::string_view text) { return first_word(text.data(), text.size()); }

// Whether two texts are equal; most that are compared are short.
inline bool equal_texts(std::string_view a, std::string_view b) {
  if (a.size() != b.size() || first_word(a) != first_word(b)) return false;
  return a.size() <= 8 || std::memcmp(a.data() + 8, b.data() + 8, a.size() - 8) == 0;
}

}  // namespace assent
