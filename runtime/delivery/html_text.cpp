// Entry: html_text.
//
// One pass, with no tree and no stack: a counter of open quotations, and while an element is dropped, its name and how
// many of that name are open. Each step takes at least one character, so the time is that of the length.
#include "runtime/delivery/html_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "runtime/delivery/charset.h"
#include "runtime/value/fold_case.h"

namespace assent::delivery {

namespace {

using Name = std::string_view;

template <std::size_t count>
bool is_one_of(const std::array<Name, count>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Begin and end a line of their own.
constexpr std::array<Name, 26> blocks = {"p",  "div", "tr", "li",     "ul",         "ol",      "table",   "h1",    "h2",
                                         "h3", "h4",  "h5", "h6",     "blockquote", "hr",      "pre",     "body",  "dl",
                                         "dt", "dd",  "td", "center", "section",    "article", "address", "header"};

// Whose content is never shown, or not as text.
constexpr std::array<Name, 8> unseen = {"script", "style", "head", "title", "template", "svg", "object", "select"};

// Their content is not HTML: it ends with the closing tag of this name alone.
constexpr std::array<Name, 3> raw = {"script", "style", "title"};

// Without content and closing tag.
constexpr std::array<Name, 8> childless = {"br", "hr", "img", "input", "meta", "link", "wbr", "col"};

struct Tag {
  std::string name;        // in lower case; begins with ! or ? in a declaration
  std::string attributes;  // in lower case, a space before each, none within
  bool closes = false;
};

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

// Takes a comment, which `rest` begins with; all of it if it does not end.
void skip_comment(std::string_view& rest) {
  const std::size_t end = rest.find("-->", 2);  // <!--> is one too
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 3);
}

// Takes the tag that `rest` begins with, up to a > outside quotes. Nothing if there is none: then all is taken.
std::optional<Tag> take_tag(std::string_view& rest) {
  Tag tag;
  rest.remove_prefix(1);
  tag.closes = rest.starts_with('/');
  if (tag.closes) rest.remove_prefix(1);
  bool in_name = true;
  char quote = 0;
  char before = 0;  // the last character that was no space
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(1);
    if (quote == 0 && c == '>') {
      tag.name = fold_case(tag.name);
      tag.attributes = fold_case(tag.attributes);
      return tag;
    }
    if (is_space(c) || (quote == 0 && c == '/' && before != '=')) {
      in_name = false;
      if (quote == 0 && before != '=' && !tag.attributes.ends_with(' ')) tag.attributes += ' ';
      continue;
    }
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && before == '=') {
      quote = c;
    }
    (in_name ? tag.name : tag.attributes) += c;
    before = c;
  }
  return std::nullopt;
}

bool is_hidden(const Tag& tag) {
  if (tag.attributes.find("display:none") != std::string::npos) return true;
  if (tag.attributes.find("visibility:hidden") != std::string::npos) return true;
  return (tag.attributes + ' ').find(" hidden ") != std::string::npos ||
         tag.attributes.find(" hidden=") != std::string::npos;
}

// Takes a character reference, which `rest` begins with, and appends its character; a lone & if it is none.
void take_reference(std::string_view& rest, std::string& out) {
  constexpr std::size_t longest = 12;  // so that no number overflows 32 bits
  struct Named {
    std::string_view name, character;
  };
  constexpr std::array<Named, 6> named = {
      {{"amp", "&"}, {"lt", "<"}, {"gt", ">"}, {"quot", "\""}, {"apos", "'"}, {"nbsp", "\xc2\xa0"}}};
  const std::size_t end = rest.substr(0, longest).find(';');
  const std::string_view name = end == std::string_view::npos ? "" : rest.substr(1, end - 1);
  for (const Named& known : named) {
    if (name != known.name) continue;
    out += known.character;
    rest.remove_prefix(end + 1);
    return;
  }
  const bool is_hex = name.starts_with("#x") || name.starts_with("#X");
  std::uint32_t number = 0;
  bool is_number = name.starts_with('#') && name.size() > (is_hex ? 2u : 1u);
  for (const char c : name.substr(std::min<std::size_t>(name.size(), is_hex ? 2 : 1))) {
    const std::string_view digits = is_hex ? "0123456789abcdef" : "0123456789";
    const std::size_t digit = digits.find(fold_case({&c, 1}));
    is_number = is_number && digit != std::string_view::npos;
    if (is_number) number = number * static_cast<std::uint32_t>(digits.size()) + static_cast<std::uint32_t>(digit);
  }
  if (!is_number) {
    out += '&';
    rest.remove_prefix(1);
    return;
  }
  append_character(out, number < ' ' || number == 0x7f ? ' ' : number);
  rest.remove_prefix(end + 1);
}

