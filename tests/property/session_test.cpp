// A session's decision is that of a fresh evaluator for the quote as it stands, whatever was changed before; and its
// difference is what a plain comparison of the two decisions says.
//
//   ASSENT_PROPERTY_ROUNDS, ASSENT_PROPERTY_SEED   as in agreement_test.cpp
#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/session.h"
#include "runtime/ingest/shapes.h"
#include "runtime/plan/plan.h"
#include "tests/naive/naive_json.h"
#include "tests/property/generate.h"

namespace assent {

namespace {

using naive::Json;

constexpr std::uint64_t default_rounds = 150;
constexpr int changes_of_a_quote = 40;

struct Totals { std::size_t set = 0, inserted = 0, removed = 0, refused = 0, differ = 0, blocked = 0; };

std::string written(const Json& json) {
  std::string out;
  const auto text = [](const std::string& raw) {
    std::string quoted = "\"";
    for (const char c : raw) quoted += c == '"' || c == '\\' ? std::string("\\") + c : std::string(1, c);
    return quoted + '"';
  };
  switch (json.kind) {
    case Json::Kind::null: return "null";
    case Json::Kind::truth: return json.truth ? "true" : "false";
    case Json::Kind::number: return json.text;
    case Json::Kind::text: return text(json.text);
    case Json::Kind::list:
      for (const Json& item : json.items) out += (out.empty() ? "" : ",") + written(item);
      return "[" + out + "]";
    case Json::Kind::object:
      for (const auto& [key, value] : json.members) out += (out.empty() ? "" : ",") + text(key) + ":" + written(value);
      return "{" + out + "}";
  }
  return out;
}

// Where a row or a cell is: the lists on the way to it, each with an index.
struct Spot {
  std::vector<std::pair<std::uint32_t, std::size_t>> rows;  // table, index among the rows of its owner
  std::string field;

  std::string path(const plan::Plan& plan) const {
    std::string out;
    std::size_t said = 0;
    for (const auto& [table, index] : rows) {
      const std::string_view whole = plan.string(plan.tables[table].path);
      out += std::string(whole.substr(said)) + "[" + std::to_string(index) + "]";
      said = whole.size();
    }
    return field.empty() ? out : out + (out.empty() ? "" : ".") + field;
  }
};

class Quote {
 public:
  Quote(const plan::Plan& plan, const std::string& text) : plan_(plan), json_(naive::parse_json(text)) {}

  std::string text() const { return written(json_); }

  // The list of a table, in the row that stands last in `rows`; null where the quote has none, or has it elsewhere.
  Json* list(const Spot& spot, std::uint32_t table) {
    Json* at = &json_;
    std::uint32_t shape = plan_.header.root_shape;
    for (const auto& [each, index] : spot.rows) {
      at = found(at, shape, each);
      if (at == nullptr || index >= at->items.size()) return nullptr;
      at = &at->items[index];
    }
    return found(at, shape, table);
  }

 private:
  Json* found(Json* at, std::uint32_t& shape, std::uint32_t table) {
    if (shape >= plan_.shapes.size()) return nullptr;
    std::string pointer = ingest::path_to(plan_, shape, plan::KeyAction::list, table);
    for (std::size_t next = 0; at != nullptr && !pointer.empty(); pointer.erase(0, next)) {
      next = std::min(pointer.find('/', 1), pointer.size());
      at = const_cast<Json*>(at->find(pointer.substr(1, next - 1)));
    }
    if (at == nullptr || at->kind != Json::Kind::list) return nullptr;
    shape = plan::none;
    for (const plan::Key& key : plan_.keys) {
      if (key.action == plan::KeyAction::list && key.target == table) shape = key.shape;
    }
    return at;
  }

  const plan::Plan& plan_;
  Json json_;
};

// What a decision says of each step and rule, to be compared.
using Said = std::map<std::string, std::string>;

Said steps_of(const Decision& decision) {
  Said all;
  for (const Step& step : decision.steps) {
    std::string& said = all[std::string(step.key)];
    said = std::to_string(step.quorum.needed) + "/" + std::to_string(step.quorum.total);
    for (const Seat& seat : step.seats)
      said += " " + std::string(seat.person) + std::to_string(seat.votes) + (seat.veto ? "!" : "");
    for (const std::uint32_t rule : step.because) said += " because " + std::string(decision.rules[rule].name);
    for (const std::uint32_t other : step.after) said += " after " + std::string(decision.steps[other].key);
    for (const std::uint32_t line : step.lines) said += " line " + std::to_string(line);
  }
  return all;
}

Said rules_of(const Decision& decision) {
  Said all;
  for (const RuleResult& rule : decision.rules) {
    std::string& said = all[std::string(rule.name)];
    said = std::string(text(rule.status)) + " " + std::string(rule.band);
    for (const std::uint32_t line : rule.lines) said += " line " + std::to_string(line);
  }
  return all;
}

void check_difference(const Said& before, const Said& after, std::span<const std::string_view> added,
                      std::span<const std::string_view> removed, std::span<const std::string_view> changed) {
  std::multiset<std::string> came, went, other;
  for (const auto& [name, said] : after) {
    if (before.count(name) == 0) came.insert(name);
    else if (before.at(name) != said) other.insert(name);
  }
  for (const auto& [name, said] : before) {
    if (after.count(name) == 0) went.insert(name);
  }
  const auto names = [](std::span<const std::string_view> all) {
    return std::multiset<std::string>(all.begin(), all.end());
  };
  CHECK(names(added) == came);
  CHECK(names(removed) == went);
  CHECK(names(changed) == other);
}

class Round {
 public:
  Round(std::uint64_t seed, Totals& totals) : seed_(seed), random_{seed}, totals_(totals) { random_.next(); }

