// Entry: assent::lint, of assent/lint.h.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "compiler/diag/dashed.h"
#include "compiler/lint/find.h"
#include "compiler/lint/linter.h"
#include "compiler/lower/lower.h"
#include "compiler/source/comment.h"

namespace assent {

namespace compiler::lint {

namespace {

#define LINT(code, name, severity, title, why, cure) constexpr Dashed dashed_##name{#name};
#include "compiler/lint/rules.def"
#undef LINT

constexpr LintRule list[] = {
#define LINT(code, name, severity, title, why, cure) \
  {#code, dashed_##name.view(), Severity::severity, title, why, cure},
#include "compiler/lint/rules.def"
#undef LINT
};

constexpr bool codes_ascend() {
  for (std::size_t i = 1; i < std::size(list); ++i)
    if (list[i - 1].code >= list[i].code) return false;
  return true;
}
static_assert(codes_ascend(), "rules.def: codes must ascend, each used once");

const LintRule& info(Rule rule) { return list[static_cast<std::size_t>(rule)]; }

Finding made(const Found& found, Severity severity, const SourceMap& sources) {
  Finding finding;
  finding.code = info(found.rule).code;
  finding.name = info(found.rule).name;
  finding.severity = severity;
  finding.message = found.message;
  finding.primary = {sources.place(found.span), found.span_text};
  for (const Mark& mark : found.marks) finding.labels.push_back({sources.place(mark.span), mark.text});
  finding.help = found.advice.empty() ? std::string(info(found.rule).cure) : found.advice;
  for (const auto& [span, text] : found.edits) finding.fix.push_back({sources.place(span), text});
  return finding;
}

}  // namespace

std::string_view name(Rule rule) { return info(rule).name; }

std::optional<Rule> rule_of(std::string_view name_or_code) {
  for (std::size_t i = 0; i < std::size(list); ++i)
    if (list[i].name == name_or_code || list[i].code == name_or_code) return static_cast<Rule>(i);
  return std::nullopt;
}

Linter::Linter(const Subject& subject, NameStyle naming)
    : subject_(subject), naming_(naming), policy_(subject.checked.policy) {
  if (subject.plan != nullptr) possible_.emplace(*subject.plan);
  ours_.resize(subject.sources.size());
  for (const LoadedModule& module : subject.modules)
    ours_[static_cast<std::size_t>(module.tree.file)] = !module.name.starts_with("std.");
}

std::vector<Found> Linter::run() {
  if (possible_) {
    look_at_conditions();
    look_at_rules();
    look_at_reapprovals();
  }
  look_at_who();
  look_for_unused();
  look_at_tests();
  look_at_words();
  std::erase_if(found_, [&](const Found& each) { return !is_ours(each.span); });
  return std::move(found_);
}

Found& Linter::report(Rule rule, Span span, std::string message) {
  return found_.emplace_back(Found{rule, span, std::move(message), {}, {}, {}, {}});
}

bool Linter::is_module() const {
  const ast::Module& root = subject_.modules[0].tree;
  return !root.policy && !root.name.parts.empty();
}

std::string Linter::said(ExprId e) const {
  constexpr std::size_t most = 80;
  std::string words = "`";
  for (const char c : subject_.sources.text(expr(e).span)) {
    const bool blank = c == ' ' || c == '\n' || c == '\t' || c == '\r';
    if (blank && words.back() == ' ') continue;
    words += blank ? ' ' : c;
  }
  if (words.size() > most) {
    std::size_t end = most;
    while (end > 0 && (static_cast<unsigned char>(words[end]) & 0xC0) == 0x80) --end;  // not inside a character
    words.resize(end);
    words += "…";
  }
  return words + "`";
}

Span Linter::whole_lines(Span item) const {
  const std::string_view text = subject_.sources.file(item.file).text;
  const auto is_blank = [](char c) { return c == ' ' || c == '\t' || c == '\r'; };
  std::uint32_t begin = item.begin, end = item.end;
  while (begin > 0 && is_blank(text[begin - 1])) --begin;
  while (end < text.size() && is_blank(text[end])) ++end;
  const bool whole = (begin == 0 || text[begin - 1] == '\n') && (end == text.size() || text[end] == '\n');
  if (!whole) return item;
  return {item.file, begin, end < text.size() ? end + 1 : end};
}

Span Linter::commented_lines(Span item) const {
  Span lines = whole_lines(item);
  if (lines != item) lines.begin = comment_begin(subject_.sources.file(item.file).text, lines.begin);
  return lines;
}

Planned planned(const Checked& checked, const SourceMap& sources, Sink& sink) {
  Planned made;
  if (!sink.has_errors() && !checked.policy.input_name.empty())
    made.plan = lower(checked.policy, sources, {}, sink, &made.node_of);
  return made;
}

Findings find(const std::vector<LoadedModule>& modules, const Checked& checked, const Planned& policy,
              const SourceMap& sources, const LintOptions& options) {
  Findings findings;
  const Subject subject{modules, checked, sources, policy.plan ? &*policy.plan : nullptr, policy.node_of};
  std::vector<Found> found = Linter(subject, options.naming).run();
  findings.allowed = apply_allowances(sources, modules, found);
  std::stable_sort(found.begin(), found.end(), [](const Found& a, const Found& b) {
    return std::tuple(a.span.file, a.span.begin, a.span.end, a.rule) <
           std::tuple(b.span.file, b.span.begin, b.span.end, b.rule);
  });
  for (const Found& each : found) {
    auto level = options.levels.find(info(each.rule).name);
    if (level == options.levels.end()) level = options.levels.find(info(each.rule).code);
    const std::optional<Severity> severity = level == options.levels.end() ? info(each.rule).severity : level->second;
    if (severity) findings.list.push_back(made(each, *severity, sources));
  }
  return findings;
}

}  // namespace compiler::lint

std::vector<LintRule> lint_rules() {
  return {std::begin(compiler::lint::list), std::end(compiler::lint::list)};
}

LintResult lint(const Source& root, const LintOptions& options) {
  using namespace compiler;
  SourceMap sources;
  Sink sink(options.max_errors);
  const std::vector<LoadedModule> modules = load(root, options, sources, sink);
  const Checked checked = check(modules, sources, sink, true);
  const lint::Planned policy = lint::planned(checked, sources, sink);
  lint::Findings found;
  if (!sink.has_errors()) found = lint::find(modules, checked, policy, sources, options);
  LintResult result;
  result.findings = std::move(found.list);
  result.allowed = found.allowed;
  result.diagnostics = sink.finish(sources);
  result.errors = sink.error_count();
  result.sources = sources.take();
  return result;
}

std::string fixed(const Source& source, const std::vector<Finding>& findings) {
  std::vector<const TextEdit*> edits;
  for (const Finding& finding : findings)
    for (const TextEdit& edit : finding.fix)
      if (edit.place.file == source.name && edit.place.end <= source.text.size()) edits.push_back(&edit);
  std::stable_sort(edits.begin(), edits.end(),
                   [](const TextEdit* a, const TextEdit* b) { return a->place.begin < b->place.begin; });
  std::string text;
  std::size_t at = 0;
  for (const TextEdit* edit : edits) {
    if (edit->place.begin < at) continue;
    text.append(source.text, at, edit->place.begin - at).append(edit->text);
    at = edit->place.end;
  }
  return text.append(source.text, at);
}

}  // namespace assent
