// Tests of sessions: what must be followed though it stands in other rows, and what is refused. That a session decides
// as a fresh evaluator does is also tried on generated policies: tests/property/session_test.cpp.
#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "assent/compile.h"
#include "assent/session.h"

using namespace assent;
using Catch::Matchers::Contains;

namespace {

constexpr const char* policy_text = R"(
policy lines
record Part { weight: Integer }
record Line {
  discount: Percent
  price: Money
  family: Text
  note: Text?
  parts: list of Part else empty
}
record Account { name: Text }
record Quote money in currency {
  currency: Currency
  account: Account?
  owner: Person
  region: Text
  lines: list of Line
}
input quote: Quote
fact total = sum(line.price for line in quote.lines)
fact mean = average(line.discount for line in quote.lines) else 0%
fact heavy = sum(count(part in line.parts where part.weight > 5) for line in quote.lines)
fact high = count(line in quote.lines where line.discount > mean)
approver desk = person "desk"
approver boss = person "boss"
rule worse_than_most {
  for each line in quote.lines
  when line.discount > mean + 10%
  requires desk
}
rule alone {
  for each line in quote.lines
  when every other in quote.lines has other.price <= line.price
  warns "the dearest"
}
rule large { when total > 1_000 EUR requires boss }
rule heavy_parts { when heavy > 1 requires desk then boss }
rule known { when quote.account is present warns "known" }
rule many_high { when high >= 2 warns "many are above the mean" }
rule families { when distinct(line.family for line in quote.lines) > 2 warns "many" }
rule top { when (max(line.price for line in quote.lines) else 0 EUR) > 500 EUR warns "one is dear" }
rule regional { for each line in quote.lines when quote.region is "EU" and line.discount > 50% denies "not in the EU" }
otherwise approve
)";

struct Line { std::string discount, price, family, parts = "[]"; };

std::string text(const Line& line) {
  return R"({"discount": )" + line.discount + R"(, "price": )" + line.price + R"(, "family": ")" + line.family +
         R"(", "parts": )" + line.parts + "}";
}

std::string quote(const std::vector<Line>& lines, const std::string& region = "US", const std::string& money = "EUR") {
  std::string all;
  for (const Line& line : lines) all += (all.empty() ? "" : ", ") + text(line);
  return R"({"currency": ")" + money + R"(", "owner": "ann", "region": ")" + region + R"(", "lines": [)" + all + "]}";
}

Policy policy() {
  const CompileResult compiled = compile({"lines.assent", policy_text});
  for (const Diagnostic& each : compiled.diagnostics) INFO(render(each, compiled.sources));
  REQUIRE(compiled.artifact);
  return *Policy::load(*compiled.artifact);
}

World world() {
  World made;
  made.today = *date_from_text("2026-03-02");
  made.directory = *Directory::from_json(
      R"({"people": [{"id": "ann"}, {"id": "desk"}, {"id": "boss"}]})");
  made.rates = *Rates::from_json(R"({"base": "EUR", "rates": {"USD": 2, "JPY": 100}})");
  return made;
}

// A session, and the quote as it should stand.
class Desk {
 public:
  explicit Desk(std::vector<Line> start) : lines(std::move(start)) { agree(); }

  void agree() {
    const Result<const Decision*> wanted = fresh_.decide(quote(lines, region, money), world());
    REQUIRE(wanted);
    CHECK(to_json(session.decision()) == to_json(**wanted));
  }
  void set(const std::string& path, const std::string& json) {
    CAPTURE(path, json);
    const Result<const Difference*> changed = session.set(path, json);
    REQUIRE(changed);
    agree();
  }

  std::vector<Line> lines;
  std::string region = "US", money = "EUR";
  Session session = *Session::open(policy(), quote(lines), world());

 private:
  Evaluator fresh_{policy()};
};

std::vector<Line> three() { return {{"5", "100", "a"}, {"10", "200", "b"}, {"30", "300", "a"}}; }

}  // namespace

TEST_CASE("a change of one line is seen by rules over all of them") {
  Desk desk(three());
  desk.lines[0].discount = "60";  // the mean moves, and with it what the third line is compared with
  desk.set("lines[0].discount", "60");
  desk.lines[1].price = "301";  // the dearest is another
  desk.set("lines[1].price", "301");
  desk.lines[2].price = "900";
  desk.set("lines[2].price", "900");
  desk.lines[2].price = "1";  // the greatest goes
  desk.set("lines[2].price", "1");
  desk.lines[2].family = "c";
  desk.set("lines[2].family", "\"c\"");
  desk.region = "EU";
  desk.set("region", "\"EU\"");
}

