// What happens to orders, as commands to the case: what is recorded and read back, each refusal, and inputs that are
// meant to break something.
#include <algorithm>
#include <limits>

#include "tests/unit/order_desk.h"

using namespace order_desk;

namespace {

const std::string two_phases =
    by_kind + "split by line.site  b starts 1 day after a of the same line.site is delivered ";
const std::vector<Line> two_sites = {{"1", "4", "100", R"("kind": "a", "site": "X")"},
                                     {"2", "2", "50", R"("kind": "b", "site": "X")"},
                                     {"3", "1", "9.99", R"("kind": "a", "site": "Y")"},
                                     {"4", "3", "1", R"("kind": "b", "site": "Y")"}};

// The keys that the last command's event names, as the ids of the first lines of their orders.
std::string changed(OrderDesk& desk) {
  REQUIRE(desk.done.events.size() == 1);
  std::string text;
  for (const std::string& key : std::get<OrdersChanged>(desk.done.events[0].what).orders) {
    for (const Order& each : desk.plan().orders)
      if (each.key == key) text += (text.empty() ? "" : " ") + each.items[0].line;
  }
  return text;
}

std::string of_year(int year) { return (year < 1000 ? "0" : "") + std::to_string(year); }

}  // namespace

TEST_CASE("what happens to orders is in the events, and comes back from them", "[orders][changes]") {
  OrderDesk desk(two_phases, two_sites);
  std::vector<Event> events = desk.done.events;
  std::vector<std::string> seen;
  const auto happens = [&](const std::string& refusal) {
    REQUIRE(refusal.empty());
    seen.push_back(changed(desk));
    events.insert(events.end(), desk.done.events.begin(), desk.done.events.end());
  };
  happens(desk.order("2026-03-02", "1 3, 2 2"));
  happens(desk.order("2026-03-03"));
  happens(desk.happens(Kind::moved, desk.key("1", 1), "2026-03-05"));
  happens(desk.happens(Kind::activated, desk.key("1", 1), "2026-03-05"));
  happens(desk.deliver_on(desk.key("1", 1), "2026-03-20"));
  happens(desk.happens(Kind::delivered, desk.key("1", 1), "2026-03-21"));
  happens(desk.happens(Kind::accepted, desk.key("1", 1), "2026-03-22"));
  happens(desk.happens(Kind::amended, desk.key("1", 1), "2026-04-01", "1 -1"));
  happens(desk.happens(Kind::cancelled, desk.key("4"), "2026-04-01"));
  happens(desk.order("2026-05-01"));
  CHECK(seen == std::vector<std::string>{"1 2", "1 3 4", "1 2", "1", "1 2", "1 2", "1", "1", "4", "1 4"});
  Case again;
  again.id = desk.kase.id;
  for (const Event& event : events) {
    const std::string line = to_json(event);
    const auto read = event_from_json(line);
    REQUIRE(read);
    CHECK(to_json(*read) == line);
    CHECK(apply(again, *read).empty());
  }
  CHECK(to_json(again) == to_json(desk.kase));
  CHECK(again.orders == desk.kase.orders);
  const OrderPlan plan = desk.plan();
  desk.kase = again;
  CHECK(to_json(desk.plan()) == to_json(plan));
  CHECK(std::is_sorted(again.revisions.begin(), again.revisions.end(),
                       [](const OrderRevision& a, const OrderRevision& b) { return a.order < b.order; }));
  CHECK(again.revisions.size() == plan.orders.size());
  CHECK(desk.of("1", 1).revision == 7);
  CHECK(desk.of("3").revision == 1);
  CHECK(told(plan) == "1: 1 2 = 50.00; 1: 2 2 = 50.00; 2: 1 1 = 25.00; 2: 3 1 = 9.99; 2!: 4 3 = 1.00; "
                      "3: 1 1 = 25.00; 3: 4 3 = 1.00");
}

