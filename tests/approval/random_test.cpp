// Long random lives of cases: people come and go, act for each other and are replaced, the clock jumps, the quote
// and the policy change. After every command the case is written out, dropped, made again from its events and
// compared byte for byte (Desk::run), and what must hold is checked (Watcher).
#include <cstdlib>
#include <deque>
#include <iostream>
#include <set>

#include <catch2/catch.hpp>

#include "tests/approval/desk.h"
#include "tests/approval/watcher.h"
#include "tests/property/random.h"

namespace {

using namespace assent;
using namespace assent::test;

constexpr std::string_view names[] = {"a", "b", "c", "d", "e", "rep", "boss"};

class Life {
 public:
  explicit Life(std::uint64_t seed) : random_{seed}, desk_(policy(), directory()) {}

  void live(int commands) {
    for (int i = 0; i < commands; ++i) {
      world_changes();
      const Case before = desk_.kase;
      strings_.clear();
      const std::string id = chance(3) ? "c-1" : "c-" + std::to_string(i + 2);
      Command command{id, person(), std::nullopt, what(before)};
      if (chance(5)) command.expected_version = before.version + (chance(50) ? 0 : 1);
      if (std::holds_alternative<Tick>(command.what)) command.actor = "clock";
      if (std::holds_alternative<Migrate>(command.what) || chance(10)) command.actor = "admin";
      std::unique_ptr<Evaluator> pinned;  // a migration is to another policy; one that is refused changes none
      if (std::holds_alternative<Migrate>(command.what)) {
        pinned = std::move(desk_.evaluator);
        desk_.policy(policy());
      }
      const Advance& done = desk_.run(command);
      if (pinned != nullptr && done.refusal) desk_.evaluator = std::move(pinned);
      if (done.refusal) ++refused;
      else ++accepted;
      if (desk_.kase.state == State::approved && before.state != State::approved) ++approved;
      const auto violated = watcher_.saw(before, command, desk_.world, done, desk_.kase);
      if (!violated.empty()) {
        FAIL(violated[0] << "\n"
                         << policy_ << "\ncommand " << command.what.index() << " by " << command.actor << "\nbefore "
                         << to_json(before) << "\nafter  " << to_json(desk_.kase));
      }
      for (const Effect& effect : done.effects) CHECK(told_.insert(effect.id).second);
      if (!done.refusal && (std::holds_alternative<Submit>(command.what)))
        quote_ = std::get<Submit>(command.what).quote;
    }
  }

  std::size_t accepted = 0, refused = 0, approved = 0;

 private:
  bool chance(int percent) { return random_.chance(percent); }
  std::string_view person() { return names[random_.below(std::size(names))]; }
  std::string_view keep(std::string text) { return strings_.emplace_back(std::move(text)); }

  std::string who() {
    const std::size_t first = random_.below(std::size(names));  // three different ones
    const auto nth = [&](std::size_t n) { return std::string(names[(first + n) % std::size(names)]); };
    const std::string a = nth(0), b = nth(1 + random_.below(3)), c = nth(4 + random_.below(3));
    switch (random_.below(6)) {
      case 0: return "person \"" + a + "\"";
      case 1: return "any of people \"" + a + "\", \"" + b + "\"";
      case 2: return "all of role \"board\"";
      case 3: return "majority of people \"" + a + "\", \"" + b + "\", \"" + c + "\"";
      case 4: return "any of people \"" + a + "\", \"" + b + "\", veto person \"" + c + "\"";
      default: return "60% of role \"board\", person \"" + a + "\"";
    }
  }

  std::string policy() {
    std::string text =
        "policy p\nrecord Quote { owner: Person  total: Integer  discount: Percent  lines: list of Line }\n"
        "record Line { price: Integer }\ninput quote: Quote\notherwise approve\n";
    for (const char* name : {"x", "y", "z"}) {
      const std::string decider = who();
      text += (decider[0] == 'p' ? "approver " : "group ") + std::string(name) + " = " + decider + "\n";
      text += "step " + std::string(name) + " {";
      if (chance(30)) text += " explicit";
      if (chance(60))
        text += std::string(" ") +
                std::vector<const char*>{"reject ends", "reject collects", "reject returns to x"}[random_.below(3)];
      if (chance(40)) text += " remind after 1 business day then every 5 hours";
      if (chance(30))
        text +=
            " escalate to " + std::string(chance(50) ? "x" : "z") + " after 2 days" + (chance(40) ? " replacing" : "");
      if (chance(30)) text += chance(50) ? " expire after 1 week" : " expire after 1 week as withdrawn";
      if (chance(10)) text += " approve by silence after 3 days";
      if (chance(20)) text += " owner may decide";
      if (chance(20)) text += " submitter may decide";
      if (chance(20)) text += " editor may decide";
      text += " }\n";
    }
    text += "rule big { when quote.total > " + std::to_string(random_.below(20)) +
            "  requires x then y when quote.total > 30 }\n";
    text += "rule deep { when quote.discount > 10%  requires (y and z)" +
            std::string(chance(40) ? "  reapprove when quote.discount > approved.quote.discount + 2%" : "") + " }\n";
    text += "rule dear { for each line in quote.lines when line.price > 50  requires z then x }\n";
    if (chance(20)) text += "rule never { when quote.total > 45  denies \"no\" }\n";
    text += "path { " + std::string(chance(50) ? "big before deep " : "") +
            (chance(50) ? "same approver once" : "same approver each time") + (chance(40) ? " override by z" : "") +
            " }\n";
    return policy_ = text;
  }

