// A policy from its file: source that is compiled here, or an artifact. Entries: compile_file,
// open_policy.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "assent/compile.h"
#include "assent/policy.h"
#include "tools/places.h"

namespace assent::command {

// The source of a policy and how to find the modules beside it: `a.b` is `a/b.assent`.
struct PolicySource {
  Source root;
  Places places;           // without sources
  CompileOptions options;  // with the import set

  // BadInput if a module was there but could not be read. The import itself must not throw: the
  // compiler stands between.
  void check_imports() const;
  std::shared_ptr<std::string> import_failure = std::make_shared<std::string>();
};
PolicySource read_source(const std::string& name);

// "regional/terms.assent" of "regional.terms": where it is from the folder of whoever uses it.
std::string file_of_module(std::string_view module);

// Compiles; places in the result are as people see them (see places.h). BadInput if a file, not an
// author, is at fault.
struct Compiled {
  CompileResult result;
  Places places;  // with the sources, under the names that the artifact has
};
Compiled compile_file(const std::string& name, bool tests = false);

// Throws BadInput for a module without an input: it compiles to nothing, without an error.
void must_be_policy(const std::string& name, const CompileResult& result);

// Rendered for the standard error; warnings only if asked for.
std::string diagnostics_text(const CompileResult& result, bool colour, bool warnings);

// "2 errors, 1 warning"; "no errors".
std::string summary(std::size_t errors, std::size_t warnings);

struct OpenPolicy {
  Policy policy;
  Places places;
};

// `name` ends in .assentc, or is an artifact by its bytes, or is source. BadInput if
// it does not compile, with the diagnostics on the standard error, and for a damaged artifact.
OpenPolicy open_policy(const std::string& name);

// Loads what compile_file gave, which must have an artifact.
Policy load_compiled(const std::string& name, const CompileResult& result);

// "quote.json: /lines/0/discount: 101 is no discount", one line for each.
std::string problems_text(const std::string& file, const Problems& problems);

}  // namespace assent::command
