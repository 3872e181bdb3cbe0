// Document: copy, index, check of escapes. Entry: Document::load.
//
// simdjson's structural index is used without its second stage and without its On-Demand front,
// which passes over the parts that nobody asks for without looking: a text that is not JSON would
// be read as if it were.
#include "runtime/ingest/document.h"

#include <simdjson.h>

#include <algorithm>
#include <cassert>
#include <cstring>
#include <new>

namespace assent::ingest {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The number that the first four hexadecimal digits make, or -1.
std::int32_t code_unit(std::string_view digits) {
  if (digits.size() < 4) return -1;
  std::int32_t unit = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int digit = hex_digit(digits[i]);
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

void append_utf8(std::uint32_t point, std::string& out) {
  const auto byte = [&](std::uint32_t bits) { out += static_cast<char>(bits); };
  if (point < 0x80) return byte(point);
  if (point < 0x800) {
    byte(0xc0 | point >> 6);
  } else {
    if (point < 0x10000) {
      byte(0xe0 | point >> 12);
    } else {
      byte(0xf0 | point >> 18);
      byte(0x80 | (point >> 12 & 0x3f));
    }
    byte(0x80 | (point >> 6 & 0x3f));
  }
  byte(0x80 | (point & 0x3f));
}

char simple_escape(char c) {
  switch (c) {
    case 'b': return '\b';
    case 'f': return '\f';
    case 'n': return '\n';
    case 'r': return '\r';
    case 't': return '\t';
    default: return c;  // " \ /
  }
}

// Appends the character of the `\u` escape at `at` and returns its length; 0 for half a character.
std::size_t append_unit(std::string_view raw, std::size_t at, std::string& out) {
  const auto high = static_cast<std::uint32_t>(code_unit(raw.substr(at + 2)));
  if (high < 0xd800 || high > 0xdfff) {
    append_utf8(high, out);
    return 6;
  }
  if (high > 0xdbff || raw.size() - at < 12 || raw[at + 6] != '\\' || raw[at + 7] != 'u') return 0;
  const auto low = static_cast<std::uint32_t>(code_unit(raw.substr(at + 8)));
  if (low < 0xdc00 || low > 0xdfff) return 0;
  append_utf8(0x10000 + ((high - 0xd800) << 10 | (low - 0xdc00)), out);
  return 12;
}

std::string reason(simdjson::error_code error) {
  switch (error) {
    case simdjson::EMPTY: return "not JSON: the text is empty";
    case simdjson::UTF8_ERROR: return "not JSON: the text is not UTF-8";
    case simdjson::UNCLOSED_STRING: return "not JSON: a string is not closed";
    case simdjson::UNESCAPED_CHARS: return "not JSON: a control character stands in a string";
    default: return std::string("not JSON: ") + simdjson::error_message(error);
  }
}

}  // namespace

struct Document::Index {
  std::unique_ptr<simdjson::internal::dom_parser_implementation> stage;

  void reserve(std::size_t bytes) {
    if (stage && stage->capacity() >= bytes) return;
    const std::size_t doubled = stage ? 2 * stage->capacity() : 0;
    const std::size_t capacity = std::min(std::max(bytes, doubled), max_document_bytes);
    const simdjson::implementation& machine = *simdjson::get_active_implementation();
    if (machine.create_dom_parser_implementation(capacity, 1, stage)) throw std::bad_alloc();
  }
};

Document::Document() : index_(std::make_unique<Index>()) {}
Document::Document(Document&&) noexcept = default;
Document::~Document() = default;

bool Document::load(std::string_view json, std::string& complaint) {
  assert(json.size() <= max_document_bytes);
  kept_.clear();
  if (json.starts_with(byte_order_mark)) json.remove_prefix(byte_order_mark.size());
  text_ = json;
  if (text_.empty()) {
    complaint = reason(simdjson::EMPTY);
    return false;
  }
  index_->reserve(text_.size());
  // The first stage reads whole blocks as long as there are any, and copies what is left into a block of its own.
  const auto* const bytes = reinterpret_cast<const std::uint8_t*>(text_.data());
  const simdjson::error_code error = index_->stage->stage1(bytes, text_.size(), simdjson::stage1_mode::regular);
  if (error) {
    complaint = reason(error);
    return false;
  }
  count_ = index_->stage->n_structural_indexes;
  std::uint32_t* const offsets = index_->stage->structural_indexes.get();
  offsets[count_] = offsets[count_ + 1] = static_cast<std::uint32_t>(text_.size());  // there is room
  offsets_ = offsets;
  return check_escapes(complaint);
}

// A backslash outside a string is a token that no cursor passes; so all of them can be checked
// here, in one search that usually finds none.
bool Document::check_escapes(std::string& complaint) {
  has_escapes_ = false;
  for (std::size_t at = text_.find('\\'); at != std::string_view::npos; at = text_.find('\\', at)) {
    has_escapes_ = true;
    const std::string_view after = text_.substr(at + 1);
    const bool known = !after.empty() && std::string_view("\"\\/bfnrt").find(after[0]) != std::string_view::npos;
    if (!known && (!after.starts_with('u') || code_unit(after.substr(1)) < 0)) {
      complaint = "not JSON: an unknown escape at " + place(at);
      return false;
    }
    at += known ? 2 : 6;
  }
  return true;
}

std::string_view Document::keep(std::string_view text) {
  const std::span<char> room = kept_.take(text.size());
  std::copy(text.begin(), text.end(), room.begin());
  return {room.data(), room.size()};
}

std::optional<std::string_view> Document::string(Mark mark) {
  const std::string_view raw = inside(mark);
  if (!has_escapes_ || raw.find('\\') == std::string_view::npos) return keep(raw);
  if (!unescape(raw, unescaped_)) return std::nullopt;
  return keep(unescaped_);
}

std::string Document::place(std::size_t offset) const {
  std::size_t line = 1, column = 1;
  for (std::size_t i = 0; i < offset && i < text_.size(); ++i) {
    if (text_[i] == '\n') {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(text_[i]) & 0xc0) != 0x80) {
      ++column;  // characters, not bytes
    }
  }
  return "line " + std::to_string(line) + ", column " + std::to_string(column);
}

bool unescape(std::string_view raw, std::string& out) {
  out.clear();
  for (std::size_t at = 0; at < raw.size();) {
    const std::size_t next = std::min(raw.find('\\', at), raw.size());
    out.append(raw, at, next - at);
    at = next;
    if (at == raw.size()) break;
    if (raw[at + 1] != 'u') {
      out += simple_escape(raw[at + 1]);
      at += 2;
      continue;
    }
    const std::size_t length = append_unit(raw, at, out);
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace assent::ingest