TEST_CASE("a command that was carried out is not carried out again", "[orders][changes]") {
  OrderDesk desk("", {{"1", "2"}});
  const OrderChange one{Kind::ordered, {}, day("2026-03-02"), false, {{"1", "1"}}, {}};
  for (int i = 0; i < 2; ++i)
    advance(*desk.evaluator, desk.kase, {"same", "rep", {}, ChangeOrders{desk.quote, one}}, desk.world, desk.done);
  CHECK(desk.done.repeats == desk.kase.version);
  CHECK(told(desk.plan()) == "1: 1 1 = 50.00; left 1 1");
  advance(*desk.evaluator, desk.kase, {"late", "rep", 1, ChangeOrders{desk.quote, one}}, desk.world, desk.done);
  CHECK(desk.done.refusal->code == RefusalCode::stale_version);
}

TEST_CASE("what has orders is neither submitted again nor recalled", "[orders][changes]") {
  OrderDesk desk("", {{"1"}});
  CHECK(desk.order("2026-03-02").empty());
  for (const bool cancelled : {false, true}) {
    CHECK(desk.give(Submit{desk.quote, {}, {}}) == "has-orders");
    CHECK(desk.give(Recall{}) == "has-orders");
    if (!cancelled) CHECK(desk.happens(Kind::cancelled, desk.key("1"), "2026-03-02").empty());
  }
  OrderDesk other("", {{"1"}});
  CHECK(other.give(Recall{}).empty());
  CHECK(other.order("2026-03-02") == "not-approved");
}

TEST_CASE("each refusal, and that nothing has changed by it", "[orders][changes]") {
  OrderDesk desk(two_phases + "a is final once accepted", two_sites);
  CHECK(desk.order("2026-03-02", "1 3, 2 2, 3 1").empty());
  const std::string a = desk.key("1"), b = desk.key("2"), y = desk.key("3");
  const auto refused = [&](const std::string& code) {
    CHECK(desk.done.events.empty());
    return code;
  };
  const Case before = desk.kase;
  const std::string plan = to_json(desk.plan());
  struct Try { std::string code; Kind kind; std::string order, on, lines = {}; };
  const std::string when = "2026-03-03";
  for (const Try& each : std::vector<Try>{
           {"unknown-order", Kind::activated, "", when},
           {"unknown-order", Kind::cancelled, "0123456789abcdef", when},
           {"unknown-order", Kind::amended, a + "0", when, "1 1"},
           {"bad-command", Kind::ordered, a, when},
           {"bad-command", Kind::activated, a, when, "1 1"},
           {"bad-command", Kind::moved, a, when, "1 1"},
           {"bad-command", Kind::amended, a, when},
           {"bad-quantity", Kind::ordered, "", when, "1 2"},          // one is left
           {"bad-quantity", Kind::ordered, "", when, "1 1, 1 1"},
           {"bad-quantity", Kind::ordered, "", when, "5 1"},
           {"bad-quantity", Kind::ordered, "", when, "1 0"},
           {"bad-quantity", Kind::ordered, "", when, "1 -1"},
           {"bad-quantity", Kind::ordered, "", when, "1 0.5"},        // the quote has whole ones
           {"bad-quantity", Kind::ordered, "", when, "2 1"},          // nothing is left
           {"bad-quantity", Kind::amended, a, when, "1 -4"},
           {"bad-quantity", Kind::amended, a, when, "1 -3"},          // a draft of nothing
           {"bad-quantity", Kind::amended, a, when, "1 -0.5"},
           {"bad-quantity", Kind::amended, a, when, "4 -1"},          // it has none of it
           {"bad-quantity", Kind::amended, a, when, "4 1"},           // another phase's
           {"bad-quantity", Kind::amended, y, when, "1 1"},           // another site's
           {"order-waits", Kind::activated, b, when},
           {"order-waits", Kind::moved, b, "2026-03-02"},
           {"order-waits", Kind::cancelled, a, when},                 // b waits for it alone
           {"wrong-state", Kind::moved, a, "2026-03-01"},
           {"wrong-state", Kind::delivered, a, when},
           {"wrong-state", Kind::accepted, a, when}}) {
    INFO(text(each.kind) << ' ' << each.order << ' ' << each.lines);
    CHECK(refused(desk.happens(each.kind, each.order, each.on, each.lines)) == each.code);
    CHECK(to_json(desk.kase) == to_json(before));
  }
  CHECK(refused(desk.change({Kind::activated, a, day(when), true, {}, {}})) == "bad-command");  // it moves nothing
  CHECK(refused(desk.deliver_on(a, "2026-03-01")) == "order-waits");
  CHECK(refused(desk.happens(Kind::moved, a, "2026-03-02")) == "nothing-to-do");
  CHECK(refused(desk.deliver_on(a, "2026-03-02")) == "nothing-to-do");
  CHECK(refused(desk.give(ChangeOrders{"{ " + desk.quote.substr(1), {}})) == "not-approved");
  CHECK(refused(desk.give(ChangeOrders{"", {}})) == "not-approved");
  CHECK(to_json(desk.plan()) == plan);

  for (const Kind kind : {Kind::activated, Kind::delivered, Kind::accepted}) CHECK(desk.happens(kind, a, when).empty());
  CHECK(desk.happens(Kind::activated, a, when) == "wrong-state");
  CHECK(desk.happens(Kind::moved, a, when) == "wrong-state");
  CHECK(desk.deliver_on(a, when) == "wrong-state");
  CHECK(desk.happens(Kind::amended, a, when, "1 1") == "past-return");
  CHECK(desk.happens(Kind::cancelled, a, when) == "past-return");
  CHECK(desk.happens(Kind::activated, b, when) == "order-waits");  // the lag
  CHECK(desk.happens(Kind::activated, b, "2026-03-04").empty());
  CHECK(desk.happens(Kind::cancelled, b, when).empty());
  for (const Kind kind : {Kind::activated, Kind::delivered, Kind::accepted, Kind::moved, Kind::cancelled})
    CHECK(desk.happens(kind, b, when) == "wrong-state");
  CHECK(desk.happens(Kind::amended, b, when, "2 -1") == "wrong-state");
}

