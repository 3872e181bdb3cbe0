// compiler/diag/excerpt.h: one line of source as a terminal can show it.
//
// Entry: excerpt. Whatever the bytes are (tabs, escapes, broken UTF-8, a line of 64 MiB), the
// result is short valid UTF-8 of known width, and cannot steer the terminal or reorder what is read.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assent::compiler {

// Longer lines are cut around the marked text; two lines of a usual terminal.
inline constexpr std::size_t max_line_cells = 160;

// All widths are terminal cells: 0 for a combining mark, 2 for an East Asian or emoji character.
struct Excerpt {
  std::string line;        // with `…` where it was cut, no line end, no trailing blanks
  std::size_t before = 0;  // cells left of the marked text
  std::size_t marked = 1;  // at least 1: an empty mark still gets its caret
  bool cut = false;
};

// The line of `text` in which byte `begin` is, with the part of [begin, end) that is on this line
// marked. Offsets beyond the text mean its end.
Excerpt excerpt(std::string_view text, std::size_t begin, std::size_t end);

// Words for a terminal: tabs as 4 blanks; what is invalid, invisible or steers as U+FFFD.
std::string printable(std::string_view words);

}  // namespace assent::compiler