  void run() {
    policy_ = generate::policy(random_);
    const CompileResult compiled = compile({"random.assent", policy_.source});
    if (!compiled.artifact) return;  // steps in a circle
    const Policy loaded = *Policy::load(*compiled.artifact);
    plan_ = &loaded.plan();
    World world;
    world.today = generate::today(random_, policy_);
    world.directory = *Directory::from_json(generate::directory(random_, world.today));
    world.rates = *Rates::from_json(generate::rates(random_));
    Quote quote(*plan_, generate::quote(random_, policy_));
    Result<Session> session = Session::open(loaded, quote.text(), world);
    REQUIRE(session);
    Evaluator fresh(loaded);
    compare(*session, fresh, quote, world);
    for (int i = 0; i < changes_of_a_quote; ++i) {
      const Said steps = steps_of(session->decision()), rules = rules_of(session->decision());
      const Outcome outcome = session->decision().outcome;
      const std::optional<Result<const Difference*>> changed = change(*session, quote, fresh, world);
      compare(*session, fresh, quote, world);
      totals_.blocked += session->decision().outcome == Outcome::blocked;
      if (!changed || !changed->ok()) continue;
      const Difference& difference = ***changed;
      CHECK(difference.before == outcome);
      CHECK(difference.after == session->decision().outcome);
      totals_.differ += !difference.nothing();
      check_difference(steps, steps_of(session->decision()), difference.steps_added, difference.steps_removed,
                       difference.steps_changed);
      check_difference(rules, rules_of(session->decision()), difference.rules_added, difference.rules_removed,
                       difference.rules_changed);
    }
  }

 private:
  struct Made { Spot spot; std::string path, json; };

  std::string shown(const std::string& what) const {
    return "seed " + std::to_string(seed_) + ": " + what + "\n" + log_ + "--- policy\n" + policy_.source;
  }

  std::vector<Edit> edits() {
    std::vector<Edit> all;
    for (Made& each : made_) {
      each.path = each.spot.path(*plan_);
      all.push_back({each.path, each.json});
    }
    return all;
  }

  void compare(Session& session, Evaluator& fresh, const Quote& quote, const World& world) {
    const std::string text = quote.text();
    const Result<const Decision*> wanted = fresh.decide(text, world, edits());
    if (!wanted) FAIL(shown("a fresh evaluator refuses it: " + wanted.problems()[0].message) << "--- quote\n" << text);
    const std::string now = to_json(session.decision()), then = to_json(**wanted);
    if (now != then) FAIL(shown("not as a fresh evaluator") << "--- quote\n" << text << now << "--- fresh\n" << then);
  }