TEST_CASE("who is delivered is not cancelled, and who waits for a cancelled order goes first", "[orders][changes]") {
  OrderDesk desk(two_phases, two_sites);
  CHECK(desk.order("2026-03-02").empty());
  const std::string a = desk.key("1"), b = desk.key("2");
  CHECK(desk.happens(Kind::cancelled, a, "2026-03-02") == "order-waits");
  CHECK(desk.happens(Kind::cancelled, b, "2026-03-02").empty());
  CHECK(desk.happens(Kind::cancelled, a, "2026-03-02").empty());
  CHECK(desk.order("2026-03-02", "1 4").empty());
  CHECK(desk.happens(Kind::activated, desk.key("1", 2), "2026-03-02").empty());
  CHECK(desk.happens(Kind::delivered, desk.key("1", 2), "2026-03-02").empty());
  CHECK(desk.happens(Kind::cancelled, desk.key("1", 2), "2026-03-02") == "wrong-state");
}

TEST_CASE("orders that were cancelled give back what they had, and what is ordered anew ends at the total",
          "[orders][changes]") {
  OrderDesk desk("", {{"1", "3", "100"}});
  for (int i = 0; i < 3; ++i) CHECK(desk.order("2026-03-02", "1 1").empty());
  CHECK(told(desk.plan()) == "1: 1 1 = 33.33; 2: 1 1 = 33.34; 3: 1 1 = 33.33");
  CHECK(desk.happens(Kind::cancelled, desk.key("1", 2), "2026-03-02").empty());
  CHECK(told(desk.plan()) == "1: 1 1 = 33.33; 2!: 1 1 = 33.34; 3: 1 1 = 33.33; left 1 1");
  CHECK(desk.order("2026-03-02").empty());
  CHECK(told(desk.plan()) == "1: 1 1 = 33.33; 2!: 1 1 = 33.34; 3: 1 1 = 33.33; 4: 1 1 = 33.34");
}

