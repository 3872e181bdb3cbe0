// Statements of the store, without an answer to look at after each: one that fails throws Failed, which the
// edge of the store turns into a Problem. Internal to this room. Entry: Sql.
#pragma once

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

  std::int64_t run(std::string_view sql, const Parameters& parameters = {}) {
    auto ran = database_.run(sql, parameters);
    if (!ran) throw Failed{ran.failure()};
    return *ran;
  }
  std::vector<Row> rows(std::string_view sql, const Parameters& parameters = {}) {
    auto all = database_.rows(sql, parameters);
    if (!all) throw Failed{all.failure()};
    return *std::move(all);
  }

 private:
  Database& database_;
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
