// Tests of directories and rates: what is read, what is refused and where, and that the JSON
// schemas name the keys that the readers know.
#include <catch2/catch.hpp>

#include <algorithm>
#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "assent/world.h"
#include "runtime/ingest/ingest.h"

using namespace assent;
using Catch::Matchers::Contains;

namespace {

constexpr std::string_view good_people = R"({"people": [
  {"id": "vp.sales", "name": "Vera", "manager": "ceo", "roles": ["desk", "board", "desk"],
   "authority": {"discount": "20%", "amount": "100000 USD", "quantity": 500, "floor": "-2.50 EUR"},
   "absent": [{"from": "2026-12-24", "to": "2027-01-01", "delegate": "ann"},
              {"from": "2027-05-01", "to": "2027-05-01"}]},
  {"id": "ceo", "manager": null, "roles": ["board"]},
  {"id": "ann", "manager": "vp.sales", "roles": ["desk"], "active": false},
  {"id": "b\u006fb", "manager": "ann", "roles": ["desk"], "active": true}
]})";
constexpr std::string_view good_rates =
    R"({"base": "USD", "date": "2026-11-23", "rates": {"EUR": "1.0823", "GBP": 1.25, "USD": 1.0}})";

std::string listed(const Problems& problems) {
  std::string all;
  for (const Problem& problem : problems) all += problem.where + ": " + problem.message + "\n";
  return all;
}

std::string people_problems(std::string_view json) {
  const Result<Directory> directory = Directory::from_json(json);
  if (directory) return "";
  for (const Problem& problem : directory.problems()) {
    CHECK((problem.code == ErrorCode::bad_directory || problem.code == ErrorCode::limit_exceeded));
  }
  return listed(directory.problems());
}

std::string rate_problems(std::string_view json) {
  const Result<Rates> rates = Rates::from_json(json);
  if (rates) return "";
  for (const Problem& problem : rates.problems()) CHECK(problem.code == ErrorCode::bad_rates);
  return listed(rates.problems());
}

// The problems of a directory of this one person, `ann` and `bob` aside.
std::string person_problems(const std::string& person) {
  return people_problems(R"({"people": [{"id": "ann"}, {"id": "bob"}, )" + person + "]}");
}

nlohmann::json schema(const std::string& name) {
  std::ifstream file(ASSENT_SOURCE_DIR "/runtime/schemas/" + name);
  REQUIRE(file);
  return nlohmann::json::parse(file);
}

// "… known here are `a`, `b`" for the properties of an object of the schema, in any order.
void check_known(std::string_view complaint, const nlohmann::json& object) {
  const std::size_t at = complaint.find("known here are ");
  REQUIRE(at != std::string_view::npos);
  std::string_view rest = complaint.substr(at);
  std::size_t count = 0;
  for (const auto& [name, meaning] : object["properties"].items()) {
    CHECK_THAT(std::string(rest), Contains("`" + name + "`"));
    ++count;
  }
  CHECK(std::count(rest.begin(), rest.end(), '`') == static_cast<std::ptrdiff_t>(2 * count));
}

}  // namespace

TEST_CASE("a directory becomes people, sorted by id") {
  const Result<Directory> directory = Directory::from_json(good_people);
  REQUIRE(directory);
  const Directory copy = *directory;
  const People& people = copy.people();
  REQUIRE(people.people.size() == 4);
  const Person& vera = people.people[3];
  CHECK(people.people[0].id == "ann");
  CHECK(people.people[1].id == "bob");
  CHECK(people.people[2].id == "ceo");
  CHECK(vera.id == "vp.sales");
  CHECK(vera.name == "Vera");
  CHECK(vera.manager == 2);
  CHECK(people.people[2].manager == nobody);
  CHECK(vera.roles == std::vector<std::string>{"board", "desk"});
  CHECK_FALSE(people.people[0].active);
  for (std::uint32_t i = 0; i < 4; ++i) CHECK(people.by_id.at(people.people[i].id) == i);
  CHECK(people.by_role.at("desk") == std::vector<std::uint32_t>{1, 3});
  CHECK(people.by_role.at("board") == std::vector<std::uint32_t>{2, 3});
  REQUIRE(vera.absences.size() == 2);
  CHECK(text(vera.absences[0].first) == "2026-12-24");
  CHECK(text(vera.absences[0].last) == "2027-01-01");
  CHECK(vera.absences[0].delegate == 0);
  CHECK(vera.absences[1].delegate == nobody);
  REQUIRE(vera.authority.size() == 4);
  CHECK(vera.authority[0].name == "amount");
  CHECK(vera.authority[0].limit.unit == currency("USD"));
  CHECK(vera.authority[0].limit.decimal() == decimal(100000));
  CHECK(vera.authority[1].name == "discount");
  CHECK(vera.authority[1].limit.kind == Value::Kind::number);
  CHECK(vera.authority[1].limit.decimal() == decimal(20));
  CHECK(vera.authority[2].limit.decimal() == Decimal{-25, -1});
  CHECK(vera.authority[3].limit.decimal() == decimal(500));
  CHECK(Directory().people().people.empty());
  CHECK(people_problems(R"({"people": []})").empty());
}

