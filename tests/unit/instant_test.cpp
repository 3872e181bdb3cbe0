// Moments as they are given and shown.
#include "tools/instant.h"

#include <catch2/catch.hpp>

using namespace assent::command;

namespace {

constexpr std::int64_t nine = 1'772'442'000'000;  // 2026-03-02T09:00:00Z

}  // namespace

TEST_CASE("a moment is read as RFC 3339 has it, and as it is shown") {
  CHECK(instant_of("2026-03-02T09:00:00Z") == nine);
  CHECK(instant_of("2026-03-02t09:00:00z") == nine);
  CHECK(instant_of("2026-03-02T09:00Z") == nine);
  CHECK(instant_of("2026-03-02 09:00 UTC") == nine);
  CHECK(instant_of("2026-03-02T10:00:00+01:00") == nine);
  CHECK(instant_of("2026-03-02 14:30 +05:30") == nine);
  CHECK(instant_of("2026-03-01T23:30:00-09:30") == nine);
  CHECK(instant_of("2026-03-02T09:00:00.2509Z") == nine + 250);
  CHECK(instant_of("1970-01-01T00:00:00Z") == 0);
  CHECK(instant_of("2024-02-29T00:00:00Z"));
  CHECK(instant_of("9999-12-31T23:59:59Z"));
}

TEST_CASE("what is no moment is none") {
  for (const char* text : {"", "now", "2026-03-02", "2026-03-02T09:00:00", "2026-02-30T09:00:00Z",
                           "2026-13-01T09:00:00Z", "2026-03-02T24:00:00Z", "2026-03-02T09:60:00Z",
                           "2026-03-02T09:00:60Z", "2026-03-02T09:00:00.Z", "2026-03-02T09:00:00+19:00",
                           "2026-03-02T09:00:00+01:60", "2026-03-02T09:00:00Zz", "1969-12-31T23:59:59Z",
                           "-026-03-02T09:00:00Z", "2026-03-02T09:00:00 UTC UTC", "20260302T090000Z"}) {
    INFO(text);
    CHECK(!instant_of(text));
  }
}

TEST_CASE("a moment is shown to the minute, at the offset that is asked for") {
  CHECK(instant_text(nine) == "2026-03-02 09:00 UTC");
  CHECK(instant_text(nine + 59'999) == "2026-03-02 09:00 UTC");
  CHECK(instant_text(nine, 60) == "2026-03-02 10:00 +01:00");
  CHECK(instant_text(nine, 15 * 60) == "2026-03-03 00:00 +15:00");
  CHECK(instant_text(nine, -(9 * 60 + 1)) == "2026-03-01 23:59 -09:01");
  CHECK(instant_text(0, -60) == "1969-12-31 23:00 -01:00");
  CHECK(instant_json(nine) == "2026-03-02T09:00:00Z");
  CHECK(instant_json(nine + 50) == "2026-03-02T09:00:00.050Z");
}

TEST_CASE("a day is the one that it is there") {
  CHECK(day_text(day_of(nine)) == "2026-03-02");
  CHECK(day_text(day_of(nine, 15 * 60)) == "2026-03-03");
  CHECK(day_of(0, -1) == -1);
  CHECK(day_named("2026-03-02") == day_of(nine));
  CHECK(day_named("1969-12-31") == -1);
  for (const char* none : {"", "2026-03-2", "2026-02-29", "2026-03-02 ", "2026/03/02", "-026-03-02"}) {
    CAPTURE(none);
    CHECK_FALSE(day_named(none));
  }
}
