// The fields of a case, of its events and of commands, each listed once: what writes them and what reads them derive
// from here, so that neither can forget one. Entry: fields(visit, record).
//
// visit(name, field) or, where the default is not the type's own, visit(name, field, default). A field with
// its default value is left out of the JSON. Integers with a sign are instants if they
// have 64 bits, days if they have 32. A variant is two fields, `kind` and `what`; the kinds are its Names.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <string_view>
#include <type_traits>

#include "assent/advance.h"
#include "assent/case.h"

namespace assent::approval {

// ── closed sets, in the order of their enumerations ──────────────────────────────────────────
template <typename Enum>
struct Names;
template <>
struct Names<StepState> {
  static constexpr std::array<std::string_view, 6> list{"waiting",  "open",    "satisfied",
                                                        "rejected", "skipped", "revoked"};
};
template <>
struct Names<Vote> {
  static constexpr std::array<std::string_view, 4> list{"none", "approve", "reject", "abstain"};
};
template <>
struct Names<Rejection> {
  static constexpr std::array<std::string_view, 3> list{"ends", "collects", "returns"};
};
template <>
struct Names<CaseTimer::Kind> {
  static constexpr std::array<std::string_view, 4> list{"remind", "escalate", "expire", "silence"};
};
template <>
struct Names<Decided::Cause> {
  static constexpr std::array<std::string_view, 4> list{"submitted", "resubmitted", "changed", "migrated"};
};
template <>
struct Names<OrderChange::Kind> {
  static constexpr std::array<std::string_view, 7> list{"ordered", "activated", "delivered", "accepted",
                                                        "moved",   "cancelled", "amended"};
};
template <>
struct Names<OrderReport::Status> {
  static constexpr std::array<std::string_view, 10> list{"sent",     "received",   "accepted", "changed",   "rejected",
                                                         "processing", "shipped", "delivered", "invoiced", "cancelled"};
};
template <>
struct Names<Effect::Kind> {
  static constexpr std::array<std::string_view, 11> list{"request",  "remind", "escalated", "released",
                                                         "proposal", "question", "answer",  "approved",
                                                         "rejected", "recalled", "expired"};
};
template <>
struct Names<Reading::Kind> {
  static constexpr std::array<std::string_view, 4> list{"value", "absent", "fault", "cells"};
};
template <>
struct Names<State> {
  static constexpr std::array<std::string_view, 6> list{"draft",    "pending",  "approved",
                                                        "rejected", "recalled", "expired"};
};
template <typename Enum>
constexpr std::string_view name_of(Enum value) { return Names<Enum>::list[static_cast<std::size_t>(value)]; }

template <>
struct Names<decltype(Event::what)> {
  static constexpr std::array<std::string_view, 18> list{
      "decided",   "opened", "voted",    "closed",    "returned",          "reseated",  "step-added",
      "asked",     "answered", "commented", "override-proposed", "timer-ran", "ended", "orders-changed",
      "order-reported", "late", "delegated", "replaced"};
};
template <>
struct Names<decltype(Command::what)> {
  static constexpr std::array<std::string_view, 14> list{
      "submit", "vote",    "recall",       "reassign", "replace", "ask",     "answer",
      "comment", "add-approver", "override", "tick", "migrate", "change-orders", "report-order"};
};
static_assert(Names<decltype(Event::what)>::list.size() == std::variant_size_v<decltype(Event::what)>);
static_assert(Names<decltype(Command::what)>::list.size() == std::variant_size_v<decltype(Command::what)>);
template <typename... What>
constexpr std::string_view kind_of(const std::variant<What...>& what) {
  return Names<std::variant<What...>>::list[what.index()];
}

// A field that is JSON itself, whatever stands in it.
struct Json { std::string_view& text; };

// ── records ──────────────────────────────────────────────────────────────────────────────────
template <typename T, typename Record>
concept Is = std::same_as<std::remove_const_t<T>, Record>;

template <typename Visit, Is<Reading> T>
void fields(Visit& visit, T& x) {
  visit("name", x.name);
  visit("kind", x.kind);
  visit("value", x.value);
}
template <typename Visit, Is<RuleBasis> T>
void fields(Visit& visit, T& x) {
  visit("rule", x.rule);
  visit("fingerprint", x.fingerprint);
  visit("rows", x.rows);
}
template <typename Visit, Is<Basis> T>
void fields(Visit& visit, T& x) {
  if constexpr (std::is_const_v<T>) {
    visit("rules", x.rules());
  } else {
    Basis::Rules rules = x.rules();
    visit("rules", rules);
    x = Basis(std::move(rules));
  }
}

template <typename Visit, Is<CaseSeat> T>
void fields(Visit& visit, T& x) {
  visit("person", x.person);
  visit("votes", x.votes, 1u);
  visit("veto", x.veto);
  visit("added", x.added);
  visit("barred", x.barred);
  visit("vote", x.vote);
  visit("by", x.by);
  visit("at", x.at);
  visit("basis", x.basis);
  visit("remembered", x.remembered);
}
template <typename Visit, Is<CaseTimer> T>
void fields(Visit& visit, T& x) {
  visit("kind", x.kind);
  visit("amount", x.amount);
  visit("unit", x.unit);
  visit("calendar", x.calendar);
  visit("every", x.every);
  visit("every_unit", x.every_unit);
  visit("every_calendar", x.every_calendar);
  visit("to", x.to);
  visit("seats", x.seats);
  visit("needed", x.needed);
  visit("replacing", x.replacing);
  visit("withdraws", x.withdraws);
  visit("due", x.due);
}
template <typename Visit, Is<CaseStep> T>
void fields(Visit& visit, T& x) {
  visit("key", x.key);
  visit("approver", x.approver);
  visit("title", x.title);
  visit("state", x.state);
  visit("why", x.why);
  visit("quorum", x.quorum);
  visit("needed", x.needed, 1u);
  visit("seats", x.seats);
  visit("after", x.after);
  visit("because", x.because);
  visit("timers", x.timers);
  visit("explicit", x.explicit_vote);
  visit("submitter_may", x.submitter_may);
  visit("owner_may", x.owner_may);
  visit("editor_may", x.editor_may);
  visit("rejection", x.rejection);
  visit("returns_to", x.returns_to);
  visit("added_by", x.added_by);
  visit("bases", x.bases);
  visit("opened_at", x.opened_at);
  visit("closed_at", x.closed_at);
}
template <typename Visit, Is<CaseRule> T>
void fields(Visit& visit, T& x) {
  visit("name", x.name);
  visit("title", x.title);
  visit("band", x.band);
}
template <typename Visit, Is<Question> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("by", x.by);
  visit("to", x.to);
  visit("text", x.text);
  visit("asked_at", x.asked_at);
  visit("answer", x.answer);
  visit("answered_by", x.answered_by);
  visit("answered_at", x.answered_at);
}
template <typename Visit, Is<Comment> T>
void fields(Visit& visit, T& x) {
  visit("by", x.by);
  visit("text", x.text);
  visit("at", x.at);
}
template <typename Visit, Is<Reassignment> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("from", x.from);
  visit("to", x.to);
}
template <typename Visit, Is<Proposal> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("by", x.by);
  visit("why", x.why);
  visit("at", x.at);
}
template <typename Visit, Is<Answered> T>
void fields(Visit& visit, T& x) {
  visit("command", x.command);
  visit("version", x.version);
  visit("late", x.late);
}
template <typename Visit, Is<Portion> T>
void fields(Visit& visit, T& x) {
  visit("line", x.line);
  visit("quantity", x.quantity);
}
template <typename Visit, Is<OrderChange> T>
void fields(Visit& visit, T& x) {
  visit("kind", x.kind);
  visit("order", x.order);
  visit("on", x.on);
  visit("delivery", x.delivery);
  visit("lines", x.lines);
  visit("why", x.why);
}
template <typename Visit, Is<OrderRevision> T>
void fields(Visit& visit, T& x) {
  visit("order", x.order);
  visit("revision", x.revision, 1u);
}
template <typename Visit, Is<OrderReport> T>
void fields(Visit& visit, T& x) {
  visit("order", x.order);
  visit("revision", x.revision, 1u);
  visit("status", x.status);
  visit("at", x.at);
  visit("reference", x.reference);
  visit("text", x.text);
}
template <typename Visit, Is<Heard> T>
void fields(Visit& visit, T& x) {
  visit("case", x.case_id);
  visit("report", x.report);
}
template <typename Visit, Is<Case> T>
void fields(Visit& visit, T& x) {
  visit("id", x.id);
  visit("version", x.version);
  visit("state", x.state);
  visit("why", x.why);
  visit("submission", x.submission);
  visit("policy", x.policy);
  visit("policy_hash", x.policy_hash);
  visit("quote_hash", x.quote_hash);
  visit("plan_hash", x.plan_hash);
  visit("submitter", x.submitter);
  visit("owner", x.owner);
  visit("editors", x.editors);
  visit("same_approver_once", x.same_approver_once, true);
  visit("rules", x.rules);
  visit("steps", x.steps);
  visit("override_seats", x.override_seats);
  visit("proposals", x.proposals);
  visit("reassignments", x.reassignments);
  visit("questions", x.questions);
  visit("comments", x.comments);
  visit("orders", x.orders);
  visit("revisions", x.revisions);
  visit("reports", x.reports);
  visit("answered", x.answered);
  visit("submitted_at", x.submitted_at);
  visit("changed_at", x.changed_at);
  visit("ended_at", x.ended_at);
}

