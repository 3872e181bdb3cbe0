// assent/advance.h: how a case moves. A pure function of policy, case, command and world: no clock, no file,
// no chance.
//
//   assent::Case kase;
//   kase.id = "Q-710";
//   assent::Advance done;
//   assent::advance(evaluator, kase, {"c-1", "rep", {}, assent::Submit{quote_json, {}, {}}}, world, done);
//   if (done.refusal) return complain(done.refusal->message);
//   // kase has moved; done.events made it move, done.effects are to be told to people
//
// Threads: as for the Evaluator, which must be of the policy to which the case is pinned.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "assent/case.h"
#include "assent/policy.h"

namespace assent {

// ── limits ───────────────────────────────────────────────────────────────────────────────────
inline constexpr std::size_t max_case_events = 10'000;     // of one case: bounds replay; more is a machine gone wild
inline constexpr std::size_t max_comment_bytes = 32'768;   // of a comment, reason, question, answer
inline constexpr std::size_t max_id_bytes = 256;           // of a case, command, person
inline constexpr std::size_t max_case_steps = 10'000;      // of one case: bounds the work of one command
inline constexpr std::size_t max_ad_hoc_steps = 100;       // of one case
inline constexpr std::size_t max_editors = 1'000;
inline constexpr std::size_t max_delegation_depth = 5;     // delegates of delegates

// Who may reassign and replace what is not theirs: people with this role in the directory.
inline constexpr std::string_view administrator_role = "assent-administrator";

// ── commands ─────────────────────────────────────────────────────────────────────────────────
// Submits the quote: the first time, again after an end, or, while the case is pending, because the quote, its
// editors or its path have changed: nothing_to_do if none of them has. The actor is its submitter.
struct Submit {
  std::string_view quote;                    // JSON
  std::string_view expect_plan;              // plan hash of a preview; empty: whatever comes
  std::vector<std::string_view> editors;     // who else had a hand in the quote
};
struct CastVote {
  Vote vote = Vote::approve;
  std::string_view step;        // key; empty: whatever the actor is asked
  std::string_view on_behalf;   // the person whose seat is meant; empty: every seat that the actor may fill
  std::string_view comment;
  std::string_view quote_hash;  // of the content that the actor saw; empty: the current one
};
struct Recall { std::string_view why; };
struct Reassign { std::string_view step, from, to, why; };  // `from` empty: the actor's own seat
struct Replace { std::string_view from, to, why; };         // every undecided seat of the case
struct Ask { std::string_view step, to, text; };
struct Answer { std::uint32_t question = 0; std::string_view text; };
struct Remark { std::string_view text; };
struct AddApprover { std::string_view person, before, why; };  // `before`: key of a step that waits for it
struct Override { std::string_view step, why; };
struct Tick {};
struct Migrate { std::string_view quote; };  // to the evaluator's policy; the quote must be the pinned one
// Of an approved case, whose quote must be given (a store adds it): something happens to its orders; see
// assent/orders.h. Who may say so is for the host to know. What was ordered once is neither submitted again nor
// recalled: another content is another case.
struct ChangeOrders { std::string_view quote; OrderChange change; };
// The back office said something of an order, or was told of it. Reports may come late and more than once: one of an
// earlier revision than is known, or of an earlier moment of the same revision, is logged and changes nothing.
struct ReportOrder { OrderReport report; };

struct Command {
  std::string_view id;                            // unique; the same id again is the same command
  std::string_view actor;                         // person, or a system's name
  std::optional<std::uint64_t> expected_version;  // of the case; none: whatever it is
  std::variant<Submit, CastVote, Recall, Reassign, Replace, Ask, Answer, Remark, AddApprover, Override, Tick, Migrate,
               ChangeOrders, ReportOrder>
      what;
};

// ── answers ──────────────────────────────────────────────────────────────────────────────────
enum class RefusalCode : std::uint8_t {
#define REFUSAL(name, meaning) name,
#include "assent/refusals.def"
#undef REFUSAL
};
std::string_view text(RefusalCode code);     // "stale-version"
std::string_view meaning(RefusalCode code);  // a sentence

struct Refusal {
  RefusalCode code{};
  std::string message;  // lower case, no final period: what was seen, and what helps
};
std::string to_json(const Refusal& refusal);  // {"code":"stale-version","message":"…"}

// Something to tell a person, once: one message for each person and moment. To be committed with the events
// and delivered at least once; `id` is the same whenever the same command is carried out.
struct Effect {
  enum class Kind : std::uint8_t {
    request, remind, escalated, released, proposal, question, answer, approved, rejected, recalled, expired
  };
  std::string id;        // "case/version/person/kind"
  Kind kind = Kind::request;
  std::string to;        // person
  std::string on_behalf; // whose seat it is, where a delegate is asked
  std::vector<std::string> steps;  // keys; each step whose reasons the message shows
  std::string text;      // the question, the answer, the reason of a proposal or an end
  std::string quote_hash;  // of the content that it speaks of
};
std::string_view text(Effect::Kind kind);
std::string to_json(const Effect& effect);  // one line, as an event's
Result<Effect> effect_from_json(std::string_view json);

struct Advance {  // reused from call to call, so that its memory is
  std::optional<Refusal> refusal;
  std::optional<std::uint64_t> repeats;  // the command was carried out before: the version that it led to
  std::vector<Event> events;    // already applied to the case; of a refused command none, or one `Late`
  std::vector<Effect> effects;
};

// Carries out a command. Refused: the case is as it was, but for a `Late` that was logged.
void advance(Evaluator& evaluator, Case& kase, const Command& command, const World& world, Advance& out);

// {"version":2,"events":[…],"effects":[…]}, with `refusal` and `repeats` where there are any: on one line without its
// end. `version`: of the case afterwards.
std::string to_json(const Advance& done, std::uint64_t version);

// A command that was written as JSON, and the texts that it borrows.
struct GivenCommand {
  Command command;
  std::deque<std::string> texts;
};
// {"id":"c-2","actor":"ana","expected_version":3,"kind":"vote","what":{"vote":"approve","step":"steep/cfo"}}: the kinds
// are submit, vote, recall, reassign, replace, ask, answer, comment, add-approver, override, tick, migrate,
// change-orders and report-order, in the order of Command::what; `what` has the fields of each, and stands after
// `kind`. What is not said has its default; what nobody knows is a problem. A quote stands as it is, and is borrowed
// from `json`.
Result<GivenCommand> command_from_json(std::string_view json);

// When a Tick would next do something; 0 for never.
std::int64_t next_due(const Case& kase);

}  // namespace assent
