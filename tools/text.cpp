// See text.h.
#include "tools/text.h"

#include <algorithm>

namespace assent::command {

namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

struct Range {
  char32_t first, last;
};

// Controls, and formats that hide or reorder text (zero width, bidirectional, tags).
constexpr Range unsafe[] = {
    {0x00, 0x1F},     {0x7F, 0x9F},     {0xAD, 0xAD},     {0x061C, 0x061C}, {0x180E, 0x180E},
    {0x200B, 0x200F}, {0x2028, 0x202E}, {0x2060, 0x206F}, {0xFEFF, 0xFEFF}, {0xFFF9, 0xFFFB},
    {0xFFFE, 0xFFFF}, {0xE0000, 0xE0FFF},
};

// The blocks that matter; a character that is missing here only shifts what stands beside it.
constexpr Range combining[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x064B, 0x065F},
    {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F},
};
constexpr Range wide[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0xA4CF},   {0xA960, 0xA97C},
    {0xAC00, 0xD7A3}, {0xF900, 0xFAFF},   {0xFE30, 0xFE6F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F680, 0x1F6FF}, {0x1F900, 0x1FAFF},
    {0x20000, 0x3FFFD},
};

template <std::size_t N>
bool within(char32_t letter, const Range (&ranges)[N]) {
  return std::any_of(ranges, ranges + N, [letter](const Range& range) {
    return letter >= range.first && letter <= range.last;
  });
}

// Bytes of a sequence that starts so; 0 if none does.
std::size_t sequence_bytes(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  return first >= 0xF0 && first <= 0xF4 ? 4 : 0;
}

std::string cleaned(std::string_view text, bool one_line) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    const bool blank = character.value == U'\n' || character.value == U'\t';
    if (blank) result += one_line ? ' ' : static_cast<char>(character.value);
    else if (!character.valid || within(character.value, unsafe)) result += replacement;
    else result += text.substr(at, character.bytes);
    at += character.bytes;
  }
  return result;
}

// Past the colour that starts at `at`, or `at` itself.
std::size_t skip_colour(std::string_view text, std::size_t at) {
  if (text.substr(at, 2) != "\x1b[") return at;
  const std::size_t end = text.find('m', at);
  return end == std::string_view::npos ? at : end + 1;
}

}  // namespace

Character character_at(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const std::size_t bytes = sequence_bytes(byte(at));
  if (bytes == 0 || at + bytes > text.size()) return {0, 1, false};
  if (bytes == 1) return {byte(at), 1, true};
  char32_t value = byte(at) & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    if ((byte(at + i) & 0xC0u) != 0x80u) return {0, 1, false};
    value = value << 6 | (byte(at + i) & 0x3Fu);
  }
  constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < least[bytes] || value > 0x10FFFF || surrogate) return {0, 1, false};
  return {value, bytes, true};
}

std::string printable(std::string_view text) { return cleaned(text, true); }

std::string valid_text(std::string_view text) { return cleaned(text, false); }

std::string lower(std::string_view text) {
  std::string small(text);
  for (char& c : small)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return small;
}

std::size_t cells(std::string_view text) {
  std::size_t sum = 0;
  for (std::size_t at = 0; at < text.size();) {
    if (const std::size_t past = skip_colour(text, at); past > at) {
      at = past;
      continue;
    }
    const Character character = character_at(text, at);
    sum += within(character.value, combining) ? 0 : within(character.value, wide) ? 2 : 1;
    at += character.bytes;
  }
  return sum;
}

std::string shortened(std::string_view text, std::size_t width) {
  std::size_t used = 0, kept = 0;  // kept: bytes that leave room for the sign of a cut
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t bytes = character_at(text, at).bytes;
    if (used < width) kept = at;
    used += std::max<std::size_t>(cells(text.substr(at, bytes)), 1);
    if (used > width) return std::string(text.substr(0, kept)) + "…";
    at += bytes;
  }
  return std::string(text);
}

std::string padded(std::string_view text, std::size_t width) {
  const std::size_t used = cells(text);
  return std::string(text) + std::string(width > used ? width - used : 0, ' ');
}

std::vector<std::string> wrap(std::string_view text, std::size_t width, std::size_t indent) {
  std::vector<std::string> lines(1);
  bool fresh = true;  // nothing but indentation on this line
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    const std::string_view word = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (!fresh && cells(lines.back()) + 1 + cells(word) > width) {
      lines.emplace_back(indent, ' ');
      fresh = true;
    }
    if (!fresh) lines.back() += ' ';
    lines.back() += word;
    fresh = false;
  }
  return lines;
}

std::string xml_text(std::string_view text) {
  std::string out;
  for (const char c : valid_text(text)) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '"': out += "&quot;"; break;
      case '\n': out += "&#10;"; break;  // an attribute would make it a blank
      case '\t': out += "&#9;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + ' ' + std::string(noun) + (count == 1 ? "" : "s");
}

std::string joined(const std::vector<std::string>& parts, std::string_view between) {
  std::string all;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) all += between;
    all += parts[i];
  }
  return all;
}

std::string listed(const std::vector<std::string>& parts, std::string_view last) {
  if (parts.size() < 2) return parts.empty() ? "" : parts[0];
  const std::vector<std::string> first(parts.begin(), parts.end() - 1);
  return joined(first, ", ") + ' ' + std::string(last) + ' ' + parts.back();
}

}  // namespace assent::command
