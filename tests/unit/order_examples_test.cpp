// Known examples of orders, by their number: how quotes are split, which dates orders have, what is refused. Where
// something is meant otherwise here, a comment says so and why. What is missing has no counterpart in a plan, or is in
// tests/orders: T6 (pieces of a term).
#include "tests/unit/order_desk.h"

using namespace order_desk;

namespace {

std::string terms(OrderDesk& desk) {
  std::string text;
  for (const Order& order : desk.plan().orders) {
    for (const OrderItem& item : order.items) {
      for (const OrderEntry& each : item.entries)
        text += (text.empty() ? "" : "; ") + item.line + ' ' + each.starts + " to " + each.ends;
    }
  }
  return text;
}

std::string dates(const OrderPlan& plan) {
  std::string text;
  for (const Order& order : plan.orders)
    text += (text.empty() ? "" : "; ") + order.items[0].line + ": " + (order.pending ? "~" : "") + order.starts +
            (order.ends == order.starts ? "" : " to " + order.ends);
  return text;
}

}  // namespace

TEST_CASE("known examples of splitting", "[orders][examples]") {
  SECTION("O1, O16: by a field, absent values together; the prices are those that were approved") {
    OrderDesk desk("split by line.site", {{"red", "3", "300", R"("site": "Red")"},
                                          {"blue", "2", "200", R"("site": "Blue")"},
                                          {"yellow", "5", "500", R"("site": "Yellow")"},
                                          {"standard", "3", "30"},
                                          {"premium", "2", "40"}});
    CHECK(desk.order("2026-03-02").empty());
    CHECK(told(desk.plan()) == "1: red 3 = 300.00; 1: blue 2 = 200.00; 1: yellow 5 = 500.00; "
                               "1: standard 3, premium 2 = 70.00");
    CHECK(desk.order("2026-03-03") == "nothing-to-do");
  }
  SECTION("O3, O12, O15, O22: by group, by product, by line of business, by date") {
    const std::vector<Line> lines = {{"1", "1", "1", R"("group": "G1", "product": "P", "wanted": "2026-04-01")"},
                                     {"2", "1", "1", R"("group": "G2", "product": "P", "wanted": "2026-04-02")"},
                                     {"3", "1", "1", R"("group": "G1", "product": "Q", "wanted": "2026-04-01")"}};
    const auto split = [&](const std::string& by) {
      OrderDesk desk("split by line." + by, lines);
      CHECK(desk.order("2026-03-02").empty());
      return told(desk.plan());
    };
    CHECK(split("group") == "1: 1 1, 3 1 = 2.00; 1: 2 1 = 1.00");
    CHECK(split("product") == "1: 1 1, 2 1 = 2.00; 1: 3 1 = 1.00");  // O12: there and complete at once, not later
    CHECK(split("wanted") == "1: 1 1, 3 1 = 2.00; 1: 2 1 = 1.00");
    OrderDesk desk(by_kind, {{"hard", "10", "10", R"("kind": "a")"}, {"soft", "5", "5", R"("kind": "b")"}});
    CHECK(desk.order("2026-03-02").empty());
    CHECK(told(desk.plan()) == "1: hard 10 = 10.00; 1: soft 5 = 5.00");
  }
  SECTION("O6, O7, O8, O13: what is chosen first, then all that is left, in one order each") {
    OrderDesk desk("every order starts on line.wanted",
                   {{"camera", "2", "200"}, {"watch", "1", "90", R"("wanted": "2026-04-01")"}, {"sensor", "4", "80"}});
    CHECK(desk.order("2026-03-02", "watch 1").empty());
    CHECK(desk.order("2026-03-02", "camera 1, sensor 2").empty());
    CHECK(told(desk.plan()) == "1: watch 1 = 90.00; 2: camera 1, sensor 2 = 140.00; left camera 1; left sensor 2");
    CHECK(dates(desk.plan()) == "watch: 2026-04-01; camera: 2026-03-02");
    CHECK(desk.order("2026-03-03").empty());
    CHECK(told(desk.plan()) == "1: watch 1 = 90.00; 2: camera 1, sensor 2 = 140.00; 3: camera 1, sensor 2 = 140.00");
  }
  SECTION("O9: a quote that is not approved") {
    OrderDesk desk("", {{"1"}}, "2026-03-02", "EUR", R"("held": true)");
    desk.world.now += 1;
    CHECK(desk.kase.state != State::approved);
    CHECK(desk.order("2026-03-02") == "not-approved");
  }
  SECTION("O11, O21: a bundle is divided in proportion, or not at all") {
    // O11 refuses all bundles with a part that counts for itself; here only what does not come out even.
    OrderDesk odd("", {{"box", "4", "100"}, {"seat", "3", "30", R"("required_by": "box")"}});
    CHECK(odd.order("2026-03-02", "box 2") == "bad-quantity");
    CHECK(odd.order("2026-03-02", "seat 1") == "bad-quantity");
    CHECK(odd.order("2026-03-02", "box 4").empty());
    CHECK(told(odd.plan()) == "1: box 4, seat 3 = 130.00");
    OrderDesk kit("", {{"kit", "2", "100"},
                       {"bolt", "8", "1", R"("required_by": "kit")"},
                       {"nut", "16", "0.03", R"("required_by": "bolt")"}});
    CHECK(kit.order("2026-03-02", "kit 1").empty());
    CHECK(kit.order("2026-03-02", "kit 1").empty());
    CHECK(told(kit.plan()) == "1: kit 1, bolt 4, nut 8 = 50.52; 2: kit 1, bolt 4, nut 8 = 50.51");
  }
  SECTION("O14: many orders") {  // 201 of them are too many elsewhere; here the limit is max_orders
    std::vector<Line> lines;
    for (int i = 0; i < 201; ++i)
      lines.push_back({std::to_string(i), "1", "1", R"("site": ")" + std::to_string(i) + '"'});
    OrderDesk desk("split by line.site", lines);
    CHECK(desk.order("2026-03-02").empty());
    CHECK(desk.plan().orders.size() == 201);
  }
  SECTION("O19: a thousand pieces over four months") {
    OrderDesk desk("", {{"piece", "1000", "999.99"}});
    for (const char* on : {"2026-01-01", "2026-02-01", "2026-03-01", "2026-04-01"})
      CHECK(desk.order(on, "piece 250").empty());
    CHECK(told(desk.plan()) == "1: piece 250 = 250.00; 2: piece 250 = 250.00; 3: piece 250 = 249.99; "
                               "4: piece 250 = 250.00");
  }
  SECTION("O20: by shipments") {
    OrderDesk desk("", {{"A", "50"}, {"B", "50"}, {"C", "50"}}, "2026-07-01");
    CHECK(desk.order("2026-07-15", "A 50, B 50").empty());
    CHECK(desk.order("2026-08-01", "C 25").empty());
    CHECK(desk.order("2026-08-15").empty());
    CHECK(told(desk.plan()) == "1: A 50, B 50 = 200.00; 2: C 25 = 50.00; 3: C 25 = 50.00");
    CHECK(dates(desk.plan()) == "A: 2026-07-15; C: 2026-08-01; C: 2026-08-15");
  }
  SECTION("O24: what is delivered, and what is left of both") {
    OrderDesk desk("", {{"1", "83", "83"}, {"2", "83", "166"}});
    CHECK(desk.order("2026-03-02", "1 10, 2 10").empty());
    CHECK(told(desk.plan()) == "1: 1 10, 2 10 = 30.00; left 1 73; left 2 73");
  }
  SECTION("O25: a root comes with its children") {
    OrderDesk desk("", {{"root"}, {"x", "1", "1", R"("required_by": "root")"},
                        {"y", "1", "1", R"("required_by": "root")"}, {"other"}});
    CHECK(desk.order("2026-03-02", "root 1").empty());
    CHECK(told(desk.plan()) == "1: root 1, x 1, y 1 = 102.00; left other 1");
  }
}

TEST_CASE("known examples of terms", "[orders][examples]") {
  SECTION("T1: 24 months") {
    OrderDesk desk(full_roles, {{"1", "1", "1", R"("from": "2026-01-01", "term": 24)"}});
    CHECK(desk.order("2026-03-02").empty());
    CHECK(terms(desk) == "1 2026-01-01 to 2027-12-31");
  }
  SECTION("T2, T3, T8: the policy says in words which level's start and length count") {
    // A line knows its group's dates by the time that it is read. What a term is, and not what the order does to it
    // by the way, is said by `else`: so T3 has the group's months where the policy names them, the quote's otherwise.
    const std::string more = R"("starts": "2020-04-01", "term": 12)";
    const std::vector<Line> lines = {{"1", "1", "1", R"("from": "2020-05-01", "term": 6)"}, {"2"}};
    OrderDesk inherits("term from line.from else quote.starts lasting line.term else quote.term", lines, "2020-04-06",
                       "EUR", more);
    CHECK(inherits.order("2020-04-06").empty());
    CHECK(terms(inherits) == "1 2020-05-01 to 2020-10-31; 2 2020-04-01 to 2021-03-31");
    CHECK(inherits.of("1").starts == "2020-04-06");
    OrderDesk of_quote("term from line.from else quote.starts lasting quote.term", lines, "2020-04-06", "EUR", more);
    CHECK(of_quote.order("2020-04-06").empty());
    CHECK(terms(of_quote) == "1 2020-05-01 to 2021-04-30; 2 2020-04-01 to 2021-03-31");
  }
  SECTION("T4: an end beats a length") {
    OrderDesk desk("term from line.from to quote.ends lasting line.term",
                   {{"1", "1", "1", R"("from": "2026-01-01", "term": 6)"}}, "2026-01-01", "EUR",
                   R"("ends": "2026-12-31")");
    CHECK(desk.order("2026-01-01").empty());
    CHECK(terms(desk) == "1 2026-01-01 to 2026-12-31");
  }
  SECTION("T5: a term that moves with its order") {
    const std::vector<Line> lines = {{"1", "1", "1", R"("from": "2022-02-25", "term": 12)"}};
    const auto ordered = [&](const std::string& dates) {
      OrderDesk desk(full_roles + "every order " + dates + " dates", lines, "2022-02-15");
      CHECK(desk.order("2022-02-15").empty());
      return terms(desk);
    };
    CHECK(ordered("shifts") == "1 2022-02-15 to 2023-02-14");
    CHECK(ordered("inherits") == "1 2022-02-25 to 2023-02-24");
    CHECK(ordered("clamps") == "1 2022-02-25 to 2023-02-24");
  }
  SECTION("T7: the end of the line is the end of the contract") {
    OrderDesk desk(full_roles, {{"1", "1", "1", R"("from": "2021-02-09", "until": "2021-12-31")"}}, "2021-02-09");
    CHECK(desk.order("2021-02-09").empty());
    CHECK(contracts(desk.plan())->at(0).ends == "2021-12-31");
  }
  SECTION("T9, T10: an amendment before the term begins counts from its beginning") {
    // T10 is refused where the date was given by hand; here every date of an amendment is, and none can be too early.
    OrderDesk desk(full_roles, {{"1", "5", "60", R"("from": "2026-06-01", "term": 12)"}});
    CHECK(desk.order("2026-03-02", "1 3").empty());
    CHECK(desk.happens(Kind::amended, desk.key("1"), "2026-04-01", "1 2").empty());
    CHECK(terms(desk) == "1 2026-06-01 to 2027-05-31; 1 2026-06-01 to 2027-05-31");
  }
}

TEST_CASE("known examples of schedules", "[orders][examples]") {
  const std::string waits = by_kind + "split by line.site ";
  SECTION("S1: three wait for one") {
    OrderDesk desk(waits + "b takes 3 days  c starts when b is delivered",
                   {{"plan", "1", "1", R"("kind": "b")"}, {"1", "1", "1", R"("site": "X")"},
                    {"2", "1", "1", R"("site": "Y")"}, {"3", "1", "1", R"("site": "Z")"}});
    CHECK(dates(desk.plan()) == "plan: 2026-03-02 to 2026-03-05; 1: 2026-03-05; 2: 2026-03-05; 3: 2026-03-05");
  }
  SECTION("S2: one waits for three") {
    OrderDesk desk(waits + "every order takes line.takes  c starts when b is delivered",
                   {{"1", "1", "1", R"("kind": "b", "site": "X", "takes": 1)"},
                    {"2", "1", "1", R"("kind": "b", "site": "Y", "takes": 5)"},
                    {"3", "1", "1", R"("kind": "b", "site": "Z", "takes": 2)"},
                    {"plan"}});
    const Order plan = desk.of("plan");
    REQUIRE(plan.waits.size() == 1);
    CHECK(plan.waits[0].orders == 3);
    CHECK(plan.waits[0].last == desk.key("2"));
    CHECK(plan.starts == "2026-03-07");
  }
  SECTION("an order waits for those of its own ordering and of all before, not for those after it") {
    OrderDesk desk(waits + "c starts when b is accepted",
                   {{"1", "3", "1", R"("kind": "b", "site": "X")"}, {"2", "3", "1", R"("site": "X")"}});
    CHECK(desk.order("2026-03-02", "1 1, 2 1").empty());
    CHECK(desk.order("2026-03-02", "1 1, 2 1").empty());
    CHECK(desk.order("2026-03-02", "1 1").empty());
    CHECK(desk.of("2", 1).waits[0].orders == 1);
    CHECK(desk.of("2", 2).waits[0].orders == 2);
    for (const Kind kind : {Kind::activated, Kind::delivered, Kind::accepted})
      CHECK(desk.happens(kind, desk.key("1", 2), "2026-03-05").empty());
    CHECK(desk.of("2", 2).pending);
    CHECK(desk.of("2", 2).waits[0].last == desk.key("1", 2));
    CHECK(desk.happens(Kind::activated, desk.key("2", 2), "2026-03-05") == "order-waits");
    for (const Kind kind : {Kind::activated, Kind::delivered, Kind::accepted})
      CHECK(desk.happens(kind, desk.key("1", 1), "2026-03-06").empty());
    CHECK_FALSE(desk.of("2", 2).pending);
    CHECK(desk.of("2", 2).waits[0].last == desk.key("1", 1));
    CHECK(desk.happens(Kind::activated, desk.key("2", 2), "2026-03-06").empty());
  }
  SECTION("S5: a circle") {
    const CompileResult made =
        compile({"shop.assent", shop + "orders o {" + by_kind + "a starts when b is delivered  b starts when a is "
                                "delivered }"});
    CHECK_FALSE(made.artifact);
    REQUIRE_FALSE(made.diagnostics.empty());
    CHECK(made.diagnostics[0].message.find("none of them can start") != std::string::npos);
  }
  SECTION("S6: what is final is not changed, what is not is") {
    OrderDesk desk(by_kind + "a is final once activated  b is final once delivered",
                   {{"camera", "5", "5", R"("kind": "a")"}, {"sensor", "5", "5", R"("kind": "b")"}});
    CHECK(desk.order("2026-03-02").empty());
    for (const char* line : {"camera", "sensor"})
      CHECK(desk.happens(Kind::activated, desk.key(line), "2026-03-02").empty());
    CHECK(desk.happens(Kind::amended, desk.key("camera"), "2026-03-03", "camera -1") == "past-return");
    CHECK(desk.happens(Kind::cancelled, desk.key("camera"), "2026-03-03") == "past-return");
    CHECK(desk.happens(Kind::amended, desk.key("sensor"), "2026-03-03", "sensor -1").empty());
    CHECK(desk.happens(Kind::delivered, desk.key("sensor"), "2026-03-04").empty());
    CHECK(desk.happens(Kind::amended, desk.key("sensor"), "2026-03-05", "sensor -1") == "past-return");
    CHECK(desk.happens(Kind::accepted, desk.key("sensor"), "2026-03-05").empty());
    CHECK(desk.happens(Kind::amended, desk.key("sensor"), "2026-03-05", "sensor -1") == "past-return");
  }
  SECTION("S8: a lead time by place") {
    OrderDesk desk(R"(split by line.site  every order takes 2 days when line.site else "" is "Denver"
                      every order takes 4 days otherwise)",
                   {{"1", "1", "1", R"("site": "Denver")"}, {"2"}});
    CHECK(dates(desk.plan()) == "1: 2026-03-02 to 2026-03-04; 2: 2026-03-02 to 2026-03-06");
  }
  SECTION("S9: wanted late, unless what it depends on is later still") {
    OrderDesk desk(by_kind + "a takes 5 days  b takes 3 days  b is wanted on line.wanted  b starts when a is delivered",
                   {{"line", "1", "1", R"("kind": "a")"},
                    {"voice", "1", "1", R"("kind": "b", "wanted": "2026-03-31")"}});
    CHECK(desk.order("2026-03-02").empty());
    CHECK(dates(desk.plan()) == "line: 2026-03-02 to 2026-03-07; voice: 2026-03-28 to 2026-03-31");
    CHECK(desk.deliver_on(desk.key("line"), "2026-03-30").empty());
    CHECK(dates(desk.plan()) == "line: 2026-03-02 to 2026-03-30; voice: 2026-03-30 to 2026-04-02");
    CHECK(desk.of("voice").days_late == 2);
  }
  SECTION("a deadline hurries what was ordered before, too, and a wish moves nothing that was moved by hand") {
    OrderDesk desk(by_kind + "a takes 2 days  b starts when a is delivered  b is due on line.due "
                             "a is wanted on line.wanted",
                   {{"1", "2", "1", R"("kind": "a", "wanted": "2026-03-31")"},
                    {"2", "1", "1", R"("kind": "b", "due": "2026-03-20")"}});
    CHECK(desk.order("2026-03-02", "1 1").empty());
    CHECK(dates(desk.plan()) == "1: 2026-03-29 to 2026-03-31");
    CHECK(desk.happens(Kind::moved, desk.key("1"), "2026-03-10").empty());
    CHECK(dates(desk.plan()) == "1: 2026-03-10 to 2026-03-12");
    CHECK(desk.order("2026-03-02").empty());
    CHECK(dates(desk.plan()) == "1: 2026-03-10 to 2026-03-12; 1: 2026-03-18 to 2026-03-20; 2: 2026-03-20");
    CHECK(desk.of("1", 1).latest_start == "2026-03-18");
    CHECK(desk.happens(Kind::cancelled, desk.key("2"), "2026-03-02").empty());
    CHECK(dates(desk.plan()) == "1: 2026-03-10 to 2026-03-12; 1: 2026-03-29 to 2026-03-31; 2: ");
  }
  SECTION("S10: pending until the acceptance comes") {
    OrderDesk desk(by_kind + "b starts when a is accepted",
                   {{"1", "1", "1", R"("kind": "a")"}, {"2", "1", "1", R"("kind": "b")"}});
    CHECK(desk.order("2026-03-02").empty());
    CHECK(dates(desk.plan()) == "1: 2026-03-02; 2: ~2026-03-02");
    CHECK(desk.happens(Kind::activated, desk.key("1"), "2026-03-03").empty());
    CHECK(desk.happens(Kind::delivered, desk.key("1"), "2026-03-04").empty());
    CHECK(dates(desk.plan()) == "1: 2026-03-03 to 2026-03-04; 2: ~2026-03-04");
    CHECK(desk.happens(Kind::activated, desk.key("2"), "2026-04-01") == "order-waits");
    CHECK(desk.happens(Kind::accepted, desk.key("1"), "2026-03-20").empty());
    CHECK(dates(desk.plan()) == "1: 2026-03-03 to 2026-03-04; 2: 2026-03-20");
    CHECK(desk.happens(Kind::activated, desk.key("2"), "2026-03-19") == "order-waits");
    CHECK(desk.happens(Kind::activated, desk.key("2"), "2026-03-20").empty());
  }
  SECTION("S11: activated before it is delivered, delivered before it is accepted") {
    OrderDesk desk("", {{"1"}}, "2026-01-01");
    CHECK(desk.order("2026-01-01").empty());
    const std::string key = desk.key("1");
    CHECK(desk.happens(Kind::delivered, key, "2026-03-01") == "wrong-state");
    CHECK(desk.happens(Kind::activated, key, "2026-03-01").empty());
    CHECK(desk.happens(Kind::accepted, key, "2026-03-01") == "wrong-state");
    CHECK(desk.happens(Kind::delivered, key, "2026-02-01") == "wrong-state");
    CHECK(desk.happens(Kind::delivered, key, "2026-03-01").empty());
    CHECK(desk.happens(Kind::accepted, key, "2026-02-28") == "wrong-state");
    CHECK(desk.happens(Kind::accepted, key, "2026-03-01").empty());
  }
  SECTION("S12: a date in the past") {
    // Here the past is what lies before the ordering: a plan has no clock, and what has happened may be told later.
    OrderDesk desk("", {{"1"}});
    CHECK(desk.order("2026-03-10").empty());
    CHECK(desk.happens(Kind::moved, desk.key("1"), "2026-03-09") == "wrong-state");
    CHECK(desk.happens(Kind::activated, desk.key("1"), "2026-03-09") == "wrong-state");
    CHECK(desk.happens(Kind::moved, desk.key("1"), "2026-03-11").empty());
    CHECK(desk.happens(Kind::activated, desk.key("1"), "2026-03-10").empty());
  }
}
