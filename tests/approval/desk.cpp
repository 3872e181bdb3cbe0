#include "tests/approval/desk.h"

#include <cstdlib>
#include <iostream>

#include <catch2/catch.hpp>

#include "assent/compile.h"

namespace assent::test {

Policy policy_of(const std::string& source) {
  const CompileResult compiled = compile({"policy.assent", source});
  if (!compiled.artifact) {
    for (const Diagnostic& each : compiled.diagnostics) std::cerr << render(each, compiled.sources);
    std::abort();
  }
  return *Policy::load(*compiled.artifact);
}

Desk::Desk(const std::string& source, const std::string& people) {
  policy(source);
  directory(people);
  world.today = *date_from_text("2026-03-02");  // a Monday
  world.now = std::int64_t{world.today} * 86'400'000 + 9 * 3'600'000;
  kase.id = "Q-1";
}

void Desk::policy(const std::string& source) { evaluator = std::make_unique<Evaluator>(policy_of(source)); }

void Desk::directory(const std::string& json) {
  auto read = Directory::from_json(json);
  if (!read) FAIL(read.problems()[0].where + ": " + read.problems()[0].message);
  world.directory = *read;
}

void Desk::deputies(Deputies deputies) { world.deputies = std::make_shared<const Deputies>(std::move(deputies)); }

void Desk::pass(std::int64_t minutes) {
  world.now += minutes * 60'000;
  world.today = static_cast<std::int32_t>(world.now / 86'400'000);
}

Case replay(const std::vector<std::string>& log, const std::string& id) {
  Case made;
  made.id = id;
  for (const std::string& line : log) {
    const Result<Event> event = event_from_json(line);
    if (!event) FAIL(line + "\n" + event.problems()[0].where + ": " + event.problems()[0].message);
    CHECK(to_json(*event) == line);
    const std::string wrong = apply(made, *event);
    if (!wrong.empty()) FAIL(wrong);
  }
  return made;
}

const Advance& Desk::run(const Command& command) {
  const std::string before = to_json(kase);
  advance(*evaluator, kase, command, world, done);
  for (const Event& event : done.events) log.push_back(to_json(event));
  if (done.events.empty()) CHECK(to_json(kase) == before);
  CHECK(to_json(replay(log, kase.id)) == to_json(kase));
  return done;
}

const Advance& Desk::submit(std::string_view actor, std::string_view quote) {
  return give(actor, Submit{quote, {}, {}});
}
const Advance& Desk::vote(std::string_view actor, Vote vote, std::string_view step) {
  return give(actor, CastVote{vote, step, {}, {}, {}});
}
const Advance& Desk::tick(std::int64_t minutes) {
  pass(minutes);
  return give("clock", Tick{});
}

std::string Desk::steps() const {
  std::string all;
  for (const CaseStep& step : kase.steps)
    all += (all.empty() ? "" : ", ") + step.key + ": " + std::string(text(step.state));
  return all;
}

const CaseStep& Desk::step(std::string_view key) const {
  for (const CaseStep& step : kase.steps) {
    if (step.key == key) return step;
  }
  FAIL("no step " << key << " in " << steps());
  std::abort();
}

std::string Desk::told() const {
  std::string all;
  for (const Effect& effect : done.effects) {
    all += (all.empty() ? "" : "; ") + effect.to + " " + std::string(text(effect.kind));
    for (const std::string& step : effect.steps) all += (&step == effect.steps.data() ? " " : ", ") + step;
  }
  return all;
}

std::string Desk::refusal() const { return done.refusal ? std::string(text(done.refusal->code)) : std::string(); }

}  // namespace assent::test
