// From quotes to orders: the split against one that is written down naively, and what is refused. Worked examples
// are those of the vendors' documentation of order splitting: one order for each value, one for all absent ones.
#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "assent/advance.h"
#include "assent/compile.h"
#include "assent/orders.h"
#include "tests/unit/manual.h"

namespace {

using namespace assent;

const std::string shop = R"(policy shop
record Quote money in currency { currency: Currency  lines: list of Line }
record Line { id: Text  family: Text?  site: Text?  required_by: Text?  quantity: Decimal  net_total: Money }
input quote: Quote
otherwise approve
)";

Policy policy_of(const std::string& orders) {
  const CompileResult compiled = compile({"shop.assent", shop + orders});
  for (const Diagnostic& each : compiled.diagnostics) UNSCOPED_INFO(each.message);
  REQUIRE(compiled.artifact);
  return *Policy::load(*compiled.artifact);
}

struct Line {
  std::string id, family = {}, site = {}, part_of = {};
  std::string quantity = "1", amount = "1";
};

std::string quote_of(const std::vector<Line>& lines, const std::string& currency = "EUR") {
  std::string json = R"({"currency": ")" + currency + R"(", "lines": [)";
  const auto text = [&](const char* key, const std::string& value) {
    if (!value.empty()) json += std::string(", \"") + key + "\": \"" + value + '"';
  };
  for (const Line& line : lines) {
    json += (&line == lines.data() ? "" : ",") + std::string(R"({"quantity": )") + line.quantity +
            R"(, "net_total": )" + line.amount;
    text("id", line.id);
    text("family", line.family);
    text("site", line.site);
    text("required_by", line.part_of);
    json += '}';
  }
  return json + "]}";
}

// "hardware/Berlin: 1 2; -/-: 3" of the orders, in their order.
std::string told(const OrderPlan& plan) {
  std::string text;
  for (const Order& order : plan.orders) {
    text += text.empty() ? "" : "; ";
    text += order.phase;
    for (const SplitValue& each : order.split)
      text += (text.empty() || text.ends_with(' ') ? "" : "/") + each.value.value_or("-");
    text += ":";
    for (const OrderItem& item : order.items) text += " " + item.line;
  }
  return text;
}

std::string planned(const std::string& orders, const std::vector<Line>& lines) {
  Evaluator evaluator(policy_of(orders));
  const auto plan = plan_orders(evaluator, quote_of(lines), {});
  if (plan) return told(*plan);
  std::string problems;
  for (const Problem& each : plan.problems())
    problems += (problems.empty() ? "" : " | ") + each.where + ": " + each.message;
  return problems;
}

}  // namespace

TEST_CASE("lines are put together by what they are split by", "[orders]") {
  const std::vector<Line> monitors = {
      {"red", "", "Red", "", "3"}, {"blue", "", "Blue", "", "2"}, {"yellow", "", "Yellow", "", "5"},
      {"standard", "", "", "", "3"}, {"premium", "", "", "", "2"}};
  CHECK(planned("orders o { split by line.site }", monitors) ==
        "Red: red; Blue: blue; Yellow: yellow; -: standard premium");
  CHECK(planned("orders o { }", monitors) == ": red blue yellow standard premium");
  const std::vector<Line> two = {{"1", "A", "X"}, {"2", "B", "X"}, {"3", "A", ""},
                                 {"4", "B", ""},  {"5", "A", "X"}, {"6", "", ""}};
  CHECK(planned("orders o { split by line.family, line.site }", two) == "A/X: 1 5; B/X: 2; A/-: 3; B/-: 4; -/-: 6");
  CHECK(planned("orders o { for each l in quote.lines where l.family is present  split by l.family }", two) ==
        "A: 1 3 5; B: 2 4");
}

