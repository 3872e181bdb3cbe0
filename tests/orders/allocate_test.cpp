// Tests of splitting: the known examples (R1 to R14), all policies against their definition, and partial orders in
// random steps.
#include <catch2/catch.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "runtime/orders/allocate.h"
#include "tests/orders/given.h"
#include "tests/orders/naive_number.h"

using namespace orders_test;

namespace {

constexpr auto largest = Allocation::largest_remainder;
constexpr auto first = Allocation::remainder_to_first;
constexpr auto last = Allocation::remainder_to_last;

std::string split(const std::string& total, const std::vector<std::string>& weights, int places,
                  Allocation policy = largest) {
  std::vector<Decimal> parts;
  const Failure failure = allocate(number(total), numbers(weights), places, policy, parts);
  std::string shown;
  for (const Decimal& part : parts) shown += (shown.empty() ? "" : " ") + text_with_places(part, places);
  return result(failure, shown);
}

std::string shared(const std::string& total, const std::string& quantity, const std::string& before,
                   const std::string& taken, int places = 2) {
  Decimal out;
  const Failure failure = share(number(total), number(quantity), number(before), number(taken), places, out);
  return result(failure, out);
}

// What each part of an allocation has to be, from the definition alone, for numbers that fit 128 bits: cut, then the
// units that are left, one after the other, each to the best of those that have none yet.
std::vector<std::int64_t> defined(std::int64_t total, const std::vector<std::int64_t>& weights, Allocation policy) {
  const bool negative = total < 0;
  Int128 sum = 0;
  for (const std::int64_t weight : weights) sum += weight;
  std::vector<std::int64_t> parts;
  std::vector<Int128> lost;
  std::int64_t left = negative ? -total : total;
  const std::int64_t whole = left;
  for (const std::int64_t given : weights) {
    const Int128 weight = sum == 0 ? 1 : given;
    const Int128 of = sum == 0 ? static_cast<Int128>(weights.size()) : sum;
    parts.push_back(static_cast<std::int64_t>(whole * weight / of));
    lost.push_back(weight == 0 ? -1 : whole * weight % of);  // -1: gets nothing
    left -= parts.back();
  }
  for (; left > 0; --left) {
    std::size_t best = parts.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (lost[i] < 0) continue;
      if (best == parts.size() || (policy == last) || (policy == largest && lost[i] > lost[best])) best = i;
    }
    ++parts[best];
    lost[best] = -1;
  }
  if (negative) {
    for (std::int64_t& part : parts) part = -part;
  }
  return parts;
}

// total * part / whole, rounded half up; whole is positive, part not negative.
std::int64_t rounded(std::int64_t total, std::int64_t part, std::int64_t whole) {
  const Int128 twice = static_cast<Int128>(total < 0 ? -total : total) * part * 2;
  const auto magnitude = static_cast<std::int64_t>((twice + whole) / (static_cast<Int128>(whole) * 2));
  return total < 0 ? -magnitude : magnitude;
}

}  // namespace

