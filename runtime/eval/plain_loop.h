// Aggregates over plain fields, which most are: `sum(line.net for line in quote.lines where line.family is "x")`.
// Entry: plain_loop.
#pragma once

#include <optional>

#include "runtime/plan/plan.h"
#include "runtime/value/rows.h"

namespace assent::eval {

// The value of a loop that counts, adds up or compares a field of the rows from `first` to `last`, of all or of those
// where a text is equal to a constant. Nothing where the loop is another, or where a cell is absent, a fault or of
// another currency: then Machine::loop says what that means.
std::optional<Value> plain_loop(const plan::Plan& plan, const plan::Node& loop, const Rows& rows, std::uint32_t first,
                                std::uint32_t last);

}  // namespace assent::eval
