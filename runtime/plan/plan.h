// The Plan: a compiled policy as flat tables of plain structs. Internal and unstable; hosts see
// assent/policy.h. The compiler's lower/ fills it, artifact.cpp writes and reads it, verify.cpp
// checks every index before anything trusts it, ingest/ and eval/ run it.
//
// Ids are indices into the tables. An expression is a node whose operands have smaller ids (so the
// graph has no cycle), each distinct expression once. Nothing points; everything can be copied.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "runtime/value/calendar.h"
#include "runtime/value/order_words.h"

namespace assent::plan {

inline constexpr std::uint32_t none = 0xffff'ffffu;

// ── limits, each with its reason ──────────────────────────────────────────────────────────────
inline constexpr std::uint32_t max_depth = 500;   // of an expression: bounds the evaluator's stack
inline constexpr std::uint32_t max_frames = 8;    // loops inside loops: bounds the cost at rows^8
inline constexpr std::uint32_t max_path_depth = 500;    // parts of a path inside each other: bounds the walk's stack
inline constexpr std::uint32_t max_path_size = 1'000'000; // parts of a path, chains written out: bounds the walk's time
inline constexpr std::uint32_t max_approver_depth = 200;  // approvers named by approvers: bounds the stack
inline constexpr std::uint32_t max_approver_size = 100'000;  // members of an approver, all written out: bounds the time
inline constexpr std::uint32_t max_settings = 100;  // of an approver: each escalation is looked up at every decision
inline constexpr std::uint32_t max_choices = 10'000;  // values of an enumeration: each cell is sought among them
inline constexpr std::uint32_t max_places = 64;   // in the JSON where one field may be found
inline constexpr std::uint32_t max_shape_depth = 250;  // objects in objects that ingest walks into: bounds its stack
inline constexpr std::uint32_t max_tables = 250;  // lists inside a quote: a table id fits a byte

enum class Op : std::uint8_t {
#define OPCODE(name, operands, meaning) name,
#include "runtime/plan/opcodes.def"
#undef OPCODE
};
enum class Operands : std::uint8_t { leaf, one, two, many, loop };
struct OpInfo { std::string_view name; Operands operands; std::string_view meaning; };
inline constexpr OpInfo op_infos[] = {
#define OPCODE(name, operands, meaning) {#name, Operands::operands, meaning},
#include "runtime/plan/opcodes.def"
#undef OPCODE
};
inline constexpr std::size_t op_count = std::size(op_infos);
constexpr const OpInfo& info(Op op) { return op_infos[static_cast<std::size_t>(op)]; }

// The low three bits of a compare's detail; `ignoring_case` may be added where both sides are text.
enum class Comparison : std::uint8_t { equal, not_equal, less, less_equal, greater, greater_equal };
inline constexpr std::uint8_t ignoring_case = 8;

// How a value is shown and read; see grammar/README.md for the types.
enum class Type : std::uint8_t {
  boolean, integer, decimal, percent, money, text, currency, date, instant,
  days, months, business_days, minutes, person, choice,
};
inline constexpr std::size_t type_count = 15;

struct Node {
  Op op;
  Type type;
  std::uint16_t detail;
  std::uint32_t a, b;
};
static_assert(sizeof(Node) == 12);

// Sorted and each once: see constants.h. Booleans are 0 and 1, dates days since 1970-01-01, instants milliseconds,
// durations their unit.
struct Constant {
  std::int64_t coefficient;  // wide: a place in Plan::wides
  std::uint32_t unit;        // money: the currency (see value.h); text, person, choice: the string
  std::int16_t exponent;
  Type type;
  std::uint8_t wide;         // 1 where the coefficient needs more than 64 bits, and only there
};
static_assert(sizeof(Constant) == 16);
struct Wide { std::uint64_t low, high; };  // a coefficient, two's complement

// Lines are counted through all files, in the order of Plan::files; both from 1. A column that does not fit is the last
// one that does. The empty place of what stands nowhere is line 0.
inline constexpr std::uint32_t max_lines = (1u << 22) - 1;
inline constexpr std::uint32_t max_column = (1u << 10) - 1;
struct Position { std::uint32_t line : 22, column : 10; };
static_assert(sizeof(Position) == 4);
struct File { std::uint32_t path, lines_before; };  // string; the lines of the files before this one
struct Slice { std::uint32_t first, count; };           // a run of another table

// ── the quote ────────────────────────────────────────────────────────────────────────────────
// Table 0 has the one row of the quote; each list is a table whose rows belong to rows of `parent`.
struct Table {
  std::uint32_t parent;  // none for table 0
  std::uint32_t path;    // string: "lines", "groups.lines"; empty for table 0
  std::uint32_t row;     // string: what the policy first calls a row ("line"); "quote" for table 0
  std::uint32_t within;  // the column that says whether the optional record around it is there, or none
  std::uint8_t empty_if_missing;
  std::uint8_t reserved[3];
};
struct Column {
  std::uint32_t table;
  std::uint32_t path;      // string: the field's path from its row, "account.region"
  std::uint32_t fallback;  // constant to take when missing or null, or none
  std::uint32_t currency;  // column that names the currency of this money; same table or an ancestor's
  std::uint32_t choices;   // first of Plan::choices if type is choice
  std::uint32_t choice_count;
  std::uint32_t key;       // string: where the JSON has it, for messages
  std::uint32_t within;    // as in Table: where that record is absent, so is the field, default or not
  Type type;
  std::uint8_t optional;
  std::uint8_t reserved[2];
};
// A shape says what to do with each key of a JSON object; keys that it does not list are skipped. A key
// may be listed several times: two fields read from one place, an object and whether it is there.
enum class KeyAction : std::uint8_t { column, object, list, presence };
struct Shape { std::uint32_t first_key, key_count; };
struct Key {
  std::uint32_t name;    // string
  std::uint32_t target;  // column: the column; object: a shape; list: a table; presence: a column that
                         // is true where the key's value is there (its record is tested so)
  std::uint32_t shape;   // list: the shape of an element, or none where elements are scalars of `scalar`
  std::uint32_t scalar;  // list of scalars: their column; else none
  KeyAction action;
  std::uint8_t reserved[3];
};

// ── who decides ──────────────────────────────────────────────────────────────────────────────
enum class QuorumKind : std::uint8_t { any, all, majority, number, percent, points };
enum class MemberKind : std::uint8_t { person, role, value, climb, approver };
struct Member {
  MemberKind kind : 8;
  std::uint32_t weight : 24;  // votes that this member counts, 1 where nothing else is said
  std::uint32_t who;          // person, role: string; value: node; climb: of Plan::climbs; approver: approver
};
static_assert(sizeof(Member) == 8);
struct Climb {
  std::uint32_t from, covers;  // nodes: whose managers are asked, and what their authority must cover
  std::uint32_t authority;     // string: its name
};
// How those who are asked decide: one for all approvers of whom the same is said.
struct Conduct {
  std::uint8_t group;         // 0: the first of the members that can be resolved; 1: all of them, by quorum
  QuorumKind quorum;
  std::uint16_t reserved;
  std::uint32_t amount;       // of number, percent and points
  Slice vetoes;               // of Plan::members
  Slice settings;
};
struct Approver {
  std::uint32_t name, title;  // strings
  std::uint32_t conduct;
  Slice members;
  Position position;
};
static_assert(sizeof(Approver) == 24);
enum class SettingKind : std::uint8_t {
  remind, escalate, expire, silence, explicit_vote, reject_ends, reject_collects, reject_returns,
  submitter_may, owner_may, editor_may,
};
struct Setting {
  SettingKind kind;
  std::uint8_t flag;      // escalate: 1 replaces; expire: 1 withdraws, 0 rejects
  Type after_unit, every_unit;
  std::uint32_t after, every;     // amounts; `every` 0 for once
  std::uint32_t after_calendar, every_calendar;  // none but for business days
  std::uint32_t target;           // approver, or none
};
struct Calendar {
  std::uint32_t name;
  std::uint32_t weekend;  // bit i: weekday i (0 = Monday) is no business day
  Slice holidays;
};

// ── when they decide ─────────────────────────────────────────────────────────────────────────
struct Fact { std::uint32_t name, node; Position position; };  // sorted by node

inline constexpr std::uint8_t all_states = 0x3f;  // bit i: State i, see assent/world.h

// Where and when rules hold, and what they make of votes given before: one for all rules of which the same is said.
struct Scope {
  std::uint32_t table;           // rows that the rule ranges over, or none
  std::uint32_t row;             // string: what the rule calls one of them; empty without
  std::uint32_t where;           // node or none: the rows that it looks at
  std::uint32_t effective_on;    // node of the date, or none for today
  std::int32_t first_day, last_day;  // inclusive; the ends of int32 where open
  Slice reapprovals;
  std::uint8_t states;
  std::uint8_t ladder;
  std::uint8_t reserved[2];
};
struct Rule {
  std::uint32_t name, title;
  std::uint32_t condition;       // node, Kleene; a rule over rows may use frame 1
  std::uint32_t scope;
  Slice consequences;
  Position position;
};
static_assert(sizeof(Rule) == 28);
enum class ConsequenceKind : std::uint8_t { nothing, requires_path, denies, warns };
inline constexpr std::uint32_t no_band = (1u << 24) - 1;
struct Consequence {
  ConsequenceKind kind : 8;
  std::uint32_t band : 24;  // of Plan::bands, or no_band for always
  std::uint32_t target;     // requires_path: path; denies, warns: string
  Position position;
};
static_assert(sizeof(Consequence) == 12);
// One of a ladder's, or the only one where that is of all values.
struct Band {
  std::uint32_t condition;  // node, or none for always
  std::uint32_t label;      // in words
};
enum class ReapprovalKind : std::uint8_t { when, always, on_change };
struct Reapproval { ReapprovalKind kind; std::uint8_t reserved[3]; std::uint32_t node; Position position; };

// ── in which order ───────────────────────────────────────────────────────────────────────────
// A path is a number: that of a step, if it is this step alone; those of path_nodes come after the last step.
enum class PathKind : std::uint8_t { step, series, parallel, conditional };
struct PathNode {
  PathKind kind;    // in the table no step
  std::uint8_t reserved[3];
  std::uint32_t a;  // step: the step; series, parallel: first of path_children; conditional: node
  std::uint32_t b;  // series, parallel: how many; conditional: path
};
struct Step {       // in the one topological order of all steps of the policy
  std::uint32_t key;       // string, unique: "steep_discount/rep_manager"
  std::uint32_t approver;
  Position position;
};
// What `before` may name. Pairs are closed: if a before b and b before c are there, so is a before c.
enum class EntityKind : std::uint8_t { rule, chain, approver };
struct Ordering { EntityKind first_kind, then_kind; std::uint8_t reserved[2]; std::uint32_t first, then; };
struct Chain { std::uint32_t name; Slice steps; };  // steps: of Plan::chain_steps

// ── orders ───────────────────────────────────────────────────────────────────────────────────
struct Phase {                // each after those that it waits for
  std::uint32_t name, title;  // strings; empty for that of all lines, where the policy has no phases
  std::uint32_t where;        // node over a line, or none: the lines of no other phase
  Slice timings;              // those that are `otherwise` come last
  Position position;
};
enum class TimingKind : std::uint8_t {
  starts_on, starts_after, takes, wanted_on, due_on, business_days, dates, earns, final_once,
};
enum class Milestone : std::uint8_t { activated, delivered, accepted };
inline constexpr std::string_view timing_names[] = {"starts on", "starts after", "takes", "is wanted on", "is due on",
                                                   "keeps to business days", "dates", "earns", "is final once"};
inline constexpr std::string_view milestone_names[] = {"activated", "delivered", "accepted"};
constexpr std::string_view name(TimingKind kind) { return timing_names[static_cast<std::size_t>(kind)]; }
constexpr std::string_view name(Milestone milestone) { return milestone_names[static_cast<std::size_t>(milestone)]; }
constexpr bool has_milestone(TimingKind kind) {
  return kind == TimingKind::starts_after || kind == TimingKind::earns || kind == TimingKind::final_once;
}
struct Timing {               // what one phase says of when its orders start and end, and what follows from that
  TimingKind kind;
  Milestone milestone;        // starts_after: of the orders that it waits for; earns, final_once: of its own
  Convention convention;      // business_days
  std::uint8_t otherwise;     // takes: 1 for lines for which no other of the phase has a `when` that holds
  DatePolicy dates;           // dates: what becomes of the terms of lines
  Proration proration;        // dates: how a term is counted where `prorated`
  std::uint8_t prorated;      // dates: 1 where the proration is said
  Recognition recognition;    // earns
  std::uint32_t value;        // node: a date, which may be absent; takes, starts_after: days or business days, or none
  std::uint32_t when;         // takes: node, or none
  std::uint32_t after;        // starts_after: the phase that it waits for, an earlier one
  std::uint32_t calendar;     // of business days, or none
  Slice same;                 // starts_after: of Plan::same_keys, split keys by number: only orders with equal values
  Position position;
};
// What of a line is its id, its quantity …; the first three are always there.
enum class LineRole : std::uint8_t {
  id,
  quantity,
  amount,
  part_of,
  item,
  unit,
  level,
  holder,
  term_from,
  term_to,
  term
};
inline constexpr std::size_t line_role_count = 11;
inline constexpr std::string_view line_role_names[] = {"named",     "quantity", "amount",      "part of",
                                                       "item",      "unit",     "level",       "held by",
                                                       "term from", "term to",  "term lasting"};
constexpr std::string_view name(LineRole role) { return line_role_names[static_cast<std::size_t>(role)]; }
constexpr bool fits(LineRole role, Type type) {
  switch (role) {
    case LineRole::quantity: return type == Type::integer || type == Type::decimal;
    case LineRole::amount: return type == Type::money;
    case LineRole::term_from:
    case LineRole::term_to: return type == Type::date;
    case LineRole::term: return type == Type::months;
    default: return type == Type::text;
  }
}
// What becomes of a line, as assets and in a contract. Two that hold for one line must agree.
enum class ChoiceKind : std::uint8_t { assets_per_unit, assets_per_line, no_assets, contract_separately, no_contract };
inline constexpr std::string_view choice_names[] = {"assets per unit", "assets per line", "no assets",
                                                   "contract separately", "no contract"};
constexpr std::string_view name(ChoiceKind kind) { return choice_names[static_cast<std::size_t>(kind)]; }
struct LineChoice {
  ChoiceKind kind;
  std::uint8_t reserved[3];
  std::uint32_t where;        // node; none: the lines of no other choice of assets
};
struct Orders {               // one at most
  std::uint32_t name, title;
  std::uint32_t table;        // whose rows are the lines; the nodes below may use frame 1
  std::uint32_t row;          // string: what the policy calls a line
  std::uint32_t where;        // node or none: the lines that are ordered
  std::uint32_t roles[line_role_count];  // nodes, or none; of a type that fits; from the fourth on they may be absent
  Slice phases;               // one at least
  Slice split_keys;           // of Plan::split_keys, nodes; each may be absent
  Position position;
  std::uint8_t bundles_together;
  Contracting contracting;
  Allocation allocation;
  std::uint8_t reserved;