TEST_CASE("what one person may not be") {
  struct Case {
    const char* person;
    const char* problem;
  };
  const Case cases[] = {
      {R"({})", "/people/2: `id` is missing\n"},
      {R"(7)", "/people/2: a person: expected an object, found `7`\n"},
      {R"({"id": ""})", "/people/2/id: `id` is empty\n"},
      {R"({"id": 5})", "/people/2/id: `id`: expected a text, found `5`\n"},
      {R"({"id": "\ud800"})",
       "/people/2/id: `id` is no text: an escape in it is half of a surrogate pair\n"},
      {R"({"id": "x", "id": "y"})", "/people/2/id: the key `id` is given twice in one object\n"},
      {R"({"id": "x", "pager": {"a": 1}})",
       "/people/2/pager: unknown key `pager`: known here are `id`, `name`, `mail`, `manager`, `roles`, "
       "`active`, `authority`, `absent`\n"},
      {R"({"id": "ann"})", "/people/2/id: the id `ann` is given twice (also at `/people/0/id`)\n"},
      {R"({"id": "x", "name": null})", "/people/2/name: `name`: expected a text, found `null`\n"},
      {R"({"id": "x", "manager": "y"})",
       "/people/2/manager: the manager `y` is not in the directory\n"},
      {R"({"id": "x", "manager": ""})", "/people/2/manager: `manager` is empty\n"},
      {R"({"id": "x", "manager": ["ann"]})",
       "/people/2/manager: `manager`: expected a text, found a list\n"},
      {R"({"id": "x", "manager": "x"})", "/people/2/manager: a circle of managers: `x` → `x`\n"},
      {R"({"id": "x", "roles": "desk"})",
       "/people/2/roles: `roles`: expected a list, found the text `desk`\n"},
      {R"({"id": "x", "roles": ["", 1]})",
       "/people/2/roles/0: a role is empty\n/people/2/roles/1: a role: expected a text, found "
       "`1`\n"},
      {R"({"id": "x", "active": "yes"})",
       "/people/2/active: `active`: expected `true` or `false`, found the text `yes`\n"},
      {R"({"id": "x", "active": null})",
       "/people/2/active: `active`: expected `true` or `false`, found `null`\n"},
      {R"({"id": "x", "authority": []})",
       "/people/2/authority: `authority`: expected an object, found a list\n"},
      {R"({"id": "x", "authority": {"a": 1, "b": 2, "\u0061": 3}})",
       "/people/2/authority/a: the authority `a` is given twice in one object\n"},
      {R"({"id": "x", "authority": {"": 1}})",
       "/people/2/authority/: the name of an authority is empty or no text\n"},
      {R"({"id": "x", "absent": {}})",
       "/people/2/absent: `absent`: expected a list, found an object\n"},
      {R"({"id": "x", "absent": [{}]})",
       "/people/2/absent/0: `from` is missing\n/people/2/absent/0: `to` is missing\n"},
      {R"({"id": "x", "absent": [{"from": "2026-02-30", "to": "2026-03-01"}]})",
       "/people/2/absent/0/from: `from`: expected a date in quotes, as `2026-12-24`, found the "
       "text `2026-02-30`\n"},
      {R"({"id": "x", "absent": [{"from": "2026-03-02", "to": "2026-03-01"}]})",
       "/people/2/absent/0: the absence ends before it begins: from `2026-03-02` to "
       "`2026-03-01`\n"},
      {R"({"id": "x", "absent": [{"from": "2026-03-01", "to": "2026-03-01", "delegate": "y"}]})",
       "/people/2/absent/0/delegate: the delegate `y` is not in the directory\n"},
      {R"({"id": "x", "absent": [{"from": "2026-03-01", "to": "2026-03-01", "delegate": "x"}]})",
       "/people/2/absent/0/delegate: `x` is away, and their own delegate\n"},
      {R"({"id": "x", "absent": [{"from": "2026-03-01", "to": "2026-03-01", "until": 1}]})",
       "/people/2/absent/0/until: unknown key `until`: known here are `from`, `to`, `delegate`\n"},
  };
  for (const Case& c : cases) CHECK(person_problems(c.person) == c.problem);
  for (const char* limit :
       {"\"20 %\"",       "\"%\"",    "\"\"",      "\"100000USD\"", "\"100000  USD\"",
        "\"100000 usd\"", "\"USD\"",  "\"1_000\"", "\" 5\"",        "\"5 \"",
        "\"+5\"",         "\"1,5\"",  "\"05\"",    "\"NaN\"",       "\"5% USD\"",
        "\"5 USD%\"",     "\"20%%\"", "1e9999",    "true",          "null",
        "[20]",           "{}"}) {
    INFO(limit);
    CHECK_THAT(person_problems(R"({"id": "x", "authority": {"a/b": )" + std::string(limit) + "}}"),
               Contains("/people/2/authority/a~1b: the authority `a/b`: expected a limit as"));
  }
}

