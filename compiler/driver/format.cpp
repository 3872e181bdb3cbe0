// format(): parse once, lay out what was understood.
#include "assent/format.h"

#include <fmt/format.h>

#include "compiler/diag/diag.h"
#include "compiler/format/layout.h"
#include "compiler/parse/syntax.h"

namespace assent {

FormatResult format(const Source& source, const CompileOptions& options) {
  using namespace compiler;
  SourceMap sources;
  Sink sink(options.max_errors);
  FormatResult result;
  const std::size_t size = source.text.size();
  if (size > options.max_source_bytes || size > SourceMap::max_file_bytes) {
    const FileId file = sources.add({source.name, {}});
    sink.report(Code::source_too_large, {file, 0, 0},
                fmt::format("`{}` has {} bytes, the limit is {}", source.name, size, options.max_source_bytes));
    result.text = source.text;
  } else {
    const FileId file = sources.add(source);
    const Syntax syntax = parse_syntax(sources, file, sink);
    result.text = syntax.words.empty() ? source.text : format::layout(syntax);
  }
  result.diagnostics = sink.finish(sources);
  return result;
}

}  // namespace assent
