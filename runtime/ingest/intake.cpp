// QuoteReader's memory, and the currencies of money. Entry: Intake, settle_money.
#include "runtime/ingest/intake.h"

#include <algorithm>

namespace assent::ingest {

Intake::Intake(const plan::Plan& source, std::size_t most_bytes, std::size_t most_rows, std::size_t most_memory)
    : plan(source),
      max_bytes(std::min(most_bytes, max_document_bytes)),
      max_rows(std::min(most_rows, max_document_bytes)),
      max_memory(most_memory),
      keys(source),
      columns_of(source.tables.size()),
      children_of(source.tables.size()),
      marks(source.columns.size()),
      list_marks(source.tables.size(), no_mark),
      given(source.keys.size()) {
  for (std::uint32_t column = 0; column < plan.columns.size(); ++column) {
    columns_of[plan.columns[column].table].push_back(column);
  }
  for (std::uint32_t table = 1; table < plan.tables.size(); ++table) {
    children_of[plan.tables[table].parent].push_back(table);
  }
}

QuoteReader::QuoteReader(const plan::Plan& plan, std::size_t max_bytes, std::size_t max_rows, std::size_t max_memory)
    : state_(new State{Intake(plan, max_bytes, max_rows, max_memory)}) {}
QuoteReader::QuoteReader(QuoteReader&&) noexcept = default;
QuoteReader::~QuoteReader() = default;

bool ancestor_row(const plan::Plan& plan, const Rows& rows, std::uint32_t table, std::uint32_t row,
                  std::uint32_t ancestor, std::uint32_t& out) {
  if (ancestor == 0) return out = 0, true;
  while (table != ancestor) {  // a table's parent is another one, and in the end table 0
    if (table == 0) return false;
    const std::vector<std::uint32_t>& first = rows.tables[table].first;
    const auto after = std::upper_bound(first.begin(), first.end(), row);
    row = static_cast<std::uint32_t>(after - first.begin()) - 1;
    table = plan.tables[table].parent;
  }
  return out = row, true;
}

bool settle_money(const plan::Plan& plan, Rows& rows, std::uint32_t column, std::uint32_t row,
                  std::string& message) {
  const plan::Column& money = plan.columns[column];
  std::uint32_t place = 0;
  if (money.currency == plan::none ||
      !ancestor_row(plan, rows, money.table, row, plan.columns[money.currency].table, place)) {
    message = quoted(plan.string(money.path)) +
              " has no currency: the policy does not say where it stands";
    return false;
  }
  const Value& code = rows.columns[money.currency][place];
  const Currency unit = code.kind == Value::Kind::text ? currency(code.text()) : 0;
  if (unit == 0) {
    message.clear();
    if (code.is_fault()) return false;
    message = quoted(plan.string(money.path)) + " has no currency: " +
              quoted(plan.string(plan.columns[money.currency].path)) +
              (code.kind == Value::Kind::text
                   ? " is " + quoted(code.text()) + ", not three capital letters"
                   : std::string(" is missing"));
    return false;
  }
  Value& cell = rows.columns[column][row];
  cell = Value::of(cell.decimal(), unit);
  return true;
}

}  // namespace assent::ingest
