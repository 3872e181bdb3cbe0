// One cell of a quote, set anew. Entry: QuoteReader::edit.
//
// The path is in the policy's own names. Its parts are gathered until an index ends the path of a
// list; what remains after the last index is the field's path from its row.
#include <algorithm>
#include <charconv>

#include "runtime/ingest/cell.h"
#include "runtime/ingest/cursor.h"
#include "runtime/ingest/intake.h"

namespace assent::ingest {

namespace {

// Of a path: that of the deepest field a person would write, many times over.
constexpr std::size_t max_path_bytes = 4096;

constexpr Mark edited_mark = 0;  // of a cell that an edit gave; any but no_mark

struct Place {
  std::uint32_t table = 0, row = 0, column = plan::none;
};

std::uint32_t child_at(const Intake& in, std::uint32_t table, std::string_view path) {
  for (const std::uint32_t child : in.children_of[table]) {
    if (in.plan.string(in.plan.tables[child].path) == path) return child;
  }
  return plan::none;
}

// "3" of "3]…", with `rest` after the bracket. Digits alone, and no zeros before them.
bool take_index(std::string_view& rest, std::uint32_t& index) {
  const std::size_t end = rest.find(']');
  if (end == std::string_view::npos || end == 0 || (rest[0] == '0' && end > 1)) return false;
  const auto [stop, error] = std::from_chars(rest.data(), rest.data() + end, index);
  if (error != std::errc() || stop != rest.data() + end) return false;
  rest.remove_prefix(end + 1);
  return true;
}

// Goes from the row in `place` to the row of the list `path` that the index at `rest` names.
std::string enter_list(const Intake& in, const Rows& rows, const std::string& path,
                       std::string_view& rest, Place& place) {
  const std::uint32_t child = child_at(in, place.table, path);
  if (child == plan::none) return "has no list " + quoted(path) + " that the policy reads";
  std::uint32_t index = 0;
  if (!take_index(rest, index)) return "has no whole number in its brackets";
  const std::uint32_t first = rows.tables[child].first[place.row];
  const std::uint32_t count = rows.tables[child].first[place.row + 1] - first;
  if (index >= count) {
    return "is out of range: " + quoted(path) + " has " + std::to_string(count) + " rows here";
  }
  place.table = child;
  place.row = first + index;
  return {};
}

std::string find_field(const Intake& in, std::string_view field, Place& place) {
  for (const std::uint32_t column : in.columns_of[place.table]) {
    if (in.plan.string(in.plan.columns[column].path) != field) continue;
    place.column = column;
    return {};
  }
  return "names no field that the policy reads";
}

// Finds the cell that `path` names; returns what is wrong with the path, after the path itself.
std::string find_place(const Intake& in, const Rows& rows, std::string_view path, Place& place) {
  std::string lists;       // the path so far, without indices
  std::size_t field = 0;   // where in `lists` the field's path begins
  std::string_view rest = path;
  while (true) {
    const std::size_t end = std::min(rest.find('['), rest.size());
    lists += rest.substr(0, end);
    rest.remove_prefix(end);
    if (rest.empty()) return find_field(in, std::string_view(lists).substr(field), place);
    rest.remove_prefix(1);
    std::string wrong = enter_list(in, rows, lists, rest, place);
    if (!wrong.empty()) return wrong;
    if (!rest.empty() && rest[0] != '.') return "has no `.` after an index";
    field = lists.size();
    if (rest.empty()) return find_field(in, {}, place);  // a list of scalars
    rest.remove_prefix(1);
    if (rest.empty()) return "ends with a `.`";
    lists += '.';
    field = lists.size();
  }
}

// The value in in.edit for the column; texts move to where they last as long as the quote's.
Reading read_value(Intake& in, std::string_view json, std::uint32_t column, Value& out,
                   Refusal& why) {
  if (json.size() > in.max_bytes) {
    why = {ErrorCode::limit_exceeded, "the value has more bytes than a quote may have"};
    return Reading::refused;
  }
  why.code = ErrorCode::bad_quote;
  if (!in.edit.load(json, why.message)) return Reading::refused;
  Cursor cursor(in.edit);
  const Reading reading = read_cell(in.plan, in.plan.columns[column], in.edit, 0, out, why);
  if (!cursor.skip() || !cursor.at_end()) {
    why = {ErrorCode::bad_quote, cursor.complaint()};
    return Reading::refused;
  }
  if (reading == Reading::value && out.kind == Value::Kind::text) {
    out = Value::of(in.document.keep(out.text()));
  }
  return reading;
}

bool settle_one(const Intake& in, Rows& rows, std::uint32_t column, std::uint32_t row,
                std::string& message) {
  if (in.marks[column][row] == no_mark) return true;  // the plan's own value, or none
  if (rows.columns[column][row].is_absent()) return true;
  return settle_money(in.plan, rows, column, row, message);
}

// Money follows its currency: all amounts that depend on the cell in `place`, the cell itself
// included if it is one.
bool settle_dependents(const Intake& in, Rows& rows, const Place& place, std::string& message) {
  if (in.plan.columns[place.column].type == plan::Type::money &&
      !settle_one(in, rows, place.column, place.row, message)) {
    return false;
  }
  for (std::uint32_t column = 0; column < in.plan.columns.size(); ++column) {
    const plan::Column& money = in.plan.columns[column];
    if (money.type != plan::Type::money || money.currency != place.column) continue;
    for (std::uint32_t row = 0; row < rows.columns[column].size(); ++row) {
      std::uint32_t owner = 0;
      if (!ancestor_row(in.plan, rows, money.table, row, place.table, owner)) break;
      if (owner == place.row && !settle_one(in, rows, column, row, message)) return false;
    }
  }
  return true;
}

// Whether `rows` have the form that the last read left, so that no index below can be out of range.
bool is_read(const Intake& in, const Rows& rows) {
  if (!in.has_quote || rows.tables.size() != in.plan.tables.size()) return false;
  if (rows.tables.empty() || rows.columns.size() != in.marks.size()) return false;
  for (std::size_t i = 1; i < rows.tables.size(); ++i) {
    const std::uint32_t owners = rows.tables[in.plan.tables[i].parent].count;
    if (rows.tables[i].first.size() != std::size_t{owners} + 1) return false;
  }
  for (std::size_t i = 0; i < in.marks.size(); ++i) {
    if (rows.columns[i].size() != in.marks[i].size()) return false;
  }
  return true;
}

}  // namespace

bool QuoteReader::edit(std::string_view path, std::string_view json, Rows& rows,
                       Problems& problems) {
  Intake& in = state_->intake;
  const auto fail = [&](ErrorCode code, const std::string& message) {
    add_problem(problems, code, {}, "the edit of " + quoted(path) + ": " + message);
    return false;
  };
  if (!is_read(in, rows)) return fail(ErrorCode::bad_request, "no quote has been read");
  if (path.size() > max_path_bytes) return fail(ErrorCode::bad_request, "the path is too long");
  Place place;
  const std::string wrong = find_place(in, rows, path, place);
  if (!wrong.empty()) return fail(ErrorCode::bad_request, "the path " + wrong);

  Value value;
  Refusal why;
  const Reading reading = read_value(in, json, place.column, value, why);
  if (reading == Reading::missing) {
    const plan::Column& column = in.plan.columns[place.column];
    const bool nowhere = outside(rows, column.within, place.row);
    const std::optional<Value> other = nowhere ? Value{} : missing_value(in.plan, column);
    if (!other) return fail(ErrorCode::bad_quote, missing_message(in.plan, column));
    value = *other;
  } else if (reading != Reading::value) {
    return fail(why.code, why.message);
  }
  rows.columns[place.column][place.row] = value;
  in.marks[place.column][place.row] = reading == Reading::missing ? no_mark : edited_mark;
  std::string message;
  if (settle_dependents(in, rows, place, message)) return true;
  return fail(ErrorCode::bad_quote, message);
}

}  // namespace assent::ingest
