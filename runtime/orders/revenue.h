// When the amount of an order item becomes revenue: calendar months, and what each of them gets.
//
// Entry: revenue_schedule. 100.00 by day over 2026-01-31 to 2026-03-01 (30 days): 3.33 in January, 93.34 in February,
// 3.33 in March.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/orders/failure.h"
#include "runtime/orders/term.h"
#include "runtime/value/decimal.h"
#include "runtime/value/order_words.h"

namespace assent::orders {

// A calendar month, cut at the start and the end of the term; or the one day of at_start and at_end.
struct Period {
  Date start;
  Date end;
  Decimal amount;
};

// The periods in order, without a gap from the term's start to its end. Each gets the amount up to its end, rounded
// half up to `places`, less the amount up to its start, rounded in the same way: so they sum exactly to the amount,
// each is within one minor unit of its exact part, and no period takes up what the others lost. A term has at most
// max_term_months, so there are at most 1201 periods. Failure::bad_places, too_fine, overflow as allocate has them;
// fails as check(term) does.
Failure revenue_schedule(const Decimal& amount, const Term& term, Recognition recognition, int places,
                         std::vector<Period>& out);

}  // namespace assent::orders
