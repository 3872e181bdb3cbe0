// Tests of revenue schedules: the known examples (P14, P15, P19), and sums, gaps and spikes of random ones.
#include "runtime/orders/revenue.h"

#include <catch2/catch.hpp>

#include <string>
#include <vector>

#include "runtime/orders/prorate.h"
#include "runtime/orders/ratio.h"
#include "tests/orders/given.h"

using namespace orders_test;

namespace {

constexpr auto by_day = Recognition::by_day;
constexpr auto by_month = Recognition::by_month;

std::string schedule(const std::string& amount, const std::string& start, const std::string& end,
                     Recognition recognition, int places = 2) {
  std::vector<Period> periods;
  const Failure failure = revenue_schedule(number(amount), term(start, end), recognition, places, periods);
  std::string shown;
  for (const Period& period : periods) {
    shown += (shown.empty() ? "" : ", ") + text(period.start) + " " + text(period.end) + " " +
             text_with_places(period.amount, places);
  }
  return result(failure, shown);
}

std::vector<Period> periods_of(const Decimal& amount, const Term& over, Recognition recognition, int places = 2) {
  std::vector<Period> out;
  REQUIRE(revenue_schedule(amount, over, recognition, places, out) == Failure::none);
  return out;
}

}  // namespace

TEST_CASE("revenue: calendar months, by day and by month") {
  CHECK(schedule("100", "2026-01-31", "2026-03-01", by_day) ==
        "2026-01-31 2026-01-31 3.33, 2026-02-01 2026-02-28 93.34, 2026-03-01 2026-03-01 3.33");
  // 1/31 + 1 + 1/31 months of 33/31: 1/33, 31/33, 1/33 of the amount.
  CHECK(schedule("100", "2026-01-31", "2026-03-01", by_month) ==
        "2026-01-31 2026-01-31 3.03, 2026-02-01 2026-02-28 93.94, 2026-03-01 2026-03-01 3.03");
  CHECK(schedule("100", "2026-01-01", "2026-03-31", by_month) ==
        "2026-01-01 2026-01-31 33.33, 2026-02-01 2026-02-28 33.34, 2026-03-01 2026-03-31 33.33");
  CHECK(schedule("90", "2026-01-01", "2026-03-31", by_day) ==
        "2026-01-01 2026-01-31 31.00, 2026-02-01 2026-02-28 28.00, 2026-03-01 2026-03-31 31.00");
  CHECK(schedule("-100", "2026-01-01", "2026-03-31", by_month) ==
        "2026-01-01 2026-01-31 -33.33, 2026-02-01 2026-02-28 -33.34, 2026-03-01 2026-03-31 -33.33");
  CHECK(schedule("10", "2026-02-10", "2026-02-20", by_month) == "2026-02-10 2026-02-20 10.00");
  CHECK(schedule("5", "2023-12-31", "2024-01-01", by_day, 0) == "2023-12-31 2023-12-31 3, 2024-01-01 2024-01-01 2");
  CHECK(schedule("0", "2026-01-31", "2026-02-01", by_day) == "2026-01-31 2026-01-31 0.00, 2026-02-01 2026-02-01 0.00");
}

TEST_CASE("revenue: the known examples") {
  // P19: 120 of hardware, all of it in one transaction.
  CHECK(schedule("120", "2026-05-05", "2026-05-05", Recognition::at_start) == "2026-05-05 2026-05-05 120.00");
  CHECK(schedule("120", "2026-01-01", "2026-12-31", Recognition::at_start) == "2026-01-01 2026-01-01 120.00");
  CHECK(schedule("120", "2026-01-01", "2026-12-31", Recognition::at_end) == "2026-12-31 2026-12-31 120.00");
  // P15: 16.3793... and 8.6207... over February and March.
  CHECK(schedule("25", "2020-02-11", "2020-03-10", by_day) ==
        "2020-02-11 2020-02-29 16.38, 2020-03-01 2020-03-10 8.62");
  // P14: 7380 over 2019-07-05 to 2020-07-04 stays 7380. Its first 27 days of 366 are 7380 * 27/366 = 544.43.
  const std::vector<Period> periods = periods_of(number("7380"), term("2019-07-05", "2020-07-04"), by_day);
  CHECK(periods.size() == 13);
  CHECK(text(periods.front().amount) == "544.43");
  Decimal sum = decimal(0);
  for (const Period& period : periods) REQUIRE(add(sum, period.amount, sum) == Fault::none);
  CHECK(sum == number("7380"));
}

