// Artifacts: what is written is read back, what is damaged or hostile is refused or harmless.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <random>

#include "assent/compile.h"
#include "assent/orders.h"
#include "assent/outline.h"
#include "assent/policy.h"
#include "runtime/plan/artifact.h"
#include "runtime/value/sha256.h"

namespace {

// A bit of everything that a plan can hold.
constexpr const char* source = R"(policy everything "All tables"
record Account { region: Text? tier: one of "gold", "silver" }
record Line { family: Text else "" quantity: Integer discount: Percent else 0%
  net: Money tags: list of Text else empty }
record Quote money in currency from "record" or "." {
  currency: Currency else "USD"
  net: Money
  owner: Person
  created: Date?
  account: Account?
  lines: list of Line from "lines" or "items"
}
input quote: Quote
calendar c = monday to friday except 2026-01-01
approver boss = quote.owner.manager else person "a"
approver climber = first manager above quote.owner whose "discount" authority covers deepest
group all_of = all of people "a", "b", veto role "r"
group some = 5 points of person "a" worth 3, role "r" worth 1
chain legal = some then person "b"
function big(line: Line, limit: Integer): Bool = line.quantity > limit
fact deepest = max(line.discount for line in quote.lines) else 0%
fact share = count(line in quote.lines where big(line, 3) and line.family starts with "H") / (count(quote.lines) + 1)
rule one "first" { when deepest > 10% and quote.account is present and quote.account.tier is "gold"
  requires boss then (all_of and climber when share > 0.5) then legal
  reapprove when deepest > approved.deepest + 2% }
rule two { for each line in quote.lines where line.net > 5 USD
  when any tag in line.tags has tag is "x" or line.quantity > 5
  effective 2026-01-01 to 2026-12-31 on quote.created else today  states except approved  requires legal  warns "w" }
ladder size by quote.net { up to 10 USD : no approval  below 20 USD : boss  above : denies "too much" }
step boss { remind after 1 business day in c then every 2 days
  escalate to all_of after 3 days replacing  explicit reject collects }
path { size before two  same approver each time }
orders delivery { named line.family  amount line.net
  phase big = lines where line.quantity > 5  phase rest = other lines
  split by line.discount, quote.created  release bundles
  every order is due on quote.created else 2026-12-31  every order keeps to business days in c
  big takes 2 business days when line.quantity > 6  big takes 3 days otherwise  big is wanted on 2026-05-01
  rest starts 2 business days in c after big of the same line.discount is accepted }
otherwise requires boss
)";

constexpr const char* quote = R"({"record": {"net": 15, "owner": "o", "account": {"tier": "gold"}},
 "items": [{"family": "Hx", "quantity": 7, "discount": 30, "net": 6, "tags": ["x", "y"]}, {"quantity": 1, "net": 1}]})";
constexpr const char* people =
    R"({"people": [{"id": "o", "manager": "a"}, {"id": "a", "manager": "b", "authority": {"discount": "20%"}},
 {"id": "b", "roles": ["r"], "authority": {"discount": "50%"}}, {"id": "c", "roles": ["r"]}]})";

std::string compiled() {
  const assent::CompileResult result = assent::compile({"everything.assent", source});
  for (const assent::Diagnostic& each : result.diagnostics) UNSCOPED_INFO(assent::render(each, result.sources));
  REQUIRE(result.artifact);
  return *result.artifact;
}

assent::World world() {
  assent::World made;
  made.today = *assent::date_from_text("2026-03-02");
  made.directory = *assent::Directory::from_json(people);
  return made;
}

// What loading the policy says, "loaded" where nothing is wrong, after its plan was changed.
template <typename Change>
std::string altered(Change change) {
  assent::plan::Plan plan = *assent::plan::read_artifact(compiled());
  change(plan);
  const auto loaded = assent::Policy::load(assent::plan::write_artifact(plan));
  return loaded ? std::string("loaded") : loaded.problems().at(0).message;
}

// Gives an altered artifact the hash that it would have.
void sign(std::string& bytes) {
  const auto digest = assent::chunked_sha256(std::string_view(bytes).substr(48));
  std::memcpy(bytes.data() + 16, digest.data(), digest.size());
}

}  // namespace

