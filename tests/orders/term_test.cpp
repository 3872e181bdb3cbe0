// Tests of terms: the known examples (T1 to T8), month ends, and lengths, pieces and shifts against a walk from month
// to month.
#include "runtime/orders/term.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "tests/orders/given.h"

using namespace orders_test;

namespace {

constexpr auto months_and_days = Measure::months_and_days;

WrittenTerm written(const std::string& start, const std::string& end, std::optional<std::int64_t> months = {}) {
  WrittenTerm out;
  if (!start.empty()) out.start = day(start);
  if (!end.empty()) out.end = day(end);
  out.months = months;
  return out;
}

std::string completed(const std::string& start, const std::string& end, std::optional<std::int64_t> months = {}) {
  Term out;
  const Failure failure = complete(written(start, end, months), out);
  return result(failure, out);
}

std::string length(const std::string& start, const std::string& end, Measure measure = months_and_days) {
  Length out;
  const Failure failure = length_of(term(start, end), measure, out);
  return result(failure, std::to_string(out.months) + " months " + std::to_string(out.days) + " days");
}

std::string placed(DatePolicy policy, const std::string& start, const std::string& end, const std::string& order_start,
                   Measure measure = months_and_days) {
  Term out;
  const Failure failure = place(policy, term(start, end), day(order_start), measure, out);
  return result(failure, out);
}

Date plus_months(Date from, std::int64_t months) {
  Date out;
  REQUIRE(add_months(from, months, out) == Fault::none);
  return out;
}

Length length_of(const Term& measured, Measure measure = months_and_days) {
  Length out;
  REQUIRE(length_of(measured, measure, out) == Failure::none);
  return out;
}

// The definition: the most months that end no later than the term does, one after the other.
Length walked(const Term& measured) {
  std::int64_t months = 0;
  while (plus_months(measured.start, months + 1).days <= measured.end.days + 1) ++months;
  return {months, measured.end.days + 1 - plus_months(measured.start, months).days};
}

}  // namespace

TEST_CASE("terms: two of start, end and months give the third") {
  CHECK(completed("2026-01-01", "", 24) == "2026-01-01 2027-12-31");  // T1
  CHECK(completed("2026-01-01", "2027-12-31") == "2026-01-01 2027-12-31");
  CHECK(completed("", "2027-12-31", 24) == "2026-01-01 2027-12-31");
  CHECK(completed("2026-01-01", "2027-12-31", 24) == "2026-01-01 2027-12-31");
  CHECK(completed("2026-05-05", "2026-05-05") == "2026-05-05 2026-05-05");

  CHECK(completed("2026-01-01", "2027-12-30", 24) == "term_disagrees");
  CHECK(completed("2026-01-01", "2028-01-01", 24) == "term_disagrees");
  CHECK(completed("2026-01-01", "") == "too_few_dates");
  CHECK(completed("", "2026-01-01") == "too_few_dates");
  CHECK(completed("", "", 12) == "too_few_dates");
  CHECK(completed("", "") == "too_few_dates");
  CHECK(completed("2026-01-02", "2026-01-01") == "end_before_start");
  CHECK(completed("2026-01-01", "", 0) == "bad_term");
  CHECK(completed("", "2026-01-01", -1) == "bad_term");
  CHECK(completed("2026-01-01", "", INT64_MIN) == "bad_term");
}

TEST_CASE("terms: the limits of length and of the calendar") {
  CHECK(completed("2026-01-01", "", max_term_months) == "2026-01-01 2125-12-31");
  CHECK(completed("2026-01-01", "", max_term_months + 1) == "term_too_long");
  CHECK(completed("2026-01-01", "", INT64_MAX) == "term_too_long");
  CHECK(completed("", "2125-12-31", max_term_months + 1) == "term_too_long");
  CHECK(completed("2026-01-01", "2125-12-31") == "2026-01-01 2125-12-31");
  CHECK(completed("2026-01-01", "2126-01-01") == "term_too_long");
  CHECK(completed("2026-01-01", "9999-12-30") == "term_too_long");
  CHECK(completed("9990-01-01", "9999-12-30") == "9990-01-01 9999-12-30");
  CHECK(completed("9990-01-01", "9999-12-31") == "date_range");  // no day follows it
  CHECK(completed("9999-12-01", "", 1) == "date_range");
  CHECK(completed("", "9999-12-31", 1) == "date_range");
  CHECK(completed("", "0001-01-30", 1) == "date_range");
  CHECK(completed("", "0001-01-31", 1) == "0001-01-01 0001-01-31");
}

