// Entry: read_xml. libxml2 calls the functions below while it reads (its SAX2 interface), so there is no tree.
//
// What libxml2 would take too long over is refused before it sees it. The first problem stops the parser. Handlers for
// entities and for what a DTD declares are not set at all.
#include "runtime/documents/xml_table.h"

#include <libxml/SAX2.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

#include "runtime/value/fold_case.h"
#include "runtime/value/utf8.h"

namespace assent::documents {

namespace {

constexpr std::size_t max_reason_bytes = 200;  // of what libxml2 says, which may repeat a part of the document

std::string_view view(const xmlChar* text) {
  return text == nullptr ? std::string_view() : std::string_view(reinterpret_cast<const char*>(text));
}

std::string limit_text(const char* what, std::size_t most) {
  return "the document has more than " + std::to_string(most) + " " + what;
}

// libxml2's words in one line; nothing of them if they are cut within a character or hold what no message should.
std::string reason(const char* message) {
  std::string out = message == nullptr ? "" : message;
  while (!out.empty() && out.back() == '\n') out.pop_back();
  for (const char c : out) {
    if (static_cast<unsigned char>(c) < ' ') return "";
  }
  return out.size() <= max_reason_bytes && is_utf8(out) ? out : "";
}

// What the XML declaration at the front says of the encoding; "" if nothing. A declaration that is malformed may give
// anything: the parser refuses it.
std::string_view declared_encoding(std::string_view bytes) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.remove_prefix(3);
  if (!bytes.starts_with("<?xml")) return "";
  const std::string_view declaration = bytes.substr(0, bytes.find("?>"));
  const std::size_t name = declaration.find("encoding");
  if (name == std::string_view::npos) return "";
  const std::size_t open = declaration.find_first_of("'\"", name);
  if (open == std::string_view::npos) return "";
  const std::size_t close = declaration.find(declaration[open], open + 1);
  return declaration.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
}

// US-ASCII is a part of UTF-8.
bool is_utf8_name(std::string_view encoding) {
  const std::string folded = fold_case(encoding);
  return folded.empty() || folded == "utf-8" || folded == "us-ascii";
}

// The place one beyond the next `end` from `begin` on; the end of the document if there is none.
std::size_t after(std::string_view bytes, std::string_view end, std::size_t begin) {
  const std::size_t at = bytes.find(end, begin);
  return at == std::string_view::npos ? bytes.size() : at + end.size();
}

// The first tag that has more than max_xml_attributes quoted values, or npos. Follows the parser up to where that finds
// the first fault, a DOCTYPE being one: what lies behind is read by nobody.
std::size_t overfull_tag(std::string_view bytes) {
  std::size_t at = bytes.find('<');
  while (at < bytes.size()) {
    const std::string_view rest = bytes.substr(at);
    if (rest.starts_with("<!--")) {
      at = after(bytes, "-->", at + 4);
    } else if (rest.starts_with("<![CDATA[")) {
      at = after(bytes, "]]>", at + 9);
    } else if (rest.starts_with("<?")) {
      at = after(bytes, "?>", at + 2);
    } else if (rest.starts_with("<!")) {
      break;
    } else {
      const std::size_t tag = at;
      std::size_t values = 0;
      at = bytes.find_first_of("'\">", at);
      while (at < bytes.size() && bytes[at] != '>') {
        if (++values > max_xml_attributes) return tag;
        at = bytes.find_first_of("'\">", after(bytes, bytes.substr(at, 1), at + 1));
      }
    }
    at = bytes.find('<', at);
  }
  return std::string_view::npos;
}

struct FreeContext {
  void operator()(xmlParserCtxt* context) const { xmlFreeParserCtxt(context); }
};

// What the parser has told so far. No exception may pass through libxml2, which is C: bad_alloc waits in `no_memory`.
class Collector {
 public:
  explicit Collector(xmlParserCtxt* context) : context_(context) {}

  static Collector& of(void* self) { return *static_cast<Collector*>(self); }

  void start_element(const xmlChar* name, const xmlChar* name_space, int count, const xmlChar** attributes) {
    items_ += 1 + static_cast<std::size_t>(count);
    if (open_.size() >= max_xml_depth) return stop_at_limit("elements within each other", max_xml_depth);
    if (items_ > max_xml_elements) return stop_at_limit("elements and attributes", max_xml_elements);
    XmlElement element;
    element.name_space = view(name_space);
    element.name = view(name);
    element.line = line();
    // Five pointers each: name, prefix, namespace, begin and end of the value.
    for (int i = 0; i < count; ++i) {
      const xmlChar** const attribute = attributes + 5 * i;
      if (attribute[2] != nullptr) continue;
      const auto* const begin = reinterpret_cast<const char*>(attribute[3]);
      const auto* const end = reinterpret_cast<const char*>(attribute[4]);
      element.attributes.emplace_back(std::string(view(attribute[0])), std::string(begin, end));
    }
    open_.push_back(elements_.size());
    elements_.push_back(std::move(element));
  }

  void end_element() {
    if (open_.empty()) return;
    elements_[open_.back()].end = elements_.size();
    open_.pop_back();
  }

