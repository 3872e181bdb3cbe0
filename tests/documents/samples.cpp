// Entry: small_order, full_order, told, replaced.
#include "tests/documents/samples.h"

#include <catch2/catch.hpp>

using namespace assent;
using namespace assent::documents;

Decimal number(const char* text) {
  Decimal value;
  REQUIRE(parse_decimal(text, value) == Fault::none);
  return value;
}

Amount euros(const char* text) { return {number(text), "EUR"}; }

Date day(const char* text) {
  const std::optional<Date> parsed = parse_date(text);
  REQUIRE(parsed);
  return *parsed;
}

OrderDocument small_order() {
  OrderDocument order;
  order.id = "O-1";
  order.issue_date = day("2026-03-02");
  order.currency = "EUR";
  order.buyer = {"7300010000001", "0088", "Buyer Ltd", {}};
  order.seller = {"7300010000018", "0088", "Seller Ltd", {}};
  order.seller.address.country = "SE";
  OrderLine line;
  line.id = "1";
  line.quantity = decimal(3);
  line.unit = "C62";
  line.amount = euros("100.00");
  line.item_name = "Monitor";
  order.lines.push_back(line);
  return order;
}

OrderDocument full_order() {
  OrderDocument order = small_order();
  order.note = "Deliver to the back door";
  order.quotation_id = "Q-17";
  order.sibling_ids = {"O-2", "O-3"};
  order.contract_id = "C-5";
  order.buyer.address = {"Main street 1", "Floor 2", "Oslo", "0150", "East", "NO"};
  order.requested = {day("2026-04-01"), day("2026-04-30")};
  order.place = {"7300010000025", "0088", {"Dock 4", "", "Bergen", "5005", "", "NO"}, "Warehouse"};
  order.allowances = {{false, "95", "Discount", number("10"), euros("15.00"), euros("150.00")},
                      {true, "FC", "Freight", {}, euros("20.00"), {}}};
  order.tax = euros("38.75");
  order.prepaid = euros("50.00");
  order.payable_step = number("1");
  OrderLine& monitor = order.lines[0];
  monitor.quotation_line_id = "QL-1";
  monitor.note = "Black";
  monitor.price = Price{euros("40.00"), decimal(1), PriceDiscount{euros("50.00"), euros("10.00")}};
  monitor.allowances = {{false, "", "Old stock", {}, euros("20.00"), {}}};
  monitor.requested = {day("2026-04-10"), {}};
  monitor.item_description = "27 inches";
  monitor.sellers_item_id = "M-27";
  OrderLine arm;
  arm.id = "2";
  arm.quotation_line_id = "QL-2";
  arm.quantity = number("2.5");
  arm.unit = "MTR";
  arm.amount = euros("50.00");
  arm.item_name = "Cable";
  arm.references = {{"", "1"}, {"O-2", "7"}};
  order.lines.push_back(arm);
  return order;
}

std::string told(const Problems& problems) {
  std::string all;
  for (const Problem& problem : problems) all += (all.empty() ? "" : "; ") + problem.where + ": " + problem.message;
  return all.empty() ? "none" : all;
}

std::string told(const std::vector<Violation>& violations) {
  std::string all;
  for (const Violation& violation : violations) {
    all += (all.empty() ? "" : ", ") + std::string(id(violation.rule)) + " " + violation.place;
  }
  return all.empty() ? "none" : all;
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const std::size_t at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}
