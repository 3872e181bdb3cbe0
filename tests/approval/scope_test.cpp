// Small scope, exhaustively: every policy of a family of up to three steps and three people, every sequence of
// commands up to a depth, with what must hold checked after each. States that differ only in their history are
// visited once: what a case can do depends on nothing else.
#include <cstdlib>
#include <iostream>
#include <unordered_set>

#include <catch2/catch.hpp>

#include "tests/approval/desk.h"
#include "tests/approval/watcher.h"

namespace {

using namespace assent;
using namespace assent::test;

const std::string people = R"({"people": [{"id": "rep"}, {"id": "a"}, {"id": "b"}, {"id": "c"},
  {"id": "admin", "roles": ["assent-administrator"]}]})";

std::vector<std::string> family() {
  const std::string head = R"(policy p
record Quote { owner: Person  total: Integer }
input quote: Quote
otherwise approve
approver a = person "a"  approver b = person "b"  approver c = person "c"
)";
  const std::string paths[] = {
      "g", "a then g", "a and g", "(a and b) then g", "a then b then g", "g then a when quote.total > 20"};
  const std::string groups[] = {"any of people \"a\", \"b\"",
                                "all of people \"a\", \"b\"",
                                "2 of people \"a\", \"b\", \"c\"",
                                "majority of people \"a\", \"b\", \"c\"",
                                "any of people \"a\", \"b\", veto person \"c\"",
                                "3 points of person \"a\" worth 2, person \"b\" worth 1, person \"c\" worth 1",
                                "50% of people \"a\", \"b\", \"c\"",
                                "any of people \"rep\", \"a\""};
  const std::string settings[] = {"",
                                  "step g { reject collects }",
                                  "step g { explicit }",
                                  "step g { reject returns to a  remind after 1 day }",
                                  "step g { escalate to c after 1 day  expire after 3 days }",
                                  "step g { approve by silence after 2 days  owner may decide  submitter may decide }",
                                  "path { same approver each time }",
                                  "path { override by board }  group board = any of people \"b\", \"c\""};
  std::vector<std::string> all;
  for (const std::string& path : paths) {
    for (const std::string& group : groups) {
      for (const std::string& setting : settings) {
        all.push_back(head + "group g = " + group + "\nrule r { when quote.total > 10  requires " + path + " }\n" +
                      setting);
      }
    }
  }
  return all;
}

// The case without what only tells how it came there.
std::string key_of(Case kase) {
  kase.version = 0;
  kase.submission = 0;
  kase.submitted_at = kase.changed_at = kase.ended_at = 0;
  kase.answered.clear();
  kase.comments.clear();
  kase.questions.clear();
  for (CaseStep& step : kase.steps) {
    step.closed_at = 0;
    step.bases.clear();  // they follow from the quotes, of which there are three: the votes' own say which
    for (CaseSeat& seat : step.seats) seat.at = 0;
  }
  return to_json(kase);
}

struct Found {
  Case kase;
  std::int64_t now = 0;
  int depth = 0;
};

