// The orders of a quote for people. Entry: orders_text.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assent/orders.h"
#include "tools/places.h"
#include "tools/terminal.h"

namespace assent::command {

// Each order with its items and the place in the policy that made it one, then what was odd.
std::string orders_text(const OrderPlan& plan, const Places& places, const Style& style);

// What an order is called: "hardware, line.ship_to is Berlin, line.wanted_on is absent"; "all lines" for one that has
// nothing of its own. And one of its split values: "absent", `""`.
std::string order_name(const Order& order);
std::string split_text(const std::optional<std::string>& value);

// When it starts and is delivered, then what it waits for, a line each.
std::vector<std::string> order_dates(const Order& order, const Style& style);

// How orders were changed: each with what is not as it was. `now` has them all.
std::string differences_text(const std::vector<OrderDifference>& all, const OrderPlan& now, const Style& style);
std::string differences_json(const std::string& case_id, const std::vector<OrderDifference>& all);

// Why there are none: "Q-1: not ordered (not-approved): the case is pending, not approved", and the same as JSON.
std::string refusal_text(const std::string& case_id, const Problem& problem, const Style& style);
std::string refusal_json(const std::string& case_id, const Problem& problem);

}  // namespace assent::command
