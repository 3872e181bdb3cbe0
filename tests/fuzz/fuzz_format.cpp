// Any text through the formatter: it ends, it loses nothing, and a text in the style stays as it is.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "assent/format.h"

namespace {

// Without blanks and line ends, which alone may change; a blank of two or three bytes goes byte by byte, in both texts.
std::string squeezed(const std::string& text) {
  std::string kept;
  for (const char c : text) {
    if (std::string_view(" \t\r\n\xc2\xa0\xef\xbb\xbf").find(c) == std::string_view::npos) kept += c;
  }
  return kept;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  assent::CompileOptions options;
  options.max_source_bytes = 1 << 16;
  const assent::Source source{"fuzz.assent", std::string(reinterpret_cast<const char*>(data), size)};
  const assent::FormatResult once = assent::format(source, options);
  if (squeezed(once.text) != squeezed(source.text)) std::abort();
  options.max_source_bytes = 1 << 24;  // it may have become longer
  const assent::FormatResult twice = assent::format({"fuzz.assent", once.text}, options);
  if (size <= 1 << 16 && twice.text != once.text) std::abort();
  if (once.diagnostics.empty() != twice.diagnostics.empty() && size <= 1 << 16) std::abort();
  return 0;
}
