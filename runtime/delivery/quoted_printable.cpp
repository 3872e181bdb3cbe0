// Entry: quoted_printable, decode_quoted_printable. Both go line by line.
#include "runtime/delivery/quoted_printable.h"

namespace assent::delivery {

namespace {

constexpr std::string_view digits = "0123456789ABCDEF";

// One character in the form it has within a line; `is_last` of it.
std::string encoded(char c, bool is_last) {
  const auto byte = static_cast<unsigned char>(c);
  const bool is_space = c == ' ' || c == '\t';
  const bool is_plain = is_space ? !is_last : byte > ' ' && byte < 0x7f && c != '=';
  if (is_plain) return {c};
  return {'=', digits[byte >> 4], digits[byte & 15]};
}

void append_line(std::string& out, std::string_view line) {
  std::size_t column = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const bool is_last = i + 1 == line.size();
    const std::string character = encoded(line[i], is_last);
    const std::size_t room = max_encoded_line - (is_last ? 0 : 1);  // a soft line break needs its =
    if (column + character.size() > room) {
      out += "=\r\n";
      column = 0;
    }
    out += character;
    column += character.size();
  }
  out += "\r\n";
}

// The value of a hexadecimal digit, or 16.
unsigned digit_value(char c) {
  if (c >= '0' && c <= '9') return static_cast<unsigned>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A') + 10;
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a') + 10;
  return 16;
}

// Decodes a line without its end and without spaces there; sets `is_soft` if its end is no line end of the text.
bool decode_line(std::string_view line, std::string& out, bool& is_soft) {
  is_soft = line.ends_with('=');
  if (is_soft) line.remove_suffix(1);
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (line[i] != '=') {
      out += line[i];
      continue;
    }
    if (line.size() - i < 3) return false;
    const unsigned high = digit_value(line[i + 1]);
    const unsigned low = digit_value(line[i + 2]);
    if (high > 15 || low > 15) return false;
    out += static_cast<char>(high << 4 | low);
    i += 2;
  }
  return true;
}

}  // namespace

std::string quoted_printable(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (end != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
    append_line(out, line);
  }
  return out;
}

std::optional<std::string> decode_quoted_printable(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    std::string_view line_end = end == std::string_view::npos ? "" : "\n";
    if (end != std::string_view::npos && line.ends_with('\r')) {
      line.remove_suffix(1);
      line_end = "\r\n";
    }
    while (line.ends_with(' ') || line.ends_with('\t')) line.remove_suffix(1);
    bool is_soft = false;
    if (!decode_line(line, out, is_soft)) return std::nullopt;
    if (!is_soft) out += line_end;
  }
  return out;
}

}  // namespace assent::delivery
