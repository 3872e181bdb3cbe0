// The schedule of orders as a picture: a bar for each, from the day it starts to the day it is delivered, and an arrow
// from what it waits for. Entries: orders_svg, orders_mermaid.
//
// Any text may stand in a name: it is cut to what there is room for, and what SVG or Mermaid would take as their own is
// escaped. The orders are in the order of the plan and have the numbers that orders_text gives them. What is not drawn,
// as it is too much for a picture, is counted in it.
#pragma once

#include <cstddef>
#include <string>

#include "assent/orders.h"

namespace assent::command {

inline constexpr std::size_t max_rows = 1000;             // of an SVG: some 50 pages
inline constexpr std::size_t max_mermaid_bytes = 48'000;  // of tasks: Mermaid refuses a text of 50,000 characters

// Stands alone: no script, no font and no picture from elsewhere. Light or dark as the reader prefers.
std::string orders_svg(const OrderPlan& plan);

// A `gantt`, with a section for each phase. What waits for what is not in it.
std::string orders_mermaid(const OrderPlan& plan);

// "SOUTH · 2026-05-04"; empty where orders are not split.
std::string split_values(const Order& order);

inline bool is_late(const Order& order) { return order.days_late > 0; }  // later than wanted
inline bool is_too_late(const Order& order) { return !order.due.empty() && order.ends > order.due; }

}  // namespace assent::command
