// The condition index agrees with looking at every rule: what it leaves out is false, what it calls certain is true,
// for every row too. And it leaves out, and is certain, often enough.
//
//   ASSENT_PROPERTY_ROUNDS, ASSENT_PROPERTY_SEED   as in agreement_test.cpp
#include <catch2/catch.hpp>

#include <functional>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/policy.h"
#include "runtime/eval/index.h"
#include "runtime/ingest/ingest.h"
#include "tests/property/generate.h"

namespace assent {

namespace {

constexpr std::uint64_t default_rounds = 400;
constexpr int quotes_of_a_policy = 8;

enum class Said { nothing, candidate, certain };
struct Totals { std::size_t left_out = 0, looked_at = 0, certain = 0, true_ones = 0; };

class Comparison {
 public:
  Comparison(const plan::Plan& plan, const plan::NodeFacts& facts, std::string shown)
      : plan_(plan), index_(plan, facts), search_(plan),
        reader_(plan, limits_.quote_bytes, limits_.rows, limits_.memory),
        indexed_(plan, facts, limits_.work), scanned_(plan, facts, limits_.work), shown_(std::move(shown)) {}

  void compare(const std::string& quote, const World& world, Totals& totals) {
    Problems problems;
    REQUIRE(reader_.read(quote, rows_, problems));
    const eval::Surroundings around{&plan_, &world.directory.people(), &world.rates.worths(), world.today};
    indexed_.reset(rows_, around);
    scanned_.reset(rows_, around);
    index_.candidates(indexed_, search_);
    std::map<std::uint32_t, std::map<std::uint32_t, Said>> found;  // rule → row → what is said; all rows: none
    std::uint32_t last = 0;
    search_.empty_into([&](const eval::Candidate& candidate) {
      CHECK((found.empty() || last < candidate.rule));
      last = candidate.rule;
      auto& rows = found[candidate.rule];
      const bool of_rows = plan_.scope(plan_.rules[candidate.rule]).table != plan::none;
      if (!of_rows || candidate.every_row) rows[plan::none] = candidate.certain ? Said::certain : Said::candidate;
      for (const auto& hit : candidate.hits) rows[hit.row] = hit.certain != 0 ? Said::certain : Said::candidate;
    });
    for (std::uint32_t rule = 0; rule < plan_.rules.size(); ++rule) {
      const std::uint32_t table = plan_.scope(plan_.rules[rule]).table;
      const auto said = [&](std::uint32_t row) {
        const auto& rows = found[rule];
        const auto own = rows.find(rows.count(plan::none) != 0 ? plan::none : row);
        return own == rows.end() ? Said::nothing : own->second;
      };
      if (table == plan::none) {
        check(rule, said(plan::none), scanned_.eval(plan_.rules[rule].condition), quote, totals);
        continue;
      }
      const Rows::Table& all = rows_.tables[table];
      for (std::uint32_t row = all.first[0]; row < all.first[1]; ++row) {
        scanned_.stand_on(1, row);
        eval::Conjunction both;
        if (const std::uint32_t where = plan_.scope(plan_.rules[rule]).where; where != plan::none)
          both.take(scanned_.eval(where));
        both.take(scanned_.eval(plan_.rules[rule].condition));
        check(rule, said(row), both.answer(), quote, totals);
      }
    }
  }

 private:
  void check(std::uint32_t rule, Said said, const Value& holds, const std::string& quote, Totals& totals) {
    const bool is_false = holds.kind == Value::Kind::number && !holds.is_true();
    (said == Said::nothing ? totals.left_out : said == Said::candidate ? totals.looked_at : totals.certain) += 1;
    totals.true_ones += holds.is_true();
    const bool agrees = said == Said::nothing ? is_false : said == Said::candidate || holds.is_true();
    if (!agrees) {
      FAIL("rule " << plan_.string(plan_.rules[rule].name) << " is " << (holds.is_true() ? "true" : "not")
                   << ", and the index says " << (said == Said::nothing ? "that it is false" : "that it is certain")
                   << "\n" << shown_ << "--- quote\n" << quote);
    }
  }

