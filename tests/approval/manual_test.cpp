// The examples of assent/advance.h and assent/case.h, as they stand there.
#include "tests/unit/manual.h"

#include "assent/advance.h"
#include "tests/approval/desk.h"

namespace {

using assent::test::must_stand_in;

void complain(const assent::Problems& problems) { FAIL(problems.at(0).message); }
void complain(const std::string& message) { FAIL(message); }

// What the examples call their own, and what comes of them.
struct Example {
  assent::Evaluator evaluator{assent::test::policy_of(R"(
    policy small  record Quote { total: Integer }  input quote: Quote
    approver boss = person "boss"  rule big { when quote.total > 10  requires boss }  otherwise approve)")};
  assent::World world;
  std::string quote_json = R"({"total": 20})";
  std::vector<std::string> log;
  std::string moved, replayed;

  Example() {
    world.now = 1'772'442'000'000;
    world.today = *assent::date_from_text("2026-03-02");
    world.directory = *assent::Directory::from_json(R"({"people": [{"id": "rep"}, {"id": "boss"}]})");
  }

  void submit() {
    // begin advance.h
    assent::Case kase;
    kase.id = "Q-710";
    assent::Advance done;
    assent::advance(evaluator, kase, {"c-1", "rep", {}, assent::Submit{quote_json, {}, {}}}, world, done);
    if (done.refusal) return complain(done.refusal->message);
    // kase has moved; done.events made it move, done.effects are to be told to people
    // end advance.h
    CHECK(kase.state == assent::State::pending);
    REQUIRE(done.effects.size() == 1);
    CHECK(done.effects[0].to == "boss");
    for (const assent::Event& event : done.events) log.push_back(to_json(event));
    moved = to_json(kase);
  }

  void replay() {
    // begin case.h
    assent::Case kase;
    kase.id = "Q-710";
    for (const std::string& line : log) {                    // events of advance(), as to_json() wrote them
      const auto event = assent::event_from_json(line);
      if (!event) return complain(event.problems());
      const std::string wrong = assent::apply(kase, *event);
      if (!wrong.empty()) return complain(wrong);
    }
    // end case.h
    replayed = to_json(kase);
  }
};

}  // namespace

TEST_CASE("a case moves, and is made again from its events, as the manuals say", "[case]") {
  must_stand_in("runtime/include/assent/advance.h", "tests/approval/manual_test.cpp", "advance.h");
  must_stand_in("runtime/include/assent/case.h", "tests/approval/manual_test.cpp", "case.h");
  Example example;
  example.submit();
  example.replay();
  REQUIRE_FALSE(example.moved.empty());
  CHECK(example.replayed == example.moved);
}
