// Tests of the price that leads to an amount: examples, and random ones against the ERP's own arithmetic in integers.
#include "runtime/erp/price.h"

#include <catch2/catch.hpp>
#include <random>

#include "tests/erp/samples.h"

using namespace assent;
using namespace assent::erp;
using erp::test::number;

namespace {

// "3 × 33.3333 = 100.00; …"
std::string priced_text(const std::string& quantity, const std::string& amount, int places = 4,
                        const std::string& step = "0.01") {
  std::string out;
  for (const Part& part : priced(number(quantity), number(amount), places, number(step))) {
    if (!out.empty()) out += "; ";
    out += text(part.quantity) + " × " + text(part.price) + " = " + text_with_places(part.amount, 2);
  }
  return out;
}

std::int64_t half_even(std::int64_t value, std::int64_t unit) {  // to a multiple of unit, of 0 or more
  const std::int64_t whole = value / unit, rest = value % unit;
  return rest * 2 > unit || (rest * 2 == unit && whole % 2 == 1) ? whole + 1 : whole;
}

}  // namespace

TEST_CASE("one price where there is one", "[erp]") {
  CHECK(priced_text("3", "100.00") == "3 × 33.3333 = 100.00");
  CHECK(priced_text("1", "99.99") == "1 × 99.99 = 99.99");
  CHECK(priced_text("7", "0.01") == "7 × 0.0014 = 0.01");
  CHECK(priced_text("3", "0") == "3 × 0 = 0.00");
  CHECK(priced_text("0.1", "0.07") == "0.1 × 0.7 = 0.07");
  CHECK(priced_text("3", "-100.00") == "3 × -33.3333 = -100.00");
  CHECK(priced_text("2.5", "12.34") == "2.5 × 4.936 = 12.34");
  CHECK(priced_text("100", "0.33") == "100 × 0.0033 = 0.33");
  CHECK(priced_text("3", "100.05", 4, "0.05") == "3 × 33.35 = 100.05");
  CHECK(priced_text("3", "100", 4, "1") == "3 × 33.3333 = 100.00");
  CHECK(priced_text("3", "99.9999", 4, "0") == "3 × 33.3333 = 99.9999");
}

TEST_CASE("two neighbouring prices where there is none", "[erp]") {
  CHECK(priced_text("300", "100.00") == "200 × 0.3333 = 66.66; 100 × 0.3334 = 33.34");
  CHECK(priced_text("300", "-100.00") == "200 × -0.3333 = -66.66; 100 × -0.3334 = -33.34");
  CHECK(priced_text("1000.5", "100.00") == "500 × 0.0999 = 49.95; 500.5 × 0.1 = 50.05");
  CHECK(priced_text("3", "100.00", 4, "0") == "2 × 33.3333 = 66.6666; 1 × 33.3334 = 33.3334");
  CHECK(priced_text("10000", "0.01") == "9900 × 0 = 0.00; 100 × 0.0001 = 0.01");
  CHECK(priced_text("3", "100.00", 2) == "2 × 33.33 = 66.66; 1 × 33.34 = 33.34");
}

TEST_CASE("no price where the amount is none of the currency's", "[erp]") {
  CHECK(priced_text("3", "100.001").empty());
  CHECK(priced_text("3", "100.01", 4, "0.05").empty());
  CHECK(priced_text("1", "0.01", 0).empty());
  CHECK(priced_text("0.000000000000001", "999999999999.99", 12).empty());  // it would have 39 digits
}

TEST_CASE("pieces and amount are what was approved, for any of them", "[erp]") {
  std::mt19937 random(20260302);
  int singles = 0, pairs = 0, none = 0;
  for (int i = 0; i < 20'000; ++i) {
    const std::int64_t pieces = 1 + static_cast<std::int64_t>(random() % (i % 2 == 0 ? 100 : 20'000));
    const std::int64_t cents = static_cast<std::int64_t>(random() % (i % 3 == 0 ? 1'000 : 10'000'000));
    const std::vector<Part> parts = priced(decimal(pieces), {cents, -2}, 4, {1, -2});
    INFO(pieces << " for " << cents << " cents");
    std::int64_t all_pieces = 0, all_cents = 0;
    for (const Part& part : parts) {
      Decimal grids;
      REQUIRE(multiply(part.price, decimal(10'000), grids) == Fault::none);
      const std::int64_t quantity = *to_int64(part.quantity);
      REQUIRE(quantity > 0);
      all_pieces += quantity;
      all_cents += half_even(quantity * *to_int64(grids), 100);
    }
    // A price of four decimals rounds by no more than half a cent for up to a hundred pieces.
    if (pieces <= 100) REQUIRE(parts.size() == 1);
    singles += parts.size() == 1, pairs += parts.size() == 2, none += parts.empty();
    if (parts.empty()) continue;
    REQUIRE(all_pieces == pieces);
    REQUIRE(all_cents == cents);
    if (parts.size() == 1) continue;
    // A pair only where no single price is right: not the nearest, so none.
    for (std::int64_t price = cents * 100 / pieces; price <= cents * 100 / pieces + 1; ++price) {
      REQUIRE(half_even(pieces * price, 100) != cents);
    }
  }
  CHECK(singles > 5'000);
  CHECK(pairs > 5'000);
  CHECK(none == 0);
}
