// Rows of words in columns that are as wide as they need to be. Entry: Table.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace assent::command {

class Table {
 public:
  // A column of numbers is set to the right: `numbers` lists them, from 0.
  explicit Table(std::vector<std::size_t> numbers = {}) : numbers_(std::move(numbers)) {}
  void add(std::vector<std::string> row) { rows_.push_back(std::move(row)); }
  // Each row with its line end, after `indent` blanks. A column that is empty in all rows is left out.
  std::string text(std::size_t indent) const;

 private:
  std::vector<std::size_t> numbers_;
  std::vector<std::vector<std::string>> rows_;
};

}  // namespace assent::command
