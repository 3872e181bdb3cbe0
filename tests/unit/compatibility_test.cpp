// What was made by earlier versions is still what it was: artifacts of each format that is read decide and order as
// they did, and the log of a case makes the same case, which goes on. Kept in tests/compatibility, a folder for each
// format; its README says how one is added.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "assent/advance.h"
#include "assent/compile.h"
#include "assent/orders.h"
#include "runtime/plan/artifact.h"
#include "tests/unit/manual.h"

using namespace assent;
namespace fs = std::filesystem;

namespace {

struct Kept {
  std::string example, quote;
  bool orders;
};
const std::vector<Kept> kept{{"discount-desk", "steep.json", true},
                             {"hospital-fit-out", "programme.json", true},
                             {"multi-currency", "gbp.json", false},
                             {"salesforce-quote", "model.json", false}};
constexpr std::string_view day = "2026-03-02";

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  INFO(file);
  REQUIRE(in);
  return {std::istreambuf_iterator<char>(in), {}};
}
void write(const fs::path& file, const std::string& text) { std::ofstream(file, std::ios::binary) << text; }

fs::path folder_of(std::uint32_t format) {
  return fs::path(ASSENT_SOURCE_DIR) / "tests/compatibility" / ("format-" + std::to_string(format));
}

World world_of(const fs::path& folder) {
  World world;
  world.today = *date_from_text(day);
  world.now = 1'772'442'000'000;  // 2026-03-02T09:00:00Z
  world.directory = *Directory::from_json(text_of(folder / "directory.json"));
  if (fs::exists(folder / "rates.json")) world.rates = *Rates::from_json(text_of(folder / "rates.json"));
  return world;
}

Policy policy_of(const fs::path& folder) {
  const auto policy = Policy::load(text_of(folder / "policy.assentc"));
  REQUIRE(policy);
  return *policy;
}

std::string decided(const fs::path& folder) {
  Evaluator evaluator(policy_of(folder));
  const auto decision = evaluator.decide(text_of(folder / "quote.json"), world_of(folder));
  REQUIRE(decision);
  std::string line;
  append_line(line, **decision);
  return line + "\n";
}

std::string ordered(const fs::path& folder) {
  Evaluator evaluator(policy_of(folder));
  const auto plan = plan_orders(evaluator, text_of(folder / "quote.json"), world_of(folder));
  REQUIRE(plan);
  return to_json(*plan);
}

void carry_out(Evaluator& evaluator, Case& kase, const Command& command, const World& world, std::string& log) {
  Advance done;
  advance(evaluator, kase, command, world, done);
  REQUIRE(!done.refusal);
  for (const Event& event : done.events) log += to_json(event) + "\n";
}

// A new format's folder, from the examples as they are.
void keep(std::uint32_t format) {
  for (const Kept& each : kept) {
    const fs::path from = fs::path(ASSENT_SOURCE_DIR) / "examples" / each.example;
    const fs::path to = folder_of(format) / each.example;
    fs::create_directories(to);
    const CompileResult compiled = compile({"policy.assent", text_of(from / "policy.assent")});
    REQUIRE(compiled.artifact);
    write(to / "policy.assentc", *compiled.artifact);
    write(to / "quote.json", text_of(from / "quotes" / each.quote));
    write(to / "directory.json", text_of(from / "directory.json"));
    if (fs::exists(from / "rates.json")) write(to / "rates.json", text_of(from / "rates.json"));
    write(to / "decision.json", decided(to));
    if (each.orders) write(to / "orders.json", ordered(to));
  }
  const fs::path desk = folder_of(format) / "discount-desk";
  const World world = world_of(desk);
  const std::string quote = text_of(desk / "quote.json");
  Evaluator evaluator(policy_of(desk));
  Case kase;
  kase.id = "Q-00031";
  std::string log;
  carry_out(evaluator, kase, {"c-1", "m.ortiz", {}, Submit{quote, {}, {"j.park"}}}, world, log);
  const CastVote yes{Vote::approve, {}, {}, "their first order", {}};
  carry_out(evaluator, kase, {"c-2", "k.lind", {}, yes}, world, log);
  const Ask why{"steep_discount/finance", "m.ortiz", "why so steep?"};
  carry_out(evaluator, kase, {"c-3", "f.ngo", {}, why}, world, log);
  write(desk / "events.ndjson", log);
  write(desk / "case.json", to_json(kase) + "\n");
}

}  // namespace

TEST_CASE("artifacts of each format that is read decide and order as they did") {
  static_assert(plan::oldest_format <= plan::format_version);
  if (std::getenv("ASSENT_UPDATE_GOLDENS") && !fs::exists(folder_of(plan::format_version))) keep(plan::format_version);
  for (std::uint32_t format = plan::oldest_format; format <= plan::format_version; ++format) {
    for (const Kept& each : kept) {
      const fs::path folder = folder_of(format) / each.example;
      INFO(folder);
      CHECK(decided(folder) == text_of(folder / "decision.json"));
      if (each.orders) CHECK(ordered(folder) == text_of(folder / "orders.json"));
    }
  }
}

TEST_CASE("logs of earlier versions make the same case, which goes on") {
  for (std::uint32_t format = plan::oldest_format; format <= plan::format_version; ++format) {
    const fs::path folder = folder_of(format) / "discount-desk";
    INFO(folder);
    Case kase;
    kase.id = "Q-00031";
    std::istringstream log(text_of(folder / "events.ndjson"));
    for (std::string line; std::getline(log, line);) {
      const auto event = event_from_json(line);
      REQUIRE(event);
      REQUIRE(apply(kase, *event).empty());
    }
    CHECK(to_json(kase) + "\n" == text_of(folder / "case.json"));
    Evaluator evaluator(policy_of(folder));
    Advance done;
    advance(evaluator, kase, {"c-9", "m.ortiz", {}, Recall{"a mistake"}}, world_of(folder), done);
    CHECK(!done.refusal);
    CHECK(kase.state == State::recalled);
  }
}
