// See members.h. One pass by recursive descent.
#include "tools/serve/members.h"

#include <set>
#include <utility>

#include <nlohmann/json.hpp>

#include "tools/text.h"

namespace assent::command::serve {

namespace {

using TakeMember = std::function<void(const std::string&, std::string_view)>;
using TakeElement = std::function<void(std::string_view)>;

class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool object(const TakeMember* take) { return opened('{', "an object") && members(take) && closed(); }
  bool array(const TakeElement* take) { return opened('[', "an array") && elements(take) && closed(); }

  bool value() {
    blanks();
    switch (peek()) {
      case '{': return object(nullptr);
      case '[': return array(nullptr);
      case '"': return string();
      case 't': return word("true");
      case 'f': return word("false");
      case 'n': return word("null");
      default: return number();
    }
  }

  // Whether there is nothing more.
  bool end() {
    blanks();
    return at_ == text_.size() || fail("nothing may follow");
  }

  const std::string& wrong() const { return wrong_; }

 private:
  bool fail(std::string_view what) {
    wrong_ = "byte " + std::to_string(at_) + ": ";
    wrong_ += at_ < text_.size() ? what : "the text ends here, and is not complete";
    return false;
  }

  // 0 at the end, where a byte 0 of the text would be as wrong.
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool eat(char c) {
    if (peek() != c) return false;
    ++at_;
    return true;
  }
  void blanks() {
    while (at_ < text_.size() && std::string_view(" \t\r\n").find(text_[at_]) != std::string_view::npos) ++at_;
  }
  bool digits() {
    const std::size_t begin = at_;
    while (peek() >= '0' && peek() <= '9') ++at_;
    return at_ > begin || fail("a digit was expected");
  }

  bool opened(char bracket, std::string_view what) {
    blanks();
    if (depth_ == max_json_depth)
      return fail("more than " + std::to_string(max_json_depth) + " arrays and objects inside each other");
    if (!eat(bracket)) return fail(std::string(what) + " was expected");
    ++depth_;
    return true;
  }
  bool closed() {
    --depth_;
    return true;
  }

  bool members(const TakeMember* take) {
    std::set<std::string> names;
    blanks();
    if (eat('}')) return true;
    do {
      blanks();
      const std::size_t begin = at_;
      if (peek() != '"') return fail("a name in quotation marks was expected");
      if (!string()) return false;
      std::optional<std::string> name;
      if (take) {
        name = text_of(text_.substr(begin, at_ - begin));
        const bool fresh = name && names.insert(*name).second;
        if (!fresh) at_ = begin;  // which is wrong
        if (!name) return fail("the name is no text of Unicode");
        if (!fresh) return fail("the name `" + shortened(printable(*name), 100) + "` is given twice in one object");
        if (names.size() > max_members) return fail("more than " + std::to_string(max_members) + " members");
      }
      blanks();
      if (!eat(':')) return fail("a `:` was expected");
      blanks();
      const std::size_t from = at_;
      if (!value()) return false;
      if (take) (*take)(*name, text_.substr(from, at_ - from));
      blanks();
    } while (eat(','));
    return eat('}') || fail("a `,` or a `}` was expected");
  }

  bool elements(const TakeElement* take) {
    blanks();
    if (eat(']')) return true;
    do {
      blanks();
      const std::size_t from = at_;
      if (!value()) return false;
      if (take) (*take)(text_.substr(from, at_ - from));
      blanks();
    } while (eat(','));
    return eat(']') || fail("a `,` or a `]` was expected");
  }

  bool string() {
    ++at_;  // the quotation mark
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '"') return ++at_, true;
      if (c == '\\') {
        ++at_;
        if (!escape()) return false;
      } else if (static_cast<unsigned char>(c) < 0x20) {
        return fail("a control character in a text");
      } else if (static_cast<unsigned char>(c) < 0x80) {
        ++at_;
      } else {
        const Character character = character_at(text_, at_);
        if (!character.valid) return fail("what is no UTF-8");
        at_ += character.bytes;
      }
    }
    return fail("");
  }

  bool escape() {
    if (eat('u')) {
      for (int i = 0; i < 4; ++i, ++at_)
        if (std::string_view("0123456789abcdefABCDEF").find(peek()) == std::string_view::npos)
          return fail("four hexadecimal digits were expected");
      return true;
    }
    if (std::string_view("\"\\/bfnrt").find(peek()) == std::string_view::npos) return fail("there is no such escape");
    ++at_;
    return true;
  }

  bool word(std::string_view expected) {
    if (!text_.substr(at_).starts_with(expected)) return fail("a value was expected");
    at_ += expected.size();
    return true;
  }

  bool number() {
    const bool negative = eat('-');
    if (!negative && !(peek() >= '0' && peek() <= '9')) return fail("a value was expected");
    if (!eat('0') && !digits()) return false;
    if (eat('.') && !digits()) return false;
    if (!eat('e') && !eat('E')) return true;
    if (!eat('+')) eat('-');
    return digits();
  }

  std::string_view text_;
  std::size_t at_ = 0, depth_ = 0;
  std::string wrong_;
};

}  // namespace

std::string each_member(std::string_view json, const TakeMember& take) {
  Scanner scanner(json);
  scanner.object(&take) && scanner.end();
  return scanner.wrong();
}

std::string each_element(std::string_view json, const TakeElement& take) {
  Scanner scanner(json);
  scanner.array(&take) && scanner.end();
  return scanner.wrong();
}

std::string what_is_wrong(std::string_view json) {
  Scanner scanner(json);
  scanner.value() && scanner.end();
  return scanner.wrong();
}

std::optional<std::string> text_of(std::string_view json) {
  if (!json.starts_with('"')) return std::nullopt;
  const nlohmann::json text = nlohmann::json::parse(json, nullptr, false);
  return text.is_string() ? std::optional(text.get<std::string>()) : std::nullopt;
}

}  // namespace assent::command::serve
