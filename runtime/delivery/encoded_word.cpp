// Entry: append_encoded_words, decode_encoded_words.
//
// An encoded word is =?charset?B?base64?= or =?charset?Q?text?=, the latter with _ for a space and =XX for a byte.
#include "runtime/delivery/encoded_word.h"

#include <algorithm>
#include <optional>

#include "runtime/delivery/charset.h"
#include "runtime/delivery/quoted_printable.h"
#include "runtime/value/base64.h"

namespace assent::delivery {

namespace {

constexpr std::string_view opening = "=?UTF-8?B?";
constexpr std::string_view closing = "?=";

// Bytes whose encoded word has at most `characters`.
constexpr std::size_t bytes_within(std::size_t characters) {
  const std::size_t around = opening.size() + closing.size();
  return characters < around ? 0 : (characters - around) / 4 * 3;
}

// A word that is read may be longer than the standard allows, as it often is, but no longer than a line.
constexpr std::size_t max_line = 998;

constexpr std::size_t longest_character = 4;  // bytes of UTF-8
static_assert(bytes_within(max_encoded_word) >= longest_character);

std::optional<std::string> decode_q(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  // Neither a soft line break nor a space that is dropped can be in a word: it has no line ends, and no spaces.
  if (spaced.ends_with('=')) return std::nullopt;
  spaced += '.';  // keeps a space at the end
  std::optional<std::string> decoded = decode_quoted_printable(spaced);
  if (decoded) decoded->pop_back();
  return decoded;
}

// Takes the encoded word that `rest` begins with and appends its text; false if it begins with none that is whole.
bool take_encoded_word(std::string_view& rest, std::string& out) {
  if (!rest.starts_with("=?")) return false;
  std::string_view word = rest.substr(0, max_line);
  word = word.substr(0, word.find_first_of(" \t"));
  const std::size_t charset_end = word.find('?', 2);
  if (charset_end == std::string_view::npos || charset_end + 2 >= word.size() || word[charset_end + 2] != '?')
    return false;
  const std::size_t text_at = charset_end + 3;
  const std::size_t text_end = word.find('?', text_at);
  if (text_end == std::string_view::npos || !word.substr(text_end).starts_with(closing)) return false;

  std::string_view charset = word.substr(2, charset_end - 2);
  charset = charset.substr(0, charset.find('*'));  // a language may follow: RFC 2231 section 5
  const std::string_view encoded = word.substr(text_at, text_end - text_at);
  std::optional<std::string> bytes;
  switch (word[charset_end + 1]) {
    case 'b':
    case 'B': bytes = decode_base64(encoded); break;
    case 'q':
    case 'Q': bytes = decode_q(encoded); break;
    default: return false;
  }
  std::string text;
  if (!bytes || to_utf8(charset, *bytes, text) != ReplyRefusal::none) return false;
  out += text;
  rest.remove_prefix(text_end + closing.size());
  return true;
}

}  // namespace

void append_encoded_words(std::string& out, std::size_t column, std::string_view text) {
  while (!text.empty()) {
    const std::size_t room = max_encoded_word_line - std::min(column, max_encoded_word_line);
    std::size_t bytes = bytes_within(std::min(room, max_encoded_word));
    if (bytes < longest_character) {
      out += "\r\n ";
      column = 1;
      continue;
    }
    bytes = character_boundary(text, bytes);
    out += opening;
    out += base64(text.substr(0, bytes));
    out += closing;
    text.remove_prefix(bytes);
    column = max_encoded_word_line;  // the next word begins a line
  }
}

std::string decode_encoded_words(std::string_view value) {
  std::string out;
  bool after_word = false;  // with nothing since then but spaces
  std::size_t word_end = 0;
  while (!value.empty()) {
    std::string word;
    if (take_encoded_word(value, word)) {
      if (after_word) out.resize(word_end);
      out += word;
      after_word = true;
      word_end = out.size();
      continue;
    }
    after_word = after_word && (value.front() == ' ' || value.front() == '\t');
    out += value.front();
    value.remove_prefix(1);
  }
  for (char& c : out) {
    if (static_cast<unsigned char>(c) < ' ' || c == 0x7f) c = ' ';
  }
  return out;
}

}  // namespace assent::delivery