TEST_CASE("revenue: what has no schedule is said, and the result left as it was") {
  for (const Recognition recognition : {by_day, by_month, Recognition::at_start, Recognition::at_end}) {
    CHECK(schedule("1.001", "2026-01-01", "2026-12-31", recognition) == "too_fine");
    CHECK(schedule("1", "2026-01-01", "2026-12-31", recognition, 35) == "bad_places");
    CHECK(schedule("1e33", "2026-01-01", "2026-12-31", recognition) == "overflow");
    CHECK(schedule("1", "2026-01-02", "2026-01-01", recognition) == "end_before_start");
    CHECK(schedule("1", "2026-01-01", "2126-01-01", recognition) == "term_too_long");
  }
  std::vector<Period> periods(3);
  CHECK(revenue_schedule(decimal(1), term("2026-01-02", "2026-01-01"), by_day, 2, periods) != Failure::none);
  CHECK(periods.size() == 3);
  // The longest of all.
  CHECK(periods_of(decimal(1), term("2026-01-31", "2126-01-30"), by_month).size() == max_term_months + 1);
}

TEST_CASE("revenue: any schedule has no gap, sums exactly, and no period is off by more than a minor unit") {
  Chance chance(20260441);
  int wrong = 0;
  for (int round = 0; round < 4000; ++round) {
    const Term any = chance.any_term(1500);
    const std::int64_t most = chance.between(0, 2) == 0 ? 100 : 1'000'000'000;
    const Decimal amount = {chance.between(-most, most), -2};
    for (const Recognition recognition : {by_day, by_month}) {
      const std::vector<Period> periods = periods_of(amount, any, recognition);
      Decimal sum = decimal(0);
      Ratio whole;
      wrong += calendar_months(any, whole) != Failure::none;
      Date next = any.start;
      for (const Period& period : periods) {
        wrong += period.start != next || period.end < period.start || period.amount.exponent != -2;
        const Civil first = civil(period.start);
        const Civil last = civil(period.end);
        wrong += first.year != last.year || first.month != last.month;
        wrong += period.start != any.start && first.day != 1;
        next = {period.end.days + 1};
        wrong += add(sum, period.amount, sum) != Fault::none;
        wrong += sign(period.amount) * sign(amount) < 0;

        Ratio part = lowest_terms(static_cast<UInt128>(period.end.days - period.start.days + 1),
                                  static_cast<UInt128>(any.end.days - any.start.days + 1));
        if (recognition == by_month) {
          Ratio months;
          wrong += calendar_months({period.start, period.end}, months) != Failure::none;
          part = lowest_terms(months.numerator * whole.denominator, months.denominator * whole.numerator);
        }
        Decimal exact;  // to 8 places; the amount has 2
        Decimal apart;
        wrong += times(amount, part, 8, exact) != Failure::none;
        wrong += subtract(period.amount, exact, apart) != Fault::none;
        wrong += apart > Decimal{1'000'001, -8} || apart < Decimal{-1'000'001, -8};
      }
      wrong += sum != amount || next.days != any.end.days + 1;
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("revenue: what is recognised up to a month does not depend on how the months after it are cut") {
  Chance chance(20260442);
  int wrong = 0;
  for (int round = 0; round < 2000; ++round) {
    const Term any = chance.any_term(900);
    const Decimal amount = {chance.between(1, 100'000'000), -2};
    for (const Recognition recognition : {by_day, by_month}) {
      Decimal sum = decimal(0);
      for (const Period& period : periods_of(amount, any, recognition)) {
        wrong += add(sum, period.amount, sum) != Fault::none;
        Ratio part;
        Ratio whole;
        if (recognition == by_day) {
          part = lowest_terms(static_cast<UInt128>(period.end.days - any.start.days + 1),
                              static_cast<UInt128>(any.end.days - any.start.days + 1));
        } else {
          wrong += calendar_months({any.start, period.end}, part) != Failure::none;
          wrong += calendar_months(any, whole) != Failure::none;
          part = lowest_terms(part.numerator * whole.denominator, part.denominator * whole.numerator);
        }
        Decimal until;
        wrong += times(amount, part, 2, until) != Failure::none || until != sum;
      }
    }
  }
  CHECK(wrong == 0);
}
