// The steps of a decision, with who sits on their seats and what their approvers are set to. Entry: StepList::add.
//
// A step whose seats the directory alone gives says the same in every decision, but for its reasons and for what it
// waits for: it is put together once, and kept while the directory and the day stay the same.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assent/decision.h"
#include "runtime/eval/people.h"
#include "runtime/value/pool.h"

namespace assent::eval {


class StepList {
 public:
  StepList(const plan::Plan& plan, Machine& machine);

  // To be called before the first add() for another quote; `elsewhere` where the directory or the day may be
  // another. Seats and timers given before are gone then.
  void begin(bool elsewhere);

  // Adds a step of the plan to `steps`, without what waits for what and why. A fault says that its seats cannot be
  // filled; it is about `who`.
  Fault add(std::uint32_t step, std::vector<Step>& steps, std::string& who);

  // Those of an approver whom no step needs yet: nobody where it cannot be resolved today.
  Seated would_sit(std::uint32_t approver);

 private:
  bool is_fixed(const plan::Approver& approver, std::uint32_t id) const;
  void set(const plan::Approver& approver, Pool<Timer>& timers, Step& step);
  bool set_flag(const plan::Setting& setting, Step& step) const;
  Timer timer(const plan::Setting& setting);

  const plan::Plan& plan_;
  Seating seating_;
  std::vector<std::uint32_t> kept_at_;  // of each step: in kept_, or none
  std::vector<Step> kept_;
  Pool<Timer> kept_timers_, timers_;    // timers_: of this quote
};

}  // namespace assent::eval
