// Whether what is said to happen to orders can, by how they stand. Entry: refusal_of.
#pragma once

#include <optional>
#include <span>

#include "assent/orders.h"

namespace assent::orders {

// Quantities are not looked at: split.h has them. The plan is that of the changes before.
std::optional<Refusal> refusal_of(const OrderPlan& plan, std::span<const OrderChange> changes,
                                  const OrderChange& change);

}  // namespace assent::orders
