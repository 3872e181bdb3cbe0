#include "tests/erp/samples.h"

#include <catch2/catch.hpp>

namespace assent::erp::test {

ErpOrder order(const std::string& key) {
  ErpOrder out;
  out.key = key;
  out.customer = "C-1";
  out.currency = "EUR";
  out.order_date = *date(2026, 3, 2);
  out.lines.push_back({"L1", "MONITOR", "Monitor für Köln", "3", "u", "100.00", {}});
  out.lines.push_back({"L2", "SETUP", "", "300", "u", "100.00", {}});
  return out;
}

Sale sale(const ErpOrder& order) {
  Sale out;
  out.id = 1;
  out.state = SaleState::draft;
  out.revision = order.revision;
  out.customer = order.customer;
  out.currency = order.currency;
  for (const ErpLine& line : order.lines) {
    out.lines.push_back({line.id, line.product, line.unit, number(line.quantity), number(line.amount)});
  }
  return out;
}

Decimal number(const std::string& text) {
  Decimal out;
  REQUIRE(parse_decimal(text, out) == Fault::none);
  return out;
}

}  // namespace assent::erp::test