TEST_CASE("all problems of a directory at once") {
  CHECK(people_problems(
            R"({"people": [{"id": "a", "manager": "z"}, {"id": "b", "x": 1}, {}], "v": 2})") ==
        "/people/0/manager: the manager `z` is not in the directory\n"
        "/people/1/x: unknown key `x`: known here are `id`, `name`, `mail`, `manager`, `roles`, `active`, "
        "`authority`, `absent`\n"
        "/people/2: `id` is missing\n/v: unknown key `v`: known here are `people`\n");
  CHECK(people_problems("{}") == ": `people` is missing\n");
  CHECK(people_problems("[]") == ": the directory: expected an object, found a list\n");
  CHECK(people_problems(R"({"people": {}})") ==
        "/people: `people`: expected a list, found an object\n");
}

TEST_CASE("each circle of managers is named once, from the first of its members") {
  CHECK(people_problems(R"({"people": [
          {"id": "tail", "manager": "c"}, {"id": "c", "manager": "a"}, {"id": "b", "manager": "c"},
          {"id": "a", "manager": "b"}, {"id": "y", "manager": "x"}, {"id": "x", "manager": "y"},
          {"id": "top"}, {"id": "under", "manager": "top"}]})") ==
        "/people/1/manager: a circle of managers: `c` → `a` → `b` → `c`\n"
        "/people/4/manager: a circle of managers: `y` → `x` → `y`\n");
  std::string ring = R"({"people": [)";
  for (int i = 0; i < 200; ++i) {
    ring += R"({"id": "p)" + std::to_string(i) + R"(", "manager": "p)" +
            std::to_string((i + 1) % 200) + (i < 199 ? R"("},)" : R"("}]})");
  }
  CHECK_THAT(people_problems(ring), Contains("`p49` → 150 more → `p0`\n"));
}

