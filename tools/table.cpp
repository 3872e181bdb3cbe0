// See table.h.
#include "tools/table.h"

#include <algorithm>

#include "tools/text.h"

namespace assent::command {

std::string Table::text(std::size_t indent) const {
  std::vector<std::size_t> widths;
  for (const auto& row : rows_) {
    widths.resize(std::max(widths.size(), row.size()));
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], cells(row[i]));
  }
  std::string text;
  for (const auto& row : rows_) {
    std::string line(indent, ' ');
    for (std::size_t i = 0; i < row.size(); ++i) {
      if (widths[i] == 0) continue;
      const bool number = std::find(numbers_.begin(), numbers_.end(), i) != numbers_.end();
      if (line.size() > indent) line += "  ";
      line += number ? std::string(widths[i] - cells(row[i]), ' ') + row[i] : padded(row[i], widths[i]);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + '\n';
  }
  return text;
}

}  // namespace assent::command
