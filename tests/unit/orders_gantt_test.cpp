// The schedule of orders as a picture: the days that are marked, and what happens to plans that are too much for one.
// What a picture shows of real quotes is looked at from outside, in command/orders_test.sh.
#include "tools/orders/gantt.h"

#include <catch2/catch.hpp>

#include "tools/instant.h"
#include "tools/orders/time_axis.h"
#include "tools/text.h"

using namespace assent;
using namespace assent::command;

namespace {

TimeAxis axis_of(const char* first, const char* last) {
  return TimeAxis::around(*day_named(first), *day_named(last), 100, 900);
}

std::string labels_of(const std::vector<AxisTick>& ticks) {
  std::vector<std::string> labels;
  for (const AxisTick& each : ticks) labels.push_back(each.label);
  return joined(labels, " ");
}

OrderPlan plan_of(std::size_t orders) {
  OrderPlan plan;
  plan.name = "delivery";
  plan.planned_on = "2026-03-02";
  for (std::size_t i = 0; i < orders; ++i) {
    Order& order = plan.orders.emplace_back();
    order.key = std::to_string(i);
    order.phase = i % 2 == 0 ? "hardware" : "";
    order.amount = "1.00";
    order.currency = "EUR";
    order.starts = order.ends = "2026-03-02";
  }
  return plan;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("days, weeks, months and years are marked as there is room", "[orders]") {
  const TimeAxis day = axis_of("2026-03-02", "2026-03-02");
  CHECK(labels_of(day.ticks()) == "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19");
  CHECK(labels_of(day.heading()) == "Mar 2026");
  const TimeAxis weeks = axis_of("2026-04-13", "2026-05-18");
  CHECK(labels_of(weeks.ticks()) == "13 20 27 4 11 18 25");
  CHECK(labels_of(weeks.heading()) == "Apr 2026 May 2026");
  const TimeAxis months = axis_of("2026-02-01", "2027-01-31");
  CHECK(labels_of(months.ticks()) == "Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar Apr May Jun");
  CHECK(labels_of(months.heading()) == "2026 2027");
  const TimeAxis all = axis_of("0001-01-01", "9999-12-31");
  CHECK(labels_of(all.ticks()).starts_with("500 1000 1500"));
  CHECK(all.heading().empty());
}

TEST_CASE("no span has more ticks than there is room for, and all are in it", "[orders]") {
  const std::int32_t first_day = *day_named("0001-01-01"), last_day = *day_named("9999-12-31");
  for (const std::int32_t from : {first_day, -1, 0, 20514, last_day - 400, last_day}) {
    for (std::int32_t span = 0; from + span <= last_day; span += span / 50 + 1) {
      const TimeAxis axis = TimeAxis::around(from, from + span, 100, 900);
      const std::vector<AxisTick> ticks = axis.ticks();
      CAPTURE(from, span, ticks.size());
      REQUIRE(axis.first >= first_day);
      REQUIRE(axis.last <= last_day);
      REQUIRE(axis.first <= from);
      REQUIRE(from + span <= axis.last);
      REQUIRE(std::ssize(ticks) <= max_ticks);
      REQUIRE(!ticks.empty());
      REQUIRE(std::ssize(axis.heading()) <= max_ticks);
      REQUIRE(axis.at(axis.first) == 100);
      REQUIRE(axis.at(axis.last + 1) == 1000);
      for (const AxisTick& each : ticks) REQUIRE((axis.first <= each.day && each.day <= axis.last));
    }
  }
}

TEST_CASE("of too many orders the first are drawn and the others counted", "[orders]") {
  const std::string whole = orders_svg(plan_of(max_rows));
  CHECK_FALSE(has(whole, "not shown"));
  CHECK(has(orders_svg(plan_of(max_rows + 1)), ">1 more order is not shown<"));
  const OrderPlan huge = plan_of(max_orders);
  CHECK(has(orders_svg(huge), ">99000 more orders are not shown<"));
  CHECK(orders_svg(huge).size() < whole.size() + 200);
  const std::string mermaid = orders_mermaid(huge);
  CHECK(mermaid.size() < 50'000);
  CHECK(has(mermaid, " of them not shown\n"));
  CHECK_FALSE(has(orders_mermaid(plan_of(500)), "not shown"));
  CHECK(has(orders_mermaid(plan_of(0)), "title delivery, 0 orders\n"));
  CHECK(has(orders_svg(plan_of(0)), "0 orders · planned on 2026-03-02"));
}

TEST_CASE("orders are in the section of their phase, those without in that of the block", "[orders]") {
  CHECK(has(orders_mermaid(plan_of(3)),
            "  section hardware\n  1. 1.00 EUR :o1, 2026-03-02, 2026-03-02\n  3. 1.00 EUR :o3, 2026-03-02, 2026-03-02\n"
            "  section delivery\n  2. 1.00 EUR :o2, 2026-03-02, 2026-03-02\n"));
}

TEST_CASE("an arrow leaves where what is waited for is reached", "[orders]") {
  OrderPlan plan = plan_of(3);
  plan.orders[0].ends = "2026-03-09";
  OrderWait wait;
  wait.phase = "hardware";
  wait.orders = 1;
  wait.last = "0";
  const auto arrows = [&](std::string milestone, std::string last) {
    wait.milestone = std::move(milestone);
    wait.last = std::move(last);
    plan.orders[1].waits = {wait};
    const std::string svg = orders_svg(plan);
    std::size_t count = 0;
    for (std::size_t found = 0; (found = svg.find("class=\"arrow\"", found)) != std::string::npos; ++found) ++count;
    return std::pair(count - 1, svg);  // one is in the legend
  };
  CHECK(has(arrows("delivered", "0").second, "d=\"M796 153V166H429V179\""));
  CHECK(has(arrows("activated", "0").second, "d=\"M429 153V166H429V179\""));
  CHECK(has(arrows("activated", "2").second, "d=\"M429 223V210H429V197\""));
  CHECK(arrows("delivered", "0").first == 1);
  CHECK(arrows("delivered", "not drawn").first == 0);
}

TEST_CASE("a text is cut at cells and at characters") {
  CHECK(shortened("abc", 3) == "abc");
  CHECK(shortened("abcd", 3) == "ab…");
  CHECK(shortened("日本語", 6) == "日本語");
  CHECK(shortened("日本語", 5) == "日本…");
  CHECK(shortened("日本語", 4) == "日…");
  CHECK(shortened("a\u0301\u0301\u0301\u0301", 3) == "a\u0301…");
  CHECK(shortened("", 3).empty());
}