TEST_CASE("shares are never of the other sign, nor more than is there to be taken back", "[orders][changes]") {
  const auto after = [](bool dear, const std::string& portion) {  // each second unit costs a cent
    OrderDesk desk("", {{"1", "10", "0.05"}});
    for (int i = 0; i < 8; ++i) CHECK(desk.order("2026-03-02", "1 1").empty());
    CHECK(desk.order("2026-03-02", "1 2").empty());
    CHECK(desk.plan().orders[8].amount == "0.01");
    for (std::uint32_t i = dear ? 1 : 2; i <= 8; i += 2)
      CHECK(desk.happens(Kind::cancelled, desk.key("1", i), "2026-03-02").empty());
    if (portion == "1 -1") CHECK(desk.happens(Kind::amended, desk.key("1", 9), "2026-03-02", portion).empty());
    else CHECK(desk.order("2026-03-02", portion).empty());
    return told(desk.plan().orders.back().items[0].entries);
  };
  CHECK(after(true, "1 -1") == "2 = 0.01; -1 = 0.00");    // by the rest, two cents more would be due
  CHECK(after(false, "1 -1") == "2 = 0.01; -1 = -0.01");  // by the rest, two less
  CHECK(after(true, "1 1") == "1 = 0.03");
  CHECK(after(false, "1 1") == "1 = 0.00");
}

TEST_CASE("how an order differs", "[orders][changes]") {
  OrderDesk desk(full_roles + by_kind + "a starts when b is delivered  a is due on line.due  every order shifts dates",
                 {{"1", "4", "100", R"("kind": "a", "term": 12, "due": "2026-03-30")"},
                  {"2", "1", "1", R"("kind": "b")"}});
  CHECK(desk.order("2026-03-02", "1 3, 2 1").empty());
  OrderPlan before = desk.plan();
  const auto differs = [&](const std::string& refusal) {
    CHECK(refusal.empty());
    const OrderPlan now = desk.plan();
    std::string text;
    for (const OrderDifference& each : differences(before, now)) {
      const char* name = each.made ? "new:" : each.order == desk.key("1") ? "1:" : "2:";
      text += (text.empty() ? "" : "; ") + std::string(name);
      for (const OrderDifference::Field& field : each.fields)
        text += ' ' + field.name + ' ' + field.before + " > " + field.after;
    }
    before = now;
    return text;
  };
  const std::string a = desk.key("1"), b = desk.key("2");
  CHECK(differs(desk.happens(Kind::moved, b, "2026-03-04")) ==
        "1: starts 2026-03-02 > 2026-03-04 ends 2026-03-02 > 2026-03-04 "
        "1 term 2026-03-02 to 2027-03-01 > 2026-03-04 to 2027-03-03; "
        "2: starts 2026-03-02 > 2026-03-04 ends 2026-03-02 > 2026-03-04");
  CHECK(differs(desk.happens(Kind::activated, b, "2026-03-04")) == "2: state draft > activated");
  CHECK(differs(desk.happens(Kind::delivered, b, "2026-03-04")) == "2: state activated > delivered");
  CHECK(differs(desk.happens(Kind::accepted, b, "2026-03-05")) ==
        "2: state delivered > accepted accepted  > 2026-03-05");
  CHECK(differs(desk.happens(Kind::amended, a, "2026-03-05", "1 1")) ==
        "1: amount 75.00 > 100.00 1 quantity 3 > 4 1 amount 75.00 > 100.00");
  CHECK(differs(desk.happens(Kind::cancelled, a, "2026-03-05")).starts_with("1: state draft > cancelled starts"));
  CHECK(differs(desk.order("2026-03-05")).ends_with("new:"));
}

