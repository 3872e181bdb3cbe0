// A case is the fold of its events. Entries: apply, tally, outcome.
//
// apply() only writes down what an event says: what follows from what was decided by advance(), whose
// events name every seat, step and instant that they change. So replay needs no policy and no directory.
#include "assent/case.h"

#include <algorithm>

#include "assent/advance.h"
#include "runtime/approval/fields.h"
#include "runtime/value/sha256.h"

namespace assent {

std::string_view text(StepState state) { return approval::name_of(state); }

std::string_view text(Vote vote) { return approval::name_of(vote); }

std::string_view text(OrderChange::Kind kind) { return approval::name_of(kind); }

std::string_view text(OrderReport::Status status) { return approval::name_of(status); }

std::string_view kind(const Event& event) { return approval::kind_of(event.what); }

// ── what is known of an order ────────────────────────────────────────────────────────────────
namespace {

// Where it stands, or would stand, in a list that is sorted by key.
template <typename List>
auto place_of(List& sorted, std::string_view order) {
  return std::lower_bound(sorted.begin(), sorted.end(), order,
                          [](const auto& each, std::string_view key) { return each.order < key; });
}

template <typename Each>
const Each* one_of(const std::vector<Each>& sorted, std::string_view order) {
  const auto at = place_of(sorted, order);
  return at != sorted.end() && at->order == order ? &*at : nullptr;
}

}  // namespace

std::string quote_hash(std::string_view quote_json) {
  constexpr std::string_view blanks = " \n\r\t";  // of JSON: RFC 8259, section 2
  const std::size_t first = quote_json.find_first_not_of(blanks);
  if (first == quote_json.npos) return sha256_hex({});
  return sha256_hex(quote_json.substr(first, quote_json.find_last_not_of(blanks) + 1 - first));
}

const OrderRevision* revision_of(const Case& kase, std::string_view order) { return one_of(kase.revisions, order); }
const OrderReport* report_of(const Case& kase, std::string_view order) { return one_of(kase.reports, order); }

// ── votes ────────────────────────────────────────────────────────────────────────────────────
Tally tally(const CaseStep& step) {
  Tally votes;
  for (const CaseSeat& seat : step.seats) {
    switch (seat.vote) {
      case Vote::approve: votes.approved += seat.votes; break;
      case Vote::abstain: votes.abstained += seat.votes; break;
      case Vote::reject:
        votes.rejected += seat.votes;
        votes.vetoed = votes.vetoed || seat.veto || step.rejection != Rejection::collects;
        break;
      case Vote::none:
        if (seat.barred) break;
        votes.undecided += seat.votes;
        votes.veto_pending = votes.veto_pending || seat.veto;
        break;
    }
  }
  return votes;
}

// A quorum that nobody can reach any more is a rejection only if somebody rejected: without that, a step
// that lacks people stays open for others to be named.
StepState outcome(const CaseStep& step) {
  const Tally votes = tally(step);
  if (votes.vetoed) return StepState::rejected;
  if (votes.rejected > 0 && votes.approved + votes.undecided < step.needed) return StepState::rejected;
  if (votes.approved >= step.needed && !votes.veto_pending) return StepState::satisfied;
  return StepState::open;
}

// ── events ───────────────────────────────────────────────────────────────────────────────────
namespace {

void clear_vote(CaseSeat& seat) {
  seat.vote = Vote::none;
  seat.by.clear();
  seat.at = 0;
  seat.basis = 0;
  seat.remembered = false;
}

void insert_seat(std::vector<CaseSeat>& seats, CaseSeat seat) {
  const auto at =
      std::lower_bound(seats.begin(), seats.end(), seat.person,
                       [](const CaseSeat& each, const std::string& person) { return each.person < person; });
  seats.insert(at, std::move(seat));
}

void stop_timers(CaseStep& step) {
  for (CaseTimer& timer : step.timers) timer.due = 0;
}

// One overload for each event. Each checks what it is about to index; a text says what does not fit.
class Application {
 public:
  Application(Case& kase, const Event& event) : case_(kase), event_(event) {}

