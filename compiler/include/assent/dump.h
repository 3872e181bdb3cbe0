// assent/dump.h: what lies between the phases, as text, for people who look under the bonnet and for
// golden tests. The form is not stable.
#pragma once

#include <string>

#include "assent/compile.h"

namespace assent {

enum class Phase : std::uint8_t {
  ast,     // the syntax tree of the root module
  checked, // every name resolved, every expression typed
  plan,    // the tables that the runtime decides with
  index,   // how each rule is reached: by a lookup, a bound, or always
  schema,  // JSON Schema of the quotes that the policy reads
};

// The dump of a phase; nothing if a phase before it failed, and the diagnostics say why.
struct Dump {
  std::optional<std::string> text;
  std::vector<Diagnostic> diagnostics;
  std::vector<Source> sources;
};
Dump dump(const Source& root, Phase phase, const CompileOptions& options = {});

}  // namespace assent
