// Time passes: reminders, escalations, ends. Timers act in the order in which they were due, each at the time
// of the tick; a tick that comes late does at once what the ones before it would have done.
#include <algorithm>

#include "runtime/approval/move.h"
#include "runtime/approval/timers.h"

namespace assent::approval {

void Move::take(const Tick&) {
  if (!known_policy()) return;
  bool ran = false;
  while (case_.state == State::pending) {
    std::optional<std::pair<std::uint32_t, std::uint32_t>> next;
    std::int64_t due = 0;
    for (std::uint32_t i = 0; i < case_.steps.size(); ++i) {
      const CaseStep& step = case_.steps[i];
      for (std::uint32_t k = 0; k < step.timers.size(); ++k) {
        const CaseTimer& timer = step.timers[k];
        if (timer.due == 0 || timer.due > world_.now || (next && timer.due >= due)) continue;
        next = {i, k};
        due = timer.due;
      }
    }
    if (!next) break;
    run_timer(next->first, next->second);
    ran = true;
  }
  if (!ran) refuse(RefusalCode::nothing_to_do, "no timer is due");
}

// Each timer ends or is due later than now, so a tick ends.
void Move::run_timer(std::uint32_t id, std::uint32_t which) {
  const CaseStep& step = case_.steps[id];
  const CaseTimer& timer = step.timers[which];
  switch (timer.kind) {
    case CaseTimer::Kind::remind: {
      std::int64_t again = 0;
      if (timer.every > 0) {
        again = due_after(evaluator_.plan(), world_, world_.now, timer.every, timer.every_unit, timer.every_calendar);
        if (again <= world_.now) again = 0;  // the end of the calendar
      }
      return record(TimerRan{id, which, again, {}, 0});
    }
    case CaseTimer::Kind::escalate: {
      TimerRan ran{id, which, 0, {}, timer.replacing ? timer.needed : 0};
      std::uint64_t votes = 0;
      for (CaseSeat seat : timer.seats) {
        seat.person = stand_in(world_, seat.person);
        const auto there = [&](const CaseSeat& each) { return each.person == seat.person; };
        if (!is_active(world_, seat.person) || std::any_of(ran.seats.begin(), ran.seats.end(), there)) continue;
        if (!timer.replacing && std::any_of(step.seats.begin(), step.seats.end(), there)) continue;
        seat.added = true;
        seat.barred = barred(case_, seat.person, step);
        votes += seat.barred ? 0 : seat.votes;
        ran.seats.push_back(std::move(seat));
      }
      // People who could not decide the step replace nobody.
      if (timer.replacing && votes < timer.needed) {
        ran.seats.clear();
        ran.needed = 0;
      }
      record(std::move(ran));
      return settle();
    }
    case CaseTimer::Kind::expire: {
      const bool withdraws = timer.withdraws;
      const std::string why = step.key + ": nobody decided in time";
      record(TimerRan{id, which, 0, {}, 0});
      record(Closed{id, StepState::rejected, "nobody decided in time"});
      return end(withdraws ? State::expired : State::rejected, why);
    }
    case CaseTimer::Kind::silence: {
      const bool objected = tally(step).rejected > 0;
      record(TimerRan{id, which, 0, {}, 0});
      if (!objected) record(Closed{id, StepState::satisfied, "nobody objected in time, and silence approves"});
      return settle();
    }
  }
}

}  // namespace assent::approval