  void characters(const xmlChar* text, int size) {
    if (open_.empty()) return;
    elements_[open_.back()].text.append(reinterpret_cast<const char*>(text), static_cast<std::size_t>(size));
  }

  void stop(const std::string& message) {
    if (!problem_) problem_ = Problem{ErrorCode::bad_request, "", at_line(message)};
    xmlStopParser(context_);
  }

  void stop_for_memory() {
    no_memory_ = true;
    xmlStopParser(context_);
  }

  void not_well_formed(const xmlError* error) {
    if (error != nullptr && error->level < XML_ERR_ERROR) return;
    const std::string why = reason(error == nullptr ? nullptr : error->message);
    stop("the document is not well-formed" + (why.empty() ? "" : ": " + why));
  }

  Result<std::vector<XmlElement>> take(bool well_formed) {
    if (no_memory_) throw std::bad_alloc();
    if (problem_) return *problem_;
    if (!well_formed || elements_.empty() || !open_.empty()) {
      return Problem{ErrorCode::bad_request, "", at_line("the document is not well-formed")};
    }
    return std::move(elements_);
  }

 private:
  int line() const { return context_->input == nullptr ? 1 : context_->input->line; }

  std::string at_line(const std::string& message) const { return "line " + std::to_string(line()) + ": " + message; }

  void stop_at_limit(const char* what, std::size_t most) {
    if (!problem_) problem_ = Problem{ErrorCode::limit_exceeded, "", at_line(limit_text(what, most))};
    xmlStopParser(context_);
  }

  xmlParserCtxt* context_;
  std::vector<XmlElement> elements_;
  std::vector<std::size_t> open_;
  std::size_t items_ = 0;
  std::optional<Problem> problem_;
  bool no_memory_ = false;
};

// Calls what may throw bad_alloc.
template <typename Call>
void guarded(void* self, Call call) {
  Collector& collector = Collector::of(self);
  try {
    call(collector);
  } catch (const std::bad_alloc&) { collector.stop_for_memory(); }
}

void on_characters(void* self, const xmlChar* text, int size) {
  guarded(self, [&](Collector& collector) { collector.characters(text, size); });
}

#if LIBXML_VERSION >= 21200
using Error = const xmlError*;
#else
using Error = xmlError*;
#endif

xmlSAXHandler handler() {
  xmlSAXHandler sax = {};
  sax.initialized = XML_SAX2_MAGIC;
  sax.internalSubset = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    guarded(self, [](Collector& collector) { collector.stop("there is a DOCTYPE, which is not read"); });
  };
  sax.startElementNs = [](void* self, const xmlChar* name, const xmlChar*, const xmlChar* name_space, int,
                          const xmlChar**, int count, int, const xmlChar** attributes) {
    guarded(self, [&](Collector& collector) { collector.start_element(name, name_space, count, attributes); });
  };
  sax.endElementNs = [](void* self, const xmlChar*, const xmlChar*, const xmlChar*) {
    guarded(self, [](Collector& collector) { collector.end_element(); });
  };
  sax.characters = on_characters;  // of CDATA too, as there is no handler for that
  sax.ignorableWhitespace = on_characters;
  sax.serror = [](void* self, Error error) {
    guarded(self, [&](Collector& collector) { collector.not_well_formed(error); });
  };
  return sax;
}

}  // namespace

Result<std::vector<XmlElement>> read_xml(std::string_view bytes) {
  if (bytes.size() > max_xml_bytes) {
    return Problem{ErrorCode::limit_exceeded, "", limit_text("bytes", max_xml_bytes)};
  }
  if (bytes.empty()) return Problem{ErrorCode::bad_request, "", "the document is empty"};
  // A character of number 0 is none of XML, and stands in every text of UTF-16.
  if (!is_utf8(bytes) || bytes.find('\0') != std::string_view::npos) {
    return Problem{ErrorCode::bad_request, "", "the document is not UTF-8"};
  }
  if (!is_utf8_name(declared_encoding(bytes))) {
    return Problem{ErrorCode::bad_request, "", "the encoding is not UTF-8"};
  }
  if (const std::size_t tag = overfull_tag(bytes); tag != std::string_view::npos) {
    const auto line = 1 + std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(tag), '\n');
    return Problem{ErrorCode::limit_exceeded, "",
                   "line " + std::to_string(line) + ": an element has more than " + std::to_string(max_xml_attributes) +
                       " attributes"};
  }
  static const bool is_ready = (xmlInitParser(), true);  // once for the process, as libxml2 asks of threads
  static_cast<void>(is_ready);
  const std::unique_ptr<xmlParserCtxt, FreeContext> context(
      xmlCreateMemoryParserCtxt(bytes.data(), static_cast<int>(bytes.size())));
  if (context == nullptr) throw std::bad_alloc();
  *context->sax = handler();
  Collector collector(context.get());
  context->userData = &collector;
  xmlCtxtUseOptions(context.get(), XML_PARSE_NONET);
  xmlParseDocument(context.get());
  return collector.take(context->wellFormed == 1);
}

}  // namespace assent::documents
