// compiler/diag/diag.h: collecting what is wrong with a policy.
//
// Entry: Sink::report, from any phase:
//
//   sink.report(Code::unterminated_text, rest_of_line, "this text has no closing quote")
//       .primary_text("the line ends here")
//       .label(opening_quote, "it starts here")
//       .help("close it with `\"` on the same line");
//
// A phase reports whatever it finds, in any order and as often as it likes; what a person gets to
// read (sorted, without repetition, bounded) is decided once, in Sink::finish.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "assent/compile.h"
#include "compiler/source/source.h"

namespace assent::compiler {

// In the order of diagnostics.def, which is that of the codes.
enum class Code : std::uint16_t {
#define DIAGNOSTIC(code, name, severity, title, cure) name,
#include "compiler/diag/diagnostics.def"
#undef DIAGNOSTIC
};

// A line of diagnostics.def. The views live as long as the program.
struct CodeInfo {
  std::string_view code;  // "E0001"
  std::string_view name;  // "invalid-utf8"
  std::string_view title;
  std::string_view cure;
  Severity severity = Severity::error;
};

const CodeInfo& info(Code code);

// Every line of the list; the position is the value of the Code.
std::span<const CodeInfo> all_codes();

struct Mark {
  Span span;
  std::string text;
};

// A diagnostic in the making; the functions add to it and give it back, to be chained.
struct Report {
  Code code{};
  Span span;  // the narrowest wrong text
  std::string message;
  std::string span_text;    // words beside the carets; may be empty
  std::vector<Mark> marks;  // further places, in the order in which to read them
  std::string advice;       // may be empty

  Report& primary_text(std::string text) {
    span_text = std::move(text);
    return *this;
  }
  Report& label(Span where, std::string text) {
    marks.push_back({where, std::move(text)});
    return *this;
  }
  Report& help(std::string text) {
    advice = std::move(text);
    return *this;
  }
};

// Invariant: no two kept reports have the same code, span and message; the first one stands.
class Sink {
 public:
  // A broken file of 64 MiB can be wrong millions of times over. Of each severity, this many
  // reports are kept to choose from (or max_errors, if that is more); later ones are counted, not kept, and
  // then a repetition of one that was not kept counts again.
  static constexpr std::size_t max_kept = 10'000;

  // Lists at most `max_errors` errors and as many warnings.
  explicit Sink(std::size_t max_errors);
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  // The reference lives as long as the sink. For a repetition, or beyond max_kept, it is to a spare
  // report that is never shown and that the next such call overwrites.
  Report& report(Code code, Span primary, std::string message);

  bool has_errors() const { return errors_ > 0; }

  // All distinct errors, listed or not.
  std::size_t error_count() const { return errors_; }

  // Sorted by file (in the order of `sources`), begin, end and code; equal ones as they were
  // reported. `sources` must be the map that the spans are of.
  std::vector<Diagnostic> finish(const SourceMap& sources) const;

 private:
  struct Hash {
    std::size_t operator()(const Report* report) const;
  };
  struct Same {
    bool operator()(const Report* left, const Report* right) const;
  };

  std::size_t max_listed_;
  std::size_t errors_ = 0;
  std::size_t kept_errors_ = 0;
  std::size_t kept_warnings_ = 0;
  std::deque<Report> reports_;
  std::unordered_set<const Report*, Hash, Same> seen_;  // into reports_; never iterated
  Report spare_;
};

}  // namespace assent::compiler