TEST_CASE("the same source gives the same bytes, wherever it lies") {
  const std::string first = compiled();
  CHECK(first == compiled());
  CHECK(first == *assent::compile({"/somewhere/else/everything.assent", source}).artifact);
}

TEST_CASE("an artifact decides, and says what it is") {
  const std::string artifact = compiled();
  const auto policy = assent::Policy::load(artifact);
  REQUIRE(policy.ok());
  CHECK(policy->name() == "everything");
  CHECK(policy->title() == "All tables");
  CHECK(policy->hash().size() == 64);
  assent::Evaluator evaluator(*policy);
  const auto decision = evaluator.decide(quote, world());
  if (!decision) FAIL(decision.problems()[0].where << ": " << decision.problems()[0].message);
  CHECK((*decision)->outcome == assent::Outcome::needs_approval);
  CHECK((*decision)->steps.size() == 4);
  CHECK(to_json(**decision, evaluator.explain()).size() > 1000);
}

TEST_CASE("a damaged artifact is refused wherever the damage is") {
  const std::string artifact = compiled();
  for (std::size_t i = 0; i < artifact.size(); ++i) {
    std::string damaged = artifact;
    damaged[i] = static_cast<char>(damaged[i] ^ 0x40);
    const auto policy = assent::Policy::load(damaged);
    CHECK_FALSE(policy.ok());
  }
  for (std::size_t length = 0; length < artifact.size(); length += 7) {
    CHECK_FALSE(assent::Policy::load(std::string_view(artifact).substr(0, length)).ok());
  }
  CHECK(assent::Policy::load("policy").problems()[0].code == assent::ErrorCode::bad_artifact);
  std::string newer = artifact;
  newer[8] = 99;
  CHECK(assent::Policy::load(newer).problems()[0].code == assent::ErrorCode::wrong_version);
}

TEST_CASE("a hostile artifact is refused, or decides without harm") {
  const std::string artifact = compiled();
  const assent::World outside = world();
  std::mt19937 random(7);
  std::size_t refused = 0;
  std::size_t decided = 0;
  std::size_t planned = 0;
  for (int round = 0; round < 6000; ++round) {
    std::string altered = artifact;
    const int changes = 1 + static_cast<int>(random() % 3);
    for (int k = 0; k < changes; ++k) {
      const std::size_t at = 48 + random() % (altered.size() - 48);
      switch (random() % 3) {
        case 0: altered[at] = static_cast<char>(random()); break;
        case 1: altered[at] = static_cast<char>(altered[at] + 1); break;
        default: {  // a whole word: indices just outside, or far outside
          const std::size_t word = at / 4 * 4;
          const std::uint32_t values[] = {0, 1, 0xffff'ffffu, 0x7fff'ffffu, static_cast<std::uint32_t>(random() % 64)};
          std::memcpy(altered.data() + word, &values[random() % 5], std::min<std::size_t>(4, altered.size() - word));
        }
      }
    }
    sign(altered);
    const auto policy = assent::Policy::load(altered);
    if (!policy) {
      ++refused;
      continue;
    }
    assent::Limits limits;
    limits.work = 100'000;
    assent::Evaluator evaluator(*policy, limits);
    const auto orders = plan_orders(evaluator, quote, outside);
    CHECK((orders ? !orders->policy_hash.empty() : !orders.problems().empty()));
    planned += orders ? 1 : 0;
    const auto decision = evaluator.decide(quote, outside);
    if (!decision) continue;
    ++decided;
    CHECK(to_json(**decision, evaluator.explain()).size() > 100);
  }
  INFO(refused << " refused, " << decided << " decided");
  CHECK(refused > 1000);
  CHECK(decided > 100);
  CHECK(planned > 100);
}

