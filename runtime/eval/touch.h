// Which values change with which cells. Entry: Touches.
//
// Columns and lists of a plan are dealt out to 64 bits, so that what a node reads is one number: it may seem to read
// more than it does, never less.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/plan/plan.h"
#include "runtime/plan/verify.h"

namespace assent::eval {

using Columns = std::uint64_t;  // a set of them, as bits

class Touches {  // immutable; the plan may go
 public:
  Touches(const plan::Plan& plan, const plan::NodeFacts& facts);

  // All that changes where a row of the table comes or goes: its cells, how many there are, the same of lists in it.
  Columns rows(std::uint32_t table) const { return of_rows_[table]; }
  // The cell, and amounts whose currency it names.
  Columns edit(std::uint32_t column) const { return of_edit_[column]; }

  // What a node reads, in rows and elsewhere.
  Columns of(std::uint32_t node) const { return all_[node]; }
  // Of that, what it reads apart from the rows that its frames stand on.
  Columns elsewhere(std::uint32_t node) const { return elsewhere_[node]; }

 private:
  static Columns bit(std::uint32_t number) { return Columns{1} << (number % 64); }

  std::vector<Columns> of_rows_, of_edit_, all_, elsewhere_;
};

}  // namespace assent::eval