// ── events ───────────────────────────────────────────────────────────────────────────────────
template <typename Visit, Is<Decided> T>
void fields(Visit& visit, T& x) {
  visit("cause", x.cause);
  visit("policy", x.policy);
  visit("policy_hash", x.policy_hash);
  visit("quote_hash", x.quote_hash);
  visit("plan_hash", x.plan_hash);
  visit("submitter", x.submitter);
  visit("owner", x.owner);
  visit("editors", x.editors);
  visit("same_approver_once", x.same_approver_once, true);
  visit("rules", x.rules);
  visit("steps", x.steps);
  visit("override_seats", x.override_seats);
  visit("dropped", x.dropped);
  visit("weaker", x.weaker);
}
template <typename Visit, Is<Opened> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("due", x.due);
}
template <typename Visit, Is<Voted::Place> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("seat", x.seat);
}
template <typename Visit, Is<Voted> T>
void fields(Visit& visit, T& x) {
  visit("vote", x.vote, Vote::approve);
  visit("places", x.places);
  visit("comment", x.comment);
}
template <typename Visit, Is<Closed> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("state", x.state, StepState::satisfied);
  visit("why", x.why);
}
template <typename Visit, Is<Returned> T>
void fields(Visit& visit, T& x) {
  visit("from", x.from);
  visit("to", x.to);
  visit("steps", x.steps);
  visit("why", x.why);
}
template <typename Visit, Is<Reseated> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("from", x.from);
  visit("to", x.to);
  visit("why", x.why);
}
template <typename Visit, Is<StepAdded> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("before", x.before);
}
template <typename Visit, Is<Asked> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("to", x.to);
  visit("text", x.text);
}
template <typename Visit, Is<AnsweredQuestion> T>
void fields(Visit& visit, T& x) {
  visit("question", x.question);
  visit("text", x.text);
}
template <typename Visit, Is<Commented> T>
void fields(Visit& visit, T& x) { visit("text", x.text); }
template <typename Visit, Is<OverrideProposed> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("why", x.why);
}
template <typename Visit, Is<TimerRan> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("timer", x.timer);
  visit("due", x.due);
  visit("seats", x.seats);
  visit("needed", x.needed);
}
template <typename Visit, Is<Ended> T>
void fields(Visit& visit, T& x) {
  visit("state", x.state, State::approved);
  visit("why", x.why);
}
template <typename Visit, Is<OrdersChanged> T>
void fields(Visit& visit, T& x) {
  visit("change", x.change);
  visit("orders", x.orders);
}
template <typename Visit, Is<OrderReported> T>
void fields(Visit& visit, T& x) {
  visit("report", x.report);
  visit("overtaken", x.overtaken);
}
template <typename Visit, Is<Late> T>
void fields(Visit& visit, T& x) { visit("what", x.what); }

