// A quote in memory: the columns that the plan reads, one cell a row, filled by ingest/ and read by
// eval/. Reused from quote to quote; the vectors keep their memory.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/value/value.h"

namespace assent {

struct Rows {
  // Table 0 has one row. The rows of table t that belong to row r of its parent are
  // first[r] .. first[r + 1]; `first` has one entry more than the parent has rows.
  struct Table {
    std::vector<std::uint32_t> first;
    std::uint32_t count = 0;
  };
  std::vector<Table> tables;                 // as Plan::tables
  std::vector<std::vector<Value>> columns;   // as Plan::columns, one cell for each row of its table
};

}  // namespace assent
