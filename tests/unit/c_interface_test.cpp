// The C interface answers what the C++ one does, byte for byte, and survives every wrong call. How it stands as a
// shared library, alone with a C program, is tried in tests/embedding.
#include <catch2/catch.hpp>

#include <string>
#include <thread>
#include <vector>

#include "assent.h"
#include "assent/compile.h"
#include "assent/fulfilment.h"
#include "assent/orders.h"
#include "assent/outline.h"
#include "assent/session.h"
#include "tests/unit/manual.h"

using Catch::Matchers::Contains;

namespace {

using assent::test::read;

std::string one_line(std::string json) {  // of JSON that is indented by line: no text here has a line end
  std::string out;
  std::size_t begin = 0;
  while (begin < json.size()) {
    const std::size_t end = json.find('\n', begin);
    std::string line = json.substr(json.find_first_not_of(' ', begin), end - json.find_first_not_of(' ', begin));
    if (const std::size_t colon = line.find("\": "); colon != std::string::npos) line.erase(colon + 2, 1);
    out += line;
    begin = end + 1;
  }
  return out;
}

// An answer as the test looks at it.
struct Text : assent_text {
  Text() : assent_text{} {}
  ~Text() { assent_text_free(this); }
  Text(const Text&) = delete;
  std::string str() const { return {data, size}; }
};

std::string artifact_of(const std::string& source) {
  const assent::CompileResult compiled = assent::compile({"policy.assent", source});
  REQUIRE(compiled.artifact);
  return *compiled.artifact;
}

struct Desk {
  std::string artifact, quote = read("examples/discount-desk/quotes/steep.json");
  std::string people = read("examples/discount-desk/directory.json");
  Text answer;
  assent_policy* policy = nullptr;
  assent_evaluator* evaluator = nullptr;
  assent_directory* directory = nullptr;
  assent_world world{};

  explicit Desk(const std::string& source = read("examples/discount-desk/policy.assent"))
      : artifact(artifact_of(source)) {
    REQUIRE(assent_policy_load(artifact.data(), artifact.size(), &policy, &answer) == ASSENT_OK);
    REQUIRE(assent_evaluator_new(policy, nullptr, &evaluator, &answer) == ASSENT_OK);
    REQUIRE(assent_directory_read(people.data(), people.size(), &directory, &answer) == ASSENT_OK);
    world.size = sizeof world;
    world.directory = directory;
    REQUIRE(assent_date("2026-03-02", 10, &world.today, &answer) == ASSENT_OK);
  }
  ~Desk() {
    assent_directory_free(directory);
    assent_evaluator_free(evaluator);
    assent_policy_free(policy);
  }
  Desk(const Desk&) = delete;

  assent_status decide(const std::string& json) {
    return assent_decide(evaluator, json.data(), json.size(), &world, &answer);
  }
  assent::World cpp_world() const {
    assent::World same;
    same.today = world.today;
    same.directory = *assent::Directory::from_json(people);
    return same;
  }
};

constexpr const char* small = R"(
policy small
record Line { id: Text  price: Decimal  cost: Money else 0 EUR  quantity: Decimal else 1 }
record Quote money in currency {
  currency: Currency else "EUR"
  total: Decimal
  owner: Person
  lines: list of Line else empty
}
input quote: Quote
approver boss = person "boss"
rule big "too much" { when quote.total > 10 requires boss }
rule dear { for each line in quote.lines when line.price > 5 requires boss }
orders whole { amount line.cost }
otherwise approve
)";

}  // namespace

TEST_CASE("C: a decision and its proof are those of C++, on one line") {
  Desk desk;
  REQUIRE(desk.decide(desk.quote) == ASSENT_OK);
  const auto policy = assent::Policy::load(desk.artifact);
  assent::Evaluator evaluator(*policy);
  const auto decision = evaluator.decide(desk.quote, desk.cpp_world());
  REQUIRE(decision);
  CHECK(desk.answer.str() == one_line(to_json(**decision)));
  CHECK(desk.answer.data[desk.answer.size] == '\0');
  REQUIRE(assent_explain(desk.evaluator, &desk.answer) == ASSENT_OK);
  CHECK(desk.answer.str() == one_line(to_json(**decision, evaluator.explain())));
  REQUIRE(assent_fact(desk.evaluator, "hardware_discount", 17, &desk.answer) == ASSENT_OK);
  CHECK(desk.answer.str() == R"({"fact":"hardware_discount","value":")" + *evaluator.fact("hardware_discount") + "\"}");
  REQUIRE(assent_fact(desk.evaluator, "nothing", 7, &desk.answer) == ASSENT_OK);
  CHECK(desk.answer.str() == R"({"fact":"nothing"})");
  REQUIRE(assent_policy_about(desk.policy, &desk.answer) == ASSENT_OK);
  CHECK_THAT(desk.answer.str(), Contains(R"("policy":"deal_desk")") && Contains(std::string(policy->hash())));
  REQUIRE(assent_policy_schema(desk.policy, &desk.answer) == ASSENT_OK);
  CHECK(desk.answer.str().find('\n') == std::string::npos);
}

