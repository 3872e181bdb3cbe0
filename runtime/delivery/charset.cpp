// Entry: to_utf8, append_character, character_boundary.
//
// UTF-8 is checked and kept as it is; of the others each byte is one character, found in a table where it is not its
// own number.
#include "runtime/delivery/charset.h"

#include <array>

#include "runtime/value/fold_case.h"
#include "runtime/value/utf8.h"

namespace assent::delivery {

namespace {

constexpr std::uint32_t replacement = 0xfffd;

// What 0x80 to 0x9f are in Windows-1252; 0 for the five bytes that are nothing.
constexpr std::array<std::uint32_t, 32> windows_1252 = {0x20ac, 0,      0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
                                                        0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017d, 0,
                                                        0,      0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                                        0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0,      0x017e, 0x0178};

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

bool is_ascii(std::string_view bytes) {
  for (const char c : bytes) {
    if (static_cast<unsigned char>(c) >= 0x80) return false;
  }
  return true;
}

ReplyRefusal from_latin(std::string_view bytes, std::string& out) {
  out.clear();
  out.reserve(bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    const std::uint32_t code_point = byte >= 0x80 && byte <= 0x9f ? windows_1252[byte - 0x80u] : byte;
    if (code_point == 0 && byte != 0) return ReplyRefusal::malformed;
    append_character(out, code_point);
  }
  return ReplyRefusal::none;
}

}  // namespace

ReplyRefusal to_utf8(std::string_view charset, std::string_view bytes, std::string& out) {
  const std::string name = fold_case(charset);
  if (name == "iso-8859-1" || name == "latin1" || name == "windows-1252" || name == "cp1252") {
    return from_latin(bytes, out);
  }
  bool is_text = false;
  if (name == "utf-8" || name == "utf8") {
    is_text = is_utf8(bytes);
  } else if (name == "us-ascii" || name == "ascii") {
    is_text = is_ascii(bytes);
  } else {
    return ReplyRefusal::unsupported_charset;
  }
  if (!is_text) return ReplyRefusal::malformed;
  out = bytes;
  return ReplyRefusal::none;
}

void append_character(std::string& out, std::uint32_t code_point) {
  const auto append = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  const auto append_bits = [&](int shift) { append(0x80 | (code_point >> shift & 0x3f)); };
  const bool is_surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  if (is_surrogate || code_point > 0x10ffff) code_point = replacement;
  if (code_point < 0x80) {
    append(code_point);
  } else if (code_point < 0x800) {
    append(0xc0 | code_point >> 6);
    append_bits(0);
  } else if (code_point < 0x10000) {
    append(0xe0 | code_point >> 12);
    append_bits(6);
    append_bits(0);
  } else {
    append(0xf0 | code_point >> 18);
    append_bits(12);
    append_bits(6);
    append_bits(0);
  }
}

std::size_t character_boundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && is_continuation(text[at])) --at;
  return at;
}

}  // namespace assent::delivery
