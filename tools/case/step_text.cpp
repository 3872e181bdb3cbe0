// See step_text.h.
#include "tools/case/step_text.h"

#include <algorithm>

#include "tools/instant.h"
#include "tools/seat_text.h"
#include "tools/text.h"

namespace assent::command {

namespace {

bool is_undecided(const CaseStep& step) { return step.state == StepState::open || step.state == StepState::waiting; }

std::string steps_before(const Case& kase, const CaseStep& step) {
  std::vector<std::string> keys;
  for (const std::uint32_t before : step.after) {
    const StepState state = kase.steps[before].state;
    if (state != StepState::satisfied && state != StepState::skipped) keys.push_back(printable(kase.steps[before].key));
  }
  return listed(keys);
}

std::string standing(const CaseReading& r, const CaseStep& step) {
  switch (step.state) {
    case StepState::waiting: return r.style.dim("… waits for " + steps_before(r.kase, step));
    case StepState::open: return r.style.yellow("▶ open since " + instant_text(step.opened_at, r.utc_offset));
    case StepState::satisfied: return r.style.green("✓ done");
    case StepState::rejected: return r.style.red("✗ rejected");
    case StepState::skipped: return r.style.yellow("⊘ set aside");
    case StepState::revoked: return r.style.dim("· no longer asked");
  }
  return {};
}

// The quorum in the words of `assent decide`: "2 of 3, veto cfo"; empty where one person alone decides.
std::string quorum(const CaseStep& step) {
  Step same;
  std::vector<Seat> seats;
  std::vector<std::string> vetoes;
  for (const CaseSeat& seat : step.seats) {
    seats.push_back({seat.person, {}, seat.votes, seat.veto, false});
    if (seat.veto) vetoes.push_back(printable(seat.person));
  }
  same.seats = seats;
  same.quorum = {step.quorum, step.needed, 0};
  for (const CaseSeat& seat : step.seats) same.quorum.total += seat.votes;
  std::string words = quorum_in_words(same);
  if (!vetoes.empty()) words += (words.empty() ? "veto " : ", veto ") + listed(vetoes);
  return words;
}

std::string vote(const CaseReading& r, const CaseSeat& seat) {
  std::string words = printable(seat.by) + ' ' + std::string(vote_in_words(seat.vote));
  if (seat.by != seat.person) words += " for " + printable(seat.person);
  words += ", " + instant_text(seat.at, r.utc_offset) + (seat.remembered ? ", remembered" : "");
  const auto with_it = std::find_if(r.comments.begin(), r.comments.end(), [&](const VoteComment& each) {
    return each.by == seat.by && each.at == seat.at;
  });
  return with_it == r.comments.end() ? words : words + ": " + printable(with_it->words);
}

// "boss, for whom deputy acts until 2026-03-06", where somebody does on the day that is looked at.
std::string with_deputies(const CaseReading& r, const CaseStep& step, const std::string& person) {
  if (r.deputies == nullptr) return printable(person);
  std::vector<std::string> acting;
  for (const Delegation& each : r.deputies->delegations) {
    const bool today = each.first_day <= r.today && r.today <= each.last_day;
    const bool here = each.approver.empty() || each.approver == step.approver;
    if (each.from == person && today && here) {
      acting.push_back(printable(each.to) + " until " + day_text(each.last_day));
    }
  }
  return acting.empty() ? printable(person) : printable(person) + " (or " + listed(acting, "or") + ')';
}

// A step that still waits may have all its answers: one that was given elsewhere counts here too.
std::string people_asked(const CaseReading& r, const CaseStep& step) {
  if (outcome(step) == StepState::satisfied) return "needs no further answer";
  const Tally votes = tally(step);
  const bool decidable = votes.approved + votes.undecided >= step.needed;
  std::vector<std::string> people;
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote == Vote::none && !seat.barred) people.push_back(with_deputies(r, step, seat.person));
  }
  std::string words = quorum(step);
  if (!words.empty()) words += ": ";
  if (people.empty()) return words + "nobody is left to answer; reassign it, or recall the case";
  words += (step.state == StepState::open ? "waits for " : "will ask ") + listed(people);
  return decidable ? words : words + ", who are too few to decide it; reassign it, or recall the case";
}

