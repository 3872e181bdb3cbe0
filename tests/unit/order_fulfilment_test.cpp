// Known examples of what follows from orders, by their number: contracts, assets, entitlements, parts of a price,
// revenue, odd cents. Where something is meant otherwise here, a comment says so and why. Those of the arithmetic alone
// are in tests/orders: P10, P14, P18; R11, R14. K7 and K8 are about renewals, which are quotes of their own.
#include <map>

#include "tests/unit/order_desk.h"

using namespace order_desk;

namespace {

std::string told(const Result<std::vector<Contract>>& all) {
  std::string text;
  for (const Contract& each : *all) {
    text += (text.empty() ? "" : "; ") + each.starts + " to " + each.ends + " = " + each.amount + ":";
    for (const Subscription& one : each.subscriptions) text += ' ' + one.line;
  }
  return text;
}

std::string told(const Result<std::vector<Asset>>& all) {
  std::string text;
  for (const Asset& each : *all)
    text += (text.empty() ? "" : "; ") + each.key.substr(17) +
            (each.parent.empty() ? "" : " of " + each.parent.substr(17)) + ": " + each.quantity + " = " + each.amount;
  return text;
}

std::string told(const Result<std::vector<Entitlement>>& all) {
  std::string text;
  for (const Entitlement& each : *all)
    text += (text.empty() ? "" : "; ") + each.item + ' ' + each.starts + " to " + each.ends + ": " + each.quantity +
            (each.quantity == each.expected ? "" : " of " + each.expected);
  return text;
}

std::string told(const RevenueSchedule& schedule) {
  std::string text;
  for (const RevenueSchedule::Period& each : schedule.periods) text += (text.empty() ? "" : " ") + each.amount;
  return text;
}

std::string term(const std::string& from, const std::string& until, const std::string& more = {}) {
  return R"("from": ")" + from + R"(", "until": ")" + until + '"' + (more.empty() ? "" : ", " + more);
}

// What a line costs in an order that starts on that day, of a term that is clamped and prorated.
std::string clamped(const std::string& proration, const std::string& amount, const std::string& of_term,
                    std::string_view start) {
  const std::string clamps = "every order clamps dates, prorated by " + proration;
  OrderDesk desk(full_roles + clamps, {{"1", "1", amount, of_term}}, start);
  CHECK(desk.order(start).empty());
  return desk.plan().orders[0].amount;
}

// The amounts of the orders of one line, taken in these portions.
std::string in_portions(const std::string& quantity, const std::string& amount, const std::vector<std::string>& taken,
                        const std::string& currency = "EUR") {
  OrderDesk desk("", {{"1", quantity, amount}}, "2026-03-02", currency);
  std::string text;
  for (const std::string& each : taken) CHECK(desk.order("2026-03-02", "1 " + each).empty());
  for (const Order& order : desk.plan().orders) text += (text.empty() ? "" : " ") + order.amount;
  return text;
}

std::string per_unit(const std::string& quantity, const std::string& amount, const std::string& clauses = {},
                     const std::string& currency = "EUR") {
  OrderDesk desk("assets per unit " + clauses, {{"1", quantity, amount}}, "2026-03-02", currency);
  std::string text;
  const auto all = assets(desk.plan());
  for (const Asset& each : *all) text += (text.empty() ? "" : " ") + each.amount;
  return text;
}

}  // namespace

