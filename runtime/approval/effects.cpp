// Whom to tell what, from the events of one command: one message for each person. Entry: Move::tell.
#include <algorithm>
#include <map>

#include "runtime/approval/fields.h"
#include "runtime/approval/move.h"

namespace assent {

std::string_view text(Effect::Kind kind) { return approval::name_of(kind); }

namespace approval {

namespace {

// What is said to somebody; the kind that matters most is the first, and names the message.
class Letters {
 public:
  explicit Letters(const World& world) : world_(world) {}

  Effect& to(std::string_view person, Effect::Kind kind) {
    Effect& letter = letters_[std::string(person)];
    if (letter.to.empty()) {
      letter.to = person;
      letter.kind = kind;
    }
    return letter;
  }

  // To whoever fills the seat today, of the steps in which it is empty. A deputy who had a hand in the quote may
  // not: where there is no other, the person is asked.
  void ask(const Case& kase, const CaseStep& step, const CaseSeat& seat, Effect::Kind kind) {
    if (seat.vote != Vote::none || seat.barred) return;
    std::vector<std::string_view> fill = deputies_of(world_, seat.person, step.approver);
    std::erase_if(fill, [&](std::string_view person) { return barred(kase, person, step); });
    if (fill.empty()) fill.push_back(seat.person);
    for (const std::string_view person : fill) {
      Effect& letter = to(person, kind);
      if (person != seat.person) letter.on_behalf = seat.person;
      show(letter, step.key);
      if (!kase.same_approver_once || step.explicit_vote) continue;
      for (const CaseStep& other : kase.steps) {  // one answer counts for these too: their reasons belong here
        if (other.explicit_vote || (other.state != StepState::open && other.state != StepState::waiting)) continue;
        const bool same = std::any_of(other.seats.begin(), other.seats.end(), [&](const CaseSeat& each) {
          return each.person == seat.person && each.vote == Vote::none && !each.barred;
        });
        const bool may = acts_for(world_, person, seat.person, other.approver) && !barred(kase, person, other);
        if (same && may) show(letter, other.key);
      }
    }
  }

  void into(const Case& kase, std::vector<Effect>& out) {
    for (auto& [person, letter] : letters_) {
      letter.id = kase.id + "/" + std::to_string(kase.version) + "/" + person + "/" + std::string(text(letter.kind));
      letter.quote_hash = kase.quote_hash;
      out.push_back(std::move(letter));
    }
  }

 private:
  static void show(Effect& letter, const std::string& key) {
    if (std::find(letter.steps.begin(), letter.steps.end(), key) == letter.steps.end()) letter.steps.push_back(key);
  }

  const World& world_;
  std::map<std::string, Effect> letters_;
};

Effect::Kind kind_of(State state) {
  switch (state) {
    case State::approved: return Effect::Kind::approved;
    case State::recalled: return Effect::Kind::recalled;
    case State::expired: return Effect::Kind::expired;
    case State::rejected: case State::draft: case State::pending: break;
  }
  return Effect::Kind::rejected;
}

}  // namespace

void Move::tell() {
  Letters letters(world_);
  const auto ask_all = [&](const CaseStep& step, Effect::Kind kind) {
    for (const CaseSeat& seat : step.seats) letters.ask(case_, step, seat, kind);
  };
  const bool ends = std::any_of(out_.events.begin(), out_.events.end(),
                                [](const Event& event) { return std::holds_alternative<Ended>(event.what); });
  if (ends) {
    const Effect::Kind kind = kind_of(case_.state);
    const auto end = [&](const std::string& person) {
      if (person.empty()) return;
      letters.to(person, kind).text = case_.why;
    };
    end(case_.submitter);
    end(case_.owner);
    for (const CaseStep& step : case_.steps) {
      for (const CaseSeat& seat : step.seats) {
        if (seat.vote != Vote::none) end(seat.by);
        else if (step.opened_at != 0) end(seat.person);
      }
    }
    return letters.into(case_, out_.effects);
  }
  for (const Event& event : out_.events) {
    if (const auto* opened = std::get_if<Opened>(&event.what)) {
      const CaseStep& step = case_.steps[opened->step];
      if (step.state == StepState::open) ask_all(step, Effect::Kind::request);
    } else if (const auto* ran = std::get_if<TimerRan>(&event.what)) {
      const CaseStep& step = case_.steps[ran->step];
      if (step.state != StepState::open) continue;
      for (const CaseSeat& seat : ran->seats) letters.ask(case_, step, seat, Effect::Kind::escalated);
    } else if (const auto* decided = std::get_if<Decided>(&event.what)) {
      if (decided->cause != Decided::Cause::changed && decided->cause != Decided::Cause::migrated) continue;
      for (const CaseStep& step : case_.steps) {  // what is shown has changed
        if (step.state == StepState::open) ask_all(step, Effect::Kind::request);
      }
    } else if (const auto* moved = std::get_if<Reseated>(&event.what)) {
      const CaseStep& step = case_.steps[moved->step];
      letters.to(moved->from, Effect::Kind::released).steps.push_back(step.key);
      if (step.state != StepState::open) continue;
      for (const CaseSeat& seat : step.seats) {
        if (seat.person == moved->to) letters.ask(case_, step, seat, Effect::Kind::request);
      }
    } else if (const auto* asked = std::get_if<Asked>(&event.what)) {
      Effect& letter = letters.to(asked->to, Effect::Kind::question);
      letter.steps.push_back(asked->step);
      letter.text = asked->text;
    } else if (const auto* answered = std::get_if<AnsweredQuestion>(&event.what)) {
      const Question& question = case_.questions[answered->question];
      Effect& letter = letters.to(question.by, Effect::Kind::answer);
      letter.steps.push_back(question.step);
      letter.text = question.answer;
    } else if (const auto* proposed = std::get_if<OverrideProposed>(&event.what)) {
      for (const CaseSeat& seat : case_.override_seats) {
        const std::string_view person = stand_in(world_, seat.person);
        if (person == command_.actor || had_a_hand(case_, person)) continue;
        Effect& letter = letters.to(person, Effect::Kind::proposal);
        letter.steps.push_back(proposed->step);
        letter.text = proposed->why;
      }
    }
  }
  for (const Event& event : out_.events) {  // matters least: who is first asked at this moment is not reminded
    const auto* ran = std::get_if<TimerRan>(&event.what);
    if (ran == nullptr) continue;
    const CaseStep& step = case_.steps[ran->step];
    const bool reminds = step.timers[ran->timer].kind == CaseTimer::Kind::remind;
    if (reminds && step.state == StepState::open) ask_all(step, Effect::Kind::remind);
  }
  letters.into(case_, out_.effects);
}

}  // namespace approval
}  // namespace assent