std::string timer(const CaseTimer& timer, std::int32_t utc_offset) {
  std::string words;
  switch (timer.kind) {
    case CaseTimer::Kind::remind: words = "reminds"; break;
    case CaseTimer::Kind::escalate:
      words = "escalates to " + printable(timer.to) + (timer.replacing ? ", who then decides instead," : "");
      break;
    case CaseTimer::Kind::expire: words = timer.withdraws ? "expires" : "is rejected"; break;
    case CaseTimer::Kind::silence: words = "is approved by silence"; break;
  }
  return words + ' ' + instant_text(timer.due, utc_offset);
}

// Those that run, the next one first.
std::vector<std::string> timers(const CaseReading& r, const CaseStep& step) {
  std::vector<const CaseTimer*> running;
  for (const CaseTimer& each : step.timers) {
    if (each.due != 0) running.push_back(&each);
  }
  std::stable_sort(running.begin(), running.end(),
                   [](const CaseTimer* a, const CaseTimer* b) { return a->due < b->due; });
  std::vector<std::string> words;
  for (const CaseTimer* each : running) words.push_back(timer(*each, r.utc_offset));
  return words;
}

std::string barred_people(const CaseStep& step) {
  std::vector<std::string> people;
  for (const CaseSeat& seat : step.seats) {
    if (seat.barred) people.push_back(printable(seat.person));
  }
  return people.empty() ? "" : listed(people) + " may not decide it, having had a hand in the quote";
}

std::string because(const Case& kase, const CaseStep& step) {
  std::vector<std::string> rules;
  for (const std::uint32_t each : step.because) {
    const CaseRule& rule = kase.rules[each];
    std::string words = printable(rule.name);
    if (!rule.band.empty()) words += " (" + printable(rule.band) + ')';
    rules.push_back(rule.title.empty() ? words : words + " · " + printable(rule.title));
  }
  if (rules.empty() && !step.added_by.empty()) return "added by " + printable(step.added_by);
  return rules.empty() ? "no rule demands anything: `otherwise`" : "because " + joined(rules, "; ");
}

}  // namespace

std::vector<std::string> case_step_lines(const CaseReading& r, const CaseStep& step, std::size_t width) {
  std::string head = r.style.bold(printable(step.key));
  if (!step.title.empty()) head += " · " + printable(step.title);
  std::vector<std::string> lines{head + "  " + standing(r, step)};
  const auto say = [&](const std::string& words) {
    if (words.empty()) return;
    for (const std::string& line : wrap(words, std::max<std::size_t>(width, 32) - 2, 2)) lines.push_back("  " + line);
  };
  for (const CaseSeat& seat : step.seats) {
    if (seat.vote != Vote::none) say(vote(r, seat));
  }
  if (is_undecided(step)) say(people_asked(r, step));
  if (is_undecided(step)) say(barred_people(step));
  for (const Proposal& each : r.kase.proposals) {
    if (each.step != step.key) continue;
    say(printable(each.by) + " proposes to set it aside: " + printable(each.why) + "; a second person has to agree");
  }
  for (const Reassignment& each : r.kase.reassignments) {
    if (each.step == step.key) say(printable(each.to) + " sits in the place of " + printable(each.from));
  }
  say(printable(step.why));
  for (const std::string& each : timers(r, step)) say(each);
  const auto is_late = [&](const CaseTimer& each) { return each.due != 0 && each.due <= r.now; };
  if (r.now != 0 && std::any_of(step.timers.begin(), step.timers.end(), is_late)) {
    say("! late: `assent case tick` has not run since");
  }
  if (is_undecided(step) && step.explicit_vote) say("needs a vote of its own");
  const std::size_t reasons = lines.size();
  say(because(r.kase, step));
  for (std::size_t i = reasons; i < lines.size(); ++i) lines[i] = "  " + r.style.dim(lines[i].substr(2));
  return lines;
}

}  // namespace assent::command