TEST_CASE("a part that stays with its bundle is warned of once, whenever it is ordered", "[orders][changes]") {
  OrderDesk desk("split by line.site", {{"other"},
                                        {"box", "2", "1", R"("site": "X")"},
                                        {"part", "2", "1", R"("site": "Y", "required_by": "box")"}});
  CHECK(desk.plan().warnings.size() == 1);
  CHECK(desk.order("2026-03-02", "other 1").empty());
  CHECK(desk.plan().warnings.empty());
  for (int i = 0; i < 2; ++i) {
    CHECK(desk.order("2026-03-02", "box 1").empty());
    CHECK(desk.plan().warnings.size() == 1);
  }
}

TEST_CASE("amounts look the same whatever becomes of an order", "[orders][changes]") {
  for (const std::string amount : {"100", "0", "-12.5"}) {
    OrderDesk desk("", {{"1", "1", amount}});
    CHECK(desk.order("2026-03-02").empty());
    const OrderItem before = desk.of("1").items[0];
    CHECK(desk.happens(Kind::cancelled, desk.key("1"), "2026-03-02").empty());
    CHECK(desk.of("1").items[0].amount == before.amount);
  }
}

TEST_CASE("days and limits", "[orders][changes][hostile]") {
  OrderDesk desk("every order takes 1 day", {{"1", "5"}});
  const auto on = [&](std::int32_t days) { return desk.change({Kind::ordered, {}, days, false, {{"1", "1"}}, {}}); };
  CHECK(on(std::numeric_limits<std::int32_t>::max()) == "bad-command");
  CHECK(on(std::numeric_limits<std::int32_t>::min()) == "bad-command");
  CHECK(on(day("9999-12-31") + 1) == "bad-command");
  CHECK(on(day("0001-01-01") - 1) == "bad-command");
  CHECK(on(day("9999-12-31")) == "bad-quote");  // nothing is delivered after that
  CHECK(on(day("0001-01-01")).empty());
  const std::string key = desk.key("1");
  CHECK(desk.happens(Kind::moved, key, "9999-12-31") == "bad-quote");
  CHECK(desk.deliver_on(key, "9999-12-31").empty());
  std::vector<Portion> many(max_portions + 1, {"1", "1"});
  CHECK(desk.change({Kind::ordered, {}, 0, false, many, {}}) == "bad-command");
  many.pop_back();
  CHECK(desk.change({Kind::ordered, {}, 0, false, many, {}}) == "bad-quantity");
  desk.kase.orders.resize(max_order_changes, {Kind::moved, key, day("2026-03-02"), false, {}, {}});
  CHECK(desk.happens(Kind::moved, key, "2026-04-02") == "bad-command");
  desk.kase.orders.pop_back();
  CHECK(desk.happens(Kind::moved, key, "2026-04-02").empty());
}

TEST_CASE("a history that cannot have been makes no plan", "[orders][changes][hostile]") {
  OrderDesk desk("", {{"1", "5"}});
  CHECK(desk.order("2026-03-02", "1 3").empty());
  const Case fitting = desk.kase;
  const std::int32_t on = day("2026-03-02");
  for (const OrderChange& each : {OrderChange{Kind::activated, "0123456789abcdef", on, false, {}, {}},
                                  OrderChange{Kind::ordered, {}, on, false, {{"1", "3"}}, {}},
                                  OrderChange{Kind::amended, desk.key("1"), on, false, {{"2", "1"}}, {}}}) {
    const std::string line = to_json(Event{fitting.version + 1, 1, "rep", {}, "c", OrdersChanged{each, {"00"}}});
    desk.kase = fitting;
    REQUIRE(apply(desk.kase, *event_from_json(line)).empty());
    const auto plan = plan_orders(*desk.evaluator, desk.kase, desk.quote, desk.world);
    REQUIRE_FALSE(plan);
    CHECK(plan.problems()[0].code == ErrorCode::bad_request);
    CHECK(desk.order("2026-03-03") == "bad-quote");
  }
}

