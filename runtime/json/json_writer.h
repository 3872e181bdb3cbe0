// JSON, written as it is told: no tree of it is made. Entries: JsonWriter, append_json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace assent {

// A text between quotes. Escapes what RFC 8259, section 7, asks for; everything else stands as it is. The text is
// UTF-8.
inline void append_json(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  std::size_t plain = 0;  // where what is not yet written begins
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\') continue;
    out.append(text, plain, i - plain);
    plain = i + 1;
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        out += "\\u00";
        out += digits[c >> 4 & 15];
        out += digits[c & 15];
    }
  }
  out.append(text, plain);
  out += '"';
}

enum class JsonLayout : std::uint8_t { one_line, indented };  // indented: by one blank for each level

// Invariant: what was written is the beginning of a JSON text, as long as begin and end are paired, and a key stands
// before each value of an object.
class JsonWriter {
 public:
  explicit JsonWriter(std::string& out, JsonLayout layout = JsonLayout::one_line)
      : out_(out), indented_(layout == JsonLayout::indented) {}

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }
  void key(std::string_view name) {
    next();
    append_json(out_, name);
    out_ += ':';
    if (indented_) out_ += ' ';
    after_key_ = true;
  }

  void value(std::string_view text) {
    next();
    append_json(out_, text);
  }
  void value(const char* text) { value(std::string_view(text)); }
  void value(const std::string& text) { value(std::string_view(text)); }
  void value(bool truth) { raw(truth ? "true" : "false"); }
  void value(std::uint32_t number) { raw(std::to_string(number)); }
  void value(std::uint64_t number) { raw(std::to_string(number)); }
  void raw(std::string_view json) {  // a value that is JSON already
    next();
    out_ += json;
  }

  template <typename Write>
  void object(Write write) {
    begin_object();
    write();
    end_object();
  }
  template <typename Value>
  void member(std::string_view name, const Value& what) {
    key(name);
    value(what);
  }
  void member_json(std::string_view name, std::string_view json) {
    key(name);
    raw(json);
  }
  // Left out where it is empty.
  void text_if(std::string_view name, std::string_view text) {
    if (!text.empty()) member(name, text);
  }
  // Left out where it is false.
  void flag_if(std::string_view name, bool truth) {
    if (truth) member(name, true);
  }
  // A list; each(item) writes one of its values.
  template <typename Items, typename Each>
  void list(std::string_view name, const Items& items, Each each) {
    key(name);
    begin_array();
    for (const auto& item : items) each(item);
    end_array();
  }
  template <typename Items>
  void list(std::string_view name, const Items& items) {
    list(name, items, [this](const auto& item) { value(item); });
  }

 private:
  void begin(char bracket) {
    next();
    out_ += bracket;
    ++depth_;
    first_ = true;
  }
  void end(char bracket) {
    --depth_;
    if (!first_) line();
    out_ += bracket;
    first_ = false;
  }
  // Before a key, or a value of a list.
  void next() {
    if (after_key_) {
      after_key_ = false;
      return;
    }
    if (depth_ == 0) return;
    if (!first_) out_ += ',';
    first_ = false;
    line();
  }
  void line() {
    if (!indented_) return;
    out_ += '\n';
    out_.append(depth_, ' ');
  }

  std::string& out_;
  const bool indented_;
  std::size_t depth_ = 0;
  bool first_ = true, after_key_ = false;
};

}  // namespace assent