  std::uint32_t role(LineRole which) const { return roles[static_cast<std::size_t>(which)]; }
};

enum class Otherwise : std::uint8_t { nothing, approve, denies, requires_path };
struct Header {
  std::uint32_t name, title;  // strings
  std::uint32_t root_shape;
  std::uint32_t input;        // string: what the policy calls the quote
  Otherwise otherwise;
  std::uint8_t same_approver_once;
  std::uint8_t reserved[2];
  std::uint32_t otherwise_target;  // approve, denies: string or none; requires_path: path node
  std::uint32_t owner;             // column of table 0: the person whose quote it is, or none
  std::uint32_t override_by;       // approver: two of whom may set a step aside, or none
  Position otherwise_position;
};

// PLAN_SECTIONS lists the tables once; members, writer, reader and sizes derive from it.
#define PLAN_SECTIONS(X)                                                                        \
  X(char, bytes) X(std::uint32_t, string_starts) X(File, files) X(Constant, constants) X(Wide, wides) \
  X(Node, nodes) X(std::uint32_t, operands) X(Table, tables) X(Column, columns)                 \
  X(std::uint32_t, choices)                                                                     \
  X(Shape, shapes) X(Key, keys) X(Approver, approvers) X(Conduct, conducts) X(Member, members)   \
  X(Climb, climbs) X(Setting, settings)                                                         \
  X(Calendar, calendars) X(std::int32_t, holidays) X(Fact, facts) X(Rule, rules) X(Scope, scopes) \
  X(Consequence, consequences) X(Band, bands) X(Reapproval, reapprovals) X(PathNode, path_nodes) \
  X(std::uint32_t, path_children) X(Step, steps) X(Chain, chains)                               \
  X(std::uint32_t, chain_steps) X(Ordering, orderings) X(Orders, orders) X(Phase, phases)       \
  X(std::uint32_t, split_keys) X(Timing, timings) X(std::uint32_t, same_keys) \
  X(LineChoice, line_choices)

struct Plan {
  Header header{};
#define PLAN_MEMBER(type, name) std::vector<type> name;
  PLAN_SECTIONS(PLAN_MEMBER)
#undef PLAN_MEMBER
  std::array<std::uint8_t, 32> hash{};  // SHA-256 of the artifact's content; set by write and read

