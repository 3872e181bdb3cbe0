// The syntax tree: what the author wrote, before any name or type is looked up.
//
// Made by parse/build_ast.cpp, read by sema/, never changed after. Plain structs; closed sets are
// variants, so that a new alternative breaks the build wherever it matters. Binary levels are flat
// lists (`a + b - c` is one Arithmetic with three operands), so depth comes from brackets alone and
// is bounded by parse/. Equality is not defined: spans differ.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "compiler/source/source.h"

namespace assent::compiler::ast {

struct Word {  // a name or a text as written, unescaped, with its place
  std::string text;
  Span span;
};

struct Qualified {  // a.b.c
  std::vector<Word> parts;
  Span span;
};
inline std::string dotted(const Qualified& name) {
  std::string text;
  for (const Word& part : name.parts) text += (text.empty() ? "" : ".") + part.text;
  return text;
}

// ── expressions ──────────────────────────────────────────────────────────────────────────────
struct Expr;
using ExprPtr = std::unique_ptr<Expr>;

struct Literal {
  enum class Kind : std::uint8_t { number, percent, money, text, date, instant, duration, boolean };
  Kind kind;
  std::string text;       // digits without `_`, or the unescaped text, or `true`
  std::string unit;       // currency of money; unit of a duration in the singular ("business day")
  std::optional<Qualified> calendar;  // of a duration: `in us_federal`
};

struct Name { std::string text; };
struct Field { ExprPtr base; Word name; };

struct Arithmetic {  // first op[0] rest[0] op[1] rest[1] …, all of one precedence
  std::vector<ExprPtr> operands;
  std::string operators;  // one of + - * / between each two operands
};
struct Negate { ExprPtr operand; };
struct Fallback { std::vector<ExprPtr> operands; };  // a else b else c

enum class Logic : std::uint8_t { conjunction, disjunction };
struct Logical { Logic logic; std::vector<ExprPtr> operands; };
struct Not { ExprPtr operand; };

enum class Relation : std::uint8_t {
  equal, not_equal, less, less_equal, greater, greater_equal,
  one_of, not_one_of, between, not_between,
  starts_with, ends_with, contains, not_starts_with, not_ends_with, not_contains,
  present, absent,
};
struct Comparison {
  Relation relation;
  ExprPtr left;
  std::vector<ExprPtr> right;  // one; two for between; any number for one_of; none for present
  bool ignoring_case = false;
};

struct Range { Word variable; ExprPtr list; ExprPtr where; };  // `line in quote.lines where …`; where may be null

struct Call { Qualified function; std::vector<ExprPtr> arguments; };
struct Aggregate { Word function; ExprPtr body; std::unique_ptr<Range> range; };  // body null for count(x in …)

enum class Quantity : std::uint8_t { any, every, none };
struct Quantifier { Quantity quantity; std::unique_ptr<Range> range; ExprPtr body; };

struct Expr {
  Span span;
  std::variant<Literal, Name, Field, Arithmetic, Negate, Fallback, Logical, Not, Comparison, Call,
               Aggregate, Quantifier> node;
};

// ── types ────────────────────────────────────────────────────────────────────────────────────
struct TypeName {
  Span span;
  bool list = false;
  bool optional = false;
  Qualified name;             // empty when `choices` is not
  std::vector<Word> choices;  // one of "a", "b"
};

// ── approvers, paths ─────────────────────────────────────────────────────────────────────────
struct NamedPerson { Word id; };
struct NamedRole { Word role; };
struct Climb { ExprPtr above; Word authority; ExprPtr covers; };
struct PersonValue { Qualified name; };  // an approver's name, or a value of type Person
struct ApproverTerm { Span span; std::variant<NamedPerson, NamedRole, Climb, PersonValue> node; };

struct People { std::vector<Word> ids; };
struct Member { Span span; std::variant<People, NamedRole, PersonValue> node; std::string worth; Span worth_span; };

struct Quorum {
  enum class Kind : std::uint8_t { any, all, majority, number, percent, points };
  Kind kind;
  std::string amount;  // digits, for number, percent and points
  Span span;
};

struct Path;
struct Branch {
  Span span;
  std::variant<std::unique_ptr<Path>, NamedPerson, NamedRole, Qualified> node;
};
struct Stage { Span span; std::vector<Branch> branches; ExprPtr when; };  // when may be null
struct Path { Span span; std::vector<Stage> stages; };

// ── declarations ─────────────────────────────────────────────────────────────────────────────
struct Use { Qualified module; std::optional<Word> alias; };

struct FieldDecl {
  Word name;
  TypeName type;
  std::vector<Word> from;
  ExprPtr fallback;          // a literal, perhaps negated; null if none
  bool empty_list = false;   // else empty
};
struct RecordDecl { Word name; std::optional<Word> money_in; std::vector<Word> from; std::vector<FieldDecl> fields; };
struct ExtendDecl { Qualified record; std::vector<FieldDecl> fields; };
struct TypeDecl { Word name; std::vector<Word> choices; };
struct InputDecl { Word name; Qualified type; };
struct Parameter { Word name; TypeName type; };
struct FunctionDecl { Word name; std::vector<Parameter> parameters; std::optional<TypeName> result; ExprPtr body; };
struct CalendarDecl { Word name; Word first_day, last_day; std::vector<Word> holidays; };

struct ApproverDecl { Word name; std::optional<Word> title; std::vector<ApproverTerm> terms; };
struct GroupDecl { Word name; std::optional<Word> title; Quorum quorum; std::vector<Member> members, vetoes; };
struct ChainDecl { Word name; std::optional<Word> title; Path path; };
struct FactDecl { Word name; std::optional<TypeName> type; ExprPtr value; };

struct ForEach { std::unique_ptr<Range> range; };
struct Effective { std::optional<Word> first, last; ExprPtr on; };
struct States { bool except; std::vector<Word> names; };
struct When { ExprPtr condition; };
struct Unless { ExprPtr condition; };
struct Always {};
struct Requires { Path path; };
struct Denies { Word message; };
struct Warns { Word message; };
struct Reapprove {
  enum class Kind : std::uint8_t { when, always, on_change };
  Kind kind;
  std::vector<ExprPtr> values;  // the condition, or what must not change
};
struct Clause {
  Span span;
  std::variant<ForEach, Effective, States, When, Unless, Always, Requires, Denies, Warns, Reapprove> node;
};
struct RuleDecl { Word name; std::optional<Word> title; std::vector<Clause> clauses; };

struct NoApproval {};
struct Band {
  enum class Bound : std::uint8_t { up_to, below, above };
  Span span;        // the whole band
  Span bound_span;  // `up to 500_000 USD`
  Bound bound;
  ExprPtr limit;  // null for above
  std::variant<NoApproval, Denies, Path> outcome;
};
struct LadderDecl {
  Word name;
  std::optional<Word> title;
  ExprPtr by;
  std::vector<Clause> clauses;
  std::vector<Band> bands;
};

struct Setting {
  enum class Kind : std::uint8_t {
    remind, escalate, expire, silence, explicit_vote, reject_ends, reject_collects, reject_returns, may_decide
  };
  Span span;
  Kind kind;
  std::optional<Literal> after, every;  // durations
  Span after_span, every_span;
  Qualified target;       // escalate to, reject returns to; may be empty
  std::optional<Word> word;  // expire as …, … may decide
  bool replacing = false;
};
struct StepDecl { Qualified target; std::vector<Setting> settings; };

struct Ordering { Span span; std::vector<Qualified> first, then; };  // `after` is turned round
struct SameApprover { Span span; bool once; };
struct OverrideBy { Span span; Qualified who; };
struct PathDecl { Span span; std::vector<std::variant<Ordering, SameApprover, OverrideBy>> settings; };

struct OtherwiseDecl { Span span; std::optional<Word> reason; std::variant<NoApproval, Denies, Path> outcome; };

struct LineRole {  // what of a line is its id, its quantity …; `term from … to … lasting …` is one for each part
  enum class Kind : std::uint8_t { id, quantity, amount, part_of, item, unit, level, holder, term_from, term_to, term };
  Kind kind;
  ExprPtr value;
};
struct Phase { Word name; std::optional<Word> title; ExprPtr where; };  // where null: the other lines
struct SplitBy { std::vector<ExprPtr> keys; };
struct Bundles { bool together; };
struct Timing {  // what a phase says of when its orders start and end; without a phase, every order
  enum class Kind : std::uint8_t {
    starts_on, starts_after, takes, wanted_on, due_on, business_days, dates, earns, final_once
  };
  std::optional<Word> phase;
  Kind kind;
  ExprPtr value;                    // a date; takes, starts_after: a duration; null where none is said
  ExprPtr when;                     // takes: for which lines
  bool otherwise = false;           // takes: for those of no `when`
  std::optional<Word> after;        // starts_after: the phase that it waits for …
  std::vector<ExprPtr> same;        // … and in what its orders are alike
  std::string milestone;            // "delivered"
  std::optional<Qualified> calendar;  // business_days
  std::string convention;             // "modified following"; empty where unsaid
  std::string dates, proration;       // dates: "shifts", "month and day"; the latter empty where unsaid
  std::string recognition;            // earns: "by day"
};
struct LineChoice {  // what becomes of a line: assets, a contract; `where` null: of the lines of no other
  enum class Kind : std::uint8_t {
    assets_per_unit, assets_per_line, no_assets, contract_separately, no_contract
  };
  Kind kind;
  ExprPtr where;
};
struct Contracts { bool as_one; };
struct Remainder { bool to_first; };
struct OrderClause {
  Span span;
  std::variant<ForEach, LineRole, Phase, SplitBy, Bundles, Timing, LineChoice, Contracts, Remainder> node;
};
struct OrdersDecl { Word name; std::optional<Word> title; std::vector<OrderClause> clauses; };

struct EditStep { Word name; std::optional<std::uint32_t> index; };
struct Edit { Span span; std::vector<EditStep> target; ExprPtr value; };  // null value: absent
struct Given { Word file; std::vector<Edit> edits; };
struct Expectation {
  enum class Kind : std::uint8_t {
    approved, denied, blocked, warning, path, rule_applies, rule_does_not, value, orders, no_orders,
    order_starts, order_delivered, order_pending, order_amount
  };
  Span span;
  Kind kind;
  std::optional<Word> text;
  std::optional<Path> path;
  Qualified rule;
  ExprPtr subject, value;  // of `value X = V`, where a null value means absent; the date or amount of an order
  std::vector<std::vector<Word>> orders;  // the ids of the lines of each
};
struct TestDecl {
  Word title;  // empty text for `testing`
  std::optional<Given> given;
  std::optional<Word> directory, rates, today, state;
  std::vector<Expectation> expectations;
};
struct ReservedDecl { Word word; };  // `prove`

struct Item {
  Span span;
  std::variant<Use, RecordDecl, ExtendDecl, TypeDecl, InputDecl, FunctionDecl, CalendarDecl, ApproverDecl,
               GroupDecl, ChainDecl, FactDecl, RuleDecl, LadderDecl, StepDecl, PathDecl, OtherwiseDecl,
               OrdersDecl, TestDecl, ReservedDecl> node;
};

struct Module {
  FileId file{};
  bool policy = false;   // `policy …`, not `module …`
  Qualified name;        // empty without a header
  std::optional<Word> title;
  std::vector<Item> items;
  // Items with a syntax error are left out: `lost` are the words in them, any of which they may
  // declare. `broken`: nothing could be parsed, or a used module is missing; any name may be lost.
  std::set<std::string> lost;
  bool broken = false;
};

}  // namespace assent::compiler::ast
