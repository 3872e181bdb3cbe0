// The phases in order, for compile() and for tests that look at what lies between.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "compiler/diag/diag.h"
#include "compiler/parse/reparse.h"
#include "compiler/sema/sema.h"
#include "compiler/source/source.h"

namespace assent::compiler {

// Parses `root` and every module that it uses (std.* from the embedded library, others through
// options.import), the root first. With `reparsers`, by the names of their sources, of which each lends its tree.
using Reparsers = std::map<std::string, Reparser, std::less<>>;
std::vector<LoadedModule> load(const Source& root, const CompileOptions& options, SourceMap& sources, Sink& sink,
                               Reparsers* reparsers = nullptr);

// load() and check(); nothing if there was an error.
std::optional<Checked> check_source(const Source& root, const CompileOptions& options, SourceMap& sources, Sink& sink);

}  // namespace assent::compiler
