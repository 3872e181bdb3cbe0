// Entry: read_fields, read_content_type, first_word.
#include "runtime/delivery/fields.h"

#include <algorithm>

#include "runtime/value/fold_case.h"

namespace assent::delivery {

namespace {

constexpr std::string_view spaces = " \t";

std::string_view without_spaces(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(spaces);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(spaces) - begin + 1);
}

// Takes a line, with any line end; false if a CR in it ends no line.
bool take_line(std::string_view& rest, std::string_view& line) {
  const std::size_t end = rest.find('\n');
  line = rest.substr(0, end);
  rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line.find('\r') == std::string_view::npos;
}

bool is_field_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// "Name: value". Spaces before the colon are taken (RFC 5322 section 4.5): "From : x" is a second From to those who
// read it, and has to be one here.
bool add_field(std::string_view line, Fields& out) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos) return false;
  const std::string_view name = without_spaces(line.substr(0, colon));
  if (!is_field_name(name)) return false;
  out.all.push_back({fold_case(name), std::string(without_spaces(line.substr(colon + 1)))});
  return true;
}

bool continue_field(std::string_view line, Fields& out) {
  const std::string_view more = without_spaces(line);
  if (out.all.empty() || more.empty()) return false;
  std::string& value = out.all.back().value;
  if (!value.empty()) value += ' ';
  value += more;
  return true;
}

// Reads structured values: tokens and quoted strings, with comments and spaces between them.
struct ValueReader {
  std::string_view rest;
  bool ok = true;

  void skip_spaces_and_comments() {
    int depth = 0;
    while (!rest.empty()) {
      const char c = rest.front();
      if (depth == 0 && c != '(' && spaces.find(c) == std::string_view::npos) return;
      if (c == '(') ++depth;
      if (c == ')') --depth;
      rest.remove_prefix(c == '\\' && rest.size() > 1 ? 2 : 1);
    }
    if (depth > 0) ok = false;
  }

  bool take(char expected) {
    skip_spaces_and_comments();
    if (!rest.starts_with(expected)) return false;
    rest.remove_prefix(1);
    return true;
  }

  // RFC 2045 section 5.1. Empty if there is none.
  std::string_view token() {
    skip_spaces_and_comments();
    const auto ends = [](char c) {
      return c <= ' ' || c >= 0x7f || std::string_view("()<>@,;:\\\"/[]?=").find(c) != std::string_view::npos;
    };
    const auto end = std::find_if(rest.begin(), rest.end(), ends);
    const std::string_view found = rest.substr(0, static_cast<std::size_t>(end - rest.begin()));
    rest.remove_prefix(found.size());
    if (found.empty()) ok = false;
    return found;
  }

  // After its opening quote.
  std::string quoted() {
    std::string out;
    while (!rest.empty()) {
      char c = rest.front();
      rest.remove_prefix(1);
      if (c == '"') return out;
      if (c == '\\' && !rest.empty()) {
        c = rest.front();
        rest.remove_prefix(1);
      }
      out += c;
    }
    ok = false;
    return out;
  }

  std::string token_or_quoted() { return take('"') ? quoted() : std::string(token()); }
};

// Remembers which parameters stood there already.
bool set_parameter(ContentType& out, const std::string& name, const std::string& value,
                   std::vector<std::string>& seen) {
  if (std::find(seen.begin(), seen.end(), name) != seen.end()) return false;
  if (name.starts_with("charset*") || name.starts_with("boundary*")) return false;
  seen.push_back(name);
  if (name == "charset") out.charset = value;
  if (name == "boundary") out.boundary = value;
  if (name == "format") out.is_flowed = fold_case(value) == "flowed";
  if (name == "delsp") out.drops_space = fold_case(value) == "yes";
  return true;
}

constexpr std::size_t max_parameters = 30;  // of a type; those in use have three

}  // namespace

std::size_t Fields::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::count_if(all.begin(), all.end(), [&](const Field& field) { return field.name == name; }));
}

std::string_view Fields::value(std::string_view name) const {
  for (const Field& field : all) {
    if (field.name == name) return field.value;
  }
  return {};
}

ReplyRefusal read_fields(std::string_view entity, Fields& out, std::string_view& body) {
  out.all.clear();
  body = {};
  std::string_view rest = entity;
  while (!rest.empty()) {
    std::string_view line;
    const bool is_line = take_line(rest, line);
    if (entity.size() - rest.size() > max_header_bytes) return ReplyRefusal::too_large;
    if (!is_line || line.find('\0') != std::string_view::npos) return ReplyRefusal::malformed;
    if (line.empty()) {
      body = rest;
      return ReplyRefusal::none;
    }
    const bool continues = spaces.find(line.front()) != std::string_view::npos;
    if (continues ? !continue_field(line, out) : !add_field(line, out)) return ReplyRefusal::malformed;
    if (out.all.size() > max_fields) return ReplyRefusal::too_large;
  }
  return ReplyRefusal::none;
}

ReplyRefusal read_content_type(const Fields& fields, ContentType& out) {
  out = ContentType{};
  const std::size_t count = fields.count("content-type");
  if (count == 0) return ReplyRefusal::none;
  if (count > 1) return ReplyRefusal::malformed;
  ValueReader reader{fields.value("content-type")};
  out.type = fold_case(reader.token());
  if (!reader.take('/')) return ReplyRefusal::malformed;
  out.subtype = fold_case(reader.token());
  std::vector<std::string> seen;
  while (reader.ok && reader.take(';')) {
    reader.skip_spaces_and_comments();
    if (reader.rest.empty()) break;  // many write a semicolon after the last one
    const std::string name = fold_case(reader.token());
    if (!reader.take('=')) return ReplyRefusal::malformed;
    if (!set_parameter(out, name, reader.token_or_quoted(), seen)) return ReplyRefusal::malformed;
    if (seen.size() > max_parameters) return ReplyRefusal::too_large;
  }
  reader.skip_spaces_and_comments();
  return reader.ok && reader.rest.empty() ? ReplyRefusal::none : ReplyRefusal::malformed;
}

std::string first_word(std::string_view value) {
  ValueReader reader{value};
  reader.skip_spaces_and_comments();
  return fold_case(reader.rest.substr(0, reader.rest.find_first_of(" \t;(")));
}

}  // namespace assent::delivery
