// An XML document from anybody, as a table of its elements. Entry: XmlElement, read_xml.
//
// No network, no file, no DTD: a DOCTYPE is refused where it begins, so there are no entities but XML's own five, and
// nothing can grow. xml_table.cpp is the only file that sees libxml2's parser.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/result.h"

namespace assent::documents {

// Limits, each refused as limit_exceeded when passed.
// libxml2 reads up to 10 000 000 bytes unless its own guards are turned off. 20 000 lines of 450 bytes.
inline constexpr std::size_t max_xml_bytes = 9'000'000;
inline constexpr std::size_t max_xml_elements = 400'000;  // with their attributes; 20 000 lines have 300 000
inline constexpr std::size_t max_xml_attributes = 100;    // of one element; libxml2 compares each with each other
inline constexpr std::size_t max_xml_depth = 60;          // UBL needs 10, a signature in an extension 30

struct XmlElement {
  std::string name_space;                                       // the URI; "" for none
  std::string name;                                             // local
  std::vector<std::pair<std::string, std::string>> attributes;  // those in no namespace, as they stand there
  std::string text;     // directly within it, without its children's; CDATA counts as text
  std::size_t end = 0;  // one beyond the last element within it
  int line = 0;         // where it begins, from 1
};

// The elements in the order in which they begin, the root first; comments and processing instructions are left out.
// Refused as bad_request, with the line in the message: what is not well-formed with namespaces, has a DOCTYPE, is not
// UTF-8 or says that it is something else (UBL 2.3, additional document constraint IND3). Reentrant; takes time and
// memory in proportion to the size.
Result<std::vector<XmlElement>> read_xml(std::string_view bytes);

}  // namespace assent::documents
