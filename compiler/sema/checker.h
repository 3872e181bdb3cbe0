// The checker: one class, because every part reports to one sink and looks names up in one place;
// its parts are one file each (see sema.h). Internal to sema/.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compiler/sema/sema.h"

namespace assent::compiler {

// ── limits, each with its reason ──────────────────────────────────────────────────────────────
// Facts, functions, chains, approvers and records that each need the next: bounds the stack of every
// later walk through them.
inline constexpr int max_definition_depth = 200;
// What is checked inside of what, definitions that are first needed there included: bounds the
// checker's own stack.
inline constexpr int max_checked_depth = 500;
// Names that are compared with one that is not known, in all: a hint is a courtesy.
inline constexpr std::size_t max_compared_names = 1'000'000;

enum class Space : std::uint8_t { type, value, calendar, who, rule };  // names of one space must differ
inline constexpr std::size_t space_count = 5;

struct Symbol {
  enum class Kind : std::uint8_t { record, choice, input, fact, function, calendar, approver, chain, rule };
  Kind kind;
  std::uint32_t index;   // into the table of that kind
  std::size_t module;
  Span span;
};

class Checker {
 public:
  Checker(const std::vector<LoadedModule>& modules, const SourceMap& sources, Sink& sink, bool references);
  Checked run();

 private:
  template <typename Id> static Id id(const Symbol& symbol) { return static_cast<Id>(symbol.index); }
  using ExprId = checked::ExprId;
  using Type = checked::Type;
  using Base = checked::Base;
  using Op = checked::Op;

  const std::vector<LoadedModule>& modules_;
  const SourceMap& sources_;
  Sink& sink_;
  checked::Policy policy_;
  std::vector<checked::Test> tests_;
  bool wants_references_;
  std::vector<Reference> references_;
  bool broken_ = false;          // a whole module is missing: any unknown name may be its
  std::set<std::string> lost_;  // words of items that could not be parsed, which may declare them
  bool may_be_lost(std::string_view name) const { return broken_ || lost_.contains(std::string(name)); }

  // ── names.cpp ───────────────────────────────────────────────────────────────────────────
  using Names = std::unordered_map<std::string, Symbol>;
  std::vector<std::array<Names, space_count>> scopes_;  // one for each module
  void declare_all();
  void declare(std::size_t module, Space space, const ast::Word& name, Symbol::Kind kind, std::uint32_t index);
  const Symbol* find(std::size_t module, Space space, std::string_view name, Span at, bool report);
  const Symbol* find(std::size_t module, Space space, const ast::Qualified& name, bool report = true);
  const Symbol* find_in_module(std::size_t module, std::string_view alias, Space space, std::string_view name);
  void unknown(std::size_t module, Space space, std::string_view name, Span at);
  // What the last word of a place means.
  void refer(Span at, std::string_view word, Reference::Kind kind, Span declared);
  void refer(const ast::Qualified& name, const Symbol& symbol);
  std::vector<std::string_view> visible(std::size_t module, Space space) const;
  // The name that was probably meant, as long as the checker has not sought too many.
  std::optional<std::string_view> meant(std::string_view wanted, std::span<const std::string_view> names);
  std::size_t compared_names_ = 0;
  bool seeks_names() const { return compared_names_ < max_compared_names; }

  // A definition that others may need, wherever it stands.
  struct Definition {
    enum class State : std::uint8_t { fresh, busy, done } state = State::fresh;
    int depth = 0;  // how many stand below it, itself included
  };
  // Checks it by `check` unless that was done. False if it needs itself (which is said by `circular`),
  // or is too deep.
  template <typename Check>
  bool define(Definition& definition, const ast::Word& name, Span used_at, std::string_view kind,
              std::string_view circular, Check check);
  void too_deep(std::string_view kind, Span at);
  int definition_depth_ = 0;  // definitions under way
  int needed_depth_ = 0;      // of the deepest definition that the one under way needs
  int checked_depth_ = 0;
  // False beyond max_checked_depth, which is then reported.
  bool enter(Span at);
  void exit() { --checked_depth_; }
  std::string_view text(Span at) const { return sources_.text(at); }

  // ── records.cpp ─────────────────────────────────────────────────────────────────────────
  struct PendingRecord { const ast::RecordDecl* decl; std::size_t module; };
  std::vector<PendingRecord> pending_records_;
  void check_records();
  bool input_known_ = false;  // policy_.input names a record
  void add_fields(std::size_t module, checked::RecordId record, const std::vector<ast::FieldDecl>& fields);
  Type resolve(std::size_t module, const ast::TypeName& name);
  Type choice_type(std::string name, const std::vector<ast::Word>& values, Span at);
  std::vector<std::unordered_set<std::string>> choice_values_;                    // as Policy::choices
  std::vector<std::unordered_map<std::string, std::uint32_t>> record_fields_;     // as Policy::records
  std::optional<std::uint32_t> field_index(checked::RecordId record, const std::string& name) const;
  void check_record_cycles();
  void check_money(checked::RecordId id, bool covered);
  std::set<std::pair<checked::RecordId, bool>> money_checked_;
  void check_calendar(checked::CalendarId id, const ast::CalendarDecl& decl);

