// JSON to rows, people and worths: strict, exact, all problems at once with their JSON pointers.
// Entries: QuoteReader::read, read_people, read_worths. Numbers go from their text to decimals;
// what no column asks for is skipped. simdjson is seen in the .cpp files alone.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "assent/result.h"
#include "runtime/plan/plan.h"
#include "runtime/value/people.h"
#include "runtime/value/rows.h"

namespace assent::ingest {

class QuoteReader {  // invariant: made for one plan, which outlives it; keeps its memory between quotes
 public:
  QuoteReader(const plan::Plan& plan, std::size_t max_bytes, std::size_t max_rows);
  QuoteReader(QuoteReader&&) noexcept;
  ~QuoteReader();

  // Fills `rows`, whose texts are good until the next read; or appends to `problems` and returns
  // false, and `rows` is then not to be used.
  bool read(std::string_view json, Rows& rows, Problems& problems);

  // Sets one cell: `path` as in assent::Edit. Its text is good until the next read.
  bool edit(std::string_view path, std::string_view json, Rows& rows, Problems& problems);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

Result<People> read_people(std::string_view json);
Result<Worths> read_worths(std::string_view json);

}  // namespace assent::ingest
