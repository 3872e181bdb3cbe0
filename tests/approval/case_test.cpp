// The life of a case, command by command.
#include <catch2/catch.hpp>

#include "tests/approval/desk.h"

namespace {

using namespace assent;
using test::Desk;

const std::string quotes = R"(
record Quote { owner: Person  total: Integer  discount: Percent  region: Text else "" }
input quote: Quote
otherwise approve "small"
)";

const std::string people = R"({"people": [
  {"id": "rep", "manager": "boss"}, {"id": "boss"}, {"id": "cfo"}, {"id": "vp"}, {"id": "deputy"},
  {"id": "ann", "roles": ["board"]}, {"id": "ben", "roles": ["board"]}, {"id": "cat", "roles": ["board"]},
  {"id": "admin", "roles": ["assent-administrator"]}, {"id": "gone", "active": false}
]})";

std::string quote(int total, int discount = 0) {
  return R"({"owner": "rep", "total": )" + std::to_string(total) + R"(, "discount": )" + std::to_string(discount) + "}";
}

TEST_CASE("a chain of two: submitted, approved, approved", "[case]") {
  Desk desk("policy p" + quotes + R"(
    approver boss = quote.owner.manager else person "vp"  approver cfo = person "cfo"
    rule big { when quote.total > 10  requires boss then cfo })", people);
  desk.submit("rep", quote(20));
  CHECK(desk.refusal() == "");
  CHECK(desk.kase.state == State::pending);
  CHECK(desk.steps() == "big/boss: open, big/cfo: waiting");
  CHECK(desk.told() == "boss request big/boss");
  desk.approve("cfo");
  CHECK(desk.refusal() == "not-open");
  desk.approve("rep");
  CHECK(desk.refusal() == "no-seat");
  desk.approve("boss");
  CHECK(desk.steps() == "big/boss: satisfied, big/cfo: open");
  desk.approve("cfo");
  CHECK(desk.kase.state == State::approved);
  CHECK(desk.told() == "boss approved; cfo approved; rep approved");
  desk.approve("cfo");
  CHECK(desk.refusal() == "ended");
  CHECK(desk.log.back().find("\"kind\":\"late\"") != std::string::npos);
  desk.submit("rep", quote(15));
  CHECK(desk.kase.state == State::approved);
  CHECK(desk.step("big/boss").why == "remembered: quote.total fell from 20 to 15, which is no worse");
  desk.submit("rep", quote(25));
  CHECK(desk.steps() == "big/boss: open, big/cfo: waiting");
  CHECK(desk.step("big/boss").why == "asked again: `big`: quote.total rose from 20 to 25");
}

TEST_CASE("quorums close as soon as nothing can change", "[case]") {
  const std::string head = "policy p" + quotes + "rule r { when quote.total > 10  requires board }\n";
  SECTION("any: the first is enough") {
    Desk desk(head + "group board = any of role \"board\"", people);
    desk.submit("rep", quote(20));
    CHECK(desk.told() == "ann request r/board; ben request r/board; cat request r/board");
    desk.approve("ben");
    CHECK(desk.kase.state == State::approved);
  }
  SECTION("all: one who rejects ends it") {
    Desk desk(head + "group board = all of role \"board\"", people);
    desk.submit("rep", quote(20));
    desk.approve("ann");
    CHECK(desk.steps() == "r/board: open");
    desk.approve("ann");
    CHECK(desk.refusal() == "voted-already");
    desk.reject("ben");
    CHECK(desk.kase.state == State::rejected);
    CHECK(desk.kase.why == "r/board was rejected by ben");
  }
  SECTION("majority, collecting") {
    Desk desk(head + "group board = majority of role \"board\"  step board { reject collects }", people);
    desk.submit("rep", quote(20));
    desk.reject("ann");
    CHECK(desk.steps() == "r/board: open");
    desk.abstain("ben");
    CHECK(desk.refusal() == "vote-needed");
    desk.approve("ben");
    CHECK(desk.steps() == "r/board: open");
    desk.approve("cat");
    CHECK(desk.kase.state == State::approved);
  }
  SECTION("majority: two against two of three") {
    Desk desk(head + "group board = majority of role \"board\"  step board { reject collects }", people);
    desk.submit("rep", quote(20));
    desk.reject("ann");
    desk.reject("cat");
    CHECK(desk.kase.state == State::rejected);
  }
  SECTION("a veto is waited for") {
    Desk desk(head + "group board = 2 of role \"board\", veto person \"cfo\"  step board { reject collects }", people);
    desk.submit("rep", quote(20));
    desk.approve("ann");
    desk.approve("ben");
    CHECK(desk.steps() == "r/board: open");
    SECTION("and may abstain") {
      desk.abstain("cfo");
      CHECK(desk.kase.state == State::approved);
    }
    SECTION("and stops all") {
      desk.reject("cfo");
      CHECK(desk.kase.state == State::rejected);
    }
  }
  SECTION("points") {
    Desk desk(head + "group board = 5 points of person \"cfo\" worth 4, role \"board\" worth 1", people);
    desk.submit("rep", quote(20));
    desk.approve("cfo");
    CHECK(desk.steps() == "r/board: open");
    desk.approve("cat");
    CHECK(desk.kase.state == State::approved);
  }
}

