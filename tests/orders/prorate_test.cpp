// Tests of proration: the known examples (P1 to P18, R13), the formulas against a count from day to day, and what
// shifts and splits of a term do to a multiplier.
#include "runtime/orders/prorate.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "tests/orders/given.h"

using namespace orders_test;

namespace {

constexpr auto by_day = Proration::day;
constexpr auto by_month = Proration::month;
constexpr auto monthly_daily = Proration::monthly_daily;
constexpr auto calendar_monthly_daily = Proration::calendar_monthly_daily;

Ratio ratio(std::int64_t numerator, std::int64_t denominator) {
  return lowest_terms(static_cast<UInt128>(numerator), static_cast<UInt128>(denominator));
}

Ratio multiplier_of(Proration proration, const Term& term, std::int64_t default_term) {
  Ratio out;
  REQUIRE(multiplier(proration, term, default_term, out) == Failure::none);
  return out;
}

Ratio multiplier_of(Proration proration, const std::string& start, const std::string& end, std::int64_t default_term) {
  return multiplier_of(proration, term(start, end), default_term);
}

Ratio of_months(std::int64_t months, std::int64_t default_term) {
  Ratio out;
  REQUIRE(multiplier_of_months(months, default_term, out) == Failure::none);
  return out;
}

std::string amount(const std::string& list, const Ratio& multiplier, const std::string& quantity = "1",
                   int places = 2) {
  Decimal out;
  const Failure failure = prorated(number(list), multiplier, number(quantity), places, out);
  return result(failure, out);
}

std::string failed(Proration proration, const std::string& start, const std::string& end, std::int64_t default_term) {
  Ratio out{7, 1};
  const Failure failure = multiplier(proration, term(start, end), default_term, out);
  CHECK(out == Ratio{7, 1});
  return std::string(name(failure));
}

Ratio sum(const Ratio& left, const Ratio& right) {
  return lowest_terms(left.numerator * right.denominator + right.numerator * left.denominator,
                      left.denominator * right.denominator);
}

// Each day that is part of the term counts as its part of a month of its own.
Ratio walked_calendar_months(const Term& term) {
  Ratio out;
  for (Date at = term.start; at <= term.end; ++at.days) {
    const Civil parts = civil(at);
    out = sum(out, ratio(1, days_in_month(parts.year, parts.month)));
  }
  return out;
}

}  // namespace

TEST_CASE("proration: one term, counted in four ways") {
  const std::string start = "2019-05-23";
  const std::string end = "2019-09-30";
  // P1: (3 + 9/31 + 30/30) / 12 = 0.357527.
  CHECK(multiplier_of(calendar_monthly_daily, start, end, 12) == ratio(133, 372));
  CHECK(amount("1", ratio(133, 372), "1", 6) == "0.357527");
  CHECK(amount("12000", ratio(133, 372)) == "4290.32");
  // P3
  CHECK(multiplier_of(by_month, start, end, 12) == ratio(5, 12));
  CHECK(amount("12000", ratio(5, 12)) == "5000");
  // The two others, by their formulas: 12000 * 131/365 = 4306.849, 12000 * (4 + 8/(365/12)) / 12 = 4263.014.
  CHECK(multiplier_of(by_day, start, end, 365) == ratio(131, 365));
  CHECK(amount("12000", ratio(131, 365)) == "4306.85");
  CHECK(multiplier_of(monthly_daily, start, end, 12) == ratio(389, 1095));
  CHECK(amount("12000", ratio(389, 1095)) == "4263.01");
}

