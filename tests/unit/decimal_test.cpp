// Tests of Decimal: limits and ties by hand, and random operands against Intel's decimal library.
//
// The latter are compiled where ASSENT_BID_ORACLE is defined, for the variant of the library that
// takes its operands by value, and rounding mode and flags as arguments.
#include "runtime/value/decimal.h"

#include <catch2/catch.hpp>
#include <random>
#include <string>

#include "runtime/value/wide.h"
#ifdef ASSENT_BID_ORACLE
#define DECIMAL_CALL_BY_REFERENCE 0
#define DECIMAL_GLOBAL_ROUNDING 0
#define DECIMAL_GLOBAL_EXCEPTION_FLAGS 0
#include <bid_conf.h>
#include <bid_functions.h>
#endif

using namespace assent;

namespace {

Decimal number(const std::string& source) {
  Decimal out{12345, 67};
  REQUIRE(parse_decimal(source, out) == Fault::none);
  return out;
}

// The text of the result, or the name of the fault.
std::string shown(Fault fault, const Decimal& out) {
  return fault == Fault::none ? text(out) : std::string(name(fault));
}
using Operation = Fault (*)(const Decimal&, const Decimal&, Decimal&);
std::string result(Operation operation, const Decimal& left, const Decimal& right) {
  Decimal out;
  const Fault fault = operation(left, right, out);
  return shown(fault, out);
}
std::string sum(const char* a, const char* b) { return result(add, number(a), number(b)); }
std::string product(const char* a, const char* b) { return result(multiply, number(a), number(b)); }
std::string quotient(const char* a, const char* b) { return result(divide, number(a), number(b)); }
std::string rounded(const std::string& a, int places, Rounding rounding) {
  Decimal out;
  const Fault fault = round(number(a), places, rounding, out);
  return shown(fault, out);
}
std::string parsed(const std::string& source) {
  Decimal out;
  const Fault fault = parse_decimal(source, out);
  return shown(fault, out);
}

const char* const nines = "9999999999999999999999999999999999";

}  // namespace

TEST_CASE("faults have stable names and messages") {
  CHECK(name(Fault::none) == "none");
  CHECK(name(Fault::unknown_person) == "unknown_person");
  CHECK(text(Fault::unknown_person) == "the person is not in the directory");
}

TEST_CASE("decimal reads the JSON number grammar and nothing else") {
  CHECK(parsed("0") == "0");
  CHECK(parsed("-0") == "0");
  CHECK(parsed("-0.000") == "0");
  CHECK(parsed("100.00") == "100");
  CHECK(parsed("-12.50") == "-12.5");
  CHECK(parsed("1E+3") == "1000");
  CHECK(parsed("15e-1") == "1.5");
  CHECK(parsed("0e999999999999") == "0");
  CHECK(parsed("0.0e-999999999999") == "0");
  CHECK(parsed("9999999999999999999") == "9999999999999999999");
  for (const char* bad : {"", "-", "+1", "01", "-01", "00", ".5", "5.", "1.e3", "1e", "1e+",
                          "1.5.2", " 1", "1 ", "1,5", "0x10", "Infinity", "NaN", "--1", "1e1.5"}) {
    INFO(bad);
    CHECK(parsed(bad) == "bad_number");
  }
  CHECK(parsed(std::string("1\0", 2)) == "bad_number");
  CHECK(parsed(std::string(40, '1') + "x") == "bad_number");
}

TEST_CASE("decimal text at the limits of digits, exponent and length") {
  CHECK(parsed(nines) == nines);
  CHECK(parsed(std::string("1") + nines) == "overflow");
  CHECK(parsed(std::string("0.") + nines) == std::string("0.") + nines);
  CHECK(parsed(std::string("0.") + nines + "000") == std::string("0.") + nines);
  CHECK(parsed(std::string(nines) + ".000") == nines);
  CHECK(parsed(std::string(nines) + ".001") == "overflow");
  CHECK(parsed("1" + std::string(39, '0')) == "1" + std::string(39, '0'));
  CHECK(parsed("1" + std::string(399, '0')) == "1e+399");
  CHECK(parsed(std::string(400, '1')) == "overflow");
  CHECK(parsed(std::string(500, '1')) == "number_too_long");
  CHECK(parsed("0." + std::string(398, '0')) == "0");
  CHECK(parsed("1e6033") == "1e+6033");
  CHECK(parsed("1e6034") == "overflow");
  CHECK(parsed("12e6032") == "1.2e+6033");
  CHECK(parsed("12e6033") == "overflow");
  CHECK(parsed("1e-6000") == "1e-6000");
  CHECK(parsed("10e-6001") == "1e-6000");
  CHECK(parsed("1e-6001") == "overflow");
  CHECK(parsed("1e999999999999") == "overflow");
  CHECK(parsed("-1e-999999999999") == "overflow");
  CHECK(parsed("1e4294967297") == "overflow");  // 2^32 + 1
  Decimal kept{7, 1};
  CHECK(parse_decimal("1e9999", kept) == Fault::overflow);
  CHECK(text(kept) == "70");
}

