// JSON as a tree: one function for each kind of value. Entry: parse_json.
#include "tests/naive/naive_json.h"

#include <cassert>
#include <cstdint>

namespace assent::naive {

namespace {

void append_utf8(std::uint32_t point, std::string& out) {
  const auto put = [&](std::uint32_t byte) { out += static_cast<char>(byte); };
  if (point < 0x80) {
    put(point);
  } else if (point < 0x800) {
    put(0xc0 | point >> 6);
    put(0x80 | (point & 0x3f));
  } else if (point < 0x10000) {
    put(0xe0 | point >> 12);
    put(0x80 | (point >> 6 & 0x3f));
    put(0x80 | (point & 0x3f));
  } else {
    put(0xf0 | point >> 18);
    put(0x80 | (point >> 12 & 0x3f));
    put(0x80 | (point >> 6 & 0x3f));
    put(0x80 | (point & 0x3f));
  }
}

struct Reader {
  std::string_view rest;

  bool at(char wanted) {
    while (!rest.empty() && std::string_view(" \t\r\n").find(rest[0]) != std::string_view::npos) {
      rest.remove_prefix(1);
    }
    return !rest.empty() && rest[0] == wanted;
  }
  bool take(char wanted) {
    if (!at(wanted)) return false;
    rest.remove_prefix(1);
    return true;
  }
  bool take_word(std::string_view word) {
    if (rest.substr(0, word.size()) != word) return false;
    rest.remove_prefix(word.size());
    return true;
  }

  std::uint32_t hexadecimal() {
    std::uint32_t value = 0;
    for (int i = 0; i < 4; ++i, rest.remove_prefix(1)) {
      const char c = rest[0];
      const int digit = c <= '9' ? c - '0' : c <= 'F' ? c - 'A' + 10 : c - 'a' + 10;
      value = value * 16 + static_cast<std::uint32_t>(digit);
    }
    return value;
  }

  std::uint32_t code_point() {
    const std::uint32_t high = hexadecimal();
    if (high < 0xd800 || high > 0xdbff) return high;
    [[maybe_unused]] const bool paired = take_word("\\u");
    assert(paired);
    return 0x10000 + ((high - 0xd800) << 10) + (hexadecimal() - 0xdc00);
  }

  std::string text() {
    [[maybe_unused]] const bool opened = take('"');
    assert(opened);
    std::string out;
    while (rest[0] != '"') {
      const char c = rest[0];
      rest.remove_prefix(1);
      if (c != '\\') {
        out += c;
        continue;
      }
      const char escaped = rest[0];
      rest.remove_prefix(1);
      switch (escaped) {
        case 'b': out += '\b'; break;
        case 'f': out += '\f'; break;
        case 'n': out += '\n'; break;
        case 'r': out += '\r'; break;
        case 't': out += '\t'; break;
        case 'u': append_utf8(code_point(), out); break;
        default: out += escaped; break;
      }
    }
    rest.remove_prefix(1);
    return out;
  }

  Json object() {
    Json json;
    json.kind = Json::Kind::object;
    take('{');
    while (!take('}')) {
      std::string key = text();
      take(':');
      json.members.emplace_back(std::move(key), value());
      take(',');
    }
    return json;
  }

  Json list() {
    Json json;
    json.kind = Json::Kind::list;
    take('[');
    while (!take(']')) {
      json.items.push_back(value());
      take(',');
    }
    return json;
  }

  Json word() {
    Json json;
    if (take_word("null")) return json;
    json.kind = Json::Kind::truth;
    json.truth = take_word("true");
    if (json.truth || take_word("false")) return json;
    json.kind = Json::Kind::number;
    const std::size_t length = rest.find_first_not_of("+-.0123456789eE");
    json.text = rest.substr(0, length);
    rest.remove_prefix(json.text.size());
    assert(!json.text.empty());
    return json;
  }

  Json value() {
    if (at('{')) return object();
    if (at('[')) return list();
    if (!at('"')) return word();
    Json json;
    json.kind = Json::Kind::text;
    json.text = text();
    return json;
  }
};

}  // namespace

const Json* Json::find(std::string_view key) const {
  for (const auto& [name, value] : members) {
    if (name == key) return &value;
  }
  return nullptr;
}

Json parse_json(std::string_view source) { return Reader{source}.value(); }

}  // namespace assent::naive
