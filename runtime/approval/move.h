// One command on its way through a case. Entry: Move::run, which advance() calls.
//
// A move first checks, and refuses before it has changed anything; then it records events, each of which is
// applied at once, so that what follows sees the case as it is; settle() draws the consequences: steps close
// as soon as their outcome is known, those behind them open, and the case ends.
//
//   advance.cpp   guards, dispatch, words between people   votes.cpp   who may fill which seat
//   demand.cpp    a quote's path, and what is remembered   seats.cpp   reassign, replace, add, override
//   clock.cpp     timers                                   effects.cpp whom to tell
#pragma once

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/advance.h"
#include "runtime/approval/deputies.h"

namespace assent::approval {

// Whether somebody submitted, owns or edited the quote (of a Case, or of the Decided that it is to be).
template <typename Quoted>
bool had_a_hand(const Quoted& quoted, std::string_view person) {
  return person == quoted.submitter || person == quoted.owner ||
         std::binary_search(quoted.editors.begin(), quoted.editors.end(), person);
}

// Whether for that they may not decide a step: unless it says that they may all the same.
template <typename Quoted>
bool barred(const Quoted& quoted, std::string_view person, const CaseStep& step) {
  if (person == quoted.submitter) return !step.submitter_may || (person == quoted.owner && !step.owner_may);
  if (person == quoted.owner) return !step.owner_may;
  return !step.editor_may && had_a_hand(quoted, person);
}

// A walk over the steps in their order that knows which of them may open: those behind nothing but what is
// through, however far before. A step that is remembered or set aside holds nobody up, and hides nobody either.
class Walk {
 public:
  explicit Walk(std::size_t steps) { passed_.reserve(steps); }
  bool ready(const CaseStep& step) const {
    return std::all_of(step.after.begin(), step.after.end(), [&](std::uint32_t before) { return passed_[before]; });
  }
  // Of each step, in the order, once its state is known.
  void pass(const CaseStep& step) {
    passed_.push_back((step.state == StepState::satisfied || step.state == StepState::skipped) && ready(step));
  }

 private:
  std::vector<bool> passed_;
};

class Move {
 public:
  Move(Evaluator& evaluator, Case& kase, const Command& command, const World& world, Advance& out)
      : evaluator_(evaluator), case_(kase), command_(command), world_(world), out_(out) {}
  void run();

 private:
  using Candidate = Voted::Place;

  // ── advance.cpp ───────────────────────────────────────────────────────────────────────────
  void refuse(RefusalCode code, std::string message = {});
  bool refused() const { return out_.refusal.has_value(); }
  template <typename What>
  void record(What what, std::string_view on_behalf = {}) {
    out_.events.push_back({case_.version + 1, world_.now, std::string(command_.actor), std::string(on_behalf),
                           std::string(command_.id), std::move(what)});
    add(out_.events.back());
  }
  void add(const Event& event);
  bool admitted();  // the guards that every command passes
  bool fits();
  bool known_policy();
  void take(const Submit& what);
  void take(const CastVote& what);
  void take(const Recall& what);
  void take(const Reassign& what);
  void take(const Replace& what);
  void take(const Ask& what);
  void take(const Answer& what);
  void take(const Remark& what);
  void take(const AddApprover& what);
  void take(const Override& what);
  void take(const Tick& what);
  void take(const Migrate& what);
  void take(const ChangeOrders& what);
  void take(const ReportOrder& what);

  void settle();
  void open(std::uint32_t step);
  void reject(std::uint32_t step);         // what a rejected step means for the case
  void end(State state, std::string why);
  std::optional<std::uint32_t> step_named(std::string_view key) const;
  std::string step_names() const;
  bool is_administrator() const { return has_role(world_, command_.actor, administrator_role); }
  bool is_party() const { return command_.actor == case_.submitter || command_.actor == case_.owner; }

  // ── demand.cpp ────────────────────────────────────────────────────────────────────────────
  void demand(std::string_view quote, Decided::Cause cause, std::string_view expect_plan,
              const std::vector<std::string_view>& editors);
  void name_path(const Decision& decision, Decided& made);
  bool is_as_it_was(const Decided& made, const std::vector<std::string_view>& editors) const;
  CaseStep step_of(const Decision& decision, std::uint32_t step, const Decided& made);
  std::vector<CaseSeat> seats_of(std::span<const Seat> seats, std::string_view step) const;
  std::string remember(const CaseStep& before, std::uint32_t step, const Decided& made, CaseStep& now);
  void keep_open(const CaseStep& before, CaseStep& now, const Decided& made);
  void keep_added(Decided& made);
  void compare(Decided& made) const;
  bool rejected_before(std::string_view person) const;

  // ── votes.cpp ─────────────────────────────────────────────────────────────────────────────
  std::optional<Candidate> candidate(std::uint32_t step, std::string_view on_behalf, RefusalCode& why) const;
  std::vector<Candidate> seats_to_fill(const CastVote& what);
  void widen(const CastVote& what, std::vector<Candidate>& places) const;

  // ── seats.cpp ─────────────────────────────────────────────────────────────────────────────
  bool may_sit(std::string_view person, const CaseStep& step);

  // ── clock.cpp ─────────────────────────────────────────────────────────────────────────────
  void run_timer(std::uint32_t step, std::uint32_t timer);

  // ── effects.cpp ───────────────────────────────────────────────────────────────────────────
  void tell();

  Evaluator& evaluator_;
  Case& case_;
  const Command& command_;
  const World& world_;
  Advance& out_;
};

}  // namespace assent::approval