TEST_CASE("texts that are no directory") {
  for (std::size_t length = 0; length < good_people.size(); ++length) {
    CHECK_THAT(people_problems(std::string(good_people.substr(0, length))), Contains(": not JSON"));
  }
  CHECK_THAT(people_problems(std::string(good_people) + "x"), Contains("not JSON"));
  CHECK_THAT(person_problems(R"({"id": "x", "active": truth})"), Contains("not JSON"));
  CHECK_THAT(person_problems(R"({"id": "x", "authority": {"a": 01}})"), Contains("not JSON"));
  std::string deep = R"({"people": )";
  for (int i = 0; i < 100'000; ++i) deep += '[';
  CHECK_FALSE(people_problems(deep).empty());
  CHECK_THAT(people_problems(std::string((64u << 20) + 1, ' ')), Contains("more than the limit"));
  std::string crowd = R"({"people": [)";
  for (int i = 0; i < 1'000'001; ++i) crowd += "{\"id\":\"" + std::to_string(i) + "\"},";
  CHECK_THAT(people_problems(crowd), Contains("/people/1000000: more than 1000000 people"));
}

TEST_CASE("rates become worths") {
  const Result<Rates> rates = Rates::from_json(good_rates);
  REQUIRE(rates);
  const auto& worth = rates->worths().worth;
  CHECK(worth.size() == 3);
  CHECK(text(worth.at(currency("EUR"))) == "1.0823");
  CHECK(worth.at(currency("GBP")) == Decimal{125, -2});
  CHECK(worth.at(currency("USD")) == decimal(1));
  const Result<Rates> bare = Rates::from_json(R"({"rates": {}, "base": "CHF"})");
  REQUIRE(bare);
  CHECK(bare->worths().worth.at(currency("CHF")) == decimal(1));
  CHECK(Rates().worths().worth.empty());
}

TEST_CASE("what rates may not be") {
  CHECK(rate_problems("{}") == ": `base` is missing\n: `rates` is missing\n");
  CHECK(rate_problems("[]") == ": the rate table: expected an object, found a list\n");
  CHECK_THAT(rate_problems(R"({"base": "usd", "rates": {}})"),
             Contains("/base: `base`: expected a currency"));
  CHECK_THAT(rate_problems(R"({"base": "USD", "rates": {}, "date": "2026-11-31"})"),
             Contains("/date: "));
  CHECK(rate_problems(R"({"base": "USD", "rates": {"USD": 1.01}})") ==
        "/rates/USD: the base `USD` must be worth 1, found `1.01`\n");
  CHECK(rate_problems(R"({"base": "USD", "rates": {"EUR": 1, "E\u0055R": "1"}})") ==
        "/rates/EUR: the rate of `EUR` is given twice\n");
  CHECK(rate_problems(R"({"base": "USD", "rates": {"eur": 1}})") ==
        "/rates/eur: `eur` is no currency: expected three capital letters\n");
  for (const char* rate :
       {"0", "-1", "\"0.0\"", "\"\"", "\"1,5\"", "\"1 \"", "null", "true", "[1]", "1e9999"}) {
    CHECK_THAT(rate_problems(R"({"base": "USD", "rates": {"EUR": )" + std::string(rate) + "}}"),
               Contains("/rates/EUR: the rate of `EUR`: expected a number above 0"));
  }
  for (const char* rate : {"NaN", "01", "-", "+1", "1.", "", " ", "\\\"1\""}) {
    CHECK_THAT(rate_problems(R"({"base": "USD", "rates": {"EUR": )" + std::string(rate) + "}}"),
               Contains(": not JSON"));
  }
  for (std::size_t length = 0; length < good_rates.size(); ++length) {
    CHECK_THAT(rate_problems(std::string(good_rates.substr(0, length)) + " "),
               Contains("not JSON"));
  }
}

TEST_CASE("bytes changed at random in directories and rates do no harm") {
  std::mt19937 random(11);
  for (int round = 0; round < 20'000; ++round) {
    std::string json(round % 2 == 0 ? good_people : good_rates);
    for (int i = 0; i < 2; ++i)
      json[random() % json.size()] ^= static_cast<char>(1u << random() % 8);
    const std::vector<char> exact(json.begin(), json.end());
    const std::string_view view(exact.data(), exact.size());
    if (round % 2 == 0) people_problems(view);
    else rate_problems(view);
  }
}

TEST_CASE("the schemas name the keys that the readers know") {
  const nlohmann::json directory = schema("directory.schema.json");
  check_known(people_problems(R"({"people": [], "zzz": 1})"), directory);
  check_known(person_problems(R"({"id": "x", "zzz": 1})"), directory["$defs"]["person"]);
  check_known(person_problems(
                  R"({"id": "x", "absent": [{"from": "2026-01-01", "to": "2026-01-01", "z": 1}]})"),
              directory["$defs"]["absence"]);
  check_known(rate_problems(R"({"base": "USD", "rates": {}, "zzz": 1})"),
              schema("rates.schema.json"));
}

TEST_CASE("words and dates of the public interface") {
  CHECK(text(ErrorCode::bad_artifact) == "bad-artifact");
  CHECK(text(ErrorCode::limit_exceeded) == "limit-exceeded");
  CHECK(text(State::draft) == "draft");
  CHECK(text(State::expired) == "expired");
  CHECK(*date_from_text("1970-01-02") == 1);
  const Result<std::int32_t> no_date = date_from_text("2026-2-1");
  REQUIRE_FALSE(no_date);
  CHECK(no_date.problems()[0].code == ErrorCode::bad_request);
}