TEST_CASE("C: all problems come at once, with their places, and the evaluator goes on") {
  Desk desk;
  std::string wrong = desk.quote;
  wrong.replace(wrong.find("\"net_total\""), 11, "\"net_totale\"");
  CHECK(desk.decide(wrong) == ASSENT_BAD_QUOTE);
  CHECK_THAT(desk.answer.str(), Contains(R"({"problems":[{"code":"bad-quote","where":)"));
  CHECK(assent_explain(desk.evaluator, &desk.answer) == ASSENT_BAD_REQUEST);
  CHECK(desk.decide("") == ASSENT_BAD_QUOTE);
  CHECK(desk.decide(desk.quote) == ASSENT_OK);
  assent_policy* policy = desk.policy;
  std::string damaged = desk.artifact;
  damaged[damaged.size() / 2] ^= 1;
  CHECK(assent_policy_load(damaged.data(), damaged.size(), &policy, &desk.answer) == ASSENT_BAD_ARTIFACT);
  CHECK(policy == nullptr);
  std::string newer = desk.artifact;
  newer[8] = static_cast<char>(assent_newest_format() + 1);
  CHECK(assent_policy_load(newer.data(), newer.size(), &policy, &desk.answer) == ASSENT_WRONG_VERSION);
  CHECK_THAT(desk.answer.str(), Contains("bring this runtime to that of the compiler"));
  newer[8] = static_cast<char>(assent_oldest_format() - 1);
  CHECK(assent_policy_load(newer.data(), newer.size(), &policy, &desk.answer) == ASSENT_WRONG_VERSION);
  CHECK_THAT(desk.answer.str(), Contains("compile the policy again"));
  assent_rates* rates = nullptr;
  CHECK(assent_rates_read("{", 1, &rates, &desk.answer) == ASSENT_BAD_RATES);
  assent_deputies* deputies = nullptr;
  CHECK(assent_deputies_read(R"({"delegation":[]})", 17, &deputies, &desk.answer) == ASSENT_BAD_DIRECTORY);
  CHECK_THAT(desk.answer.str(), Contains("`delegation` is unknown"));
  const std::string odd = R"({"delegations":[{"from":"a","to":"b","first_day":"2026-03-02","last_day":"2026-03-01"},{}],
                              "replacements":[{"from":"a","to":"a"}]})";
  CHECK(assent_deputies_read(odd.data(), odd.size(), &deputies, &desk.answer) == ASSENT_BAD_DIRECTORY);
  CHECK_THAT(desk.answer.str(), Contains(R"("/delegations/0","message":"`last_day` comes before)") &&
                                    Contains("/delegations/1") && Contains("nobody acts for themselves"));
}