TEST_CASE("known examples of contracts and assets", "[orders][examples]") {
  SECTION("K2: one contract for each end, or one for all") {
    const std::vector<Line> lines = {{"1", "1", "10", term("2026-01-01", "2026-12-31")},
                                     {"2", "1", "20", term("2026-02-01", "2027-01-31")},
                                     {"3", "1", "30", term("2026-03-01", "2026-12-31")}};
    CHECK(told(contracts(OrderDesk(full_roles, lines).plan())) ==
          "2026-01-01 to 2026-12-31 = 40.00: 1 3; 2026-02-01 to 2027-01-31 = 20.00: 2");
    // One contract reaches to the latest end, also of what is ordered later: where it kept its first end elsewhere, a
    // subscription would be longer than its contract.
    OrderDesk as_one(full_roles + "contract as one", lines);
    CHECK(as_one.order("2026-01-01", "1 1").empty());
    const std::string key = contracts(as_one.plan())->at(0).key;
    CHECK(told(contracts(as_one.plan())) == "2026-01-01 to 2026-12-31 = 10.00: 1");
    CHECK(as_one.order("2026-01-01").empty());
    CHECK(told(contracts(as_one.plan())) == "2026-01-01 to 2027-01-31 = 60.00: 1 2 3");
    CHECK(contracts(as_one.plan())->at(0).key == key);
  }
  SECTION("K4: with all, by itself, not at all") {
    OrderDesk desk(full_roles + R"(contract separately where line.contract is "own"
                                   no contract where line.contract is "no")",
                   {{"1", "1", "10", term("2026-01-01", "2026-12-31")},
                    {"2", "2", "20", term("2026-01-01", "2026-12-31", R"("contract": "own")")},
                    {"3", "1", "30", term("2026-01-01", "2026-12-31", R"("contract": "no")")}});
    CHECK(told(contracts(desk.plan())) == "2026-01-01 to 2026-12-31 = 10.00: 1; 2026-01-01 to 2026-12-31 = 20.00: 2");
    CHECK(desk.order("2026-01-01", "2 1").empty());  // two orders of a line by itself: one contract still
    CHECK(desk.order("2026-01-01", "2 1").empty());
    CHECK(told(contracts(desk.plan())) == "2026-01-01 to 2026-12-31 = 20.00: 2 2");
  }
  SECTION("each currency has a contract of its own") {
    OrderPlan plan = OrderDesk(full_roles, {{"1", "1", "10", term("2026-01-01", "2026-12-31")}}).plan();
    plan.orders.push_back(plan.orders[0]);
    plan.orders[1].currency = "USD";
    CHECK(told(contracts(plan)) == "2026-01-01 to 2026-12-31 = 10.00: 1; 2026-01-01 to 2026-12-31 = 10.00: 1");
    CHECK(contracts(plan)->at(0).key != contracts(plan)->at(1).key);
  }
  SECTION("what has no term has no contract") {
    OrderDesk desk("contract separately where line.quantity > 0", {{"1"}});
    CHECK(desk.plan().orders[0].items[0].contract == ItemContract::none);
    CHECK(contracts(desk.plan())->empty());
  }
  SECTION("K5: an asset for each unit, for the line, none") {
    OrderDesk desk(R"(assets per unit where line.assets is "unit"  assets per line
                      no assets where line.assets is "no")",
                   {{"1", "5", "10", R"("assets": "unit")"}, {"2", "5", "10"}, {"3", "5", "10", R"("assets": "no")"}});
    CHECK(told(assets(desk.plan())) ==
          "1/1: 1 = 2.00; 1/2: 1 = 2.00; 1/3: 1 = 2.00; 1/4: 1 = 2.00; 1/5: 1 = 2.00; 2/1: 5 = 10.00");
  }
  SECTION("as many assets as the limit over all orders, and not one more") {
    const auto of_second = [](const std::string& quantity) {
      return assets(OrderDesk("assets per unit", {{"1", "60000", "100"}, {"2", quantity, "40000"}}).plan());
    };
    CHECK(of_second("40000")->size() == max_assets);
    const auto refused = of_second("40001");
    REQUIRE_FALSE(refused);
    CHECK(refused.problems()[0].code == ErrorCode::limit_exceeded);
    CHECK(refused.problems()[0].message == "the orders make more than 100000 assets");
  }
  SECTION("the parts of a bundle are divided among the assets of its root, wherever these stand") {
    const std::string clauses = R"(assets per unit where line.assets is "unit")";
    const Line root{"box", "2", "10", R"("assets": "unit")"}, part{"disk", "10", "1", R"("required_by": "box")"};
    const std::string divided = "disk/1 of box/1: 5 = 0.50; disk/2 of box/2: 5 = 0.50";
    CHECK(told(assets(OrderDesk(clauses, {root, part}).plan())) == "box/1: 1 = 5.00; box/2: 1 = 5.00; " + divided);
    CHECK(told(assets(OrderDesk(clauses, {part, root}).plan())) == divided + "; box/1: 1 = 5.00; box/2: 1 = 5.00");
  }
  SECTION("K9: ten more seats") {
    OrderDesk desk(full_roles, {{"seat", "60", "600", term("2026-01-01", "2026-12-31", R"("product": "seat")")}},
                   "2026-01-01");
    CHECK(desk.order("2026-01-01", "seat 50").empty());
    CHECK(desk.happens(Kind::activated, desk.key("seat"), "2026-01-01").empty());
    CHECK(desk.happens(Kind::amended, desk.key("seat"), "2026-07-01", "seat 10").empty());
    const OrderItem item = desk.of("seat").items[0];
    CHECK(item.quantity == "60");
    CHECK(told(item.entries) ==
          "50 = 500.00, 2026-01-01 to 2026-12-31; 10 = 100.00, 2026-07-01 to 2026-12-31");
    CHECK(told(entitlements(desk.plan())) == "seat 2026-01-01 to 2026-06-30: 50; seat 2026-07-01 to 2026-12-31: 60");
    CHECK(contracts(desk.plan())->at(0).subscriptions[0].quantity == "60");
  }
  SECTION("K10: less of one, more of another") {
    OrderDesk desk(full_roles + "every order clamps dates, prorated by month",
                   {{"A", "10", "1200", term("2026-01-01", "2026-12-31", R"("product": "A")")},
                    {"B", "5", "1200", term("2026-02-01", "2027-01-31", R"("product": "B")")}}, "2026-01-01");
    CHECK(desk.order("2026-01-01", "A 10").empty());
    CHECK(desk.happens(Kind::activated, desk.key("A"), "2026-01-01").empty());
    CHECK(desk.happens(Kind::amended, desk.key("A"), "2026-02-01", "A -4, B 5").empty());
    CHECK(told(entitlements(desk.plan())) == "A 2026-01-01 to 2026-01-31: 10; A 2026-02-01 to 2026-12-31: 6; "
                                             "B 2026-02-01 to 2027-01-31: 5");
    CHECK(order_desk::told(desk.plan()) == "1: A 6, B 5 = 1960.00; left A 4");  // 11 of 12 months are taken back
    CHECK(desk.happens(Kind::amended, desk.key("A"), "2026-07-01", "A -6, B -5").empty());  // and all of it ends
    CHECK(told(entitlements(desk.plan())) == "A 2026-01-01 to 2026-01-31: 10; A 2026-02-01 to 2026-06-30: 6; "
                                             "B 2026-02-01 to 2026-06-30: 5");
    CHECK(contracts(desk.plan())->empty());
    const auto earned = revenue(desk.plan());  // what was used before is earned all the same
    REQUIRE(earned->size() == 2);
    CHECK(earned->at(0).amount == "400.00");   // 10 for a month, 6 for five of 12 * 10
    CHECK(earned->at(1).amount == "500.00");
  }
  SECTION("K12: a ramp") {
    OrderDesk desk(full_roles, {{"1", "10", "600", term("2020-01-01", "2020-06-30", R"("product": "X")")},
                                {"2", "20", "1200", term("2020-07-01", "2020-12-31", R"("product": "X")")}},
                   "2020-01-01");
    CHECK(told(entitlements(desk.plan())) ==
          "X 2020-01-01 to 2020-06-30: 0 of 10; X 2020-07-01 to 2020-12-31: 0 of 20");
    CHECK(desk.order("2020-01-01").empty());
    CHECK(desk.happens(Kind::activated, desk.key("1"), "2020-01-01").empty());
    CHECK(told(entitlements(desk.plan())) == "X 2020-01-01 to 2020-06-30: 10; X 2020-07-01 to 2020-12-31: 20");
    CHECK(entitled(desk.plan(), day("2020-07-01"))->at(0).quantity == "20");
    CHECK(entitled(desk.plan(), day("2021-01-01"))->empty());
  }
  SECTION("K13: a period, and what it costs") {
    OrderDesk desk(full_roles + "every order earns by month",
                   {{"1", "20", "600", term("2020-07-01", "2020-09-30")}}, "2020-07-01");
    CHECK(told(entitlements(desk.plan())) == " 2020-07-01 to 2020-09-30: 0 of 20");
    CHECK(told(revenue(desk.plan())->at(0)) == "200.00 200.00 200.00");
  }
}

