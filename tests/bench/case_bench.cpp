// advance() in memory: a case of three steps from its submission to its approval, and its events read back.
#include <algorithm>
#include <thread>

#include "tests/bench/measure.h"
#include "tests/bench/office.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

constexpr std::size_t cases = 500, rounds = 40;

void advance_cases(benchmark::State& state) {
  const bool votes_only = state.range(0) != 0;
  const Office office;
  Evaluator evaluator(office.policy);
  Advance done;
  std::string id, case_id;
  Case submitted;
  submitted.id = "Q-0";
  advance(evaluator, submitted, command_of(office, 0, id, case_id), office.world, done);
  std::vector<Case> all(cases);
  Pair pair;
  pair.name =
      votes_only ? "advance, each of three approvals" : "advance, a command of submit, approve, approve, approve";
  pair.baseline = "deciding the quote";
  const auto prepare = [&] {
    for (Case& each : all) each = votes_only ? submitted : Case{};
  };
  std::size_t events = 0;
  std::vector<double> ours, theirs;
  for ([[maybe_unused]] auto _ : state) {
    prepare();  // not timed
    events = 0;
    ours.push_back(seconds([&] {
      for (std::size_t i = 0; i < cases; ++i) {
        Case& kase = all[i];
        if (kase.id.empty()) kase.id = "Q-1";
        for (std::size_t n = votes_only ? 1 : 0; n < 4; ++n) {
          advance(evaluator, kase, command_of(office, n, id, case_id), office.world, done);
          if (done.refusal) give_up(done.refusal->message);
          events += done.events.size();
        }
        if (kase.state != State::approved) give_up("a case was not approved");
      }
    }));
    theirs.push_back(seconds([&] {
      for (std::size_t i = 0; i < cases; ++i) {
        const auto decision = evaluator.decide(office.quote, office.world);
        if (!decision) give_up("the quote cannot be decided");
      }
    }));
    state.SetIterationTime(ours.back());
  }
  const std::size_t commands = cases * (votes_only ? 3 : 4);
  pair.ours = median(std::move(ours)) / static_cast<double>(commands);
  pair.theirs = median(std::move(theirs)) / static_cast<double>(cases);
  pair.also = std::to_string(static_cast<std::uint64_t>(1 / pair.ours)) + " commands a second, " +
              std::to_string(events / cases) + " events a case";
  keep(std::move(pair));
}
BENCHMARK(advance_cases)->UseManualTime()->Unit(benchmark::kMicrosecond)->Arg(0)->Arg(1);

// What a machine carries out when each of its processors moves cases of its own, by the wall.
void advance_cases_side_by_side(benchmark::State& state) {
  const Office office;
  const std::size_t threads = std::max(1u, std::thread::hardware_concurrency());
  Pair pair;
  pair.name = "advance, the same on " + std::to_string(threads) + " processors at once";
  alone(
      state, pair, threads * rounds * cases * 4,
      [&] {
        std::vector<std::thread> all;
        for (std::size_t t = 0; t < threads; ++t) {
          all.emplace_back([&office] {
            Evaluator evaluator(office.policy);
            Advance done;
            std::string id, case_id;
            for (std::size_t i = 0; i < rounds * cases; ++i) {
              Case kase;
              kase.id = "Q-1";
              for (std::size_t n = 0; n < 4; ++n) {
                advance(evaluator, kase, command_of(office, n, id, case_id), office.world, done);
                if (done.refusal) give_up(done.refusal->message);
              }
              if (kase.state != State::approved) give_up("a case was not approved");
            }
          });
        }
        for (std::thread& each : all) each.join();
      },
      wall_seconds);
}
BENCHMARK(advance_cases_side_by_side)->UseManualTime()->Unit(benchmark::kMillisecond);

void replay_cases(benchmark::State& state) {
  const Office office;
  Evaluator evaluator(office.policy);
  Advance done;
  std::string id, case_id;
  Case kase;
  kase.id = "Q-0";
  std::vector<std::string> log;
  for (std::size_t n = 0; n < 4; ++n) {
    advance(evaluator, kase, command_of(office, n, id, case_id), office.world, done);
    for (const Event& event : done.events) log.push_back(to_json(event));
  }
  std::size_t bytes = 0;
  for (const std::string& line : log) bytes += line.size();
  Pair pair;
  pair.name = "replay, an event from its JSON";
  pair.also = std::to_string(bytes / log.size()) + " bytes an event";
  alone(state, std::move(pair), log.size() * cases, [&] {
    for (std::size_t i = 0; i < cases; ++i) {
      Case made;
      made.id = "Q-0";
      for (const std::string& line : log) {
        const Result<Event> event = event_from_json(line);
        if (!event || !apply(made, *event).empty()) give_up("an event cannot be applied");
      }
    }
  });
}
BENCHMARK(replay_cases)->UseManualTime()->Unit(benchmark::kMicrosecond);

}  // namespace

}  // namespace assent::bench
