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
#include <string_view>

#include "runtime/ingest/document.h"

namespace assent::ingest {

// Lists and objects in each other, in parts that are skipped: one bit each. No quote nests so deep;
// what does is made to hurt.
inline constexpr std::uint32_t max_nesting = 65'536;

// Whether the token is a number of JSON's grammar, of any length.
bool is_number(std::string_view token);

// The same for the most usual ones: some digits, and perhaps some after a point. False says nothing.
inline bool is_usual_number(const char* at, const char* end) {
  const auto digit = [](char c) { return static_cast<unsigned char>(c - '0') < 10; };
  if (at == end || *at == '0' || !digit(*at)) return false;
  while (++at != end && digit(*at)) {}
  if (at == end) return true;
  if (*at != '.' || ++at == end) return false;
  for (; at != end; ++at) {
    if (!digit(*at)) return false;
  }
  return true;
}

class Cursor {
 public:
  enum class Step : std::uint8_t { member, end, failed };

  explicit Cursor(const Document& document)
      : text_(document.text()), offsets_(document.offsets()), count_(document.count()), document_(document) {}

  Mark at() const { return at_; }
  void go_to(Mark mark) { at_ = mark; }  // a place that it has been to
  char peek() const { return at_ != count_ ? text_[offsets_[at_]] : '\0'; }

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
  // Right after first_key or next_key gave a member:
  Mark key() const { return at_ - 2; }
  std::string_view key_text() const {  // what stands between its quotes, escapes and all
    const char* const begin = text_ + offsets_[at_ - 2] + 1;
    const char* const colon = text_ + offsets_[at_ - 1];
    if (colon[-1] == '"' && colon != begin) return {begin, static_cast<std::size_t>(colon - begin) - 1};
    return document_.inside(at_ - 2);
  }

  // After first_key or next_key: past members, to the first whose key is as long as one of those that are wanted, or
  // past the end. Bit i of `lengths`: keys of i bytes are, modulo 64. Nearly all members of a wide record are texts
  // and nulls that nobody wants.
  Step skip_members(Step step, std::uint64_t lengths) {
    if (step != Step::member) return step;
    Mark at = at_;
    while (true) {
      const std::uint32_t colon = offsets_[at - 1];
      const std::uint32_t length = colon - offsets_[at - 2] - 2;  // where no blank stands before the colon
      if (text_[colon - 1] != '"' || (lengths >> (length % 64) & 1) != 0) return at_ = at, Step::member;
      if (at != count_ && is_usual(offsets_[at], offsets_[at + 1])) {
        ++at;
      } else {
        at_ = at;
        if (!skip()) return Step::failed;
        at = at_;
      }
      // The next key, if all is as usual; else next_key() says what is the matter.
      if (at + 3 >= count_ || text_[offsets_[at]] != ',' || text_[offsets_[at + 1]] != '"' ||
          text_[offsets_[at + 2]] != ':') {
        at_ = at;
        if (const Step next = next_key(); next != Step::member) return next;
        at = at_;
      } else {
        at += 3;
      }
    }
  }

  // Past the value that stands here. False if it is not one.
  bool skip() {
    if (at_ != count_ && is_usual(offsets_[at_], offsets_[at_ + 1])) return ++at_, true;
    const char c = peek();
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
  // Whether the token is a text, a word or a usual number, with no space before the next one. Nearly all are.
  bool is_usual(std::uint32_t at, std::uint32_t next) const {
    const char* const token = text_ + at;
    switch (*token) {
      case '"': return true;
      case 'n': return next - at == 4 && std::memcmp(token, "null", 4) == 0;
      case 't': return next - at == 4 && std::memcmp(token, "true", 4) == 0;
      case 'f': return next - at == 5 && std::memcmp(token, "false", 5) == 0;
      default: return is_usual_number(token, text_ + next);
    }
  }
  bool skip_word();
  bool skip_nested();

  const char* text_;
  const std::uint32_t* offsets_;
  const Mark count_;
  const Document& document_;
  Mark at_ = 0;
  const char* expected_ = nullptr;
  bool too_deep_ = false;
  std::array<std::uint64_t, max_nesting / 64> outer_;  // written before read; see skip_nested
};

}  // namespace assent::ingest