TEST_CASE("allocation: the known examples") {
  // R1: 100.00 in three.
  CHECK(split("100.00", {"1", "1", "1"}, 2) == "33.34 33.33 33.33");
  CHECK(split("100.00", {"1", "1", "1"}, 2, first) == "33.34 33.33 33.33");
  // R2: 0.03 by 75:25 is 0.0225 and 0.0075.
  CHECK(split("0.03", {"75", "25"}, 2) == "0.02 0.01");
  CHECK(split("0.03", {"75", "25"}, 2, first) == "0.03 0.00");
  // R5
  CHECK(split("99.99", {"75", "25"}, 2) == "74.99 25.00");
  CHECK(split("99.99", {"75", "25"}, 2, first) == "75.00 24.99");
  // R6
  CHECK(split("0.01", {"33", "66"}, 2) == "0.00 0.01");
  CHECK(split("0.01", {"33", "66"}, 2, first) == "0.01 0.00");
  // R8, and R9: with remainder_to_first the two units that are left go to two parts, not both to the first.
  CHECK(split("299", {"4300", "1400", "2300"}, 0) == "161 52 86");
  CHECK(split("299", {"1", "1", "1"}, 0) == "100 100 99");
  CHECK(split("299", {"1", "1", "1"}, 0, first) == "100 100 99");
  CHECK(split("299", {"1", "1", "1"}, 0, last) == "99 100 100");
  // R11, with the weights of the source, which the row calls "the same".
  CHECK(split("93", {"10", "20", "10", "30", "50", "20", "10", "40"}, 0) == "5 10 5 15 24 10 5 19");
  // R12
  CHECK(split("40", {"10", "0"}, 0) == "40 0");
  CHECK(split("10", {"0", "0"}, 0) == "5 5");
  CHECK(split("0", {"0", "0"}, 0) == "0 0");
  CHECK(split("-20", {"100", "100"}, 0) == "-10 -10");
  CHECK(split("-300", {"4000", "2000", "2000"}, 0) == "-150 -75 -75");
  // R14 keeps the remainder apart: 474.07, 404.93, 108.64 and 0.01. Here the 0.01 goes to a part: the exact ones are
  // 474.072, 404.9365 and 108.6415. In steps of 0.05 (987.65 is 19753 of them) it cuts to 474.05, 404.90 and 108.60,
  // which are 9481, 8098 and 2172 steps, and two steps are left.
  CHECK(split("987.65", {"48", "41", "11"}, 2) == "474.07 404.94 108.64");
  CHECK(split("987.65", {"48", "41", "11"}, 2, first) == "474.08 404.93 108.64");
  CHECK(split("987.65", {"48", "41", "11"}, 2, last) == "474.07 404.93 108.65");
  CHECK(split("19753", {"48", "41", "11"}, 0) == "9481 8099 2173");
}

TEST_CASE("allocation: ties go by order, and nothing to a weight of zero") {
  CHECK(split("0.01", {"1", "1"}, 2) == "0.01 0.00");
  CHECK(split("0.02", {"1", "1", "1"}, 2) == "0.01 0.01 0.00");
  CHECK(split("0.02", {"1", "1", "1"}, 2, last) == "0.00 0.01 0.01");
  CHECK(split("0.01", {"0", "1", "1"}, 2, first) == "0.00 0.01 0.00");
  CHECK(split("0.01", {"1", "1", "0"}, 2, last) == "0.00 0.01 0.00");
  CHECK(split("-0.01", {"1", "1"}, 2) == "-0.01 0.00");
  CHECK(split("-0.05", {"2", "1"}, 2) == "-0.03 -0.02");
  CHECK(split("7", {"1"}, 2) == "7.00");
  CHECK(split("0.02", {"0", "0", "0"}, 2) == "0.01 0.01 0.00");
  CHECK(split("0.02", {"0", "0", "0"}, 2, last) == "0.00 0.01 0.01");
  CHECK(split("5", {"2.5", "0.5", "2e0"}, 2) == "2.50 0.50 2.00");
}

TEST_CASE("allocation: what cannot be split is said, and the result left as it was") {
  CHECK(split("1", {}, 2) == "no_weights");
  CHECK(split("0", {}, 2) == "no_weights");
  CHECK(split("1", {"1", "-0.01"}, 2) == "negative_weight");
  CHECK(split("1.001", {"1"}, 2) == "too_fine");
  CHECK(split("1.000", {"1"}, 2) == "1.00");
  CHECK(split("1", {"1"}, -1) == "bad_places");
  CHECK(split("1", {"1"}, 35) == "bad_places");
  CHECK(split("1e33", {"1"}, 2) == "overflow");
  CHECK(split("1", {"1e30", "1e-30"}, 2) == "overflow");
  std::vector<Decimal> parts = {decimal(7)};
  CHECK(allocate(decimal(1), numbers({"-1"}), 2, largest, parts) == Failure::negative_weight);
  CHECK(parts.size() == 1);
  CHECK(parts[0] == decimal(7));
}