  std::string directory() {
    std::string text = R"({"people": [{"id": "admin", "roles": ["assent-administrator"]})";
    for (const std::string_view name : names) {
      text += ", {\"id\": \"" + std::string(name) + "\"";
      if (chance(50)) text += R"(, "roles": ["board"])";
      if (chance(7)) text += R"(, "active": false)";
      text += "}";
    }
    return text + "]}";
  }

  void world_changes() {
    if (chance(4)) desk_.directory(directory());
    if (chance(10)) desk_.pass(static_cast<std::int64_t>(random_.below(5'000)) - 500);
    if (chance(6)) {
      Deputies deputies;
      for (std::uint64_t n = random_.below(4); n > 0; --n) {
        const std::int32_t first = desk_.world.today - static_cast<std::int32_t>(random_.below(3));
        deputies.delegations.push_back({std::string(person()), std::string(person()), first,
                                        first + static_cast<std::int32_t>(random_.below(5)), chance(30) ? "x" : ""});
      }
      if (chance(20)) deputies.replacements.push_back({std::string(person()), std::string(person())});
      desk_.deputies(std::move(deputies));
    }
    const bool ended = desk_.kase.state != State::pending;
    if (ended && chance(10)) desk_.policy(policy());
  }

  std::string_view quote() {
    std::string text = "{\"owner\": \"" + std::string(chance(70) ? "rep" : person()) +
                       "\", \"total\": " + std::to_string(random_.below(50)) +
                       ", \"discount\": " + std::to_string(random_.below(25)) + ", \"lines\": [";
    for (std::uint64_t n = random_.below(4), i = 0; i < n; ++i)
      text += (i == 0 ? "{\"price\": " : ", {\"price\": ") + std::to_string(random_.below(100)) + "}";
    return keep(text + "]}");
  }

  std::string_view step(const Case& kase) {
    if (kase.steps.empty() || chance(5)) return "nothing";
    return keep(kase.steps[random_.below(kase.steps.size())].key);
  }

  decltype(Command::what) what(const Case& kase) {
    if (kase.state != State::pending && chance(70)) return Submit{quote(), {}, {}};
    switch (random_.below(20)) {
      case 0: return Submit{quote(), {}, {person()}};
      case 1: return Recall{};
      case 2: return Reassign{step(kase), chance(50) ? person() : std::string_view(), person(), {}};
      case 3: return Replace{person(), person(), "left"};
      case 4: return Ask{step(kase), person(), "why?"};
      case 5: return Answer{static_cast<std::uint32_t>(random_.below(2)), "so"};
      case 6: return Remark{"seen"};
      case 7: return AddApprover{person(), chance(50) ? step(kase) : std::string_view(), "knows it"};
      case 8: return Override{step(kase), "urgent"};
      case 9: return Migrate{quote_};
      case 10: case 11: return Tick{};
      default: break;
    }
    const Vote vote = chance(80) ? Vote::approve : chance(60) ? Vote::reject : Vote::abstain;
    return CastVote{vote, chance(30) ? step(kase) : std::string_view(), {}, chance(20) ? "as agreed" : "", {}};
  }

  generate::Random random_;
  std::string policy_;
  Desk desk_;
  Watcher watcher_;
  std::deque<std::string> strings_;
  std::string quote_;
  std::set<std::string> told_;
};

TEST_CASE("random lives of cases", "[random]") {
  const char* rounds = std::getenv("ASSENT_PROPERTY_ROUNDS");
  const char* first = std::getenv("ASSENT_PROPERTY_SEED");
  const std::uint64_t from = first == nullptr ? 1 : std::strtoull(first, nullptr, 10);
  const std::uint64_t count = rounds == nullptr ? 600 : std::strtoull(rounds, nullptr, 10);
  std::size_t accepted = 0, refused = 0, approved = 0;
  for (std::uint64_t seed = from; seed < from + count; ++seed) {
    INFO("seed " << seed);
    Life life(seed);
    life.live(60);
    accepted += life.accepted;
    refused += life.refused;
    approved += life.approved;
  }
  std::cout << "random lives: " << count << " cases, " << accepted << " commands accepted, " << refused << " refused, "
            << approved << " approvals\n";
  CHECK(accepted > count * 10);
  CHECK(approved > count / 10);
}

}  // namespace
