// See event_text.h.
#include "tools/case/event_text.h"

#include <variant>

#include "tools/case/text.h"
#include "tools/instant.h"
#include "tools/path_graph.h"
#include "tools/path_tree.h"
#include "tools/text.h"

namespace assent::command {

namespace {

std::string with_reason(std::string words, std::string_view reason) {
  return reason.empty() ? words : std::move(words) + ": " + printable(reason);
}

std::vector<std::string> all_printable(const std::vector<std::string>& texts) {
  std::vector<std::string> shown;
  for (const std::string& each : texts) shown.push_back(printable(each));
  return shown;
}

std::vector<std::string> people(const std::vector<CaseSeat>& seats) {
  std::vector<std::string> names;
  for (const CaseSeat& seat : seats) names.push_back(printable(seat.person));
  return names;
}

// "big/boss then big/cfo".
std::string path_in_words(const std::vector<CaseStep>& steps) {
  PathGraph graph;
  for (const CaseStep& step : steps) {
    graph.names.push_back(step.key);
    graph.after.push_back(step.after);
  }
  return algebra(path_tree(graph), graph);
}

// "3 of rack, 2 of disk".
std::string portions(const std::vector<Portion>& lines) {
  std::vector<std::string> all;
  for (const Portion& each : lines) all.push_back(printable(each.quantity) + " of " + printable(each.line));
  return joined(all, ", ");
}

std::string change_text(const OrderChange& change) {
  const std::string on = " on " + day_text(change.on), order = "order " + printable(change.order);
  switch (change.kind) {
    case OrderChange::Kind::ordered:
      return "ordered " + (change.lines.empty() ? "all that was left" : portions(change.lines)) + on;
    case OrderChange::Kind::moved:
      return "moved " + std::string(change.delivery ? "the delivery of " : "the start of ") + order + " to " +
             day_text(change.on);
    case OrderChange::Kind::amended:
      return "amended " + order + " by " + portions(change.lines) + " from" + on.substr(3);
    default: return std::string(text(change.kind)) + ' ' + order + on;
  }
}

// One overload for each event.
class Words {
 public:
  Words(const Case& after, std::int32_t utc_offset) : case_(after), utc_offset_(utc_offset) {}

