// A policy, its people and a clock, for tests of cases. Entry: Desk.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/advance.h"
#include "assent/policy.h"

namespace assent::test {

// Compiles a policy; aborts with its diagnostics if there are any errors.
Policy policy_of(const std::string& source);

class Desk {
 public:
  Desk(const std::string& source, const std::string& directory);

  // Each carries out one command, with an id of its own, at the time of `world`, and checks that the case's
  // events, written out and read back, make the same case.
  const Advance& submit(std::string_view actor, std::string_view quote);
  const Advance& vote(std::string_view actor, Vote vote, std::string_view step = {});
  const Advance& approve(std::string_view actor, std::string_view step = {}) {
    return vote(actor, Vote::approve, step);
  }
  const Advance& reject(std::string_view actor, std::string_view step = {}) { return vote(actor, Vote::reject, step); }
  const Advance& abstain(std::string_view actor, std::string_view step = {}) {
    return vote(actor, Vote::abstain, step);
  }
  const Advance& tick(std::int64_t minutes);  // lets time pass, and says so
  template <typename What>
  const Advance& give(std::string_view actor, What what) {
    const std::string id = "c-" + std::to_string(++commands);
    return run({id, actor, std::nullopt, std::move(what)});
  }
  const Advance& run(const Command& command);

  void pass(std::int64_t minutes);  // time passes, unseen
  void directory(const std::string& json);
  void deputies(Deputies deputies);
  void policy(const std::string& source);

  // "boss: open, cfo: waiting": steps by key with their state, in the order of the case.
  std::string steps() const;
  const CaseStep& step(std::string_view key) const;
  // "boss request r/boss, r/cfo" for each effect of the last command, in the order of their ids.
  std::string told() const;
  std::string refusal() const;  // code of the last command's refusal, or empty

  std::unique_ptr<Evaluator> evaluator;
  World world;
  Case kase;
  std::vector<std::string> log;  // events as JSON
  Advance done;
  int commands = 0;
};

// The case that a log makes.
Case replay(const std::vector<std::string>& log, const std::string& id);

}  // namespace assent::test