template <typename Visit, Is<Delegation> T>
void fields(Visit& visit, T& x) {
  visit("from", x.from);
  visit("to", x.to);
  visit("first_day", x.first_day);
  visit("last_day", x.last_day);
  visit("approver", x.approver);
}
template <typename Visit, Is<Delegated> T>
void fields(Visit& visit, T& x) { visit("delegation", x.delegation); }
template <typename Visit, Is<Replaced> T>
void fields(Visit& visit, T& x) {
  visit("from", x.from);
  visit("to", x.to);
  visit("why", x.why);
}
template <typename Visit, Is<Effect> T>
void fields(Visit& visit, T& x) {
  visit("id", x.id);
  visit("kind", x.kind);
  visit("to", x.to);
  visit("on_behalf", x.on_behalf);
  visit("steps", x.steps);
  visit("text", x.text);
  visit("quote_hash", x.quote_hash);
}

// ── commands, which are only read ────────────────────────────────────────────────────────────
template <typename Visit, Is<Submit> T>
void fields(Visit& visit, T& x) {
  visit("quote", Json{x.quote});
  visit("expect_plan", x.expect_plan);
  visit("editors", x.editors);
}
template <typename Visit, Is<CastVote> T>
void fields(Visit& visit, T& x) {
  visit("vote", x.vote);
  visit("step", x.step);
  visit("on_behalf", x.on_behalf);
  visit("comment", x.comment);
  visit("quote_hash", x.quote_hash);
}
template <typename Visit, Is<Recall> T>
void fields(Visit& visit, T& x) { visit("why", x.why); }
template <typename Visit, Is<Reassign> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("from", x.from);
  visit("to", x.to);
  visit("why", x.why);
}
template <typename Visit, Is<Replace> T>
void fields(Visit& visit, T& x) {
  visit("from", x.from);
  visit("to", x.to);
  visit("why", x.why);
}
template <typename Visit, Is<Ask> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("to", x.to);
  visit("text", x.text);
}
template <typename Visit, Is<Answer> T>
void fields(Visit& visit, T& x) {
  visit("question", x.question);
  visit("text", x.text);
}
template <typename Visit, Is<Remark> T>
void fields(Visit& visit, T& x) { visit("text", x.text); }
template <typename Visit, Is<AddApprover> T>
void fields(Visit& visit, T& x) {
  visit("person", x.person);
  visit("before", x.before);
  visit("why", x.why);
}
template <typename Visit, Is<Override> T>
void fields(Visit& visit, T& x) {
  visit("step", x.step);
  visit("why", x.why);
}
template <typename Visit, Is<Tick> T>
void fields(Visit&, T&) {}
template <typename Visit, Is<Migrate> T>
void fields(Visit& visit, T& x) { visit("quote", Json{x.quote}); }
template <typename Visit, Is<ChangeOrders> T>
void fields(Visit& visit, T& x) {
  visit("quote", Json{x.quote});
  visit("change", x.change);
}
template <typename Visit, Is<ReportOrder> T>
void fields(Visit& visit, T& x) { visit("report", x.report); }
template <typename Visit, Is<Command> T>
void fields(Visit& visit, T& x) {
  visit("id", x.id);
  visit("actor", x.actor);
  visit("expected_version", x.expected_version);
  visit("kind", x.what);
}

template <typename Visit, Is<Replacement> T>
void fields(Visit& visit, T& x) {
  visit("from", x.from);
  visit("to", x.to);
}
template <typename Visit, Is<Deputies> T>
void fields(Visit& visit, T& x) {
  visit("delegations", x.delegations);
  visit("replacements", x.replacements);
}

// What happened is read after `kind`, which says what it is.
template <typename Visit, Is<Event> T>
void fields(Visit& visit, T& x) {
  visit("version", x.version);
  visit("at", x.at);
  visit("by", x.by);
  visit("on_behalf", x.on_behalf);
  visit("command", x.command);
  visit("kind", x.what);
}

}  // namespace assent::approval
