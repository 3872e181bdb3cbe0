// Cases that last: commands, ids, versions, the desk, migration, the log and the outbox, on both databases.
#include <atomic>
#include <thread>

#include <catch2/catch.hpp>

#include "runtime/store/database.h"
#include "tests/store/cases/office.h"

namespace {

using namespace assent;
using namespace assent::test;

TEST_CASE("a case is what its events say, also for the next process", "[store]") {
  on_each_store([](const std::string& url) {
    {
      Office office(url);
      CHECK_FALSE(office.submit("c-1", "Q-1", 20).refusal);
      CHECK(office.inbox("boss") == "Q-1: big/boss (boss)");
      CHECK(office.inbox("cfo") == "");
      CHECK(office.vote("c-2", "Q-1", "boss").version == 5);
    }
    Office office(url);
    CHECK(office.inbox("boss") == "");
    CHECK(office.inbox("cfo") == "Q-1: big/cfo (cfo)");
    office.vote("c-3", "Q-1", "cfo");
    CHECK(office.find("Q-1").state == State::approved);
    CHECK(must(office.store.quote_of(office.find("Q-1"))) == quote(20));
    CHECK(office.verified().entries == 8);
    CHECK(must(office.store.cases("approved")).size() == 1);
    CHECK(must(office.store.cases("pending")).empty());
  });
}

TEST_CASE("a command id is carried out once, refusals included", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    const Response first = office.submit("c-1", "Q-1", 20);
    const Response again = office.submit("c-1", "Q-1", 20);
    CHECK_FALSE(first.repeated);
    CHECK(again.repeated);
    CHECK(again.version == first.version);
    CHECK(again.events.empty());
    CHECK(office.vote("c-2", "Q-1", "cfo").refusal->code == RefusalCode::not_open);
    office.vote("c-3", "Q-1", "boss");
    const Response refused = office.vote("c-2", "Q-1", "cfo");  // it would be admitted by now
    CHECK(refused.repeated);
    CHECK(refused.refusal->code == RefusalCode::not_open);
    CHECK(office.vote("c-2", "Q-2", "cfo").refusal->code == RefusalCode::bad_command);
    const Response stale = must(office.store.perform("Q-1", {"c-4", "cfo", 1, CastVote{}}, office.world));
    CHECK(stale.refusal->code == RefusalCode::stale_version);
    CHECK(office.find("Q-1").version == 5);
    CHECK(office.give("c-5", "Q-9", "rep", Recall{}).refusal->code == RefusalCode::not_pending);
  });
}

TEST_CASE("many threads and two stores at once lose nothing", "[store]") {
  on_each_store([](const std::string& url) {
    constexpr int threads = 4, rounds = 15;
    Office one(url), two(url);
    std::vector<std::thread> all;
    std::atomic<int> accepted{0};
    for (int t = 0; t < threads; ++t) {
      all.emplace_back([&, t] {
        Office& office = t % 2 == 0 ? one : two;
        for (int i = 0; i < rounds; ++i) {
          const std::string id = "Q-" + std::to_string(i);  // all threads move the same cases
          const std::string command = std::to_string(t) + "-" + std::to_string(i);
          const std::string json = quote(20 + i);
          const auto submitted =
              office.store.submit(id, {command, "rep", 0, Submit{json, {}, {}}}, desk_policy(), office.world);
          if (submitted && !submitted->refusal) ++accepted;
          const auto said =
              office.store.perform(id, {command + "r", "rep", std::nullopt, Remark{"seen"}}, office.world);
          if (!said || said->refusal) accepted = 1'000;
        }
      });
    }
    for (std::thread& each : all) each.join();
    CHECK(accepted == rounds);  // version 0 was expected: one submission of each case wins
    for (int i = 0; i < rounds; ++i) CHECK(one.find("Q-" + std::to_string(i)).comments.size() == threads);
    one.verified();
  });
}

