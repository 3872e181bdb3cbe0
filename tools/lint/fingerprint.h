// What a text is known by. Entry: print_of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assent::command {

// FNV-1a of 64 bits as 16 hexadecimal digits: for texts of which nobody gains by making two alike.
inline std::string print_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325u;
  for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  constexpr char digits[] = "0123456789abcdef";
  std::string hex(16, '0');
  for (std::size_t i = hex.size(); i-- > 0; hash >>= 4) hex[i] = digits[hash & 15];
  return hex;
}

}  // namespace assent::command