TEST_CASE("C: a call without its arguments is told, and changes nothing") {
  Desk desk;
  const auto refused = [&](assent_status status) {
    CHECK(status == ASSENT_BAD_REQUEST);
    CHECK_THAT(desk.answer.str(), Contains(R"("code":"bad-request")"));
  };
  refused(assent_decide(nullptr, "{}", 2, &desk.world, &desk.answer));
  refused(assent_decide(desk.evaluator, nullptr, 2, &desk.world, &desk.answer));
  refused(assent_decide(desk.evaluator, "{}", 2, nullptr, &desk.answer));
  refused(assent_explain(nullptr, &desk.answer));
  refused(assent_explain(desk.evaluator, &desk.answer));
  refused(assent_fact(desk.evaluator, "total", 5, &desk.answer));
  refused(assent_policy_load(desk.artifact.data(), desk.artifact.size(), nullptr, &desk.answer));
  refused(assent_policy_about(nullptr, &desk.answer));
  refused(assent_session_set(nullptr, "a", 1, "1", 1, &desk.answer));
  refused(assent_case_new("", 0, nullptr, &desk.answer));
  refused(assent_case_apply(nullptr, "{}", 2, &desk.answer));
  refused(assent_case_advance(nullptr, desk.evaluator, "{}", 2, &desk.world, &desk.answer));
  refused(assent_case_json(nullptr, &desk.answer));
  refused(assent_replan(desk.evaluator, nullptr, "{}", 2, "{}", 2, &desk.world, &desk.answer));
  assent_world world = desk.world;
  world.size = 0;
  refused(assent_decide(desk.evaluator, "{}", 2, &world, &desk.answer));
  world = desk.world;
  world.state = 6;
  refused(assent_decide(desk.evaluator, "{}", 2, &world, &desk.answer));
  world = desk.world;
  world.today = 2'932'897;
  refused(assent_decide(desk.evaluator, "{}", 2, &world, &desk.answer));
  world = desk.world;
  world.utc_offset = 1'441;
  refused(assent_decide(desk.evaluator, "{}", 2, &world, &desk.answer));
  CHECK(assent_date("2026-02-30", 10, &world.today, &desk.answer) == ASSENT_BAD_REQUEST);
  CHECK(assent_decide(nullptr, "{}", 2, &desk.world, nullptr) == ASSENT_BAD_REQUEST);
  assent_policy_free(nullptr);
  assent_evaluator_free(nullptr);
  assent_session_free(nullptr);
  assent_case_free(nullptr);
  assent_directory_free(nullptr);
  assent_rates_free(nullptr);
  assent_deputies_free(nullptr);
  assent_text_free(nullptr);
  CHECK(assent_case_version(nullptr) == 0);
  CHECK(assent_case_next_due(nullptr) == 0);
  CHECK(assent_set_allocator(nullptr) == ASSENT_BAD_REQUEST);
}

TEST_CASE("C: a structure that an older program knows has its defaults beyond its end") {
  Desk desk;
  struct {
    std::size_t size;
    std::int32_t today, state;
  } older{sizeof older, desk.world.today, ASSENT_DRAFT};
  const std::string quote = desk.quote;
  REQUIRE(assent_decide(desk.evaluator, quote.data(), quote.size(), reinterpret_cast<const assent_world*>(&older),
                        &desk.answer) == ASSENT_OK);
  CHECK_THAT(desk.answer.str(), Contains(R"("outcome":"blocked")"));  // without a directory there is nobody
}

TEST_CASE("C: limits are those that were given") {
  Desk desk;
  const auto decide = [&](assent_limits limits) {
    limits.size = sizeof limits;
    assent_evaluator* evaluator = nullptr;
    REQUIRE(assent_evaluator_new(desk.policy, &limits, &evaluator, &desk.answer) == ASSENT_OK);
    const assent_status status =
        assent_decide(evaluator, desk.quote.data(), desk.quote.size(), &desk.world, &desk.answer);
    assent_evaluator_free(evaluator);
    return status;
  };
  assent_limits limits{};
  CHECK(decide(limits) == ASSENT_OK);
  limits.quote_bytes = desk.quote.size() - 1;
  CHECK(decide(limits) == ASSENT_LIMIT_EXCEEDED);
  limits = {};
  limits.rows = 1;
  CHECK(decide(limits) == ASSENT_LIMIT_EXCEEDED);
  CHECK_THAT(desk.answer.str(), Contains("more than 1 rows"));
  limits = {};
  limits.memory = 4 * desk.quote.size();  // for the text, and no row
  CHECK(decide(limits) == ASSENT_LIMIT_EXCEEDED);
  CHECK_THAT(desk.answer.str(), Contains("bytes of memory, the limit") && Contains(R"("where":"/lines/0")"));
  limits.memory = 100;
  CHECK(decide(limits) == ASSENT_LIMIT_EXCEEDED);
  limits = {};
  limits.work = 1;
  CHECK(decide(limits) == ASSENT_OK);
  CHECK_THAT(desk.answer.str(), Contains(R"("outcome":"blocked")"));
}

