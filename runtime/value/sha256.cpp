// The SHA-256 compression function and its padding.
//
// Entry: Sha256::update, Sha256::finish, sha256_hex. The sixteen-word message schedule is extended
// in place, sixteen rounds at a time, and the eight working variables are renamed, not moved.
#include "runtime/value/sha256.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "runtime/value/sha256_blocks.h"

namespace assent {

const std::array<std::uint32_t, 64> sha256_constants = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

namespace {

constexpr std::size_t block_size = 64;
constexpr std::size_t length_at = block_size - 8;  // where the last block holds the bit count

using Word = std::uint32_t;

Word big_endian(const std::uint8_t* bytes) {
  return Word{bytes[0]} << 24 | Word{bytes[1]} << 16 | Word{bytes[2]} << 8 | Word{bytes[3]};
}

// One round; the caller renames the variables for the next, so that only d and h change.
inline void mix(Word a, Word b, Word c, Word& d, Word e, Word f, Word g, Word& h, Word input) {
  const Word sum1 = std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25);
  const Word sum0 = std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22);
  h += sum1 + (g ^ (e & (f ^ g))) + input;
  d += h;
  h += sum0 + ((a & b) | (c & (a | b)));
}

// The schedule word 16 places on, written over the word at `index`.
inline void extend(std::array<Word, 16>& schedule, std::size_t index) {
  const Word before15 = schedule[(index + 1) % 16];
  const Word before2 = schedule[(index + 14) % 16];
  schedule[index] += (std::rotr(before15, 7) ^ std::rotr(before15, 18) ^ (before15 >> 3)) +
                     schedule[(index + 9) % 16] +
                     (std::rotr(before2, 17) ^ std::rotr(before2, 19) ^ (before2 >> 10));
}

void compress_block(Sha256State& state, const std::uint8_t* bytes) {
  std::array<Word, 16> schedule;
  for (std::size_t i = 0; i < 16; ++i) schedule[i] = big_endian(bytes + 4 * i);
  auto [a, b, c, d, e, f, g, h] = state;
  for (std::size_t round = 0; round < 64; round += 16) {
    const Word* const constants = sha256_constants.data() + round;
    const auto input = [&](std::size_t i) {
      if (round != 0) extend(schedule, i);
      return schedule[i] + constants[i];
    };
    for (std::size_t i = 0; i < 16; i += 8) {
      mix(a, b, c, d, e, f, g, h, input(i));
      mix(h, a, b, c, d, e, f, g, input(i + 1));
      mix(g, h, a, b, c, d, e, f, input(i + 2));
      mix(f, g, h, a, b, c, d, e, input(i + 3));
      mix(e, f, g, h, a, b, c, d, input(i + 4));
      mix(d, e, f, g, h, a, b, c, input(i + 5));
      mix(c, d, e, f, g, h, a, b, input(i + 6));
      mix(b, c, d, e, f, g, h, a, input(i + 7));
    }
  }
  const std::array<Word, 8> mixed = {a, b, c, d, e, f, g, h};
  for (std::size_t i = 0; i < 8; ++i) state[i] += mixed[i];
}

void compress(Sha256State& state, const std::uint8_t* bytes, std::size_t blocks) {
#ifdef ASSENT_SHA_X86
  if (has_sha_extensions()) return compress_with_extensions(state, bytes, blocks);
#endif
  compress_portably(state, bytes, blocks);
}

}  // namespace

void compress_portably(Sha256State& state, const std::uint8_t* bytes, std::size_t blocks) {
  for (; blocks > 0; --blocks, bytes += block_size) compress_block(state, bytes);
}

void Sha256::update(std::string_view data) {
  const std::size_t waiting = static_cast<std::size_t>(length % block_size);
  length += data.size();
  if (waiting != 0) {
    const std::size_t taken = std::min(data.size(), block_size - waiting);
    std::copy_n(data.begin(), taken, block.begin() + static_cast<std::ptrdiff_t>(waiting));
    data.remove_prefix(taken);
    if (waiting + taken < block_size) return;
    compress(state, block.data(), 1);
  }
  const std::size_t blocks = data.size() / block_size;
  compress(state, reinterpret_cast<const std::uint8_t*>(data.data()), blocks);
  data.remove_prefix(blocks * block_size);
  std::copy(data.begin(), data.end(), block.begin());
}

std::array<std::uint8_t, 32> Sha256::finish() {
  // A one bit, zeros to the end of a block, and the number of bits in the last eight bytes; where
  // they have no room any more, that is a block further.
  std::size_t at = static_cast<std::size_t>(length % block_size);
  block[at++] = 0x80;
  if (at > length_at) {
    std::fill(block.begin() + static_cast<std::ptrdiff_t>(at), block.end(), std::uint8_t{0});
    compress(state, block.data(), 1);
    at = 0;
  }
  std::fill(block.begin() + static_cast<std::ptrdiff_t>(at), block.end(), std::uint8_t{0});
  for (std::size_t i = 0; i < 8; ++i) {
    block[length_at + i] = static_cast<std::uint8_t>((length * 8) >> (56 - 8 * i));
  }
  compress(state, block.data(), 1);
  std::array<std::uint8_t, 32> hash;
  for (std::size_t i = 0; i < hash.size(); ++i) {
    hash[i] = static_cast<std::uint8_t>(state[i / 4] >> (24 - 8 * (i % 4)));
  }
  return hash;
}

std::array<std::uint8_t, 32> chunked_sha256(std::string_view data) {
  Sha256 whole;
  const auto take = [&](Sha256& chunk) {
    const std::array<std::uint8_t, 32> hash = chunk.finish();
    whole.update({reinterpret_cast<const char*>(hash.data()), hash.size()});
  };
#ifdef ASSENT_SHA_X86
  while (has_sha_extensions() && data.size() >= 2 * sha256_chunk) {
    Sha256 a;
    Sha256 b;
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(data.data());
    compress_two_with_extensions(a.state, bytes, b.state, bytes + sha256_chunk, sha256_chunk / block_size);
    a.length = b.length = sha256_chunk;
    take(a);
    take(b);
    data.remove_prefix(2 * sha256_chunk);
  }
#endif
  while (!data.empty()) {
    Sha256 chunk;
    chunk.update(data.substr(0, sha256_chunk));
    take(chunk);
    data.remove_prefix(std::min(data.size(), sha256_chunk));
  }
  return whole.finish();
}

std::string sha256_hex(std::string_view data) {
  Sha256 sha;
  sha.update(data);
  std::string out(64, '0');
  std::size_t at = 0;
  for (const std::uint8_t byte : sha.finish()) {
    out[at++] = "0123456789abcdef"[byte >> 4];
    out[at++] = "0123456789abcdef"[byte & 15];
  }
  return out;
}

}  // namespace assent
