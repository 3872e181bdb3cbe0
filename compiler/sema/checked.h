// What sema/ makes of a policy and all modules it uses: flat tables with typed ids, every name
// resolved, every expression typed. It says what the author said, one entry for each thing written;
// lower/ turns it into a Plan (inlining functions, folding constants, sharing equal expressions), and
// the naive evaluator in tests/ walks it as it stands: the meaning of a policy is the meaning of
// these tables. Const once made.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "compiler/source/source.h"
#include "runtime/plan/plan.h"
#include "runtime/value/date.h"
#include "runtime/value/decimal.h"

namespace assent::compiler::checked {

enum class ExprId : std::uint32_t {};
enum class RecordId : std::uint32_t {};
enum class ChoiceId : std::uint32_t {};
enum class FactId : std::uint32_t {};
enum class FunctionId : std::uint32_t {};
enum class CalendarId : std::uint32_t {};
enum class VariableId : std::uint32_t {};  // a loop's variable
enum class ApproverId : std::uint32_t {};  // approvers and groups alike
enum class ChainId : std::uint32_t {};
enum class RuleId : std::uint32_t {};      // rules and ladders alike
enum class PathId : std::uint32_t {};
enum class StepId : std::uint32_t {};

// A vector that is indexed by its own kind of id.
template <typename Id, typename T>
struct Table {
  std::vector<T> items;
  Id add(T item) { items.push_back(std::move(item)); return static_cast<Id>(items.size() - 1); }
  T& operator[](Id id) { return items[static_cast<std::size_t>(id)]; }
  const T& operator[](Id id) const { return items[static_cast<std::size_t>(id)]; }
  std::size_t size() const { return items.size(); }
};

// ── types ────────────────────────────────────────────────────────────────────────────────────
// `unknown` stands where a diagnostic was already given; everything is allowed with it.
enum class Base : std::uint8_t {
  unknown, boolean, integer, decimal, percent, money, text, currency, date, instant,
  days, months, business_days, minutes, person, choice, record,
};
struct Type {
  Base base = Base::unknown;
  bool optional = false;
  bool list = false;         // a list of `base`; lists are never optional and never nested directly
  std::uint32_t index = 0;   // record: RecordId; choice: ChoiceId; business_days: 1 + CalendarId, 0 unsaid
  friend bool operator==(const Type&, const Type&) = default;
};

struct Field {
  std::string name;
  Type type;
  std::vector<std::string> from;  // alternatives, dotted from the record's JSON object; never empty
  std::optional<ExprId> fallback; // a literal
  bool empty_if_missing = false;
  Span span;
};
struct Record {
  std::string name;
  std::vector<std::string> from;  // where in its JSON object the fields are: "record", "."; never empty
  std::optional<std::uint32_t> money_in;  // the field that names the currency of its money
  std::vector<Field> fields;
  Span span;
};
struct Choice { std::string name; std::vector<std::string> values; Span span; };

// ── expressions ──────────────────────────────────────────────────────────────────────────────
enum class Op : std::uint8_t {
  literal,      // ref: index of `literals`
  input,        // the quote
  variable,     // ref: VariableId
  parameter,    // ref: its number
  field,        // children[0] . ref, a field of the record type of children[0]; absent if that is absent
  manager, person_id, person_name,  // of children[0]
  fact,         // ref: FactId
  call,         // ref: FunctionId; children: the arguments
  builtin,      // ref: Builtin; children: the arguments
  today,
  add, subtract, multiply, divide,  // children, from the left
  negate,
  fallback,     // children, the first that is there
  conjunction, disjunction, negation,
  compare,      // children[0] and [1]; ref: plan::Comparison with plan::ignoring_case
  one_of,       // children[0] equals one of the others; ref: 0 or plan::ignoring_case
  between,      // children[1] <= children[0] <= children[2]
  starts_with, ends_with, contains,  // ref: 1 ignores case
  present,
  count, sum, minimum, maximum, average, distinct, any, every,  // ref: index of `ranges`; children: the body, if any
  approved,     // children[0] as the last decision on the step saw it
};
enum class Builtin : std::uint8_t {
#define BUILTIN(name, signature, meaning) name,
#include "compiler/sema/builtins.def"
#undef BUILTIN
};
struct Literal {  // typed by its expression
  Decimal number;         // numbers, percent points, amounts, days, milliseconds, 0 or 1
  std::string text;       // text, choice, person; the currency of money
  std::int32_t calendar = -1;  // of business days: CalendarId, or -1 where unsaid
};
struct Range { VariableId variable; ExprId list; std::optional<ExprId> where; };
struct Expr {
  Op op;
  Type type;
  std::uint32_t ref = 0;
  std::vector<ExprId> children;
  Span span;
};
struct Variable { std::string name; Type type; Span span; };

struct Fact { std::string name; ExprId value; Span span; };
struct Function {
  std::string name;
  std::vector<Type> parameters;
  std::vector<std::string> names;
  ExprId body;
  Span span;
  std::vector<Span> spans;  // of the parameters' names
};
struct Calendar { std::string name; std::uint8_t weekend = 0; std::vector<Date> holidays; Span span; };

// ── who decides ──────────────────────────────────────────────────────────────────────────────
struct Member {
  plan::MemberKind kind;
  std::string text;      // person, role; a climb's authority
  ExprId value{};        // value; climb: above whom
  ExprId covers{};       // climb
  ApproverId approver{};
  std::uint32_t weight = 1;
  Span span;
};
struct Duration { std::uint32_t amount = 0; plan::Type unit = plan::Type::days; std::int32_t calendar = -1; };
struct Setting {
  plan::SettingKind kind;
  Duration after, every;
  std::optional<ApproverId> target;
  bool flag = false;
  Span span;
};
struct Approver {
  std::string name, title;
  bool group = false;
  plan::QuorumKind quorum = plan::QuorumKind::any;
  std::uint32_t amount = 0;
  std::vector<Member> members, vetoes;
  std::vector<Setting> settings;
  Span span;
};

// ── paths ────────────────────────────────────────────────────────────────────────────────────
struct Path {
  plan::PathKind kind;
  StepId step{};                 // step
  std::vector<PathId> children;  // series, parallel; the one child of conditional
  ExprId condition{};            // conditional
};
struct Step { std::string key; ApproverId approver; Span span; };
struct Chain { std::string name, title; PathId path{}; std::vector<StepId> steps; Span span; };

// ── rules ────────────────────────────────────────────────────────────────────────────────────
struct Consequence {
  plan::ConsequenceKind kind;
  PathId path{};
  std::string message;
  std::string label;               // of a ladder's band
  std::optional<ExprId> above;     // band: the value is above this (at least this if `above_closed`)
  std::optional<ExprId> limit;     // band: and at most this (below this if `limit_open`)
  bool above_closed = false, limit_open = false;
  Span span;
};
struct Reapproval { plan::ReapprovalKind kind; ExprId value{}; Span span; };
struct Rule {
  std::string name, title;
  std::optional<Range> range;
  std::vector<ExprId> when, unless;
  std::optional<ExprId> by;  // a ladder's value
  std::optional<Date> first_day, last_day;
  std::optional<ExprId> effective_on;
  std::uint8_t states = plan::all_states;
  std::vector<Consequence> consequences;
  std::vector<Reapproval> reapprovals;
  Span span;
};
struct Entity { plan::EntityKind kind; std::uint32_t index; Span span; };
struct Ordering { Entity first, then; Span span; };

// ── orders ───────────────────────────────────────────────────────────────────────────────────
struct Phase { std::string name, title; std::optional<ExprId> where; Span span; };  // without: the other lines
struct Timing {                    // what a phase says of its orders; see plan::Timing
  plan::TimingKind kind;
  plan::Milestone milestone{};
  Convention convention = Convention::following;
  DatePolicy dates = DatePolicy::inherit;
  std::optional<Proration> proration;
  Recognition recognition = Recognition::by_day;
  bool otherwise = false;
  std::optional<std::uint32_t> phase, after;  // of Orders::phases; no phase: every order
  std::optional<ExprId> value, when;
  std::int32_t calendar = -1;      // CalendarId, or -1 where unsaid
  std::vector<std::uint32_t> same; // of Orders::split_by
  Span span;
};
struct LineChoice { plan::ChoiceKind kind; std::optional<ExprId> where; };  // without: the lines of no other
struct Orders {
  std::string name, title;
  Range range;                     // which lines are ordered; every expression below is about one of them
  std::array<std::optional<ExprId>, plan::line_role_count> roles;  // as plan::LineRole; the first three are there
  std::vector<Phase> phases;
  std::vector<ExprId> split_by;
  std::vector<Timing> timings;     // each of one phase, where there are phases
  std::vector<std::uint32_t> phase_order;  // all phases, each after those that it waits for
  std::vector<LineChoice> choices;
  bool bundles_together = true;
  Contracting contracting = Contracting::by_end_date;
  Allocation allocation = Allocation::largest_remainder;
  Span span;
};

struct Policy {
  std::string name, title;
  std::string input_name;
  RecordId input{};
  Table<RecordId, Record> records;
  Table<ChoiceId, Choice> choices;
  Table<ExprId, Expr> exprs;
  std::vector<Literal> literals;
  std::vector<Range> ranges;
  Table<VariableId, Variable> variables;
  Table<FactId, Fact> facts;
  Table<FunctionId, Function> functions;
  Table<CalendarId, Calendar> calendars;
  Table<ApproverId, Approver> approvers;
  Table<ChainId, Chain> chains;
  Table<PathId, Path> paths;
  Table<StepId, Step> steps;
  Table<RuleId, Rule> rules;
  std::vector<Ordering> orderings;
  bool same_approver_once = true;
  std::optional<ApproverId> override_by;  // two of whom may set a step aside
  plan::Otherwise otherwise = plan::Otherwise::nothing;
  std::string otherwise_text;
  PathId otherwise_path{};
  Span otherwise_span;
  std::optional<Orders> orders;
};

}  // namespace assent::compiler::checked
