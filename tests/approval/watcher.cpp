#include "tests/approval/watcher.h"

#include <algorithm>

namespace assent::test {

namespace {

// Who has taken the place of a person, in the end; in a circle nobody has.
std::string heir(const World& world, const std::string& person) {
  std::string now = person;
  for (std::size_t moves = 0; moves < 100; ++moves) {
    const auto& all = world.deputies->replacements;
    const auto next = std::find_if(all.begin(), all.end(), [&](const Replacement& each) { return each.from == now; });
    if (next == all.end()) return now;
    now = next->to;
  }
  return person;
}

// Whether `actor` is named to act for `person` that day, directly or through others: by plain search.
bool acts_for(const World& world, const std::string& actor, const std::string& person, const std::string& approver) {
  std::set<std::string> reached{person};
  for (std::size_t round = 0; round < max_delegation_depth; ++round) {
    std::set<std::string> next = reached;
    if (world.deputies != nullptr) {
      for (const Delegation& each : world.deputies->delegations) {
        const bool today = each.first_day <= world.today && world.today <= each.last_day;
        const bool meant = each.approver.empty() || each.approver == approver;
        if (today && meant && reached.count(each.from) > 0) next.insert(heir(world, each.to));
      }
    }
    reached = next;
  }
  return reached.count(actor) > 0;
}

bool excluded(const Case& kase, const std::string& person, const CaseStep& step) {
  if (person == kase.submitter && !step.submitter_may) return true;
  if (person == kase.owner && !step.owner_may) return true;
  const bool edited = std::find(kase.editors.begin(), kase.editors.end(), person) != kase.editors.end();
  return edited && person != kase.submitter && person != kase.owner && !step.editor_may;
}

struct Count {
  std::uint64_t approved = 0, rejected = 0, left = 0;
  bool veto_open = false, veto_no = false;
};

Count count(const CaseStep& step) {
  Count votes;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote == Vote::approve) votes.approved += seat.votes;
    if (seat.vote == Vote::reject) votes.rejected += seat.votes;
    if (seat.vote == Vote::reject && seat.veto) votes.veto_no = true;
    if (seat.vote == Vote::none && !seat.barred) {
      votes.left += seat.votes;
      votes.veto_open = votes.veto_open || seat.veto;
    }
  }
  return votes;
}

bool someone_rejected(const CaseStep& step) {
  return std::any_of(step.seats.begin(), step.seats.end(),
                     [](const CaseSeat& seat) { return seat.vote == Vote::reject; });
}

// Everything that comes before a step, directly or not, in any order.
std::set<std::uint32_t> all_before(const Case& kase, const CaseStep& step) {
  std::set<std::uint32_t> all;
  std::vector<std::uint32_t> open(step.after.begin(), step.after.end());
  while (!open.empty()) {
    const std::uint32_t each = open.back();
    open.pop_back();
    if (!all.insert(each).second) continue;
    open.insert(open.end(), kase.steps[each].after.begin(), kase.steps[each].after.end());
  }
  return all;
}

bool through(const CaseStep& step) { return step.state == StepState::satisfied || step.state == StepState::skipped; }

}  // namespace

void Watcher::terminal(const Case& kase) {
  check(kase.proposals.empty(), "no proposal outlives the case");
  for (const CaseStep& step : kase.steps) {
    check(step.state != StepState::open && step.state != StepState::waiting, "no seat is open after the end");
    for (const CaseTimer& timer : step.timers) check(timer.due == 0, "no timer runs after the end");
  }
}

void Watcher::approval(const Case& kase) {
  for (const CaseStep& step : kase.steps) {
    check(through(step), "approved only if every step is through");
    if (step.state != StepState::satisfied) continue;
    const bool silence = step.why.find("silence") != std::string::npos;
    const Count votes = count(step);
    check(silence || votes.approved >= step.needed, "approved only with its quorum");
    check(silence || !votes.veto_open, "a veto was waited for");
    check(!votes.veto_no, "a veto stops a step");
    check(step.rejection == Rejection::collects || !someone_rejected(step), "a rejection stops a step");
  }
}