TEST_CASE("terms that are none, and amounts that are finer than their currency", "[orders][changes][hostile]") {
  for (const char* term : {R"("term": 0)", R"("term": -1)", R"("term": 1201)", R"("term": 2147483647)",
                           R"("until": "2026-03-01")", R"("from": "2026-03-02", "until": "2026-03-01")",
                           R"("from": "9999-12-01", "term": 1)", R"("until": "9999-12-31")"}) {
    INFO(term);
    OrderDesk desk(full_roles, {{"1", "1", "1", term}});
    CHECK(desk.order("2026-03-02") == "bad-quote");
    CHECK(desk.kase.orders.empty());
  }
  // Parts of a bundle that cannot be multiplied: all that is left goes with all that is left.
  const std::string many = "9999999999999999999";
  OrderDesk bundle("", {{"1", many, "1"}, {"2", many, "1", R"("required_by": "1")"}});
  CHECK(bundle.order("2026-03-02", "1 3333333333333333333") == "bad-quantity");
  CHECK(bundle.order("2026-03-02", "1 " + many).empty());
  OrderDesk fine("assets per unit", {{"1", "3", "10.005"}});
  CHECK(fine.order("2026-03-02", "1 2").empty());
  CHECK(fine.order("2026-03-02").empty());
  CHECK(told(fine.plan()) == "1: 1 2 = 6.67; 2: 1 1 = 3.335");
  CHECK(assets(fine.plan())->at(2).amount == "3.335");
}

TEST_CASE("quantities that are none", "[orders][changes][hostile]") {
  OrderDesk desk("", {{"1", "2.5"}, {"2", "9999999999999999999999999999999999"}});
  const std::string before = to_json(desk.kase);
  for (const std::string& line : {std::string("1"), std::string("2")}) {
    for (const char* each : {"", " ", "x", "1 ", " 1", "+1", "01", ".5", "1.", "1,5", "0x1", "NaN", "inf", "1e", "--1",
                             "1e400", "-0", "0e9", "1e-30", "99999999999999999999999999999999999", "1e34",
                             "-9999999999999999999999999999999999", "9999999999999999999999999999999999.5"}) {
      INFO(line << ' ' << each);
      CHECK(desk.change({Kind::ordered, {}, day("2026-03-02"), false, {{line, each}}, {}}) == "bad-quantity");
    }
    CHECK(desk.change({Kind::ordered, {}, 0, false, {{line, std::string(500, '9')}}, {}}) == "bad-command");
  }
  for (const std::string& each : {std::string("a\0b", 3), std::string(1, '\0'), std::string("\xff")}) {
    CHECK(desk.change({Kind::ordered, {}, 0, false, {{each, "1"}}, {}}) == "bad-command");
    CHECK(desk.change({Kind::ordered, {}, 0, false, {{"1", each}}, {}}) == "bad-command");
    CHECK(desk.change({Kind::cancelled, each, 0, false, {}, {}}) == "bad-command");
    CHECK(desk.change({Kind::ordered, {}, 0, false, {{"1", "1"}}, each}) == "bad-command");
  }
  CHECK(to_json(desk.kase) == before);
  CHECK(desk.order("2026-03-02", "1 2.50, 2 1e33").empty());  // the same numbers, otherwise written
  CHECK(told(desk.plan()) == "1: 1 2.5, 2 1000000000000000000000000000000000 = 110.00; "
                             "left 2 8999999999999999999999999999999999");
  const std::string key = desk.key("1");
  CHECK(desk.happens(Kind::amended, key, "2026-03-02", "2 8999999999999999999999999999999999").empty());
  CHECK(desk.happens(Kind::amended, key, "2026-03-02", "2 1") == "bad-quantity");
  CHECK(desk.happens(Kind::amended, key, "2026-03-02", "1 -9999999999999999999999999999999999") == "bad-quantity");
  CHECK(told(desk.plan()) == "1: 1 2.5, 2 9999999999999999999999999999999999 = 200.00");
}

