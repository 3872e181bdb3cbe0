// The examples of the manuals of the ERP, as they stand there.
#include "tests/unit/manual.h"

#include "runtime/erp/price.h"
#include "runtime/erp/tryton.h"
#include "tests/erp/samples.h"

using namespace assent;

namespace {

erp::ErpOrder example() {
  using namespace assent::erp;
  // begin order.h
  ErpOrder order;
  order.key = "Q-17/8c1f0a3d5e7b9204";
  order.customer = "C-1";
  order.currency = "EUR";
  order.order_date = *date(2026, 3, 2);
  ErpLine line;
  line.id = "L1";
  line.product = "MONITOR";
  line.description = "Monitor, 27 inches";
  line.quantity = "3";
  line.unit = "u";
  line.amount = "100.00";
  order.lines.push_back(line);
  // end order.h
  return order;
}

std::string read_secret() { return "sesame"; }
std::string complain(const Problems& problems) { return problems[0].message; }
std::string try_again_later(const std::string& message) { return message; }

std::string driven(const erp::ErpOrder& order) {
  // begin tryton.h
  erp::TrytonServer server;
  server.url = "https://erp.example.com/";
  server.database = "company";
  server.user = "assent";
  server.password = read_secret();
  erp::Tryton tryton(server);
  Result<erp::Report> report = tryton.drive(order);  // order.h
  if (!report) return complain(report.problems());   // the order, or the settings, make no sense
  if (report->outcome == erp::Outcome::failed) return try_again_later(report->message);
  // end tryton.h
  return "";
}

}  // namespace

TEST_CASE("the examples of the manuals of the ERP are what is compiled", "[erp]") {
  test::must_stand_in("runtime/erp/order.h", "tests/erp/manual_test.cpp", "order.h");
  test::must_stand_in("runtime/erp/tryton.h", "tests/erp/manual_test.cpp", "tryton.h");
  CHECK(check(example()).empty());
  CHECK(driven(erp::ErpOrder{}) == "it is empty");  // its key; nothing is sent
}

TEST_CASE("the table of the README of the ERP is what is ordered", "[erp]") {
  const std::string readme = test::read("runtime/erp/README.md");
  using erp::test::number;
  for (const erp::Part& part : erp::priced(number("300"), number("100.00"), 4, number("0.01"))) {
    const std::string row =
        "| L1 | " + text(part.quantity) + " | " + text(part.price) + " | " + text_with_places(part.amount, 2) + " |\n";
    INFO(row);
    CHECK(readme.find(row) != std::string::npos);
  }
  for (const erp::Outcome outcome : {erp::Outcome::reached, erp::Outcome::superseded, erp::Outcome::refused,
                                     erp::Outcome::alarmed, erp::Outcome::failed}) {
    CHECK(readme.find("| `" + std::string(text(outcome)) + "` |") != std::string::npos);
  }
  CHECK(readme.find("at most " + std::to_string(erp::max_steps) + " times") != std::string::npos);
}
