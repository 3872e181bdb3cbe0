#include "tools/case_text.h"

#include <variant>

#include "tools/instant.h"
#include "tools/path_graph.h"
#include "tools/path_tree.h"
#include "tools/text.h"

namespace assent::command {

namespace {

std::string quoted_words(const std::string& words) { return words.empty() ? std::string() : ": " + printable(words); }

std::string state_in_words(State state, const Style& style) {
  switch (state) {
    case State::approved: return style.green("approved");
    case State::rejected: return style.red("rejected");
    case State::pending: return style.yellow("pending");
    case State::draft: case State::recalled: case State::expired: break;
  }
  return style.bold(text(state));
}

std::string mark(const CaseStep& step, const Style& style) {
  switch (step.state) {
    case StepState::satisfied: return style.green("✓ done");
    case StepState::skipped: return style.yellow("⊘ set aside");
    case StepState::open: return style.bold("▶ open");
    case StepState::waiting: return style.dim("… waiting");
    case StepState::rejected: return style.red("✗ rejected");
    case StepState::revoked: return style.dim("· not asked any more");
  }
  return {};
}

std::string timer_text(const CaseTimer& timer, std::int32_t offset) {
  const std::string at = instant_text(timer.due, offset);
  switch (timer.kind) {
    case CaseTimer::Kind::remind: return "reminds " + at;
    case CaseTimer::Kind::escalate: return "escalates to " + printable(timer.to) + " " + at;
    case CaseTimer::Kind::expire: return (timer.withdraws ? "is withdrawn " : "is rejected ") + at;
    case CaseTimer::Kind::silence: return "is approved by silence " + at;
  }
  return {};
}

std::string vote_text(const CaseSeat& seat, std::int32_t offset) {
  const std::string did = seat.vote == Vote::approve  ? "approved"
                          : seat.vote == Vote::reject ? "rejected"
                                                      : "abstained";
  const std::string whom = seat.by == seat.person ? "" : " for " + printable(seat.person);
  return printable(seat.by) + whom + " " + did + " " + instant_text(seat.at, offset) +
         (seat.remembered ? ", remembered" : "");
}

std::vector<std::string> step_lines(const CaseReading& r, const CaseStep& step, std::size_t width) {
  std::vector<std::string> lines{r.style.bold(printable(step.key)) + "  " + mark(step, r.style)};
  const auto say = [&](const std::string& words) {
    for (std::string& line : wrap("  " + words, width, 4)) lines.push_back(std::move(line));
  };
  std::vector<std::string> waited_for, barred;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote != Vote::none) say(vote_text(seat, r.utc_offset));
    else if (seat.barred) barred.push_back(printable(seat.person));
    else waited_for.push_back(printable(seat.person) + (seat.veto ? " (veto)" : ""));
  }
  if (step.state == StepState::open) {
    const Tally votes = tally(step);
    const std::string missing =
        step.needed > votes.approved ? std::to_string(step.needed - votes.approved) + " of " : "";
    say("waits for " + (waited_for.size() > 1 ? missing : "") + joined(waited_for, ", ") + " since " +
        instant_text(step.opened_at, r.utc_offset));
    if (votes.approved + votes.undecided < step.needed)
      say("nobody is left who could decide it: reassign it, or recall the case");
    for (const CaseTimer& timer : step.timers) {
      if (timer.due != 0) say(timer_text(timer, r.utc_offset));
    }
  } else if (step.state == StepState::waiting) {
    say("will ask " + joined(waited_for, ", "));
  }
  if (!barred.empty()) say("not asked, having had a hand in the quote: " + joined(barred, ", "));
  if (!step.added_by.empty()) say("added by " + printable(step.added_by));
  if (!step.why.empty()) say(printable(step.why));
  std::vector<std::string> because;
  for (const std::uint32_t rule : step.because) {
    const CaseRule& each = r.kase.rules[rule];
    because.push_back(each.title.empty() ? printable(each.name)
                                         : printable(each.name) + " (" + printable(each.title) + ")");
  }
  if (!because.empty()) say(r.style.dim("because of " + joined(because, ", ")));
  return lines;
}

// What happened, without who made it happen.
struct Happened {
  const Case& kase;
  const Event& event;