TEST_CASE("every sequence of commands on every small policy", "[scope]") {
  const char* asked = std::getenv("ASSENT_SMALL_SCOPE_DEPTH");
  const int depth = asked == nullptr ? 3 : std::atoi(asked);
  const char* every = std::getenv("ASSENT_SMALL_SCOPE_EVERY");
  const std::size_t stride = every == nullptr ? 1 : static_cast<std::size_t>(std::atoi(every));
  const std::string quotes[] = {R"({"owner": "rep", "total": 20})", R"({"owner": "rep", "total": 15})",
                                R"({"owner": "a", "total": 25})"};
  std::size_t policies = 0, states = 0, transitions = 0, accepted = 0, approved = 0;
  Watcher watcher;
  Advance done;
  const std::vector<std::string> sources = family();
  for (std::size_t p = 0; p < sources.size(); p += stride) {
    Desk desk(sources[p], people);
    ++policies;
    const World monday = desk.world;
    std::unordered_set<std::string> seen;
    std::vector<Found> open;
    Case draft;
    draft.id = "Q";
    open.push_back({draft, monday.now, 0});
    for (std::size_t at = 0; at < open.size(); ++at) {
      const Found from = open[at];
      if (from.depth == depth + 1) continue;  // the first command can only be a submission
      std::vector<Command> commands;
      const auto give = [&](std::string_view actor, auto what) {
        commands.push_back({"x", actor, std::nullopt, std::move(what)});
      };
      for (const std::string& quote : quotes) give("rep", Submit{quote, {}, {}});
      give("b", Submit{quotes[0], {}, {}});
      if (from.kase.state != State::draft) {
        for (const std::string_view person : {"a", "b", "c", "rep"}) {
          for (const Vote vote : {Vote::approve, Vote::reject, Vote::abstain})
            give(person, CastVote{vote, {}, {}, {}, {}});
          give(person, CastVote{Vote::approve, "r/g", {}, {}, {}});
          give(person, Override{"r/g", "urgent"});
          give(person, Override{"r/b", "urgent"});
        }
        give("a", Reassign{"r/g", {}, "c", {}});
        give("admin", Reassign{"r/g", "b", "c", {}});
        give("admin", Replace{"a", "c", {}});
        give("rep", AddApprover{"c", {}, "knows it"});
        give("rep", AddApprover{"b", "r/g", "knows it"});
        give("rep", Recall{});
        give("clock", Tick{});
      }
      for (Command& command : commands) {
        const std::string id = "c-" + std::to_string(from.kase.version);
        command.id = id;
        Case kase = from.kase;
        World world = monday;
        world.now = from.now;
        if (std::holds_alternative<Tick>(command.what)) {
          const std::int64_t due = next_due(kase);
          if (due == 0) continue;
          world.now = std::max(world.now, due);
        }
        advance(*desk.evaluator, kase, command, world, done);
        ++transitions;
        accepted += done.refusal ? 0 : 1;
        const std::vector<std::string> violated = watcher.saw(from.kase, command, world, done, kase);
        if (!violated.empty()) {
          FAIL(violated[0] << "\n" << sources[p] << "\ncommand " << command.what.index() << " by " << command.actor
                           << "\nbefore " << to_json(from.kase) << "\nafter  " << to_json(kase));
        }
        if (done.refusal) continue;
        approved += kase.state == State::approved ? 1 : 0;
        if (seen.insert(key_of(kase)).second) open.push_back({std::move(kase), world.now, from.depth + 1});
      }
    }
    states += open.size();
  }
  std::cout << "small scope: " << policies << " policies, " << states << " states, " << transitions << " transitions, "
            << accepted << " accepted, " << approved << " approvals\n";
  CHECK(states > 10'000);
  CHECK(approved > 1'000);
}

// The watcher sees what it is there for.
TEST_CASE("what must hold is seen where it does not", "[scope]") {
  Desk desk(family()[8], people);  // a group of which all must agree
  desk.submit("rep", R"({"owner": "rep", "total": 20})");
  const Case before = desk.kase;
  Watcher watcher;
  const Command vote{"x", "a", std::nullopt, CastVote{}};
  const auto violated = [&](const Case& after, const char* invariant) {
    const Advance nothing;
    const auto all = watcher.saw(before, vote, desk.world, nothing, after);
    return std::find(all.begin(), all.end(), invariant) != all.end();
  };
  Case after = before;
  after.state = State::approved;
  CHECK(violated(after, "approved only if every step is through"));
  CHECK(violated(after, "no seat is open after the end"));
  after.steps[0].state = StepState::satisfied;
  CHECK(violated(after, "approved only with its quorum"));
  after = before;
  for (CaseSeat& seat : after.steps[0].seats) {
    seat.vote = Vote::approve;
    seat.by = "a";
  }
  CHECK(violated(after, "one person fills one seat of a step"));
  CHECK(violated(after, "a step closes as soon as it is satisfied"));
  after.steps[0].seats[0].by = "rep";
  CHECK(violated(after, "who had a hand in the quote does not decide"));
  after = before;
  after.steps[0].needed = 1;
  CHECK(violated(after, "no command makes a step weaker"));
  after = before;
  after.steps[0].seats[0].vote = Vote::reject;
  after.steps[0].seats[0].by = "a";
  CHECK(violated(after, "a step closes as soon as it is rejected"));
  after = before;
  after.steps[0].state = StepState::waiting;
  CHECK(violated(after, "a step opens as soon as what comes before it is through"));
}

}  // namespace
