// Places in a text as editors count them. Entry: TextLines.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace assent::command::lsp {

// In which units an editor counts the characters of a line.
enum class PositionEncoding : std::uint8_t { utf8, utf16 };

struct TextPosition {
  std::size_t line = 0, character = 0;  // from 0
  bool operator==(const TextPosition&) const = default;
};

// The lines of a text, which must outlive this.
class TextLines {
 public:
  TextLines(std::string_view text, PositionEncoding encoding);
  TextPosition position(std::size_t offset) const;  // beyond the end: the end
  std::size_t offset(TextPosition position) const;  // beyond the end of a line or the text: that end

 private:
  std::string_view text_;
  PositionEncoding encoding_;
  std::vector<std::size_t> starts_;  // of the lines

  std::string_view line(std::size_t number) const;  // without its end
};

}  // namespace assent::command::lsp
