// SHA-256, as in FIPS 180-4.
//
// Entry: sha256_hex for a text at hand; Sha256 for one that arrives in parts; chunked_sha256 for a
// large one. Data is hashed in blocks of 64 bytes; what does not fill a block waits in it for the next
// update.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assent {

struct Sha256 {
  std::array<std::uint32_t, 8> state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<std::uint8_t, 64> block{};
  std::uint64_t length = 0;  // bytes given so far; below 2^61

  void update(std::string_view data);

  // The hash of all data given. Call once: afterwards the state is used up.
  std::array<std::uint8_t, 32> finish();
};

// The SHA-256 of the SHA-256s of each 64 KiB of the data, the last one of what remains. As hard to
// forge as SHA-256, and its chunks can be hashed side by side, which takes half the time.
inline constexpr std::size_t sha256_chunk = 65536;
std::array<std::uint8_t, 32> chunked_sha256(std::string_view data);

// 64 lower-case hexadecimal digits.
std::string sha256_hex(std::string_view data);

}  // namespace assent
