// The numbers that a value may be. Entry: Interval.
#pragma once

#include <cstdint>
#include <optional>

#include "runtime/plan/plan.h"
#include "runtime/value/decimal.h"

namespace assent::compiler::lint {

struct Bound { Decimal at; bool closed = true; };
struct Interval { std::optional<Bound> low, high; };  // without a bound it goes on for ever

Interval from_to(std::optional<std::int64_t> low, std::optional<std::int64_t> high);  // both inclusive
bool is_empty(const Interval& interval);

// What is left of it where the value compares so with a constant; `not_equal` leaves it as it is.
void narrow(Interval& interval, plan::Comparison comparison, const Decimal& with);
void make_whole(Interval& interval);  // whole numbers alone

Interval turned(const Interval& interval);  // of -x
Interval sum_of(const Interval& left, const Interval& right);
Interval either(const Interval& left, const Interval& right);  // and what lies between

}  // namespace assent::compiler::lint
