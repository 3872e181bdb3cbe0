// Tests of whole numbers and ratios: limits by hand, and random operands of up to 34 digits against arithmetic on
// paper.
#include <catch2/catch.hpp>

#include <array>
#include <string>
#include <vector>

#include "runtime/orders/ratio.h"
#include "runtime/orders/whole.h"
#include "tests/orders/given.h"
#include "tests/orders/naive_number.h"

using namespace orders_test;

namespace {

const std::string nines(34, '9');

std::string multiplied(const std::string& value, UInt128 numerator, UInt128 denominator, int places) {
  Decimal out;
  const Failure failure = times(number(value), lowest_terms(numerator, denominator), places, out);
  return result(failure, out);
}

// A text of at most 34 digits.
UInt128 whole_number(const std::string& digits) {
  UInt128 value = 0;
  for (const char digit : digits) value = value * 10 + static_cast<UInt128>(digit - '0');
  return value;
}

std::string minor_units(const std::string& amount, int places) {
  MinorUnits out;
  const Failure failure = to_minor_units(number(amount), places, out);
  return result(failure, (out.negative ? "-" : "") + naive(out.count).digits);
}

}  // namespace

TEST_CASE("failures have stable names and messages") {
  CHECK(name(Failure::none) == "none");
  CHECK(name(Failure::beyond_quantity) == "beyond_quantity");
  CHECK(text(Failure::beyond_quantity) == "more is taken than is left");
  CHECK(text(Failure::term_too_long) == "the term is longer than " + std::to_string(max_term_months) + " months");
  CHECK(name(static_cast<Failure>(255)) == "unknown");
  CHECK(text(static_cast<Failure>(255)) == "unknown failure");
  CHECK(failure_of(Fault::none) == Failure::none);
  CHECK(failure_of(Fault::overflow) == Failure::overflow);
  CHECK(failure_of(Fault::date_range) == Failure::date_range);
}

TEST_CASE("an amount is a whole number of minor units, or too fine for them") {
  CHECK(minor_units("12.5", 2) == "1250");
  CHECK(minor_units("-12.500", 2) == "-1250");
  CHECK(minor_units("-0.00", 2).empty());
  CHECK(minor_units("1e3", 0) == "1000");
  CHECK(minor_units("12.505", 2) == "too_fine");
  CHECK(minor_units("0.1", 0) == "too_fine");
  CHECK(minor_units("1", -1) == "bad_places");
  CHECK(minor_units("1", 35) == "bad_places");
  CHECK(minor_units(nines, 0) == nines);
  CHECK(minor_units(nines, 1) == "overflow");
  CHECK(minor_units("1e33", 0) == "1" + std::string(33, '0'));
  CHECK(minor_units("1e34", 0) == "overflow");
  CHECK(minor_units("1e6000", 2) == "overflow");
  CHECK(minor_units("1e-6000", 2) == "too_fine");
  CHECK(from_minor_units({1250, true}, 2).exponent == -2);
  CHECK(from_minor_units({1250, true}, 2) == number("-12.5"));
}

TEST_CASE("several decimals in a unit that is common to them") {
  const auto common = [](const std::vector<std::string>& sources) {
    const std::vector<Decimal> values = numbers(sources);
    std::vector<UInt128> out(values.size(), 7);
    const Failure failure = to_common_units(values, out);
    std::string shown;
    for (const UInt128 value : out) shown += (shown.empty() ? "" : " ") + (value == 0 ? "0" : naive(value).digits);
    return result(failure, shown);
  };
  CHECK(common({"1", "2.50", "0"}) == "10 25 0");
  CHECK(common({"100", "3e2", "0.00"}) == "1 3 0");
  CHECK(common({"0", "0.000"}) == "0 0");
  CHECK(common({"1e6000", "2e6000"}) == "1 2");
  CHECK(common({"1e37", "1"}) == "1" + std::string(37, '0') + " 1");
  CHECK(common({"1e38", "1"}) == "overflow");
  CHECK(common({"9e37", "9e36", "1e36", "1"}) == "overflow");  // their sum is 10^38 and more
  CHECK(common({"1e6000", "1e-6000"}) == "overflow");
}

TEST_CASE("ratios are in lowest terms") {
  CHECK(lowest_terms(830, 365) == Ratio{166, 73});
  CHECK(lowest_terms(0, 365) == Ratio{0, 1});
  Ratio ratio;
  CHECK(ratio_of(number("0.75"), number("3.0"), ratio) == Failure::none);
  CHECK(ratio == Ratio{1, 4});
  CHECK(ratio_of(number("3e6000"), number("2e6001"), ratio) == Failure::none);
  CHECK(ratio == Ratio{3, 20});
  CHECK(ratio_of(number(nines), number("1e34"), ratio) == Failure::overflow);
  CHECK(ratio_of(number("1e34"), number("1e33"), ratio) == Failure::none);
  CHECK(ratio == Ratio{10, 1});
  CHECK(ratio_of(number("1e40"), number("7"), ratio) == Failure::overflow);
}

