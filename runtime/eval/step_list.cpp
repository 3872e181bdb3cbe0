#include "runtime/eval/step_list.h"

#include <algorithm>

#include "runtime/plan/print.h"

namespace assent::eval {

using plan::Setting;
using plan::SettingKind;

namespace {

std::string_view unit_name(plan::Type type) {
  return type == plan::Type::minutes  ? "minutes"
         : type == plan::Type::months ? "months"
         : type == plan::Type::days   ? "days"
                                      : "business days";
}

}  // namespace

StepList::StepList(const plan::Plan& plan, Machine& machine)
    : plan_(plan), seating_(plan, machine), kept_at_(plan.steps.size(), plan::none) {}

void StepList::begin(bool elsewhere) {
  seating_.begin(elsewhere);
  timers_.clear();
  if (!elsewhere) return;
  std::fill(kept_at_.begin(), kept_at_.end(), plan::none);
  kept_.clear();
  kept_timers_.clear();
}

Seated StepList::would_sit(std::uint32_t approver) {
  Seated who = seating_.seat(approver);
  if (who.fault != Fault::none) who.seats = {};
  return who;
}

// Whether its step says the same of every quote.
bool StepList::is_fixed(const plan::Approver& approver, std::uint32_t id) const {
  const plan::Slice own = plan_.conduct(approver).settings;
  const auto settings = std::span(plan_.settings).subspan(own.first, own.count);
  return seating_.is_fixed(id) && std::all_of(settings.begin(), settings.end(), [&](const Setting& setting) {
           return setting.kind != SettingKind::escalate || seating_.is_fixed(setting.target);
         });
}

// Whether the setting is one that has no time.
bool StepList::set_flag(const Setting& setting, Step& step) const {
  switch (setting.kind) {
    case SettingKind::explicit_vote: step.explicit_vote = true; return true;
    case SettingKind::reject_ends: return true;
    case SettingKind::reject_collects: step.rejection = "collects"; return true;
    case SettingKind::reject_returns:
      step.rejection = "returns";
      if (setting.target != plan::none) step.returns_to = plan_.string(plan_.approvers[setting.target].name);
      return true;
    case SettingKind::submitter_may: step.submitter_may = true; return true;
    case SettingKind::owner_may: step.owner_may = true; return true;
    case SettingKind::editor_may: step.editor_may = true; return true;
    case SettingKind::remind:
    case SettingKind::escalate:
    case SettingKind::expire:
    case SettingKind::silence: break;
  }
  return false;
}

Timer StepList::timer(const Setting& setting) {
  const auto calendar = [&](std::uint32_t id) {
    return id == plan::none ? std::string_view{} : plan_.string(plan_.calendars[id].name);
  };
  Timer timer;
  timer.amount = setting.after;
  timer.unit = unit_name(setting.after_unit);
  timer.calendar = calendar(setting.after_calendar);
  switch (setting.kind) {
    case SettingKind::remind:
      timer.kind = "remind";
      timer.every = setting.every;
      if (setting.every != 0) timer.every_unit = unit_name(setting.every_unit);
      timer.every_calendar = calendar(setting.every_calendar);
      break;
    case SettingKind::escalate: {
      timer.kind = "escalate";
      timer.to = plan_.string(plan_.approvers[setting.target].name);
      timer.replacing = setting.flag != 0;
      const Seated asked = would_sit(setting.target);
      timer.seats = asked.seats;
      timer.needed = asked.quorum.needed;
      break;
    }
    case SettingKind::expire:
      timer.kind = "expire";
      timer.to = setting.flag != 0 ? "withdrawn" : "rejected";
      break;
    default: timer.kind = "approve_by_silence"; break;
  }
  return timer;
}

void StepList::set(const plan::Approver& approver, Pool<Timer>& timers, Step& step) {
  step.rejection = "ends";
  const plan::Slice settings = plan_.conduct(approver).settings;
  const std::span<Timer> room = timers.take(settings.count);
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < settings.count; ++i) {
    const Setting& setting = plan_.settings[settings.first + i];
    if (!set_flag(setting, step)) room[count++] = timer(setting);
  }
  step.timers = room.first(count);
}

Fault StepList::add(std::uint32_t id, std::vector<Step>& steps, std::string& who) {
  if (kept_at_[id] != plan::none) {
    steps.push_back(kept_[kept_at_[id]]);
    return Fault::none;
  }
  const plan::Step& made = plan_.steps[id];
  const plan::Approver& approver = plan_.approvers[made.approver];
  Seated seated = seating_.seat(made.approver);
  const bool keep = seated.fault == Fault::none && is_fixed(approver, made.approver);
  Step& step = steps.emplace_back();
  step.key = plan_.string(made.key);
  step.approver = plan_.string(approver.name);
  step.title = plan_.string(approver.title);
  step.quorum = seated.quorum;
  step.seats = seated.seats;
  step.location = plan::location(plan_, made.position);
  set(approver, keep ? kept_timers_ : timers_, step);
  if (keep) {
    kept_at_[id] = static_cast<std::uint32_t>(kept_.size());
    kept_.push_back(step);
  }
  who = std::move(seated.who);
  return seated.fault;
}

}  // namespace assent::eval
