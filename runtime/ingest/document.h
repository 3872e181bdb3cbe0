// A JSON text and the places of its tokens. The text is borrowed: of a quote of 200 KB a policy reads some hundred
// bytes, and those alone are copied.
//
// Entry: Document::load. simdjson's first stage finds the tokens (and checks UTF-8, the ends of
// strings and control characters in them); whether their order makes sense is the Cursor's to say,
// token by token, so that no part of a text is taken unread.
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/pool.h"

namespace assent::ingest {

// The ordinal of a token in its document: a brace, bracket, colon, comma, or the start of a scalar.
using Mark = std::uint32_t;
inline constexpr Mark no_mark = 0xffff'ffffu;

// Offsets are 32 bits; half of that leaves room for sums. Callers have smaller limits of their own.
inline constexpr std::size_t max_document_bytes = 0x7fff'ffffu;

constexpr bool is_space(char c) { return c == ' ' || c == '\n' || c == '\r' || c == '\t'; }

class Document {  // invariant: after a load that succeeded, offsets and escapes are the text's
 public:
  Document();
  Document(Document&&) noexcept;
  ~Document();

  // Borrows `json`, without a byte order mark, until the next load; no byte after it is looked at. Returns false and
  // says why in `complaint` if it can be no JSON, whatever its structure; the document is then not to be used.
  bool load(std::string_view json, std::string& complaint);

  const char* text() const { return text_.data(); }
  std::size_t size() const { return text_.size(); }
  Mark count() const { return count_; }
  const std::uint32_t* offsets() const { return offsets_; }  // count() of them, then size() twice
  bool has_escapes() const { return has_escapes_; }          // anywhere
  char first(Mark mark) const { return mark == count_ ? '\0' : text_[offsets_[mark]]; }

  // A scalar's text as it stands there, a string's with its quotes.
  std::string_view token(Mark mark) const {
    const char* const begin = text_.data() + offsets_[mark];
    const char* end = text_.data() + offsets_[mark + 1];
    while (end != begin && is_space(end[-1])) --end;
    return {begin, static_cast<std::size_t>(end - begin)};
  }

  // What stands between the quotes of the string at `mark`, escapes and all.
  std::string_view inside(Mark mark) const {
    const std::string_view raw = token(mark);
    assert(raw.size() >= 2 && raw.front() == '"' && raw.back() == '"');
    return {raw.data() + 1, raw.size() - 2};
  }

  // The string at `mark`, a copy that is good until the next load; nothing if an escape in it is half a character.
  std::optional<std::string_view> string(Mark mark);
  // A copy that is good until the next load.
  std::string_view keep(std::string_view text);

  std::string place(std::size_t offset) const;  // "line 3, column 17"

 private:
  struct Index;  // simdjson's first stage

  bool check_escapes(std::string& complaint);

  std::unique_ptr<Index> index_;
  std::string_view text_;
  const std::uint32_t* offsets_ = nullptr;
  Mark count_ = 0;
  bool has_escapes_ = false;
  Pool<char> kept_;
  std::string unescaped_;
};

// Writes `raw`, whose escapes are known to be well formed, into `out`. False if one of them is half
// of a surrogate pair.
bool unescape(std::string_view raw, std::string& out);

}  // namespace assent::ingest
