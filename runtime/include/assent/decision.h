// assent/decision.h: the answer to "who must approve this quote, in which order, and why".
//
// A Decision is a view: its texts and spans belong to the Evaluator that made it, and are good until
// that evaluator decides again. Write it out (to_json) or copy what you keep. Everything is listed in
// a stable order: steps topologically, ties by declaration; rules as declared.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/result.h"

namespace assent {

enum class Outcome : std::uint8_t {
  auto_approved,   // no rule demands anything, and the policy says `otherwise approve`
  needs_approval,  // every step of the path must be satisfied
  denied,          // a rule denies; no approval can help
  blocked,         // an error, or a policy without an answer: nothing may be concluded
};
std::string_view text(Outcome outcome);

enum class RuleStatus : std::uint8_t {
  not_applicable,  // its conditions are not met, or the date or the state excludes it
  pending,         // it demands steps
  satisfied,       // it applies and demands no step (a warning, a band without approval)
  rejected,        // it denies
  overridden,      // set aside by a named authority; never in a fresh decision
  error,           // a condition, or an approver that it needs, could not be evaluated
};
std::string_view text(RuleStatus status);

struct Location {  // in the policy's source; line and column from 1
  std::string_view file;
  std::uint32_t line = 0, column = 0;
};

struct Seat {
  std::string_view person;  // id in the directory
  std::string_view name;    // of the person; may be empty
  std::uint32_t votes = 1;  // how much this seat counts towards `Step::needed`; 0 for a bare veto
  bool veto = false;        // a rejection of this one rejects the step, whatever the others say
  bool absent = false;      // the directory says that the person is away today
};

// How the votes of a step are counted. `needed` of the votes of all seats must approve.
struct Quorum {
  std::string_view kind;     // "one", "any", "all", "majority", "number", "percent", "points"
  std::uint32_t needed = 1;
  std::uint32_t total = 1;   // votes of all seats together
};

struct Timer {
  std::string_view kind;    // "remind", "escalate", "expire", "approve_by_silence"
  std::uint32_t amount = 0;
  std::string_view unit;    // "minutes", "days", "business days", "months"
  std::string_view calendar;
  std::uint32_t every = 0;  // remind: again every so many of `every_unit`; 0 for once
  std::string_view every_unit, every_calendar;
  std::string_view to;      // escalate: approver; expire: "rejected" or "withdrawn"
  bool replacing = false;   // escalate: instead of, not in addition to
  std::span<const Seat> seats;  // escalate: who would be asked; empty if the directory has nobody
  std::uint32_t needed = 0;     // escalate: how many of their votes must approve where they replace the others
};

struct Step {
  std::string_view key;       // stable across quotes: "steep_discount/rep_manager"
  std::string_view approver;  // as the policy names it
  std::string_view title;     // of the approver, may be empty
  Quorum quorum;
  std::span<const Seat> seats;            // sorted by person
  std::span<const std::uint32_t> after;   // steps that must be satisfied first; each smaller than this one
  std::span<const std::uint32_t> because; // rules that demand it, into Decision::rules
  std::span<const std::uint32_t> lines;   // rows of the rules' lists that demand it, from 0; empty: the whole quote
  std::span<const Timer> timers;
  bool explicit_vote = false;  // a vote given elsewhere does not count here
  std::string_view rejection;  // "ends", "collects", "returns"
  std::string_view returns_to; // approver, where rejection is "returns"
  bool submitter_may = false, owner_may = false, editor_may = false;  // decide, though the quote is theirs
  Location location;
};

struct RuleResult {
  std::string_view name, title;
  std::string_view band;       // of a ladder: "up to 500_000 USD"
  RuleStatus status = RuleStatus::not_applicable;
  std::span<const std::uint32_t> lines;  // of a rule over lines: the rows that fired it, from 0
  std::string_view row;                  // what such a row is called: "line"
  Location location;
};

struct Message { std::string_view text; std::uint32_t rule = 0; Location location; };

// Why the decision is blocked. `fault` is stable ("division-by-zero", "unresolved-approver" …).
struct Trouble {
  std::string_view fault;
  std::string message;
  std::string_view rule;      // may be empty
  std::string_view step;      // key; may be empty
  Location location;
};

struct Decision {
  std::string_view policy;
  std::string_view policy_hash;  // 64 hexadecimal digits: the content of the artifact
  Outcome outcome = Outcome::blocked;
  std::string_view otherwise;    // the reason that `otherwise approve` gives, where that decided
  bool same_approver_once = true;
  std::string_view owner;        // of the quote: the person in its field `owner`; empty if there is none
  std::span<const Seat> override_seats;  // two of whom may set a step aside; empty: nobody may
  std::span<const Step> steps;
  std::span<const RuleResult> rules;    // those that are not `not_applicable`
  std::span<const Message> denials, warnings;
  std::span<const Trouble> troubles;
  std::span<const std::string_view> reads;  // fields of the quote on which the answer may depend
};

// One atomic condition of a rule, as evaluated: "hardware_discount > 15%", its answer, what it read.
struct Condition {
  enum class Answer : std::uint8_t { no, yes, fault };
  std::string text;
  Answer answer = Answer::no;
  std::string fault;  // in words, where the answer is one
  std::vector<std::pair<std::string, std::string>> values;  // name, value as text
};
struct RuleExplanation {
  std::string_view name, title, band;
  RuleStatus status = RuleStatus::not_applicable;
  std::string excluded;  // "not effective on 2026-01-01", "not in state draft", or empty
  std::uint32_t line = 0xffff'ffffu;  // of a rule over lines: the row that the conditions show
  std::vector<Condition> conditions;  // in the order of the source
  std::vector<std::pair<std::string, Condition>>
      skipped;  // parts of its path left out, and the conjunct that was false
  Location location;
};
struct Explanation { std::vector<RuleExplanation> rules; };  // every rule, as declared

// Canonical JSON: fixed key order, exact decimals as text, the same decision gives the same bytes.
// Ends with a newline. runtime/schemas/decision.schema.json describes it.
std::string to_json(const Decision& decision);
std::string to_json(const Decision& decision, const Explanation& explanation);
// The same on one line without its end, appended: for streams, and for whoever uses the memory of a text again.
void append_line(std::string& out, const Decision& decision, const Explanation* explanation = nullptr);

// SHA-256 over the policy hash, the outcome and the path with its seats and reasons, as 64 hexadecimal
// digits: two decisions with the same plan hash demand the same of the same people.
std::string plan_hash(const Decision& decision);

}  // namespace assent
