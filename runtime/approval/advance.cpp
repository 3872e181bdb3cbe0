// Guards, dispatch, and what follows from what was recorded. Entry: advance.
#include "assent/advance.h"

#include <algorithm>
#include <cassert>

#include "assent/orders.h"
#include "runtime/approval/fields.h"
#include "runtime/approval/move.h"
#include "runtime/approval/timers.h"
#include "runtime/value/utf8.h"

namespace assent {

namespace {

constexpr std::string_view refusal_names[] = {
#define REFUSAL(name, meaning) #name,
#include "assent/refusals.def"
#undef REFUSAL
};
constexpr std::string_view refusal_meanings[] = {
#define REFUSAL(name, meaning) meaning,
#include "assent/refusals.def"
#undef REFUSAL
};

}  // namespace

std::string_view text(RefusalCode code) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (const std::string_view name : refusal_names) {
      std::string dashed(name);
      std::replace(dashed.begin(), dashed.end(), '_', '-');
      all.push_back(std::move(dashed));
    }
    return all;
  }();
  return names[static_cast<std::size_t>(code)];
}

std::string_view meaning(RefusalCode code) { return refusal_meanings[static_cast<std::size_t>(code)]; }

void advance(Evaluator& evaluator, Case& kase, const Command& command, const World& world, Advance& out) {
  out.refusal.reset();
  out.repeats.reset();
  out.events.clear();
  out.effects.clear();
  approval::Move(evaluator, kase, command, world, out).run();
}

std::int64_t next_due(const Case& kase) {
  std::int64_t first = 0;
  for (const CaseStep& step : kase.steps) {
    for (const CaseTimer& timer : step.timers) {
      if (timer.due != 0 && (first == 0 || timer.due < first)) first = timer.due;
    }
  }
  return first;
}