TEST_CASE("one vote counts wherever the same person is asked, but for steps that insist", "[case]") {
  const std::string rules = quotes + R"(
    approver boss = person "boss"  approver cfo = person "cfo"
    rule one { when quote.total > 10  requires boss }
    rule two { when quote.total > 10  requires cfo then boss }
  )";
  SECTION("once") {
    Desk desk("policy p" + rules, people);
    desk.submit("rep", quote(20));
    CHECK(desk.told() == "boss request one/boss, two/boss; cfo request two/cfo");
    desk.approve("boss");
    CHECK(desk.steps() == "one/boss: satisfied, two/cfo: open, two/boss: waiting");
    desk.approve("cfo");
    CHECK(desk.kase.state == State::approved);
  }
  SECTION("explicit") {
    Desk desk("policy p" + rules + "step boss { explicit }", people);
    desk.submit("rep", quote(20));
    desk.approve("boss");
    desk.approve("cfo");
    CHECK(desk.steps() == "one/boss: satisfied, two/cfo: satisfied, two/boss: open");
    CHECK(desk.told() == "boss request two/boss");
  }
  SECTION("each time") {
    Desk desk("policy p" + rules + "path { same approver each time }", people);
    desk.submit("rep", quote(20));
    desk.approve("boss");
    desk.approve("cfo");
    CHECK(desk.steps() == "one/boss: satisfied, two/cfo: satisfied, two/boss: open");
  }
}

TEST_CASE("who had a hand in the quote does not decide it", "[case]") {
  const std::string rules = quotes + R"(
    group desk = any of people "rep", "boss", "vp"
    rule r { when quote.total > 10  requires desk }
  )";
  Desk desk("policy p" + rules, people);
  desk.give("boss", Submit{R"({"owner": "rep", "total": 20, "discount": 0})", {}, {}});
  desk.approve("rep");
  CHECK(desk.refusal() == "separated");  // the owner
  desk.approve("boss");
  CHECK(desk.refusal() == "separated");  // the submitter
  desk.deputies({{{"boss", "deputy", desk.world.today, desk.world.today, {}}}, {}});
  desk.approve("deputy");
  CHECK(desk.refusal() == "separated");  // on behalf of the submitter
  desk.give("boss", Submit{R"({"owner": "rep", "total": 21, "discount": 0})", {}, {"vp"}});
  CHECK(desk.refusal() == "");
  desk.approve("vp");
  CHECK(desk.refusal() == "separated");  // an editor; nobody is left
  desk.give("boss", Recall{"nobody is left"});
  CHECK(desk.kase.state == State::recalled);
  desk.give("boss", Submit{R"({"owner": "rep", "total": 21, "discount": 0})", {}, {}});
  CHECK(desk.refusal() == "undecidable");
  desk.policy("policy p" + rules + "step desk { editor may decide }");
  desk.give("boss", Submit{R"({"owner": "rep", "total": 21, "discount": 0})", {}, {}});
  desk.approve("vp");
  CHECK(desk.kase.state == State::approved);
}

