// The SHA-256 compression function with the SHA extensions of x86 processors, some six times as fast
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

__attribute__((target("sha,sse4.1,ssse3")))
void compress_with_extensions(Sha256State& state, const std::uint8_t* bytes, std::size_t blocks) {
  const auto load = [](const void* from) { return _mm_loadu_si128(static_cast<const __m128i*>(from)); };
  const __m128i swap = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
  const __m128i dcba = _mm_shuffle_epi32(load(state.data()), 0xb1);      // c d a b
  const __m128i hgfe = _mm_shuffle_epi32(load(state.data() + 4), 0x1b);  // e f g h
  __m128i abef = _mm_alignr_epi8(dcba, hgfe, 8);
  __m128i cdgh = _mm_blend_epi16(hgfe, dcba, 0xf0);
  for (; blocks > 0; --blocks, bytes += 64) {
    const __m128i abef_before = abef;
    const __m128i cdgh_before = cdgh;
    __m128i w[4];
    for (std::size_t i = 0; i < 4; ++i) w[i] = _mm_shuffle_epi8(load(bytes + 16 * i), swap);
#pragma GCC unroll 16
    for (std::size_t four = 0; four < 16; ++four) {
      __m128i& now = w[four % 4];
      if (four >= 4) {  // the four schedule words 16 places on
        const __m128i& last = w[(four + 3) % 4];
        const __m128i before7 = _mm_alignr_epi8(last, w[(four + 2) % 4], 4);
        now = _mm_add_epi32(_mm_sha256msg1_epu32(now, w[(four + 1) % 4]), before7);
        now = _mm_sha256msg2_epu32(now, last);
      }
      const __m128i input = _mm_add_epi32(now, load(sha256_constants.data() + 4 * four));
      cdgh = _mm_sha256rnds2_epu32(cdgh, abef, input);
      abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(input, 0x0e));
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
  }
  const __m128i feba = _mm_shuffle_epi32(abef, 0x1b);
  const __m128i dchg = _mm_shuffle_epi32(cdgh, 0xb1);
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data()), _mm_blend_epi16(feba, dchg, 0xf0));
  _mm_storeu_si128(reinterpret_cast<__m128i*>(state.data() + 4), _mm_alignr_epi8(dchg, feba, 8));
}

}  // namespace assent

#endif
