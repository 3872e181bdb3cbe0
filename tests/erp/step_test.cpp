// Tests of the next step: each state of the ERP with each thing that may be wanted.
#include "runtime/erp/step.h"

#include <catch2/catch.hpp>

#include "tests/erp/samples.h"

using namespace assent;
using namespace assent::erp;
using Catch::Matchers::Contains;

namespace {

std::string next(const ErpOrder& order, const std::vector<Sale>& sales) {
  const std::variant<Step, End> next = next_step(order, sales);
  if (const Step* const step = std::get_if<Step>(&next)) return std::string(text(*step));
  CHECK(std::get<End>(next).message.empty() == (std::get<End>(next).outcome == Outcome::reached));
  return std::string(text(std::get<End>(next).outcome));
}

// What follows in each of the ERP's states, from draft to cancelled.
std::string in_each_state(const ErpOrder& order, std::int32_t erp_revision) {
  std::string out;
  Sale sale = erp::test::sale(order);
  sale.revision = erp_revision;
  for (const char* word : {"draft", "quotation", "confirmed", "processing", "done", "cancelled"}) {
    sale.state = sale_state(word).value();
    out += next(order, {sale}) + " ";
  }
  return out;
}

}  // namespace

TEST_CASE("the next step follows from what is there", "[erp]") {
  ErpOrder order = erp::test::order();
  order.revision = 2;
  CHECK(next(order, {}) == "create");
  CHECK(in_each_state(order, 2) == "quote confirm process reached reached refused ");
  CHECK(in_each_state(order, 1) == "rewrite reopen refused refused refused refused ");
  CHECK(in_each_state(order, 3) == "superseded superseded superseded superseded superseded superseded ");
  CHECK(in_each_state(order, 0) == "alarmed alarmed alarmed alarmed alarmed alarmed ");
  order.cancelled = true;
  CHECK(next(order, {}) == "reached");
  CHECK(in_each_state(order, 2) == "cancel cancel refused refused refused reached ");
  CHECK(in_each_state(order, 1) == "mark mark refused refused refused mark ");
  CHECK(in_each_state(order, 3) == "superseded superseded superseded superseded superseded superseded ");
}

TEST_CASE("two orders of a key are for a person to look at, whatever they are", "[erp]") {
  ErpOrder order = erp::test::order();
  const Sale sale = erp::test::sale(order);
  CHECK(next(order, {sale, sale}) == "alarmed");
  order.cancelled = true;
  CHECK(next(order, {sale, sale}) == "alarmed");
  order.revision = 2;
  CHECK(next(order, {sale, sale}) == "alarmed");
}

TEST_CASE("an order that is not what was approved goes no further", "[erp]") {
  const ErpOrder order = erp::test::order();
  const Sale good = erp::test::sale(order);
  REQUIRE(difference(order, good).empty());
  const auto seen = [&](void (*change)(Sale&)) {
    Sale sale = good;
    change(sale);
    CHECK(next(order, {sale}) == "alarmed");
    sale.state = SaleState::processing;
    CHECK(next(order, {sale}) == "alarmed");
    return difference(order, sale);
  };
  CHECK(seen([](Sale& sale) { sale.customer = "C-2"; }) == "the customer is `C-2`, approved is `C-1`");
  CHECK(seen([](Sale& sale) { sale.currency = "CHF"; }) == "the currency is `CHF`, approved is `EUR`");
  CHECK(seen([](Sale& sale) { sale.lines[0].product = "OTHER"; }) ==
        "the product of line `L1` is `OTHER`, approved is `MONITOR`");
  CHECK(seen([](Sale& sale) { sale.lines[0].unit = "m"; }) == "the unit of line `L1` is `m`, approved is `u`");
  CHECK(seen([](Sale& sale) { sale.lines[0].quantity = decimal(4); }) ==
        "the quantity of line `L1` is `4`, approved is `3`");
  CHECK(seen([](Sale& sale) {
          sale.lines[1].amount = {9999, -2};
        }) == "the amount of line `L2` is `99.99`, approved is `100`");
  CHECK(seen([](Sale& sale) { sale.lines.pop_back(); }) == "line `L2` is missing");
  CHECK(seen([](Sale& sale) { sale.lines[1].order_line = ""; }) == "line `L2` is missing");
  CHECK(seen([](Sale& sale) {
          sale.lines.push_back({"", "MONITOR", "u", decimal(1), decimal(0)});
        }) == "line `` is none of the order's");
  CHECK(seen([](Sale& sale) { sale.lines[1].order_line = "L1"; }) ==
        "line `L1` is several that do not belong together");

  Sale split = good;  // in two lines, at two prices
  split.lines[0].quantity = decimal(2);
  split.lines[0].amount = {6666, -2};
  split.lines.push_back({"L1", "MONITOR", "u", decimal(1), {3334, -2}});
  CHECK(difference(order, split).empty());
}

TEST_CASE("a revision is read as it is written, or not at all", "[erp]") {
  for (const std::int32_t revision : {1, 2, 10, max_revision}) CHECK(revision_of(revision_text(revision)) == revision);
  for (const char* text : {"", "revision", "revision ", "revision 0", "revision 01", "revision 1 ", "Revision 1",
                           "revision -1", "revision 1000001", "revision 99999999999999999999", "urgent: revision 1"}) {
    INFO(text);
    CHECK(revision_of(text) == 0);
  }
}