TEST_CASE("proration: the known examples") {
  // P5: 830 days of 365. 2026-01-01 to 2028-04-09 are 365 + 365 + 31 + 29 + 31 + 9 days.
  CHECK(multiplier_of(by_day, "2026-01-01", "2028-04-09", 365) == ratio(830, 365));
  CHECK(amount("1", ratio(830, 365), "1", 4) == "2.274");
  // P6
  CHECK(of_months(35, 12) == ratio(35, 12));
  CHECK(amount("1", ratio(35, 12), "1", 4) == "2.9167");
  // P7: the thirteenth month is begun.
  CHECK(multiplier_of(by_month, "2017-01-01", "2018-01-10", 12) == ratio(13, 12));
  CHECK(multiplier_of(by_month, "2017-01-01", "2017-12-31", 12) == ratio(1, 1));
  // P8
  CHECK(amount("30", of_months(24, 12)) == "60");
  // P11: 180 per 18 months, 6 of them.
  CHECK(amount("180", of_months(6, 18)) == "60");
  // P12: a quarter of 120 a year.
  CHECK(amount("120", of_months(3, 12)) == "30");
  // P14: 0.41 * 1500 * 12 = 7380 a year, each piece over the length of its own year. The pieces are rounded apart and
  // sum to 7381.49; the two multipliers sum to 27/365 + 339/366, which is more than 1. revenue_test.cpp has it exact.
  CHECK(amount("7380", multiplier_of(by_day, "2019-07-05", "2019-07-31", 365)) == "545.92");
  CHECK(amount("7380", multiplier_of(by_day, "2019-08-01", "2020-07-04", 366)) == "6835.57");
  Decimal both;
  REQUIRE(add(number("545.92"), number("6835.57"), both) == Fault::none);
  CHECK(both == number("7381.49"));
  // P15: 25 over 29 days, cut on 2020-03-01.
  CHECK(amount("25", multiplier_of(by_day, "2020-02-11", "2020-02-29", 29), "1", 4) == "16.3793");
  CHECK(amount("25", multiplier_of(by_day, "2020-03-01", "2020-03-10", 29), "1", 4) == "8.6207");
  // P17: half of a month of thirty days.
  CHECK(amount("50", multiplier_of(calendar_monthly_daily, "2026-04-01", "2026-04-15", 1)) == "25");
  // P18: 959354.38 for a year and 1918674.49 for two are 34.27 apart from twice the year, the trace of a multiplier or
  // a unit price that was rounded before it was used. An exact multiplier leaves none.
  Decimal twice;
  Decimal apart;
  REQUIRE(multiply(number("959354.38"), decimal(2), twice) == Fault::none);
  REQUIRE(subtract(twice, number("1918674.49"), apart) == Fault::none);
  CHECK(apart == number("34.27"));
  CHECK(amount("959354.38", of_months(24, 12)) == "1918708.76");
  CHECK(amount("959354.38", multiplier_of(monthly_daily, "2026-01-01", "2027-12-31", 12)) == "1918708.76");
  // R13: 4 at 3 less 1.4 % is 11.832. Rounded at the unit it would be 2.96 * 4 = 11.84.
  CHECK(amount("3", ratio(986, 1000), "4") == "11.83");
}

TEST_CASE("proration: ends of months, and terms inside one") {
  CHECK(multiplier_of(monthly_daily, "2023-01-31", "2023-02-27", 1) == ratio(1, 1));
  CHECK(multiplier_of(monthly_daily, "2023-01-31", "2023-02-28", 1) == ratio(365 + 12, 365));
  CHECK(multiplier_of(by_month, "2023-01-31", "2023-02-28", 1) == ratio(2, 1));
  CHECK(multiplier_of(calendar_monthly_daily, "2024-02-01", "2024-02-29", 1) == ratio(1, 1));
  CHECK(multiplier_of(calendar_monthly_daily, "2024-02-10", "2024-02-19", 1) == ratio(10, 29));
  CHECK(multiplier_of(calendar_monthly_daily, "2023-12-31", "2024-01-01", 1) == ratio(2, 31));
  CHECK(multiplier_of(calendar_monthly_daily, "2023-02-28", "2023-03-01", 12) == ratio(28 + 31, 28 * 31 * 12));
  CHECK(multiplier_of(by_day, "2024-02-29", "2024-02-29", 366) == ratio(1, 366));
}

TEST_CASE("proration: amounts are rounded once, and what cannot be computed is said") {
  CHECK(amount("0.005", ratio(1, 1), "1") == "0.01");
  CHECK(amount("-10", ratio(1, 3), "1") == "-3.33");
  CHECK(amount("10", ratio(1, 3), "-2") == "-6.67");
  CHECK(amount("0.3333", ratio(1, 3), "1.5", 4) == "0.1667");  // 0.16665 exactly
  CHECK(amount("1e30", ratio(1, 3), "1e30") == "overflow");
  CHECK(amount("1234567890123456789", ratio(1, 1), "1234567890123456789") == "overflow");
  CHECK(amount("1", ratio(1, 1), "1", 35) == "bad_places");

  CHECK(failed(by_month, "2026-01-01", "2026-12-31", 0) == "bad_default_term");
  CHECK(failed(by_month, "2026-01-01", "2026-12-31", -12) == "bad_default_term");
  CHECK(failed(by_day, "2026-01-01", "2026-12-31", max_default_term + 1) == "bad_default_term");
  CHECK(failed(by_day, "2026-01-02", "2026-01-01", 365) == "end_before_start");
  CHECK(failed(calendar_monthly_daily, "2026-01-01", "2126-01-01", 12) == "term_too_long");
  Ratio out;
  CHECK(multiplier_of_months(0, 12, out) == Failure::bad_term);
  CHECK(multiplier_of_months(max_term_months + 1, 12, out) == Failure::term_too_long);
  CHECK(multiplier_of_months(12, 0, out) == Failure::bad_default_term);
  CHECK(multiplier_of_months(max_term_months, max_default_term, out) == Failure::none);
  CHECK(calendar_months(term("2026-01-02", "2026-01-01"), out) == Failure::end_before_start);
}