TEST_CASE("delegates act for whoever named them, on their days", "[case]") {
  Desk desk("policy p" + quotes + R"(approver boss = person "boss"  approver cfo = person "cfo"
    rule r { when quote.total > 10  requires boss then cfo })", people);
  const std::int32_t today = desk.world.today;
  desk.deputies({{{"boss", "vp", today, today + 1, {}}, {"vp", "deputy", today, today, {}}}, {}});
  desk.submit("rep", quote(20));
  CHECK(desk.told() == "deputy request r/boss");  // at the end of the chain
  desk.deputies({{{"boss", "vp", today, today, {}}, {"vp", "boss", today, today, {}}}, {}});
  desk.give("rep", Recall{});
  desk.submit("rep", quote(20));
  CHECK(desk.told() == "boss request r/boss");  // a circle
  desk.approve("vp");
  CHECK(desk.step("r/boss").seats[0].by == "vp");
  CHECK(desk.done.events[0].on_behalf == "boss");
  desk.deputies({{{"cfo", "vp", today, today, "boss"}}, {}});  // of another approver's steps only
  desk.approve("vp");
  CHECK(desk.refusal() == "no-seat");
  desk.deputies({{{"cfo", "vp", today - 2, today - 1, {}}}, {}});
  desk.approve("vp");
  CHECK(desk.refusal() == "no-seat");
  desk.deputies({{}, {{"cfo", "deputy"}}});  // replaced while the case is open: the command moves the seat
  desk.give("admin", Replace{"cfo", "deputy", "left"});
  desk.approve("deputy");
  CHECK(desk.kase.state == State::approved);
}

TEST_CASE("timers remind, escalate, expire, and approve by silence", "[case]") {
  const std::string rules = quotes + R"(approver boss = person "boss"  approver cfo = person "cfo"
    rule r { when quote.total > 10  requires boss }
  )";
  constexpr int day = 24 * 60;
  SECTION("one after another") {
    Desk desk("policy p" + rules + "step boss { remind after 1 business day then every 2 days  "
              "escalate to cfo after 3 days  expire after 1 week }", people);
    desk.submit("rep", quote(20));
    desk.tick(60);
    CHECK(desk.refusal() == "nothing-to-do");
    desk.tick(day);
    CHECK(desk.told() == "boss remind r/boss");
    desk.tick(2 * day);
    CHECK(desk.told() == "boss remind r/boss; cfo escalated r/boss");
    desk.tick(30 * day);
    CHECK(desk.kase.state == State::rejected);
    CHECK(desk.kase.why == "r/boss: nobody decided in time");
    CHECK(next_due(desk.kase) == 0);
  }
  SECTION("a business day over the weekend") {
    Desk desk("policy p" + rules + "step boss { expire after 1 business day as withdrawn }", people);
    desk.pass(4 * day);  // Friday
    desk.submit("rep", quote(20));
    desk.tick(2 * day);
    CHECK(desk.refusal() == "nothing-to-do");
    desk.tick(day);
    CHECK(desk.kase.state == State::expired);
  }
  SECTION("in the place of the others") {
    Desk desk("policy p" + rules + "step boss { escalate to cfo after 1 day replacing }", people);
    desk.submit("rep", quote(20));
    desk.tick(day);
    desk.approve("boss");
    CHECK(desk.refusal() == "no-seat");
    desk.approve("cfo");
    CHECK(desk.kase.state == State::approved);
  }
  SECTION("silence") {
    Desk desk("policy p" + rules + "step boss { approve by silence after 1 day }", people);
    desk.submit("rep", quote(20));
    desk.tick(day);
    CHECK(desk.kase.state == State::approved);
    CHECK(desk.step("r/boss").why == "nobody objected in time, and silence approves");
  }
}

TEST_CASE("rejections end, or return", "[case]") {
  Desk desk(
      "policy p" + quotes + R"(approver boss = person "boss"  approver cfo = person "cfo"  approver vp = person "vp"
    rule r { when quote.total > 10  requires boss then cfo then vp }
    step vp { reject returns to boss })",
      people);
  desk.submit("rep", quote(20));
  desk.approve("boss");
  desk.approve("cfo");
  desk.reject("vp");
  CHECK(desk.kase.state == State::pending);
  CHECK(desk.steps() == "r/boss: open, r/cfo: waiting, r/vp: waiting");
  CHECK(desk.step("r/boss").why == "returned by vp at r/vp");
  desk.reject("boss");
  CHECK(desk.kase.state == State::rejected);
  CHECK(desk.steps() == "r/boss: rejected, r/cfo: revoked, r/vp: revoked");
}