void Watcher::step(const Case& kase, const CaseStep& step) {
  std::set<std::string> people, voters;
  for (const CaseSeat& seat : step.seats) {
    check(people.insert(seat.person).second, "one person has one seat of a step");
    if (seat.vote == Vote::none) continue;
    check(voters.insert(seat.by).second, "one person fills one seat of a step");
    check(!excluded(kase, seat.by, step) && !excluded(kase, seat.person, step),
          "who had a hand in the quote does not decide");
    if (seat.vote == Vote::approve && !step.bases.empty()) check(seat.basis < step.bases.size(), "a vote has a basis");
  }
  if (kase.state != State::pending) return;
  const std::set<std::uint32_t> before = all_before(kase, step);
  const bool first_through =
      std::all_of(before.begin(), before.end(), [&](std::uint32_t each) { return through(kase.steps[each]); });
  const Count votes = count(step);
  if (step.state == StepState::open) {
    check(first_through, "a step opens when what comes before it is through");
    check(votes.approved < step.needed || votes.veto_open, "a step closes as soon as it is satisfied");
    const bool lost = votes.veto_no || (someone_rejected(step) && (step.rejection != Rejection::collects ||
                                                                   votes.approved + votes.left < step.needed));
    check(!lost, "a step closes as soon as it is rejected");
  }
  if (step.state == StepState::waiting)
    check(!first_through, "a step opens as soon as what comes before it is through");
  check(step.state != StepState::rejected && step.state != StepState::revoked,
        "a pending case has no step that failed");
}

void Watcher::votes(const Case& before, const Command& command, const World& world, const Advance& done) {
  for (const Event& event : done.events) {
    const auto* voted = std::get_if<Voted>(&event.what);
    if (voted == nullptr) continue;
    check(!voted->places.empty(), "a vote fills a seat");
    for (const Voted::Place& place : voted->places) {
      const CaseStep& step = before.steps[place.step];
      const CaseSeat& seat = step.seats[place.seat];
      check(seat.vote == Vote::none, "a seat is filled once");
      check(step.state == StepState::open || step.state == StepState::waiting, "only what is undecided is voted on");
      check(acts_for(world, std::string(command.actor), seat.person, step.approver),
            "who votes has the seat, or acts for it");
      const auto* cast = std::get_if<CastVote>(&command.what);
      const bool named = cast != nullptr && cast->step == step.key;
      const bool alone = voted->places.size() == 1;
      check(!step.explicit_vote || named || alone, "a step that insists is not answered in passing");
      check(before.same_approver_once || alone, "each step is asked on its own where the policy says so");
    }
  }
}

void Watcher::effects(const Case& kase, const World& world, const Advance& done) {
  std::set<std::string> people, ids;
  for (const Effect& effect : done.effects) {
    check(people.insert(effect.to).second, "one message for each person and moment");
    check(ids.insert(effect.id).second, "an effect has an id of its own");
    const bool end = effect.kind == Effect::Kind::approved || effect.kind == Effect::Kind::rejected ||
                     effect.kind == Effect::Kind::recalled || effect.kind == Effect::Kind::expired;
    check(end == (kase.state != State::pending), "an end is told at the end, and nothing else then");
    if (effect.kind != Effect::Kind::remind && effect.kind != Effect::Kind::escalated) continue;
    const bool asked = std::any_of(kase.steps.begin(), kase.steps.end(), [&](const CaseStep& step) {
      return step.state == StepState::open &&
             std::any_of(step.seats.begin(), step.seats.end(), [&](const CaseSeat& seat) {
               return seat.vote == Vote::none && acts_for(world, effect.to, seat.person, step.approver);
             });
    });
    check(asked, "only who is asked is reminded");
  }
  check(!done.refusal || done.effects.empty(), "a refusal has no effect");
}

// Words and people change nothing in what is demanded, but that more may be.
void Watcher::demands(const Case& before, const Command& command, const Case& after) {
  const bool decides = std::holds_alternative<Submit>(command.what) || std::holds_alternative<Migrate>(command.what) ||
                       std::holds_alternative<Tick>(command.what);
  if (decides) return;
  for (const CaseStep& was : before.steps) {
    const auto is =
        std::find_if(after.steps.begin(), after.steps.end(), [&](const CaseStep& each) { return each.key == was.key; });
    check(is != after.steps.end(), "no step is lost");
    if (is == after.steps.end()) continue;
    check(is->needed >= was.needed && is->after.size() >= was.after.size() && is->seats.size() == was.seats.size(),
          "no command makes a step weaker");
  }
}

std::vector<std::string> Watcher::saw(const Case& before, const Command& command, const World& world,
                                      const Advance& done, const Case& after) {
  violated_.clear();
  if (done.refusal) {
    const bool late = done.events.size() == 1 && std::holds_alternative<Late>(done.events[0].what);
    check(done.events.empty() || (late && before.state != State::pending), "a refused command does nothing");
    check(after.version == before.version + done.events.size() && after.state == before.state,
          "a refusal moves nothing");
  }
  if (after.state != State::pending && after.state != State::draft) terminal(after);
  if (after.state == State::approved) approval(after);
  for (const CaseStep& each : after.steps) step(after, each);
  votes(before, command, world, done);
  effects(after, world, done);
  demands(before, command, after);
  return violated_;
}

}  // namespace assent::test
