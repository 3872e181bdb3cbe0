// A text between quotes, as JSON has it. Entry: append_json.
#pragma once

#include <string>
#include <string_view>

namespace assent {

// Escapes what RFC 8259, section 7, asks for; everything else stands as it is. The text is UTF-8.
inline void append_json(std::string& out, std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      default:
        if (static_cast<unsigned char>(c) >= 0x20) {
          out += c;
        } else {
          out += "\\u00";
          out += digits[c >> 4 & 15];
          out += digits[c & 15];
        }
    }
  }
  out += '"';
}

}  // namespace assent
