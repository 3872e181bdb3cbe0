// What a quote demands of a case, and which of it need not be asked again. Entries: Submit, Migrate.
//
// Each submission, each change of a pending quote and each migration decides the quote anew. A step that was
// there before keeps the approvals whose basis still covers what is decided now; a step that these satisfy is
// remembered. Everything else is asked. An approval keeps the basis on which a person gave it, so that slow
// drift is measured from there.
#include <algorithm>

#include "runtime/approval/move.h"

namespace assent::approval {

namespace {

CaseTimer timer_of(const Timer& timer) {
  CaseTimer made;
  made.kind = timer.kind == "remind"     ? CaseTimer::Kind::remind
              : timer.kind == "escalate" ? CaseTimer::Kind::escalate
              : timer.kind == "expire"   ? CaseTimer::Kind::expire
                                         : CaseTimer::Kind::silence;
  made.amount = timer.amount;
  made.unit = timer.unit;
  made.calendar = timer.calendar;
  made.every = timer.every;
  made.every_unit = timer.every_unit;
  made.every_calendar = timer.every_calendar;
  made.replacing = timer.replacing;
  made.needed = timer.needed;
  if (made.kind == CaseTimer::Kind::expire) made.withdraws = timer.to == "withdrawn";
  else made.to = timer.to;
  return made;
}

std::string reasons_of(const Decision& decision) {
  std::string why;
  for (const Message& denial : decision.denials) why += (why.empty() ? "" : "; ") + std::string(denial.text);
  for (const Trouble& trouble : decision.troubles) {
    why += (why.empty() ? "" : "; ") + trouble.message;
    if (!trouble.rule.empty()) why += " (rule " + std::string(trouble.rule) + ")";
    else if (!trouble.step.empty()) why += " (step " + std::string(trouble.step) + ")";
  }
  return why;
}

const CaseStep* find_step(const std::vector<CaseStep>& steps, std::string_view key) {
  for (const CaseStep& step : steps) {
    if (step.key == key) return &step;
  }
  return nullptr;
}

void wait_again(CaseStep& step) {
  step.state = StepState::waiting;
  step.opened_at = 0;
  for (CaseTimer& timer : step.timers) timer.due = 0;
}

bool decidable(const CaseStep& step) {
  const Tally votes = tally(step);
  return step.state == StepState::satisfied || votes.approved + votes.undecided >= step.needed;
}

}  // namespace

void Move::take(const Submit& what) {
  if (case_.id.empty() || case_.id.size() > max_id_bytes) return refuse(RefusalCode::bad_command, "the case has no id");
  if (case_.state == State::pending && !known_policy()) return;
  const Decided::Cause cause = case_.state == State::draft     ? Decided::Cause::submitted
                               : case_.state == State::pending ? Decided::Cause::changed
                                                               : Decided::Cause::resubmitted;
  demand(what.quote, cause, what.expect_plan, what.editors);
}

void Move::take(const Migrate& what) {
  if (!is_administrator()) return refuse(RefusalCode::not_allowed, "cases are migrated by an administrator");
  if (evaluator_.policy_hash() == case_.policy_hash)
    return refuse(RefusalCode::nothing_to_do, "the case is pinned to this policy already");
  if (quote_hash(what.quote) != case_.quote_hash)
    return refuse(RefusalCode::content_changed, "this is not the quote that was submitted");
  demand(what.quote, Decided::Cause::migrated, {}, {});
}

void Move::demand(std::string_view quote, Decided::Cause cause, std::string_view expect_plan,
                  const std::vector<std::string_view>& editors) {
  World outside = world_;
  outside.state = case_.state;
  const Result<const Decision*> decided = evaluator_.decide(quote, outside);
  if (!decided) {
    std::string why;
    for (const Problem& each : decided.problems())
      why += (why.empty() ? "" : "; ") + each.where + (each.where.empty() ? "" : ": ") + each.message;
    return refuse(RefusalCode::bad_quote, std::move(why));
  }
  const Decision& decision = **decided;
  const bool pending = cause == Decided::Cause::changed || cause == Decided::Cause::migrated;
  const bool possible = decision.outcome == Outcome::auto_approved || decision.outcome == Outcome::needs_approval;
  if (!possible && cause != Decided::Cause::changed) {
    return refuse(decision.outcome == Outcome::denied ? RefusalCode::denied : RefusalCode::blocked,
                  reasons_of(decision));
  }
  if (decision.steps.size() > max_case_steps)
    return refuse(RefusalCode::bad_command, "the path has more than " + std::to_string(max_case_steps) + " steps");

  Decided made;
  made.cause = cause;
  made.policy = decision.policy;
  made.policy_hash = decision.policy_hash;
  made.quote_hash = quote_hash(quote);
  made.plan_hash = plan_hash(decision);
  if (!expect_plan.empty() && expect_plan != made.plan_hash) {
    return refuse(RefusalCode::plan_changed,
                  "the plan is " + made.plan_hash + ", expected was " + std::string(expect_plan));
  }
  made.same_approver_once = decision.same_approver_once;
  made.owner = decision.owner;
  // Who had a hand in what was approved is no editor of what comes after it.
  made.submitter = cause == Decided::Cause::migrated ? case_.submitter : std::string(command_.actor);
  if (case_.state != State::approved) {
    made.editors = case_.editors;
    if (!case_.submitter.empty()) made.editors.push_back(case_.submitter);
  }
  made.editors.insert(made.editors.end(), editors.begin(), editors.end());
  std::erase(made.editors, made.submitter);
  std::sort(made.editors.begin(), made.editors.end());
  made.editors.erase(std::unique(made.editors.begin(), made.editors.end()), made.editors.end());
  if (made.editors.size() > max_editors) return refuse(RefusalCode::bad_command, "the quote has too many editors");

  if (cause == Decided::Cause::changed && is_as_it_was(made, editors)) {
    return refuse(RefusalCode::nothing_to_do,
                  "the quote and its path are as they were, and people are deciding on them");
  }
  if (possible) name_path(decision, made);
  if (refused()) return;
  if (pending) compare(made);
  record(std::move(made));
  if (!possible) {
    return end(State::rejected, std::string("the changed quote is ") + std::string(assent::text(decision.outcome)) +
                                    ": " + reasons_of(decision));
  }
  if (decision.outcome == Outcome::auto_approved && case_.steps.empty())
    return end(State::approved,
               decision.otherwise.empty() ? "no rule demands anything" : std::string(decision.otherwise));
  settle();
}

// Deciding the same again would only set aside what people have answered: rejections that are collected, say.
bool Move::is_as_it_was(const Decided& made, const std::vector<std::string_view>& editors) const {
  const bool knows_editors = std::all_of(editors.begin(), editors.end(), [&](std::string_view editor) {
    return editor == case_.submitter || std::binary_search(case_.editors.begin(), case_.editors.end(), editor);
  });
  return made.quote_hash == case_.quote_hash && made.plan_hash == case_.plan_hash && knows_editors;
}

void Move::name_path(const Decision& decision, Decided& made) {
  for (const RuleResult& rule : decision.rules)
    made.rules.push_back({std::string(rule.name), std::string(rule.title), std::string(rule.band)});
  made.override_seats = seats_of(decision.override_seats, {});
  const bool changes = made.cause != Decided::Cause::submitted;
  made.steps.reserve(decision.steps.size());
  for (std::uint32_t i = 0; i < decision.steps.size(); ++i) {
    CaseStep& step = made.steps.emplace_back(step_of(decision, i, made));
    const CaseStep* before = find_step(case_.steps, step.key);
    if (before != nullptr) step.why = remember(*before, i, made, step);
    else if (changes) step.why = "it was not asked before";
    if (outcome(step) == StepState::satisfied) step.state = StepState::satisfied;
    else if (before != nullptr && case_.state == State::pending) keep_open(*before, step, made);
  }
  keep_added(made);
  Walk walk(made.steps.size());
  for (CaseStep& step : made.steps) {
    if (step.state == StepState::open && !walk.ready(step)) wait_again(step);
    walk.pass(step);
  }
  if (case_.state == State::pending) return;  // people can be named for an open case; a new one must be sound
  for (const CaseStep& step : made.steps) {
    if (decidable(step)) continue;
    std::string who;
    for (const CaseSeat& seat : step.seats) {
      if (seat.barred) who += (who.empty() ? "" : ", ") + seat.person;
    }
    return refuse(RefusalCode::undecidable, step.key + " needs " + std::to_string(step.needed) +
                                                " votes, and too few of its people may give one" +
                                                (who.empty() ? "" : ": " + who + " had a hand in the quote"));
  }
}

std::vector<CaseSeat> Move::seats_of(std::span<const Seat> seats, std::string_view step) const {
  std::vector<CaseSeat> made;
  for (const Seat& from : seats) {
    CaseSeat seat;
    seat.person = stand_in(world_, from.person);
    seat.added = seat.person != from.person;
    seat.votes = from.votes;
    seat.veto = from.veto;
    for (const Reassignment& each : case_.reassignments) {
      if (case_.state != State::pending || each.step != step || each.from != seat.person) continue;
      seat.person = each.to;
      seat.added = true;
    }
    const auto known =
        std::find_if(made.begin(), made.end(), [&](const CaseSeat& each) { return each.person == seat.person; });
    if (known == made.end()) {
      made.push_back(std::move(seat));
    } else {  // one person, one seat: what is still needed does not become less
      known->votes = std::max(known->votes, seat.votes);
      known->veto = known->veto || seat.veto;
    }
  }
  std::sort(made.begin(), made.end(), [](const CaseSeat& a, const CaseSeat& b) { return a.person < b.person; });
  return made;
}

CaseStep Move::step_of(const Decision& decision, std::uint32_t id, const Decided& made) {
  const Step& from = decision.steps[id];
  CaseStep step;
  step.key = from.key;
  step.approver = from.approver;
  step.title = from.title;
  step.quorum = from.quorum.kind;
  step.needed = from.quorum.needed;
  step.after.assign(from.after.begin(), from.after.end());
  step.because.assign(from.because.begin(), from.because.end());
  step.explicit_vote = from.explicit_vote;
  step.submitter_may = from.submitter_may;
  step.owner_may = from.owner_may;
  step.editor_may = from.editor_may;
  step.rejection = from.rejection == "collects"  ? Rejection::collects
                   : from.rejection == "returns" ? Rejection::returns
                                                 : Rejection::ends;
  step.returns_to = from.returns_to;
  step.seats = seats_of(from.seats, from.key);
  for (CaseSeat& seat : step.seats) seat.barred = barred(made, seat.person, step);
  for (const Timer& timer : from.timers) {
    step.timers.push_back(timer_of(timer));
    step.timers.back().seats = seats_of(timer.seats, {});
  }
  step.bases.push_back(evaluator_.basis(id));
  return step;
}

bool Move::rejected_before(std::string_view person) const {
  for (const CaseStep& step : case_.steps) {
    for (const CaseSeat& seat : step.seats) {
      if (seat.vote == Vote::reject && (seat.person == person || seat.by == person)) return true;
    }
  }
  return false;
}

// Keeps the approvals of a step that still cover it; says why it is remembered, or asked again.
std::string Move::remember(const CaseStep& before, std::uint32_t id, const Decided& made, CaseStep& now) {
  const std::uint32_t in_decision = now.added_by.empty() ? id : whole_quote;
  std::vector<Basis> bases;  // of the approvals that are kept
  std::string kept, lost;
  for (const CaseSeat& seat : before.seats) {
    if (seat.vote == Vote::reject && lost.empty()) lost = seat.by + " rejected it";
    if (seat.vote != Vote::approve) continue;
    const auto place = std::find_if(now.seats.begin(), now.seats.end(),
                                    [&](const CaseSeat& each) { return each.person == seat.person; });
    if (place == now.seats.end()) {
      lost = seat.person + " approved, and is not asked any more";
    } else if (place->barred || barred(made, seat.by, now)) {
      lost = seat.by + " approved, and has had a hand in the quote since";
    } else if (rejected_before(seat.person) || rejected_before(seat.by)) {
      lost = seat.by + " rejected the quote";
    } else if (seat.basis >= before.bases.size()) {  // of a step that was added by hand
      lost = "what " + seat.by + " saw then is not known";
    } else {
      const Cover cover = evaluator_.cover(before.bases[seat.basis], in_decision);
      if (!cover.holds) {
        lost = cover.why;
        continue;
      }
      kept = cover.why;
      const Basis& basis = before.bases[seat.basis];
      const auto known = std::find(bases.begin(), bases.end(), basis);
      place->vote = Vote::approve;
      place->by = seat.by;
      place->at = seat.at;
      place->remembered = true;
      place->basis = static_cast<std::uint32_t>(known - bases.begin());
      if (known == bases.end()) bases.push_back(basis);
    }
  }
  // The basis of votes given from now on stays the last.
  now.bases.insert(now.bases.begin(), bases.begin(), bases.end());
  if (outcome(now) == StepState::satisfied) return "remembered: " + kept;
  if (!lost.empty()) return "asked again: " + lost;
  return kept.empty() ? before.why : "remembered in part: " + kept;
}

// A step that was open and is still asked stays open: its timers run on, and so do those who were added.
void Move::keep_open(const CaseStep& before, CaseStep& now, const Decided& made) {
  if (before.state != StepState::open || before.timers.size() != now.timers.size()) return;
  now.state = StepState::open;
  now.opened_at = before.opened_at;
  for (std::size_t i = 0; i < now.timers.size(); ++i) now.timers[i].due = before.timers[i].due;
  for (const CaseSeat& seat : before.seats) {
    const auto there = std::any_of(now.seats.begin(), now.seats.end(),
                                   [&](const CaseSeat& each) { return each.person == seat.person; });
    if (!seat.added || there) continue;
    CaseSeat kept;
    kept.person = seat.person;
    kept.votes = seat.votes;
    kept.veto = seat.veto;
    kept.added = true;
    kept.barred = barred(made, seat.person, now);
    now.seats.insert(std::lower_bound(now.seats.begin(), now.seats.end(), kept.person,
                                      [](const CaseSeat& each, const std::string& id) { return each.person < id; }),
                     std::move(kept));
  }
}

// Whoever was added to the case stays added: before everything else, as in StepAdded.
void Move::keep_added(Decided& made) {
  std::vector<CaseStep> added;
  for (const CaseStep& before : case_.steps) {
    if (before.added_by.empty()) continue;
    CaseStep step = before;
    step.state = StepState::waiting;
    step.opened_at = step.closed_at = 0;
    for (CaseSeat& seat : step.seats) {
      CaseSeat fresh;
      fresh.person = stand_in(world_, seat.person);
      fresh.added = true;
      fresh.barred = barred(made, fresh.person, step);
      seat = std::move(fresh);
    }
    step.bases = {evaluator_.basis(whole_quote)};
    const std::string why = remember(before, 0, made, step);
    if (outcome(step) == StepState::satisfied) {
      step.state = StepState::satisfied;
      step.why = why;
    } else if (before.state == StepState::open && case_.state == State::pending) {
      step.state = StepState::open;
      step.opened_at = before.opened_at;
    }
    added.push_back(std::move(step));
  }
  if (added.empty()) return;
  const auto shift = static_cast<std::uint32_t>(added.size());
  for (CaseStep& step : made.steps) {
    for (std::uint32_t& first : step.after) first += shift;
    const CaseStep* before = find_step(case_.steps, step.key);
    for (std::uint32_t i = shift; before != nullptr && i-- > 0;) {
      const bool waits = std::any_of(before->after.begin(), before->after.end(),
                                     [&](std::uint32_t first) { return case_.steps[first].key == added[i].key; });
      if (waits) step.after.insert(step.after.begin(), i);
    }
  }
  made.steps.insert(made.steps.begin(), std::make_move_iterator(added.begin()), std::make_move_iterator(added.end()));
}

// What is demanded no longer, and of a migration all that became less.
void Move::compare(Decided& made) const {
  for (const CaseStep& before : case_.steps) {
    const CaseStep* now = find_step(made.steps, before.key);
    if (now == nullptr) {
      made.dropped.push_back(before.key);
      made.weaker.push_back(before.key + " is not demanded any more");
      continue;
    }
    if (now->needed < before.needed) {
      made.weaker.push_back(before.key + " needs " + std::to_string(now->needed) + " votes, not " +
                            std::to_string(before.needed));
    }
    for (const CaseSeat& seat : before.seats) {
      if (!seat.veto) continue;
      const bool kept = std::any_of(now->seats.begin(), now->seats.end(),
                                    [&](const CaseSeat& each) { return each.person == seat.person && each.veto; });
      if (!kept) made.weaker.push_back(before.key + ": " + seat.person + " has no veto any more");
    }
    const auto mays = [](const CaseStep& step) { return step.submitter_may + step.owner_may + step.editor_may; };
    if (mays(*now) > mays(before))
      made.weaker.push_back(before.key + ": more of those who had a hand in the quote may decide");
    if (before.explicit_vote && !now->explicit_vote)
      made.weaker.push_back(before.key + " is content with a vote given elsewhere");
  }
  if (made.cause != Decided::Cause::migrated) made.weaker.clear();
}

}  // namespace assent::approval
