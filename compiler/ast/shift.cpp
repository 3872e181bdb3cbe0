// See shift.h. Each structure is taken apart into all of its members: one that is added breaks the build here.
#include "compiler/ast/shift.h"

#include <type_traits>

namespace assent::compiler::ast {

namespace {

class Shift {
 public:
  Shift(FileId file, std::uint32_t by) : file_(file), by_(by) {}

  void go(Span& span) { span = {file_, span.begin + by_, span.end + by_}; }
  void go(std::string&) {}
  void go(std::set<std::string>&) {}
  template <typename Plain>
    requires std::is_arithmetic_v<Plain> || std::is_enum_v<Plain>
  void go(Plain&) {}

  template <typename T>
  void go(std::vector<T>& list) { for (T& each : list) go(each); }
  template <typename T>
  void go(std::optional<T>& maybe) { if (maybe) go(*maybe); }
  template <typename T>
  void go(std::unique_ptr<T>& maybe) { if (maybe) go(*maybe); }
  template <typename... Ts>
  void go(std::variant<Ts...>& choice) { std::visit([&](auto& each) { go(each); }, choice); }

#define MEMBERS(Type, ...) \
  void go(Type& tree) { auto& [__VA_ARGS__] = tree; all(__VA_ARGS__); }
#define NOTHING(Type) \
  void go(Type&) { static_assert(std::is_empty_v<Type>); }
  MEMBERS(Word, text, span)
  MEMBERS(Qualified, parts, span)
  // ── expressions ─────────────────────────────────────────────────────────────────────────
  MEMBERS(Literal, kind, text, unit, calendar)
  MEMBERS(Name, text)
  MEMBERS(Field, base, name)
  MEMBERS(Arithmetic, operands, operators)
  MEMBERS(Negate, operand)
  MEMBERS(Fallback, operands)
  MEMBERS(Logical, logic, operands)
  MEMBERS(Not, operand)
  MEMBERS(Comparison, relation, left, right, ignoring_case)
  MEMBERS(Range, variable, list, where)
  MEMBERS(Call, function, arguments)
  MEMBERS(Aggregate, function, body, range)
  MEMBERS(Quantifier, quantity, range, body)
  MEMBERS(Expr, span, node)
  // ── types, approvers, paths ─────────────────────────────────────────────────────────────
  MEMBERS(TypeName, span, list, optional, name, choices)
  MEMBERS(NamedPerson, id)
  MEMBERS(NamedRole, role)
  MEMBERS(Climb, above, authority, covers)
  MEMBERS(PersonValue, name)
  MEMBERS(ApproverTerm, span, node)
  MEMBERS(People, ids)
  MEMBERS(Member, span, node, worth, worth_span)
  MEMBERS(Quorum, kind, amount, span)
  MEMBERS(Branch, span, node)
  MEMBERS(Stage, span, branches, when)
  MEMBERS(Path, span, stages)
  // ── declarations ────────────────────────────────────────────────────────────────────────
  MEMBERS(Use, module, alias)
  MEMBERS(FieldDecl, name, type, from, fallback, empty_list)
  MEMBERS(RecordDecl, name, money_in, from, fields)
  MEMBERS(ExtendDecl, record, fields)
  MEMBERS(TypeDecl, name, choices)
  MEMBERS(InputDecl, name, type)
  MEMBERS(Parameter, name, type)
  MEMBERS(FunctionDecl, name, parameters, result, body)
  MEMBERS(CalendarDecl, name, first_day, last_day, holidays)
  MEMBERS(ApproverDecl, name, title, terms)
  MEMBERS(GroupDecl, name, title, quorum, members, vetoes)
  MEMBERS(ChainDecl, name, title, path)
  MEMBERS(FactDecl, name, type, value)
  MEMBERS(ForEach, range)
  MEMBERS(Effective, first, last, on)
  MEMBERS(States, except, names)
  MEMBERS(When, condition)
  MEMBERS(Unless, condition)
  NOTHING(Always)
  MEMBERS(Requires, path)
  MEMBERS(Denies, message)
  MEMBERS(Warns, message)
  MEMBERS(Reapprove, kind, values)
  MEMBERS(Clause, span, node)
  MEMBERS(RuleDecl, name, title, clauses)
  NOTHING(NoApproval)
  MEMBERS(Band, span, bound_span, bound, limit, outcome)
  MEMBERS(LadderDecl, name, title, by, clauses, bands)
  MEMBERS(Setting, span, kind, after, every, after_span, every_span, target, word, replacing)
  MEMBERS(StepDecl, target, settings)
  MEMBERS(Ordering, span, first, then)
  MEMBERS(SameApprover, span, once)
  MEMBERS(OverrideBy, span, who)
  MEMBERS(PathDecl, span, settings)
  MEMBERS(OtherwiseDecl, span, reason, outcome)
  // ── orders ──────────────────────────────────────────────────────────────────────────────
  MEMBERS(LineRole, kind, value)
  MEMBERS(Phase, name, title, where)
  MEMBERS(SplitBy, keys)
  MEMBERS(Bundles, together)
  MEMBERS(Timing, phase, kind, value, when, otherwise, after, same, milestone, calendar, convention, dates, proration,
          recognition)
  MEMBERS(LineChoice, kind, where)
  MEMBERS(Contracts, as_one)
  MEMBERS(Remainder, to_first)
  MEMBERS(OrderClause, span, node)
  MEMBERS(OrdersDecl, name, title, clauses)
  // ── tests, files ────────────────────────────────────────────────────────────────────────
  MEMBERS(EditStep, name, index)
  MEMBERS(Edit, span, target, value)
  MEMBERS(Given, file, edits)
  MEMBERS(Expectation, span, kind, text, path, rule, subject, value, orders)
  MEMBERS(TestDecl, title, given, directory, rates, today, state, expectations)
  MEMBERS(ReservedDecl, word)
  MEMBERS(Item, span, node)
  MEMBERS(Module, file, policy, name, title, items, lost, broken)
#undef MEMBERS
#undef NOTHING

 private:
  FileId file_;
  std::uint32_t by_;

  template <typename... Members>
  void all(Members&... members) { (go(members), ...); }
};

}  // namespace

void shift(Module& module, FileId file, std::uint32_t by) {
  Shift(file, by).go(module);
  module.file = file;
}

}  // namespace assent::compiler::ast
