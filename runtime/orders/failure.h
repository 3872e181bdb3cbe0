// The reason why a computation on an order has no result.
//
// Entry: Failure, text(Failure), name(Failure). Functions that can fail return a Failure and write their result through
// a reference; on any failure but `none` that result is left as it was.
#pragma once

#include <cstdint>
#include <string_view>

#include "runtime/value/fault.h"

namespace assent::orders {

enum class [[nodiscard]] Failure : std::uint8_t{
#define FAILURE(failure_name, message) failure_name,
#include "runtime/orders/failures.def"
#undef FAILURE
};

// A sentence for people, in lower case and without a final period.
std::string_view text(Failure failure);

// The stable name, as spelt in failures.def.
std::string_view name(Failure failure);

// What a fault of numbers or dates is here. Requires one of none, overflow and date_range: the arithmetic of orders
// rules out the others before it calls.
Failure failure_of(Fault fault);

}  // namespace assent::orders