TEST_CASE("decimal text is canonical") {
  CHECK(text(Decimal{0, 5}) == "0");
  CHECK(text(Decimal{10050, -2}) == "100.5");
  CHECK(text(Decimal{-5, -3}) == "-0.005");
  CHECK(text(Decimal{15, 59}) == "1.5e+60");
  CHECK(text(Decimal{1, -39}) == "0." + std::string(38, '0') + "1");
  CHECK(text(Decimal{1, -40}) == "1e-40");
  CHECK(text(Decimal{-10, 6000}) == "-1e+6001");
  CHECK(text_with_places(decimal(100), 2) == "100.00");
  CHECK(text_with_places(Decimal{5, -1}, 2) == "0.50");
  CHECK(text_with_places(Decimal{12345, -3}, 2) == "12.345");
  CHECK(text_with_places(decimal(0), 2) == "0.00");
  CHECK(text_with_places(decimal(-7), -3) == "-7");
  CHECK(text_with_places(decimal(7), 1000) == "7." + std::string(34, '0'));
  CHECK(text_with_places(Decimal{1, 60}, 2) == "1e+60");
  std::string out = "x";
  append_text(decimal(INT64_MIN), out);
  CHECK(out == "x-9223372036854775808");
}

TEST_CASE("sums are exact or fault") {
  CHECK(sum("0.1", "0.2") == "0.3");
  CHECK(sum("1e30", "1e-3") == "1000000000000000000000000000000.001");
  CHECK(sum(nines, "1") == "1" + std::string(34, '0'));
  CHECK(sum(nines, "2") == "overflow");
  CHECK(result(subtract, number(nines), number(nines)) == "0");
  CHECK(sum("1e6000", "1e-6000") == "overflow");
  CHECK(sum("1e6000", "0e-6000") == "1e+6000");
  CHECK(sum("9999999999999999999999999999999999e6000", "1e6000") == "overflow");
  // The same values however they are held: 10^40 + 10^33 fits though 10^33 fills 34 digits.
  CHECK(result(add, Decimal{1, 40}, Decimal{coefficient_limit / 10, 0}) == "1.0000001e+40");
  CHECK(result(add, Decimal{1, 30}, Decimal{coefficient_limit / 10, 0}) ==
        "1001000000000000000000000000000000");
  CHECK(result(add, Decimal{coefficient_limit / 10, 10}, Decimal{coefficient_limit / 10, 4}) ==
        "1.000001e+43");
  CHECK(sum("1e33", "-1e-1") == "999999999999999999999999999999999.9");
  CHECK(sum("1e33", "-0.01") == "overflow");
  CHECK(result(subtract, number("2.50"), number("2.5")) == "0");
}

TEST_CASE("products are exact or fault") {
  CHECK(product("19.99", "3") == "59.97");
  CHECK(product("-0.5", "0.5") == "-0.25");
  CHECK(product("99999999999999999", "99999999999999999") == "9999999999999999800000000000000001");
  CHECK(product(nines, "1") == nines);
  CHECK(product(nines, "2") == "overflow");
  // 2^110 * 5^47 = 2^63 * 10^47: 81 bits longer than a coefficient before its zeros are taken off.
  CHECK(product("1298074214633706907132624082305024", "710542735760100185871124267578125") ==
        "9.223372036854775808e+65");
  CHECK(product("1e-3000", "1e-3000") == "1e-6000");
  CHECK(product("1e-3000", "1e-3001") == "overflow");
  CHECK(product("2e-3000", "5e-3001") == "1e-6000");
  CHECK(result(multiply, Decimal{coefficient_limit / 10, -3033}, Decimal{1, -3000}) == "1e-6000");
  CHECK(product("1e3000", "1e3033") == "1e+6033");
  CHECK(product("1e3000", "1e3034") == "overflow");
  CHECK(product("0", "1e6000") == "0");
  CHECK(result(multiply, Decimal{0, 6000}, Decimal{5, 6000}) == "0");
}

