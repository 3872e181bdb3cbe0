// The price of a line that leads to its approved amount. Entry: written_price, holds, net_charges.
//
// PEPPOL-T01-R024 wants line amount = quantity * price / base quantity + charges - allowances, within 0.02. A line
// amount that was allocated to the cent seldom is a multiple of a unit price: 100.00 for 3 pieces has no price of two
// decimals. The approved amount stays; the price is written otherwise: as the price of all pieces together, with the
// quantity as base quantity. 3 pieces for 100.00 is "100.00 for 3", which is exact.
#pragma once

#include <optional>
#include <vector>

#include "runtime/documents/order.h"

namespace assent::documents {

// What PEPPOL-T01-R024 and R022 let two computed amounts differ by, in units of the currency.
inline constexpr Decimal amount_slack{2, -2};

// The charges of a list less its allowances. Nothing if the sum is no Decimal.
std::optional<Decimal> net_charges(const std::vector<AllowanceCharge>& allowances);

// Whether the price leads to the line's amount as PEPPOL-T01-R024 asks: compared exactly, without dividing. Not where
// the base quantity is 0 or less, and not where a product has more than 34 digits.
bool holds(const OrderLine& line, const Price& price);

// The line's own price if it holds; else the price of the whole quantity, without the discount, which belonged to the
// other price. Nothing if neither can be written: for a quantity of 0 or less, or where the charges exceed the amount,
// so that the price would be negative (PEPPOL-T01-R005). A line of quantity 0 and amount 0 needs none.
std::optional<Price> written_price(const OrderLine& line);

}  // namespace assent::documents