TEST_CASE("C: a session says what differs, and decides as a fresh evaluator") {
  Desk desk(small);
  assent_session* session = nullptr;
  const std::string quote = R"({"total": 3, "owner": "rep", "lines": [{"id": "a", "price": 1}]})";
  desk.world.directory = nullptr;
  assent_directory* people = nullptr;
  const std::string one = R"({"people": [{"id": "boss"}, {"id": "rep"}]})";
  REQUIRE(assent_directory_read(one.data(), one.size(), &people, &desk.answer) == ASSENT_OK);
  desk.world.directory = people;
  REQUIRE(assent_session_open(desk.policy, nullptr, quote.data(), quote.size(), &desk.world, &session, &desk.answer) ==
          ASSENT_OK);
  CHECK_THAT(desk.answer.str(), Contains(R"("outcome":"auto_approved")"));
  const std::string above = "10.00000000000000000000000000000001";  // by less than a double can tell
  REQUIRE(assent_session_set(session, "total", 5, above.data(), above.size(), &desk.answer) == ASSENT_OK);
  CHECK(desk.answer.str() == R"({"before":"auto_approved","after":"needs_approval","steps_added":["big/boss"],)"
                             R"("rules_added":["big"]})");
  CHECK(assent_session_set(session, "total", 5, "\"x\"", 3, &desk.answer) == ASSENT_BAD_QUOTE);
  REQUIRE(assent_session_insert(session, "lines[1]", 8, R"({"id": "b", "price": 6})", 23, &desk.answer) == ASSENT_OK);
  REQUIRE(assent_session_remove(session, "lines[0]", 8, &desk.answer) == ASSENT_OK);
  REQUIRE(assent_session_explain(session, &desk.answer) == ASSENT_OK);
  CHECK_THAT(desk.answer.str(), Contains(R"("why":[)"));
  REQUIRE(assent_session_decision(session, &desk.answer) == ASSENT_OK);
  const std::string changed = desk.answer.str();
  REQUIRE(desk.decide(R"({"total": 10.00000000000000000000000000000001, "owner": "rep",
                          "lines": [{"id": "b", "price": 6}]})") == ASSENT_OK);
  CHECK(changed == desk.answer.str());
  assent_session_free(session);
  assent_directory_free(people);
}

namespace {

// A case of the small policy, and what it was told.
struct Life {
  Desk desk{small};
  assent_case* kase = nullptr;
  assent_directory* people = nullptr;
  std::string quote = R"({"total": 20.50, "owner": "rep", "lines": [{"id": "a", "price": 3}]})";
  std::vector<std::string> events;

  Life() {
    const std::string two = R"({"people": [{"id": "boss"}, {"id": "rep"}]})";
    REQUIRE(assent_directory_read(two.data(), two.size(), &people, &desk.answer) == ASSENT_OK);
    desk.world.directory = people;
    desk.world.now = 1'772'442'000'000;
    REQUIRE(assent_case_new("Q-1", 3, &kase, &desk.answer) == ASSENT_OK);
  }
  ~Life() {
    assent_case_free(kase);
    assent_directory_free(people);
  }
  std::string advance(const std::string& command, assent_status status = ASSENT_OK) {
    INFO(command);
    const assent_status got = assent_case_advance(kase, desk.evaluator, command.data(), command.size(), &desk.world,
                                                  &desk.answer);
    INFO(desk.answer.str());
    CHECK(got == status);
    return desk.answer.str();
  }
  std::string json() {
    REQUIRE(assent_case_json(kase, &desk.answer) == ASSENT_OK);
    return desk.answer.str();
  }
};

// The events of an answer: they stand in it as they are kept.
std::vector<std::string> events_of(const std::string& answer) {
  std::vector<std::string> events;
  std::size_t at = answer.find("\"events\":[") + 10;
  while (answer[at] == '{') {
    const std::size_t begin = at;
    for (int depth = 0; depth > 0 || at == begin; ++at) depth += (answer[at] == '{') - (answer[at] == '}');
    events.push_back(answer.substr(begin, at - begin));
    if (answer[at] == ',') ++at;
  }
  return events;
}

}  // namespace

