// Splits an approved total over lines or orders, to the last cent and without a price being computed anew.
//
// Entry: allocate (all parts at once), share (one part of a line that is ordered in several steps).
//
//   allocate(100.00, {1, 1, 1}, 2)          33.34, 33.33, 33.33
//   share(100.00, 3, before 1, taken 1, 2)  33.34: 66.67 for two, less the 33.33 that the first one got
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/orders/failure.h"
#include "runtime/value/decimal.h"
#include "runtime/value/order_words.h"

namespace assent::orders {

// Splits `total`, of at most `places` decimals, in proportion to the weights. The parts are in the order of the
// weights, are held with exactly `places`, sum exactly to `total`, and differ from their exact proportion by less than
// one minor unit. A negative total is split by its magnitude, then negated. If all weights are zero, they count as
// equal. Failure::no_weights for no weights, negative_weight, bad_places, too_fine for a total of more places; overflow
// if the total has more than 34 digits in minor units, or the sum of the weights more than 38 in units of their finest
// digit.
Failure allocate(const Decimal& total, std::span<const Decimal> weights, int places, Allocation policy,
                 std::vector<Decimal>& out);

// What `taken` of `quantity` costs when `before` of it were ordered already and all of it costs `total`: what before
// and taken come to together, rounded half up to `places`, less what before came to, rounded in the same way. Any
// sequence of parts that ends at `quantity` therefore sums exactly to `total`, in whatever steps; and what several
// parts sum to depends on where they begin and end alone. For a line of negative quantity all three quantities are
// negative (or zero). Failure::zero_quantity, opposite_quantity and beyond_quantity as their messages say; bad_places,
// too_fine, overflow as above.
Failure share(const Decimal& total, const Decimal& quantity, const Decimal& before, const Decimal& taken, int places,
              Decimal& out);

}  // namespace assent::orders
