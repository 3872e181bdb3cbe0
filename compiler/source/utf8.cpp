// compiler/source/utf8.cpp: see utf8.h.
//
// A sequence is checked by the range of its second byte, which depends on the first (Unicode,
// table 3-7); that alone rules out overlong forms, surrogates and values over U+10FFFF.
#include "compiler/source/utf8.h"

#include <algorithm>
#include <cstring>

namespace assent::compiler {
namespace {

constexpr std::size_t word = sizeof(std::uint64_t);

std::uint32_t byte_at(std::string_view text, std::size_t at) {
  return static_cast<unsigned char>(text[at]);
}

// True if the 8 bytes at `at` exist and all are ASCII; most source text is.
bool ascii_word(std::string_view text, std::size_t at) {
  if (text.size() - at < word) return false;
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, text.data() + at, word);
  return (bytes & 0x8080808080808080u) == 0;
}

constexpr CodePoint invalid_byte{U'\uFFFD', 1, false};

}  // namespace

CodePoint decode_utf8(std::string_view text, std::size_t at) {
  const std::uint32_t lead = byte_at(text, at);
  if (lead < 0x80) return {static_cast<char32_t>(lead), 1, true};
  if (lead < 0xC2 || lead > 0xF4) return invalid_byte;

  const std::uint32_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - at < length) return invalid_byte;

  const std::uint32_t second_low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
  const std::uint32_t second_high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
  const std::uint32_t second = byte_at(text, at + 1);
  if (second < second_low || second > second_high) return invalid_byte;

  std::uint32_t value = ((lead & (0x7Fu >> length)) << 6) | (second & 0x3Fu);
  for (std::uint32_t i = 2; i < length; ++i) {
    const std::uint32_t next = byte_at(text, at + i);
    if ((next & 0xC0u) != 0x80u) return invalid_byte;
    value = (value << 6) | (next & 0x3Fu);
  }
  return {static_cast<char32_t>(value), length, true};
}

std::size_t code_point_start(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at;
  for (std::size_t back = 1; back <= std::min<std::size_t>(3, at); ++back) {
    if (decode_utf8(text, at - back).length > back) return at - back;
  }
  return at;
}

std::size_t count_code_points(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (ascii_word(text, at)) {
      at += word;
      count += word;
    } else {
      at += decode_utf8(text, at).length;
      ++count;
    }
  }
  return count;
}

std::optional<std::size_t> find_invalid_utf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (ascii_word(text, at)) {
      at += word;
      continue;
    }
    const CodePoint point = decode_utf8(text, at);
    if (!point.valid) return at;
    at += point.length;
  }
  return std::nullopt;
}

}  // namespace assent::compiler
