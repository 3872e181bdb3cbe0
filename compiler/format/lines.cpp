// See lines.h.
#include "compiler/format/lines.h"

#include <algorithm>
#include <span>

#include "compiler/source/utf8.h"

namespace assent::compiler::format {

namespace {

constexpr std::size_t before_comment = 2;

constexpr std::size_t start = 0;  // of the line: the column before all stops, which are numbered from 1

// How wide the columns of neighbours become as lines are added.
class Section {
 public:
  void add(const Line& line) {
    std::size_t before = start;
    std::size_t at = 0;
    const std::string_view text = line.text;
    for (std::size_t column = 1; column <= stop_count; ++column) {
      const std::size_t stop = line.stops[column - 1];
      if (stop == 0) continue;
      widen(cell_[before][column], count_code_points(text.substr(at, stop - at)));
      before = column;
      at = stop;
    }
    widen(rest_[before], count_code_points(text.substr(at)));
  }

  // Where each column begins; the first is the indentation.
  std::array<std::size_t, stop_count + 1> columns(std::size_t indent) const {
    std::array<std::size_t, stop_count + 1> columns{indent};
    for (std::size_t column = 1; column <= stop_count; ++column) {
      for (std::size_t before = 0; before < column; ++before) {
        if (cell_[before][column] > 0) widen(columns[column], columns[before] + cell_[before][column]);
      }
    }
    return columns;
  }

  bool fits(std::size_t indent) const {
    const auto begins = columns(indent);
    for (std::size_t column = 0; column <= stop_count; ++column) {
      if (rest_[column] > 0 && begins[column] + rest_[column] > max_columns) return false;
    }
    return true;
  }

 private:
  std::array<std::array<std::size_t, stop_count + 1>, stop_count + 1> cell_{};  // from one column to another
  std::array<std::size_t, stop_count + 1> rest_{};                             // from a column to the end

  static void widen(std::size_t& width, std::size_t least) { width = std::max(width, least); }
};

bool neighbours(const Line& above, const Line& below) {
  return !below.after_blank && !above.alone && !below.alone && !above.text.empty() && !below.text.empty();
}

void pad(std::span<Line> lines, const Section& section) {
  for (Line& line : lines) {
    const auto columns = section.columns(line.indent);
    std::string padded;
    std::size_t at = 0;
    std::size_t width = line.indent;
    for (std::size_t column = 1; column <= stop_count; ++column) {
      const std::size_t stop = line.stops[column - 1];
      if (stop == 0) continue;
      const std::string_view cell = std::string_view(line.text).substr(at, stop - at);
      padded.append(cell).append(columns[column] - width - count_code_points(cell), ' ');
      width = columns[column];
      at = stop;
    }
    line.text = padded.append(line.text, at);
  }
}

// Neighbours of one family, as many as fit beside each other.
void align_families(std::vector<Line>& lines) {
  for (std::size_t first = 0; first < lines.size();) {
    Section section;
    section.add(lines[first]);
    std::size_t end = first + 1;
    while (end < lines.size() && !lines[end].family.empty() && lines[end].family == lines[first].family &&
           neighbours(lines[end - 1], lines[end])) {
      Section wider = section;
      wider.add(lines[end]);
      if (!wider.fits(lines[first].indent)) break;
      section = wider;
      ++end;
    }
    if (end - first > 1) pad(std::span(lines).subspan(first, end - first), section);
    first = end;
  }
}

std::size_t width_of(const Line& line) { return line.indent + count_code_points(line.text); }

// Where the comments of neighbours begin, as many as fit beside each other; 0 where there is none.
std::vector<std::size_t> comment_columns(const std::vector<Line>& lines) {
  std::vector<std::size_t> columns(lines.size());
  for (std::size_t first = 0; first < lines.size();) {
    std::size_t code = 0;
    std::size_t comment = 0;
    std::size_t end = first;
    for (; end < lines.size() && (end == first || neighbours(lines[end - 1], lines[end])); ++end) {
      if (lines[end].comment.empty()) continue;
      const std::size_t wider = std::max(code, width_of(lines[end]) + before_comment);
      const std::size_t longer = std::max(comment, count_code_points(lines[end].comment));
      if (code > 0 && wider + longer > max_columns) break;
      code = wider;
      comment = longer;
    }
    for (std::size_t i = first; i < end; ++i) {
      if (!lines[i].comment.empty()) columns[i] = code;
    }
    first = end;
  }
  return columns;
}

}  // namespace

std::string text_of(std::vector<Line> lines) {
  align_families(lines);
  const std::vector<std::size_t> columns = comment_columns(lines);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Line& line = lines[i];
    if (line.after_blank) text += '\n';
    text.append(line.indent, ' ').append(line.text);
    if (!line.text.empty() && !line.comment.empty()) text.append(columns[i] - width_of(line), ' ');
    text.append(line.comment) += '\n';
  }
  return text;
}

}  // namespace assent::compiler::format
