// Nodes in the words of the language: `hardware_discount > 15%`. Entry: print_node.
//
// A node that is the value of a fact is called by the fact's name; names() tells which values a
// condition reads, under the same names.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "assent/decision.h"
#include "runtime/plan/plan.h"

namespace assent::plan {

// At most max_printed characters, then an ellipsis.
inline constexpr std::size_t max_printed = 400;
std::string print_node(const Plan& plan, std::uint32_t node);

// The same, but of a fact's value what it is, not its name.
std::string print_value(const Plan& plan, std::uint32_t node);

// `15%`, `"EU"`, `500000 USD`.
std::string print_constant(const Plan& plan, std::uint32_t constant);

// The facts and fields that a node reads, outermost first and each once; facts are not looked into.
struct Named { std::string name; std::uint32_t node; };
std::vector<Named> reads_of(const Plan& plan, std::uint32_t node);

// The fact whose value a node is; of several the first that was declared; null if it is of none.
const Fact* fact_of(const Plan& plan, std::uint32_t node);

// The whole plan as a listing, for people and golden tests.
std::string print_plan(const Plan& plan);

// "quote.lines.discount": the path of a column from the quote.
std::string column_path(const Plan& plan, std::uint32_t column);

// Where something stands in the policy. Borrows from the plan.
Location location(const Plan& plan, Position position);

// "/lines/3": a row of a list of the quote, as a Problem names its place, in the policy's own names.
std::string row_pointer(const Plan& plan, std::uint32_t table, std::uint32_t row);

}  // namespace assent::plan
