// What is wrong with a line of the quote. Entry: complain.
#pragma once

#include <cstdint>
#include <string>
#include <utility>

#include "assent/result.h"
#include "runtime/plan/plan.h"
#include "runtime/plan/print.h"

namespace assent::orders {

// At the line's place in the quote; what is beyond max_problems is not listed.
inline void complain(Problems& problems, const plan::Plan& plan, std::uint32_t row, std::string message) {
  if (problems.size() >= max_problems) return;
  problems.push_back({ErrorCode::bad_quote, plan::row_pointer(plan, plan.orders[0].table, row), std::move(message)});
}

}  // namespace assent::orders
