// assent/case.h: a case, the progress of one quote's approval, and the events that it is made of.
//
// A case is the fold of its events: apply() adds one, and the same events give the same case, byte for
// byte (to_json). Only advance() of assent/advance.h makes new ones. Both are plain values: copy them, keep
// them, write them out. Instants are milliseconds since 1970-01-01T00:00:00Z.
//
//   assent::Case kase;
//   kase.id = "Q-710";
//   for (const std::string& line : log) {                    // events of advance(), as to_json() wrote them
//     const auto event = assent::event_from_json(line);
//     if (!event) return complain(event.problems());
//     const std::string wrong = assent::apply(kase, *event);
//     if (!wrong.empty()) return complain(wrong);
//   }
//
// A case goes draft → pending → approved | rejected | recalled | expired, and from each of these back to
// pending when it is submitted again. Its steps go waiting → open → satisfied | rejected, or are skipped
// (set aside by an override) or revoked (no longer asked, because the case ended or changed).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assent/basis.h"
#include "assent/result.h"
#include "assent/world.h"

namespace assent {

enum class StepState : std::uint8_t { waiting, open, satisfied, rejected, skipped, revoked };
std::string_view text(StepState state);

enum class Vote : std::uint8_t { none, approve, reject, abstain };
std::string_view text(Vote vote);

enum class Rejection : std::uint8_t {
  ends,      // one rejection ends the case
  collects,  // rejections are counted with the other votes
  returns,   // one rejection goes back to an earlier step
};

// One place at the table of a step: one person, one vote at most.
struct CaseSeat {
  std::string person;       // id in the directory; whoever they let act for them may fill it
  std::uint32_t votes = 1;  // how much it counts; 0 for a bare veto
  bool veto = false;
  bool added = false;       // not named by the policy: escalation, reassignment
  bool barred = false;      // submitted, owns or edited the quote: the seat cannot be filled, nor lent
  Vote vote = Vote::none;
  std::string by;           // who voted: the person, or a delegate on their behalf
  std::int64_t at = 0;      // when
  std::uint32_t basis = 0;  // of an approval: which of the step's bases it was given on
  bool remembered = false;  // given on an earlier content that still covers this one
};

struct CaseTimer {
  enum class Kind : std::uint8_t { remind, escalate, expire, silence };
  Kind kind = Kind::remind;
  std::uint32_t amount = 0;
  std::string unit, calendar;    // as in assent/decision.h
  std::uint32_t every = 0;
  std::string every_unit, every_calendar;
  std::string to;                // escalate: the approver's name
  std::vector<CaseSeat> seats;   // escalate: who is asked then
  std::uint32_t needed = 0;      // escalate: votes of theirs that must approve where they replace the others
  bool replacing = false;        // escalate: instead of the others
  bool withdraws = false;        // expire: the case is expired, not rejected
  std::int64_t due = 0;          // when it acts next; 0: it does not run
};

struct CaseStep {
  std::string key, approver, title;
  std::string quorum;            // as Quorum::kind
  std::uint32_t needed = 1;      // votes of its seats that must approve
  std::vector<CaseSeat> seats;   // sorted by person
  std::vector<std::uint32_t> after;    // steps that come first, each smaller than this one
  std::vector<std::uint32_t> because;  // of Case::rules
  std::vector<CaseTimer> timers;
  bool explicit_vote = false;
  bool submitter_may = false, owner_may = false, editor_may = false;
  Rejection rejection = Rejection::ends;
  std::string returns_to;        // approver
  std::string added_by;          // of an ad hoc step: who asked for it; else empty
  std::vector<Basis> bases;      // the last is what a vote given now rests on
  StepState state = StepState::waiting;
  std::string why;               // why it is remembered, asked again, closed as it is
  std::int64_t opened_at = 0, closed_at = 0;
};

struct CaseRule { std::string name, title, band; };

// A question that holds nobody up: the answer is shown to those who decide.
struct Question {
  std::string step, by, to, text, answer, answered_by;
  std::int64_t asked_at = 0, answered_at = 0;
};

struct Comment { std::string by, text; std::int64_t at = 0; };

// A seat that somebody gave to somebody else while the case was pending.
struct Reassignment { std::string step, from, to; };

// The first half of an override: a second person of those who may has to agree.
struct Proposal { std::string step, by, why; std::int64_t at = 0; };

// A command that was carried out; the same id again gives the same answer.
struct Answered { std::string command; std::uint64_t version = 0; bool late = false; };  // late: refused, and logged

// How much of a line of the quote.
struct Portion {
  std::string line, quantity;  // its id; "3", "2.5"
  bool operator==(const Portion&) const = default;
};

// What happens to the orders of an approved quote; assent/orders.h says what follows from it.
struct OrderChange {
  enum class Kind : std::uint8_t { ordered, activated, delivered, accepted, moved, cancelled, amended };
  Kind kind = Kind::ordered;
  std::string order;           // its key; of `ordered`, which makes orders: empty
  std::int32_t on = 0;         // the day, since 1970-01-01; ordered: nothing starts before; amended: from when
  bool delivery = false;       // moved: the delivery, not the start, is on that day
  std::vector<Portion> lines;  // ordered: which, none for all that is left; amended: how much more or, below 0, less
  std::string why;
  bool operator==(const OrderChange&) const = default;
};
std::string_view text(OrderChange::Kind kind);

// How often an order was made or changed: what the back office is told again rises by one.
struct OrderRevision { std::string order; std::uint32_t revision = 1; };

// What the back office said of an order, or that it was told.
struct OrderReport {
  enum class Status : std::uint8_t {
    sent,       // told to it, and not answered yet
    received, accepted,
    changed,    // accepted with changes, which somebody has to look at
    rejected, processing, shipped, delivered, invoiced, cancelled
  };
  std::string order;           // its key
  std::uint32_t revision = 1;  // which it speaks of
  Status status = Status::sent;
  std::int64_t at = 0;         // when it was so
  std::string reference;       // the order's name there
  std::string text;
  bool operator==(const OrderReport&) const = default;
};
std::string_view text(OrderReport::Status status);

// A report as it comes from outside: of an order of which case. For JSON {"case": "Q-710", "report": {"order": …}}.
struct Heard {
  std::string case_id;
  OrderReport report;
};

struct Case {
  std::string id;
  std::uint64_t version = 0;     // events so far
  State state = State::draft;
  std::string why;               // of a state that ended it
  std::uint32_t submission = 0;  // how often it was submitted or decided again
  std::string policy, policy_hash, quote_hash, plan_hash;
  std::string submitter, owner;
  std::vector<std::string> editors;   // who had a hand in the quote since it was last approved; sorted
  bool same_approver_once = true;
  std::vector<CaseRule> rules;
  std::vector<CaseStep> steps;        // in a topological order
  std::vector<CaseSeat> override_seats;
  std::vector<Proposal> proposals;
  std::vector<Reassignment> reassignments;
  std::vector<Question> questions;
  std::vector<Comment> comments;
  std::vector<OrderChange> orders;    // what has happened to them
  std::vector<OrderRevision> revisions;  // of each order; sorted by key
  std::vector<OrderReport> reports;   // the last of each order of which there is one; sorted by key
  std::vector<Answered> answered;
  std::int64_t submitted_at = 0, changed_at = 0, ended_at = 0;
};

// ── what may happen to it ────────────────────────────────────────────────────────────────────
struct Decided {  // submitted, or decided again
  enum class Cause : std::uint8_t { submitted, resubmitted, changed, migrated };
  Cause cause = Cause::submitted;
  std::string policy, policy_hash, quote_hash, plan_hash;
  std::string submitter, owner;
  std::vector<std::string> editors;
  bool same_approver_once = true;
  std::vector<CaseRule> rules;
  std::vector<CaseStep> steps;
  std::vector<CaseSeat> override_seats;
  std::vector<std::string> dropped;  // keys of steps that are no longer demanded
  std::vector<std::string> weaker;   // what a new policy no longer demands, in words
};
struct Opened { std::uint32_t step = 0; std::vector<std::int64_t> due; };  // a due of each timer
struct Voted {
  struct Place { std::uint32_t step = 0, seat = 0; };
  Vote vote = Vote::approve;
  std::vector<Place> places;   // each seat that the vote fills
  std::string comment;
};
struct Closed { std::uint32_t step = 0; StepState state = StepState::satisfied; std::string why; };
struct Returned { std::uint32_t from = 0, to = 0; std::vector<std::uint32_t> steps; std::string why; };
struct Reseated {  // reassigned or replaced: `from` loses a seat, `to` has it
  std::uint32_t step = 0;
  std::string from, to, why;
};
struct StepAdded {  // becomes the first step, so that each that waits for it comes later
  CaseStep step;
  std::vector<std::string> before;  // keys of steps that wait for it
};
struct Asked { std::string step, to, text; };
struct AnsweredQuestion { std::uint32_t question = 0; std::string text; };
struct Commented { std::string text; };
struct OverrideProposed { std::string step, why; };
struct TimerRan {
  std::uint32_t step = 0, timer = 0;
  std::int64_t due = 0;           // next; 0 for never
  std::vector<CaseSeat> seats;    // escalate: who is asked now; nobody, if none of them can be
  std::uint32_t needed = 0;       // where they replace the others: of their votes; else 0
};
struct Ended { State state = State::approved; std::string why; };
// Keys of all orders that are new or not as they were: of which the back office is told again.
struct OrdersChanged { OrderChange change; std::vector<std::string> orders; };
struct OrderReported { OrderReport report; bool overtaken = false; };  // overtaken: a later one was known, and stays
struct Late { std::string what; };  // a command that came after the end, and was refused

// Of the desk, which is no case: who acts for whom, from then on. A delegation takes the place of an earlier
// one of the same people and approver, so one that ends today ends it.
struct Delegated { Delegation delegation; };
struct Replaced { std::string from, to, why; };

struct Event {
  std::uint64_t version = 0;   // of the case when it has happened: 1 for the first
  std::int64_t at = 0;
  std::string by, on_behalf;   // who, and for whom; "clock" where time passed
  std::string command;         // the id of the command that made it
  std::variant<Decided, Opened, Voted, Closed, Returned, Reseated, StepAdded, Asked, AnsweredQuestion, Commented,
               OverrideProposed, TimerRan, Ended, OrdersChanged, OrderReported, Late, Delegated, Replaced>
      what;
};
std::string_view kind(const Event& event);  // "decided", "opened" …, as in JSON

// Adds an event. It must be the next one (event.version == kase.version + 1) and of this case: events come
// from advance(), or from a log whose chain was verified. Gives what is wrong with one that does not fit, else
// nothing; the case is then to be thrown away.
std::string apply(Case& kase, const Event& event);

// The same for the desk. Whose versions follow each other is the log's to see.
std::string apply(Deputies& desk, const Event& event);

// What a quote's content is known by, in cases, votes and orders: SHA-256 of its text, without the blanks and line
// ends before and after it, as 64 hexadecimal digits.
std::string quote_hash(std::string_view quote_json);

// What a case knows of an order, by its key; null if it knows nothing. Borrowed from the case.
const OrderRevision* revision_of(const Case& kase, std::string_view order);
const OrderReport* report_of(const Case& kase, std::string_view order);

// Canonical JSON, one line without its end: the same case or event gives the same bytes. What has its
// default value is left out.
std::string to_json(const Case& kase);
std::string to_json(const Event& event);
Result<Event> event_from_json(std::string_view json);
Result<OrderChange> order_change_from_json(std::string_view json);  // bad_command for what is none
Result<Heard> heard_from_json(std::string_view json);  // bad_event also where it does not say of which order, or what

// Where the votes of a step stand.
struct Tally {
  std::uint64_t approved = 0, rejected = 0, abstained = 0, undecided = 0;  // votes
  bool vetoed = false;        // someone with a veto rejected
  bool veto_pending = false;  // someone with a veto has not spoken
};
Tally tally(const CaseStep& step);

// What a step has come to by its votes alone: open while that can still change.
StepState outcome(const CaseStep& step);

}  // namespace assent