  std::string operator()(const Decided& what) {
    const bool fresh = what.cause == Decided::Cause::submitted || what.cause == Decided::Cause::resubmitted;
    for (std::size_t i = 0; i < what.steps.size(); ++i) {
      for (const std::uint32_t before : what.steps[i].after) {
        if (before >= i) return "a step waits for one that is not before it";
      }
      for (const std::uint32_t rule : what.steps[i].because) {
        if (rule >= what.rules.size()) return "a step names a rule that is not there";
      }
    }
    case_.state = State::pending;
    case_.why.clear();
    ++case_.submission;
    case_.policy = what.policy;
    case_.policy_hash = what.policy_hash;
    case_.quote_hash = what.quote_hash;
    case_.plan_hash = what.plan_hash;
    case_.submitter = what.submitter;
    case_.owner = what.owner;
    case_.editors = what.editors;
    case_.same_approver_once = what.same_approver_once;
    case_.rules = what.rules;
    case_.steps = what.steps;
    case_.override_seats = what.override_seats;
    case_.proposals.clear();
    case_.ended_at = 0;
    if (!fresh) return {};
    case_.reassignments.clear();
    case_.submitted_at = event_.at;
    return {};
  }

  std::string operator()(const Opened& what) {
    CaseStep* step = at(what.step);
    if (step == nullptr || what.due.size() != step->timers.size()) return "a step that is not there opens";
    step->state = StepState::open;
    step->opened_at = event_.at;
    for (std::size_t i = 0; i < what.due.size(); ++i) step->timers[i].due = what.due[i];
    return {};
  }

  std::string operator()(const Voted& what) {
    for (const Voted::Place& place : what.places) {
      CaseStep* step = at(place.step);
      if (step == nullptr || place.seat >= step->seats.size()) return "a vote for a seat that is not there";
      CaseSeat& seat = step->seats[place.seat];
      seat.vote = what.vote;
      seat.by = event_.by;
      seat.at = event_.at;
      seat.basis = step->bases.empty() ? 0 : static_cast<std::uint32_t>(step->bases.size() - 1);
      seat.remembered = false;
    }
    return {};
  }

  std::string operator()(const Closed& what) {
    CaseStep* step = at(what.step);
    if (step == nullptr) return "a step that is not there closes";
    close(*step, what.state);
    if (!what.why.empty()) step->why = what.why;
    return {};
  }

  std::string operator()(const Returned& what) {
    for (const std::uint32_t id : what.steps) {
      CaseStep* step = at(id);
      if (step == nullptr) return "a step that is not there is asked again";
      for (CaseSeat& seat : step->seats) clear_vote(seat);
      step->state = StepState::waiting;
      step->opened_at = step->closed_at = 0;
      stop_timers(*step);
      step->why = what.why;
    }
    return {};
  }

  std::string operator()(const Reseated& what) {
    CaseStep* step = at(what.step);
    if (step == nullptr) return "a seat of a step that is not there";
    const auto seat = std::find_if(step->seats.begin(), step->seats.end(),
                                   [&](const CaseSeat& each) { return each.person == what.from; });
    if (seat == step->seats.end()) return "a seat that is not there changes hands";
    CaseSeat moved = std::move(*seat);
    step->seats.erase(seat);
    clear_vote(moved);
    moved.person = what.to;
    moved.added = true;
    moved.barred = false;  // nobody gets a seat who may not fill it
    insert_seat(step->seats, std::move(moved));
    case_.reassignments.push_back({step->key, what.from, what.to});
    return {};
  }

  std::string operator()(const StepAdded& what) {
    if (!what.step.after.empty() || !what.step.because.empty()) return "an added step waits for one, or names a rule";
    for (CaseStep& step : case_.steps) {
      for (std::uint32_t& before : step.after) ++before;
      if (std::find(what.before.begin(), what.before.end(), step.key) != what.before.end())
        step.after.insert(step.after.begin(), 0);
    }
    case_.steps.insert(case_.steps.begin(), what.step);
    return {};
  }

  std::string operator()(const Asked& what) {
    case_.questions.push_back({what.step, event_.by, what.to, what.text, {}, {}, event_.at, 0});
    return {};
  }
  std::string operator()(const AnsweredQuestion& what) {
    if (what.question >= case_.questions.size()) return "an answer to no question";
    Question& question = case_.questions[what.question];
    question.answer = what.text;
    question.answered_by = event_.by;
    question.answered_at = event_.at;
    return {};
  }
  std::string operator()(const Commented& what) {
    case_.comments.push_back({event_.by, what.text, event_.at});
    return {};
  }
  std::string operator()(const OverrideProposed& what) {
    case_.proposals.push_back({what.step, event_.by, what.why, event_.at});
    return {};
  }

