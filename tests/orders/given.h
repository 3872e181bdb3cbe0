// Values as the tests of orders write them, and a seeded source of chance.
//
// Entry: number, day, term, result, Chance.
#pragma once

#include <catch2/catch.hpp>

#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/orders/failure.h"
#include "runtime/orders/term.h"
#include "runtime/value/date.h"
#include "runtime/value/decimal.h"

namespace orders_test {

using namespace assent;
using namespace assent::orders;

inline Decimal number(std::string_view source) {
  Decimal out;
  INFO(source);
  REQUIRE(parse_decimal(source, out) == Fault::none);
  return out;
}

inline std::vector<Decimal> numbers(const std::vector<std::string>& sources) {
  std::vector<Decimal> out;
  for (const std::string& source : sources) out.push_back(number(source));
  return out;
}

inline Date day(std::string_view source) {
  const std::optional<Date> parsed = parse_date(source);
  INFO(source);
  REQUIRE(parsed);
  return *parsed;
}

inline Term term(std::string_view start, std::string_view end) { return {day(start), day(end)}; }

inline std::string shown(const Term& term) { return text(term.start) + " " + text(term.end); }

// The result as the tests compare it, or the name of the failure.
inline std::string result(Failure failure, const std::string& out) {
  return failure == Failure::none ? out : std::string(name(failure));
}
inline std::string result(Failure failure, const Decimal& out) { return result(failure, text(out)); }
inline std::string result(Failure failure, const Date& out) { return result(failure, text(out)); }
inline std::string result(Failure failure, const Term& out) { return result(failure, shown(out)); }

// The same numbers in every run and on every machine.
class Chance {
 public:
  explicit Chance(std::uint64_t seed) : engine_(seed) {}

  // first..last, both included.
  std::int64_t between(std::int64_t first, std::int64_t last) {
    return first + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(last - first + 1));
  }

  // A number of exactly `digits` digits.
  std::string digits(std::int64_t digits) {
    std::string out(1, static_cast<char>('0' + between(1, 9)));
    while (static_cast<std::int64_t>(out.size()) < digits) out += static_cast<char>('0' + between(0, 9));
    return out;
  }

  // Month ends and leap days come often.
  Date any_day() {
    const int year = static_cast<int>(between(1990, 2060));
    const int month = between(0, 3) == 0 ? 2 : static_cast<int>(between(1, 12));
    const int last = days_in_month(year, month);
    const std::int64_t first = between(0, 2) == 0 ? 27 : 1;
    return *date(year, month, static_cast<int>(between(first, last)));
  }

  Term any_term(std::int64_t most_days) {
    const Date start = any_day();
    return {start, Date{start.days + static_cast<std::int32_t>(between(0, most_days))}};
  }

  // 0..size-1 in some order.
  std::vector<std::size_t> order(std::size_t size) {
    std::vector<std::size_t> out(size);
    for (std::size_t i = 0; i < size; ++i) {
      const auto at = static_cast<std::size_t>(between(0, static_cast<std::int64_t>(i)));
      out[i] = out[at];
      out[at] = i;
    }
    return out;
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace orders_test