  std::string key(std::uint32_t step) const {
    return step < kase.steps.size() ? printable(kase.steps[step].key) : "step " + std::to_string(step);
  }
  std::string operator()(const Decided& what) const {
    constexpr std::string_view words[] = {"submitted the quote", "submitted the quote again", "changed the quote",
                                          "moved the case to another version of the policy"};
    std::string text(words[static_cast<std::size_t>(what.cause)]);
    text += ", " + counted(what.steps.size(), "step");
    std::size_t remembered = 0;
    for (const CaseStep& step : what.steps) remembered += step.state == StepState::satisfied ? 1 : 0;
    if (remembered > 0) text += ", " + std::to_string(remembered) + " remembered";
    if (!what.dropped.empty()) text += ", no longer " + printable(joined(what.dropped, ", "));
    return text;
  }
  std::string operator()(const Opened& what) const { return key(what.step) + " opened"; }
  std::string operator()(const Voted& what) const {
    std::vector<std::string> keys;
    for (const Voted::Place& place : what.places) keys.push_back(key(place.step));
    const std::string did = what.vote == Vote::approve  ? "approved "
                            : what.vote == Vote::reject ? "rejected "
                                                        : "abstained in ";
    return did + joined(keys, ", ") + quoted_words(what.comment);
  }
  std::string operator()(const Closed& what) const {
    return key(what.step) + " is " + std::string(text(what.state)) + quoted_words(what.why);
  }
  std::string operator()(const Returned& what) const { return "back to " + key(what.to) + quoted_words(what.why); }
  std::string operator()(const Reseated& what) const {
    return "gave the seat of " + printable(what.from) + " in " + key(what.step) + " to " + printable(what.to) +
           quoted_words(what.why);
  }
  std::string operator()(const StepAdded& what) const {
    return "added " + printable(what.step.key) + quoted_words(what.step.why);
  }
  std::string operator()(const Asked& what) const { return "asked " + printable(what.to) + quoted_words(what.text); }
  std::string operator()(const AnsweredQuestion& what) const { return "answered" + quoted_words(what.text); }
  std::string operator()(const Commented& what) const { return "said" + quoted_words(what.text); }
  std::string operator()(const OverrideProposed& what) const {
    return "proposed to set " + printable(what.step) + " aside" + quoted_words(what.why);
  }
  std::string operator()(const TimerRan& what) const {
    std::vector<std::string> people;
    for (const CaseSeat& seat : what.seats) people.push_back(printable(seat.person));
    return key(what.step) + ": " + (people.empty() ? "a timer ran" : "escalated to " + joined(people, ", "));
  }
  std::string operator()(const Ended& what) const {
    return "the case is " + std::string(text(what.state)) + quoted_words(what.why);
  }
  std::string operator()(const Late& what) const { return "came too late with " + printable(what.what); }
  std::string operator()(const Delegated& what) const {
    const Delegation& each = what.delegation;
    return printable(each.from) + " lets " + printable(each.to) + " act from " + day_text(each.first_day) + " to " +
           day_text(each.last_day) + (each.approver.empty() ? "" : ", as " + printable(each.approver));
  }
  std::string operator()(const Replaced& what) const {
    return "replaced " + printable(what.from) + " by " + printable(what.to) + quoted_words(what.why);
  }
};

}  // namespace

std::string case_text(const CaseReading& r) {
  const Case& kase = r.kase;
  std::string out = r.style.bold(printable(kase.id)) + "  " + state_in_words(kase.state, r.style) +
                    r.style.dim("  version " + std::to_string(kase.version) + ", policy " + printable(kase.policy)) +
                    "\n";
  if (!kase.why.empty()) out += "  " + printable(kase.why) + "\n";
  if (kase.submission > 0) {
    out += "  submitted by " + printable(kase.submitter) + " " + instant_text(kase.submitted_at, r.utc_offset) +
           (kase.submission > 1 ? ", decided " + std::to_string(kase.submission) + " times" : "") + "\n";
  }
  if (!kase.steps.empty()) out += "\n";
  PathGraph graph;
  for (const CaseStep& step : kase.steps) {
    graph.names.push_back(step.key);
    graph.after.push_back(step.after);
  }
  const StepLines lines = [&](std::uint32_t id, std::size_t width) { return step_lines(r, kase.steps[id], width); };
  for (const std::string& line : draw(path_tree(graph), graph, lines, r.style.width - 2)) out += "  " + line + "\n";
  for (const Proposal& each : kase.proposals)
    out += "\n  " + printable(each.by) + " proposes to set " + printable(each.step) + " aside: " + printable(each.why) +
           "\n";
  for (std::size_t i = 0; i < kase.questions.size(); ++i) {
    const Question& each = kase.questions[i];
    out += "\n  question " + std::to_string(i) + ", " + printable(each.by) + " to " + printable(each.to) + ": " +
           printable(each.text) + "\n";
    out += each.answered_at == 0 ? "  not answered yet\n"
                                 : "  " + printable(each.answered_by) + ": " + printable(each.answer) + "\n";
  }
  for (const Comment& each : kase.comments) out += "\n  " + printable(each.by) + ": " + printable(each.text) + "\n";
  return out;
}

std::string event_text(const Event& event, const Case& kase) {
  return printable(event.by) + (event.on_behalf.empty() ? "" : " for " + printable(event.on_behalf)) + "  " +
         std::visit(Happened{kase, event}, event.what);
}

}  // namespace assent::command
