// What the output is shown on. Entries: Style, style_of.
#pragma once

#include <cstddef>
#include <cstdio>
#include <string>
#include <string_view>

namespace assent::command {

// How text is written: with colours or without, and for how many cells.
struct Style {
  bool colour = false;
  std::size_t width = 100;

  std::string bold(std::string_view text) const { return painted("1", text); }
  std::string dim(std::string_view text) const { return painted("2", text); }
  std::string red(std::string_view text) const { return painted("31", text); }
  std::string green(std::string_view text) const { return painted("32", text); }
  std::string yellow(std::string_view text) const { return painted("33", text); }
  std::string blue(std::string_view text) const { return painted("34", text); }

 private:
  std::string painted(std::string_view code, std::string_view text) const {
    if (!colour || text.empty()) return std::string(text);
    return "\x1b[" + std::string(code) + 'm' + std::string(text) + "\x1b[0m";
  }
};

bool is_terminal(std::FILE* file);

// Colours only on a terminal and without NO_COLOR; the terminal's width between 60 and 160 cells,
// and 100 where there is none.
Style style_of(std::FILE* file);

}  // namespace assent::command
