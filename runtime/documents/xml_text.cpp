// Entry: is_blank, xml_text_fault, escaped.
#include "runtime/documents/xml_text.h"

#include "runtime/value/utf8.h"

namespace assent::documents {

namespace {

constexpr std::string_view white_space = " \t\r\n";

}  // namespace

bool is_blank(std::string_view text) { return text.find_first_not_of(white_space) == std::string_view::npos; }

std::string_view xml_text_fault(std::string_view text) {
  if (!is_utf8(text)) return "the text is not UTF-8";
  for (const char c : text) {
    const bool is_control = static_cast<unsigned char>(c) < ' ';
    if (is_control && white_space.find(c) == std::string_view::npos) {
      return "the text has a control character, which XML 1.0 cannot hold";
    }
  }
  // Surrogates, the third thing that Char leaves out, are no UTF-8.
  if (text.find("\xef\xbf\xbe") != std::string_view::npos || text.find("\xef\xbf\xbf") != std::string_view::npos) {
    return "the text has U+FFFE or U+FFFF, which XML 1.0 cannot hold";
  }
  return "";
}

std::string escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': out += "&amp;"; break;
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '\r': out += "&#13;"; break;
      default: out += c;
    }
  }
  return out;
}

}  // namespace assent::documents
