// assent/outline.h: what a compiled policy could demand, before any quote: its rules with their conditions and paths,
// who is asked, what reads which field, and the orders. For pictures, listings and pages; deciding needs none of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/policy.h"

namespace assent {

// How conditions and values are put: as the policy writes them, `hardware_discount > 15%`, or for whoever does not
// program, "hardware discount is more than 15%".
enum class Wording : std::uint8_t { written, spoken };

// A path as the policy has it: a step, or parts in series or in parallel.
struct PathOutline {
  enum class Kind : std::uint8_t { step, series, parallel };
  Kind kind = Kind::step;
  std::string step;      // key: "steep_discount/rep_manager"
  std::string approver;
  std::string chain;     // whose step it is; empty for a rule's own
  std::string when;      // the condition of this part in words; empty if it has none
  bool cut = false;      // its parts are left out: see max_outline_parts
  std::vector<PathOutline> parts;
};

// Where a ladder's band begins or ends; no value where it is open.
struct BoundOutline {
  std::string value;
  bool included = false;
};

struct ConsequenceOutline {
  enum class Kind : std::uint8_t { nothing, requires_path, denies, warns };
  Kind kind = Kind::nothing;
  std::string band;       // of a ladder
  BoundOutline from, to;  // of a ladder
  std::string message;    // denies, warns
  PathOutline path;       // requires_path
};

struct ReapprovalOutline {
  enum class Kind : std::uint8_t { when, always, on_change };
  Kind kind = Kind::when;
  std::string what;  // a condition, or the value whose change counts; empty for `always`
};

struct RuleOutline {
  std::string name, title;
  std::string condition;  // in words; empty for `always`
  std::string over;       // of a rule over lines: "line in quote.lines where …"; else empty
  std::string by;         // of a ladder: the value that chooses the band; else empty
  std::vector<ConsequenceOutline> consequences;
  std::string first_day, last_day;  // "2026-01-31", inclusive; empty where open
  std::string effective_on;         // the date that counts for them; empty for today
  std::vector<std::string> states;  // in which alone it is looked at; empty for all
  std::vector<ReapprovalOutline> reapprovals;
  Location location;      // views into the policy
};

struct OrderingOutline {
  enum class Kind : std::uint8_t { rule, chain, approver };
  std::string first, then;
  Kind first_kind = Kind::rule, then_kind = Kind::rule;
};

struct ChainOutline {
  std::string name;
  std::vector<std::string> approvers;  // of its steps
};

struct MemberOutline {
  enum class Kind : std::uint8_t { person, role, value, climb, approver };
  Kind kind = Kind::person;
  std::string name;    // an id, a role, an authority, another approver
  std::string value;   // value: who; climb: from whom upwards
  std::string covers;  // climb: what the authority must cover
  std::uint32_t weight = 1;
};

struct SettingOutline {
  enum class Kind : std::uint8_t {
    remind, escalate, expire, silence, explicit_vote, reject_ends, reject_collects, reject_returns,
    submitter_may, owner_may, editor_may,
  };
  Kind kind = Kind::remind;
  std::string after, every;  // "1 business day in us_federal"; empty where none is said
  std::string to;            // escalate, reject_returns: an approver
  bool replaces = false;     // escalate
  bool withdraws = false;    // expire; else it rejects
};

struct ApproverOutline {
  enum class Quorum : std::uint8_t { any, all, majority, number, percent, points };
  std::string name, title;
  bool group = false;  // else the first of `members` who can be found decides
  Quorum quorum = Quorum::any;
  std::uint32_t amount = 0;  // of number, percent and points
  std::vector<MemberOutline> members, vetoes;
  std::vector<SettingOutline> settings;
  Location location;
};

// Who reads something: one of Outline::rules, facts or approvers by its number, or what there is once. `votes`: whoever
// owns the quote has none on it.
struct ReaderOutline {
  enum class Kind : std::uint8_t { rule, fact, approver, orders, otherwise, votes };
  Kind kind = Kind::rule;
  std::uint32_t index = 0;
};

// A field of the quote, or a fact, and what reads it. Who reads an amount reads its currency.
struct ReadOutline {
  std::string name;     // "quote.net_total"; of a fact its name
  std::string value;    // of a fact, in words
  std::string same_as;  // of a fact: the earlier one that is the same, whose readers are told; else empty
  std::vector<ReaderOutline> readers;  // that name it themselves
  std::vector<ReaderOutline> through;  // that read it through facts alone
  Location location;  // of a fact
};

struct PhaseOutline {
  std::string name, title;           // empty for that of all lines, where the policy has no phases
  std::string where;                 // empty for the lines of no other phase
  std::vector<std::string> timings;  // "takes 2 business days", each in words
};

struct OrdersOutline {
  std::string name, title, over;
  std::vector<std::pair<std::string, std::string>> roles;  // what of a line is its "quantity", its "amount" …
  std::vector<std::string> split_by;
  std::vector<PhaseOutline> phases;
  bool bundles_together = true;
  std::vector<std::string> choices;  // "assets per unit where …", "contract as one", each in words
  Location location;
};

// Work is bounded, as a policy of a few lines can have chains of chains, and rules that share what they read. Of all
// paths and chains together so many parts are listed; so many values are walked through to tell what reads what.
inline constexpr std::size_t max_outline_parts = 100'000;
inline constexpr std::size_t max_outline_reads = 10'000'000;

struct Outline {
  std::string policy, title;
  std::vector<RuleOutline> rules;              // as declared
  std::vector<OrderingOutline> orderings;      // closed: a before b, b before c, a before c
  std::vector<ConsequenceOutline> otherwise;   // none or one; `nothing` means approve
  std::string otherwise_reason;
  std::vector<ChainOutline> chains;
  std::vector<ApproverOutline> approvers;
  bool same_approver_once = false;
  std::string override_by;                     // an approver, two of whom may set a step aside; empty: nobody may
  std::vector<ReadOutline> fields;             // by name
  std::vector<ReadOutline> facts;              // those that something reads; one that is a field is read as that field
  bool reads_cut = false;                      // see max_outline_reads
  std::vector<OrdersOutline> orders;           // none or one
};

// `policy` must outlive the locations.
Outline outline(const Policy& policy, Wording wording = Wording::written);

// A name as words: "rep manager" of "rep_manager".
std::string words_of(std::string_view name);

// JSON Schema (draft 2020-12) of the quotes that the policy reads, and only of what it reads. A field
// that may stand in one of several places is listed in each and required in none.
std::string quote_schema(const Policy& policy);
void append_schema_line(std::string& out, const Policy& policy);  // on one line, without its end

}  // namespace assent
