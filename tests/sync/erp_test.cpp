// Orders of a plan as they are to be in an ERP.
#include <catch2/catch.hpp>

#include "runtime/sync/erp_order.h"
#include "tests/sync/ward.h"

using namespace assent;
using namespace assent::sync;
using namespace assent::test;
using Kind = OrderChange::Kind;

namespace {

Order order_of(Ward& ward, std::string_view name) {
  const std::string key = ward.key(name);
  for (const Order& order : ward.plan().orders)
    if (order.key == key) return order;
  return {};
}

}  // namespace

TEST_CASE("an order of a plan is one of the ERP's", "[sync][erp]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  ward.amend("equipment NORTH", {{"L2", "-2"}});
  const auto trade = read_trade(trade_with(R"("split": {"line.site": {"NORTH": {"customer": "C-7"}, "SOUTH": {}}})"));
  REQUIRE(trade);
  const auto made = erp_order_of(order_of(ward, "equipment NORTH"), "Q-1", *trade);
  REQUIRE(made);
  CHECK(made->key == "Q-1/" + ward.key("equipment NORTH"));
  CHECK(made->revision == 3);
  CHECK_FALSE(made->cancelled);
  CHECK(made->customer == "C-7");
  CHECK(made->currency == "GBP");
  CHECK(text(made->order_date) == "2026-03-03");
  REQUIRE(made->lines.size() == 1);
  const erp::ErpLine& line = made->lines[0];
  CHECK(line.id + ' ' + line.product + ' ' + line.quantity + ' ' + line.unit == "L1 BED 3 u");
  CHECK(line.amount == "100.00");
  CHECK(text(*line.wanted_on) == "2026-03-18");

  CHECK(erp_order_of(order_of(ward, "equipment SOUTH"), "Q-1", *trade)->customer == "C-1");
  const auto care = erp_order_of(order_of(ward, "service NORTH"), "Q-1", *trade);
  CHECK_FALSE(care->lines[0].wanted_on);  // nobody knows yet
  CHECK(erp_order_of(order_of(ward, "service"), "Q-1", *trade)->lines[0].unit == "h");
}

TEST_CASE("an order that is wanted no longer is cancelled in the ERP", "[sync][erp]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  ward.amend("equipment NORTH", {{"L1", "-3"}, {"L2", "-2"}});
  ward.happens(Kind::cancelled, "equipment SOUTH");
  for (const char* name : {"equipment NORTH", "equipment SOUTH"}) {
    const auto made = erp_order_of(order_of(ward, name), "Q-1", TradeSettings{});
    REQUIRE(made);
    CHECK(made->cancelled);
    CHECK(made->lines.empty());
  }
  const auto wrong = erp_order_of(order_of(ward, "service"), "Q-1", TradeSettings{});
  REQUIRE_FALSE(wrong);
  CHECK(in_words(wrong.problems()) == "/items/0/unit: the settings do not say what the unit `hour` is called");
}

TEST_CASE("what an ERP is to have keeps its revision while nothing else is wanted", "[sync][erp]") {
  Ward ward;
  ward.order();
  const auto trade = read_trade(trade_with());
  // "NORTH 2" of each order that is to be there: by its key and its revision; "-" where it is cancelled.
  const auto wanted = [&] {
    const auto made = erp_orders(ward.story(), {}, *trade);
    REQUIRE(made);
    std::string all;
    for (const char* name : {"equipment NORTH", "equipment SOUTH", "service NORTH", "service"}) {
      const auto found = made->find(ward.key(name));
      if (found == made->end()) continue;
      REQUIRE(found->second);
      const erp::ErpOrder& order = *found->second;
      CHECK(order.key == "Q-1/" + found->first);
      all += std::string(name) + (order.cancelled ? " -" : " ") + std::to_string(order.revision) + "; ";
    }
    return all;
  };
  CHECK(wanted().empty());
  ward.happens(Kind::activated, "equipment NORTH");
  ward.happens(Kind::cancelled, "equipment SOUTH");  // a draft
  CHECK(wanted() == "equipment NORTH 2; ");
  ward.happens(Kind::delivered, "equipment NORTH", "2026-03-20");
  ward.happens(Kind::accepted, "equipment NORTH", "2026-03-21");
  CHECK(wanted() == "equipment NORTH 2; ");
  ward.amend("equipment NORTH", {{"L1", "-1"}});
  ward.happens(Kind::activated, "service NORTH", "2026-03-25");
  CHECK(wanted() == "equipment NORTH 5; service NORTH 5; ");
  ward.happens(Kind::cancelled, "service NORTH");
  CHECK(wanted() == "equipment NORTH 5; service NORTH -6; ");
  const auto one = erp_orders(ward.story(), {ward.key("service NORTH"), false}, *trade);
  CHECK(one->size() == 1);
}
