// A quote that was read, changed: one cell set anew, a row put in or taken out. Entries: QuoteReader::edit, insert,
// remove.
#include <algorithm>

#include "runtime/ingest/cell.h"
#include "runtime/ingest/cursor.h"
#include "runtime/ingest/place.h"
#include "runtime/ingest/walk.h"

namespace assent::ingest {

namespace {

constexpr Mark edited_mark = 0;  // of a cell that an edit gave; any but no_mark

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

// Sets the cell, and its dependents' currencies.
bool set_cell(Intake& in, Rows& rows, const Place& place, const Value& value, Mark mark, std::string& message) {
  rows.columns[place.column][place.row] = value;
  in.marks[place.column][place.row] = mark;
  return settle_dependents(in, rows, place, message);
}

void add_failure(Problems& problems, std::string_view path, ErrorCode code, const std::string& message) {
  add_problem(problems, code, {}, "the edit of " + quoted(path) + ": " + message);
}

// ── rows ─────────────────────────────────────────────────────────────────────────────────────
// The rows of a table from `from` on come to stand at `to`, and those in between behind them; the rows of their lists
// with them.
void move_rows(Intake& in, Rows& rows, std::uint32_t table, std::uint32_t to, std::uint32_t from) {
  const auto move = [](auto& things, std::ptrdiff_t first, std::ptrdiff_t middle) {
    const auto begin = things.begin();
    if (things.end() - (begin + middle) == 1) {  // one row moves: the others are shifted as they lie in memory
      const auto last = things.back();
      std::move_backward(begin + first, things.end() - 1, things.end());
      begin[first] = last;
    } else if (middle - first == 1) {
      const auto one = begin[first];
      std::move(begin + middle, things.end(), begin + first);
      things.back() = one;
    } else {
      std::rotate(begin + first, begin + middle, things.end());
    }
  };
  for (const std::uint32_t column : in.columns_of[table]) {
    move(rows.columns[column], to, from);
    move(in.marks[column], to, from);
  }
  for (const std::uint32_t child : in.children_of[table]) {
    std::vector<std::uint32_t>& first = rows.tables[child].first;
    move_rows(in, rows, child, first[to], first[from]);
    for (std::size_t i = first.size(); i-- > 1;) first[i] -= first[i - 1];  // how many rows each has …
    std::rotate(first.begin() + to + 1, first.begin() + from + 1, first.end());
    for (std::size_t i = 1; i < first.size(); ++i) first[i] += first[i - 1];  // … and where they begin
  }
}

// Takes off the rows from `count` on.
void cut_rows(Intake& in, Rows& rows, std::uint32_t table, std::uint32_t count) {
  rows.tables[table].count = count;
  for (const std::uint32_t column : in.columns_of[table]) {
    rows.columns[column].resize(count);
    in.marks[column].resize(count);
  }
  for (const std::uint32_t child : in.children_of[table]) {
    rows.tables[child].first.resize(count + 1);
    cut_rows(in, rows, child, rows.tables[child].first[count]);
  }
}

// The ends of the lists of all rows of a table are put down, or taken off where more rows come.
void open_ends(const Intake& in, Rows& rows, std::uint32_t table, bool open) {
  for (const std::uint32_t child : in.children_of[table]) {
    std::vector<std::uint32_t>& first = rows.tables[child].first;
    if (open) first.pop_back();
    else first.push_back(rows.tables[child].count);
    open_ends(in, rows, child, open);
  }
}

// Of rows that were read elsewhere, and of the rows in them: texts move to where the quote's are, money finds its
// currency.
void settle_rows(Intake& in, Rows& rows, std::uint32_t table, std::uint32_t first, std::uint32_t last) {
  for (const std::uint32_t column : in.columns_of[table]) {
    for (std::uint32_t row = first; row < last; ++row) {
      Value& cell = rows.columns[column][row];
      if (cell.kind == Value::Kind::text) cell = Value::of(in.document.keep(cell.text()));
    }
  }
  settle_money_of(in, rows, table, first, last);
  for (const std::uint32_t child : in.children_of[table])
    settle_rows(in, rows, child, rows.tables[child].first[first], rows.tables[child].first[last]);
}

// Reads in.edit as a row behind all others of the table. False: with findings, or with what is no JSON in `complaint`.
bool read_row(Intake& in, Rows& rows, std::uint32_t table, std::string& complaint) {
  const auto list = std::find_if(in.plan.keys.begin(), in.plan.keys.end(), [&](const plan::Key& key) {
    return key.action == plan::KeyAction::list && key.target == table;
  });
  if (list == in.plan.keys.end()) return complaint = "the policy reads no such rows", false;
  Walk walk(in, in.edit, rows);
  open_ends(in, rows, table, true);
  const bool walked = walk.row(*list);
  open_ends(in, rows, table, false);
  if (walk.cursor().failed()) complaint = walk.cursor().complaint();
  return walked && in.findings.empty();
}

}  // namespace

bool QuoteReader::edit(std::string_view path, std::string_view json, Rows& rows, Problems& problems) {
  Place place;
  return find_cell(path, rows, place, problems) && set(path, place, json, rows, problems);
}

bool QuoteReader::find_cell(std::string_view path, const Rows& rows, Place& place, Problems& problems) const {
  const Intake& in = state_->intake;
  if (!is_read(in, rows)) return add_failure(problems, path, ErrorCode::bad_request, "no quote has been read"), false;
  const std::string wrong = cell_at(in, rows, path, place);
  if (!wrong.empty()) add_failure(problems, path, ErrorCode::bad_request, "the path " + wrong);
  return wrong.empty();
}

bool QuoteReader::set(std::string_view path, const Place& place, std::string_view json, Rows& rows,
                      Problems& problems) {
  Intake& in = state_->intake;
  const auto fail = [&](ErrorCode code, const std::string& message) {
    add_failure(problems, path, code, message);
    return false;
  };
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
  const Value before = rows.columns[place.column][place.row];
  const Mark mark = in.marks[place.column][place.row];
  std::string message;
  if (set_cell(in, rows, place, value, reading == Reading::missing ? no_mark : edited_mark, message)) return true;
  std::string none;
  set_cell(in, rows, place, before, mark, none);
  return fail(ErrorCode::bad_quote, message);
}

bool QuoteReader::find_row(std::string_view path, bool gap, const Rows& rows, Place& place, Problems& problems) const {
  const Intake& in = state_->intake;
  if (!is_read(in, rows)) return add_failure(problems, path, ErrorCode::bad_request, "no quote has been read"), false;
  std::string wrong = row_at(in, rows, path, gap, place);
  if (wrong.empty() && gap && outside(rows, in.plan.tables[place.table].within, place.owner))
    wrong = "leads into a record that is absent";
  if (!wrong.empty()) add_failure(problems, path, ErrorCode::bad_request, "the path " + wrong);
  return wrong.empty();
}

bool QuoteReader::insert(std::string_view path, const Place& place, std::string_view json, Rows& rows,
                         Problems& problems) {
  Intake& in = state_->intake;
  in.findings.clear();
  if (json.size() > in.max_bytes) {
    add_failure(problems, path, ErrorCode::limit_exceeded, "the row has more bytes than a quote may have");
    return false;
  }
  std::string complaint;
  if (!in.edit.load(json, complaint)) {
    add_failure(problems, path, ErrorCode::bad_quote, complaint);
    return false;
  }
  const std::uint32_t last = rows.tables[place.table].count;
  std::vector<std::uint32_t>& first = rows.tables[place.table].first;
  if (read_row(in, rows, place.table, complaint)) {
    for (std::size_t owner = place.owner + 1; owner < first.size(); ++owner) ++first[owner];
    move_rows(in, rows, place.table, place.row, last);
    settle_rows(in, rows, place.table, place.row, place.row + 1);
    if (in.findings.empty()) return true;
    remove(place, rows);
  } else {
    cut_rows(in, rows, place.table, last);
  }
  if (!complaint.empty()) add_failure(problems, path, ErrorCode::bad_quote, complaint);
  else in.findings.report(in.edit, problems);
  return false;
}

void QuoteReader::remove(const Place& place, Rows& rows) {
  Intake& in = state_->intake;
  std::vector<std::uint32_t>& first = rows.tables[place.table].first;
  for (std::size_t owner = place.owner + 1; owner < first.size(); ++owner) --first[owner];
  move_rows(in, rows, place.table, place.row, place.row + 1);  // it is the last one then
  cut_rows(in, rows, place.table, rows.tables[place.table].count - 1);
}

}  // namespace assent::ingest
