// Words as a terminal or a picture can show them, and how wide they are. Entries: printable, cells, wrap, xml_text.
//
// Names come from quotes, directories and policies: shown as they are, they could steer the
// terminal or be read differently from what they say.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace assent::command {

// One character of a text, and the bytes that it took. What is no UTF-8 counts as one bad byte.
struct Character {
  char32_t value = 0;
  std::size_t bytes = 1;
  bool valid = true;
};
Character character_at(std::string_view text, std::size_t at);

// Line ends and tabs as blanks; what is invalid, invisible or steers as U+FFFD. Always valid UTF-8.
std::string printable(std::string_view text);

// The same, with line ends and tabs as they are.
std::string valid_text(std::string_view text);

// Whether a byte can be part of a name of the language: letters, digits, `_`, and all of what is no ASCII.
constexpr bool is_name_byte(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

std::string lower(std::string_view text);  // the letters of ASCII

// Terminal cells: 0 for a combining mark and for our own colours, 2 for a wide character.
std::size_t cells(std::string_view text);

// At most so many cells, and so many characters: what is longer is cut, and ends in "…".
std::string shortened(std::string_view text, std::size_t width);

// Filled up with blanks to `width` cells.
std::string padded(std::string_view text, std::size_t width);

// Lines of at most `width` cells, broken at blanks; a longer word has a line of its own. Lines
// after the first start with `indent` blanks.
std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent = 0);

// `text` between tags of XML, or within an attribute. XML forbids most control characters even as numbers, so they are
// written as U+FFFD.
std::string xml_text(std::string_view text);

// "2 errors", "1 warning".
std::string counted(std::size_t count, std::string_view noun);

// "a", "a and b", "a, b and c".
std::string listed(const std::vector<std::string>& parts, std::string_view last = "and");

std::string joined(const std::vector<std::string>& parts, std::string_view between);

}  // namespace assent::command