TEST_CASE("two of those whom the policy names may set a step aside", "[case]") {
  Desk desk("policy p" + quotes + R"(approver boss = person "boss"  group chiefs = any of people "cfo", "vp", "rep"
    rule r { when quote.total > 10  requires boss }  path { override by chiefs })", people);
  desk.submit("rep", quote(20));
  desk.give("rep", Override{"r/boss", "in a hurry"});
  CHECK(desk.refusal() == "separated");
  desk.give("boss", Override{"r/boss", "in a hurry"});
  CHECK(desk.refusal() == "not-allowed");
  desk.give("cfo", Override{"r/boss", ""});
  CHECK(desk.refusal() == "bad-command");
  desk.give("cfo", Override{"r/boss", "boss is ill"});
  CHECK(desk.kase.state == State::pending);
  CHECK(desk.told() == "vp proposal r/boss");
  desk.give("cfo", Override{"r/boss", "again"});
  CHECK(desk.refusal() == "second-person");
  desk.give("vp", Override{"r/boss", "the customer waits"});
  CHECK(desk.kase.state == State::approved);
  CHECK(desk.steps() == "r/boss: skipped");
  CHECK(desk.step("r/boss").why == "overridden by cfo (boss is ill) and vp (the customer waits)");
}

TEST_CASE("people are added, asked, and named in the place of others", "[case]") {
  Desk desk("policy p" + quotes + R"(approver boss = person "boss"  approver cfo = person "cfo"
    rule r { when quote.total > 10  requires boss then cfo })", people);
  desk.submit("rep", quote(20));
  desk.give("boss", AddApprover{"vp", "r/cfo", "knows the customer"});
  CHECK(desk.steps() == "ad-hoc/vp: open, r/boss: open, r/cfo: waiting");
  desk.approve("boss");
  CHECK(desk.steps() == "ad-hoc/vp: open, r/boss: satisfied, r/cfo: waiting");
  desk.give("vp", Ask{"ad-hoc/vp", "rep", "why so cheap?"});
  CHECK(desk.told() == "rep question ad-hoc/vp");
  desk.give("rep", Answer{0, "a competitor"});
  CHECK(desk.told() == "vp answer ad-hoc/vp");
  desk.give("rep", Answer{0, "again"});
  CHECK(desk.refusal() == "unknown-question");
  desk.give("cfo", Reassign{"r/cfo", {}, "rep", "busy"});
  CHECK(desk.refusal() == "separated");
  desk.give("vp", Reassign{"r/cfo", "cfo", "ann", "busy"});
  CHECK(desk.refusal() == "not-allowed");
  desk.give("cfo", Reassign{"r/cfo", {}, "ann", "busy"});
  CHECK(desk.refusal() == "");
  desk.approve("vp");
  desk.approve("cfo");
  CHECK(desk.refusal() == "no-seat");
  // The quote changes: who was added stays added and, as the content is another one, is asked again; the seat
  // that was given away stays given away.
  desk.submit("rep", quote(19));
  CHECK(desk.steps() == "ad-hoc/vp: open, r/boss: satisfied, r/cfo: waiting");
  desk.approve("vp");
  desk.approve("ann");
  CHECK(desk.kase.state == State::approved);
}