TEST_CASE("known examples of parts of a price", "[orders][examples]") {
  // A clamp makes a term less: what is the price of a part elsewhere is what is left of the whole here.
  const std::string year = term("2018-10-01", "2019-09-30");
  CHECK(clamped("calendar month and day", "12000", year, "2019-05-23") == "4290.32");      // P1
  CHECK(clamped("month", "12000", year, "2019-05-23") == "5000.00");                       // P3
  CHECK(clamped("day", "12000", year, "2019-05-23") == "4306.85");                         // 131/365
  CHECK(clamped("month and day", "12000", year, "2019-05-23") == "4263.01");               // 389/1095
  CHECK(clamped("month", "12000", year, "2018-09-01") == "12000.00");                      // not before its start
  CHECK(clamped("day", "2273.97", term("2026-01-01", "2028-04-09"), "2027-04-11") == "1000.00");    // P5: 365 of 830
  CHECK(clamped("month", "2916.67", term("2026-01-01", "2028-11-30"), "2027-12-01") == "1000.00");  // P6: 12 of 35
  CHECK(clamped("month", "1300", term("2017-01-01", "2018-01-10"), "2017-02-01") == "1200.00");     // P7: 13 months
  CHECK(clamped("month", "60", term("2026-01-01", "2027-12-31"), "2027-01-01") == "30.00");         // P8
  CHECK(clamped("month", "180", term("2026-01-01", "2027-06-30"), "2027-01-01") == "60.00");        // P11
  CHECK(clamped("month", "120", term("2026-01-01", "2026-12-31"), "2026-10-01") == "30.00");        // P12
  CHECK(clamped("day", "50", term("2026-04-01", "2026-04-30"), "2026-04-16") == "25.00");           // P17
  SECTION("P15: what is cancelled in the middle") {
    OrderDesk desk(full_roles + "every order clamps dates, prorated by day",
                   {{"1", "1", "25", term("2020-02-11", "2020-03-10")}}, "2020-02-11");
    CHECK(desk.order("2020-02-11").empty());
    CHECK(desk.happens(Kind::activated, desk.key("1"), "2020-02-11").empty());
    CHECK(desk.happens(Kind::amended, desk.key("1"), "2020-03-01", "1 -1").empty());
    CHECK(order_desk::told(desk.of("1").items[0].entries) ==
          "1 = 25.00, 2020-02-11 to 2020-03-10; -1 = -8.62, 2020-03-01 to 2020-03-10");
    CHECK(desk.plan().orders[0].amount == "16.38");
  }
  SECTION("what is earned when something is accepted is pending until it is, and all there at once after its term") {
    OrderDesk desk(full_roles + "every order earns by day when accepted",
                   {{"1", "1", "31", term("2026-03-01", "2026-03-31")}});
    CHECK(desk.order("2026-03-02").empty());
    CHECK(revenue(desk.plan())->at(0).pending);
    CHECK(told(revenue(desk.plan())->at(0)) == "31.00");
    for (const Kind kind : {Kind::activated, Kind::delivered})
      CHECK(desk.happens(kind, desk.key("1"), "2026-03-03").empty());
    CHECK(revenue(desk.plan())->at(0).pending);
    CHECK(desk.happens(Kind::accepted, desk.key("1"), "2026-04-01").empty());
    const auto earned = revenue(desk.plan());
    CHECK_FALSE(earned->at(0).pending);
    REQUIRE(earned->at(0).periods.size() == 1);
    CHECK(earned->at(0).periods[0].starts + ' ' + earned->at(0).periods[0].ends == "2026-04-01 2026-04-01");
  }
  SECTION("P19: all of it at once") {
    OrderDesk desk("every order earns at start when activated", {{"1", "1", "120"}});
    const auto all = revenue(desk.plan());
    REQUIRE(all->size() == 1);
    CHECK(told(all->at(0)) == "120.00");
    CHECK(all->at(0).periods[0].starts == "2026-03-02");
  }
}

