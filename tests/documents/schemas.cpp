// Entry: has_schemas, schema_fault. Each schema is read once; reading one takes a good part of a second.
#include "tests/documents/schemas.h"

#include <libxml/parser.h>
#include <libxml/xmlschemas.h>

#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>

namespace {

struct Free {
  void operator()(xmlSchema* schema) const { xmlSchemaFree(schema); }
  void operator()(xmlSchemaParserCtxt* context) const { xmlSchemaFreeParserCtxt(context); }
  void operator()(xmlSchemaValidCtxt* context) const { xmlSchemaFreeValidCtxt(context); }
  void operator()(xmlDoc* document) const { xmlFreeDoc(document); }
};

#if LIBXML_VERSION >= 21200
using Error = const xmlError*;
#else
using Error = xmlError*;
#endif

void collect(void* all, Error error) { *static_cast<std::string*>(all) += error->message; }

xmlSchema* schema(const std::string& type) {
  static std::map<std::string, std::unique_ptr<xmlSchema, Free>> read;
  auto& slot = read[type];
  if (slot == nullptr) {
    xmlSetExternalEntityLoader(xmlNoNetExternalEntityLoader);
    const std::string path = std::string(ASSENT_SCHEMAS) + "/maindoc/UBL-" + type + "-2.3.xsd";
    const std::unique_ptr<xmlSchemaParserCtxt, Free> context(xmlSchemaNewParserCtxt(path.c_str()));
    slot.reset(xmlSchemaParse(context.get()));
  }
  return slot.get();
}

}  // namespace

bool has_schemas() {
  static const bool is_there = [] {
    const bool found = std::filesystem::exists(std::string(ASSENT_SCHEMAS) + "/maindoc");
    if (!found) std::puts("SKIPPED: validation against the schemas of UBL 2.3, as " ASSENT_SCHEMAS " is missing");
    return found;
  }();
  return is_there;
}

std::string schema_fault(const std::string& type, const std::string& bytes) {
  xmlSchema* const wanted = schema(type);
  if (wanted == nullptr) return "the schema of " + type + " cannot be read";
  const std::unique_ptr<xmlDoc, Free> document(
      xmlReadMemory(bytes.data(), static_cast<int>(bytes.size()), nullptr, nullptr, XML_PARSE_NONET));
  if (document == nullptr) return "not well-formed";
  const std::unique_ptr<xmlSchemaValidCtxt, Free> context(xmlSchemaNewValidCtxt(wanted));
  std::string faults;
  xmlSchemaSetValidStructuredErrors(context.get(), collect, &faults);
  const int result = xmlSchemaValidateDoc(context.get(), document.get());
  if (result == 0) return "";
  return faults.empty() ? "not valid" : faults;
}
