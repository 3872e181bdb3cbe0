// Many threads share policies, directories and rates, while the policy is exchanged under them; each decides with
// evaluators and sessions of its own, moves cases and plans orders, and all must give the bytes that one thread gives.
// Its own program: it is built and run once more with the thread sanitizer (tools/test).
//
//   thread_tests ARTIFACT DIRECTORY QUOTE …
#include <atomic>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "assent/advance.h"
#include "assent/orders.h"
#include "assent/policy.h"
#include "assent/session.h"

namespace {

using namespace assent;

constexpr int threads = 8;
constexpr int rounds = 20;  // of each thread

std::string text_of(const char* file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) {
    std::fprintf(stderr, "cannot read %s\n", file);
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string told(const Result<const Decision*>& decided) {
  if (decided) return to_json(**decided);
  std::string all;
  for (const Problem& each : decided.problems()) all += each.where + ": " + each.message + "\n";
  return all;
}

// The short life of a case, and the orders that would come of it.
std::string lived(Evaluator& evaluator, const std::string& quote, const World& world) {
  Case kase;
  kase.id = "Q-1";
  Advance done;
  std::string all;
  const auto move = [&](const Command& command) {
    advance(evaluator, kase, command, world, done);
    all += to_json(done, kase.version) + "\n";
  };
  move({"c-1", "somebody", {}, Submit{quote, {}, {}}});
  if (!kase.steps.empty() && !kase.steps[0].seats.empty())
    move({"c-2", kase.steps[0].seats[0].person, {}, CastVote{Vote::approve, {}, {}, {}, {}}});
  move({"c-3", "somebody", {}, Recall{"a mistake"}});
  const Result<OrderPlan> plan = plan_orders(evaluator, quote, world);
  return all + (plan ? to_json(*plan) : to_json(plan.problems()));
}

Policy loaded(const std::string& artifact) {
  const Result<Policy> policy = Policy::load(artifact);
  if (!policy) {
    std::fprintf(stderr, "%s\n", policy.problems()[0].message.c_str());
    std::exit(2);
  }
  return *policy;
}

class Desk {  // what threads share
 public:
  Desk(std::string artifact, const char* directory, std::vector<std::string> quotes)
      : artifact_(std::move(artifact)), quotes_(std::move(quotes)), policy_(loaded(artifact_)) {
    world_.today = *date_from_text("2026-03-02");
    world_.now = 1'772'442'000'000;
    const Result<Directory> people = Directory::from_json(text_of(directory));
    if (people) world_.directory = *people;
    Evaluator alone(policy_);
    for (const std::string& quote : quotes_) expected_.push_back(told(alone.decide(quote, world_)));
    for (const std::string& quote : quotes_) expected_lives_.push_back(lived(alone, quote, world_));
  }

  bool run() {
    std::vector<std::thread> all;
    for (int i = 0; i < threads; ++i) all.emplace_back([this] { decide(); });
    for (int i = 0; i < rounds; ++i) exchange(loaded(artifact_));
    for (std::thread& each : all) each.join();
    std::printf("%zu decisions by %d threads, %zu answers other than alone\n", decided_.load(), threads, wrong_.load());
    return wrong_ == 0 && decided_ > 0;
  }

 private:
  Policy current() {
    const std::lock_guard lock(mutex_);
    return policy_;
  }
  void exchange(Policy policy) {
    const std::lock_guard lock(mutex_);
    policy_ = std::move(policy);
  }

  void check(std::size_t quote, const std::string& now) {
    ++decided_;
    if (now != expected_[quote]) ++wrong_;
  }

  void decide() {
    for (int round = 0; round < rounds; ++round) {
      Evaluator evaluator(current()), other(current());
      for (std::size_t i = 0; i < quotes_.size(); ++i) {
        check(i, told(evaluator.decide(quotes_[i], world_)));
        const Both both = decide_both(evaluator, other, quotes_[i], world_);
        check(i, told(both.first));
        check(i, told(both.second));
        if (both.second && other.explain().rules.empty()) ++wrong_;
        const Result<Session> session = Session::open(current(), quotes_[i], world_);
        if (session) check(i, to_json(session->decision()));
        if (lived(evaluator, quotes_[i], world_) != expected_lives_[i]) ++wrong_;
      }
    }
  }

  const std::string artifact_;
  const std::vector<std::string> quotes_;
  World world_;
  std::vector<std::string> expected_, expected_lives_;
  std::mutex mutex_;
  Policy policy_;
  std::atomic<std::size_t> decided_ = 0, wrong_ = 0;
};

}  // namespace

int main(int count, char** arguments) {
  if (count < 4) {
    std::fputs("usage: thread_tests ARTIFACT DIRECTORY QUOTE ...\n", stderr);
    return 2;
  }
  std::vector<std::string> quotes;
  for (int i = 3; i < count; ++i) quotes.push_back(text_of(arguments[i]));
  return Desk(text_of(arguments[1]), arguments[2], std::move(quotes)).run() ? 0 : 1;
}
