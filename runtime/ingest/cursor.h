// A walk over a document's tokens, which it holds to the grammar of JSON.
//
// Entry: Cursor: first_key, next_key, first_element, next_element, skip. The one who walks decides
// what to read; every token that they pass is checked, those of skipped parts as well. After a
// step that failed, complaint() says why, and the walk is over.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <string>

#include "runtime/ingest/document.h"

namespace assent::ingest {

// Lists and objects in each other, in parts that are skipped: one bit each. No quote nests so deep;
// what does is made to hurt.
inline constexpr std::uint32_t max_nesting = 65'536;

// Whether the token is a number of JSON's grammar, of any length.
bool is_number(std::string_view token);

class Cursor {
 public:
  enum class Step : std::uint8_t { member, end, failed };

  explicit Cursor(const Document& document)
      : text_(document.text()), offsets_(document.offsets()), document_(document) {}

  Mark at() const { return at_; }
  void go_to(Mark mark) { at_ = mark; }  // a place that it has been to
  char peek() const { return text_[offsets_[at_]]; }

  // From the brace or bracket that opens, to the first value in it, or past its end.
  Step first_key() {
    ++at_;
    return peek() == '}' ? close() : key_here();
  }
  Step first_element() {
    ++at_;
    return peek() == ']' ? close() : Step::member;
  }
  // From the token after a value, to the next value, or past the end.
  Step next_key() {
    if (peek() == ',') return ++at_, key_here();
    return peek() == '}' ? close() : fail("`,` or `}`");
  }
  Step next_element() {
    if (peek() == ',') return ++at_, Step::member;
    return peek() == ']' ? close() : fail("`,` or `]`");
  }
  Mark key() const { return at_ - 2; }  // right after first_key or next_key gave a member

  // Past the value that stands here. False if it is not one.
  bool skip() {
    const char c = peek();
    if (c == '"' || (c == 'n' && is_plain_null())) return ++at_, true;
    if (c == '{' || c == '[') return skip_nested();
    return skip_word();
  }
  bool is_null() const;  // the token here is `null`
  bool at_end();         // nothing follows; fails if something does

  Step fail(const char* expected) {
    expected_ = expected;
    return Step::failed;
  }
  bool failed() const { return too_deep_ || expected_ != nullptr; }
  bool too_deep() const { return too_deep_; }
  std::string complaint() const;  // if failed()

 private:
  Step close() { return ++at_, Step::end; }
  Step key_here() {
    if (peek() != '"') return fail("a key in quotes");
    ++at_;
    if (peek() != ':') return fail("`:`");
    ++at_;
    return Step::member;
  }
  // `null` with no space before the next token, which most values of a wide record are.
  bool is_plain_null() const {
    return std::memcmp(text_ + offsets_[at_], "null", 4) == 0 &&  // zeros follow the text
           offsets_[at_ + 1] - offsets_[at_] == 4;
  }
  bool skip_word();
  bool skip_nested();

  const char* text_;
  const std::uint32_t* offsets_;
  const Document& document_;
  Mark at_ = 0;
  const char* expected_ = nullptr;
  bool too_deep_ = false;
  std::array<std::uint64_t, max_nesting / 64> outer_;  // written before read; see skip_nested
};

}  // namespace assent::ingest
