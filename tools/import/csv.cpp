// See csv.h.
#include "tools/import/csv.h"

#include <utility>
#include <vector>

#include "tools/command.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// One row after the other; a cell in quotes may hold commas, line ends, and quotes that stand twice.
class Rows {
 public:
  Rows(std::string_view text, const std::string& file) : text_(text), file_(file) {}

  // The next row that is not empty; none at the end.
  bool next(std::vector<std::string>& cells) {
    do {
      if (at_ >= text_.size()) return false;
      row_line_ = line_;
      cells.clear();
      do {
        if (cells.size() == max_csv_columns) fail("more than " + std::to_string(max_csv_columns) + " columns");
        cells.push_back(cell());
      } while (take(','));
      end_of_row();
    } while (cells.size() == 1 && cells[0].empty());
    return true;
  }
  std::string place() const { return file_ + ':' + std::to_string(row_line_); }
  [[noreturn]] void fail(const std::string& what) const {
    throw BadInput(printable(file_) + ':' + std::to_string(line_) + ": " + what);
  }

 private:
  bool take(char c) {
    if (at_ >= text_.size() || text_[at_] != c) return false;
    ++at_;
    if (c == '\n') ++line_;
    return true;
  }

  void end_of_row() {
    take('\r');
    if (!take('\n') && at_ < text_.size() && text_[at_ - 1] != '\r') fail("text after the closing quote of a cell");
  }

  std::string cell() {
    if (take('"')) return quoted();
    const std::size_t begin = at_;
    while (at_ < text_.size() && text_[at_] != ',' && text_[at_] != '\n' && text_[at_] != '\r') {
      if (text_[at_] == '"') fail("a quote within a cell that does not begin with one");
      ++at_;
    }
    return std::string(text_.substr(begin, at_ - begin));
  }

  std::string quoted() {
    std::string value;
    const std::size_t opened = line_;
    while (at_ < text_.size()) {
      const char c = text_[at_];
      take(c);
      if (c != '"')
        value += c;
      else if (take('"'))
        value += '"';
      else
        return value;
    }
    line_ = opened;
    fail("a quote that is never closed");
  }

  std::string_view text_;
  const std::string& file_;
  std::size_t at_ = 0;
  std::size_t line_ = 1, row_line_ = 1;
};

void must_be_utf8(std::string_view text, const std::string& file) {
  std::size_t line = 1;
  for (std::size_t at = 0; at < text.size();) {
    const Character character = character_at(text, at);
    if (!character.valid)
      throw BadInput(printable(file) + ':' + std::to_string(line) + ": not UTF-8: export it as UTF-8");
    if (character.value == U'\n') ++line;
    at += character.bytes;
  }
}

}  // namespace

void read_csv_export(std::string_view text, const std::string& file, const std::string& object, Export& records) {
  constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  must_be_utf8(text, file);
  Rows rows(text, file);
  std::vector<std::string> header, cells;
  if (!rows.next(header)) throw BadInput(printable(file) + ": is empty: the first line has the names of the fields");
  for (std::string& name : header) name = record_field(name, object);
  while (rows.next(cells)) {
    if (cells.size() != header.size())
      throw BadInput(printable(rows.place()) + ": has " + counted(cells.size(), "cell") + ", and the first line " +
                     std::to_string(header.size()));
    SalesforceRecord record;
    record.type = record_type(object);
    record.place = rows.place();
    for (std::size_t i = 0; i < cells.size(); ++i)
      if (!cells[i].empty()) record.fields[header[i]] = std::move(cells[i]);
    records.add(std::move(record));
  }
}

}  // namespace assent::command