  // ── exprs.cpp ───────────────────────────────────────────────────────────────────────────
  // Where an expression stands: what its names mean, and which optional values are known to be there.
  struct Context {
    std::size_t module = 0;
    std::vector<checked::VariableId> variables;
    const checked::Function* function = nullptr;
    std::set<std::string> present;
    bool reapproval = false;
    bool in_path = false;  // a condition of a path: approvers found here get their own diagnostic
  };
  struct PendingFact { const ast::FactDecl* decl; std::size_t module; Definition definition = {}; };
  struct PendingFunction { const ast::FunctionDecl* decl; std::size_t module; Definition definition = {}; };
  std::vector<PendingFact> pending_facts_;
  std::vector<PendingFunction> pending_functions_;

  void check_facts_and_functions();
  bool need_fact(checked::FactId fact, Span used_at);
  bool need_function(checked::FunctionId function, Span used_at);

  ExprId add(Op op, Type type, Span span, std::vector<ExprId> children = {}, std::uint32_t ref = 0);
  ExprId unknown_expr(Span span) { return add(Op::literal, {}, span, {}, literal({})); }
  std::uint32_t literal(checked::Literal value);
  const Type& type_of(ExprId e) const { return policy_.exprs[e].type; }
  Span span_of(ExprId e) const { return policy_.exprs[e].span; }

  ExprId expr(const ast::Expr& tree, Context& context);
  ExprId expr_inside(const ast::Expr& tree, Context& context);
  ExprId condition(const ast::Expr& tree, Context& context);
  ExprId required(const ast::Expr& tree, Context& context);  // a value that is there
  ExprId literal_expr(const ast::Literal& tree, Span span, std::size_t module);
  ExprId name_expr(const std::string& name, Span span, Context& context);
  ExprId field_expr(const ast::Field& tree, Span span, Context& context);
  ExprId field_of(ExprId base, const ast::Word& field, Span span, Context& context);
  ExprId logical_expr(const ast::Logical& tree, Span span, Context& context);
  ExprId call_expr(const ast::Call& tree, Span span, Context& context);
  ExprId aggregate_expr(const ast::Aggregate& tree, Span span, Context& context);
  ExprId quantifier_expr(const ast::Quantifier& tree, Span span, Context& context);
  checked::Range range(const ast::Range& tree, Context& context);  // leaves its variable in the context
  void leave(Context& context) { context.variables.pop_back(); }
  static void presences(const ast::Expr& tree, bool positive, std::set<std::string>& out);
  static std::string presence_key(const ast::Expr& tree);
  void require_present(ExprId e);

  // ── operators.cpp ───────────────────────────────────────────────────────────────────────
  ExprId arithmetic_expr(const ast::Arithmetic& tree, Span span, Context& context);
  ExprId negate_expr(const ast::Negate& tree, Span span, Context& context);
  ExprId fallback_expr(const ast::Fallback& tree, Span span, Context& context);
  ExprId comparison_expr(const ast::Comparison& tree, Span span, Context& context);
  ExprId builtin_expr(checked::Builtin builtin, std::vector<ExprId> arguments, Span span);
  bool comparable(ExprId left, ExprId right, bool ordered, Span at);
  bool convert(ExprId e, const Type& wanted);  // makes a text literal a choice, where it is one
  Type additive(char op, ExprId left, ExprId right, Span at);
  Type multiplicative(char op, ExprId left, ExprId right, Span at);
  void mismatch(Span at, std::string message, std::string help = {});
  std::string name_of(const Type& type) const { return type_name(policy_, type); }
  bool assignable(const Type& from, const Type& to) const;

  // ── who.cpp ─────────────────────────────────────────────────────────────────────────────
  struct PendingApprover { const ast::ApproverDecl* approver; const ast::GroupDecl* group; std::size_t module; };
  std::vector<PendingApprover> pending_approvers_;
  std::unordered_map<std::string, checked::ApproverId> unnamed_;  // approvers written in a path itself
  void check_approvers();
  void check_approver(checked::ApproverId id, const ast::ApproverDecl& decl, std::size_t module);
  void check_group(checked::ApproverId id, const ast::GroupDecl& decl, std::size_t module);
  void check_approver_cycles();
  std::vector<checked::Member> members(const ast::Member& tree, std::size_t module);
  checked::Member person_value(const ast::Qualified& name, std::size_t module);
  ExprId person_expr(const ast::Qualified& name, Context& context);
  checked::ApproverId unnamed(plan::MemberKind kind, const ast::Word& id);
  void require_name(const ast::Word& word, std::string_view what);
  void check_steps();
  checked::Duration duration(const ast::Literal& literal, Span at, std::size_t module);