TEST_CASE("terms: months are added to the original start, clamped to the end of the month") {
  CHECK(completed("2023-01-31", "", 1) == "2023-01-31 2023-02-27");
  CHECK(completed("2023-01-31", "", 2) == "2023-01-31 2023-03-30");
  CHECK(completed("2023-01-31", "", 13) == "2023-01-31 2024-02-28");
  CHECK(completed("2023-12-31", "", 2) == "2023-12-31 2024-02-28");  // 2023-12-31 + 2 months is 2024-02-29
  CHECK(completed("2024-02-29", "", 12) == "2024-02-29 2025-02-27");
  CHECK(completed("2024-02-29", "", 48) == "2024-02-29 2028-02-28");
  CHECK(completed("2023-03-01", "", 12) == "2023-03-01 2024-02-29");
  // Backwards: the day after the end, less the months.
  CHECK(completed("", "2024-02-29", 12) == "2023-03-01 2024-02-29");
  CHECK(completed("", "2023-02-27", 1) == "2023-01-28 2023-02-27");  // of the starts 28 to 31 January the first
  CHECK(completed("", "2023-03-30", 1) == "no_such_start");          // from 28 February a month ends on 27 March
  CHECK(completed("", "2023-03-30", 2) == "2023-01-31 2023-03-30");

  std::vector<Term> out;
  REQUIRE(pieces(term("2023-01-31", "2023-05-30"), 1, out) == Failure::none);
  CHECK(out == std::vector<Term>{term("2023-01-31", "2023-02-27"), term("2023-02-28", "2023-03-30"),
                                 term("2023-03-31", "2023-04-29"), term("2023-04-30", "2023-05-30")});
  CHECK(length("2023-02-28", "2023-03-30") == "1 months 3 days");  // the second piece, by itself
}

TEST_CASE("terms: whole months and days over") {
  CHECK(length("2019-05-23", "2019-09-30") == "4 months 8 days");
  CHECK(length("2019-05-23", "2019-09-30", Measure::days) == "0 months 131 days");
  CHECK(length("2017-01-01", "2018-01-10") == "12 months 10 days");
  CHECK(length("2023-01-31", "2023-02-27") == "1 months 0 days");
  CHECK(length("2023-01-31", "2023-02-26") == "0 months 27 days");
  CHECK(length("2023-01-31", "2023-03-29") == "1 months 30 days");
  CHECK(length("2023-01-31", "2023-03-30") == "2 months 0 days");
  CHECK(length("2024-02-29", "2025-02-28") == "12 months 1 days");
  CHECK(length("2026-05-05", "2026-05-05") == "0 months 1 days");
  // P10: ten months from 2023-03-30 end on 2024-01-29. The source's end, 2024-02-28, is the first day that is no longer
  // part of it: 29 days are over to 2024-02-27.
  CHECK(length("2023-03-30", "2024-02-27") == "10 months 29 days");
  CHECK(length("2026-01-02", "2026-01-01") == "end_before_start");
  CHECK(length("2026-01-01", "9999-12-31") == "date_range");
}

TEST_CASE("terms: every start and length, against a walk from month to month") {
  Chance chance(20260411);
  int wrong = 0;
  for (int round = 0; round < 20000; ++round) {
    const Term any = chance.any_term(800);
    const Length measured = length_of(any);
    wrong += measured != walked(any);
    wrong += length_of(any, Measure::days).days != any.end.days - any.start.days + 1;
    // A term of whole months has them as its length, no days over, and is found again from its end.
    const std::int64_t months = chance.between(1, 60);
    Term whole;
    Term back;
    wrong += complete({any.start, {}, months}, whole) != Failure::none;
    wrong += length_of(whole) != Length{months, 0};
    wrong += complete({any.start, whole.end, months}, back) != Failure::none || back != whole;
    wrong += complete({{}, whole.end, months}, back) != Failure::none || back.end != whole.end;
    wrong += length_of(back) != Length{months, 0};
    wrong += civil(any.start).day <= 28 && back.start != any.start;
  }
  CHECK(wrong == 0);
}

TEST_CASE("terms: pieces are adjacent, whole but for the last, and together the term") {
  Chance chance(20260412);
  int wrong = 0;
  for (int round = 0; round < 5000; ++round) {
    const Term whole = chance.any_term(3000);
    const std::int64_t months = chance.between(1, 14);
    std::vector<Term> parts;
    wrong += pieces(whole, months, parts) != Failure::none;
    wrong += parts.front().start != whole.start || parts.back().end != whole.end;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      wrong += parts[i].end < parts[i].start;
      if (i == 0) continue;
      wrong += parts[i].start.days != parts[i - 1].end.days + 1;
      wrong += parts[i].start != plus_months(whole.start, months * static_cast<std::int64_t>(i));
    }
    const Length length = length_of(whole);
    const std::int64_t begun = length.months + (length.days > 0 ? 1 : 0);
    wrong += static_cast<std::int64_t>(parts.size()) != (begun + months - 1) / months;
  }
  CHECK(wrong == 0);

  // T6: 39 months in years are four segments, the last of three months.
  Term segmented;
  REQUIRE(complete(written("2026-01-01", "", 39), segmented) == Failure::none);
  std::vector<Term> segments;
  REQUIRE(pieces(segmented, 12, segments) == Failure::none);
  REQUIRE(segments.size() == 4);
  CHECK(length_of(segments[0]) == Length{12, 0});
  CHECK(length_of(segments[3]) == Length{3, 0});

  CHECK(pieces(segmented, 0, segments) == Failure::bad_term);
  CHECK(segments.size() == 4);
  CHECK(pieces(segmented, INT64_MAX, segments) == Failure::none);
  CHECK(segments == std::vector<Term>{segmented});
  REQUIRE(pieces(term("9998-01-31", "9999-12-30"), 12, segments) == Failure::none);
  CHECK(segments.size() == 2);
  REQUIRE(pieces(term("2026-01-01", "2125-12-31"), 1, segments) == Failure::none);
  CHECK(segments.size() == max_term_months);
}