  // A string ends where the next one starts; the last entry of string_starts starts none.
  std::string_view string(std::uint32_t id) const {
    return {bytes.data() + string_starts[id], string_starts[id + 1] - string_starts[id]};
  }
  std::size_t string_count() const { return string_starts.empty() ? 0 : string_starts.size() - 1; }
  const Scope& scope(const Rule& rule) const { return scopes[rule.scope]; }
  const Conduct& conduct(const Approver& approver) const { return conducts[approver.conduct]; }
  // Of a consequence: always where it is no band.
  Band band(const Consequence& consequence) const {
    return consequence.band == no_band ? Band{none, none} : bands[consequence.band];
  }
  std::size_t path_count() const { return steps.size() + path_nodes.size(); }
  PathNode path(std::uint32_t id) const {
    return id < steps.size() ? PathNode{PathKind::step, {}, id, 0} : path_nodes[id - steps.size()];
  }
  // Borrows from this. Monday to Friday for an id that is none of Plan::calendars.
  assent::Calendar calendar(std::uint32_t id) const {
    if (id >= calendars.size()) return {saturday_and_sunday, {}};
    const Slice& days = calendars[id].holidays;
    return {static_cast<std::uint8_t>(calendars[id].weekend), {holidays.data() + days.first, days.count}};
  }
};

#define PLAN_PLAIN(type, name) static_assert(std::is_trivially_copyable_v<type>);
PLAN_SECTIONS(PLAN_PLAIN)
#undef PLAN_PLAIN

}  // namespace assent::plan