TEST_CASE("phases come before the split", "[orders]") {
  const std::string phases = R"(orders o {
    phase hardware = lines where line.family else "" is "Hardware"
    phase rest = other lines
    split by line.site })";
  const std::vector<Line> lines = {
      {"1", "Hardware", "X"}, {"2", "Service", "X"}, {"3", "Hardware", "Y"}, {"4", "", "X"}};
  CHECK(planned(phases, lines) == "hardware/X: 1; rest/X: 2 4; hardware/Y: 3");
  CHECK(planned(R"(orders o { phase a = lines where line.family else "" is "Hardware" })", lines) ==
        "/lines/1: line `2` belongs to no phase: `phase … = other lines` takes what is left | "
        "/lines/3: line `4` belongs to no phase: `phase … = other lines` takes what is left");
  CHECK(planned(R"(orders o { phase a = lines where line.quantity > 0  phase b = lines where line.family is present
                              phase c = other lines })", {{"1", "", ""}, {"2", "Hardware", ""}}) ==
        "/lines/1: line `2` belongs to two phases, `a` and `b`");
}

TEST_CASE("a bundle goes where its root goes, or is released", "[orders]") {
  const std::vector<Line> lines = {
      {"part", "", "Y", "box"}, {"box", "", "X"}, {"bolt", "", "", "part"}, {"other", "", "Y"}};
  CHECK(planned("orders o { split by line.site }", lines) == "X: part box bolt; Y: other");
  CHECK(planned("orders o { split by line.site  keep bundles together }", lines) == "X: part box bolt; Y: other");
  CHECK(planned("orders o { split by line.site  release bundles }", lines) == "Y: part other; X: box; -: bolt");
  Evaluator evaluator(policy_of("orders o { split by line.site }"));
  const auto plan = plan_orders(evaluator, quote_of(lines), {});
  REQUIRE(plan);
  REQUIRE(plan->warnings.size() == 1);
  CHECK(plan->warnings[0].message == "`part` stays with its bundle `box`: line.site is `Y`, not `X`");
  CHECK(plan->orders[0].items[0].part_of == "box");
  CHECK(planned("orders o { }", {{"1", "", "", "2"}, {"2", "", "", "3"}, {"3", "", "", "2"}, {"4", "", "", "4"},
                                 {"5", "", "", "9"}, {"6", "", "", "", "0"}}) ==
        "/lines/5: the quantity of line `6` is 0: what is ordered is more than 0; leave such lines out with "
        "`for each … where …` | /lines/1: line `2` is a part of itself, by the bundles that it is a part of | "
        "/lines/3: line `4` is a part of itself, by the bundles that it is a part of | "
        "/lines/4: line `5` is a part of `9`, which is not ordered");
}

TEST_CASE("what cannot be ordered is refused, all of it at once", "[orders]") {
  CHECK(planned("orders o { }", {{"1"}, {"2"}, {"1"}}) ==
        "/lines/2: the id `1` is that of line 0 too: every line that is ordered needs its own");
  CHECK(planned("orders o { split by 1 / (line.quantity - 2) }",
                {{"1"}, {"2", "", "", "", "2"}, {"3", "", "", "", "2"}}) ==
        "/lines/1: 1 / (line.quantity + -2): division by zero | /lines/2: 1 / (line.quantity + -2): division by zero");
  Evaluator without(policy_of(""));
  const auto none = plan_orders(without, quote_of({{"1"}}), {});
  REQUIRE_FALSE(none);
  CHECK(none.problems()[0].code == ErrorCode::bad_request);
}

TEST_CASE("only what was approved is ordered", "[orders]") {
  const Policy policy = policy_of("orders o { }");
  Evaluator evaluator(policy);
  const std::string quote = quote_of({{"1"}});
  Case kase;
  kase.id = "Q-1";
  Advance done;
  const auto refused = [&](const Case& of, const std::string& content) -> std::string {
    const auto plan = plan_orders(evaluator, of, content, {});
    if (plan) return "";
    CHECK(plan.problems()[0].code == ErrorCode::not_approved);
    return plan.problems()[0].message;
  };
  CHECK(refused(kase, quote) == "the case is draft, not approved");
  World world;
  world.now = 1'767'225'600'000;
  advance(evaluator, kase, {"c-1", "rep", {}, Submit{quote, {}, {}}}, world, done);
  REQUIRE(kase.state == State::approved);
  CHECK(refused(kase, quote).empty());
  CHECK(refused(kase, "{ " + quote.substr(1)) == "this is not the quote that was approved");
  Case other = kase;
  other.policy_hash = "00";
  CHECK(refused(other, quote).find("was approved under policy 00, this one is ") != std::string::npos);
  advance(evaluator, kase, {"c-2", "rep", {}, Recall{}}, world, done);
  CHECK(refused(kase, quote) == "the case is recalled, not approved");
}