TEST_CASE("a command that cannot be kept takes none of the others along", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    CHECK(office.submit("\xff", "Q-1", 20).refusal->code == RefusalCode::bad_command);
    CHECK(office.submit("c-1", std::string("Q\0", 2), 20).refusal->code == RefusalCode::bad_command);
    World odd = office.world;  // whose owner of the quote no table takes
    odd.directory =
        *Directory::from_json(R"({"people": [{"id": "rep"}, {"id": "boss"}, {"id": "cfo"}, {"id": "r\u0000p"}]})");
    const std::string odd_quote = R"({"owner": "r\u0000p", "total": 20})", plain_quote = quote(20);
    std::atomic<int> kept = 0, failed = 0;
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 16; ++thread) {
      threads.emplace_back([&, thread] {
        for (int i = 0; i < 8; ++i) {
          const std::string name = std::to_string(thread) + "-" + std::to_string(i);
          const bool is_odd = thread % 8 == 0;
          const Submit submit{is_odd ? odd_quote : plain_quote, {}, {}};
          const auto answer = office.store.submit("Q-" + name, {"c-" + name, "rep", std::nullopt, submit},
                                                  desk_policy(), is_odd ? odd : office.world);
          if (answer.ok() == is_odd) return;  // seen in the sums
          ++(is_odd ? failed : kept);
        }
      });
    }
    for (std::thread& each : threads) each.join();
    CHECK(kept == 14 * 8);
    CHECK(failed == 2 * 8);
    CHECK(must(office.store.cases({})).size() == 14 * 8);
    office.verified();
  });
}

TEST_CASE("what another process writes in between is seen", "[store]") {
  on_each_store([](const std::string& url) {
    Office one(url), two(url);
    one.submit("c-1", "Q-1", 20);
    CHECK(two.vote("c-2", "Q-1", "deputy").refusal->code == RefusalCode::no_seat);
    const std::int32_t today = one.world.today;
    must(one.store.delegate("d-1", "boss", {"boss", "deputy", today, today, {}}, one.world));
    CHECK_FALSE(two.vote("c-3", "Q-1", "deputy").refusal);
    CHECK(one.inbox("cfo") == "Q-1: big/cfo (cfo)");
    CHECK_FALSE(one.vote("c-4", "Q-1", "cfo").refusal);
    CHECK(one.vote("c-3", "Q-1", "deputy").repeated);
    one.verified();
  });
}

TEST_CASE("any number of cases move in one transaction", "[store]") {
  on_each_store([](const std::string& url) {
    constexpr int cases = 91;
    Office office(url);
    for (int i = 0; i < cases; ++i) office.submit("c-" + std::to_string(i), "Q-" + std::to_string(i), 20);
    const Response replaced = must(office.store.replace("r-1", "admin", "boss", "legal", "left", office.world));
    CHECK(replaced.events.size() == 1 + cases);
    CHECK(office.inbox("boss") == "");
    CHECK(office.store.inbox("legal", office.world)->size() == cases);
    CHECK(office.verified().entries == 1 + 3 * cases);
  });
}

TEST_CASE("delegates and successors are asked in every case, at once", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    office.submit("c-1", "Q-1", 20);
    office.submit("c-2", "Q-2", 30);
    const std::int32_t today = office.world.today;
    CHECK(must(office.store.delegate("d-0", "rep", {"boss", "deputy", today, today, {}}, office.world)).refusal->code ==
          RefusalCode::not_allowed);
    CHECK_FALSE(must(office.store.delegate("d-1", "boss", {"boss", "deputy", today, today, {}}, office.world)).refusal);
    CHECK(office.inbox("deputy") == "Q-1: big/boss (boss); Q-2: big/boss (boss)");
    CHECK_FALSE(office.vote("c-3", "Q-1", "deputy").refusal);
    CHECK(office.find("Q-1").steps[0].seats[0].by == "deputy");
    office.world.today += 1;
    CHECK(office.vote("c-4", "Q-2", "deputy").refusal->code == RefusalCode::no_seat);

    CHECK(must(office.store.replace("r-0", "boss", "cfo", "legal", "left", office.world)).refusal->code ==
          RefusalCode::not_allowed);
    const Response replaced = must(office.store.replace("r-1", "admin", "cfo", "legal", "left", office.world));
    CHECK_FALSE(replaced.refusal);
    CHECK(replaced.events.size() == 3);  // the desk's, and one in each case
    CHECK(office.inbox("legal") == "Q-1: big/cfo (legal)");
    office.submit("c-5", "Q-3", 40);     // resolved later: the successor too
    CHECK(office.find("Q-3").steps[1].seats[0].person == "legal");
    CHECK(must(office.store.replace("r-1", "admin", "cfo", "legal", "left", office.world)).repeated);
    // All or nothing: in no case may the successor have a seat of the step already.
    office.give("c-6", "Q-2", "rep", Recall{});
    office.give("c-7", "Q-3", "boss", Reassign{"big/boss", {}, "legal", "away"});
    const Response none = must(office.store.replace("r-2", "admin", "legal", "gone", "left", office.world));
    CHECK(none.refusal->code == RefusalCode::unknown_person);
    office.verified();
    CHECK(must(office.store.deputies()).replacements.size() == 1);
  });
}