TEST_CASE("quotients are exact or half-even to 34 digits") {
  CHECK(quotient("100", "8") == "12.5");
  Decimal held;
  CHECK(divide(decimal(100), decimal(8), held) == Fault::none);
  CHECK(held.coefficient == 125);  // no zeros are kept that would slow what comes after
  CHECK(quotient("1", "3") == "0." + std::string(34, '3'));
  CHECK(quotient("2", "3") == "0." + std::string(33, '6') + "7");
  CHECK(quotient("-2", "3") == "-0." + std::string(33, '6') + "7");
  CHECK(quotient("0", "3") == "0");
  CHECK(quotient("0", nines) == "0");
  CHECK(quotient("1", "0") == "division_by_zero");
  CHECK(quotient("0", "0") == "division_by_zero");
  CHECK(quotient(nines, nines) == "1");
  // 35 digits, of which the last is dropped: ties to even, down and up, then past and below a tie.
  CHECK(quotient("2000000000000000000000000000000001", "2") == "1" + std::string(33, '0'));
  CHECK(quotient("2000000000000000000000000000000003", "2") == "1" + std::string(32, '0') + "2");
  CHECK(quotient("4000000000000000000000000000000003", "4") == "1" + std::string(32, '0') + "1");
  CHECK(quotient("4000000000000000000000000000000001", "4") == "1" + std::string(33, '0'));
  CHECK(quotient("1e6000", "1e-33") == "1e+6033");
  CHECK(quotient("1e6000", "1e-34") == "overflow");
  CHECK(quotient("1e-6000", "2") == "overflow");
  CHECK(quotient("1e-5999", "2") == "5e-6000");
  CHECK(quotient("1e-5990", "3") == "overflow");
}

TEST_CASE("comparison is by value") {
  CHECK(number("1.0") == number("1"));
  CHECK(Decimal{10, 0} == Decimal{1, 1});
  CHECK(Decimal{0, -6000} == Decimal{0, 6000});
  CHECK(hash(Decimal{0, -6000}) == hash(Decimal{0, 6000}));
  CHECK(text(normalised(Decimal{1200, -1})) == "120");
  CHECK(normalised(Decimal{1200, -1}).coefficient == 12);
  CHECK(normalised(Decimal{1200, 6000}).exponent == 6000);
  CHECK(number("1e6000") > number("1e-6000"));
  CHECK(number("-1e6000") < number("1e-6000"));
  CHECK(number("-1e6000") < number("-1e-6000"));
  CHECK(number("1000") > Decimal{99999, -2});
  CHECK(Decimal{coefficient_limit - 1, -34} < number("1"));
  CHECK(compare(Decimal{1, 33}, Decimal{coefficient_limit / 10, 0}) == 0);
  CHECK(compare(Decimal{1, 33}, Decimal{coefficient_limit / 10 + 1, 0}) == -1);
  CHECK(sign(number("-3")) == -1);
  CHECK(sign(number("0.00")) == 0);
  CHECK(text(negate(decimal(0))) == "0");
}

TEST_CASE("rounding") {
  const auto all = [](const char* value, int places) {
    return rounded(value, places, Rounding::half_even) + " " +
           rounded(value, places, Rounding::half_up) + " " +
           rounded(value, places, Rounding::up) + " " + rounded(value, places, Rounding::down);
  };
  CHECK(all("2.5", 0) == "2 3 3 2");
  CHECK(all("3.5", 0) == "4 4 4 3");
  CHECK(all("-2.5", 0) == "-2 -3 -3 -2");
  CHECK(all("2.51", 0) == "3 3 3 2");
  CHECK(all("2.4999", 0) == "2 2 3 2");
  CHECK(all("-0.001", 2) == "0 0 -0.01 0");
  CHECK(all("1250", -2) == "1200 1300 1300 1200");
  CHECK(all("1e-6000", 34) == "0 0 0." + std::string(33, '0') + "1 0");
  CHECK(all("7", -34) == "0 0 1" + std::string(34, '0') + " 0");
  CHECK(all("9.995", 2) == "10 10 10 9.99");
  CHECK(rounded(nines, -1, Rounding::half_up) == "1" + std::string(34, '0'));
  CHECK(rounded("5" + std::string(33, '0'), -34, Rounding::half_up) == "1" + std::string(34, '0'));
  CHECK(rounded("5" + std::string(33, '0'), -34, Rounding::half_even) == "0");
  CHECK(rounded("1.25", 5, Rounding::up) == "1.25");
  CHECK(rounded("1", 35, Rounding::up) == "bad_range");
  CHECK(rounded("1", -35, Rounding::up) == "bad_range");
}