namespace approval {

void Move::refuse(RefusalCode code, std::string message) {
  if (refused()) return;  // the first thing that is wrong
  out_.refusal = Refusal{code, message.empty() ? std::string(meaning(code)) : std::move(message)};
}

void Move::add(const Event& event) {
  [[maybe_unused]] const std::string wrong = apply(case_, event);
  assert(wrong.empty());
}

bool Move::fits() {
  if (command_.id.empty() || command_.id.size() > max_id_bytes) {
    refuse(RefusalCode::bad_command,
           "the command has no id, or one of more than " + std::to_string(max_id_bytes) + " bytes");
  } else if (command_.actor.empty() || command_.actor.size() > max_id_bytes) {
    refuse(RefusalCode::bad_command, "the command does not say who gives it");
  } else if (case_.version >= max_case_events && !std::holds_alternative<Recall>(command_.what)) {
    refuse(RefusalCode::bad_command,
           "the case has " + std::to_string(case_.version) + " events, and can only be recalled");
  }
  const auto check = [&](std::string_view text, std::size_t most) {
    if (!is_utf8(text) || text.find('\0') != text.npos)
      refuse(RefusalCode::bad_command, "a text is not UTF-8, or has the character NUL");
    if (text.size() > most) refuse(RefusalCode::bad_command, "a text has more than " + std::to_string(most) + " bytes");
  };
  check(command_.id, max_id_bytes);
  check(command_.actor, max_id_bytes);
  std::visit(
      [&](const auto& what) {
        if constexpr (requires { what.why; }) check(what.why, max_comment_bytes);
        if constexpr (requires { what.text; }) check(what.text, max_comment_bytes);
        if constexpr (requires { what.comment; }) check(what.comment, max_comment_bytes);
        if constexpr (requires { what.quote_hash; }) check(what.quote_hash, max_id_bytes);
        if constexpr (requires { what.expect_plan; }) check(what.expect_plan, max_id_bytes);
        if constexpr (requires { what.editors; })
          for (const std::string_view editor : what.editors) check(editor, max_id_bytes);
        if constexpr (requires { what.step; }) check(what.step, max_comment_bytes);
        if constexpr (requires { what.before; }) check(what.before, max_comment_bytes);
        if constexpr (requires { what.on_behalf; }) check(what.on_behalf, max_id_bytes);
        if constexpr (requires { what.from; }) check(what.from, max_id_bytes);
        if constexpr (requires { what.to; }) check(what.to, max_id_bytes);
        if constexpr (requires { what.person; }) check(what.person, max_id_bytes);
        if constexpr (requires { what.report; }) {
          check(what.report.order, max_id_bytes);
          check(what.report.reference, max_id_bytes);
          check(what.report.text, max_comment_bytes);
        }
        if constexpr (requires { what.change; }) {
          check(what.change.why, max_comment_bytes);
          check(what.change.order, max_id_bytes);
          for (const Portion& portion : what.change.lines) {
            check(portion.line, max_comment_bytes);
            check(portion.quantity, max_id_bytes);
          }
        }
      },
      command_.what);
  return !refused();
}

// A case is moved by the policy that demanded its path. Only a new submission or a migration takes another.
bool Move::known_policy() {
  if (evaluator_.policy_hash() == case_.policy_hash) return true;
  refuse(RefusalCode::wrong_policy, "the case is pinned to policy " + case_.policy_hash + ", this one is " +
                                        std::string(evaluator_.policy_hash()));
  return false;
}

bool Move::admitted() {
  if (!fits()) return false;
  for (const Answered& each : case_.answered) {
    if (each.command != command_.id) continue;
    if (each.late) refuse(RefusalCode::ended);
    else out_.repeats = each.version;
    return false;
  }
  if (command_.expected_version && *command_.expected_version != case_.version) {
    refuse(RefusalCode::stale_version, "the case is at version " + std::to_string(case_.version) +
                                           ", the command expects " + std::to_string(*command_.expected_version));
    return false;
  }
  const bool submits = std::holds_alternative<Submit>(command_.what);
  if (!case_.orders.empty() && (submits || std::holds_alternative<Recall>(command_.what))) {
    refuse(RefusalCode::has_orders, "orders were made of the case: what is wanted otherwise is another case");
    return false;
  }
  if (std::holds_alternative<ChangeOrders>(command_.what) || std::holds_alternative<ReportOrder>(command_.what)) {
    if (case_.state == State::approved) return true;
    refuse(RefusalCode::not_approved, "the case is " + std::string(assent::text(case_.state)) + ", not approved");
    return false;
  }
  const bool remarks = std::holds_alternative<Remark>(command_.what);
  if (submits || (remarks && case_.state != State::draft)) return true;
  if (case_.state == State::draft) {
    refuse(RefusalCode::not_pending, "the case was never submitted");
    return false;
  }
  if (std::holds_alternative<Recall>(command_.what) && case_.state == State::approved) return true;
  if (case_.state != State::pending) {
    refuse(RefusalCode::ended, "the case is " + std::string(assent::text(case_.state)) + " since version " +
                                   std::to_string(case_.version));
    if (std::holds_alternative<Tick>(command_.what)) return false;  // nothing that anybody meant
    record(Late{std::string(kind_of(command_.what))});
    return false;
  }
  return true;
}

void Move::run() {
  if (!admitted()) return;
  std::visit([&](const auto& what) { take(what); }, command_.what);
  if (!refused()) tell();
}

// ── what follows ─────────────────────────────────────────────────────────────────────────────
void Move::open(std::uint32_t id) {
  const CaseStep& step = case_.steps[id];
  Opened opened{id, {}};
  for (const CaseTimer& timer : step.timers) {
    opened.due.push_back(due_after(evaluator_.plan(), world_, world_.now, timer.amount, timer.unit, timer.calendar));
  }
  record(std::move(opened));
}

// Steps come after those that they wait for, so one walk sees every consequence.
void Move::settle() {
  Walk walk(case_.steps.size());
  for (std::uint32_t i = 0; i < case_.steps.size(); ++i) {
    const CaseStep& step = case_.steps[i];
    const bool decides = step.state == StepState::open || (step.state == StepState::waiting && walk.ready(step));
    if (decides) {
      switch (outcome(step)) {
        case StepState::satisfied: record(Closed{i, StepState::satisfied, {}}); break;
        case StepState::rejected: return reject(i);
        default:
          if (step.state == StepState::waiting) open(i);
      }
    }
    walk.pass(step);
  }
  const bool done = std::all_of(case_.steps.begin(), case_.steps.end(), [](const CaseStep& step) {
    return step.state == StepState::satisfied || step.state == StepState::skipped;
  });
  if (done) end(State::approved, case_.steps.empty() ? std::string() : "every step is satisfied");
}

// The steps to be decided again are the one that the policy names, what waits for it, and so this one.
void Move::reject(std::uint32_t id) {
  const CaseStep& step = case_.steps[id];
  std::string who;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote == Vote::reject) who += (who.empty() ? "" : ", ") + seat.by;
  }
  if (step.rejection == Rejection::returns) {
    std::vector<bool> again(case_.steps.size());
    for (std::uint32_t first = 0; first < id; ++first) {
      if (case_.steps[first].approver != step.returns_to) continue;
      again.assign(case_.steps.size(), false);
      again[first] = true;
      std::vector<std::uint32_t> steps;
      for (std::uint32_t i = first; i < case_.steps.size(); ++i) {
        for (const std::uint32_t before : case_.steps[i].after) again[i] = again[i] || again[before];
        if (again[i]) steps.push_back(i);
      }
      if (!again[id]) continue;
      record(Returned{id, first, std::move(steps), "returned by " + who + " at " + step.key});
      return settle();
    }
  }
  const std::string key = step.key;
  record(Closed{id, StepState::rejected, "rejected by " + who});
  end(State::rejected, key + " was rejected by " + who);
}