  std::string operator()(const TimerRan& what) {
    CaseStep* step = at(what.step);
    if (step == nullptr || what.timer >= step->timers.size()) return "a timer that is not there runs";
    step->timers[what.timer].due = what.due;
    if (what.needed > 0 && !what.seats.empty()) {  // they replace the others
      step->needed = what.needed;
      step->seats.clear();
    }
    for (const CaseSeat& seat : what.seats) insert_seat(step->seats, seat);
    return {};
  }

  std::string operator()(const Ended& what) {
    case_.state = what.state;
    case_.why = what.why;
    case_.ended_at = event_.at;
    case_.proposals.clear();
    for (CaseStep& step : case_.steps) {
      if (step.state == StepState::open || step.state == StepState::waiting) close(step, StepState::revoked);
    }
    return {};
  }

  std::string operator()(const OrdersChanged& what) {
    case_.orders.push_back(what.change);
    std::vector<OrderRevision>& known = case_.revisions;
    const auto by_key = [](const OrderRevision& left, const OrderRevision& right) { return left.order < right.order; };
    const auto end = static_cast<std::ptrdiff_t>(known.size());  // of those that were there, which are sorted
    for (const std::string& key : what.orders) {
      const auto at = std::lower_bound(known.begin(), known.begin() + end, OrderRevision{key}, by_key);
      if (at != known.begin() + end && at->order == key) ++at->revision;
      else known.push_back({key});
    }
    std::sort(known.begin() + end, known.end(), by_key);
    std::inplace_merge(known.begin(), known.begin() + end, known.end(), by_key);
    return {};
  }

  std::string operator()(const OrderReported& what) {
    if (what.overtaken) return {};
    const auto at = place_of(case_.reports, what.report.order);
    if (at != case_.reports.end() && at->order == what.report.order) *at = what.report;
    else case_.reports.insert(at, what.report);
    return {};
  }

  std::string operator()(const Late&) { return {}; }
  std::string operator()(const Delegated&) { return "a delegation belongs to the desk"; }
  std::string operator()(const Replaced&) { return "a replacement belongs to the desk"; }

 private:
  CaseStep* at(std::uint32_t step) { return step < case_.steps.size() ? &case_.steps[step] : nullptr; }
  void close(CaseStep& step, StepState state) {
    step.state = state;
    step.closed_at = event_.at;
    stop_timers(step);
  }

  Case& case_;
  const Event& event_;
};

}  // namespace

std::string apply(Deputies& desk, const Event& event) {
  if (const auto* delegated = std::get_if<Delegated>(&event.what)) {
    const Delegation& now = delegated->delegation;
    for (Delegation& each : desk.delegations) {
      if (each.from != now.from || each.to != now.to || each.approver != now.approver) continue;
      each = now;
      return {};
    }
    desk.delegations.push_back(now);
    return {};
  }
  const auto* replaced = std::get_if<Replaced>(&event.what);
  if (replaced == nullptr) return "the event belongs to a case";
  // Who takes a seat again is no longer replaced, and one person has one successor.
  std::erase_if(desk.replacements,
                [&](const Replacement& each) { return each.from == replaced->from || each.from == replaced->to; });
  desk.replacements.push_back({replaced->from, replaced->to});
  return {};
}

std::string apply(Case& kase, const Event& event) {
  if (event.version != kase.version + 1) {
    return "event " + std::to_string(event.version) + " does not follow " + std::to_string(kase.version);
  }
  if (event.version > max_case_events) return "the case has too many events";
  std::string wrong = std::visit(Application(kase, event), event.what);
  if (!wrong.empty()) return wrong;
  kase.version = event.version;
  kase.changed_at = event.at;
  if (kase.answered.empty() || kase.answered.back().command != event.command)
    kase.answered.push_back({event.command, event.version, std::holds_alternative<Late>(event.what)});
  else kase.answered.back().version = event.version;
  return {};
}

}  // namespace assent