TEST_CASE("whole numbers and 64 bits") {
  CHECK(is_whole(number("3.00")));
  CHECK_FALSE(is_whole(number("3.01")));
  CHECK(is_whole(Decimal{0, -6000}));
  CHECK_FALSE(is_whole(Decimal{1, -6000}));
  CHECK(is_whole(Decimal{coefficient_limit / 10, -33}));
  CHECK(to_int64(Decimal{1200, -2}) == 12);
  CHECK(to_int64(Decimal{12, 17}) == 1'200'000'000'000'000'000);
  CHECK(to_int64(number("9223372036854775807")) == INT64_MAX);
  CHECK(to_int64(number("-9223372036854775808")) == INT64_MIN);
  CHECK_FALSE(to_int64(number("9223372036854775808")));
  CHECK_FALSE(to_int64(number("-9223372036854775809")));
  CHECK_FALSE(to_int64(Decimal{1, 6000}));
  CHECK_FALSE(to_int64(number("0.5")));
}

TEST_CASE("digit counts around every power of ten") {
  CHECK(digit_count(0) == 0);
  for (int power = 1; power <= max_power; ++power) {
    CHECK(digit_count(power_of_ten(power)) == power + 1);
    CHECK(digit_count(power_of_ten(power) - 1) == power);
  }
}

#ifdef ASSENT_BID_ORACLE

namespace {

using BidOperation = BID_UINT128 (*)(BID_UINT128, BID_UINT128, _IDEC_round, _IDEC_flags*);
constexpr int bid_bias = 6176;

BID_UINT128 to_bid(const Decimal& value) {
  const bool negative = value.coefficient < 0;
  const auto digits = static_cast<UInt128>(negative ? -value.coefficient : value.coefficient);
  BID_UINT128 out;
  out.w[0] = low_word(digits);
  out.w[1] = high_word(digits) | static_cast<std::uint64_t>(value.exponent + bid_bias) << 49 |
             static_cast<std::uint64_t>(negative) << 63;
  return out;
}

// The text of a finite number of Intel's, or "overflow" if no Decimal equals it.
std::string from_bid(const BID_UINT128& value) {
  UInt128 digits = static_cast<UInt128>(value.w[1] & 0x1ffffffffffff) << 64 | value.w[0];
  int exponent = static_cast<int>(value.w[1] >> 49 & 0x3fff) - bid_bias;
  if (digits == 0) return "0";
  for (; digits % 10 == 0 && exponent < max_exponent; ++exponent) digits /= 10;
  for (; exponent > max_exponent && digits < power_of_ten(33); --exponent) digits *= 10;
  if (exponent > max_exponent || exponent < min_exponent) return "overflow";
  return text(Decimal{static_cast<Int128>(digits) * (value.w[1] >> 63 ? -1 : 1), exponent});
}

struct Generator {
  std::mt19937_64 random{20260131};
  int below(int limit) { return static_cast<int>(random() % static_cast<unsigned>(limit)); }
};

// Few digits and many, runs of zeros and nines, powers of two and five; exponents of every size.
Decimal any_decimal(Generator& from) {
  UInt128 digits = 0;
  const int count = 1 + from.below(from.below(2) != 0 ? 34 : 8);
  const int kind = from.below(8);
  if (kind < 2) {
    digits = 1;
    for (int i = from.below(114); i > 0 && digits < power_of_ten(34) / 5; --i) {
      digits *= kind == 0 ? 2u : 5u;
    }
  } else {
    for (int i = 0; i < count; ++i) digits = digits * 10 + static_cast<unsigned>(from.below(10));
    const int run = from.below(count + 1);
    if (kind == 2) digits -= digits % power_of_ten(run);
    if (kind == 3) digits += power_of_ten(run) - 1 - digits % power_of_ten(run);
  }
  int exponent = -from.below(5);
  const int range = from.below(6);
  if (range == 0) exponent = from.below(81) - 40;
  if (range == 1) exponent = from.below(12001) - 6000;
  if (range == 2) exponent = 6000 - from.below(40);
  if (range == 3) exponent = from.below(40) - 6000;
  return {static_cast<Int128>(digits) * (from.below(2) * 2 - 1), exponent};
}

// Usually unrelated; often of like exponent or a neighbour of equal value, where ties are decided.
Decimal partner(Generator& from, const Decimal& of) {
  Decimal out = any_decimal(from);
  const int kind = from.below(8);
  if (kind < 2) out.exponent = of.exponent / 2 + from.below(61) - 30;
  if (kind == 2) {
    out = normalised(of);
    while (from.below(4) != 0 && out.exponent > min_exponent &&
           out.coefficient < coefficient_limit / 10 && out.coefficient > -coefficient_limit / 10) {
      out = {out.coefficient * 10, out.exponent - 1};
    }
    if (from.below(2) != 0 && out.coefficient < coefficient_limit - 1) ++out.coefficient;
  }
  return out;
}

constexpr int pairs = 400'000;
}  // namespace

