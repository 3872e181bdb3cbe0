// Whether what is said to happen to orders can, by how they stand. Entry: refusal_of.
#pragma once

#include <cstddef>
#include <optional>

#include "assent/orders.h"

namespace assent::orders {

// Quantities are not looked at: split.h has them. `changes` is how many there were before.
std::optional<Refusal> refusal_of(const OrderPlan& plan, std::size_t changes, const OrderChange& change);

}  // namespace assent::orders
