// See comment.h.
#include "compiler/source/comment.h"

#include <algorithm>

namespace assent::compiler {

namespace {

constexpr std::string_view drawn = "──";

std::size_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t end = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return end == std::string_view::npos ? 0 : end + 1;
}

// What a line says behind its mark; `is_comment` tells whether it has one.
std::string_view said(std::string_view line, bool& is_comment) {
  const auto trim = [&] {
    line.remove_prefix(std::min(line.find_first_not_of(" \t\r"), line.size()));
    line = line.substr(0, line.find_last_not_of(" \t\r\n") + 1);
  };
  trim();
  is_comment = line.starts_with('#');
  if (is_comment) line.remove_prefix(1);
  trim();
  return line;
}

}  // namespace

std::uint32_t comment_begin(std::string_view text, std::uint32_t at) {
  std::size_t begin = line_begin(text, at);
  while (begin > 0) {
    const std::size_t above = line_begin(text, begin - 1);
    bool is_comment = false;
    const std::string_view line = said(text.substr(above, begin - above), is_comment);
    if (!is_comment || line.starts_with(drawn)) break;
    begin = above;
  }
  return static_cast<std::uint32_t>(begin);
}

std::string comment_above(std::string_view text, std::uint32_t at) {
  std::string comment;
  const std::size_t end = line_begin(text, at);
  for (std::size_t begin = comment_begin(text, at); begin < end;) {
    const std::size_t next = text.find('\n', begin) + 1;
    bool is_comment = false;
    const std::string_view line = said(text.substr(begin, next - begin), is_comment);
    if (!line.starts_with("lint:")) comment.append(comment.empty() ? "" : "\n").append(line);
    begin = next;
  }
  return comment;
}

}  // namespace assent::compiler
