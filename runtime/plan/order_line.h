// One line of the quote as the policy's `orders` block reads it. Entry: OrderLines.
//
// What plan_orders() of assent/orders.h asks the evaluator for: texts are borrowed from the quote that it read last.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/orders.h"
#include "runtime/plan/plan.h"
#include "runtime/value/value.h"

namespace assent {

struct OrderLine {
  std::uint32_t row = 0;          // its place in the quote's list, from 0
  std::string_view id, part_of;   // part_of: the id of the line of its bundle; empty without
  Decimal quantity, amount;       // of the whole line
  Currency currency = 0;
  std::string_view item, unit, level, holder;  // what it is; in which unit; which level of service; whose it becomes
  std::optional<std::int32_t> term_from, term_to;  // days since 1970-01-01; both days are part of the term
  std::optional<std::int32_t> term_months;
  ItemContract contract = ItemContract::as_all;
  std::optional<ItemAssets> assets;  // none said: per line, but for what has a term
  std::uint32_t phase = plan::none, another_phase = plan::none;  // whose conditions hold for it: the first two
};

struct OrderLines {
  std::vector<OrderLine> lines;                        // in the order of the quote
  std::vector<std::optional<std::string>> split_values;  // of each line: of each `split by`; none where it is absent
  std::size_t split_keys = 0;

  std::span<const std::optional<std::string>> split_of(std::size_t line) const {
    return std::span(split_values).subspan(line * split_keys, split_keys);
  }
};

// A line that has its place, and what it says of when the orders there start, and how long they take.
struct PlacedLine { std::uint32_t row = 0, phase = 0, order = 0, item = 0; };  // phase: by its number in the policy
struct LineTiming {
  std::uint32_t place = 0;   // of the placed lines
  std::uint32_t clause = 0;  // which of the policy's clauses about time
  std::int32_t value = 0;    // a date, in days since 1970-01-01; or how many days, business days
};

}  // namespace assent