TEST_CASE("amounts of 34 digits", "[orders][changes][hostile]") {
  const std::string most = "99999999999999999999999999999999.99";  // in cents
  OrderDesk one("", {{"1", "3", most}});
  for (int i = 0; i < 3; ++i) CHECK(one.order("2026-03-02", "1 1").empty());
  const std::string third = "33333333333333333333333333333333.33";
  CHECK(told(one.plan()) == "1: 1 1 = " + third + "; 2: 1 1 = " + third + "; 3: 1 1 = " + third);
  OrderDesk more("", {{"1", "3", "9999999999999999999999999999999999"}});  // whole ones, and no cents of them
  CHECK(more.order("2026-03-02", "1 1") == "bad-quote");
  CHECK(more.order("2026-03-02").empty());
  OrderDesk two("split by line.site", {{"1", "1", most, R"("site": "X")"}, {"2", "1", most, R"("site": "Y")"}});
  CHECK(two.order("2026-03-02").empty());
  OrderDesk together("", {{"1", "1", most}, {"2", "1", most}});
  CHECK(together.order("2026-03-02") == "bad-quote");
  OrderDesk contract(full_roles, {{"1", "1", most, R"("kind": "a", "until": "2027-01-01")"}});
  CHECK(contracts(contract.plan())->at(0).amount == most);
  CHECK(revenue(contract.plan()));
}

TEST_CASE("years before a thousand, and the last one", "[orders][changes][hostile]") {
  OrderDesk desk("every order earns by day", {{"1", "2"}});
  CHECK(desk.order(of_year(999) + "-12-31", "1 1").empty());
  CHECK(desk.happens(Kind::activated, desk.key("1"), "1000-01-01").empty());
  CHECK(desk.happens(Kind::delivered, desk.key("1"), "0999-12-31") == "wrong-state");
  CHECK(desk.happens(Kind::delivered, desk.key("1"), "9999-12-31").empty());
  CHECK(desk.happens(Kind::accepted, desk.key("1"), "9999-12-31").empty());
  CHECK(revenue(desk.plan()).problems().at(0).message == "line `1`: the date is outside the years 1 to 9999");
}

TEST_CASE("what has happened is written down, also where it leaves nothing of a term", "[orders][changes]") {
  const std::string clauses = by_kind + full_roles + "b starts when a is delivered  b clamps dates, prorated by day";
  const std::vector<Line> lines = {
      {"1", "1", "100", R"("kind": "a")"},
      {"2", "1", "310", R"("kind": "b", "from": "2026-03-01", "until": "2026-03-31", "holder": "h", "product": "p")"}};
  OrderDesk desk(clauses, lines);
  CHECK(desk.order("2026-03-02").empty());
  CHECK(told(desk.of("2").items[0].entries) == "1 = 300.00, 2026-03-02 to 2026-03-31");
  const std::string a = desk.key("1");
  CHECK(desk.happens(Kind::activated, a, "2026-03-02").empty());
  CHECK(desk.happens(Kind::delivered, a, "2026-04-01").empty());
  CHECK(told(desk.of("2").items[0].entries) == "1 = 0.00");
  REQUIRE(desk.plan().warnings.size() == 1);
  CHECK(desk.plan().warnings[0].message == "`2` has no term left: its order starts when that is over");
  CHECK(contracts(desk.plan())->empty());
  CHECK(entitlements(desk.plan())->empty());
}

TEST_CASE("nobody is entitled before the order starts, whenever the term does", "[orders][changes]") {
  OrderDesk desk(full_roles, {{"1", "4", "12", R"("from": "2026-01-01", "until": "2026-12-31", "product": "p")"}});
  CHECK(desk.order("2026-03-02").empty());
  CHECK(desk.happens(Kind::activated, desk.key("1"), "2026-03-05").empty());
  const auto all = entitlements(desk.plan());
  REQUIRE(all->size() == 1);
  CHECK(all->at(0).starts + " to " + all->at(0).ends == "2026-03-05 to 2026-12-31");
  CHECK(contracts(desk.plan())->at(0).starts == "2026-01-01");
}