TEST_CASE("C: a case moves by commands, and is made again from its events") {
  Life life;
  std::vector<std::string> log;
  const auto keep = [&](const std::string& answer) {
    for (const std::string& event : events_of(answer)) log.push_back(event);
    return answer;
  };
  const std::string submitted = keep(life.advance(R"({"id":"c-1","actor":"rep","kind":"submit","what":{"quote":)" +
                                                  life.quote + R"( ,"editors":["other"]}})"));
  CHECK_THAT(submitted, Contains(R"("effects":[{"id":"Q-1/)"));
  CHECK_THAT(life.json(), Contains(R"("state":"pending")") && Contains(R"("editors":["other"])"));
  CHECK(assent_case_version(life.kase) == 2);
  CHECK(assent_case_next_due(life.kase) == 0);

  assent_text& answer = life.desk.answer;
  const auto orders = [&] {
    return assent_orders(life.desk.evaluator, life.kase, life.quote.data(), life.quote.size(), &life.desk.world,
                         &answer);
  };
  CHECK(orders() == ASSENT_NOT_APPROVED);
  CHECK_THAT(life.advance(R"({"id":"c-2","actor":"rep","kind":"vote","what":{"vote":"approve"}})"),
             Contains(R"({"refusal":{"code":")"));
  const std::string stale = R"({"id":"c-3","actor":"boss","expected_version":1,"kind":"vote"})";
  CHECK_THAT(life.advance(stale), Contains(R"({"refusal":{"code":"stale-version")"));
  keep(life.advance(R"({"id":"c-4","actor":"boss","expected_version":2,"kind":"vote",
                        "what":{"vote":"approve","comment":"good"}})"));
  CHECK_THAT(life.json(), Contains(R"("state":"approved")"));
  CHECK_THAT(life.advance(R"({"id":"c-4","actor":"boss","kind":"vote"})"), Contains(R"("repeats":)"));
  CHECK(orders() == ASSENT_OK);
  life.quote += "\n";  // a blank makes no other quote
  CHECK(orders() == ASSENT_OK);
  life.quote[10] = '5';
  CHECK(orders() == ASSENT_NOT_APPROVED);

  assent_case* again = nullptr;
  REQUIRE(assent_case_new("Q-1", 3, &again, &answer) == ASSENT_OK);
  REQUIRE(assent_case_apply(again, log[0].data(), log[0].size(), &answer) == ASSENT_OK);
  CHECK(life.desk.answer.str() == R"({"version":1})");
  std::string rest;
  for (std::size_t i = 1; i < log.size(); ++i) rest += log[i] + "\n";
  const std::string odd = rest + log[1];
  CHECK(assent_case_apply(again, odd.data(), odd.size(), &answer) == ASSENT_BAD_EVENT);
  CHECK_THAT(life.desk.answer.str(), Contains("after version"));
  CHECK(assent_case_version(again) == 1);
  REQUIRE(assent_case_apply(again, rest.data(), rest.size(), &answer) == ASSENT_OK);
  REQUIRE(assent_case_json(again, &answer) == ASSENT_OK);
  const std::string replayed = life.desk.answer.str();
  CHECK(replayed == life.json());
  CHECK(assent_case_apply(again, log[0].data(), log[0].size(), &answer) == ASSENT_BAD_EVENT);
  REQUIRE(assent_case_json(again, &answer) == ASSENT_OK);
  CHECK(replayed == life.desk.answer.str());
  assent_case_free(again);
}

TEST_CASE("C: a command that is none is told with its place") {
  Life life;
  const auto wrong = [&](const std::string& command, const std::string& message) {
    CHECK_THAT(life.advance(command, ASSENT_BAD_COMMAND), Contains(message));
  };
  wrong("", "not JSON");
  wrong("[]", "expected an object");
  wrong(R"({"id":"c","actor":"rep"})", "a command needs `kind`");
  wrong(R"({"id":"c","actor":"rep","what":{},"kind":"tick"})", "`kind` before it");
  wrong(R"({"id":"c","actor":"rep","kind":"approve"})", "a kind that is known here");
  wrong(R"({"id":"c","actor":"rep","kind":"vote","what":{"vote":"maybe"}})", R"("where":"/what/vote")");
  wrong(R"({"id":"c","actor":"rep","kind":"vote","what":{"seat":"x"}})", "the key `seat` is unknown");
  wrong(R"({"id":"c","actor":"rep","expected_version":-1,"kind":"tick"})", "a whole number");
  wrong(R"({"id":"c","id":"d","actor":"rep","kind":"tick"})", "`id` is given twice");
  wrong(R"({"id":"c","actor":"rep","kind":"submit","what":{"quote":{"a":}}})", "not JSON");
  CHECK(assent_case_version(life.kase) == 0);
  CHECK_THAT(life.advance(R"({"id":"c","actor":"rep","kind":"submit","what":{"quote":{}}})"), Contains("bad-quote"));
  CHECK_THAT(life.advance(R"({"id":"c","actor":"rep","kind":"tick"})"), Contains("refusal"));
}

TEST_CASE("C: orders, what follows from them, and what a change would do") {
  Life life;
  assent_text& answer = life.desk.answer;
  const auto& quote = life.quote;
  const auto policy = assent::Policy::load(life.desk.artifact);
  assent::Evaluator evaluator(*policy);
  const auto plan = assent::plan_orders(evaluator, quote, life.desk.cpp_world());
  REQUIRE(plan);
  REQUIRE(assent_orders(life.desk.evaluator, nullptr, quote.data(), quote.size(), &life.desk.world, &answer) ==
          ASSENT_OK);
  CHECK(life.desk.answer.str() == one_line(to_json(*plan)));
  for (const int kind : {ASSENT_CONTRACTS, ASSENT_ASSETS, ASSENT_ENTITLEMENTS, ASSENT_REVENUE}) {
    CHECK(assent_fulfilment(life.desk.evaluator, nullptr, quote.data(), quote.size(), &life.desk.world, kind,
                            &answer) == ASSENT_OK);
  }
  CHECK(assent_fulfilment(life.desk.evaluator, nullptr, quote.data(), quote.size(), &life.desk.world, 4, &answer) ==
        ASSENT_BAD_REQUEST);
  life.advance(R"({"id":"c-1","actor":"rep","kind":"submit","what":{"quote":)" + quote + "}}");
  const std::string change = R"({"kind":"ordered","on":"2026-03-05"})";
  const auto replan = [&](const std::string& what) {
    return assent_replan(life.desk.evaluator, life.kase, quote.data(), quote.size(), what.data(), what.size(),
                         &life.desk.world, &answer);
  };
  CHECK(replan(change) == ASSENT_NOT_APPROVED);
  life.advance(R"({"id":"c-2","actor":"boss","kind":"vote"})");
  CHECK(replan(R"({"kind":"orderd"})") == ASSENT_BAD_COMMAND);
  REQUIRE(replan(change) == ASSENT_OK);
  CHECK_THAT(life.desk.answer.str(), Contains(R"({"after":{"name":"whole")") && !Contains("before"));
  const std::string ordered = life.advance(
      R"({"id":"c-3","actor":"desk","kind":"change-orders","what":{"change":)" + change +
      R"(,"quote":)" + quote + "}}");
  CHECK_THAT(ordered, Contains(R"("kind":"orders-changed")"));
  REQUIRE(replan(R"({"kind":"ordered","on":"2026-03-06"})") == ASSENT_OK);
  CHECK_THAT(life.desk.answer.str(), Contains("refusal"));  // all is ordered
  REQUIRE(replan(R"({"kind":"accepted","order":"0000000000000000","on":"2026-03-06"})") == ASSENT_OK);
  CHECK_THAT(life.desk.answer.str(), Contains(R"({"refusal":{"code":)"));
}

TEST_CASE("C: the manual's example is the one that is compiled") {
  assent::test::must_stand_in("runtime/include/assent.h", "tests/embedding/c/main.c", "assent.h");
  assent::test::must_stand_in("runtime/README.md", "tests/embedding/c/main.c", "assent.h");
}

TEST_CASE("C: names of statuses are those of the problems") {
  CHECK(assent_status_name(ASSENT_OK) == std::string("ok"));
  CHECK(assent_status_name(ASSENT_BAD_ARTIFACT) == std::string("bad-artifact"));
  CHECK(assent_status_name(ASSENT_LIMIT_EXCEEDED) == std::string("limit-exceeded"));
  CHECK(assent_status_name(ASSENT_BAD_COMMAND) == std::string("bad-command"));
  CHECK(assent_status_name(ASSENT_OUT_OF_MEMORY) == std::string("out-of-memory"));
  CHECK(assent_status_name(static_cast<assent_status>(15)) == std::string("unknown"));
  CHECK(assent_abi() == ASSENT_ABI);
  CHECK(assent_version() == std::string(ASSENT_VERSION));
}
