// JSON to rows, people and worths: strict, exact, all problems at once with their JSON pointers.
// Entries: QuoteReader::read, read_people, read_worths. Numbers go from their text to decimals;
// what no column asks for is skipped. simdjson is seen in the .cpp files alone.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "assent/result.h"
#include "runtime/plan/plan.h"
#include "runtime/value/people.h"
#include "runtime/value/rows.h"

namespace assent::ingest {

struct Place {  // of a row, or of a cell, in rows that a reader filled
  std::uint32_t table = 0, row = 0;
  std::uint32_t owner = 0;            // the row of the table's parent that it belongs to
  std::uint32_t column = plan::none;  // of a cell
};

// The row of the table `ancestor` to which row `row` of `table` belongs; false if that table is
// neither the same nor an ancestor.
bool ancestor_row(const plan::Plan& plan, const Rows& rows, std::uint32_t table, std::uint32_t row,
                  std::uint32_t ancestor, std::uint32_t& out);

// Whether both plans read the same of a quote in the same way, so that the rows of one are those of the other.
bool read_alike(const plan::Plan& a, const plan::Plan& b);

class QuoteReader {  // invariant: made for one plan, which outlives it; keeps its memory between quotes
 public:
  QuoteReader(const plan::Plan& plan, std::size_t max_bytes, std::size_t max_rows, std::size_t max_memory);
  QuoteReader(QuoteReader&&) noexcept;
  ~QuoteReader();

  // Fills `rows`, whose texts are good until the next read; or appends to `problems` and returns
  // false, and `rows` is then not to be used.
  bool read(std::string_view json, Rows& rows, Problems& problems);

  // Sets one cell: `path` as in assent::Edit. Its text is good until the next read. Where that fails, `rows` are as
  // they were; so it is with the others below.
  bool edit(std::string_view path, std::string_view json, Rows& rows, Problems& problems);

  // The same in two steps. `path` is for messages there, and so below.
  bool find_cell(std::string_view path, const Rows& rows, Place& place, Problems& problems) const;
  bool set(std::string_view path, const Place& place, std::string_view json, Rows& rows, Problems& problems);

  // The row that `path` names, "lines[3]"; with `gap` also the place behind the last one.
  bool find_row(std::string_view path, bool gap, const Rows& rows, Place& place, Problems& problems) const;
  // Puts the row that `json` is, with all its lists, at a place that find_row() gave.
  bool insert(std::string_view path, const Place& place, std::string_view json, Rows& rows, Problems& problems);
  void remove(const Place& place, Rows& rows);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Result<People> read_people(std::string_view json);
Result<Worths> read_worths(std::string_view json);

}  // namespace assent::ingest
