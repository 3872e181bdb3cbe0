// A quote's JSON to rows. Entry: QuoteReader::read.
//
// One walk over the tokens, led by the plan's shapes: an object of a shape is read key by key, what
// the shape does not list is passed over. A row's cells start as missing and are settled when its
// object ends; money waits for its currency until the whole quote is read. A row that is inserted later is read by
// the same walk: see rows.cpp.
#include "runtime/ingest/cell.h"
#include "runtime/ingest/walk.h"

namespace assent::ingest {

namespace {

// Objects in objects, and lists in them, in the parts that are read; bounds the stack. Records in a
// policy nest as deep as their author cares to write.
constexpr std::uint32_t max_read_depth = 200;

}  // namespace

using plan::KeyAction;
using Step = Cursor::Step;

void Walk::empty() {
  rows_.tables.resize(plan().tables.size());
  rows_.columns.resize(plan().columns.size());
  for (Rows::Table& table : rows_.tables) {
    table.first.clear();
    table.count = 0;
  }
  for (std::vector<Value>& column : rows_.columns) column.clear();
  for (std::vector<Mark>& column : in_.marks) column.clear();
}

// A cell that is not settled is a fault, so that one forgotten could only block.
Walk::Row Walk::begin_row(std::uint32_t table, std::uint32_t shape) {
  const Row row{table, rows_.tables[table].count++, shape, cursor_.at()};
  for (const std::uint32_t column : in_.columns_of[table]) {
    rows_.columns[column].push_back(Value::of(Fault::missing_value));
    in_.marks[column].push_back(no_mark);
  }
  for (const std::uint32_t child : in_.children_of[table]) {
    rows_.tables[child].first.push_back(rows_.tables[child].count);
    in_.list_marks[child] = no_mark;
  }
  return row;
}

bool Walk::end_row(const Row& row) {
  for (const std::uint32_t column : in_.columns_of[row.table]) {
    if (in_.marks[column][row.index] == no_mark) settle_cell(row, column);
  }
  for (const std::uint32_t child : in_.children_of[row.table]) {
    const plan::Table& table = plan().tables[child];
    if (in_.list_marks[child] != no_mark || table.empty_if_missing) continue;
    if (outside(rows_, table.within, row.index)) continue;
    in_.findings.add(ErrorCode::bad_quote, row.mark,
                     path_to(plan(), row.shape, KeyAction::list, child),
                     quoted(plan().string(table.path)) +
                         " is missing: the policy reads it as a list");
  }
  return !in_.findings.full();
}

void Walk::settle_cell(const Row& row, std::uint32_t column) {
  const plan::Column& field = plan().columns[column];
  if (outside(rows_, field.within, row.index)) {
    rows_.columns[column][row.index] = Value{};
    return;
  }
  if (const std::optional<Value> value = missing_value(plan(), field)) {
    rows_.columns[column][row.index] = *value;
    return;
  }
  in_.findings.add(ErrorCode::bad_quote, row.mark,
                   path_to(plan(), row.shape, KeyAction::column, column),
                   missing_message(plan(), field));
}

bool Walk::quote() {
  empty();
  memory_ = document_.size() * in_.index_bytes;
  if (plan().tables.empty()) return cursor_.skip() && cursor_.at_end();
  const std::uint32_t shape = plan().header.root_shape;
  const Row row = begin_row(0, shape);
  rows_.tables[0].first.assign({0, 1});
  if (cursor_.peek() != '{') {
    if (!cursor_.skip()) return false;
    in_.findings.add(0, "the quote is not a JSON object: found " + found(document_, 0));
  } else {
    const bool asked = shape < plan().shapes.size();  // else no rule reads the quote
    if (asked ? !object(row, shape, 1) : !cursor_.skip()) return false;
    if (!end_row(row)) return false;
  }
  for (std::uint32_t table = 1; table < plan().tables.size(); ++table) {
    rows_.tables[table].first.push_back(rows_.tables[table].count);
  }
  return cursor_.at_end();
}

// The key that the cursor just passed, or none if the shape does not list it.
std::uint32_t Walk::find(std::uint32_t shape) {
  const std::string_view spelling = cursor_.key_text();
  const bool plain = !document_.has_escapes() || spelling.find('\\') == std::string_view::npos;
  if (plain) return in_.keys.find(shape, spelling);
  if (!unescape(spelling, unescaped_key_)) return plan::none;  // half a character is in no name
  return in_.keys.find(shape, unescaped_key_);
}

// At the brace that opens it.
bool Walk::object(const Row& row, std::uint32_t shape, std::uint32_t depth) {
  if (depth > max_read_depth) {
    in_.findings.add(ErrorCode::limit_exceeded, cursor_.at(), {},
                     "objects are nested more than " + std::to_string(max_read_depth) + " deep");
    return false;
  }
  const std::uint64_t number = ++in_.objects;
  // A key that is written with escapes is longer than its name.
  const std::uint64_t lengths = document_.has_escapes() ? ~std::uint64_t{0} : in_.keys.lengths(shape);
  Step step = cursor_.skip_members(cursor_.first_key(), lengths);
  while (step == Step::member) {
    const std::uint32_t key = find(shape);
    if (key == plan::none ? !cursor_.skip() : !member(row, key, number, depth)) return false;
    step = cursor_.skip_members(cursor_.next_key(), lengths);
  }
  return step == Step::end;
}

bool Walk::member(const Row& row, std::uint32_t key, std::uint64_t object, std::uint32_t depth) {
  const Mark value = cursor_.at();
  Intake::Given& given = in_.given[key];
  if (given.object == object) {
    in_.findings.add(value, "the key " + quoted(plan().string(plan().keys[key].name)) +
                                " is given twice in one object");
    return !in_.findings.full() && cursor_.skip();
  }
  given = {object, value};
  for (; key != plan::none; key = in_.keys.next_alike(key)) {
    cursor_.go_to(value);
    if (!take(row, plan().keys[key], depth)) return false;
  }
  return true;
}

bool Walk::take(const Row& row, const plan::Key& key, std::uint32_t depth) {
  if (key.action == KeyAction::column) return cell(row, key.target);
  if (cursor_.is_null()) return cursor_.skip();
  if (key.action == KeyAction::list) return list(key, depth);
  if (key.action == KeyAction::presence) {
    rows_.columns[key.target][row.index] = Value::of(true);
    in_.marks[key.target][row.index] = cursor_.at();
    return cursor_.skip();
  }
  if (cursor_.peek() == '{') return object(row, key.target, depth + 1);
  return not_an_object(row, key.target, quoted(plan().string(key.name)) + " is read as an object: "
                                        "expected an object");
}

// A value that was to be an object with fields of `row`: they are not reported as missing too.
bool Walk::not_an_object(const Row& row, std::uint32_t shape, std::string message) {
  const Mark mark = cursor_.at();
  if (!cursor_.skip()) return false;
  in_.findings.add(mark, message + ", found " + found(document_, mark));
  std::vector<bool> seen(plan().shapes.size());
  refuse_all(row, shape, mark, seen);
  return !in_.findings.full();
}

// Each shape once, which bounds the recursion.
void Walk::refuse_all(const Row& row, std::uint32_t shape, Mark mark, std::vector<bool>& seen) {
  if (seen[shape]) return;
  seen[shape] = true;
  const auto refuse = [&](Mark& cell) { cell = cell == no_mark ? mark : cell; };
  const plan::Shape& keys = plan().shapes[shape];
  for (std::uint32_t i = 0; i < keys.key_count; ++i) {
    const plan::Key& key = plan().keys[keys.first_key + i];
    switch (key.action) {
      case KeyAction::column: refuse(in_.marks[key.target][row.index]); break;
      case KeyAction::list: refuse(in_.list_marks[key.target]); break;
      case KeyAction::object: refuse_all(row, key.target, mark, seen); break;
      case KeyAction::presence: break;
    }
  }
}

bool Walk::cell(const Row& row, std::uint32_t column) {
  const Mark mark = cursor_.at();
  Mark& first = in_.marks[column][row.index];
  Value& value = rows_.columns[column][row.index];
  if (first == no_mark && read_plain(plan().columns[column].type, document_, mark, value)) {
    cursor_.go_to(mark + 1);
    first = mark;
    return true;
  }
  return uncommon_cell(row, column);
}

bool Walk::uncommon_cell(const Row& row, std::uint32_t column) {
  const Mark mark = cursor_.at();
  const plan::Column& field = plan().columns[column];
  Value value;
  Refusal why;
  const Reading reading = read_cell(plan(), field, document_, mark, value, why);
  if (reading == Reading::malformed) return cursor_.fail("a value"), false;
  if (reading == Reading::refused) {
    if (!cursor_.skip()) return false;  // it may be a whole object
  } else {
    cursor_.go_to(mark + 1);
    if (reading == Reading::missing) return true;
  }
  Mark& first = in_.marks[column][row.index];
  if (first != no_mark) {
    in_.findings.add_twice(mark, first, quoted(plan().string(field.path)) + " is given twice");
  } else if (reading == Reading::refused) {
    in_.findings.add(why.code, mark, {}, std::move(why.message));
  } else {
    rows_.columns[column][row.index] = value;
  }
  if (first == no_mark) first = mark;
  return !in_.findings.full();
}

bool Walk::list(const plan::Key& key, std::uint32_t depth) {
  const Mark mark = cursor_.at();
  const std::string_view path = plan().string(plan().tables[key.target].path);
  Mark& first = in_.list_marks[key.target];
  if (first != no_mark) {
    if (!cursor_.skip()) return false;
    in_.findings.add_twice(mark, first, quoted(path) + " is given twice");
    return !in_.findings.full();
  }
  first = mark;
  if (cursor_.peek() == '[') return elements(key, depth);
  if (!cursor_.skip()) return false;
  in_.findings.add(mark, quoted(path) + " is read as a list: expected a list, found " +
                             found(document_, mark));
  return !in_.findings.full();
}

bool Walk::elements(const plan::Key& key, std::uint32_t depth) {
  Step step = cursor_.first_element();
  while (step == Step::member) {
    if (!element(key, depth)) return false;
    step = cursor_.next_element();
  }
  return step == Step::end;
}

// For one more row.
bool Walk::has_room(std::uint32_t table) {
  memory_ += in_.row_bytes(table);
  std::string beyond;
  if (++list_rows_ > in_.max_rows) {
    beyond = "the lists of the quote have more than " + std::to_string(in_.max_rows) + " rows, the limit";
  } else if (memory_ > in_.max_memory) {
    beyond = "the quote takes more than " + std::to_string(in_.max_memory) + " bytes of memory, the limit";
  } else {
    return true;
  }
  in_.findings.add(ErrorCode::limit_exceeded, cursor_.at(), {}, std::move(beyond));
  return false;
}

bool Walk::element(const plan::Key& key, std::uint32_t depth) {
  if (!has_room(key.target)) return false;
  if (key.shape == plan::none) {
    const Row row = begin_row(key.target, plan::none);
    return cell(row, key.scalar) && end_row(row);
  }
  if (cursor_.peek() == '{') {
    const Row row = begin_row(key.target, key.shape);
    return object(row, key.shape, depth + 1) && end_row(row);
  }
  const Mark mark = cursor_.at();
  if (!cursor_.skip()) return false;
  in_.findings.add(mark, "an element of " + quoted(plan().string(plan().tables[key.target].path)) +
                             " is not an object: found " + found(document_, mark));
  return !in_.findings.full();
}

bool Walk::row(const plan::Key& list) {
  list_rows_ = 0;
  memory_ = document_.size() * in_.index_bytes;
  for (std::uint32_t table = 0; table < rows_.tables.size(); ++table) {
    list_rows_ += rows_.tables[table].count;
    memory_ += rows_.tables[table].count * in_.row_bytes(table);
  }
  return element(list, 1) && cursor_.at_end();
}

// Money that came from the quote is still a number; the fallbacks of the plan have their currency.
void settle_money_of(Intake& in, Rows& rows, std::uint32_t table, std::uint32_t first, std::uint32_t last) {
  std::string message;
  for (const std::uint32_t column : in.columns_of[table]) {
    if (in.plan.columns[column].type != plan::Type::money) continue;
    const std::vector<Value>& cells = rows.columns[column];
    for (std::uint32_t row = first; row < last && !in.findings.full(); ++row) {
      if (cells[row].kind != Value::Kind::number) continue;
      if (!settle_money(in.plan, rows, column, row, message) && !message.empty()) {
        in.findings.add(in.marks[column][row], message);
      }
    }
  }
}

bool QuoteReader::read(std::string_view json, Rows& rows, Problems& problems) {
  Intake& in = state_->intake;
  in.findings.clear();
  in.has_quote = false;
  if (json.size() > in.max_bytes) {
    add_problem(problems, ErrorCode::limit_exceeded, {},
                "the quote has " + std::to_string(json.size()) + " bytes, more than the limit of " +
                    std::to_string(in.max_bytes));
    return false;
  }
  if (json.size() > in.max_memory / Intake::index_bytes) {  // before any is taken
    add_problem(problems, ErrorCode::limit_exceeded, {},
                "the quote takes more than " + std::to_string(in.max_memory) + " bytes of memory, the limit");
    return false;
  }
  std::string complaint;
  if (!in.document.load(json, complaint)) {
    add_problem(problems, ErrorCode::bad_quote, {}, std::move(complaint));
    return false;
  }
  Walk walk(in, in.document, rows);
  if (walk.quote()) {
    for (std::uint32_t table = 0; table < in.plan.tables.size(); ++table)
      settle_money_of(in, rows, table, 0, rows.tables[table].count);
    if (in.findings.empty()) return in.has_quote = true;
  } else if (walk.cursor().failed()) {
    // What was found before is left out: a text that is not JSON means nothing.
    const ErrorCode code =
        walk.cursor().too_deep() ? ErrorCode::limit_exceeded : ErrorCode::bad_quote;
    add_problem(problems, code, {}, walk.cursor().complaint());
    return false;
  }
  in.findings.report(in.document, problems);
  return false;
}

}  // namespace assent::ingest
