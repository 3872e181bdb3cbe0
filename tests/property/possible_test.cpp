// What the prover of the linter says cannot be, is not: no random quote makes conditions true that it says exclude each
// other, by the naive evaluator. And it says so often enough.
//
//   ASSENT_PROPERTY_ROUNDS, ASSENT_PROPERTY_SEED   as in agreement_test.cpp
#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "compiler/driver/pipeline.h"
#include "compiler/lint/possible.h"
#include "compiler/lower/lower.h"
#include "tests/naive/naive_expr.h"
#include "tests/naive/naive_json.h"
#include "tests/property/generate.h"

namespace assent {

namespace {

using compiler::checked::ExprId;
using compiler::checked::Op;
using compiler::lint::Demand;
using compiler::lint::Possible;

constexpr std::uint64_t default_rounds = 150;
constexpr int quotes_of_a_policy = 12;
constexpr std::size_t most_conditions = 14;  // of one place: all pairs of them are looked at

// Conditions that stand on the same row: of a rule for each row of a list, or on none.
struct Place {
  std::optional<compiler::checked::Range> range;
  std::vector<ExprId> conditions;
};

class Finder {
 public:
  Finder(const compiler::checked::Policy& policy, const std::vector<std::uint32_t>& node_of)
      : policy_(policy), node_of_(node_of) {}

  std::vector<Place> places() {
    std::vector<Place> found(1);
    for (const auto& fact : policy_.facts.items) add(fact.value, found[0]);
    for (const auto& rule : policy_.rules.items) {
      Place own{rule.range, {}};
      Place& place = rule.range ? own : found[0];
      for (const auto* clauses : {&rule.when, &rule.unless})
        for (const ExprId each : *clauses) add(each, place);
      if (rule.range && rule.range->where) add(*rule.range->where, own);
      if (rule.range) found.push_back(std::move(own));
    }
    return found;
  }

 private:
  const compiler::checked::Policy& policy_;
  const std::vector<std::uint32_t>& node_of_;

  // The condition and its parts, but for what stands on other rows.
  void add(ExprId id, Place& place) {
    const auto& e = policy_.exprs[id];
    const bool known = node_of_[static_cast<std::size_t>(id)] != plan::none;
    if (e.type.base == compiler::checked::Base::boolean && known && place.conditions.size() < most_conditions)
      place.conditions.push_back(id);
    if (e.op == Op::conjunction || e.op == Op::disjunction || e.op == Op::negation)
      for (const ExprId child : e.children) add(child, place);
  }
};

struct Totals { std::size_t conditions = 0, excluded = 0, always = 0, seen = 0; };

void one_round(std::uint64_t seed, Totals& totals) {
  generate::Random random{seed};
  random.next();
  const generate::Policy policy = generate::policy(random);
  compiler::SourceMap sources;
  compiler::Sink sink(CompileOptions{}.max_errors);
  const auto checked = compiler::check_source({"random.assent", policy.source}, {}, sources, sink);
  REQUIRE(checked);
  std::vector<std::uint32_t> node_of;
  const auto plan = compiler::lower(checked->policy, sources, {}, sink, &node_of);
  if (!plan) return;  // steps in a circle
  const std::vector<Place> places = Finder(checked->policy, node_of).places();
  const auto node = [&](ExprId e) { return node_of[static_cast<std::size_t>(e)]; };

  // What was seen together: of each pair of conditions of a place and their truths, one quote.
  using Pair = std::tuple<std::size_t, std::size_t, bool, std::size_t, bool>;
  std::map<Pair, std::string> seen;
  for (int i = 0; i < quotes_of_a_policy; ++i) {
    const std::int32_t today = generate::today(random, policy);
    World world;
    world.today = today;
    const std::string quote = generate::quote(random, policy);
    const std::string directory = generate::directory(random, today), rates = generate::rates(random);
    world.directory = *Directory::from_json(directory);
    world.rates = *Rates::from_json(rates);
    const naive::Json json = naive::parse_json(quote);
    const naive::Desk desk{checked->policy, world, naive::quote_of(checked->policy, json)};
    for (std::size_t p = 0; p < places.size(); ++p) {
      std::vector<naive::Frame> frames(1);
      if (places[p].range) {
        frames.clear();
        for (const naive::Value& row : desk.evaluate(places[p].range->list, {}).rows) {
          naive::Frame frame;
          frame.variables[places[p].range->variable] = row;
          frames.push_back(std::move(frame));
        }
      }
      for (const naive::Frame& frame : frames) {
        std::vector<naive::Value> values;
        for (const ExprId each : places[p].conditions) values.push_back(desk.evaluate(each, frame));
        for (std::size_t a = 0; a < values.size(); ++a) {
          for (std::size_t b = a; b < values.size(); ++b) {
            if ((values[a].is_true() || values[a].is_false()) && (values[b].is_true() || values[b].is_false()))
              seen.try_emplace({p, a, values[a].is_true(), b, values[b].is_true()}, quote);
          }
        }
      }
    }
  }

  Possible possible(*plan);
  for (std::size_t p = 0; p < places.size(); ++p) {
    const std::vector<ExprId>& conditions = places[p].conditions;
    totals.conditions += conditions.size();
    for (std::size_t a = 0; a < conditions.size(); ++a) {
      for (std::size_t b = a; b < conditions.size(); ++b) {
        for (const bool first : {false, true}) {
          for (const bool second : {false, true}) {
            if (a == b && first != second) continue;
            Demand one{node(conditions[a])}, other{node(conditions[b])};
            one.holds = first;
            other.holds = second;
            const auto known = seen.find({p, a, first, b, second});
            if (possible.together({one, other})) {
              totals.seen += known != seen.end();
              continue;
            }
            (a == b ? totals.always : totals.excluded) += 1;
            if (known == seen.end()) continue;
            const auto said = [&](std::size_t i) {
              return std::string(sources.text(checked->policy.exprs[conditions[i]].span));
            };
            FAIL("seed " << seed << ": said to exclude each other, and both seen:\n"
                         << said(a) << " is " << first << "\n" << said(b) << " is " << second << "\n--- policy\n"
                         << policy.source << "--- quote\n" << known->second);
          }
        }
      }
    }
  }
}

}  // namespace

TEST_CASE("what the prover excludes is never seen", "[property]") {
  const std::uint64_t rounds = generate::from_environment("ASSENT_PROPERTY_ROUNDS", default_rounds);
  const std::uint64_t seed = generate::from_environment("ASSENT_PROPERTY_SEED", 1);
  Totals totals;
  for (std::uint64_t round = 0; round < rounds; ++round) one_round(seed + round, totals);
  std::cout << totals.conditions << " conditions, " << totals.always << " of them the same of every quote; "
            << totals.excluded << " pairs excluded, " << totals.seen << " seen together\n";
  if (rounds < default_rounds) return;
  CHECK(totals.always > 50);
  CHECK(totals.excluded > 500);
  CHECK(totals.seen > 1000);
}

}  // namespace assent
