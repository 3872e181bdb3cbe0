// What a QuoteReader keeps: the document, the plan's shapes made ready, and where in the document
// each cell came from.
//
// Entry: Intake; read.cpp fills rows with it, edit.cpp changes them. It follows the quote's state:
// marks belong to the rows that were filled last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/ingest/document.h"
#include "runtime/ingest/findings.h"
#include "runtime/ingest/ingest.h"
#include "runtime/ingest/shapes.h"

namespace assent::ingest {

struct Intake {
  Intake(const plan::Plan& plan, std::size_t max_bytes, std::size_t max_rows, std::size_t max_memory);

  const plan::Plan& plan;
  const std::size_t max_bytes, max_rows, max_memory;
  const ShapeKeys keys;
  std::vector<std::vector<std::uint32_t>> columns_of;   // table → its columns
  std::vector<std::vector<std::uint32_t>> children_of;  // table → the lists in its rows

  // What a row of a table takes in memory, and what the text of a quote does.
  std::size_t row_bytes(std::uint32_t table) const {
    return columns_of[table].size() * (sizeof(Value) + sizeof(Mark)) +
           (children_of[table].size() + 1) * sizeof(std::uint32_t);
  }
  static constexpr std::size_t index_bytes = sizeof(std::uint32_t);  // for each byte of text

  Document document;
  Document edit;  // the value of the edit at hand
  Findings findings{ErrorCode::bad_quote};
  bool has_quote = false;  // the last read filled its rows

  // Column, row → the token that the cell was read from; no_mark where the quote had nothing, so
  // that its value is the plan's. For a cell that was edited, any other mark.
  std::vector<std::vector<Mark>> marks;
  std::vector<Mark> list_marks;  // table → the list of the row at hand

  // Key → the object that gave it last, and where; objects are numbered as they are met, from quote
  // to quote. A shape is open once at a time: shapes that contain themselves do not pass
  // verify.cpp.
  struct Given {
    std::uint64_t object = 0;
    Mark mark = no_mark;
  };
  std::vector<Given> given;
  std::uint64_t objects = 0;
};

struct QuoteReader::State {
  Intake intake;
};

// Gives the money in column `column` of `row` its currency. Returns false, with what is wrong in
// `message` (empty if that is another cell's fault and reported there), if there is none to give.
bool settle_money(const plan::Plan& plan, Rows& rows, std::uint32_t column, std::uint32_t row,
                  std::string& message);

}  // namespace assent::ingest
