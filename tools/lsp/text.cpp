// See text.h.
#include "tools/lsp/text.h"

#include <algorithm>

#include "tools/text.h"

namespace assent::command::lsp {

TextLines::TextLines(std::string_view text, PositionEncoding encoding)
    : text_(text), encoding_(encoding), starts_{0} {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool ends = text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.size() || text[i + 1] != '\n'));
    if (ends) starts_.push_back(i + 1);
  }
}

std::string_view TextLines::line(std::size_t number) const {
  const std::size_t begin = starts_[number];
  const std::size_t end = number + 1 < starts_.size() ? starts_[number + 1] : text_.size();
  std::string_view line = text_.substr(begin, end - begin);
  while (number + 1 < starts_.size() && !line.empty() && (line.back() == '\n' || line.back() == '\r'))
    line.remove_suffix(1);
  return line;
}

TextPosition TextLines::position(std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto next = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto number = static_cast<std::size_t>(next - starts_.begin()) - 1;
  if (encoding_ == PositionEncoding::utf8) return {number, offset - starts_[number]};
  std::size_t units = 0;
  for (std::size_t at = starts_[number]; at < offset;) {
    const Character each = character_at(text_, at);
    units += each.value > 0xffff ? 2 : 1;
    at += each.bytes;
  }
  return {number, units};
}

std::size_t TextLines::offset(TextPosition position) const {
  if (position.line >= starts_.size()) return text_.size();
  const std::string_view whole = line(position.line);
  const std::size_t begin = starts_[position.line];
  if (encoding_ == PositionEncoding::utf8) return begin + std::min(position.character, whole.size());
  std::size_t units = 0, at = 0;
  while (at < whole.size() && units < position.character) {
    const Character each = character_at(whole, at);
    units += each.value > 0xffff ? 2 : 1;
    at += each.bytes;
  }
  return begin + at;
}

}  // namespace assent::command::lsp
