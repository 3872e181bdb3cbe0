// From when to when a line runs: its start, its end and its term, and what an order's own start does to it.
//
// Entry: complete, check, length_of, pieces, place. The rule of month ends: a term of n months that starts on
// S ends on the day before S + n months, where S + n months is the same day of that month, or its last day if it has no
// such day. Months are always added to the original start, never to the end of another month. Therefore the n months
// from S and what follows them have no gap and no overlap:
//
//   1 month  from 2023-01-31 ends 2023-02-27, for 2023-01-31 + 1 month  is 2023-02-28
//   2 months from 2023-01-31 end  2023-03-30, for 2023-01-31 + 2 months is 2023-03-31
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/orders/failure.h"
#include "runtime/value/date.h"
#include "runtime/value/order_words.h"

namespace assent::orders {

// A hundred years: a longer term is a mistyped year, and would ask for a schedule of as many months.
inline constexpr std::int64_t max_term_months = 1200;

// Both days are part of it.
struct Term {
  Date start;
  Date end;
  bool operator==(const Term&) const = default;
};

// Failure::end_before_start, term_too_long, or date_range for an end on 9999-12-31, which no day follows. Every
// function that takes a Term begins with this check, and gives no Term that does not pass it.
Failure check(const Term& term);

// What is written of a term, in one place.
struct WrittenTerm {
  std::optional<Date> start;
  std::optional<Date> end;
  std::optional<std::int64_t> months;
};

// Two of start, end and months give the third; all three must agree (Failure::term_disagrees), fewer than two are
// Failure::too_few_dates. From end and months the start is the day after the end, less the months; where no start has
// an end on that day (none that is a month long ends on 2023-03-30), Failure::no_such_start. Failure::bad_term for less
// than one month; term_too_long, end_before_start, date_range.
Failure complete(const WrittenTerm& written, Term& out);

// How a length is counted, and kept by a shift.
enum class Measure : std::uint8_t { months_and_days, days };

// months whole months from the start, then `days` days more, fewer than the next month has; by days, months is 0.
struct Length {
  std::int64_t months = 0;
  std::int64_t days = 0;
  bool operator==(const Length&) const = default;
};

Failure length_of(const Term& term, Measure measure, Length& out);

// The term cut into pieces of `months` months, in order; the last one is shorter if they do not divide it. Each begins
// on the day after the one before it ends. They are counted from the term's start: the second month from 2023-01-31 is
// 2023-02-28 to 2023-03-30, and by itself would be 1 month and 3 days long. Failure::bad_term for less than one month.
Failure pieces(const Term& term, std::int64_t months, std::vector<Term>& out);

// The term of a line in an order that starts on `order_start`.
// shift: the start becomes order_start, earlier or later, and the length is kept in the measure given. Whole months are
// always kept. Days over are kept, but never so many as to fill one more month: 1 month and 30 days from 2025-07-01
// become 1 month and 27 days from 2026-01-01. A multiplier that counts in that measure (prorate.h) stays the same,
// except by days over that were cut; whoever needs to know compares length_of before and after.
// clamp: an order that starts earlier changes nothing. Failure::start_after_end if it starts after the end.
Failure place(DatePolicy policy, const Term& term, Date order_start, Measure measure, Term& out);

}  // namespace assent::orders
