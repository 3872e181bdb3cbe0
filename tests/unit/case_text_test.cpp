// Cases, events and refusals in words: what the command shows of each. The cases are made by hand, so that every
// state of a step is seen without a life that leads to it.
#include "tools/case/text.h"

#include <catch2/catch.hpp>

#include "tools/case/cure.h"
#include "tools/case/event_text.h"
#include "tools/case/step_text.h"
#include "tools/text.h"

using namespace assent;
using namespace assent::command;

namespace {

constexpr std::int64_t minute = 60'000, hour = 60 * minute;
constexpr std::int64_t nine = 1'772'442'000'000;  // 2026-03-02T09:00:00Z

CaseSeat seat(std::string person, Vote vote = Vote::none, std::string by = {}) {
  CaseSeat made;
  made.person = std::move(person);
  made.vote = vote;
  made.by = vote != Vote::none && by.empty() ? made.person : std::move(by);
  made.at = vote == Vote::none ? 0 : nine + hour;
  return made;
}

CaseStep step(std::string key, StepState state, std::vector<CaseSeat> seats) {
  CaseStep made;
  made.key = std::move(key);
  made.approver = made.key.substr(made.key.rfind('/') + 1);
  made.quorum = seats.size() == 1 ? "one" : "any";
  made.state = state;
  made.seats = std::move(seats);
  made.because = {0};
  made.opened_at = nine;
  return made;
}

Case pending(std::vector<CaseStep> steps) {
  Case kase;
  kase.id = "Q-7";
  kase.state = State::pending;
  kase.submission = 1;
  kase.submitter = kase.owner = "rep";
  kase.submitted_at = nine;
  kase.version = 5;
  kase.rules = {{"big", "Big deals", ""}};
  kase.steps = std::move(steps);
  return kase;
}

std::string lines_of(const CaseReading& reading, std::size_t id = 0) {
  return joined(case_step_lines(reading, reading.kase.steps[id], 100), "\n");
}

std::string lines_of(const Case& kase, std::size_t id = 0) {
  const Style style;
  return lines_of(CaseReading{kase, style}, id);
}

std::string words(Event event, const Case& after) { return event_text(event, after); }

template <typename What>
Event event_of(What what) {
  Event event;
  event.by = "boss";
  event.what = std::move(what);
  return event;
}

}  // namespace

TEST_CASE("a case in the middle is shown with who has answered and who is waited for") {
  CaseStep first = step("big/boss", StepState::satisfied, {seat("boss", Vote::approve, "deputy")});
  CaseStep then = step("big/desk", StepState::open, {seat("ann"), seat("bo")});
  then.after = {0};
  Case kase = pending({first, then});
  kase.questions = {{"big/desk", "ann", "rep", "Why?\nReally", "Because", "rep", nine, nine + minute}};
  kase.questions.push_back({"big/desk", "bo", "rep", "And?", "", "", nine, 0});
  kase.comments = {{"rep", "in a hurry", nine}};
  kase.quote_hash = "1f";
  kase.policy_hash = "2e";
  kase.policy = "desk";
  const Style style;
  CHECK(case_text({kase, style, 0, 0, 0, nullptr, {{"deputy", "fine", nine + hour}}}) ==
        R"(Q-7 is pending: 1 of 2 steps is done, waits for ann and bo
submitted by rep, 2026-03-02 09:00 UTC
version 5
quote   1f
policy  2e desk

Path
  ● big/boss  ✓ done
  │   deputy approved for boss, 2026-03-02 10:00 UTC: fine
  │   because big · Big deals
  │
  ● big/desk  ▶ open since 2026-03-02 09:00 UTC
      any of 2: waits for ann and bo
      because big · Big deals

Questions
  1. ann asks rep about big/desk, 2026-03-02 09:00 UTC
     Why? Really
     rep answers, 2026-03-02 09:01 UTC
     Because
  2. bo asks rep about big/desk, 2026-03-02 09:00 UTC
     And?
     not answered yet

Comments
  rep, 2026-03-02 09:00 UTC
     in a hurry
)");
}

