// The totals of an order, derived from its lines. Entry: Totals, totals.
#pragma once

#include <optional>

#include "runtime/documents/order.h"

namespace assent::documents {

// UBL's AnticipatedMonetaryTotal, all in the order's currency, with at most two decimals if the order keeps to that.
struct Totals {
  Decimal lines;                         // sum of the line amounts (PEPPOL-T01-R008)
  Decimal allowances;                    // sum of the order's own allowances, not of its lines' (R009)
  Decimal charges;                       // (R010)
  Decimal tax_exclusive;                 // lines - allowances + charges (R011)
  std::optional<Decimal> tax_inclusive;  // tax_exclusive + tax, where the tax is known (R017)
  std::optional<Decimal> prepaid;
  std::optional<Decimal> payable_rounding;  // what rounding to payable_step added; absent without a step
  Decimal payable;  // tax_inclusive, or tax_exclusive where no tax is known, - prepaid + payable_rounding (R016)
  bool operator==(const Totals&) const = default;
};

// Exact; nothing where a sum is no Decimal or payable_step is not a positive whole number of cents, neither of which
// passes check.h. 999.81 rounded to a step of 1 has a payable rounding of 0.19.
std::optional<Totals> totals(const OrderDocument& order);

}  // namespace assent::documents
