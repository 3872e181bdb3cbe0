// The walk over a document's tokens that fills rows, led by the plan's shapes. Entries: Walk::quote, Walk::row.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/ingest/cursor.h"
#include "runtime/ingest/intake.h"

namespace assent::ingest {

// Functions that return bool: false means that the walk is over, because the text is not JSON or
// because a limit is reached.
class Walk {
 public:
  // `document` is that of the intake, or that of one row that is inserted.
  Walk(Intake& intake, Document& document, Rows& rows)
      : in_(intake), document_(document), rows_(rows), cursor_(document) {}

  bool quote();
  // One more row of a list of the quote, behind all others of its table; `list` is a key that has it. The rows of
  // lists in it come behind all others too.
  bool row(const plan::Key& list);
  const Cursor& cursor() const { return cursor_; }

 private:
  struct Row {
    std::uint32_t table, index;
    std::uint32_t shape;  // of its object; none for a scalar
    Mark mark;            // of its object or scalar
  };

  const plan::Plan& plan() const { return in_.plan; }

  void empty();
  Row begin_row(std::uint32_t table, std::uint32_t shape);
  bool end_row(const Row& row);
  void settle_cell(const Row& row, std::uint32_t column);
  std::uint32_t find(std::uint32_t shape);
  bool object(const Row& row, std::uint32_t shape, std::uint32_t depth);
  bool member(const Row& row, std::uint32_t key, std::uint64_t object, std::uint32_t depth);
  bool take(const Row& row, const plan::Key& key, std::uint32_t depth);
  bool cell(const Row& row, std::uint32_t column);
  bool uncommon_cell(const Row& row, std::uint32_t column);
  bool list(const plan::Key& key, std::uint32_t depth);
  bool elements(const plan::Key& key, std::uint32_t depth);
  bool element(const plan::Key& key, std::uint32_t depth);
  bool has_room(std::uint32_t table);
  bool not_an_object(const Row& row, std::uint32_t shape, std::string message);
  void refuse_all(const Row& row, std::uint32_t shape, Mark mark, std::vector<bool>& seen);

  Intake& in_;
  Document& document_;
  Rows& rows_;
  Cursor cursor_;
  std::size_t list_rows_ = 0;
  std::size_t memory_ = 0;  // bytes of the text and of the rows so far
  std::string unescaped_key_;
};

// Gives the money in the rows from `first` to `last` of a table their currencies; what has none is a finding.
void settle_money_of(Intake& in, Rows& rows, std::uint32_t table, std::uint32_t first, std::uint32_t last);

}  // namespace assent::ingest