TEST_CASE("a product with a ratio is rounded once, half up") {
  CHECK(multiplied("10", 1, 3, 2) == "3.33");
  CHECK(multiplied("20", 1, 3, 2) == "6.67");
  CHECK(multiplied("0.01", 1, 2, 2) == "0.01");
  CHECK(multiplied("-0.01", 1, 2, 2) == "-0.01");
  CHECK(multiplied("0.03", 1, 2, 2) == "0.02");
  CHECK(multiplied("0.01", 49, 100, 2) == "0");
  CHECK(multiplied("-0.01", 49, 100, 2) == "0");
  CHECK(multiplied("0.0149999", 1, 1, 2) == "0.01");
  CHECK(multiplied("0.015", 1, 1, 2) == "0.02");
  CHECK(multiplied("0.005", 1, 1, 2) == "0.01");
  // 0.0149999... is rounded from what is exact, not from 0.015 of an intermediate rounding.
  CHECK(multiplied("0.045", 333333, 1000000, 2) == "0.01");
  CHECK(multiplied("0", 7, 3, 2) == "0");
  CHECK(multiplied("5", 0, 3, 2) == "0");
  CHECK(multiplied("1e-6000", 1, 1, 34) == "0");
  CHECK(multiplied("1", 1, 1, -1) == "bad_places");
  CHECK(multiplied("1", 1, 1, 35) == "bad_places");
  CHECK(multiplied(nines, 1, 1, 0) == nines);
  CHECK(multiplied(nines, 2, 1, 0) == "overflow");
  CHECK(multiplied(nines, 1, 2, 1) == "overflow");  // the value alone needs 35 digits in tenths
  CHECK(multiplied("0." + std::string(33, '9') + "5", 1, 1, 33) == "1");
  CHECK(multiplied(nines + "e-1", 10, 1, 0) == nines);
  CHECK(multiplied("1e6000", 1, 1, 0) == "overflow");
  CHECK(multiplied("1267650600228229401496703205376", 134217728, 1, 0) == "overflow");  // 2^100 * 2^27
  Decimal out;
  CHECK(times(number("1.5"), {2, 3}, 4, out) == Failure::none);
  CHECK(out.exponent == -4);
}

TEST_CASE("a product with a ratio is the nearest number of those places, for numbers of any length") {
  Chance chance(20260401);
  int wrong = 0;
  int results = 0;
  for (int round = 0; round < 4000; ++round) {
    const std::string value = chance.digits(chance.between(1, 34));
    const int places = static_cast<int>(chance.between(0, 6));
    const int exponent = static_cast<int>(chance.between(-30, 2));
    const std::string top = chance.digits(chance.between(1, 34));
    const std::string bottom = chance.digits(chance.between(1, 34));
    const Ratio ratio = lowest_terms(whole_number(top), whole_number(bottom));
    Decimal out;
    const Failure failure = times({static_cast<Int128>(whole_number(value)), exponent}, ratio, places, out);
    // value * 10^exponent * top / bottom in units of the last place: upper / lower.
    const int shift = exponent + places;
    const NaiveNumber upper = naive(value) * naive(top) * naive_power(std::max(shift, 0));
    const NaiveNumber lower = naive(bottom) * naive_power(std::max(-shift, 0));
    if (failure == Failure::overflow) {
      // Either the value or the result is 10^34 units or more, or rounds to as many.
      const bool value_is_long = compare(naive(value) * naive_power(std::max(shift, 0)),
                                         naive_power(34) * naive_power(std::max(-shift, 0))) >= 0;
      const bool result_is_long = compare(upper + upper + lower, naive_power(34) * (lower + lower)) >= 0;
      wrong += !value_is_long && !result_is_long;
      continue;
    }
    ++results;
    // 2n - 1 <= 2 upper / lower < 2n + 1.
    const NaiveNumber units = naive(static_cast<UInt128>(out.coefficient));
    const NaiveNumber twice = upper + upper;
    wrong += compare((units + units) * lower, twice + lower) > 0;
    wrong += compare(twice, (units + units + naive(UInt128{1})) * lower) >= 0;
    wrong += out.exponent != -places;
  }
  CHECK(wrong == 0);
  CHECK(results > 1000);
}