  // ── rules.cpp ───────────────────────────────────────────────────────────────────────────
  // The steps of one rule, ladder or chain: an approver's nth place in a path is one step.
  struct Owner { std::string name; std::map<std::pair<checked::ApproverId, int>, checked::StepId> steps; };
  struct PendingRule { const ast::RuleDecl* rule; const ast::LadderDecl* ladder; std::size_t module; };
  std::vector<PendingRule> pending_rules_;
  void check_rules();
  void check_rule(checked::RuleId id, const PendingRule& pending);
  void check_bands(checked::Rule& rule, const ast::LadderDecl& ladder, Owner& owner, Context& context);
  void check_bound(checked::Rule& rule, const ast::Band& band, checked::Consequence& consequence,
                   const checked::Consequence* before, Context& context);
  struct ClauseSpans { std::optional<Span> range, effective, states; };
  void check_clause(const ast::Clause& clause, checked::Rule& rule, Owner& owner, Context& context, ClauseSpans& seen);
  void check_otherwise();

  // ── paths.cpp ───────────────────────────────────────────────────────────────────────────
  struct PendingChain { const ast::ChainDecl* decl; std::size_t module; Definition definition = {}; };
  std::vector<PendingChain> pending_chains_;
  void check_chains();
  bool need_chain(checked::ChainId chain, Span used_at);
  checked::PathId path(const ast::Path& tree, Owner& owner, Context& context);
  checked::PathId path(const ast::Path& tree, Owner& owner, Context& context, std::map<checked::ApproverId, int>& seen);
  checked::PathId branch(const ast::Branch& tree, Owner& owner, Context& context,
                         std::map<checked::ApproverId, int>& seen);
  checked::PathId step(checked::ApproverId approver, Span at, Owner& owner, std::map<checked::ApproverId, int>& seen);
  checked::PathId path_inside(const ast::Path& tree, Owner& owner, Context& context,
                              std::map<checked::ApproverId, int>& seen);
  checked::PathId add_path(checked::Path path, Span at);
  checked::PathId empty_path() { return policy_.paths.add({plan::PathKind::parallel, {}, {}, {}}); }
  std::vector<std::uint32_t> path_depth_, path_size_;  // as Policy::paths: of those that are not empty
  void check_orderings();
  std::optional<checked::Entity> entity(const ast::Qualified& name, std::size_t module);

  // ── orders.cpp ──────────────────────────────────────────────────────────────────────────
  bool has_orders_ = false;  // a block, be it sound or not
  void check_orders();
  void check_orders(const ast::OrdersDecl& decl, std::size_t module);
  std::optional<checked::Range> ordered_lines(const ast::OrdersDecl& decl, Context& context);
  std::optional<ExprId> line_role(const ast::OrdersDecl& decl, plan::LineRole wanted, checked::VariableId lines,
                                  Context& context);
  void check_phases(const ast::OrdersDecl& decl, checked::Orders& orders, Context& context);
  void check_choices(const ast::OrdersDecl& decl, checked::Orders& orders, Context& context);

  // ── timing.cpp ──────────────────────────────────────────────────────────────────────────
  void check_timings(const ast::OrdersDecl& decl, checked::Orders& orders, Context& context);
  std::optional<checked::Timing> check_timing(const ast::Timing& tree, Span at, const ast::OrdersDecl& decl,
                                              const checked::Orders& orders, Context& context);
  std::optional<std::uint32_t> phase_named(const ast::Word& name, const checked::Orders& orders);
  void check_same(const ast::Timing& tree, const ast::OrdersDecl& decl, checked::Timing& made);
  void check_proration(const checked::Timing& made);
  void order_phases(checked::Orders& orders);


  // ── tests.cpp ───────────────────────────────────────────────────────────────────────────
  void check_tests();
  checked::Test test(const ast::TestDecl& decl, Span at);
  std::optional<checked::TestEdit> edit(const ast::Edit& tree);
  checked::Expectation expectation(const ast::Expectation& tree);
  checked::ExpectedPath expected_path(const ast::Path& tree);
  std::string json_of(ExprId literal) const;

  template <typename Decl, typename Visit>
  void each_item(Visit visit) {
    for (std::size_t module = 0; module < modules_.size(); ++module) {
      for (const ast::Item& item : modules_[module].tree.items) {
        if (const auto* decl = std::get_if<Decl>(&item.node)) visit(module, item, *decl);
      }
    }
  }
};

template <typename Check>
bool Checker::define(Definition& definition, const ast::Word& name, Span used_at, std::string_view kind,
                     std::string_view circular, Check check) {
  using State = Definition::State;
  if (definition.state == State::busy) {
    sink_.report(Code::circular_definition, used_at, std::string(circular)).label(name.span, "declared here");
    return false;
  }
  if (definition.state == State::fresh) {
    if (definition_depth_ >= max_definition_depth) {
      too_deep(kind, used_at);
      return false;
    }
    ++definition_depth_;
    definition.state = State::busy;
    const int outside = std::exchange(needed_depth_, 0);
    check();
    definition.depth = needed_depth_ + 1;
    needed_depth_ = outside;
    definition.state = State::done;
    --definition_depth_;
    if (definition.depth > max_definition_depth) {
      too_deep(kind, name.span);
      definition.depth = 0;  // once for each so many
    }
  }
  needed_depth_ = std::max(needed_depth_, definition.depth);
  return true;
}

}  // namespace assent::compiler
