// Entry: lines, trimmed, is_blank.
#include "runtime/delivery/lines.h"

#include <array>

namespace assent::delivery {

namespace {

using namespace std::string_view_literals;

// In UTF-8: space, tab, vertical tab, form feed; U+00A0; U+200B to U+200F, U+202F, U+2060, U+3000, U+FEFF.
constexpr std::array blanks = {" "sv,            "\t"sv,           "\v"sv,           "\f"sv,           "\xc2\xa0"sv,
                               "\xe2\x80\x8b"sv, "\xe2\x80\x8c"sv, "\xe2\x80\x8d"sv, "\xe2\x80\x8e"sv, "\xe2\x80\x8f"sv,
                               "\xe2\x80\xaf"sv, "\xe2\x81\xa0"sv, "\xe3\x80\x80"sv, "\xef\xbb\xbf"sv};

// The bytes of the blank that `line` begins, or ends, with; 0 for none.
std::size_t blank_at_front(std::string_view line) {
  for (const std::string_view blank : blanks) {
    if (line.starts_with(blank)) return blank.size();
  }
  return 0;
}

std::size_t blank_at_back(std::string_view line) {
  for (const std::string_view blank : blanks) {
    if (line.ends_with(blank)) return blank.size();
  }
  return 0;
}

}  // namespace

std::vector<std::string_view> lines(std::string_view text, std::size_t at_most) {
  std::vector<std::string_view> out;
  while (!text.empty() && out.size() < at_most) {
    const std::size_t end = text.find_first_of("\r\n");
    out.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + (text.substr(end).starts_with("\r\n") ? 2 : 1));
  }
  return out;
}

std::string_view trimmed(std::string_view line) {
  while (const std::size_t size = blank_at_front(line)) line.remove_prefix(size);
  while (const std::size_t size = blank_at_back(line)) line.remove_suffix(size);
  return line;
}

bool is_blank(std::string_view line) { return trimmed(line).empty(); }

}  // namespace assent::delivery
