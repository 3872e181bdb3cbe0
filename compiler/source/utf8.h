// compiler/source/utf8.h: reading UTF-8 that may be wrong.
//
// Entries: find_invalid_utf8 (is this text acceptable?), decode_utf8 (one code point),
// count_code_points (columns). Every byte that starts no valid sequence counts as one code point,
// so text that was refused can still be measured and shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace assent::compiler {

// `length` is in bytes. A byte that starts no valid sequence is U+FFFD, 1 byte, not valid.
struct CodePoint {
  char32_t value = 0;
  std::uint32_t length = 0;
  bool valid = false;
};

// The code point at byte `at`, which must be less than text.size().
CodePoint decode_utf8(std::string_view text, std::size_t at);

// Where the code point that holds byte `at` starts; `at` itself if that is text.size() or more, or
// in no valid sequence.
std::size_t code_point_start(std::string_view text, std::size_t at);

// How many code points decode_utf8 would find from the start of `text` to its end.
std::size_t count_code_points(std::string_view text);

// The byte offset of the first invalid sequence, or nothing if all of `text` is UTF-8. Overlong
// forms, surrogates, values over U+10FFFF and cut-off sequences are invalid.
std::optional<std::size_t> find_invalid_utf8(std::string_view text);

}  // namespace assent::compiler