TEST_CASE("time passes in every case that waits for it", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    office.submit("c-1", "Q-1", 20);
    office.submit("c-2", "Q-2", 20);
    office.vote("c-3", "Q-2", "boss");
    CHECK(must(office.store.tick("t-0", "clock", office.world)).empty());
    office.world.now += std::int64_t{4} * 86'400'000;
    office.world.today += 4;
    CHECK(must(office.store.tick("t-1", "clock", office.world)) == std::vector<std::string>{"Q-1"});
    CHECK(office.inbox("cfo") == "Q-1: big/boss (cfo); Q-2: big/cfo (cfo)");
    CHECK(must(office.store.tick("t-1", "clock", office.world)).empty());
    office.verified();
  });
}

TEST_CASE("cases that cannot move hold up none of those behind them", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    for (int i = 0; i < 600; ++i) office.submit("c-" + std::to_string(i), "Q-" + std::to_string(1000 + i), 20);
    office.world.now += std::int64_t{86'400'000};
    // Their tick was carried out before, so that it does nothing now: they stay due.
    for (int i = 0; i < 300; ++i) {
      const std::string name = "Q-" + std::to_string(1000 + i), id = "t-1/" + name;
      CHECK(must(office.store.perform(name, {id, "boss", std::nullopt, Remark{"seen"}}, office.world)).version > 0);
    }
    CHECK(must(office.store.tick("t-1", "clock", office.world)).size() == 300);
    CHECK(must(office.store.tick("t-2", "clock", office.world)).size() == 300);
    CHECK(must(office.store.tick("t-3", "clock", office.world)).empty());
  });
}

TEST_CASE("open cases move to a new version of their policy, all or none", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    office.submit("c-1", "Q-1", 20);
    office.vote("c-2", "Q-1", "boss");
    office.submit("c-3", "Q-2", 5);  // approved: not moved
    const std::uint64_t version = office.find("Q-1").version;
    const auto dry = must(office.store.migrate("m-0", "admin", stricter_desk_policy(), office.world, true));
    REQUIRE(dry.size() == 1);
    CHECK(dry[0].case_id == "Q-1");
    CHECK(dry[0].weaker);
    CHECK(dry[0].changes ==
          std::vector<std::string>{"big/cfo is not demanded any more", "big/legal: it was not asked before"});
    CHECK(office.find("Q-1").version == version);
    CHECK(must(office.store.migrate("m-1", "boss", stricter_desk_policy(), office.world, false))[0].refusal->code ==
          RefusalCode::not_allowed);
    CHECK(office.find("Q-1").policy_hash == desk_policy().hash());
    must(office.store.migrate("m-2", "admin", stricter_desk_policy(), office.world, false));
    CHECK(office.find("Q-1").policy_hash == stricter_desk_policy().hash());
    CHECK(office.inbox("legal") == "Q-1: big/legal (legal)");
    Office next(url);  // the store has the new policy too
    CHECK_FALSE(next.vote("c-4", "Q-1", "legal").refusal);
    CHECK(next.find("Q-1").state == State::approved);
    next.verified();
  });
}