TEST_CASE("a headline says how a case stands") {
  const Style style;
  Case kase = pending({step("big/boss", StepState::open, {seat("boss")})});
  CHECK(headline(kase, style) == "Q-7 is pending: 0 of 1 step is done, waits for boss");
  kase.steps[0].seats[0].barred = true;
  CHECK(headline(kase, style) == "Q-7 is pending: 0 of 1 step is done, and nobody is left to answer");
  kase.state = State::rejected;
  kase.why = "big/boss was rejected by boss";
  CHECK(headline(kase, style) == "Q-7 is rejected: big/boss was rejected by boss");
  kase = Case{};
  kase.id = "Q-\x1b[31m";
  CHECK(headline(kase, style) == "Q-\xEF\xBF\xBD[31m is draft: it was never submitted");
}

TEST_CASE("a step says where it stands") {
  const auto first_line = [](const Case& kase, std::size_t id) {
    const std::string all = lines_of(kase, id);
    return all.substr(0, all.find('\n'));
  };
  Case kase = pending({step("a", StepState::satisfied, {seat("p", Vote::approve)}),
                       step("b", StepState::open, {seat("p")}), step("c", StepState::waiting, {seat("p")}),
                       step("d", StepState::rejected, {seat("p", Vote::reject)}),
                       step("e", StepState::skipped, {seat("p")}), step("f", StepState::revoked, {seat("p")})});
  kase.steps[2].after = {0, 1};
  kase.steps[3].title = "The fourth";
  CHECK(first_line(kase, 0) == "a  ✓ done");
  CHECK(first_line(kase, 1) == "b  ▶ open since 2026-03-02 09:00 UTC");
  CHECK(first_line(kase, 2) == "c  … waits for b");
  CHECK(first_line(kase, 3) == "d · The fourth  ✗ rejected");
  CHECK(first_line(kase, 4) == "e  ⊘ set aside");
  CHECK(first_line(kase, 5) == "f  · no longer asked");
}

TEST_CASE("a quorum is counted aloud, and so are those who are too few for it") {
  CaseStep board = step("board", StepState::open, {seat("a"), seat("b", Vote::approve), seat("c")});
  board.quorum = "number";
  board.needed = 2;
  board.seats[0].veto = true;
  Case kase = pending({board});
  CHECK_THAT(lines_of(kase), Catch::Contains("2 of 3, veto a: waits for a and c"));
  kase.steps[0].seats[0].barred = true;
  kase.steps[0].needed = 3;
  CHECK_THAT(lines_of(kase), Catch::Contains("waits for c, who are too few to decide it; reassign it"));
  CHECK_THAT(lines_of(kase), Catch::Contains("a may not decide it, having had a hand in the quote"));
  kase.steps[0].seats[2].barred = true;
  CHECK_THAT(lines_of(kase), Catch::Contains("nobody is left to answer; reassign it, or recall the case"));
}

TEST_CASE("a step that waits may need no further answer") {
  const Case kase = pending({step("a", StepState::waiting, {seat("p", Vote::approve)})});
  CHECK_THAT(lines_of(kase), Catch::Contains("needs no further answer"));
}

TEST_CASE("timers are told in the order in which they act, and that one is late") {
  Case kase = pending({step("a", StepState::open, {seat("p")})});
  const auto add = [&](CaseTimer::Kind kind, std::int64_t due) {
    kase.steps[0].timers.emplace_back();
    kase.steps[0].timers.back().kind = kind;
    kase.steps[0].timers.back().to = "cfo";
    kase.steps[0].timers.back().due = due;
  };
  add(CaseTimer::Kind::expire, nine + 4 * hour);
  add(CaseTimer::Kind::remind, nine + hour);
  add(CaseTimer::Kind::escalate, nine + 2 * hour);
  add(CaseTimer::Kind::silence, nine + 3 * hour);
  add(CaseTimer::Kind::remind, 0);
  const Style style;
  CaseReading reading{kase, style, 0, nine + hour - 1};
  CHECK_THAT(lines_of(reading), Catch::Contains("  reminds 2026-03-02 10:00 UTC\n"
                                                "  escalates to cfo 2026-03-02 11:00 UTC\n"
                                                "  is approved by silence 2026-03-02 12:00 UTC\n"
                                                "  is rejected 2026-03-02 13:00 UTC\n"));
  CHECK_THAT(lines_of(reading), !Catch::Contains("! late"));
  reading.now = nine + hour;
  CHECK_THAT(lines_of(reading), Catch::Contains("! late: `assent case tick` has not run since"));
  kase.steps[0].timers[0].withdraws = true;
  kase.steps[0].timers[2].replacing = true;
  CHECK_THAT(lines_of(reading), Catch::Contains("expires 2026-03-02 13:00 UTC"));
  CHECK_THAT(lines_of(reading), Catch::Contains("escalates to cfo, who then decides instead, 2026-03-02 11:00 UTC"));
}