  std::string operator()(const Decided& what) const {
    std::string words = cause(what);
    if (what.steps.empty()) return words + ": nobody is asked" + less(what);
    words += ": " + path_in_words(what.steps);
    std::vector<std::string> remembered;
    for (const CaseStep& step : what.steps) {
      if (step.state == StepState::satisfied) remembered.push_back(printable(step.key));
    }
    if (!remembered.empty()) words += "; remembered: " + listed(remembered);
    return words + less(what);
  }
  std::string operator()(const Opened& what) const {
    const std::vector<std::string> asked = what.step < case_.steps.size() ? waited_for(case_.steps[what.step])
                                                                          : std::vector<std::string>{};
    return key(what.step) + " opens" + (asked.empty() ? "" : ": asks " + listed(asked));
  }
  std::string operator()(const Voted& what) const {
    std::vector<std::string> keys;
    for (const Voted::Place& place : what.places) keys.push_back(key(place.step));
    const std::string did(vote_in_words(what.vote));
    return with_reason(did + (what.vote == Vote::abstain ? " in " : " ") + listed(keys), what.comment);
  }
  std::string operator()(const Closed& what) const {
    switch (what.state) {
      case StepState::satisfied: return with_reason(key(what.step) + " is done", what.why);
      case StepState::rejected: return with_reason(key(what.step) + " is rejected", what.why);
      case StepState::skipped: return with_reason(key(what.step) + " is set aside", what.why);
      case StepState::waiting:
      case StepState::open:
      case StepState::revoked: return with_reason(key(what.step) + " is " + std::string(text(what.state)), what.why);
    }
    return {};
  }
  std::string operator()(const Returned& what) const {
    return with_reason(key(what.from) + " goes back to " + key(what.to), what.why);
  }
  std::string operator()(const Reseated& what) const {
    return with_reason("put " + printable(what.to) + " in the place of " + printable(what.from) + " in " +
                           key(what.step),
                       what.why);
  }
  std::string operator()(const StepAdded& what) const {
    const std::vector<std::string> before = all_printable(what.before);
    return with_reason("added " + printable(what.step.key) + (before.empty() ? "" : " before " + listed(before)),
                       what.step.why);
  }
  std::string operator()(const Asked& what) const {
    return with_reason("asked " + printable(what.to) + " about " + printable(what.step), what.text);
  }
  std::string operator()(const AnsweredQuestion& what) const {
    return with_reason("answered question " + std::to_string(what.question + std::uint64_t{1}), what.text);
  }
  std::string operator()(const Commented& what) const { return with_reason("commented", what.text); }
  std::string operator()(const OverrideProposed& what) const {
    return with_reason("proposed to set " + printable(what.step) + " aside", what.why);
  }
  std::string operator()(const TimerRan& what) const {
    const CaseTimer* timer = timer_of(what);
    if (timer == nullptr) return key(what.step) + ": a timer ran";
    switch (timer->kind) {
      case CaseTimer::Kind::remind:
        return "reminded those who are asked in " + key(what.step) +
               (what.due == 0 ? "" : "; again " + instant_text(what.due, utc_offset_));
      case CaseTimer::Kind::escalate:
        if (what.seats.empty()) {
          return "would escalate " + key(what.step) + " to " + printable(timer->to) + ", but there is nobody to ask";
        }
        return "escalated " + key(what.step) + ": asks " + listed(people(what.seats)) +
               (what.needed > 0 ? " instead" : " too");
      case CaseTimer::Kind::expire: return "the time for " + key(what.step) + " ran out";
      case CaseTimer::Kind::silence: return "the time to object to " + key(what.step) + " ran out";
    }
    return {};
  }
  std::string operator()(const Ended& what) const {
    return with_reason("the case is " + std::string(text(what.state)), what.why);
  }
  std::string operator()(const OrdersChanged& what) const {
    return with_reason(change_text(what.change) + " (" + counted(what.orders.size(), "order") + " changed)",
                       what.change.why);
  }
  std::string operator()(const OrderReported& what) const {
    const OrderReport& report = what.report;
    std::string words = report.status == OrderReport::Status::sent ? "told the back office of order "
                                                                   : "heard from the back office of order ";
    words += printable(report.order) + ", revision " + std::to_string(report.revision);
    if (report.status != OrderReport::Status::sent) words += ": " + std::string(text(report.status));
    if (!report.reference.empty()) words += " as " + printable(report.reference);
    if (what.overtaken) words += " (overtaken by what is known)";
    return with_reason(std::move(words), report.text);
  }
  std::string operator()(const Late& what) const { return "came too late: " + printable(what.what) + " is refused"; }
  std::string operator()(const Delegated& what) const {
    const Delegation& each = what.delegation;
    return "let " + printable(each.to) + " act for " + printable(each.from) + " from " + day_text(each.first_day) +
           " to " + day_text(each.last_day) +
           (each.approver.empty() ? "" : ", in steps of " + printable(each.approver));
  }
  std::string operator()(const Replaced& what) const {
    return with_reason("put " + printable(what.to) + " in the place of " + printable(what.from) +
                           ", everywhere and from now on",
                       what.why);
  }

 private:
  std::string key(std::uint32_t step) const {
    return step < case_.steps.size() ? printable(case_.steps[step].key) : "step " + std::to_string(step);
  }
  const CaseTimer* timer_of(const TimerRan& what) const {
    if (what.step >= case_.steps.size() || what.timer >= case_.steps[what.step].timers.size()) return nullptr;
    return &case_.steps[what.step].timers[what.timer];
  }
  static std::string cause(const Decided& what) {
    switch (what.cause) {
      case Decided::Cause::submitted: return "submitted the quote to " + printable(what.policy);
      case Decided::Cause::resubmitted: return "submitted the quote again to " + printable(what.policy);
      case Decided::Cause::changed: return "changed the quote";
      case Decided::Cause::migrated: return "moved the case to another version of " + printable(what.policy);
    }
    return {};
  }
  static std::string less(const Decided& what) {
    std::string words;
    if (!what.dropped.empty()) words += "; no longer asked: " + listed(all_printable(what.dropped));
    if (!what.weaker.empty()) words += "; weaker: " + joined(all_printable(what.weaker), ", ");
    return words;
  }

  const Case& case_;
  std::int32_t utc_offset_;
};

}  // namespace

std::string event_text(const Event& event, const Case& after, std::int32_t utc_offset) {
  return std::visit(Words(after, utc_offset), event.what);
}

std::string who_text(const Event& event) {
  return printable(event.by) + (event.on_behalf.empty() ? "" : " for " + printable(event.on_behalf));
}

}  // namespace assent::command
