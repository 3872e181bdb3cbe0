// See words.h.
#include "tools/import/words.h"

#include <algorithm>
#include <array>

#include "tools/text.h"

namespace assent::command {

namespace {

// What the language reads as itself where a name of ours stands, and what a policy reads of the quote.
constexpr std::array unusable = {"absent", "all",   "and",     "any",     "between",  "else",     "every",    "false",
                                 "for",    "has",   "in",      "is",      "no",       "not",      "or",       "present",
                                 "then",   "true",  "unless",  "veto",    "when",     "where",  // reserved
                                 "person", "role",  "people",  "same",    "override", "other",    "approved", "quote",
                                 "line",   "today",  // mean something else
                                 "abs",    "round", "percent", "number",  "amount",   "currency", "money",    "convert",
                                 "year",   "month", "day",     "date",    "days",     "length",   "count",    "sum",
                                 "min",    "max",   "average", "distinct"};  // functions

constexpr char32_t first_latin = 0xC0, last_latin = 0xFF;
constexpr std::string_view latin_as_ascii = "aaaaaaaceeeeiiiidnooooo_ouuuuytsaaaaaaaceeeeiiiidnooooo_ouuuuyty";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }
char small(char c) { return is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c; }

// A letter or digit of ASCII; `_` for whatever else.
char plain(char32_t c) {
  if (c >= first_latin && c <= last_latin) return latin_as_ascii[c - first_latin];
  const bool usable = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  return usable ? small(static_cast<char>(c)) : '_';
}

}  // namespace

std::string name_from(std::string_view text) {
  std::string name;
  for (std::size_t at = 0; at < text.size() && name.size() < max_name_bytes;) {
    const Character character = character_at(text, at);
    at += character.bytes;
    const char c = plain(character.value);
    if (c != '_')
      name += c;
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  while (name.ends_with('_')) name.pop_back();
  if (!name.empty() && is_digit(name.front())) name.insert(name.begin(), '_');
  return name;
}

std::string name_from_field(std::string_view api_name) {
  if (const std::size_t dot = api_name.rfind('.'); dot != std::string_view::npos)
    return name_from_field(api_name.substr(0, dot)) + '_' + name_from_field(api_name.substr(dot + 1));
  if (api_name.ends_with("__c") || api_name.ends_with("__r")) api_name.remove_suffix(3);
  if (const std::size_t space = api_name.find("__"); space != std::string_view::npos) api_name.remove_prefix(space + 2);
  std::string words;
  for (std::size_t i = 0; i < api_name.size(); ++i) {
    const bool begins = i > 0 && is_capital(api_name[i]) && !is_capital(api_name[i - 1]);
    const bool ends_capitals = i > 0 && i + 1 < api_name.size() && is_capital(api_name[i]) &&
                               is_capital(api_name[i - 1]) && api_name[i + 1] >= 'a' && api_name[i + 1] <= 'z';
    if (begins || ends_capitals) words += ' ';
    words += api_name[i];
  }
  return name_from(words);
}

TakenNames::TakenNames() { taken_.insert(unusable.begin(), unusable.end()); }

std::string TakenNames::claim(const std::string& base, std::string_view hint) {
  const std::string wanted = base.empty() ? std::string(hint) : base;
  if (taken_.insert(wanted).second) return wanted;
  if (!base.empty() && taken_.insert(base + '_' + std::string(hint)).second) return base + '_' + std::string(hint);
  for (std::size_t& number = next_.try_emplace(wanted, 2).first->second;; ++number) {
    std::string name = wanted + '_' + std::to_string(number);
    if (taken_.insert(name).second) return name;
  }
}

std::optional<std::string> quoted(std::string_view text) {
  std::string literal = "\"";
  for (const char c : text) {
    if (c == '\r' || c == '\0') return std::nullopt;
    if (c == '"' || c == '\\') literal += '\\';
    if (c == '\n')
      literal += "\\n";
    else if (c == '\t')
      literal += "\\t";
    else
      literal += c;
  }
  return literal + '"';
}

std::string title(std::string_view text) { return *quoted(printable(text)); }

std::optional<std::string> canonical_number(std::string_view text) {
  constexpr std::size_t most_digits = 34;
  constexpr long most_exponent = 100;
  const bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  std::string digits;
  long point = 0, exponent = 0;  // digits after the point; power of ten
  bool any = false, after_point = false;
  std::size_t at = 0;
  for (; at < text.size() && (is_digit(text[at]) || (text[at] == '.' && !after_point)); ++at) {
    if (text[at] == '.') {
      after_point = true;
      continue;
    }
    any = true;
    digits += text[at];
    if (after_point) ++point;
  }
  if (!any) return std::nullopt;
  if (at < text.size()) {
    if (text[at] != 'e' && text[at] != 'E') return std::nullopt;
    ++at;
    const bool down = at < text.size() && text[at] == '-';
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) ++at;
    if (at == text.size()) return std::nullopt;
    for (; at < text.size(); ++at) {
      if (!is_digit(text[at]) || exponent > most_exponent) return std::nullopt;
      exponent = exponent * 10 + (text[at] - '0');
    }
    if (exponent > most_exponent) return std::nullopt;
    if (down) exponent = -exponent;
  }
  point -= exponent;
  if (point < 0) digits.append(static_cast<std::size_t>(-point), '0'), point = 0;
  if (digits.size() <= static_cast<std::size_t>(point))
    digits.insert(0, static_cast<std::size_t>(point) + 1 - digits.size(), '0');
  std::string whole = digits.substr(0, digits.size() - static_cast<std::size_t>(point));
  std::string fraction = digits.substr(whole.size());
  whole.erase(0, std::min(whole.find_first_not_of('0'), whole.size() - 1));
  while (fraction.ends_with('0')) fraction.pop_back();
  if (whole.size() + fraction.size() > most_digits) return std::nullopt;
  const bool zero = whole == "0" && fraction.empty();
  return (negative && !zero ? "-" : "") + whole + (fraction.empty() ? "" : '.' + fraction);
}

std::string written_number(std::string_view canonical) {
  const std::size_t begin = canonical.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(canonical.find('.'), canonical.size());
  std::string number(canonical.substr(0, begin));
  for (std::size_t at = begin; at < end; ++at) {
    if (at > begin && (end - at) % 3 == 0) number += '_';
    number += canonical[at];
  }
  return number + std::string(canonical.substr(end));
}

std::string trimmed(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(blanks);
  if (begin == std::string_view::npos) return {};
  return std::string(text.substr(begin, text.find_last_not_of(blanks) - begin + 1));
}

}  // namespace assent::command
