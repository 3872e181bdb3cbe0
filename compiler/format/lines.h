// The lines of a formatted file before they are aligned, and their text afterwards. Entry: text_of.
//
// What stands in columns is decided last, when it is known which lines there are: neighbours of one family share their
// columns, neighbours of any kind the column of their comments.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace assent::compiler::format {

inline constexpr std::size_t max_columns = 120;

// The columns of a family, from the left: `approver NAME "title" = …`, `NAME: Type from … else …`.
enum class Stop : std::uint8_t { name, title, value };
inline constexpr std::size_t stop_count = 3;

struct Line {
  std::size_t indent = 0;
  std::string text = {};               // empty: a comment has the line for itself
  std::string_view comment = {};       // borrowed from the source
  std::string_view family = {};        // empty: of none
  std::array<std::size_t, stop_count> stops = {};  // byte of the text at which the column begins; 0: it has none
  bool after_blank = false;            // a blank line comes before
  bool alone = false;                  // it shares no column with the lines around it
};

std::string text_of(std::vector<Line> lines);

}  // namespace assent::compiler::format
