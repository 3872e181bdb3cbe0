// What texts an XML document can hold. Entry: is_blank, xml_text_fault, escaped.
#pragma once

#include <string>
#include <string_view>

namespace assent::documents {

// Whether there is nothing but XML's white space: space, tab, CR, LF.
bool is_blank(std::string_view text);

// Why XML 1.0 cannot hold the text, or "" if it can: it is no UTF-8, or has a character that section 2.2 (Char) leaves
// out, which no escape can write either: control characters but tab, CR and LF, and U+FFFE and U+FFFF.
std::string_view xml_text_fault(std::string_view text);

// The text as it stands between tags: &, < and > as entities, and CR as a character reference, as a reader would make
// it a LF (XML 1.0, section 2.11).
std::string escaped(std::string_view text);

}  // namespace assent::documents