TEST_CASE("a quote that changes while it is pending is decided again", "[case]") {
  Desk desk("policy p" + quotes + R"(approver boss = person "boss"  approver cfo = person "cfo"
    rule big { when quote.total > 10  requires boss }
    rule deep { when quote.discount > 10%  requires cfo }
    rule never { when quote.total > 1_000  denies "too much" })", people);
  desk.submit("rep", quote(20, 12));
  desk.approve("boss");
  CHECK(desk.steps() == "big/boss: satisfied, deep/cfo: open");
  desk.submit("rep", quote(18, 14));
  CHECK(desk.steps() == "big/boss: satisfied, deep/cfo: open");
  CHECK(desk.told() == "cfo request deep/cfo");
  desk.submit("rep", quote(22, 5));
  CHECK(desk.steps() == "big/boss: open");
  CHECK(std::get<Decided>(desk.done.events[0].what).dropped == std::vector<std::string>{"deep/cfo"});
  desk.submit("rep", quote(2'000));
  CHECK(desk.kase.state == State::rejected);
  CHECK(desk.kase.why == "the changed quote is denied: too much");
  desk.submit("rep", quote(2'000));
  CHECK(desk.refusal() == "denied");
  desk.submit("rep", quote(5));
  CHECK(desk.kase.state == State::approved);
  CHECK(desk.kase.why == "small");
}

TEST_CASE("a preview is what is submitted, or nothing is", "[case]") {
  Desk desk("policy p" + quotes + R"(approver boss = person "boss"
    rule r { when quote.total > 10  requires boss })", people);
  const std::string twenty = quote(20), small = quote(5);
  const std::string preview = plan_hash(**desk.evaluator->decide(twenty, desk.world));
  desk.give("rep", Submit{small, preview, {}});
  CHECK(desk.refusal() == "plan-changed");
  CHECK(desk.kase.state == State::draft);
  desk.give("rep", Submit{twenty, preview, {}});
  CHECK(desk.kase.state == State::pending);
  CHECK(desk.kase.plan_hash == preview);
}

TEST_CASE("commands with an id, a version and a size", "[case]") {
  Desk desk("policy p" + quotes + R"(approver boss = person "boss"
    rule r { when quote.total > 10  requires boss })", people);
  desk.submit("rep", quote(20));
  desk.run({"c-1", "rep", std::nullopt, Recall{}});  // the id of the submission
  CHECK(desk.done.repeats == std::uint64_t{2});
  CHECK(desk.kase.state == State::pending);
  desk.run({"x", "boss", std::uint64_t{1}, CastVote{}});
  CHECK(desk.refusal() == "stale-version");
  desk.run({"", "boss", std::nullopt, CastVote{}});
  CHECK(desk.refusal() == "bad-command");
  desk.give("boss", Remark{std::string(max_comment_bytes + 1, 'x')});
  CHECK(desk.refusal() == "bad-command");
  desk.give("boss", Remark{"half a character: \xc3"});
  CHECK(desk.refusal() == "bad-command");
  desk.give("boss", CastVote{Vote::approve, {}, {}, {}, "another content"});
  CHECK(desk.refusal() == "content-changed");
  desk.policy("policy p" + quotes + R"(approver boss = person "boss"
    rule r { when quote.total > 11  requires boss })");
  desk.approve("boss");
  CHECK(desk.refusal() == "wrong-policy");
}

TEST_CASE("an event that does not fit is not applied", "[case]") {
  Case kase;
  kase.id = "Q-1";
  const auto refuses = [&](Event event) {
    event.version = kase.version + 1;
    return !apply(kase, event).empty();
  };
  Event event;
  event.what = Opened{0, {}};
  CHECK(refuses(event));
  event.what = Voted{Vote::approve, {{3, 0}}, {}};
  CHECK(refuses(event));
  event.what = TimerRan{0, 0, 0, {}, 0};
  CHECK(refuses(event));
  event.what = AnsweredQuestion{0, "x"};
  CHECK(refuses(event));
  StepAdded added;
  added.step.after = {0};
  event.what = added;
  CHECK(refuses(event));
  added.step.after.clear();
  added.step.because = {0};
  event.what = added;
  CHECK(refuses(event));
  event.what = Ended{};
  event.version = 7;
  CHECK(apply(kase, event) == "event 7 does not follow 0");
  Decided decided;
  decided.steps.resize(1);
  decided.steps[0].after = {0};
  event.what = decided;
  CHECK(refuses(event));
  for (const std::string json :
       {"", "{}", "[]", "{\"version\": 1}", "{\"kind\": \"ended\"}", "{\"kind\": \"nothing\"}", "{\"what\": {}}",
        "{\"version\": -1, \"kind\": \"ended\", \"what\": {}}",
        "{\"kind\": \"ended\", \"what\": {\"state\": \"odd\"}}", "{\"kind\": \"ended\", \"odd\": 1}"}) {
    INFO(json);
    CHECK_FALSE(event_from_json(json).ok());
  }
  for (const auto& [json, where] : std::vector<std::pair<std::string, std::string>>{
           {R"({"kind": {}, "what": {}})", "/kind /what"},
           {R"({"kind": "opened", "kind": {}})", "/kind /kind"},
           {R"({"kind": "voted", "what": {"vote": {}, "places": [{"step": 0}, {"seat": []}]}})",
            "/what/vote /what/places/1/seat"},
           {R"({"kind": "ended", "what": {"state": ["approved"], "why": 7}})", "/what/state /what/why"}}) {
    INFO(json);
    std::string seen;
    const Result<Event> read = event_from_json(json);
    REQUIRE_FALSE(read.ok());
    for (const Problem& problem : read.problems()) seen += (seen.empty() ? "" : " ") + problem.where;
    CHECK(seen == where);
  }
}

TEST_CASE("a step waits for all that comes before it, also behind one that is through", "[case]") {
  SECTION("set aside") {
    Desk desk("policy p" + quotes +
              R"(approver boss = person "boss"  approver cfo = person "cfo"  approver vp = person "vp"
      group board = any of role "board"  rule r { when quote.total > 10  requires boss then cfo then vp }
      path { override by board })", people);
    desk.submit("rep", quote(20));
    desk.give("ann", Override{"r/cfo", "away"});
    desk.give("ben", Override{"r/cfo", "away"});
    CHECK(desk.steps() == "r/boss: open, r/cfo: skipped, r/vp: waiting");
    desk.approve("boss");
    CHECK(desk.steps() == "r/boss: satisfied, r/cfo: skipped, r/vp: open");
  }
  SECTION("remembered") {
    Desk desk("policy p" + quotes +
              R"(approver boss = person "boss"  approver cfo = person "cfo"  approver vp = person "vp"
      rule one { when quote.total > 10  requires boss }  rule two { when quote.discount > 10%  requires cfo }
      rule three { when quote.total > 10  requires vp  reapprove always }
      path { one before two  two before three })", people);
    desk.submit("rep", quote(20, 20));
    desk.approve("boss");
    desk.approve("cfo");
    CHECK(desk.steps() == "one/boss: satisfied, two/cfo: satisfied, three/vp: open");
    desk.submit("rep", quote(30, 20));
    CHECK(desk.steps() == "one/boss: open, two/cfo: satisfied, three/vp: waiting");
    desk.approve("boss");
    CHECK(desk.steps() == "one/boss: satisfied, two/cfo: satisfied, three/vp: open");
  }
}

TEST_CASE("a deputy who sits in a step has one vote in it: whoever they act for is asked where that is too few",
          "[case]") {
  const auto told = [](const std::string& quorum) {
    Desk desk("policy p" + quotes + "group board = " + quorum + R"( of people "ann", "ben", "cfo"
      rule r { when quote.total > 10  requires board })", people);
    const std::int32_t today = desk.world.today;
    desk.deputies({{{"ben", "ann", today, today, {}}, {"cfo", "ann", today, today, {}}}, {}});
    desk.submit("rep", quote(20));
    return desk.told();
  };
  CHECK(told("any") == "ann request r/board");
  CHECK(told("2") == "ann request r/board; ben request r/board; cfo request r/board");
  CHECK(told("all") == "ann request r/board; ben request r/board; cfo request r/board");
}

TEST_CASE("whoever was asked hears of the end: deputies, and those for whom they answered or could have", "[case]") {
  Desk desk("policy p" + quotes + R"(approver boss = person "boss"  approver cfo = person "cfo"
    rule r { when quote.total > 10  requires boss then cfo })", people);
  const std::int32_t today = desk.world.today;
  desk.deputies({{{"boss", "deputy", today, today, {}}, {"cfo", "vp", today, today, {}}}, {}});
  desk.submit("rep", quote(20));
  desk.approve("deputy");
  CHECK(desk.told() == "vp request r/cfo");
  desk.give("rep", Recall{"gone"});
  CHECK(desk.told() == "boss recalled; cfo recalled; deputy recalled; rep recalled; vp recalled");
}

TEST_CASE("the same quote again asks nobody anew", "[case]") {
  Desk desk("policy p" + quotes + R"(group board = 2 of role "board"  step board { reject collects }
    approver boss = quote.owner.manager else person "vp"  rule r { when quote.total > 10  requires boss then board })",
            people);
  desk.submit("rep", quote(20));
  desk.approve("boss");
  desk.reject("ann");
  for (const char* submitter : {"rep", "boss"}) {
    desk.submit(submitter, quote(20));
    CHECK(desk.refusal() == "nothing-to-do");
    CHECK(desk.done.effects.empty());
  }
  CHECK(desk.step("r/board").seats[0].vote == Vote::reject);
  SECTION("unless somebody else has had a hand in it") {
    desk.give("rep", Submit{quote(20), {}, {"ben"}});
    CHECK(desk.refusal() == "");
    desk.give("rep", Submit{quote(20), {}, {"ben"}});
    CHECK(desk.refusal() == "nothing-to-do");
  }
  SECTION("unless the path is another one by now") {
    desk.directory(R"({"people": [{"id": "rep", "manager": "vp"}, {"id": "vp"}, {"id": "ann", "roles": ["board"]},
      {"id": "ben", "roles": ["board"]}, {"id": "cat", "roles": ["board"]}]})");
    desk.submit("rep", quote(20));
    CHECK(desk.refusal() == "");
    CHECK(desk.steps() == "r/boss: open, r/board: waiting");
  }
  SECTION("unless the quote is another one") {
    desk.submit("rep", quote(21));
    CHECK(desk.refusal() == "");
  }
}

}  // namespace
