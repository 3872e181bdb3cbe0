// Tests of prices that lead to their line amounts, and of totals.
#include "runtime/documents/price.h"

#include <catch2/catch.hpp>

#include "runtime/documents/totals.h"
#include "tests/documents/samples.h"

using namespace assent;
using namespace assent::documents;

namespace {

OrderLine line(const char* quantity, const char* amount) {
  OrderLine result = small_order().lines[0];
  result.quantity = number(quantity);
  result.amount = euros(amount);
  return result;
}

// "amount / base", with "d" where there is a discount; "none".
std::string written(const OrderLine& of) {
  const std::optional<Price> price = written_price(of);
  if (!price) return "none";
  return text(price->amount.value) + " / " + text(price->base_quantity) + (price->discount ? " d" : "");
}

}  // namespace

TEST_CASE("a price that leads to the amount is kept") {
  OrderLine of = line("3", "100.00");
  of.price = Price{euros("33.33"), decimal(1), PriceDiscount{euros("40.00"), euros("6.67")}};
  CHECK(written(of) == "33.33 / 1 d");  // 99.99, which is 0.01 off
  of.price = Price{euros("33.34"), decimal(1), std::nullopt};
  CHECK(written(of) == "33.34 / 1");  // 100.02, just within
  of.price = Price{euros("100"), decimal(3), std::nullopt};
  CHECK(written(of) == "100 / 3");
}

TEST_CASE("a price that does not is written for the whole quantity") {
  OrderLine of = line("3", "100.00");
  CHECK(written(of) == "100 / 3");  // there was none
  of.price = Price{euros("33.35"), decimal(1), PriceDiscount{euros("40.00"), euros("6.65")}};
  CHECK(written(of) == "100 / 3");  // 100.05; the discount was of the other price
  of.price = Price{euros("33.3267"), decimal(1), std::nullopt};
  CHECK(written(of) == "33.3267 / 1");  // 99.9801
  of.price = Price{euros("33.3266"), decimal(1), std::nullopt};
  CHECK(written(of) == "100 / 3");  // 99.9798
  // 4 * 3 less 1.4 % is 11.83 for the line; 2.96 apiece would be 11.84, which R024 still allows.
  CHECK(written(line("4", "11.83")) == "11.83 / 4");
}

TEST_CASE("allowances and charges of the line stand between its price and its amount") {
  OrderLine of = line("3", "100.00");
  of.allowances = {{false, "", "Old stock", {}, euros("20.00"), {}}, {true, "", "Freight", {}, euros("5.00"), {}}};
  CHECK(written(of) == "115 / 3");
  of.price = Price{euros("38.33"), decimal(1), std::nullopt};
  CHECK(written(of) == "38.33 / 1");
  of.allowances = {{true, "", "Freight", {}, euros("100.01"), {}}};
  CHECK(written(of) == "none");  // it would be negative
}

TEST_CASE("nothing has no price") {
  CHECK(written(line("0", "1.00")) == "none");
  OrderLine free = line("0", "0.00");
  CHECK(written(free) == "none");
  free.price = Price{euros("7.00"), decimal(1), std::nullopt};
  CHECK(written(free) == "7 / 1");
  free.price->base_quantity = decimal(0);
  CHECK(written(free) == "none");
  CHECK(written(line("5", "0.00")) == "0 / 5");
}

TEST_CASE("a price whose product has too many digits gives way") {
  OrderLine of = line("123456789012345.123456789012345", "1.00");
  of.price = Price{euros("123456789012345.123456789012345"), decimal(1), std::nullopt};
  CHECK(written(of) == "1 / 123456789012345.123456789012345");
}

TEST_CASE("totals are derived from the lines") {
  const Totals all = *totals(full_order());
  CHECK(text(all.lines) == "150");
  CHECK(text(all.allowances) == "15");
  CHECK(text(all.charges) == "20");
  CHECK(text(all.tax_exclusive) == "155");
  CHECK(text(*all.tax_inclusive) == "193.75");
  CHECK(text(*all.prepaid) == "50");
  CHECK(text(*all.payable_rounding) == "0.25");
  CHECK(text(all.payable) == "144");
}

TEST_CASE("without a tax there is no total with tax, and none of it is payable") {
  const Totals all = *totals(small_order());
  CHECK_FALSE(all.tax_inclusive);
  CHECK_FALSE(all.payable_rounding);
  CHECK(text(all.payable) == "100");
}

TEST_CASE("999.81 is rounded to 1000 by 0.19") {
  OrderDocument order = small_order();
  const auto rounded = [&](const char* amount, const char* step) {
    order.lines[0].amount = euros(amount);
    order.payable_step = number(step);
    const Totals all = *totals(order);
    return text(*all.payable_rounding) + " to " + text(all.payable);
  };
  CHECK(rounded("999.81", "1") == "0.19 to 1000");
  CHECK(rounded("999.49", "1") == "-0.49 to 999");
  CHECK(rounded("999.50", "1") == "0.5 to 1000");
  CHECK(rounded("999.50", "1.00") == "0.5 to 1000");
  CHECK(rounded("1000", "1") == "0 to 1000");
  CHECK(rounded("0.02", "0.05") == "-0.02 to 0");
  CHECK(rounded("123456789012345.67", "0.03") == "-0.01 to 123456789012345.66");
}

TEST_CASE("what is below 0 is rounded away from it too, where half is reached") {
  OrderDocument order = small_order();
  order.payable_step = decimal(1);
  order.lines[0].amount = euros("-999.81");
  CHECK(text(*totals(order)->payable_rounding) == "-0.19");
  order.lines[0].amount = euros("-999.49");
  CHECK(text(*totals(order)->payable_rounding) == "0.49");
  order.lines[0].amount = euros("-0.5");
  CHECK(text(totals(order)->payable) == "-1");
}

TEST_CASE("there are no totals where a sum is none") {
  OrderDocument order = small_order();
  order.payable_step = number("0");
  CHECK_FALSE(totals(order));
  order.payable_step = number("0.001");
  CHECK_FALSE(totals(order));
  order.payable_step.reset();
  order.lines[0].amount.value = {1, max_exponent};
  order.lines.push_back(order.lines[0]);
  order.lines[1].amount.value = {1, 0};
  CHECK_FALSE(totals(order));
}
