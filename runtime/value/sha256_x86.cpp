// The SHA-256 compression function with the SHA extensions of x86 processors, several times as fast
// as the portable one in sha256.cpp and equal to it. Entry: compress_with_extensions, where
// has_sha_extensions.
//
// The instructions keep the eight working variables as two vectors, {a,b,e,f} and {c,d,g,h}, highest
// first; one instruction does two rounds with the two lowest words of `input`.
#include "runtime/value/sha256_blocks.h"

#ifdef ASSENT_SHA_X86

#include <cpuid.h>
#include <immintrin.h>

namespace assent {

bool has_sha_extensions() {
  static const bool has = [] {
    unsigned eax = 0;
    unsigned ebx = 0;
    unsigned ecx = 0;
    unsigned edx = 0;
    if (__get_cpuid(1, &eax, &ebx, &ecx, &edx) == 0 || (ecx & bit_SSE4_1) == 0 || (ecx & bit_SSSE3) == 0) return false;
    return __get_cpuid_count(7, 0, &eax, &ebx, &ecx, &edx) != 0 && (ebx & bit_SHA) != 0;
  }();
  return has;
}

// One lane waits for itself at every instruction; two of them fill the pauses of each other.
template <std::size_t lanes>
__attribute__((target("sha,sse4.1,ssse3"), always_inline)) inline void compress_lanes(
    Sha256State* const (&states)[lanes], const std::uint8_t* const (&from)[lanes], std::size_t blocks) {
  const auto load = [](const void* at) { return _mm_loadu_si128(static_cast<const __m128i*>(at)); };
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  __m128i abef[lanes];
  __m128i cdgh[lanes];
  for (std::size_t l = 0; l < lanes; ++l) {
    const __m128i cdab = _mm_shuffle_epi32(load(states[l]->data()), 0xb1);
    const __m128i efgh = _mm_shuffle_epi32(load(states[l]->data() + 4), 0x1b);
    abef[l] = _mm_alignr_epi8(cdab, efgh, 8);
    cdgh[l] = _mm_blend_epi16(efgh, cdab, 0xf0);
  }
  for (std::size_t block = 0; block < blocks; ++block) {
    __m128i abef_before[lanes];
    __m128i cdgh_before[lanes];
    __m128i w[lanes][4];
    for (std::size_t l = 0; l < lanes; ++l) {
      abef_before[l] = abef[l];
      cdgh_before[l] = cdgh[l];
      for (std::size_t i = 0; i < 4; ++i) w[l][i] = _mm_shuffle_epi8(load(from[l] + 64 * block + 16 * i), swap);
    }
#pragma GCC unroll 16
    for (std::size_t four = 0; four < 16; ++four) {
      for (std::size_t l = 0; l < lanes; ++l) {
        __m128i& now = w[l][four % 4];
        if (four >= 4) {  // the four schedule words 16 places on
          const __m128i& last = w[l][(four + 3) % 4];
          const __m128i before7 = _mm_alignr_epi8(last, w[l][(four + 2) % 4], 4);
          now = _mm_add_epi32(_mm_sha256msg1_epu32(now, w[l][(four + 1) % 4]), before7);
          now = _mm_sha256msg2_epu32(now, last);
        }
        const __m128i input = _mm_add_epi32(now, load(sha256_constants.data() + 4 * four));
        cdgh[l] = _mm_sha256rnds2_epu32(cdgh[l], abef[l], input);
        abef[l] = _mm_sha256rnds2_epu32(abef[l], cdgh[l], _mm_shuffle_epi32(input, 0x0e));
      }
    }
    for (std::size_t l = 0; l < lanes; ++l) {
      abef[l] = _mm_add_epi32(abef[l], abef_before[l]);
      cdgh[l] = _mm_add_epi32(cdgh[l], cdgh_before[l]);
    }
  }
  for (std::size_t l = 0; l < lanes; ++l) {
    const __m128i feba = _mm_shuffle_epi32(abef[l], 0x1b);
    const __m128i dchg = _mm_shuffle_epi32(cdgh[l], 0xb1);
    auto* to = reinterpret_cast<__m128i*>(states[l]->data());
    _mm_storeu_si128(to, _mm_blend_epi16(feba, dchg, 0xf0));
    _mm_storeu_si128(to + 1, _mm_alignr_epi8(dchg, feba, 8));
  }
}

__attribute__((target("sha,sse4.1,ssse3")))
void compress_with_extensions(Sha256State& state, const std::uint8_t* bytes, std::size_t blocks) {
  compress_lanes<1>({&state}, {bytes}, blocks);
}

__attribute__((target("sha,sse4.1,ssse3"))) void compress_two_with_extensions(
    Sha256State& a, const std::uint8_t* bytes_a, Sha256State& b, const std::uint8_t* bytes_b, std::size_t blocks) {
  compress_lanes<2>({&a, &b}, {bytes_a, bytes_b}, blocks);
}

}  // namespace assent

#endif
