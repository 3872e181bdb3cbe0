// The unit price that leads to an approved amount. Entry: priced.
//
// The ERP computes a line's amount itself: quantity × unit price, rounded half-even to the currency's step. A price has
// a limited number of decimals, so that for more than a hundred pieces there may be none that gives the approved
// amount: 300 pieces for 100.00 cost 99.99 at 0.3333, and 100.02 at 0.3334. Such a line becomes two lines, at two
// neighbouring prices: 200 at 0.3333 and 100 at 0.3334 are 66.66 and 33.34. Pieces and amount stay what was approved.
#pragma once

#include <vector>

#include "runtime/value/decimal.h"

namespace assent::erp {

inline constexpr int max_price_places = 12;  // of what an ERP's settings may say
inline constexpr int max_split_tries = 100;  // other ways to divide the pieces, if both parts would be rounded halves

// One line of the ERP.
struct Part {
  Decimal quantity;
  Decimal price;
  Decimal amount;  // as the ERP will compute it
};

// Amounts of a currency are multiples of `step`, which is 0 if they are not rounded: 0.01, or 0.05 in cash francs.
// `value` to the nearest multiple, a half to the even one. Fault::overflow if there is none of 34 digits.
Fault rounded(const Decimal& value, const Decimal& step, Decimal& out);

// One part, or two if no price of so many decimals gives the amount; with the pieces and the amount, exactly. Empty if
// there is no such pair either: the amount is no multiple of the step, or numbers leave 34 digits. `quantity` is more
// than 0; `places` in 0..max_price_places; `step` 0 or more.
std::vector<Part> priced(const Decimal& quantity, const Decimal& amount, int places, const Decimal& step);

}  // namespace assent::erp
