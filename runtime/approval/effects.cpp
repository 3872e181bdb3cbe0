// Whom to tell what, from the events of one command: one message for each person. Entry: Move::tell.
#include <algorithm>
#include <functional>
#include <map>
#include <optional>

#include "runtime/approval/fields.h"
#include "runtime/approval/move.h"

namespace assent {

std::string_view text(Effect::Kind kind) { return approval::name_of(kind); }

namespace approval {

namespace {

// What is said to somebody; the kind that matters most is the first, and names the message.
class Letters {
 public:
  Letters(const World& world, std::vector<Effect>& out) : world_(world), letters_(out) {}

  // Good until the next letter is begun.
  Effect& to(std::string_view person, Effect::Kind kind) {
    const auto at = std::lower_bound(letters_.begin(), letters_.end(), person,
                                     [](const Effect& each, std::string_view to) { return each.to < to; });
    if (at != letters_.end() && at->to == person) return *at;
    Effect& letter = *letters_.emplace(at);
    letter.to = person;
    letter.kind = kind;
    return letter;
  }

  // To whoever fills a seat today, of those that are empty and of people who are `meant`. To the person as well whose
  // seat it is, where whoever acts for them has a seat to fill already, and the others are too few.
  void ask(const Case& kase, const CaseStep& step, Effect::Kind kind,
           const std::function<bool(const CaseSeat&)>& meant) {
    std::optional<Voices> voices;
    for (const CaseSeat& seat : step.seats) {
      if (!is_empty(seat) || !meant(seat)) continue;
      std::vector<std::string_view> fill = fills(kase, step, seat);
      if (fill.size() != 1 || fill[0] != seat.person) {
        if (!voices) voices = voices_of(kase, step);
        const auto has_another = [&](std::string_view person) { return voices->find(person)->second.seats > 1; };
        const bool nobody_else = std::all_of(fill.begin(), fill.end(), has_another);
        if (nobody_else && (seat.veto || !is_enough(step, *voices))) fill.push_back(seat.person);
      }
      for (const std::string_view person : fill) ask(kase, step, seat, person, kind);
    }
  }

  void close(const Case& kase) {
    const std::string moment = kase.id + "/" + std::to_string(kase.version) + "/";
    for (Effect& letter : letters_) {
      const std::string_view kind = text(letter.kind);
      letter.id.reserve(moment.size() + letter.to.size() + 1 + kind.size());
      letter.id.append(moment).append(letter.to).append("/").append(kind);
      letter.quote_hash = kase.quote_hash;
    }
  }

 private:
  // Who fills the empty seats of a step; each has one vote in it, at most the weightiest that they could give.
  struct Voice { std::uint32_t seats = 0, votes = 0; };
  using Voices = std::map<std::string_view, Voice>;

  static bool is_empty(const CaseSeat& seat) { return seat.vote == Vote::none && !seat.barred; }

  void ask(const Case& kase, const CaseStep& step, const CaseSeat& seat, std::string_view person, Effect::Kind kind) {
    Effect& letter = to(person, kind);
    if (person != seat.person) letter.on_behalf = seat.person;
    show(letter, step.key);
    if (!kase.same_approver_once || step.explicit_vote) return;
    for (const CaseStep& other : kase.steps) {  // one answer counts for these too: their reasons belong here
      if (other.explicit_vote || (other.state != StepState::open && other.state != StepState::waiting)) continue;
      const bool same = std::any_of(other.seats.begin(), other.seats.end(), [&](const CaseSeat& each) {
        return each.person == seat.person && is_empty(each);
      });
      if (same && acts_for(world_, person, seat.person, other.approver) && !barred(kase, person, other))
        show(letter, other.key);
    }
  }