TEST_CASE("amounts follow their currency, and sums that cannot be taken apart are made anew") {
  Desk desk(three());
  desk.money = "JPY";
  desk.set("currency", "\"JPY\"");
  desk.money = "EUR";
  desk.set("currency", "\"EUR\"");
  desk.lines[0].price = "9e33";
  desk.set("lines[0].price", "9e33");
  desk.lines[1].price = "9e33";
  desk.set("lines[1].price", "9e33");
  desk.lines[2].price = "0.5";  // the sum has more digits than a number can
  desk.set("lines[2].price", "0.5");
  CHECK(desk.session.decision().outcome == Outcome::blocked);
  desk.lines[0].price = "0.0000000001";
  desk.set("lines[0].price", "0.0000000001");
  desk.lines[1].price = "2.50";
  desk.set("lines[1].price", "2.50");
  CHECK(desk.session.decision().outcome != Outcome::blocked);
  desk.lines[0].price = "-1e33";
  desk.set("lines[0].price", "-1e33");
  desk.lines[2].price = "1e33";
  desk.set("lines[2].price", "1e33");
}

TEST_CASE("lines come and go, and lists in them") {
  Desk desk(three());
  const Line more{"45", "700", "d", R"([{"weight": 9}, {"weight": 1}])"};
  for (const std::size_t place : {std::size_t{0}, std::size_t{2}, std::size_t{5}}) {
    desk.lines.insert(desk.lines.begin() + static_cast<std::ptrdiff_t>(place), more);
    REQUIRE(desk.session.insert("lines[" + std::to_string(place) + "]", text(more)));
    desk.agree();
  }
  desk.lines[2].parts = R"([{"weight": 9}, {"weight": 7}, {"weight": 1}])";
  REQUIRE(desk.session.insert("lines[2].parts[1]", R"({"weight": 7})"));
  desk.agree();
  desk.lines[5].parts = R"([{"weight": 1}])";
  REQUIRE(desk.session.remove("lines[5].parts[0]"));
  desk.agree();
  desk.lines[2].parts = R"([{"weight": 9}, {"weight": 2}, {"weight": 1}])";
  desk.set("lines[2].parts[1].weight", "2");
  while (!desk.lines.empty()) {
    const std::size_t place = desk.lines.size() / 2;
    desk.lines.erase(desk.lines.begin() + static_cast<std::ptrdiff_t>(place));
    REQUIRE(desk.session.remove("lines[" + std::to_string(place) + "]"));
    desk.agree();
  }
  desk.lines.push_back(more);
  REQUIRE(desk.session.insert("lines[0]", text(more)));
  desk.agree();
}

TEST_CASE("the difference names steps and rules") {
  Desk desk(three());
  const Result<const Difference*> changed = desk.session.set("lines[2].price", "800");
  REQUIRE(changed);
  const Difference& difference = **changed;
  CHECK(difference.after == Outcome::needs_approval);
  REQUIRE(difference.steps_added.size() == 1);
  CHECK(difference.steps_added[0] == "large/boss");
  CHECK(difference.steps_removed.empty());
  REQUIRE(difference.rules_added.size() == 2);
  CHECK(difference.rules_added[0] == "large");
  CHECK(difference.rules_added[1] == "top");
  CHECK_FALSE(difference.nothing());
  CHECK((*desk.session.set("lines[2].price", "800.0"))->nothing());
  CHECK(desk.session.fact("total") == "1100.00 EUR");
  CHECK(desk.session.explain().rules.size() == 9);
}

TEST_CASE("what is refused changes nothing") {
  Desk desk(three());
  const auto refused = [&](const Result<const Difference*>& result, const std::string& why) {
    REQUIRE_FALSE(result);
    CHECK_THAT(result.problems()[0].message, Contains(why));
    desk.set("region", "\"US\"");  // everything is decided once more
  };
  refused(desk.session.set("lines[3].price", "1"), "out of range");
  refused(desk.session.set("lines[1].price", "\"dear\""), "expected a number");
  refused(desk.session.set("lines[1].price", "null"), "is missing");
  refused(desk.session.set("currency", "null"), "is missing");
  refused(desk.session.set("currency", "\"euro\""), "three capital letters");
  refused(desk.session.set("nothing", "1"), "names no field");
  refused(desk.session.set("account", "null"), "names a record");
  refused(desk.session.insert("lines[4]", text(three()[0])), "out of range");
  refused(desk.session.insert("lines[0]", R"({"discount": 5})"), "is missing");
  refused(desk.session.insert("lines[0]", R"({"discount": 5)"), "not JSON");
  refused(desk.session.insert("lines[0]", R"({"discount": 5, "price": 1, "family": "x", "parts": [{}]})"),
          "is missing");
  refused(desk.session.insert("lines[0]", "17"), "is not an object");
  refused(desk.session.insert("lines", text(three()[0])), "names no row");
  refused(desk.session.insert("lines[0].price", "1"), "names no row");
  refused(desk.session.remove("lines[3]"), "out of range");
  refused(desk.session.remove("region"), "names no row");
  CHECK_FALSE(Session::open(policy(), "{}", world()));
}
