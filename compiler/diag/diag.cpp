// compiler/diag/diag.cpp: see diag.h.
#include "compiler/diag/diag.h"

#include <algorithm>
#include <cassert>
#include <functional>
#include <iterator>
#include <tuple>

#include "compiler/diag/dashed.h"

namespace assent::compiler {
namespace {

#define DIAGNOSTIC(code, name, severity, title, cure) constexpr Dashed dashed_##name{#name};
#include "compiler/diag/diagnostics.def"
#undef DIAGNOSTIC

constexpr CodeInfo list[] = {
#define DIAGNOSTIC(code, name, severity, title, cure) \
  {#code, dashed_##name.view(), title, cure, Severity::severity},
#include "compiler/diag/diagnostics.def"
#undef DIAGNOSTIC
};

constexpr bool codes_ascend() {
  for (std::size_t i = 1; i < std::size(list); ++i) {
    if (list[i - 1].code >= list[i].code) return false;
  }
  return true;
}

constexpr bool codes_say_severity() {
  for (const CodeInfo& line : list) {
    if (line.code.size() != 5) return false;
    if (line.code[0] != (line.severity == Severity::error ? 'E' : 'W')) return false;
  }
  return true;
}

static_assert(codes_ascend(), "diagnostics.def: codes must ascend, each used once");
static_assert(codes_say_severity(), "diagnostics.def: E and four digits for an error, or W");

auto place_key(const Report& report) {
  return std::tuple(report.span.file, report.span.begin, report.span.end, report.code);
}

Diagnostic to_diagnostic(const Report& report, const SourceMap& sources) {
  const CodeInfo& line = info(report.code);
  Diagnostic diagnostic;
  diagnostic.code = line.code;
  diagnostic.name = line.name;
  diagnostic.severity = line.severity;
  diagnostic.message = report.message;
  diagnostic.primary = {sources.place(report.span), report.span_text};
  diagnostic.labels.reserve(report.marks.size());
  for (const Mark& mark : report.marks) {
    diagnostic.labels.push_back({sources.place(mark.span), mark.text});
  }
  diagnostic.help = report.advice;
  return diagnostic;
}

}  // namespace

const CodeInfo& info(Code code) {
  assert(static_cast<std::size_t>(code) < std::size(list));
  return list[static_cast<std::size_t>(code)];
}

std::span<const CodeInfo> all_codes() { return list; }

std::size_t Sink::Hash::operator()(const Report* report) const {
  constexpr std::uint64_t odd = 0x9E3779B97F4A7C15u;
  const std::uint64_t where = (std::uint64_t{report->span.begin} << 32) | report->span.end;
  const std::uint64_t what = (static_cast<std::uint64_t>(report->span.file) << 16) |
                             static_cast<std::uint64_t>(report->code);
  const std::uint64_t mixed = (where ^ (what * odd)) * odd;
  return static_cast<std::size_t>(mixed ^ (mixed >> 32)) ^
         std::hash<std::string_view>{}(report->message);
}

bool Sink::Same::operator()(const Report* left, const Report* right) const {
  return left->code == right->code && left->span == right->span && left->message == right->message;
}

Sink::Sink(std::size_t max_errors) : max_listed_(max_errors) {}

Report& Sink::report(Code code, Span primary, std::string message) {
  spare_ = Report{code, primary, std::move(message), {}, {}, {}};
  if (seen_.contains(&spare_)) return spare_;

  const bool is_error = info(code).severity == Severity::error;
  if (is_error) ++errors_;
  std::size_t& kept = is_error ? kept_errors_ : kept_warnings_;
  if (kept >= std::max(max_kept, max_listed_)) return spare_;

  ++kept;
  Report& added = reports_.emplace_back(std::move(spare_));
  seen_.insert(&added);
  return added;
}

std::vector<Diagnostic> Sink::finish(const SourceMap& sources) const {
  std::vector<const Report*> order;
  order.reserve(reports_.size());
  for (const Report& report : reports_) order.push_back(&report);
  std::stable_sort(order.begin(), order.end(), [](const Report* left, const Report* right) {
    return place_key(*left) < place_key(*right);
  });

  std::vector<Diagnostic> diagnostics;
  std::size_t errors = 0;
  std::size_t warnings = 0;
  for (const Report* report : order) {
    std::size_t& listed = info(report->code).severity == Severity::error ? errors : warnings;
    if (listed == max_listed_) continue;
    ++listed;
    diagnostics.push_back(to_diagnostic(*report, sources));
  }
  return diagnostics;
}

}  // namespace assent::compiler