TEST_CASE("known examples of odd cents", "[orders][examples]") {
  // Portions are rounded as sums of all up to them, so the odd cent of equal ones need not come first.
  CHECK(in_portions("3", "100.00", {"1", "1", "1"}) == "33.33 33.34 33.33");  // R1
  CHECK(per_unit("3", "100.00") == "33.34 33.33 33.33");
  CHECK(in_portions("100", "0.03", {"75", "25"}) == "0.02 0.01");              // R2
  CHECK(in_portions("100", "99.99", {"75", "25"}) == "74.99 25.00");           // R5
  CHECK(in_portions("99", "0.01", {"33", "66"}) == "0.00 0.01");               // R6
  CHECK(in_portions("8000", "299", {"4300", "1400", "2300"}, "JPY") == "161 52 86");  // R8
  CHECK(in_portions("3", "299", {"1", "1", "1"}, "JPY") == "100 99 100");             // R9
  CHECK(per_unit("3", "299", "", "JPY") == "100 100 99");
  CHECK(per_unit("3", "299", "remainder to first", "JPY") == "100 100 99");
  CHECK(per_unit("3", "299", "remainder to last", "JPY") == "99 100 100");
  CHECK(in_portions("200", "-20", {"100", "100"}, "JPY") == "-10 -10");        // R12
  CHECK(in_portions("8000", "-300", {"4000", "2000", "2000"}, "JPY") == "-150 -75 -75");
  CHECK(in_portions("10", "0", {"5", "5"}, "JPY") == "0 0");
  CHECK(per_unit("4", "11.83") == "2.96 2.96 2.96 2.95");  // R13: the line was rounded, not its units
  CHECK(per_unit("2", "0.001", "", "KWD") == "0.001 0.000");
  SECTION("X1: a discount for much stays when a part is delivered first") {
    OrderDesk desk("", {{"1", "1200", "1080"}});
    CHECK(desk.order("2026-03-02", "1 750").empty());
    CHECK(desk.order("2026-03-02").empty());
    CHECK(told(desk.plan()) == "1: 1 750 = 675.00; 2: 1 450 = 405.00");
  }
  SECTION("X3: a discount of the whole is given once, whatever it is split into") {
    OrderDesk desk("split by line.site", {{"1", "1", "90", R"("site": "X")"}, {"2", "1", "180", R"("site": "Y")"}});
    CHECK(told(desk.plan()) == "1: 1 1 = 90.00; 1: 2 1 = 180.00");
  }
}
