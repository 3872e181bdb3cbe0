// The examples of the manuals of documents, as they stand there.
#include "tests/unit/manual.h"

#include "runtime/documents/ubl_write.h"

using namespace assent;
using namespace assent::documents;

namespace {

std::string written() {
  // begin order.h
  OrderDocument order;
  order.id = "Q-17/hardware";
  order.issue_date = *date(2026, 3, 2);
  order.currency = "EUR";
  order.buyer = {"7300010000001", "0088", "Buyer", {}};
  order.seller = {"7300010000018", "0088", "Seller", {}};
  order.seller.address.country = "SE";
  OrderLine line;
  line.id = "1";
  line.quantity = decimal(3);
  line.unit = "C62";
  line.amount = {{10000, -2}, "EUR"};
  line.item_name = "Monitor";
  order.lines.push_back(line);
  Result<std::string> xml = write_order(order, Shape::peppol, Profile::ordering);  // ubl_write.h
  // end order.h
  REQUIRE(xml);
  return *xml;
}

}  // namespace

TEST_CASE("the examples of the manuals are what is written", "[documents]") {
  test::must_stand_in("runtime/documents/order.h", "tests/documents/manual_test.cpp", "order.h");
  const std::string readme = test::read("runtime/documents/README.md");
  const std::size_t begin = readme.find("```xml\n") + 7;
  std::istringstream example(readme.substr(begin, readme.find("```", begin) - begin));
  std::string bytes = written();
  bytes.replace(bytes.find("Q-17/hardware"), 13, "O-1");
  std::size_t at = 0, lines = 0;
  for (std::string line; std::getline(example, line); ++lines) {
    INFO(line);
    const std::size_t found = bytes.find(line == "<Order>" ? "<Order " : line + "\n", at);
    REQUIRE(found != std::string::npos);
    at = found + 1;
  }
  CHECK(lines > 20);
}