TEST_CASE("date policies: inherit, shift and clamp") {
  CHECK(placed(DatePolicy::inherit, "2026-01-01", "2026-12-31", "2026-03-15") == "2026-01-01 2026-12-31");
  // T5: twelve months from 2022-02-25, booked on 2022-02-15.
  CHECK(completed("2022-02-25", "", 12) == "2022-02-25 2023-02-24");
  CHECK(placed(DatePolicy::shift, "2022-02-25", "2023-02-24", "2022-02-15") == "2022-02-15 2023-02-14");
  // T7: the end of the line holds, although twelve months from its start would end later.
  CHECK(placed(DatePolicy::inherit, "2021-02-09", "2021-12-31", "2021-02-09") == "2021-02-09 2021-12-31");
  CHECK(completed("2021-02-09", "", 12) == "2021-02-09 2022-02-08");

  CHECK(placed(DatePolicy::shift, "2026-01-01", "2026-12-31", "2026-03-15") == "2026-03-15 2027-03-14");
  CHECK(placed(DatePolicy::shift, "2019-05-23", "2019-09-30", "2019-06-01") == "2019-06-01 2019-10-08");
  CHECK(placed(DatePolicy::shift, "2026-01-01", "2026-01-31", "2026-01-31") == "2026-01-31 2026-02-27");
  CHECK(placed(DatePolicy::shift, "2026-01-31", "2026-02-27", "2026-03-01") == "2026-03-01 2026-03-31");
  // By days a leap year keeps its 366.
  CHECK(placed(DatePolicy::shift, "2023-03-01", "2024-02-29", "2024-03-01") == "2024-03-01 2025-02-28");
  CHECK(placed(DatePolicy::shift, "2023-03-01", "2024-02-29", "2024-03-01", Measure::days) == "2024-03-01 2025-03-01");
  // 30 days over cannot follow one month from 2026-01-01: February has 28.
  CHECK(length("2025-07-01", "2025-08-30") == "1 months 30 days");
  CHECK(placed(DatePolicy::shift, "2025-07-01", "2025-08-30", "2026-01-01") == "2026-01-01 2026-02-27");
  CHECK(placed(DatePolicy::shift, "2026-01-01", "2026-12-31", "9999-06-01") == "date_range");

  CHECK(placed(DatePolicy::clamp, "2026-01-01", "2026-12-31", "2026-03-15") == "2026-03-15 2026-12-31");
  CHECK(placed(DatePolicy::clamp, "2026-01-01", "2026-12-31", "2025-11-01") == "2026-01-01 2026-12-31");
  CHECK(placed(DatePolicy::clamp, "2026-01-01", "2026-12-31", "2026-12-31") == "2026-12-31 2026-12-31");
  CHECK(placed(DatePolicy::clamp, "2026-01-01", "2026-12-31", "2027-01-01") == "start_after_end");

  for (const DatePolicy policy : {DatePolicy::inherit, DatePolicy::shift, DatePolicy::clamp}) {
    CHECK(placed(policy, "2026-01-02", "2026-01-01", "2026-01-01") == "end_before_start");
    CHECK(placed(policy, "1900-01-01", "2026-01-01", "2026-01-01") == "term_too_long");
  }
}

TEST_CASE("a shift keeps the length, and the order in which terms of one start end") {
  Chance chance(20260413);
  int wrong = 0;
  int cut = 0;
  for (int round = 0; round < 20000; ++round) {
    const Term from = chance.any_term(800);
    const Date order_start = chance.any_day();
    Term out;
    wrong += place(DatePolicy::shift, from, order_start, Measure::days, out) != Failure::none;
    wrong += out.start != order_start;
    wrong += length_of(out, Measure::days) != length_of(from, Measure::days);

    wrong += place(DatePolicy::shift, from, order_start, months_and_days, out) != Failure::none;
    wrong += out.start != order_start;
    const Length before = length_of(from);
    const Length after = length_of(out);
    wrong += after.months != before.months;
    wrong += (after.days > 0) != (before.days > 0);  // a month begun stays one
    const int room = plus_months(order_start, before.months + 1).days - plus_months(order_start, before.months).days;
    wrong += after.days != std::min<std::int64_t>(before.days, room - 1);
    wrong += before.days <= 27 && after != before;
    cut += after != before;

    const Term longer = {from.start, Date{from.end.days + static_cast<std::int32_t>(chance.between(0, 40))}};
    Term out_longer;
    wrong += place(DatePolicy::shift, longer, order_start, months_and_days, out_longer) != Failure::none;
    wrong += out_longer.end < out.end;
  }
  CHECK(wrong == 0);
  CHECK(cut > 10);
}
