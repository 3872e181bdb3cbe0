// The linter: one class, because every part reports to one list and asks one prover; its parts are one file each:
// conditions.cpp (what is true of all quotes, or none), rules.cpp (rules beside each other), who.cpp, unused.cpp,
// reapproval.cpp, tests.cpp, words.cpp, allowances.cpp, lint.cpp (the rest). Internal to lint/.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/lint.h"
#include "compiler/driver/pipeline.h"
#include "compiler/lint/possible.h"

namespace assent::compiler::lint {

// In the order of rules.def.
enum class Rule : std::uint8_t {
#define LINT(code, name, severity, title, why, cure) name,
#include "compiler/lint/rules.def"
#undef LINT
};

// A finding in the making.
struct Found {
  Rule rule{};
  Span span;
  std::string message, span_text;
  std::vector<Mark> marks;
  std::string advice;
  std::vector<std::pair<Span, std::string>> edits;

  Found& primary_text(std::string text) { span_text = std::move(text); return *this; }
  Found& label(Span where, std::string text) { marks.push_back({where, std::move(text)}); return *this; }
  Found& help(std::string text) { advice = std::move(text); return *this; }
  Found& edit(Span where, std::string text) { edits.emplace_back(where, std::move(text)); return *this; }
};

// A policy as every part sees it. Without a plan (a module that decides nothing by itself) only what is written is
// looked at, not what it means.
struct Subject {
  const std::vector<LoadedModule>& modules;  // the root first
  const Checked& checked;  // with its references
  const SourceMap& sources;
  const plan::Plan* plan = nullptr;
  const std::vector<std::uint32_t>& node_of;  // of each expression: its node, or plan::none
};

class Linter {
 public:
  Linter(const Subject& subject, NameStyle naming);
  std::vector<Found> run();

 private:
  using ExprId = checked::ExprId;

  const Subject& subject_;
  NameStyle naming_;
  const checked::Policy& policy_;
  std::optional<Possible> possible_;
  std::vector<Found> found_;

  Found& report(Rule rule, Span span, std::string message);
  std::vector<bool> ours_;                                                              // by file
  bool is_ours(FileId file) const { return ours_[static_cast<std::size_t>(file)]; }  // not of the library
  bool is_ours(Span span) const { return is_ours(span.file); }
  bool is_module() const;         // it gives what others use
  std::uint32_t node(ExprId e) const { return subject_.node_of[static_cast<std::size_t>(e)]; }
  const checked::Expr& expr(ExprId e) const { return policy_.exprs[e]; }
  std::string said(ExprId e) const;  // "`x > 2`", as written, on one line
  bool never(std::vector<Demand> demands) { return !possible_->together(std::move(demands)); }

  // ── conditions.cpp ──────────────────────────────────────────────────────────────────────
  // What a rule demands, of which each is one condition that the author wrote.
  struct Condition { ExprId e; bool holds; Demand demand; };
  void look_at_conditions();
  void look_at(ExprId e);
  void look_at_parts(const checked::Expr& e);
  bool look_at_whole(ExprId e);
  void look_at_rule(std::size_t rule);
  std::vector<bool> may_fire_;  // of each rule
  void look_at_path(checked::PathId path, const std::vector<Demand>& given);
  struct Branch { std::size_t uses = 0, dead = 0, needless = 0; };
  std::map<ExprId, Branch> branches_;  // by their conditions
  void look_at_branches();
  void look_at_phases();
  void look_at_lead_times();
  bool is_switch(ExprId e) const;
  bool asks_presence(std::uint32_t node) const;
  std::vector<Condition> conditions_of(const checked::Rule& rule) const;
  void add_conditions(ExprId e, bool holds, std::vector<Condition>& out) const;
  std::vector<Condition> core_of(std::vector<Condition> conditions);
  void look_at_currencies();

  // ── rules.cpp ───────────────────────────────────────────────────────────────────────────
  void look_at_rules();
  std::string consequences_of(std::size_t rule) const;
  void append_path(checked::PathId path, std::string& out) const;
  void look_at_thresholds();
  void look_at_rows();
  void look_at_ladders();

  // ── the others, each in its file ────────────────────────────────────────────────────────
  void look_at_who();
  void look_at_settings(const checked::Approver& approver);
  bool is_owner(const checked::Member& member) const;
  bool needs_owner(const checked::Approver& approver) const;
  void look_for_unused();
  void look_at_imports();
  void look_at_reapprovals();
  void look_at_tests();
  void look_at_words();
  void look_at_deprecated();

  // The lines that an item fills, for a fix that leaves it out; with those of the comment that stands right above it.
  Span whole_lines(Span item) const;
  Span commented_lines(Span item) const;
};

// Takes out what comments allow, and adds what is wrong with such comments. Gives how many it took.
std::size_t apply_allowances(const SourceMap& sources, const std::vector<LoadedModule>& modules,
                             std::vector<Found>& found);

std::string_view name(Rule rule);  // "never-true"
std::optional<Rule> rule_of(std::string_view name_or_code);

}  // namespace assent::compiler::lint
