// Votes: which seats somebody fills with one answer. Who may is checked here and nowhere else, for every
// channel: after delegation and escalation, against everybody who had a hand in the quote.
#include <algorithm>

#include "runtime/approval/move.h"

namespace assent::approval {

// The seat of a step that the actor may fill: their own, else the first of those they act for. One person
// fills at most one seat of a step.
std::optional<Move::Candidate> Move::candidate(std::uint32_t id, std::string_view on_behalf, RefusalCode& why) const {
  const CaseStep& step = case_.steps[id];
  why = RefusalCode::no_seat;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote == Vote::none || seat.by != command_.actor) continue;
    why = RefusalCode::voted_already;
    return std::nullopt;
  }
  std::optional<Candidate> found;
  for (std::uint32_t i = 0; i < step.seats.size(); ++i) {
    const CaseSeat& seat = step.seats[i];
    if (!on_behalf.empty() && seat.person != on_behalf) continue;
    const bool own = seat.person == command_.actor;
    if (!own && (found || !acts_for(world_, command_.actor, seat.person, step.approver))) continue;
    if (seat.vote != Vote::none) {
      if (why == RefusalCode::no_seat) why = RefusalCode::voted_already;
    } else if (seat.barred || barred(case_, command_.actor, step)) {
      why = RefusalCode::separated;
    } else if (!is_active(world_, seat.person)) {  // who has left cannot be acted for
      why = RefusalCode::unknown_person;
    } else {
      found = Candidate{id, i};
      if (own) break;
    }
  }
  return found;
}

// The seats that the vote is for. Empty: refused.
std::vector<Move::Candidate> Move::seats_to_fill(const CastVote& what) {
  std::vector<Candidate> ordinary, separate;
  RefusalCode why = RefusalCode::no_seat;
  if (!what.step.empty()) {
    const auto id = step_named(what.step);
    if (!id) return refuse(RefusalCode::unknown_step, "the steps are " + step_names()), std::vector<Candidate>{};
    const CaseStep& step = case_.steps[*id];
    const auto found = candidate(*id, what.on_behalf, why);
    if (step.state == StepState::open && found) return {*found};
    refuse(step.state == StepState::open ? why : RefusalCode::not_open,
           step.state == StepState::open ? "" : step.key + " is " + std::string(assent::text(step.state)));
    return {};
  }
  bool waits = false;
  for (std::uint32_t i = 0; i < case_.steps.size(); ++i) {
    const CaseStep& step = case_.steps[i];
    if (step.state != StepState::open && step.state != StepState::waiting) continue;
    RefusalCode here;
    const auto found = candidate(i, what.on_behalf, here);
    if (step.state == StepState::waiting) waits = waits || found;
    else if (found) (step.explicit_vote ? separate : ordinary).push_back(*found);
    else if (here != RefusalCode::no_seat) why = here;
  }
  if (ordinary.empty() && separate.empty()) {
    refuse(waits && why == RefusalCode::no_seat ? RefusalCode::not_open : why);
    return {};
  }
  std::vector<Candidate>& asked = ordinary.empty() ? separate : ordinary;
  const bool one_answer = case_.same_approver_once && !ordinary.empty();
  if (asked.size() > 1 && !one_answer) {
    std::string keys;
    for (const Candidate& each : asked) keys += (keys.empty() ? "" : ", ") + case_.steps[each.step].key;
    refuse(RefusalCode::which_step, "say which step is meant: " + keys);
    return {};
  }
  return std::move(asked);
}

// With `same approver once` an answer counts wherever the person whose seat is filled is asked the same: in open
// steps and in those that still wait, but for the ones that insist on their own. An answer to one of these is for
// it alone: its request showed no other reasons. Nor did that of a deputy's own seat show those of others' seats.
void Move::widen(const CastVote& what, std::vector<Candidate>& places) const {
  if (!case_.same_approver_once || what.vote == Vote::abstain || case_.steps[places[0].step].explicit_vote) return;
  std::vector<std::string_view> whose;
  for (const Candidate& place : places) whose.push_back(case_.steps[place.step].seats[place.seat].person);
  std::partition(whose.begin(), whose.end(), [&](std::string_view person) { return person == command_.actor; });
  for (std::uint32_t i = 0; i < case_.steps.size(); ++i) {
    const CaseStep& step = case_.steps[i];
    if (step.explicit_vote || (step.state != StepState::open && step.state != StepState::waiting)) continue;
    if (std::any_of(places.begin(), places.end(), [&](const Candidate& each) { return each.step == i; })) continue;
    for (const std::string_view person : whose) {
      RefusalCode why;
      const auto found = candidate(i, person, why);
      if (!found) continue;
      places.push_back(*found);
      break;
    }
  }
}

void Move::take(const CastVote& what) {
  if (!known_policy()) return;
  if (what.vote == Vote::none) return refuse(RefusalCode::bad_command, "a vote approves, rejects or abstains");
  if (!what.quote_hash.empty() && what.quote_hash != case_.quote_hash) return refuse(RefusalCode::content_changed);
  if (!is_active(world_, command_.actor)) return refuse(RefusalCode::unknown_person);
  std::vector<Candidate> places = seats_to_fill(what);
  if (places.empty()) return;
  widen(what, places);
  std::string_view on_behalf;
  for (const Candidate& place : places) {
    const CaseStep& step = case_.steps[place.step];
    const CaseSeat& seat = step.seats[place.seat];
    if (seat.person != command_.actor) on_behalf = seat.person;
    if (what.vote != Vote::abstain) continue;
    const Tally votes = tally(step);
    if (votes.approved + votes.undecided < step.needed + std::uint64_t{seat.votes}) {
      return refuse(RefusalCode::vote_needed,
                    step.key + " could not be decided without this vote: approve, reject, or reassign it");
    }
  }
  std::sort(places.begin(), places.end(), [](const Candidate& a, const Candidate& b) { return a.step < b.step; });
  record(Voted{what.vote, std::move(places), std::string(what.comment)}, on_behalf);
  settle();
}

}  // namespace assent::approval