TEST_CASE("whoever acts for somebody today is named beside them") {
  const Case kase = pending({step("a", StepState::open, {seat("boss")})});
  Deputies deputies;
  deputies.delegations = {{"boss", "deputy", 10, 12, ""}, {"boss", "other", 10, 12, "cfo"}, {"x", "y", 10, 12, ""}};
  const Style style;
  CaseReading reading{kase, style, 0, 0, 12, &deputies};
  CHECK_THAT(lines_of(reading), Catch::Contains("waits for boss (or deputy until 1970-01-13)\n"));
  reading.today = 13;
  CHECK_THAT(lines_of(reading), Catch::Contains("waits for boss\n"));
}

TEST_CASE("a reassignment, a proposal and a reason stand at their step") {
  CaseStep asked = step("a", StepState::open, {seat("new")});
  asked.why = "asked again: it rose";
  asked.because = {};
  asked.added_by = "rep";
  asked.explicit_vote = true;
  Case kase = pending({asked, step("b", StepState::open, {seat("boss")})});
  kase.reassignments = {{"a", "old", "new"}};
  kase.proposals = {{"a", "vp", "urgent", nine}};
  CHECK(lines_of(kase) == "a  ▶ open since 2026-03-02 09:00 UTC\n"
                          "  waits for new\n"
                          "  vp proposes to set it aside: urgent; a second person has to agree\n"
                          "  new sits in the place of old\n"
                          "  asked again: it rose\n"
                          "  needs a vote of its own\n"
                          "  added by rep");
  CHECK_THAT(lines_of(kase, 1), !Catch::Contains("urgent") && !Catch::Contains("place of"));
}