TEST_CASE("allocation: every policy is as defined, sums exactly, and knows neither scale nor sign") {
  Chance chance(20260402);
  int wrong = 0;
  for (int round = 0; round < 20000; ++round) {
    const std::int64_t most = chance.between(0, 3) == 0 ? 3 : 1'000'000'000'000;
    const std::int64_t total = chance.between(-most, most);
    std::vector<std::int64_t> weights(static_cast<std::size_t>(chance.between(1, 12)));
    const std::int64_t heaviest = chance.between(0, 2) == 0 ? 3 : 1'000'000'000;
    for (std::int64_t& weight : weights) weight = chance.between(0, 4) == 0 ? 0 : chance.between(0, heaviest);
    // The same weights in other units, some of them written with zeros.
    const int scale = static_cast<int>(chance.between(-8, 8));
    std::vector<Decimal> written;
    for (const std::int64_t weight : weights) {
      const bool padded = chance.between(0, 1) == 0;
      written.push_back(padded ? Decimal{static_cast<Int128>(weight) * 1000, scale - 3} : Decimal{weight, scale});
    }
    for (const Allocation policy : {largest, first, last}) {
      std::vector<Decimal> parts;
      std::vector<Decimal> negated;
      wrong += allocate(Decimal{total, -2}, written, 2, policy, parts) != Failure::none;
      wrong += allocate(Decimal{-total, -2}, written, 2, policy, negated) != Failure::none;
      const std::vector<std::int64_t> expected = defined(total, weights, policy);
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < weights.size(); ++i) {
        wrong += parts[i].exponent != -2 || parts[i].coefficient != expected[i];
        wrong += negated[i].coefficient != -parts[i].coefficient;
        sum += static_cast<std::int64_t>(parts[i].coefficient);
      }
      wrong += sum != total;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("allocation: a shuffle of the lines moves amounts with them, but for ties") {
  Chance chance(20260403);
  int wrong = 0;
  int compared = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::int64_t total = chance.between(0, 100'000);
    const auto size = static_cast<std::size_t>(chance.between(2, 10));
    std::vector<std::int64_t> weights;
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < size; ++i) sum += weights.emplace_back(chance.between(1, 5000));
    std::vector<std::int64_t> lost;
    for (const std::int64_t weight : weights) lost.push_back(total * weight % sum);
    std::sort(lost.begin(), lost.end());
    const bool tied = std::adjacent_find(lost.begin(), lost.end()) != lost.end();
    const std::vector<std::size_t> order = chance.order(size);
    std::vector<Decimal> straight;
    std::vector<Decimal> shuffled;
    for (std::size_t i = 0; i < size; ++i) {
      straight.push_back(decimal(weights[i]));
      shuffled.push_back(decimal(weights[order[i]]));
    }
    std::vector<Decimal> parts;
    std::vector<Decimal> others;
    wrong += allocate(decimal(total), straight, 0, largest, parts) != Failure::none;
    wrong += allocate(decimal(total), shuffled, 0, largest, others) != Failure::none;
    for (std::size_t i = 0; i < size; ++i) {
      Decimal apart;
      wrong += subtract(others[i], parts[order[i]], apart) != Fault::none;
      wrong += tied ? apart > decimal(1) || apart < decimal(-1) : !is_zero(apart);
    }
    compared += !tied;
  }
  CHECK(wrong == 0);
  CHECK(compared > 1000);
}

TEST_CASE("allocation: totals and weights of any length are cut exactly") {
  Chance chance(20260404);
  int wrong = 0;
  for (int round = 0; round < 300; ++round) {
    const std::string total = chance.digits(chance.between(25, 34));
    std::vector<std::string> sources;
    const std::int64_t size = chance.between(1, 8);
    NaiveNumber sum;
    for (std::int64_t i = 0; i < size; ++i) {
      sources.push_back(chance.digits(chance.between(1, 34)));
      sum = sum + naive(std::string_view(sources.back()));
    }
    for (const Allocation policy : {largest, first, last}) {
      std::vector<Decimal> parts;
      wrong += allocate(number(total), numbers(sources), 0, policy, parts) != Failure::none;
      NaiveNumber parts_sum;
      for (std::size_t i = 0; i < parts.size(); ++i) {
        const NaiveNumber part = naive(static_cast<UInt128>(parts[i].coefficient));
        const NaiveNumber exact = naive(std::string_view(total)) * naive(std::string_view(sources[i]));
        wrong += compare(exact, (part + naive(UInt128{1})) * sum) >= 0;  // less than one unit below
        wrong += compare(part * sum, exact + sum) >= 0;                  // less than one unit above
        parts_sum = parts_sum + part;
      }
      wrong += compare(parts_sum, naive(std::string_view(total))) != 0;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("shares: each partial order gets the difference of two rounded cumulative amounts") {
  CHECK(shared("100", "3", "0", "1") == "33.33");
  CHECK(shared("100", "3", "1", "1") == "33.34");
  CHECK(shared("100", "3", "2", "1") == "33.33");
  CHECK(shared("100", "3", "0", "3") == "100");
  CHECK(shared("100", "3", "1", "2") == "66.67");
  CHECK(shared("100", "3", "3", "0") == "0");
  CHECK(shared("0.01", "2", "0", "1") == "0.01");  // half up
  CHECK(shared("0.01", "2", "1", "1") == "0");
  CHECK(shared("-0.01", "2", "0", "1") == "-0.01");  // away from zero
  CHECK(shared("-100", "3", "1", "1") == "-33.34");
  CHECK(shared("10", "2.5", "0.5", "1.25") == "5");
  CHECK(shared("100", "-4", "-1", "-2") == "50");    // a line that takes four away
  CHECK(shared("1000", "7", "3", "2", 0) == "285");  // 714.29 - 428.57
}

TEST_CASE("shares: what cannot be taken is said") {
  CHECK(shared("100", "0", "0", "0") == "zero_quantity");
  CHECK(shared("100", "3", "2", "2") == "beyond_quantity");
  CHECK(shared("100", "3", "3", "0.0001") == "beyond_quantity");
  CHECK(shared("100", "-3", "-2", "-2") == "beyond_quantity");
  CHECK(shared("100", "3", "1", "-1") == "opposite_quantity");
  CHECK(shared("100", "3", "-1", "1") == "opposite_quantity");
  CHECK(shared("100", "-3", "1", "-1") == "opposite_quantity");
  CHECK(shared("0.001", "3", "0", "1") == "too_fine");
  CHECK(shared("1", "3", "0", "1", 35) == "bad_places");
  CHECK(shared("1e33", "3", "0", "1") == "overflow");
  CHECK(shared("1", "1e30", "0", "1e-30") == "overflow");
  CHECK(shared("1", "9999999999999999999999999999999999", "0.1", "9999999999999999999999999999999998") == "overflow");
}

TEST_CASE("shares: any steps end at exactly the total, and steps put together are their sum") {
  Chance chance(20260405);
  int wrong = 0;
  for (int round = 0; round < 5000; ++round) {
    const std::int64_t cents = chance.between(-1'000'000'000, 1'000'000'000);
    const Decimal total = {cents, -2};
    const int side = chance.between(0, 3) == 0 ? -1 : 1;
    const int exponent = -static_cast<int>(chance.between(0, 3));
    const std::int64_t quantity = chance.between(1, chance.between(0, 1) == 0 ? 12 : 100'000);
    std::int64_t before = 0;
    Decimal sum = decimal(0);
    while (before < quantity) {
      const std::int64_t taken = chance.between(0, 5) == 0 ? quantity - before : chance.between(0, quantity - before);
      Decimal part;
      Decimal sweep;
      const Decimal whole = {side * quantity, exponent};
      wrong += share(total, whole, {side * before, exponent}, {side * taken, exponent}, 2, part) != Failure::none;
      wrong += add(sum, part, sum) != Fault::none;
      wrong += part.coefficient != rounded(cents, before + taken, quantity) - rounded(cents, before, quantity);
      wrong += sign(part) * sign(total) < 0;
      before += taken;
      // Ordered so far in one step.
      wrong += share(total, whole, decimal(0), {side * before, exponent}, 2, sweep) != Failure::none;
      wrong += sum != sweep;
      // And the rest in one.
      wrong += share(total, whole, {side * before, exponent}, {side * (quantity - before), exponent}, 2, part) !=
               Failure::none;
      wrong += add(part, sweep, sweep) != Fault::none;
      wrong += sweep != total;
    }
    wrong += sum != total;
  }
  CHECK(wrong == 0);
}
