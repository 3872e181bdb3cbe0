// XML as bytes: elements and texts, each opened and closed once. Entry: XmlWriter.
//
//   XmlWriter xml("Order", "urn:oasis:names:specification:ubl:schema:xsd:Order-2");
//   xml.open("cac:Price");
//   xml.leaf("cbc:PriceAmount", "10.00", {"currencyID", "EUR"});
//   xml.close();
//   std::string bytes = std::move(xml).finish();
//
// Two spaces of indentation, UTF-8, one line end (LF) after each element that holds others: the same calls give the
// same bytes. xml_writer.cpp is the only file that sees libxml2's writer.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace assent::documents {

struct Attribute {
  std::string_view name;
  std::string_view value;
};

class XmlWriter {  // invariant: an element is open until finish
 public:
  // Opens the root element, with UBL's two namespaces as cac and cbc.
  XmlWriter(std::string_view root, std::string_view name_space);
  ~XmlWriter();
  XmlWriter(const XmlWriter&) = delete;
  XmlWriter& operator=(const XmlWriter&) = delete;

  // Names are XML names. Every text must have passed xml_text_fault (asserted).
  void open(std::string_view name);
  void close();

  // An element with a text alone. Not written if the text is blank, as UBL has no empty elements.
  void leaf(std::string_view name, std::string_view text);
  // With an attribute, which is left out if its value is empty; a value of letters, digits and URN characters alone.
  void leaf(std::string_view name, std::string_view text, const Attribute& attribute);

  // Bytes so far.
  std::size_t size();

  // Closes what is open and gives the document. Throws std::bad_alloc, as any call here does, where memory ran out.
  std::string finish() &&;

 private:
  struct Parts;  // libxml2's
  std::unique_ptr<Parts> parts_;
};

}  // namespace assent::documents
