#include "runtime/value/fold_case.h"

#include <cstdint>

namespace assent {

namespace {

// Only code points of two bytes in UTF-8 are folded beyond ASCII, and all fold to two bytes again.
std::uint32_t fold(std::uint32_t c) {
  if (c >= 0x00c0 && c <= 0x00de && c != 0x00d7) return c + 0x20;          // À..Þ but ×
  if (c >= 0x0100 && c <= 0x0137 && c != 0x0130 && c != 0x0131)
    return c | 1;                                                          // Ā..ķ in pairs, but dotted and dotless i
  if (c >= 0x0139 && c <= 0x0148) return c % 2 == 1 ? c + 1 : c;           // Ĺ..ň
  if (c >= 0x014a && c <= 0x0177) return c | 1;                            // Ŋ..ŷ
  if (c == 0x0178) return 0x00ff;                                          // Ÿ
  if (c >= 0x0179 && c <= 0x017e) return c % 2 == 1 ? c + 1 : c;           // Ź..ž
  if (c == 0x0386) return 0x03ac;                                          // Greek with tonos
  if (c >= 0x0388 && c <= 0x038a) return c + 37;
  if (c == 0x038c) return 0x03cc;
  if (c == 0x038e || c == 0x038f) return c + 63;
  if (c >= 0x0391 && c <= 0x03ab && c != 0x03a2) return c + 0x20;          // Α..Ϋ
  if (c == 0x03c2) return 0x03c3;                                          // final sigma
  if (c >= 0x0400 && c <= 0x040f) return c + 0x50;                         // Ѐ..Џ
  if (c >= 0x0410 && c <= 0x042f) return c + 0x20;                         // А..Я
  if (c >= 0x0460 && c <= 0x0481) return c | 1;                            // historic Cyrillic in pairs
  return c;
}

}  // namespace

std::string fold_case(std::string_view text) {
  std::string folded;
  folded.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto first = static_cast<unsigned char>(text[i]);
    if (first >= 'A' && first <= 'Z') {
      folded += static_cast<char>(first + 0x20);
    } else if (first >= 0xc2 && first <= 0xdf && i + 1 < text.size()) {
      const auto second = static_cast<unsigned char>(text[++i]);
      const std::uint32_t c = fold((first & 0x1fu) << 6 | (second & 0x3fu));
      folded += static_cast<char>(0xc0 | c >> 6);
      folded += static_cast<char>(0x80 | (c & 0x3f));
    } else {
      folded += text[i];
    }
  }
  return folded;
}

}  // namespace assent
