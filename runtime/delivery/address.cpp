// Entry: address_fault, is_dot_atom, read_sender.
//
// read_sender goes once through the value, left to right: words, quoted strings and comments may stand before one
// address in angle brackets, comments after it; without brackets there is one word, the address.
#include "runtime/delivery/address.h"

namespace assent::delivery {

namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

// atext, RFC 5322 section 3.2.3.
bool is_atom_character(char c) {
  return is_letter_or_digit(c) || std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) != std::string_view::npos;
}

bool is_domain_label(std::string_view label) {
  if (label.empty() || label.size() > max_label_bytes) return false;
  for (const char c : label) {
    if (!is_letter_or_digit(c) && c != '-') return false;
  }
  return label.front() != '-' && label.back() != '-';
}

bool is_domain(std::string_view domain) {
  for (;;) {
    const std::size_t point = domain.find('.');
    if (!is_domain_label(domain.substr(0, point))) return false;
    if (point == std::string_view::npos) return true;
    domain.remove_prefix(point + 1);
  }
}

// Takes a comment, which `rest` begins with. False if it does not end, or nests too deep.
bool skip_comment(std::string_view& rest) {
  int depth = 0;
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(c == '\\' && rest.size() > 1 ? 2 : 1);
    if (c == '(' && ++depth > max_comment_depth) return false;
    if (c == ')' && --depth == 0) return true;
  }
  return false;
}

// Takes a quoted string, which `rest` begins with. False if it does not end.
bool skip_quoted(std::string_view& rest) {
  rest.remove_prefix(1);
  while (!rest.empty()) {
    const char c = rest.front();
    rest.remove_prefix(c == '\\' && rest.size() > 1 ? 2 : 1);
    if (c == '"') return true;
  }
  return false;
}

// Takes what is between < and >, which `rest` begins with. False if there is no >.
bool take_bracketed(std::string_view& rest, std::string_view& out) {
  const std::size_t end = rest.find('>');
  if (end == std::string_view::npos) return false;
  out = rest.substr(1, end - 1);
  rest.remove_prefix(end + 1);
  return true;
}

std::string_view take_word(std::string_view& rest) {
  const std::string_view word = rest.substr(0, rest.find_first_of(" \t()<>,;:\""));
  rest.remove_prefix(word.size());
  return word;
}

}  // namespace

std::string_view address_fault(std::string_view address) {
  if (address.size() > max_address_bytes) return "an address is at most 254 bytes long";
  const std::size_t at = address.find('@');
  if (at == std::string_view::npos) return "an address has an `@`";
  if (at > max_local_part_bytes) return "an address has at most 64 bytes before its `@`";
  if (!is_dot_atom(address.substr(0, at)))
    return "before the `@` are ASCII letters, digits, single points and !#$%&'*+-/=?^_`{|}~";
  if (!is_domain(address.substr(at + 1))) return "after the `@` is a domain name in ASCII";
  return {};
}

bool is_dot_atom(std::string_view text) {
  char before = '.';
  for (const char c : text) {
    if (c == '.' ? before == '.' : !is_atom_character(c)) return false;
    before = c;
  }
  return before != '.';
}

ReplyRefusal read_sender(std::string_view value, std::string& out) {
  std::string_view rest = value;
  std::string_view bracketed;  // what is in angle brackets, if has_brackets
  std::string_view word;       // the last one outside them
  int words = 0;               // quoted strings too
  bool has_brackets = false;
  bool names_address = false;  // an @ outside brackets, quotes and comments
  while (!rest.empty()) {
    const char c = rest.front();
    if (c == ' ' || c == '\t') {
      rest.remove_prefix(1);
    } else if (c == '(') {
      if (!skip_comment(rest)) return ReplyRefusal::ambiguous_sender;
    } else if (has_brackets) {
      return ReplyRefusal::ambiguous_sender;  // something after the address
    } else if (c == '<') {
      if (!take_bracketed(rest, bracketed)) return ReplyRefusal::ambiguous_sender;
      has_brackets = true;
    } else if (c == '"') {
      if (!skip_quoted(rest)) return ReplyRefusal::ambiguous_sender;
      ++words;
    } else {
      word = take_word(rest);
      if (word.empty()) return ReplyRefusal::ambiguous_sender;  // a comma, semicolon, colon, or a bracket that closes
      names_address = names_address || word.find('@') != std::string_view::npos;
      ++words;
    }
  }
  if (!has_brackets && words == 0) return ReplyRefusal::no_sender;
  const std::string_view address = has_brackets ? bracketed : word;
  const bool is_one = has_brackets ? !names_address : words == 1;
  if (!is_one || !is_address(address)) return ReplyRefusal::ambiguous_sender;
  out = address;
  return ReplyRefusal::none;
}

}  // namespace assent::delivery
