// Statements of the store, without an answer to look at after each: one that fails throws Failed, which the
// edge of the store turns into a Problem. Internal to this room. Entries: Sql, Tuples.
#pragma once

#include <cassert>
#include <iterator>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/result.h"
#include "runtime/store/database.h"

namespace assent::store {

struct Failed { StoreFailure failure; };

class Sql {
 public:
  explicit Sql(Database& database) : database_(database) {}

  std::int64_t run(std::string_view sql, const Parameters& parameters = {},
                   const Database::OnRow& on_row = [](Row) {}) {
    auto ran = database_.run(sql, parameters, on_row);
    if (!ran) throw Failed{ran.failure()};
    return *ran;
  }
  void send(std::string_view sql, const Parameters& parameters) {
    if (const auto sent = database_.send(sql, parameters); !sent) throw Failed{sent.failure()};
  }
  std::vector<Row> rows(std::string_view sql, const Parameters& parameters = {}) {
    auto all = database_.rows(sql, parameters);
    if (!all) throw Failed{all.failure()};
    return *std::move(all);
  }

 private:
  Database& database_;
};

// A statement about many tuples, "INSERT INTO notes (id, text) VALUES ($1, $2), ($3, $4)": what stands before them
// and after them. They are kept until it is run, which takes as few statements as can be; as each number of them is
// another statement to the database, there are only so many.
class Tuples {  // invariant: cells_ are whole tuples
 public:
  Tuples(std::string before, std::string after = {}) : before_(std::move(before)), after_(std::move(after)) {}

  void add(Row tuple) {
    width_ = tuple.size();
    cells_.insert(cells_.end(), std::make_move_iterator(tuple.begin()), std::make_move_iterator(tuple.end()));
  }
  void clear() { cells_.clear(); }
  bool empty() const { return cells_.empty(); }

  void run(Sql& sql, const Database::OnRow& on_row) {
    each_statement([&](const std::string& text, const Parameters& given) { sql.run(text, given, on_row); });
  }
  void send(Sql& sql) {
    each_statement([&](const std::string& text, const Parameters& given) { sql.send(text, given); });
  }

 private:
  template <typename Take>
  void each_statement(Take take) {
    constexpr std::size_t numbers[] = {64, 16, 4, 2, 1};
    auto next = cells_.begin();
    for (const std::size_t number : numbers) {
      const std::size_t cells = number * width_;
      assert(cells <= max_parameters);
      for (; static_cast<std::size_t>(cells_.end() - next) >= cells && next != cells_.end();
           next += static_cast<std::ptrdiff_t>(cells)) {
        take(statement(number), parameters({next, cells}));
      }
    }
    cells_.clear();
  }
  const std::string& statement(std::size_t number) {
    std::string& made = statements_[number];
    if (!made.empty()) return made;
    made = before_;
    for (std::size_t i = 0; i < number * width_; ++i) {
      made += i % width_ != 0 ? ", $" : i == 0 ? "($" : "), ($";
      made += std::to_string(i + 1);
    }
    return made += ")" + after_;
  }
  static Parameters parameters(std::span<const Cell> cells) {
    Parameters all;
    all.reserve(cells.size());
    for (const Cell& cell : cells) {
      if (const auto* number = std::get_if<std::int64_t>(&cell)) all.emplace_back(*number);
      else if (const auto* text = std::get_if<std::string>(&cell)) all.emplace_back(std::string_view(*text));
      else if (const auto* bytes = std::get_if<Bytes>(&cell)) all.emplace_back(BytesView(*bytes));
      else all.emplace_back(null);
    }
    return all;
  }

  std::string before_, after_;
  std::size_t width_ = 0;
  std::vector<Cell> cells_;
  std::map<std::size_t, std::string> statements_;  // by their number of tuples
};

inline std::int64_t number(const Cell& cell) {
  const auto* value = std::get_if<std::int64_t>(&cell);
  if (value == nullptr)
    throw Failed{{StoreFailure::Kind::corrupt, "the store holds something else where a number belongs"}};
  return *value;
}
inline const std::string& text(const Cell& cell) {
  const auto* value = std::get_if<std::string>(&cell);
  if (value == nullptr)
    throw Failed{{StoreFailure::Kind::corrupt, "the store holds something else where a text belongs"}};
  return *value;
}
inline const std::string& bytes(const Cell& cell) {
  const auto* value = std::get_if<Bytes>(&cell);
  if (value == nullptr)
    throw Failed{{StoreFailure::Kind::corrupt, "the store holds something else where bytes belong"}};
  return value->content;
}

inline Problem problem_of(const StoreFailure& failure) {
  const bool busy = failure.kind == StoreFailure::Kind::busy;
  return {busy ? ErrorCode::store_busy : ErrorCode::store_failed, "", failure.message};
}

}  // namespace assent::store