namespace {

void complain(const Problems& problems) { FAIL(problems.at(0).message); }

void manual(Evaluator& evaluator, const std::string& quote_json, const World& world, std::size_t& shipped) {
  const auto ship = [&](const std::string&, const std::vector<OrderItem>& items) { shipped += items.size(); };
  // begin orders.h
  const auto plan = assent::plan_orders(evaluator, quote_json, world);
  if (!plan) return complain(plan.problems());
  for (const assent::Order& order : plan->orders) {
    ship(order.key, order.items);
  }
  // end orders.h
}

}  // namespace

TEST_CASE("the example of assent/orders.h", "[orders][manual]") {
  test::must_stand_in("runtime/include/assent/orders.h", "tests/unit/orders_test.cpp", "orders.h");
  Evaluator evaluator(policy_of("orders o { split by line.site }"));
  std::size_t shipped = 0;
  manual(evaluator, quote_of({{"1", "", "X"}, {"2", "", "Y"}, {"3", "", "X"}}), {}, shipped);
  CHECK(shipped == 3);
}

TEST_CASE("every unit is in one order, with those of the same values, whatever the order of lines", "[orders]") {
  Evaluator evaluator(policy_of(R"(orders o {
    phase big = lines where line.quantity > 3
    phase rest = other lines
    split by line.family, line.site })"));
  std::mt19937 chance(7);
  const auto pick = [&](std::size_t n) { return std::uniform_int_distribution<std::size_t>(0, n - 1)(chance); };
  const std::string names[] = {"", "A", "B", "C"};
  for (int round = 0; round < 300; ++round) {
    std::vector<Line> lines(1 + pick(12));
    for (std::size_t i = 0; i < lines.size(); ++i) {
      lines[i] = {"L" + std::to_string(i), names[pick(4)], names[pick(4)],
                  i > 0 && pick(3) == 0 ? "L" + std::to_string(pick(i)) : "", std::to_string(1 + pick(6)),
                  std::to_string(pick(100'000)) + "." + std::to_string(10 + pick(90))};
    }
    // The specification: by the root's phase and values.
    std::map<std::string, std::set<std::string>> wanted;
    std::map<std::string, const Line*> by_id;
    for (const Line& line : lines) by_id[line.id] = &line;
    for (const Line& line : lines) {
      const Line* root = &line;
      while (!root->part_of.empty()) root = by_id[root->part_of];
      wanted[(root->quantity > "3" ? "big/" : "rest/") + root->family + "/" + root->site].insert(line.id);
    }
    std::map<std::string, std::string> keys;  // of an order, by its name
    for (int shuffles = 0; shuffles < 3; ++shuffles) {
      const auto plan = plan_orders(evaluator, quote_of(lines), {});
      REQUIRE(plan);
      std::map<std::string, std::set<std::string>> found;
      std::int64_t cents = 0, all_cents = 0;
      const auto in_cents = [](std::string amount) {
        const std::size_t point = amount.find('.');
        REQUIRE(amount.size() - point == 3);
        return std::stoll(amount.erase(point, 1));
      };
      std::size_t first = 0;
      for (const Order& order : plan->orders) {
        const std::string name =
            order.phase + "/" + order.split[0].value.value_or("") + "/" + order.split[1].value.value_or("");
        CHECK(found.find(name) == found.end());
        for (const OrderItem& item : order.items) found[name].insert(item.line);
        CHECK(keys.try_emplace(name, order.key).first->second == order.key);
        CHECK(std::is_sorted(order.items.begin(), order.items.end(),
                             [](const OrderItem& a, const OrderItem& b) { return a.row < b.row; }));
        CHECK(order.items[0].row >= first);
        first = order.items[0].row;
        std::int64_t of_items = 0;
        for (const OrderItem& item : order.items) of_items += in_cents(item.amount);
        CHECK(in_cents(order.amount) == of_items);
        cents += of_items;
      }
      for (const Line& line : lines) all_cents += in_cents(line.amount);
      CHECK(cents == all_cents);
      CHECK(found == wanted);
      const auto again = plan_orders(evaluator, quote_of(lines), {});
      CHECK(to_json(*again) == to_json(*plan));
      std::shuffle(lines.begin(), lines.end(), chance);
    }
  }
}