TEST_CASE("sum, product, quotient and comparison agree with Intel's decimal128") {
  Generator from;
  int fitting = 0;
  for (int i = 0; i < pairs; ++i) {
    const Decimal a = any_decimal(from);
    const Decimal b = partner(from, a);
    std::string wrong;
    const auto check = [&](const char* what, const std::string& ours, BidOperation operation,
                           bool exact) {
      _IDEC_flags flags = 0;
      const BID_UINT128 theirs = operation(to_bid(a), to_bid(b), BID_ROUNDING_TO_NEAREST, &flags);
      std::string expected = "overflow";
      if (flags & (BID_ZERO_DIVIDE_EXCEPTION | BID_INVALID_EXCEPTION)) {  // invalid is 0 / 0
        expected = "division_by_zero";
      } else if (!(flags & (BID_OVERFLOW_EXCEPTION | BID_UNDERFLOW_EXCEPTION)) &&
                 !(exact && (flags & BID_INEXACT_EXCEPTION))) {
        expected = from_bid(theirs);
        fitting += expected != "overflow";
      }
      if (ours != expected) wrong += std::string(what) + ours + " not " + expected + "; ";
    };
    check("sum ", result(add, a, b), bid128_add, true);
    check("difference ", result(subtract, a, b), bid128_sub, true);
    check("product ", result(multiply, a, b), bid128_mul, true);
    check("quotient ", result(divide, a, b), bid128_div, false);
    _IDEC_flags flags = 0;
    const int order = bid128_quiet_greater(to_bid(a), to_bid(b), &flags) -
                      bid128_quiet_less(to_bid(a), to_bid(b), &flags);
    if (compare(a, b) != order || compare(b, a) != -order) wrong += "order; ";
    if (order == 0 && (hash(a) != hash(b) || text(a) != text(b))) wrong += "hash or text; ";
    if (order != 0 && text(a) == text(b)) wrong += "text of different values; ";
    if (number(text(a)) != a) wrong += "round trip; ";
    if (!wrong.empty()) FAIL_CHECK(text(a) << " and " << text(b) << ": " << wrong);
  }
  CHECK(fitting > pairs);  // the generator does not mostly make faults
}

TEST_CASE("rounding agrees with Intel's quantize") {
  Generator from;
  for (int i = 0; i < pairs; ++i) {
    const Decimal value = any_decimal(from);
    const int places = from.below(2) != 0 ? from.below(6) : from.below(69) - 34;
    const auto way = static_cast<Rounding>(from.below(4));
    const int away = value.coefficient < 0 ? BID_ROUNDING_DOWN : BID_ROUNDING_UP;
    const int modes[] = {BID_ROUNDING_TO_NEAREST, BID_ROUNDING_TIES_AWAY, away,
                         BID_ROUNDING_TO_ZERO};
    const auto mode = static_cast<_IDEC_round>(modes[static_cast<std::size_t>(way)]);
    _IDEC_flags flags = 0;
    const BID_UINT128 theirs =
        bid128_quantize(to_bid(value), to_bid(Decimal{1, -places}), mode, &flags);
    // Invalid: written out to those places it has over 34 digits, so there is nothing to round.
    const std::string expected = flags & BID_INVALID_EXCEPTION ? text(value) : from_bid(theirs);
    Decimal out;
    if (round(value, places, way, out) != Fault::none || text(out) != expected) {
      FAIL_CHECK(text(value) << " to " << places << ": " << text(out) << " not " << expected);
    }
  }
}

#endif