// A corpus of an older format would be turned away at the door, and fuzz nothing behind it.
TEST_CASE("the fuzzers' artifacts are of today's format") {
  const std::string corpus = ASSENT_SOURCE_DIR "/tests/fuzz/corpus/";
  const auto read = [](const std::string& path) {
    std::ifstream in(path, std::ios::binary);
    return std::string(std::istreambuf_iterator<char>(in), {});
  };
  for (const std::string name : {"everything", "quote"}) {
    const assent::CompileResult result =
        assent::compile({name + ".assent", read(corpus + "compile/" + name + ".assent")});
    REQUIRE(result.artifact);
    const std::string path = corpus + "artifact/" + name + ".bin";
    if (std::getenv("ASSENT_UPDATE_GOLDENS") != nullptr) std::ofstream(path, std::ios::binary) << *result.artifact;
    CHECK(read(path) == *result.artifact);
  }
}

// What no compiler would write: each table is in order, and only what it means without end is wrong.
TEST_CASE("an artifact that would never be done with is refused") {
  using namespace assent;
  const auto doubled_path = [](plan::Plan& plan, std::size_t times) {
    for (std::size_t i = 0; i < times; ++i) {
      const auto last = static_cast<std::uint32_t>(plan.path_count() - 1);
      const auto first = static_cast<std::uint32_t>(plan.path_children.size());
      plan.path_children.insert(plan.path_children.end(), {last, last});
      plan.path_nodes.push_back({plan::PathKind::parallel, {}, first, 2});
    }
  };
  // One who is no group and of whom nothing more is said.
  const auto single = [](plan::Plan& plan) {
    plan::Approver made = plan.approvers[0];
    made.conduct = static_cast<std::uint32_t>(plan.conducts.size());
    plan.conducts.push_back({});
    return made;
  };
  const auto approver = [&](plan::Plan& plan, std::uint32_t members) {
    plan::Approver made = single(plan);
    made.members = {static_cast<std::uint32_t>(plan.members.size()), members};
    const auto last = static_cast<std::uint32_t>(plan.approvers.size() - 1);
    for (std::uint32_t i = 0; i < members; ++i) {
      plan.members.push_back({plan::MemberKind::approver, 1, last});
    }
    plan.approvers.push_back(made);
  };
  CHECK(altered([](plan::Plan&) {}) == "loaded");
  CHECK(altered([&](plan::Plan& plan) { doubled_path(plan, 10); }) == "loaded");
  CHECK_THAT(altered([&](plan::Plan& plan) { doubled_path(plan, 30); }), Catch::Contains("path"));
  CHECK_THAT(altered([&](plan::Plan& plan) {
               for (std::uint32_t i = 0; i < plan::max_path_depth; ++i) {
                 const auto last = static_cast<std::uint32_t>(plan.path_count() - 1);
                 plan.path_nodes.push_back({plan::PathKind::conditional, {}, 0, last});
               }
             }),
             Catch::Contains("path"));
  // The last approver of the plan is one that another may name.
  const auto start = [&](plan::Plan& plan) {
    plan::Approver made = single(plan);
    made.members = {static_cast<std::uint32_t>(plan.members.size()), 1};
    plan.members.push_back({plan::MemberKind::person, 1, 0});
    plan.approvers.push_back(made);
  };
  CHECK(altered([&](plan::Plan& plan) {
          start(plan);
          for (int i = 0; i < 10; ++i) approver(plan, 2);
        }) == "loaded");
  CHECK_THAT(altered([&](plan::Plan& plan) {
               start(plan);
               for (int i = 0; i < 30; ++i) approver(plan, 2);
             }),
             Catch::Contains("approver"));
  CHECK_THAT(altered([&](plan::Plan& plan) {
               start(plan);
               for (std::uint32_t i = 0; i < plan::max_approver_depth; ++i) approver(plan, 1);
             }),
             Catch::Contains("approver"));
  CHECK_THAT(altered([](plan::Plan& plan) { std::swap(plan.constants[0], plan.constants[1]); }),
             Catch::Contains("constant"));
}