  const Limits limits_{};
  const plan::Plan& plan_;
  const eval::RuleIndex index_;
  eval::RuleIndex::Search search_;
  ingest::QuoteReader reader_;
  Rows rows_;
  eval::Machine indexed_, scanned_;
  std::string shown_;
};

void one_round(std::uint64_t seed, Totals& totals) {
  generate::Random random{seed};
  random.next();
  const generate::Policy policy = generate::policy(random);
  const CompileResult compiled = compile({"random.assent", policy.source});
  if (!compiled.artifact) return;  // steps in a circle
  const Policy loaded = *Policy::load(*compiled.artifact);
  plan::NodeFacts facts;
  REQUIRE(plan::verify(loaded.plan(), facts).empty());
  Comparison comparison(loaded.plan(), facts, "seed " + std::to_string(seed) + "\n--- policy\n" + policy.source);
  for (int i = 0; i < quotes_of_a_policy; ++i) {
    World world;
    world.today = generate::today(random, policy);
    const std::string quote = generate::quote(random, policy);
    world.directory = *Directory::from_json(generate::directory(random, world.today));
    world.rates = *Rates::from_json(generate::rates(random));
    comparison.compare(quote, world, totals);
  }
}

std::uint32_t constant_node(const plan::Plan& plan, plan::Type type) {
  for (std::uint32_t id = 0; id < plan.nodes.size(); ++id) {
    if (plan.nodes[id].op == plan::Op::constant && plan.constants[plan.nodes[id].a].type == type) return id;
  }
  FAIL("the policy has no such constant");
  return plan::none;
}

}  // namespace

// No compiler writes such nodes; an artifact may hold them, as types are not what verify() looks at.
TEST_CASE("what makes no sense is left to the evaluation, which blocks", "[hostile]") {
  const CompileResult compiled = compile({"types.assent", R"(
policy types
record Quote money in currency { name: Text  currency: Currency  total: Money }
input quote: Quote
rule bound { when quote.total > 3 USD denies "" }
rule beginning { when quote.name starts with "EU" and quote.total < 900 USD denies "" }
rule choice { when quote.name is one of "EU-1", "EU-2" denies "" }
otherwise approve
)"});
  if (!compiled.artifact) FAIL(render(compiled.diagnostics.at(0), compiled.sources));
  const Policy loaded = *Policy::load(*compiled.artifact);
  const auto each_node = [](plan::Plan& plan, plan::Op op, auto change) {
    for (plan::Node& node : plan.nodes) {
      if (node.op == op) change(node);
    }
  };
  const std::pair<const char*, std::function<void(plan::Plan&)>> changes[] = {
      {"a condition that is a text",
       [](plan::Plan& plan) { plan.rules[0].condition = constant_node(plan, plan::Type::text); }},
      {"a beginning that is an amount",  // which has its currency where a text has the number of its string
       [&](plan::Plan& plan) {
         const std::uint32_t amount = constant_node(plan, plan::Type::money);
         each_node(plan, plan::Op::starts_with, [&](plan::Node& node) { node.b = amount; });
       }},
      {"a comparison that is none",
       [&](plan::Plan& plan) { each_node(plan, plan::Op::compare, [](plan::Node& node) { node.detail = 7; }); }},
      {"a choice of what is not equal",
       [&](plan::Plan& plan) { each_node(plan, plan::Op::one_of, [](plan::Node& node) { node.detail = 1; }); }},
  };
  for (const auto& [what, change] : changes) {
    plan::Plan plan = loaded.plan();
    change(plan);
    plan::NodeFacts facts;
    REQUIRE(plan::verify(plan, facts) == "");
    Comparison comparison(plan, facts, what);
    Totals totals;
    for (const char* name : {"EU-1", "US-1"})
      comparison.compare(R"({"name": ")" + std::string(name) + R"(", "total": 7, "currency": "USD"})", {}, totals);
    CHECK(totals.looked_at + totals.certain > 0);
  }
}

TEST_CASE("the condition index agrees with a scan of all rules", "[property]") {
  const std::uint64_t rounds = generate::from_environment("ASSENT_PROPERTY_ROUNDS", default_rounds);
  const std::uint64_t seed = generate::from_environment("ASSENT_PROPERTY_SEED", 1);
  Totals totals;
  for (std::uint64_t round = 0; round < rounds; ++round) one_round(seed + round, totals);
  std::cout << totals.left_out << " left out, " << totals.looked_at << " to be looked at, " << totals.certain
            << " certain; " << totals.true_ones << " hold\n";
  if (rounds < default_rounds) return;
  CHECK(totals.left_out > 1000);
  CHECK(totals.certain > 1000);
}

}  // namespace assent