void Move::end(State state, std::string why) { record(Ended{state, std::move(why)}); }

// ── words between people ─────────────────────────────────────────────────────────────────────
std::optional<std::uint32_t> Move::step_named(std::string_view key) const {
  for (std::uint32_t i = 0; i < case_.steps.size(); ++i) {
    if (case_.steps[i].key == key) return i;
  }
  return std::nullopt;
}

std::string Move::step_names() const {
  std::string names;
  for (const CaseStep& step : case_.steps) names += (names.empty() ? "" : ", ") + step.key;
  return names;
}

void Move::take(const Recall& what) {
  if (!is_party() && !is_administrator()) {
    return refuse(RefusalCode::not_allowed,
                  "a case is recalled by its submitter, the quote's owner or an administrator");
  }
  end(State::recalled, what.why.empty() ? "recalled by " + std::string(command_.actor) : std::string(what.why));
}

void Move::take(const ChangeOrders& what) {
  const auto made = replan(evaluator_, case_, what.quote, what.change, world_);
  if (!made) {
    const Problem& first = made.problems()[0];
    const bool stale = first.code == ErrorCode::not_approved;
    return refuse(stale ? RefusalCode::not_approved : RefusalCode::bad_quote,
                  (first.where.empty() ? "" : first.where + ": ") + first.message);
  }
  if (made->refusal) return refuse(made->refusal->code, made->refusal->message);
  OrdersChanged changed{what.change, {}};
  for (OrderDifference& each : differences(made->before, made->after)) changed.orders.push_back(std::move(each.order));
  if (changed.orders.empty()) return refuse(RefusalCode::nothing_to_do);
  record(std::move(changed));
}

void Move::take(const ReportOrder& what) {
  const OrderReport& report = what.report;
  const OrderRevision* known = revision_of(case_, report.order);
  if (known == nullptr) return refuse(RefusalCode::unknown_order, "there is no order `" + report.order + "`");
  if (report.revision == 0 || report.revision > known->revision) {
    return refuse(RefusalCode::bad_command, "order " + report.order + " is at revision " +
                                                std::to_string(known->revision) + ", not " +
                                                std::to_string(report.revision));
  }
  const OrderReport* last = report_of(case_, report.order);
  const bool overtaken = last != nullptr && std::pair(report.revision, report.at) < std::pair(last->revision, last->at);
  record(OrderReported{report, overtaken});
}

void Move::take(const Ask& what) {
  const auto id = step_named(what.step);
  if (!id) return refuse(RefusalCode::unknown_step, "the steps are " + step_names());
  const CaseStep& step = case_.steps[*id];
  if (step.state != StepState::open) return refuse(RefusalCode::not_open);
  const bool seated = std::any_of(step.seats.begin(), step.seats.end(), [&](const CaseSeat& seat) {
    return acts_for(world_, command_.actor, seat.person, step.approver);
  });
  if (!seated) return refuse(RefusalCode::no_seat);
  if (!is_active(world_, what.to)) return refuse(RefusalCode::unknown_person);
  if (what.text.empty()) return refuse(RefusalCode::bad_command, "a question has no words");
  record(Asked{step.key, std::string(what.to), std::string(what.text)});
}

void Move::take(const Answer& what) {
  if (what.question >= case_.questions.size()) return refuse(RefusalCode::unknown_question);
  const Question& question = case_.questions[what.question];
  if (question.answered_at != 0)
    return refuse(RefusalCode::unknown_question, "it was answered by " + question.answered_by);
  if (question.to != command_.actor && !is_party()) {
    return refuse(RefusalCode::not_allowed, "the question was put to " + question.to);
  }
  if (what.text.empty()) return refuse(RefusalCode::bad_command, "an answer has no words");
  record(AnsweredQuestion{what.question, std::string(what.text)});
}

void Move::take(const Remark& what) {
  if (what.text.empty()) return refuse(RefusalCode::bad_command, "a comment has no words");
  record(Commented{std::string(what.text)});
}

}  // namespace approval
}  // namespace assent
