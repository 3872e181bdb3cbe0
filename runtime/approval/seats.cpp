// Who sits where: reassign, replace, add, and the override by two.
#include <algorithm>

#include "runtime/approval/move.h"

namespace assent::approval {

namespace {

constexpr std::string_view ad_hoc = "ad-hoc/";

bool undecided(const CaseStep& step) { return step.state == StepState::open || step.state == StepState::waiting; }

const CaseSeat* seat_of(const CaseStep& step, std::string_view person) {
  for (const CaseSeat& seat : step.seats) {
    if (seat.person == person) return &seat;
  }
  return nullptr;
}

}  // namespace

// Whether a person may be given a seat of a step.
bool Move::may_sit(std::string_view person, const CaseStep& step) {
  if (!is_active(world_, person)) {
    refuse(RefusalCode::unknown_person, "`" + std::string(person) + "` is not in the directory, or not active");
  } else if (barred(case_, person, step)) {
    refuse(RefusalCode::separated,
           "`" + std::string(person) + "` had a hand in the quote, and may not decide " + step.key);
  } else if (seat_of(step, person) != nullptr) {
    refuse(RefusalCode::undecidable,
           "`" + std::string(person) + "` has a seat in " + step.key + " already: name somebody else");
  }
  return !refused();
}

void Move::take(const Reassign& what) {
  if (!known_policy()) return;
  const std::string_view from = what.from.empty() ? command_.actor : what.from;
  const auto id = step_named(what.step);
  if (!id) return refuse(RefusalCode::unknown_step, "the steps are " + step_names());
  const CaseStep& step = case_.steps[*id];
  if (!undecided(step)) return refuse(RefusalCode::not_open, step.key + " is " + std::string(assent::text(step.state)));
  const CaseSeat* seat = seat_of(step, from);
  if (seat == nullptr) return refuse(RefusalCode::no_seat, "`" + std::string(from) + "` has no seat in " + step.key);
  if (seat->vote != Vote::none) return refuse(RefusalCode::voted_already);
  if (from != command_.actor && !is_administrator())
    return refuse(RefusalCode::not_allowed, "a seat is given away by whoever has it, or by an administrator");
  if (!may_sit(what.to, step)) return;
  record(Reseated{*id, std::string(from), std::string(what.to), std::string(what.why)});
  settle();
}

void Move::take(const Replace& what) {
  if (!known_policy()) return;
  if (!is_administrator()) return refuse(RefusalCode::not_allowed, "an approver is replaced by an administrator");
  std::vector<std::uint32_t> steps;
  for (std::uint32_t i = 0; i < case_.steps.size(); ++i) {
    const CaseStep& step = case_.steps[i];
    const CaseSeat* seat = undecided(step) ? seat_of(step, what.from) : nullptr;
    if (seat == nullptr || seat->vote != Vote::none) continue;
    if (!may_sit(what.to, step)) return;
    steps.push_back(i);
  }
  if (steps.empty())
    return refuse(RefusalCode::nothing_to_do, "`" + std::string(what.from) + "` has no seat to fill in this case");
  for (const std::uint32_t step : steps)
    record(Reseated{step, std::string(what.from), std::string(what.to), std::string(what.why)});
  settle();
}

// One more person must agree. Nothing that was demanded becomes less for it.
void Move::take(const AddApprover& what) {
  if (!known_policy()) return;
  if (what.why.empty()) return refuse(RefusalCode::bad_command, "say why somebody else is asked");
  const bool asked = std::any_of(case_.steps.begin(), case_.steps.end(), [&](const CaseStep& step) {
    return undecided(step) && std::any_of(step.seats.begin(), step.seats.end(), [&](const CaseSeat& seat) {
      return acts_for(world_, command_.actor, seat.person, step.approver);
    });
  });
  if (!asked && !is_party() && !is_administrator()) {
    return refuse(RefusalCode::not_allowed, "approvers are added by whoever is asked, submitted or owns the quote");
  }
  std::size_t added = 0;
  for (const CaseStep& step : case_.steps) added += step.added_by.empty() ? 0 : 1;
  if (added == max_ad_hoc_steps) return refuse(RefusalCode::bad_command, "too many approvers were added to this case");
  StepAdded made;
  if (!what.before.empty()) {
    const auto before = step_named(what.before);
    if (!before) return refuse(RefusalCode::unknown_step, "the steps are " + step_names());
    if (case_.steps[*before].state != StepState::waiting)
      return refuse(RefusalCode::not_open, case_.steps[*before].key + " waits for nothing any more");
    made.before.emplace_back(what.before);
  }
  CaseStep& step = made.step;
  step.key = std::string(ad_hoc) + std::string(what.person);
  for (int n = 2; step_named(step.key); ++n)
    step.key = std::string(ad_hoc) + std::string(what.person) + "#" + std::to_string(n);
  step.approver = "person \"" + std::string(what.person) + "\"";
  step.quorum = "one";
  step.added_by = command_.actor;
  step.why = what.why;
  step.explicit_vote = true;  // asked for by name, so not answered in passing
  if (!may_sit(what.person, step)) return;
  step.seats.push_back({});
  step.seats[0].person = what.person;
  step.seats[0].added = true;
  record(std::move(made));
  settle();
}

// Two of those whom the policy names, neither of whom had a hand in the quote, and neither on behalf of others.
void Move::take(const Override& what) {
  if (!known_policy()) return;
  if (case_.override_seats.empty()) return refuse(RefusalCode::no_override);
  const bool named = std::any_of(case_.override_seats.begin(), case_.override_seats.end(), [&](const CaseSeat& seat) {
    return stand_in(world_, seat.person) == command_.actor;
  });
  if (!named)
    return refuse(RefusalCode::not_allowed,
                  "the policy does not name `" + std::string(command_.actor) + "` for an override");
  if (!is_active(world_, command_.actor)) return refuse(RefusalCode::unknown_person);
  if (had_a_hand(case_, command_.actor)) return refuse(RefusalCode::separated);
  if (what.why.empty()) return refuse(RefusalCode::bad_command, "an override needs a reason");
  const auto id = step_named(what.step);
  if (!id) return refuse(RefusalCode::unknown_step, "the steps are " + step_names());
  const CaseStep& step = case_.steps[*id];
  if (!undecided(step)) return refuse(RefusalCode::not_open, step.key + " is " + std::string(assent::text(step.state)));
  const auto first = std::find_if(case_.proposals.begin(), case_.proposals.end(),
                                  [&](const Proposal& each) { return each.step == what.step; });
  if (first == case_.proposals.end()) return record(OverrideProposed{std::string(what.step), std::string(what.why)});
  if (first->by == command_.actor) return refuse(RefusalCode::second_person);
  record(Closed{*id, StepState::skipped,
                "overridden by " + first->by + " (" + first->why + ") and " + std::string(command_.actor) + " (" +
                    std::string(what.why) + ")"});
  settle();
}

}  // namespace assent::approval