TEST_CASE("a table of an artifact that names what another has not is refused") {
  using namespace assent;
  const auto says = [](const char* what) { return Catch::Contains(std::string(what) + " "); };
  CHECK_THAT(altered([](plan::Plan& plan) { plan.rules[0].scope = 99; }), says("rule"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.scopes[0].row = 9999; }), says("scope"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.approvers[0].conduct = 99; }), says("approver"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.conducts[0].settings = {0, 999}; }), says("conduct"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.climbs[0].covers = 9999; }), says("member"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.climbs.clear(); }), says("member"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.bands.clear(); }), says("rule"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.string_starts.back() += 1; }), says("string"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.string_starts.clear(); }), says("string"));
  CHECK_THAT(altered([](plan::Plan& plan) { std::swap(plan.string_starts[3], plan.string_starts[6]); }),
             says("string"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.files[0].lines_before = 1; }), says("file"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.files.clear(); }), Catch::Contains("not sound"));
  CHECK_THAT(altered([](plan::Plan& plan) { plan.path_nodes[0].kind = plan::PathKind::step; }), says("path"));
  CHECK_THAT(altered([](plan::Plan& plan) {
               for (plan::Constant& each : plan.constants) each.wide = 1;
             }),
             says("constant"));
}

TEST_CASE("what has more digits than a word is kept to the last one") {
  const std::string large = R"(policy large
record Quote { net: Decimal }
input quote: Quote
approver boss = person "b"
rule above { when quote.net > 1234567890123456789012345678901234 requires boss }
rule at { when quote.net = -9223372036854775809 requires boss }
otherwise approve
)";
  const assent::CompileResult result = assent::compile({"large.assent", large});
  REQUIRE(result.artifact);
  const auto policy = assent::Policy::load(*result.artifact);
  REQUIRE(policy.ok());
  assent::Evaluator evaluator(*policy);
  const auto fired = [&](const std::string& net) {
    const auto decision = evaluator.decide("{\"net\": " + net + "}", world());
    REQUIRE(decision.ok());
    std::string names;
    for (const assent::RuleResult& rule : (*decision)->rules) names += std::string(rule.name) + " ";
    return names;
  };
  CHECK(fired("1234567890123456789012345678901235") == "above ");
  CHECK(fired("1234567890123456789012345678901234") == "");
  CHECK(fired("-9223372036854775809") == "at ");
  CHECK(fired("-9223372036854775808") == "");
}

TEST_CASE("where a rule stands is said, in whichever file") {
  assent::CompileOptions options;
  options.import = [](std::string_view name) {
    return std::optional<assent::Source>({"modules/" + std::string(name) + ".assent",
                                          "module " + std::string(name) +
                                              "\n\napprover boss_of_" + std::string(name) + " =\n  person \"b\"\n"});
  };
  const std::string wide(2000, ' ');
  const assent::CompileResult result = assent::compile({"root.assent", R"(policy root
use east
use west
record Quote { net: Decimal }
input quote: Quote
rule one { when quote.net > 1 requires boss_of_west then boss_of_east }
)" + wide + R"(rule two { when quote.net > 1 requires boss_of_east }
otherwise approve
)"},
                                                       options);
  for (const assent::Diagnostic& each : result.diagnostics) UNSCOPED_INFO(assent::render(each, result.sources));
  REQUIRE(result.artifact);
  const auto policy = assent::Policy::load(*result.artifact);
  const assent::Outline outlined = outline(*policy);
  const auto place = [](const assent::Location& at) {
    return std::string(at.file) + ":" + std::to_string(at.line) + ":" + std::to_string(at.column);
  };
  std::vector<std::string> places;
  for (const auto& rule : outlined.rules) places.push_back(place(rule.location));
  for (const auto& approver : outlined.approvers) places.push_back(place(approver.location));
  CHECK(places == std::vector<std::string>{"root.assent:6:6", "root.assent:7:1023", "modules/east.assent:3:10",
                                           "modules/west.assent:3:10"});
}

// Each newline is a line, and a place is named in 22 bits.
TEST_CASE("a policy of more lines than places can name is refused") {
  const std::string source = "policy long" + std::string(std::size_t{1} << 22, '\n') + R"(record Quote { net: Decimal }
input quote: Quote
otherwise approve
)";
  const assent::CompileResult result = assent::compile({"long.assent", source});
  CHECK_FALSE(result.artifact);
  REQUIRE(result.diagnostics.size() == 1);
  CHECK(result.diagnostics[0].name == "too-complex");
  CHECK_THAT(result.diagnostics[0].message, Catch::Contains("more than 4194303 lines"));
}