class Reader {  // invariant: line_ is the end of the text, without its line end and the mark of a quotation
 public:
  std::string read(std::string_view html);

 private:
  void take_character(std::string_view& rest);
  void skip_raw(std::string_view& rest);
  void enter(const Tag& tag);
  void count_dropped(const Tag& tag);
  void break_line();
  void end_block();

  std::string text_;
  std::string line_;
  int quotations_ = 0;   // blockquotes that are open
  std::string dropped_;  // the name of the element that is dropped, "" if none is
  int dropped_open_ = 0;  // elements of that name that are open
};

void Reader::break_line() {
  if (quotations_ > 0) text_ += "> ";
  text_ += line_;
  text_ += '\n';
  line_.clear();
}

void Reader::end_block() {
  if (!line_.empty()) break_line();
}

void Reader::count_dropped(const Tag& tag) {
  if (tag.name != dropped_) return;
  dropped_open_ += tag.closes ? -1 : 1;
  if (dropped_open_ == 0) dropped_.clear();
}

void Reader::enter(const Tag& tag) {
  const bool has_content = !tag.closes && !is_one_of(childless, tag.name);
  if (has_content && (is_one_of(unseen, tag.name) || is_hidden(tag))) {
    dropped_ = tag.name;
    dropped_open_ = 1;
    return;
  }
  if (tag.name == "br") return break_line();
  if (is_one_of(blocks, tag.name)) end_block();
  if (tag.name == "blockquote" && !tag.closes) ++quotations_;
  if (tag.name == "blockquote" && tag.closes && quotations_ > 0) --quotations_;
}

// To the closing tag of an element whose content is not HTML.
void Reader::skip_raw(std::string_view& rest) {
  const std::string closing = "</" + dropped_;
  while (!rest.empty() && fold_case(rest.substr(0, closing.size())) != closing) {
    rest.remove_prefix(std::min(rest.find('<', 1), rest.size()));
  }
}

void Reader::take_character(std::string_view& rest) {
  const char c = rest.front();
  std::string character;
  if (c == '&') {
    take_reference(rest, character);
  } else {
    if (!is_space(c)) {
      character = c;
    } else if (!line_.empty() && !line_.ends_with(' ')) {
      character = ' ';
    }
    rest.remove_prefix(1);
  }
  if (dropped_.empty()) line_ += character;
}

std::string Reader::read(std::string_view rest) {
  while (!rest.empty()) {
    const char next = rest.size() > 1 ? rest[1] : ' ';
    if (rest.starts_with("<!--")) {
      skip_comment(rest);
    } else if (rest.front() == '<' && (is_letter(next) || next == '/' || next == '!' || next == '?')) {
      const std::optional<Tag> tag = take_tag(rest);
      if (!tag) break;
      dropped_.empty() ? enter(*tag) : count_dropped(*tag);
      if (is_one_of(raw, dropped_)) skip_raw(rest);
    } else {
      take_character(rest);
    }
  }
  end_block();
  return std::move(text_);
}

}  // namespace

std::string html_text(std::string_view html) { return Reader{}.read(html); }

}  // namespace assent::delivery