TEST_CASE("the first altered entry is found", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    office.submit("c-1", "Q-1", 20);
    office.vote("c-2", "Q-1", "boss");
    office.vote("c-3", "Q-1", "cfo");
    const std::string head = office.verified().head;
    auto database = *assent::store::open_database(url);
    const auto alter = [&](std::string_view sql) {
      auto transaction = assent::store::Transaction::begin(*database);
      REQUIRE(transaction.ok());
      REQUIRE(database->run(sql).ok());
      REQUIRE(transaction->commit().ok());
    };
    SECTION("a vote by somebody else") {
      alter("UPDATE log SET event = replace(event, '\"boss\"', '\"vp\"') WHERE position = 3");
      const Verification found = must(office.store.verify());
      CHECK(found.altered == 3);
      CHECK(found.what == "the hash does not fit the entry");
    }
    SECTION("an entry that is gone") {
      alter("DELETE FROM log WHERE position = 5");
      CHECK(must(office.store.verify()).altered == 5);
    }
    SECTION("the end that is cut off shows against the head") {
      alter("DELETE FROM log WHERE position = 8");
      const Verification found = must(office.store.verify());
      CHECK(found.altered == 0);
      CHECK(found.head != head);
      CHECK(found.what == "the list of cases does not show Q-1 as its events do");
    }
    SECTION("a list that says more than the log") {
      alter("UPDATE cases SET state = 'rejected'");
      CHECK(must(office.store.verify()).what == "the list of cases does not show Q-1 as its events do");
      alter("UPDATE cases SET state = 'approved'");
      alter("INSERT INTO seats VALUES ('Q-1', 'big/cfo', 'vp', 'cfo', 1)");
      CHECK(must(office.store.verify()).what == "the inbox does not show what the events do");
    }
  });
}

TEST_CASE("letters are delivered at least once, or found dead, or overtaken", "[store]") {
  on_each_store([](const std::string& url) {
    Office office(url);
    office.submit("c-1", "Q-1", 20);
    const std::int64_t now = office.world.now;
    const auto look = [&](std::int64_t at) { return must(office.store.letters_due(at, 10, at)); };
    const auto due = must(office.store.letters_due(now, 10, now + 500));
    REQUIRE(due.size() == 1);
    CHECK(due[0].effect.to == "boss");
    CHECK(due[0].effect.steps == std::vector<std::string>{"big/boss"});
    CHECK(due[0].effect.quote_hash == office.find("Q-1").quote_hash);
    CHECK(due[0].case_id == "Q-1");
    CHECK(look(now).empty());  // somebody has it
    CHECK(look(now + 500).size() == 1);
    const std::string id = due[0].effect.id;
    CHECK(must(office.store.goes_as(id, "a@b")));
    CHECK(must(office.store.failed(id, "no answer", now + 1'000, {"mail", "desk"})));
    CHECK(look(now).empty());
    CHECK(look(now + 1'000)[0].attempts == 1);
    CHECK(look(now + 1'000)[0].last_error == "no answer");
    CHECK(look(now + 1'000)[0].done == std::vector<std::string>{"mail", "desk"});
    CHECK(must(office.store.delivered(id, now + 1'000)));
    CHECK_FALSE(must(office.store.delivered(id, now + 1'000)));
    CHECK_FALSE(must(office.store.failed(id, "no answer", now)));
    CHECK(look(now + 9'000).empty());
    CHECK(must(office.store.letter_of("a@b"))->effect.id == id);
    CHECK_FALSE(must(office.store.letter_of("b@a")));
    CHECK_FALSE(must(office.store.letter_of("")));
    office.vote("c-2", "Q-1", "boss");
    const std::string next = look(now)[0].effect.id;
    CHECK(must(office.store.failed(next, "refused", 0)));
    CHECK(look(now + 9'000).empty());
    CHECK(must(office.store.dead_letters())[0].effect.to == "cfo");
    CHECK(must(office.store.dead_letters())[0].last_error == "refused");
    CHECK(must(office.store.revive(next, now + 10)));
    CHECK_FALSE(must(office.store.revive(next, now + 10)));
    CHECK(must(office.store.dead_letters()).empty());
    CHECK(look(now + 10)[0].attempts == 0);
    CHECK(must(office.store.overtaken(next, now)));
    CHECK(look(now + 9'000).empty());
  });
}

TEST_CASE("a store that is not there is not made by looking", "[store]") {
  CHECK_FALSE(Store::open(fresh_file(), false).ok());
}

}  // namespace
