// See logic.h.
#include "tools/import/logic.h"

#include <algorithm>
#include <utility>

#include "tools/import/words.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::size_t longest_line = 100;

// What decides the whole alone, and what says nothing in it.
std::string_view deciding(Logic::Kind kind) { return kind == Logic::Kind::all ? "false" : "true"; }
std::string_view saying_nothing(Logic::Kind kind) { return kind == Logic::Kind::all ? "true" : "false"; }

Logic combined(Logic::Kind kind, std::vector<Logic> parts) {
  Logic whole{kind, "", {}};
  for (Logic& part : parts) {
    if (part.kind == Logic::Kind::one && part.text == deciding(kind)) return part;
    if (part.kind == Logic::Kind::one && part.text == saying_nothing(kind)) continue;
    if (part.kind == kind)
      std::move(part.parts.begin(), part.parts.end(), std::back_inserter(whole.parts));
    else
      whole.parts.push_back(std::move(part));
  }
  if (whole.parts.empty()) return one(std::string(saying_nothing(kind)));
  if (whole.parts.size() == 1) return std::move(whole.parts.front());
  return whole;
}

// Or ← And ("OR" And)*, And ← Part ("AND" Part)*, Part ← number | "(" Or ")"
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  ParsedLogic parse() {
    if (text_.size() > max_logic_bytes) {
      fail(0, "longer than " + std::to_string(max_logic_bytes) + " characters");
      return std::move(parsed_);
    }
    next();
    parsed_.logic = disjunction(0);
    if (parsed_.problem.empty() && !word_.empty()) unexpected("`AND`, `OR` or the end");
    return std::move(parsed_);
  }

 private:
  Logic disjunction(std::size_t depth) {
    std::vector<Logic> parts;
    bool has_and = false;
    do parts.push_back(conjunction(depth, has_and));
    while (take("or"));
    if (parts.size() > 1 && has_and) parsed_.is_mixed = true;
    return any_of(std::move(parts));
  }

  Logic conjunction(std::size_t depth, bool& has_and) {
    std::vector<Logic> parts;
    do parts.push_back(part(depth));
    while (take("and"));
    has_and = has_and || parts.size() > 1;
    return all_of(std::move(parts));
  }

  Logic part(std::size_t depth) {
    if (depth > max_logic_depth) {
      fail(begin_, "more than " + std::to_string(max_logic_depth) + " brackets inside each other");
      return one("false");
    }
    if (take("(")) {
      Logic inner = disjunction(depth + 1);
      if (!take(")")) unexpected("`)`");
      return inner;
    }
    const std::optional<std::string> number = is_digit(word_) ? canonical_number(word_) : std::nullopt;
    if (!number) {
      unexpected(word_ == "not" ? "a number: the original has no NOT" : "the number of a condition");
      return one("false");
    }
    next();
    return one(*number);
  }

  static bool is_digit(const std::string& word) { return !word.empty() && word[0] >= '0' && word[0] <= '9'; }
  static bool is_in_word(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0;
  }

  void next() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\t' || text_[at_] == '\n' || text_[at_] == '\r'))
      ++at_;
    begin_ = at_;
    if (at_ < text_.size()) ++at_;
    if (at_ > begin_ && is_in_word(text_[begin_]))
      while (at_ < text_.size() && is_in_word(text_[at_])) ++at_;
    word_ = lower(text_.substr(begin_, at_ - begin_));
  }

  bool take(std::string_view word) {
    if (!parsed_.problem.empty() || word_ != word) return false;
    next();
    return true;
  }

  void unexpected(const std::string& wanted) {
    fail(begin_, (word_.empty() ? "the end" : '`' + std::string(text_.substr(begin_, at_ - begin_)) + '`') +
                     " instead of " + wanted);
  }
  void fail(std::size_t at, const std::string& what) {
    if (parsed_.problem.empty()) parsed_.problem = "column " + std::to_string(at + 1) + ": " + what;
  }

  std::string_view text_;
  std::size_t at_ = 0, begin_ = 0;
  std::string word_;  // in small letters; empty at the end
  ParsedLogic parsed_;
};

std::vector<std::string> texts_of(const Logic& logic) {
  std::vector<std::string> texts;
  for (const Logic& part : logic.parts)
    texts.push_back(part.kind == Logic::Kind::any ? '(' + text_of(part) + ')' : text_of(part));
  return texts;
}

std::string_view word_of(Logic::Kind kind) { return kind == Logic::Kind::all ? "and " : "or "; }

}  // namespace

Logic one(std::string text) { return {Logic::Kind::one, std::move(text), {}}; }
Logic all_of(std::vector<Logic> parts) { return combined(Logic::Kind::all, std::move(parts)); }
Logic any_of(std::vector<Logic> parts) { return combined(Logic::Kind::any, std::move(parts)); }

bool is_constant(const Logic& logic) {
  return logic.kind == Logic::Kind::one && (logic.text == "true" || logic.text == "false");
}

ParsedLogic parse_logic(std::string_view text) { return Parser(text).parse(); }

Logic replaced(const Logic& logic, const std::function<Logic(const std::string&)>& with) {
  if (logic.kind == Logic::Kind::one) return with(logic.text);
  std::vector<Logic> parts;
  for (const Logic& part : logic.parts) parts.push_back(replaced(part, with));
  return combined(logic.kind, std::move(parts));
}

std::string text_of(const Logic& logic) {
  if (logic.kind == Logic::Kind::one) return logic.text;
  return joined(texts_of(logic), ' ' + std::string(word_of(logic.kind)));
}

std::string text_of(const Logic& logic, std::string_view line_start) {
  std::string whole = text_of(logic);
  if (logic.kind == Logic::Kind::one || whole.size() + line_start.size() <= longest_line) return whole;
  return joined(texts_of(logic), std::string(line_start) + std::string(word_of(logic.kind)));
}

}  // namespace assent::command