  // Whoever acts for the seat's person today, but for those who had a hand in the quote; the person, if all of them
  // had. A deputy who sits in the step answers there, and one who has answered in it has no second vote.
  std::vector<std::string_view> fills(const Case& kase, const CaseStep& step, const CaseSeat& seat) const {
    std::vector<std::string_view> people = deputies_of(world_, seat.person, step.approver);
    std::erase_if(people, [&](std::string_view person) { return barred(kase, person, step); });
    if (people.empty()) people.push_back(seat.person);
    std::erase_if(people, [&](std::string_view person) {
      return person != seat.person && std::any_of(step.seats.begin(), step.seats.end(), [&](const CaseSeat& own) {
               return own.vote == Vote::none ? own.person == person && !own.barred : own.by == person;
             });
    });
    return people;
  }

  Voices voices_of(const Case& kase, const CaseStep& step) const {
    Voices voices;
    for (const CaseSeat& seat : step.seats) {
      if (!is_empty(seat)) continue;
      for (const std::string_view person : fills(kase, step, seat)) {
        Voice& voice = voices[person];
        ++voice.seats;
        voice.votes = std::max(voice.votes, seat.votes);
      }
    }
    return voices;
  }
  static bool is_enough(const CaseStep& step, const Voices& voices) {
    std::uint64_t votes = tally(step).approved;
    for (const auto& [person, voice] : voices) votes += voice.votes;
    return votes >= step.needed;
  }

  static void show(Effect& letter, const std::string& key) {
    if (std::find(letter.steps.begin(), letter.steps.end(), key) == letter.steps.end()) letter.steps.push_back(key);
  }

  const World& world_;
  std::vector<Effect>& letters_;  // by person
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
  Letters letters(world_, out_.effects);
  const auto ask_all = [&](const CaseStep& step, Effect::Kind kind) {
    letters.ask(case_, step, kind, [](const CaseSeat&) { return true; });
  };
  const bool ends = std::any_of(out_.events.begin(), out_.events.end(),
                                [](const Event& event) { return std::holds_alternative<Ended>(event.what); });
  if (ends) {
    const Effect::Kind kind = kind_of(case_.state);
    const auto end = [&](std::string_view person) {
      if (person.empty()) return;
      letters.to(person, kind).text = case_.why;
    };
    end(case_.submitter);
    end(case_.owner);
    for (const CaseStep& step : case_.steps) {
      for (const CaseSeat& seat : step.seats) {
        if (seat.vote == Vote::none && step.opened_at == 0) continue;
        end(seat.person);
        if (seat.vote != Vote::none) {
          end(seat.by);
          continue;
        }
        for (const std::string_view deputy : deputies_of(world_, seat.person, step.approver)) end(deputy);
      }
    }
    return letters.close(case_);
  }
  for (const Event& event : out_.events) {
    if (const auto* opened = std::get_if<Opened>(&event.what)) {
      const CaseStep& step = case_.steps[opened->step];
      if (step.state == StepState::open) ask_all(step, Effect::Kind::request);
    } else if (const auto* ran = std::get_if<TimerRan>(&event.what)) {
      const CaseStep& step = case_.steps[ran->step];
      if (step.state != StepState::open) continue;
      letters.ask(case_, step, Effect::Kind::escalated, [&](const CaseSeat& seat) {
        return std::any_of(ran->seats.begin(), ran->seats.end(),
                           [&](const CaseSeat& each) { return each.person == seat.person; });
      });
    } else if (const auto* decided = std::get_if<Decided>(&event.what)) {
      if (decided->cause != Decided::Cause::changed && decided->cause != Decided::Cause::migrated) continue;
      for (const CaseStep& step : case_.steps) {  // what is shown has changed
        if (step.state == StepState::open) ask_all(step, Effect::Kind::request);
      }
    } else if (const auto* moved = std::get_if<Reseated>(&event.what)) {
      const CaseStep& step = case_.steps[moved->step];
      letters.to(moved->from, Effect::Kind::released).steps.push_back(step.key);
      if (step.state != StepState::open) continue;
      letters.ask(case_, step, Effect::Kind::request, [&](const CaseSeat& seat) { return seat.person == moved->to; });
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
  letters.close(case_);
}

}  // namespace approval
}  // namespace assent