TEST_CASE("an event is told in words") {
  Case kase = pending({step("r/boss", StepState::open, {seat("boss")}),
                       step("r/cfo", StepState::waiting, {seat("cfo")})});
  kase.steps[1].after = {0};
  CaseTimer timer;
  timer.to = "cfo";
  for (const CaseTimer::Kind each : {CaseTimer::Kind::remind, CaseTimer::Kind::escalate, CaseTimer::Kind::expire,
                                     CaseTimer::Kind::silence}) {
    timer.kind = each;
    kase.steps[0].timers.push_back(timer);
  }
  Decided decided;
  decided.policy = "desk";
  CHECK(words(event_of(decided), kase) == "submitted the quote to desk: nobody is asked");
  decided.steps = kase.steps;
  CHECK(words(event_of(decided), kase) == "submitted the quote to desk: r/boss then r/cfo");
  decided.cause = Decided::Cause::resubmitted;
  decided.steps[0].state = StepState::satisfied;
  CHECK(words(event_of(decided), kase) ==
        "submitted the quote again to desk: r/boss then r/cfo; remembered: r/boss");
  decided.cause = Decided::Cause::changed;
  decided.steps.clear();
  decided.dropped = {"r/boss", "r/cfo"};
  CHECK(words(event_of(decided), kase) == "changed the quote: nobody is asked; no longer asked: r/boss and r/cfo");
  decided.cause = Decided::Cause::migrated;
  decided.dropped = {};
  decided.weaker = {"r/cfo is not demanded any more"};
  CHECK(words(event_of(decided), kase) == "moved the case to another version of desk: nobody is asked; "
                                          "weaker: r/cfo is not demanded any more");
  CHECK(words(event_of(Opened{0, {}}), kase) == "r/boss opens: asks boss");
  CHECK(words(event_of(Voted{Vote::approve, {{0, 0}, {1, 0}}, "fine"}), kase) == "approved r/boss and r/cfo: fine");
  CHECK(words(event_of(Voted{Vote::reject, {{0, 0}}, ""}), kase) == "rejected r/boss");
  CHECK(words(event_of(Voted{Vote::abstain, {{0, 0}}, ""}), kase) == "abstained in r/boss");
  CHECK(words(event_of(Closed{0, StepState::satisfied, ""}), kase) == "r/boss is done");
  CHECK(words(event_of(Closed{0, StepState::rejected, "late"}), kase) == "r/boss is rejected: late");
  CHECK(words(event_of(Closed{0, StepState::skipped, "urgent"}), kase) == "r/boss is set aside: urgent");
  CHECK(words(event_of(Returned{1, 0, {0, 1}, "no"}), kase) == "r/cfo goes back to r/boss: no");
  CHECK(words(event_of(Reseated{0, "a", "b", "ill"}), kase) == "put b in the place of a in r/boss: ill");
  CHECK(words(event_of(StepAdded{step("ad-hoc/x", StepState::open, {}), {"r/cfo"}}), kase) ==
        "added ad-hoc/x before r/cfo");
  CHECK(words(event_of(Asked{"r/boss", "rep", "why?"}), kase) == "asked rep about r/boss: why?");
  CHECK(words(event_of(AnsweredQuestion{0, "so"}), kase) == "answered question 1: so");
  CHECK(words(event_of(Commented{"a\nb"}), kase) == "commented: a b");
  CHECK(words(event_of(OverrideProposed{"r/boss", "urgent"}), kase) == "proposed to set r/boss aside: urgent");
  CHECK(words(event_of(TimerRan{0, 0, nine, {}, 0}), kase) ==
        "reminded those who are asked in r/boss; again 2026-03-02 09:00 UTC");
  CHECK(words(event_of(TimerRan{0, 1, 0, {seat("cfo")}, 0}), kase) == "escalated r/boss: asks cfo too");
  CHECK(words(event_of(TimerRan{0, 1, 0, {seat("cfo")}, 1}), kase) == "escalated r/boss: asks cfo instead");
  CHECK(words(event_of(TimerRan{0, 1, 0, {}, 0}), kase) ==
        "would escalate r/boss to cfo, but there is nobody to ask");
  CHECK(words(event_of(TimerRan{0, 2, 0, {}, 0}), kase) == "the time for r/boss ran out");
  CHECK(words(event_of(TimerRan{0, 3, 0, {}, 0}), kase) == "the time to object to r/boss ran out");
  CHECK(words(event_of(Ended{State::approved, "done"}), kase) == "the case is approved: done");
  CHECK(words(event_of(Late{"vote"}), kase) == "came too late: vote is refused");
  CHECK(words(event_of(Delegated{{"boss", "deputy", 0, 1, "cfo"}}), {}) ==
        "let deputy act for boss from 1970-01-01 to 1970-01-02, in steps of cfo");
  CHECK(words(event_of(Replaced{"a", "b", "left"}), {}) ==
        "put b in the place of a, everywhere and from now on: left");
  // An event of another case than the one that is given is told all the same.
  CHECK(words(event_of(Opened{9, {}}), kase) == "step 9 opens");
  CHECK(words(event_of(TimerRan{9, 0, 0, {}, 0}), kase) == "step 9: a timer ran");
  Event event = event_of(Commented{"x"});
  event.on_behalf = "cfo";
  CHECK(who_text(event) == "boss for cfo");
}

TEST_CASE("a refusal comes with what helps") {
  const Case kase = pending({step("big/boss", StepState::open, {seat("boss")}),
                             step("terms/boss", StepState::open, {seat("boss")}),
                             step("big/finance", StepState::open, {seat("cfo")})});
  const auto help = [&](std::string word) {
    return cure(RefusalCode::unknown_step, {"Q-7", std::move(word), &kase, true});
  };
  CHECK(help("big/bos") == "did you mean `big/boss`?");
  CHECK(help("finanse") == "did you mean `finance`?");
  CHECK(help("bosss") == "`assent case show Q-7` lists the steps");  // two steps are of boss
  CHECK(help("elsewhere") == "`assent case show Q-7` lists the steps");
  CHECK(cure(RefusalCode::no_seat, {"Q-7", "", &kase, false}) == "give the people with --directory FILE");
  CHECK(cure(RefusalCode::no_seat, {"Q-7", "", &kase, true}) == "`assent case show Q-7` says who is asked");
}
