// assent/compile.h: from `.assent` text to an artifact that a runtime can load.
//
//   assent::CompileOptions options;
//   options.import = [](std::string_view module) { return read_my_module(module); };
//   assent::CompileResult result = assent::compile({"desk.assent", text}, options);
//   for (const assent::Diagnostic& d : result.diagnostics) std::cerr << assent::render(d, result.sources);
//   if (result.artifact) store(*result.artifact);
//
// The library opens no file, reads no clock and keeps no state between calls: modules that a policy
// uses are asked for through `import`; the standard library (`std.*`) is built in and never asked for.
//
// Threads: compile() may be called from any number of threads at once; parsing inside is serialised.
// Failure: an author's mistake is a Diagnostic in the result. Nothing is thrown but std::bad_alloc.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assent {

// One file of source. `name` is shown in diagnostics, and is the base of relative names.
struct Source {
  std::string name;
  std::string text;
};

enum class Severity : std::uint8_t { error, warning, note };  // note: of assent/lint.h alone

// A place in a source. Lines and columns start at 1; columns and lengths count code points.
// `begin` and `end` are byte offsets into that source's text.
struct Place {
  std::string file;
  std::uint32_t line = 0;
  std::uint32_t column = 0;
  std::uint32_t end_line = 0;
  std::uint32_t end_column = 0;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

struct Label {
  Place place;
  std::string text;  // empty on a primary label that needs no words
};

// What is wrong, where, and how to mend it. `code` is stable across versions ("E0101").
struct Diagnostic {
  std::string code;
  std::string name;  // the same in words: "unknown-name"
  Severity severity = Severity::error;
  std::string message;        // one line, lower case, no final period
  Label primary;              // the narrowest wrong text
  std::vector<Label> labels;  // further places, in the order in which to read them
  std::string help;           // how to mend it; may be empty
};

struct CompileOptions {
  // Gives the text of a module by its dotted name ("regional.terms"), or nothing if there is none.
  std::function<std::optional<Source>(std::string_view module)> import;
  std::size_t max_source_bytes = 64u << 20;  // of one file
  std::size_t max_errors = 100;              // further ones are counted, not listed
  bool tests = false;                        // give the root's `test` blocks, and keep the facts they look at
};

// A path as a test draws it: one approver, or parts in series or in parallel.
struct PathPattern {
  enum class Kind : std::uint8_t { step, series, parallel };
  Kind kind = Kind::step;
  std::string approver;
  std::vector<PathPattern> parts;
};

// One `expect` of a test.
struct Expectation {
  enum class Kind : std::uint8_t {
    approved, denied, blocked, warning, path, rule_applies, rule_does_not, value, orders, no_orders,
    order_starts, order_delivered, order_pending, order_amount
  };
  Kind kind{};
  std::string text;    // part of a message; the name of a rule or fact; the id of a line; may be empty
  std::vector<std::vector<std::string>> orders;  // all that the quote becomes: the ids of the lines of each
  PathPattern path;
  std::string value;   // of a fact, as the runtime writes it ("20%", "absent"); of an order ("2026-03-02", "90.00 USD")
  std::string source;  // as written
  Place place;
};

struct TestEdit {
  std::string path, json;  // as assent::Edit takes them
  Place place;
};

// A `test` block, to be run by whoever has the files: compile() reads none.
struct Test {
  std::string title;
  std::string quote, directory, rates;  // files as written, directory and rates perhaps empty
  std::string today;                    // "2026-01-31", or empty
  std::string state;                    // "draft" …, or empty
  std::vector<TestEdit> edits;          // of fields that the policy reads; others change nothing
  std::vector<Expectation> expectations;
  Place place;
};

struct CompileResult {
  // Absent if a diagnostic is an error, or if the root is a `module` and no input is declared: such a
  // one can be checked, and used by policies, but decides nothing.
  std::optional<std::string> artifact;
  std::vector<Diagnostic> diagnostics;  // sorted by file, place, code
  std::size_t errors = 0;               // all of them, listed or not
  std::vector<Source> sources;          // every file read, the root first; for rendering
  std::vector<Test> tests;              // if CompileOptions::tests
};

CompileResult compile(const Source& root, const CompileOptions& options = {});

// A diagnostic as text with the source line and carets; `colour` adds terminal escapes.
std::string render(const Diagnostic& diagnostic, const std::vector<Source>& sources, bool colour = false);

// Every code that a diagnostic can have, in order; grammar/README.md lists them with their cures.
struct DiagnosticKind {
  std::string_view code, name, title, cure;
  Severity severity;
};
std::vector<DiagnosticKind> diagnostic_kinds();

// Modules that are built in: "std.cpq" …
std::vector<std::string_view> library_modules();
std::optional<Source> library_module(std::string_view name);

}  // namespace assent
