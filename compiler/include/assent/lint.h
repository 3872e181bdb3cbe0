// assent/lint.h: what is legal in a policy and yet hardly meant.
//
//   assent::LintOptions options;
//   options.import = [](std::string_view module) { return read_my_module(module); };
//   assent::LintResult result = assent::lint({"desk.assent", text}, options);
//   for (const assent::Finding& each : result.findings) std::cerr << assent::render(each, result.sources);
//
// Whatever is said of a condition ("never holds", "follows from", "is never asked") is proven: over all quotes that the
// record types allow, and so without a false alarm. What cannot be proven is not said.
//
// Threads and failure: as compile(). compiler/lint/README.md lists the rules.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/compile.h"

namespace assent {

struct LintRule {
  std::string_view code, name;  // "L0102", "never-true"
  Severity severity;            // unless the options say otherwise
  std::string_view title;       // what is found
  std::string_view why;         // it matters
  std::string_view cure;
};
std::vector<LintRule> lint_rules();  // in the order of their codes

// `text` in the stead of what stands at `place`.
struct TextEdit {
  Place place;
  std::string text;
};

struct Finding : Diagnostic {   // its code and name are those of the rule
  std::vector<TextEdit> fix;    // which mends it and changes no decision; empty where there is no such
};

enum class NameStyle : std::uint8_t { snake_case, camel_case, any };

struct LintOptions : CompileOptions {
  NameStyle naming = NameStyle::snake_case;  // of rules, facts and approvers
  // Of rules, by name or code: another severity, or nothing to leave the rule out.
  std::map<std::string, std::optional<Severity>, std::less<>> levels;
};

struct LintResult {
  std::vector<Finding> findings;        // sorted by file, place, code; those that a comment allows are left out
  std::vector<Diagnostic> diagnostics;  // of compile(); with an error among them nothing is looked for
  std::size_t errors = 0;               // all of them, listed or not
  std::vector<Source> sources;          // every file read, the root first
  std::size_t allowed = 0;              // findings that a comment allows
};

// The root and the modules that it uses, but for those of the library.
LintResult lint(const Source& root, const LintOptions& options = {});

// The text with all fixes of one file made; of two that overlap the first.
std::string fixed(const Source& source, const std::vector<Finding>& findings);

}  // namespace assent
