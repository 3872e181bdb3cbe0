// A service in C++: many threads decide, the policy is exchanged under them, a case is kept in a store, orders are
// planned. Usage: service ARTIFACT QUOTE DIRECTORY STORE
#include <atomic>
#include <cstdio>
#include <fstream>
#include <iostream>
#include <iterator>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include <assent/orders.h>
#include <assent/policy.h>
#include <assent/store.h>

namespace {

std::string text_of(const char* file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int complain(const assent::Problems& problems) {
  for (const assent::Problem& each : problems) std::cerr << each.where << ": " << each.message << "\n";
  return 1;
}

}  // namespace

int main(int count, char** words) {
  if (count != 5) return 2;
  const std::string artifact = text_of(words[1]), quote = text_of(words[2]);
  const auto policy = assent::Policy::load(artifact);
  if (!policy) return complain(policy.problems());
  assent::World world;
  world.today = *assent::date_from_text("2026-03-02");
  world.now = 1'772'442'000'000;
  const auto people = assent::Directory::from_json(text_of(words[3]));
  if (!people) return complain(people.problems());
  world.directory = *people;

  std::atomic<std::shared_ptr<const assent::Policy>> current = std::make_shared<const assent::Policy>(*policy);
  std::atomic<int> decided = 0;
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      std::shared_ptr<const assent::Policy> mine;
      std::optional<assent::Evaluator> evaluator;
      for (int request = 0; request < 100; ++request) {
        if (auto now = current.load(); now != mine) {  // a new policy has come: a new evaluator of it
          mine = std::move(now);
          evaluator.emplace(*mine);
        }
        const auto decision = evaluator->decide(quote, world);
        if (decision && (**decision).outcome == assent::Outcome::needs_approval) ++decided;
      }
    });
  }
  for (int i = 0; i < 10; ++i) current = std::make_shared<const assent::Policy>(*assent::Policy::load(artifact));
  for (std::thread& each : threads) each.join();

  auto store = assent::Store::open(words[4]);
  if (!store) return complain(store.problems());
  const auto answer = store->submit("Q-1", {"c-1", "m.ortiz", {}, assent::Submit{quote, {}, {}}}, *policy, world);
  if (!answer) return complain(answer.problems());
  if (answer->refusal) return std::cerr << answer->refusal->message << "\n", 1;

  assent::Evaluator evaluator(*policy);
  const auto plan = assent::plan_orders(evaluator, quote, world);
  if (!plan) return complain(plan.problems());
  std::printf("%d decisions, a case at version %d, %zu orders\n", decided.load(), static_cast<int>(answer->version),
              plan->orders.size());
  return 0;
}
