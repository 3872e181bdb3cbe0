// compiler/diag/excerpt.cpp: see excerpt.h.
#include "compiler/diag/excerpt.h"

#include <algorithm>

#include "compiler/source/utf8.h"

namespace assent::compiler {
namespace {

constexpr std::string_view tab_blanks = "    ";
constexpr std::string_view ellipsis = "\u2026";
constexpr std::string_view replacement = "\uFFFD";

struct Range {
  char32_t first;
  char32_t last;
};

// Controls, and formats that hide or reorder text (zero width, bidirectional, tags): shown as they
// are, a policy could read differently from what it says.
constexpr Range unsafe[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x061C, 0x061C},   {0x180E, 0x180E},
    {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF},   {0xFFF9, 0xFFFB},
    {0xE0000, 0xE0FFF},
};

// The blocks that matter of Unicode's combining marks and wide characters. A character that is
// missing here only shifts its carets.
constexpr Range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};
constexpr Range wide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

template <std::size_t N>
bool within(char32_t letter, const Range (&ranges)[N]) {
  return std::any_of(ranges, ranges + N, [letter](const Range& range) {
    return letter >= range.first && letter <= range.last;
  });
}

// How one code point of the source looks.
struct Glyph {
  std::string_view text;  // of the source, or static
  std::size_t cells = 1;
  std::size_t bytes = 1;  // of the source

  // Counted when cutting: marks without width must not make an endless line.
  std::size_t weight() const { return std::max<std::size_t>(cells, 1); }
};

Glyph glyph_at(std::string_view text, std::size_t at) {
  const CodePoint point = decode_utf8(text, at);
  if (point.value == U'\t') return {tab_blanks, tab_blanks.size(), 1};
  if (!point.valid || within(point.value, unsafe)) return {replacement, 1, point.length};
  const std::size_t cells = within(point.value, combining) ? 0 : within(point.value, wide) ? 2 : 1;
  return {text.substr(at, point.length), cells, point.length};
}

// As far right from `at` as fits into `room`.
std::size_t reach_right(std::string_view line, std::size_t at, std::size_t room) {
  while (at < line.size()) {
    const Glyph glyph = glyph_at(line, at);
    if (glyph.weight() > room) break;
    room -= glyph.weight();
    at += glyph.bytes;
  }
  return at;
}

// As far left from `at` as fits into `room`.
std::size_t reach_left(std::string_view line, std::size_t at, std::size_t room) {
  while (at > 0) {
    const std::size_t previous = code_point_start(line, at - 1);
    const Glyph glyph = glyph_at(line, previous);
    if (glyph.weight() > room) break;
    room -= glyph.weight();
    at = previous;
  }
  return at;
}

std::size_t weight(std::string_view line, std::size_t begin, std::size_t end) {
  std::size_t sum = 0;
  while (begin < end) {
    const Glyph glyph = glyph_at(line, begin);
    sum += glyph.weight();
    begin += glyph.bytes;
  }
  return sum;
}

struct Window {
  std::size_t begin;
  std::size_t end;
};

// The part of the line to show: all of it, or what fits with the mark in the middle.
Window choose_window(std::string_view line, std::size_t mark_begin, std::size_t mark_end) {
  if (reach_right(line, 0, max_line_cells) == line.size()) return {0, line.size()};

  constexpr std::size_t room = max_line_cells - 2;  // an ellipsis at both ends
  const std::size_t reach = std::min(reach_right(line, mark_begin, room), mark_end);
  const std::size_t mark = std::min(weight(line, mark_begin, reach), room);
  Window window{};
  window.begin = reach_left(line, mark_begin, (room - mark) / 2);
  window.end = reach_right(line, window.begin, room);
  if (window.end == line.size()) window.begin = reach_left(line, line.size(), room);
  return window;
}

}  // namespace

Excerpt excerpt(std::string_view text, std::size_t begin, std::size_t end) {
  begin = code_point_start(text, std::min(begin, text.size()));
  end = std::clamp(end, begin, text.size());

  const std::size_t break_before = begin == 0 ? text.npos : text.rfind('\n', begin - 1);
  const std::size_t line_begin = break_before == text.npos ? 0 : break_before + 1;
  const std::size_t break_after = text.find('\n', begin);
  std::size_t line_end = std::min(break_after, text.size());
  if (break_after != text.npos && line_end > line_begin && text[line_end - 1] == '\r') --line_end;

  const std::string_view line = text.substr(line_begin, line_end - line_begin);
  const std::size_t mark_begin = std::min(begin - line_begin, line.size());
  const std::size_t mark_end = std::clamp(end - line_begin, mark_begin, line.size());
  const Window window = choose_window(line, mark_begin, mark_end);

  Excerpt result;
  result.cut = window.begin > 0 || window.end < line.size();
  std::size_t cell = 0;
  if (window.begin > 0) {
    result.line += ellipsis;
    cell = 1;
  }
  std::size_t mark_cell = cell;
  std::size_t mark_cell_end = cell;
  for (std::size_t at = window.begin; at < window.end;) {
    const Glyph glyph = glyph_at(line, at);
    result.line += glyph.text;
    cell += glyph.cells;
    at += glyph.bytes;
    // The mark starts where all before it ends; it ends with the last glyph that starts in it.
    if (at <= mark_begin) mark_cell = cell;
    if (at - glyph.bytes < mark_end) mark_cell_end = cell;
  }
  if (window.end < line.size()) result.line += ellipsis;
  result.line.erase(result.line.find_last_not_of(' ') + 1);

  result.before = mark_cell;
  result.marked = mark_cell_end > mark_cell ? mark_cell_end - mark_cell : 1;
  return result;
}

std::string printable(std::string_view words) {
  std::string result;
  result.reserve(words.size());
  for (std::size_t at = 0; at < words.size();) {
    const Glyph glyph = glyph_at(words, at);
    result += glyph.text;
    at += glyph.bytes;
  }
  return result;
}

}  // namespace assent::compiler
