// Nodes in words, for whoever does not program: "hardware discount is more than 15%". Entries: say_node, say_value,
// say_rows, put_node.
//
// Unlike print.h, which keeps to the language, this names each row by itself: of two lines of one list, where a loop is
// inside another, the inner one is "line B".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "assent/outline.h"
#include "runtime/plan/plan.h"
#include "runtime/plan/print.h"

namespace assent::plan {

// What frame 1 stands on in a rule or in orders: a row of a table, under the name that they give it.
struct OwnRow {
  std::uint32_t table = none, name = none;
};

// At most max_said bytes, then an ellipsis: nobody reads more, and shared operands could write out without an end.
inline constexpr std::size_t max_said = 4000;
std::string say_node(const Plan& plan, std::uint32_t node, const OwnRow& row = {});

// The same, but of a fact's value what it is, not its name.
std::string say_value(const Plan& plan, std::uint32_t node);

// "each item of the quote's lines": the rows of a rule or of orders; `where` may be none.
std::string say_rows(const Plan& plan, const OwnRow& row, std::uint32_t where);

inline std::string put_node(const Plan& plan, Wording wording, std::uint32_t node, const OwnRow& row = {}) {
  return wording == Wording::spoken ? say_node(plan, node, row) : print_node(plan, node);
}

}  // namespace assent::plan
