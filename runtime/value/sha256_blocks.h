// The compression function of SHA-256, once for every machine and once by the instructions of x86
// processors that have them; internal to sha256.cpp. Both give the same state.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#if (defined(__x86_64__) || defined(__i386__)) && (defined(__GNUC__) || defined(__clang__))
#define ASSENT_SHA_X86
#endif

namespace assent {

using Sha256State = std::array<std::uint32_t, 8>;

// Compresses `blocks` blocks of 64 bytes into `state`.
void compress_portably(Sha256State& state, const std::uint8_t* bytes, std::size_t blocks);

#ifdef ASSENT_SHA_X86
// Whether this processor has the instructions; the same answer in a whole run.
bool has_sha_extensions();

// The same, and the same for two messages at once in little more time than for one. Only where
// has_sha_extensions().
void compress_with_extensions(Sha256State& state, const std::uint8_t* bytes, std::size_t blocks);
void compress_two_with_extensions(Sha256State& a, const std::uint8_t* bytes_a, Sha256State& b,
                                  const std::uint8_t* bytes_b, std::size_t blocks);
#endif

// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
extern const std::array<std::uint32_t, 64> sha256_constants;

}  // namespace assent
