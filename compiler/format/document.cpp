// See document.h.
#include "compiler/format/document.h"

#include <algorithm>

#include "compiler/source/utf8.h"

namespace assent::compiler::format {

namespace {

constexpr std::size_t continued = 2;        // of lines after the first, beyond the clause
constexpr std::size_t rightmost_start = 60;  // further to the right nothing is aligned: it would be a narrow strip

struct OpenGroup {
  Document::Group group;
  std::size_t indent;     // of its lines
  std::size_t leftmost;   // where a word may stand that joins parts
  std::size_t start = 0;  // of its first word, where its parts are aligned

  void start_at(std::size_t column, const OpenGroup& around) {
    indent = around.indent;
    leftmost = around.leftmost;
    start = column <= rightmost_start ? column : indent;
    if (group == Document::Group::bracketed) indent = leftmost = start;
  }
};

}  // namespace

std::size_t Document::width(const Piece& piece) {
  return piece.kind == Kind::gap ? piece.gap.blanks : piece.kind == Kind::word ? count_code_points(piece.text) : 0;
}

bool Document::fits(std::size_t indent) const {
  std::size_t all = indent;
  for (const Piece& piece : pieces_) {
    if (piece.gap.must_end) return false;
    all += width(piece);
  }
  return all <= max_columns;
}

// Of each gap, how wide it is together with all that stands or falls with it: up to the next gap that ends a line, or
// may, in this group or one around it.
std::vector<std::size_t> Document::reaches() const {
  struct End { std::size_t depth, position; };
  std::vector<std::size_t> before(pieces_.size() + 1);  // the width of all pieces before, on one line
  std::size_t depth = 0;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    if (piece.kind == Kind::open) ++depth;
    if (piece.kind == Kind::close) --depth;
    before[i + 1] = before[i] + width(piece);
  }
  std::vector<std::size_t> reaches(pieces_.size());
  std::vector<End> ends{{0, pieces_.size()}};
  for (std::size_t i = pieces_.size(); i-- > 0;) {
    const Piece& piece = pieces_[i];
    if (piece.kind == Kind::open) --depth;
    if (piece.kind == Kind::close) ++depth;
    if (piece.kind != Kind::gap || !(piece.gap.may_end || piece.gap.must_end)) continue;
    while (ends.back().depth > depth) ends.pop_back();
    reaches[i] = before[ends.back().position] - before[i];
    ends.push_back({piece.gap.must_end ? 0 : depth, i});
  }
  return reaches;
}

void Document::print(std::size_t indent, std::vector<Line>& lines) const {
  const std::vector<std::size_t> reach = reaches();
  std::vector<OpenGroup> groups{{Group::listed, indent + continued, indent + 1, indent}};
  std::size_t started = 1;  // of the groups: the first word of the others is still to come
  lines.push_back({.indent = indent});
  std::size_t column = indent;
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    const Piece& piece = pieces_[i];
    OpenGroup& inner = groups.back();
    switch (piece.kind) {
      case Kind::word:
        for (std::size_t g = started; g < groups.size(); ++g) groups[g].start_at(column, groups[g - 1]);
        started = groups.size();
        lines.back().text += piece.text;
        column += width(piece);
        break;
      case Kind::gap:
        if (piece.gap.must_end || (piece.gap.may_end && column + reach[i] > max_columns)) {
          const bool has_room = inner.start >= inner.leftmost + piece.gap.hangs;
          column = piece.gap.hangs == 0 ? inner.indent : has_room ? inner.start - piece.gap.hangs : inner.start;
          lines.push_back({.indent = column});
        } else {
          lines.back().text.append(piece.gap.blanks, ' ');
          column += piece.gap.blanks;
        }
        break;
      case Kind::stop: lines.back().stops[static_cast<std::size_t>(piece.stop)] = lines.back().text.size(); break;
      case Kind::comment: lines.back().comment = piece.text; break;
      case Kind::remark:
        lines.back().comment = piece.text;
        lines.push_back({.indent = column});
        break;
      case Kind::open: groups.push_back({piece.group, inner.indent, inner.leftmost}); break;
      case Kind::close:
        groups.pop_back();
        started = std::min(started, groups.size());
        break;
    }
  }
}

}  // namespace assent::compiler::format