  std::string value(const plan::Column& column) {
    if (random_.chance(12)) return "null";
    if (random_.chance(3)) return "{\"no\": [\"scalar\"]}";
    switch (column.type) {
      case plan::Type::boolean: return random_.chance(50) ? "true" : "false";
      case plan::Type::text:
        if (random_.chance(30) || policy_.constants.texts.empty()) return "\"other\"";
        return "\"" + random_.pick(policy_.constants.texts) + "\"";
      case plan::Type::currency: return "\"" + generate::currency_code(random_) + "\"";
      case plan::Type::person: return "\"" + generate::person_id(random_) + "\"";
      case plan::Type::date: return "\"2026-0" + std::to_string(random_.between(1, 9)) + "-15\"";
      case plan::Type::instant: return "\"2026-0" + std::to_string(random_.between(1, 9)) + "-15T10:00:00Z\"";
      case plan::Type::choice: {
        const std::uint32_t choice = plan_->choices[column.choices + random_.below(column.choice_count)];
        return "\"" + std::string(plan_->string(choice)) + "\"";
      }
      case plan::Type::decimal:
      case plan::Type::percent:
      case plan::Type::money:
        if (random_.chance(5)) return "9.9e33";  // two of them overflow
        if (random_.chance(50) && !policy_.constants.hundredths.empty())
          return generate::decimal_text(random_.pick(policy_.constants.hundredths) + random_.between(-1, 1));
        return generate::decimal_text(random_.between(-300, 30'000));
      default: return std::to_string(random_.between(0, 12));
    }
  }

  // A row of the table, in the quote: down from the top.
  std::optional<Spot> spot_of(std::uint32_t table, Quote& quote) {
    if (table == 0) return Spot{};
    std::optional<Spot> spot = spot_of(plan_->tables[table].parent, quote);
    if (!spot) return std::nullopt;
    const Json* list = quote.list(*spot, table);
    if (list == nullptr || list->items.empty()) return std::nullopt;
    spot->rows.emplace_back(table, random_.below(list->items.size()));
    return spot;
  }

  std::optional<Result<const Difference*>> set(Session& session, Quote& quote, Evaluator& fresh, const World& world) {
    if (plan_->columns.empty()) return std::nullopt;
    const plan::Column& column = plan_->columns[random_.below(plan_->columns.size())];
    std::optional<Spot> spot = spot_of(column.table, quote);
    if (!spot) return std::nullopt;
    spot->field = plan_->string(column.path);
    made_.push_back({*spot, spot->path(*plan_), value(column)});
    log_ += "set " + made_.back().path + " " + made_.back().json + "\n";
    Result<const Difference*> changed = session.set(made_.back().path, made_.back().json);
    if (fresh.decide(quote.text(), world, edits()).ok() != changed.ok())
      FAIL(shown("one of the two refuses it") << "--- quote\n" << quote.text());
    ++(changed ? totals_.set : totals_.refused);
    if (!changed) made_.pop_back();
    return changed;
  }

  // Edits of rows behind the one that came or went, of the same owner, move with their rows.
  void shift(const Spot& row, bool came) {
    const std::size_t depth = row.rows.size() - 1;
    std::erase_if(made_, [&](Made& each) {
      auto& rows = each.spot.rows;
      if (rows.size() <= depth || !std::equal(row.rows.begin(), row.rows.end() - 1, rows.begin())) return false;
      if (rows[depth].first != row.rows[depth].first || rows[depth].second < row.rows[depth].second) return false;
      if (!came && rows[depth].second == row.rows[depth].second) return true;
      came ? ++rows[depth].second : --rows[depth].second;
      return false;
    });
  }

  std::optional<Result<const Difference*>> change_row(Session& session, Quote& quote, Evaluator& fresh,
                                                      const World& world) {
    if (plan_->tables.size() < 2) return std::nullopt;
    const auto table = static_cast<std::uint32_t>(1 + random_.below(plan_->tables.size() - 1));
    std::optional<Spot> spot = spot_of(plan_->tables[table].parent, quote);
    Json* const list = spot ? quote.list(*spot, table) : nullptr;
    if (list == nullptr || list->items.empty()) return std::nullopt;
    const bool came = list->items.size() < 2 || random_.chance(60);
    const std::size_t place = random_.below(list->items.size() + (came ? 1 : 0));
    spot->rows.emplace_back(table, place);
    const std::string path = spot->path(*plan_);
    if (!came) {
      log_ += "remove " + path + "\n";
      Result<const Difference*> changed = session.remove(path);
      REQUIRE(changed);
      list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(place));
      shift(*spot, false);
      ++totals_.removed;
      return changed;
    }
    Json row = list->items[random_.below(list->items.size())];
    if (random_.chance(5)) row = naive::parse_json(random_.chance(50) ? "{}" : "[17]");
    log_ += "insert " + path + " " + written(row) + "\n";
    Result<const Difference*> changed = session.insert(path, written(row));
    const std::vector<Made> before = made_;
    list->items.insert(list->items.begin() + static_cast<std::ptrdiff_t>(place), row);
    shift(*spot, true);
    if (fresh.decide(quote.text(), world, edits()).ok() != changed.ok())
      FAIL(shown("one of the two refuses it") << "--- quote\n" << quote.text());
    ++(changed ? totals_.inserted : totals_.refused);
    if (!changed) {
      list->items.erase(list->items.begin() + static_cast<std::ptrdiff_t>(place));
      made_ = before;
    }
    return changed;
  }

  std::optional<Result<const Difference*>> change(Session& session, Quote& quote, Evaluator& fresh,
                                                  const World& world) {
    return random_.chance(60) ? set(session, quote, fresh, world) : change_row(session, quote, fresh, world);
  }

  std::uint64_t seed_;
  generate::Random random_;
  Totals& totals_;
  generate::Policy policy_;
  const plan::Plan* plan_ = nullptr;
  std::vector<Made> made_;
  std::string log_;
};

}  // namespace

TEST_CASE("a session decides as a fresh evaluator does", "[property]") {
  const std::uint64_t rounds = generate::from_environment("ASSENT_PROPERTY_ROUNDS", default_rounds);
  const std::uint64_t seed = generate::from_environment("ASSENT_PROPERTY_SEED", 1);
  Totals totals;
  for (std::uint64_t round = 0; round < rounds; ++round) Round(seed + round, totals).run();
  std::cout << totals.set << " fields set, " << totals.inserted << " rows inserted, " << totals.removed << " removed, "
            << totals.refused << " changes refused; " << totals.differ << " made a difference, " << totals.blocked
            << " decisions blocked\n";
  if (rounds < default_rounds) return;
  CHECK(totals.set > 1000);
  CHECK(totals.inserted > 200);
  CHECK(totals.removed > 100);
  CHECK(totals.refused > 50);
  CHECK(totals.differ > 300);
}

}  // namespace assent
