// Cursor: passing over what nobody reads, and complaints. Entry: Cursor::skip.
//
// Nested values are passed without recursion: the brackets that are open are bits, 1 for an object,
// the innermost 64 in one word.
#include "runtime/ingest/cursor.h"

#include <cstring>

#include "runtime/ingest/findings.h"

namespace assent::ingest {

namespace {

const char* pass_digits(const char* at, const char* end) {
  while (at != end && *at >= '0' && *at <= '9') ++at;
  return at;
}

}  // namespace

bool is_number(std::string_view token) {
  const char* at = token.data();
  const char* const end = at + token.size();
  if (at != end && *at == '-') ++at;
  const char* const whole = at;
  at = pass_digits(at, end);
  if (at == whole || (*whole == '0' && at - whole > 1)) return false;
  if (at != end && *at == '.') {
    const char* const point = ++at;
    at = pass_digits(at, end);
    if (at == point) return false;
  }
  if (at != end && (*at == 'e' || *at == 'E')) {
    ++at;
    if (at != end && (*at == '+' || *at == '-')) ++at;
    const char* const exponent = at;
    at = pass_digits(at, end);
    if (at == exponent) return false;
  }
  return at == end;
}

bool Cursor::is_null() const { return peek() == 'n' && document_.token(at_) == "null"; }

bool Cursor::skip_word() {
  if (at_ == count_) return fail("a value"), false;
  const std::string_view token = document_.token(at_);
  bool known = false;
  switch (token[0]) {
    case 'n': known = token == "null"; break;
    case 't': known = token == "true"; break;
    case 'f': known = token == "false"; break;
    default: known = is_number(token); break;
  }
  if (!known) return fail("a value"), false;
  ++at_;
  return true;
}

bool Cursor::skip_nested() {
  std::uint64_t open = 0;
  std::uint32_t depth = 0;
  const auto pop = [&] {
    --depth;
    open = depth % 64 == 0 ? outer_[depth / 64] : open >> 1;
  };
  do {
    Step step = Step::member;
    const char c = peek();
    if (c == '{' || c == '[') {
      if (depth == max_nesting) return too_deep_ = true, false;
      if (depth % 64 == 0) outer_[depth / 64] = open;
      open = open << 1 | (c == '{' ? 1 : 0);
      ++depth;
      step = c == '{' ? first_key() : first_element();
    } else {
      if (at_ != count_ && is_usual(offsets_[at_], offsets_[at_ + 1])) ++at_;
      else if (!skip_word()) return false;
      step = (open & 1) != 0 ? next_key() : next_element();
    }
    while (step == Step::end) {
      pop();
      if (depth == 0) return true;
      step = (open & 1) != 0 ? next_key() : next_element();
    }
    if (step == Step::failed) return false;
  } while (true);
}

bool Cursor::at_end() {
  if (at_ == document_.count()) return true;
  return fail("nothing after the end of the document"), false;
}

std::string Cursor::complaint() const {
  const std::size_t offset = offsets_[at_];
  const std::string place = document_.place(offset);
  if (too_deep_) {
    return "nested more than " + std::to_string(max_nesting) + " deep at " + place;
  }
  std::string message = "not JSON: expected ";
  message += expected_;
  message += " at " + place + ", found ";
  return message + (at_ == document_.count() ? "the end" : quoted(document_.token(at_)));
}

}  // namespace assent::ingest
