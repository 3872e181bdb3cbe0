// One scalar of a document as the value of a column, exactly or not at all.
//
// Entry: read_cell, missing_value.
#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "assent/result.h"
#include "runtime/ingest/document.h"
#include "runtime/plan/plan.h"
#include "runtime/value/rows.h"
#include "runtime/value/value.h"

namespace assent::ingest {

// Bytes of one text, without its escapes. Texts of a quote are names and notes; a longer one is a
// file that found its way into it.
inline constexpr std::size_t max_text_bytes = 1u << 20;

struct Refusal {
  ErrorCode code = ErrorCode::bad_quote;
  std::string message;
};

enum class Reading : std::uint8_t {
  value,
  missing,    // null
  refused,    // a value, but not one for this column
  malformed,  // no JSON
};

// Reads the value at `mark` as the column's type says. Money is a number until its currency is
// known.
Reading read_cell(const plan::Plan& plan, const plan::Column& column, Document& document, Mark mark,
                  Value& out, Refusal& why);

// The same for what nearly all cells are: a number, or a text without escapes. False where it is another, or where
// something is wrong; `out` is then as it was.
bool read_plain(plan::Type type, Document& document, Mark mark, Value& out);

// What the column has where the quote has nothing: its fallback, or an absence; nothing at all if
// it is required.
std::optional<Value> missing_value(const plan::Plan& plan, const plan::Column& column);

// Whether the optional record that a field or list belongs to is missing: then nothing of it is there.
bool outside(const Rows& rows, std::uint32_t within, std::uint32_t row);

std::string missing_message(const plan::Plan& plan, const plan::Column& column);

// The type as the language spells it: "Money".
std::string_view type_name(plan::Type type);

}  // namespace assent::ingest