TEST_CASE("proration: the multipliers of any term, counted by themselves") {
  Chance chance(20260431);
  int wrong = 0;
  for (int round = 0; round < 5000; ++round) {
    const Term any = chance.any_term(1200);
    const std::int64_t default_term = chance.between(1, 36);
    const std::int64_t days = any.end.days - any.start.days + 1;
    wrong += multiplier_of(by_day, any, default_term) != ratio(days, default_term);

    Date next = any.start;
    std::int64_t months = 0;
    for (Date at; add_months(any.start, months + 1, at) == Fault::none && at.days <= any.end.days + 1; ++months) {
      next = at;
    }
    const std::int64_t over = any.end.days + 1 - next.days;
    wrong += multiplier_of(by_month, any, default_term) != ratio(months + (over > 0), default_term);
    wrong += multiplier_of(monthly_daily, any, default_term) !=
             sum(ratio(months, default_term), ratio(over * 12, 365 * default_term));
  }
  CHECK(wrong == 0);
}

TEST_CASE("proration: calendar months, a day at a time, and over adjacent terms") {
  Chance chance(20260432);
  int wrong = 0;
  for (int round = 0; round < 400; ++round) {
    const Term any = chance.any_term(600);
    wrong += multiplier_of(calendar_monthly_daily, any, 1) != walked_calendar_months(any);
    // Days and calendar months of two adjacent terms sum to those of the whole, exactly.
    if (any.start == any.end) continue;
    const Date cut{any.start.days + static_cast<std::int32_t>(chance.between(0, any.end.days - any.start.days - 1))};
    const Term head = {any.start, cut};
    const Term tail = {Date{cut.days + 1}, any.end};
    for (const Proration proration : {by_day, calendar_monthly_daily}) {
      wrong += sum(multiplier_of(proration, head, 12), multiplier_of(proration, tail, 12)) !=
               multiplier_of(proration, any, 12);
    }
    // So do months over a cut after whole ones, where the next term starts on a day that its month has.
    if (civil(any.start).day > 28) continue;
    std::vector<Term> parts;
    wrong += pieces(any, chance.between(1, 5), parts) != Failure::none;
    for (const Proration proration : {by_month, monthly_daily}) {
      Ratio total;
      for (const Term& part : parts) total = sum(total, multiplier_of(proration, part, 12));
      wrong += total != multiplier_of(proration, any, 12);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("proration: a shift keeps the multiplier") {
  Chance chance(20260433);
  int wrong = 0;
  int cut = 0;
  for (int round = 0; round < 20000; ++round) {
    const Term any = chance.any_term(1200);
    const Date order_start = chance.any_day();
    Length length;
    wrong += length_of(any, Measure::months_and_days, length) != Failure::none;
    for (const Proration proration : {by_day, by_month, monthly_daily}) {
      Term out;
      wrong += place(DatePolicy::shift, any, order_start, measure_of(proration), out) != Failure::none;
      const bool same = multiplier_of(proration, out, 12) == multiplier_of(proration, any, 12);
      // Days over that would fill a month are cut; up to 27 never do.
      const bool may_be_cut = proration == monthly_daily && length.days > 27;
      wrong += !same && !may_be_cut;
      cut += !same;
    }
  }
  CHECK(wrong == 0);
  CHECK(cut > 10);
  // None keeps that of calendar months, but into months of the same lengths.
  CHECK(multiplier_of(calendar_monthly_daily, "2026-06-01", "2026-06-15", 1) == ratio(1, 2));
  CHECK(multiplier_of(calendar_monthly_daily, "2026-07-01", "2026-07-15", 1) == ratio(15, 31));
}
