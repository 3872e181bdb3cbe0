// assent/format.h: policies in the one style of the house, which grammar/README.md shows.
//
//   const assent::Source source{"desk.assent", text};
//   const assent::FormatResult result = assent::format(source);
//   if (result.diagnostics.empty()) store(result.text);
//
// Blanks and line ends are all that changes: every word and every comment is there afterwards, as it was written and in
// the same order, so what a policy means stays the same. A text in the style is given back as it is.
//
// Threads: format() may be called from any number of threads at once; parsing inside is serialised.
// Failure: a syntax error is a Diagnostic in the result. Nothing is thrown but std::bad_alloc.
#pragma once

#include <string>
#include <vector>

#include "assent/compile.h"

namespace assent {

struct FormatResult {
  // What has a syntax error is kept to the byte, and what stands around it is formatted. The source itself if nothing
  // of it can be read: it is too large, nested too deep, or not UTF-8.
  std::string text;
  std::vector<Diagnostic> diagnostics;  // syntax errors alone, sorted by place; empty if all of it was understood
};

// Takes time linear in the source. Of the options, `max_source_bytes` and `max_errors` count.
FormatResult format(const Source& source, const CompileOptions& options = {});

}  // namespace assent
