// Entry: XmlWriter. A thin cover of libxml2's xmlTextWriter, which fails only where memory runs out.
#include "runtime/documents/xml_writer.h"

#include <libxml/xmlwriter.h>

#include <cassert>
#include <new>

#include "runtime/documents/xml_text.h"

namespace assent::documents {

namespace {

constexpr const char* components = "urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2";
constexpr const char* aggregates = "urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2";

// libxml2 takes texts that end with a zero; an xml_text has none within.
struct Text {
  explicit Text(std::string_view text) : bytes(text) { assert(xml_text_fault(text).empty()); }
  const xmlChar* get() const { return reinterpret_cast<const xmlChar*>(bytes.c_str()); }
  std::string bytes;
};

void done(int written) {
  if (written < 0) throw std::bad_alloc();
}

}  // namespace

struct XmlWriter::Parts {
  Parts() : buffer(xmlBufferCreate()), writer(buffer == nullptr ? nullptr : xmlNewTextWriterMemory(buffer, 0)) {
    if (writer == nullptr) {
      xmlBufferFree(buffer);
      throw std::bad_alloc();
    }
    xmlBufferSetAllocationScheme(buffer, XML_BUFFER_ALLOC_DOUBLEIT);  // as it is, it is copied for each few bytes
  }
  ~Parts() {
    xmlFreeTextWriter(writer);
    xmlBufferFree(buffer);
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  void attribute(std::string_view name, std::string_view value) {
    done(xmlTextWriterWriteAttribute(writer, Text(name).get(), Text(value).get()));
  }

  xmlBufferPtr buffer;
  xmlTextWriterPtr writer;
};

XmlWriter::XmlWriter(std::string_view root, std::string_view name_space) : parts_(std::make_unique<Parts>()) {
  done(xmlTextWriterSetIndent(parts_->writer, 1));
  done(xmlTextWriterSetIndentString(parts_->writer, Text("  ").get()));
  done(xmlTextWriterStartDocument(parts_->writer, "1.0", "UTF-8", nullptr));
  open(root);
  parts_->attribute("xmlns", name_space);
  parts_->attribute("xmlns:cac", aggregates);
  parts_->attribute("xmlns:cbc", components);
}

XmlWriter::~XmlWriter() = default;

void XmlWriter::open(std::string_view name) { done(xmlTextWriterStartElement(parts_->writer, Text(name).get())); }

void XmlWriter::close() { done(xmlTextWriterEndElement(parts_->writer)); }

void XmlWriter::leaf(std::string_view name, std::string_view text) { leaf(name, text, {"", ""}); }

void XmlWriter::leaf(std::string_view name, std::string_view text, const Attribute& attribute) {
  if (is_blank(text)) return;
  open(name);
  if (!attribute.value.empty()) parts_->attribute(attribute.name, attribute.value);
  // libxml2's own escaping of texts differs between its versions.
  done(xmlTextWriterWriteRaw(parts_->writer, Text(escaped(text)).get()));
  close();
}

std::size_t XmlWriter::size() {
  done(xmlTextWriterFlush(parts_->writer));
  return static_cast<std::size_t>(xmlBufferLength(parts_->buffer));
}

std::string XmlWriter::finish() && {
  done(xmlTextWriterEndDocument(parts_->writer));
  done(xmlTextWriterFlush(parts_->writer));
  const xmlChar* const bytes = xmlBufferContent(parts_->buffer);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(xmlBufferLength(parts_->buffer))};
}

}  // namespace assent::documents
