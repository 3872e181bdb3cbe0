// A log of rows in a database and nothing else: what the store is measured against. Entries: bare_sqlite,
// bare_postgres. As durable as the store: each commit is on the disk before it is over.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace assent::bench {

struct BareRow {
  std::string stream;
  std::int64_t version = 0;
  std::string_view event;
};

class BareLog {
 public:
  BareLog() = default;
  BareLog(const BareLog&) = delete;
  BareLog& operator=(const BareLog&) = delete;
  virtual ~BareLog() = default;
  virtual void commit(std::span<const BareRow> rows) = 0;  // one insert after another
  virtual std::size_t read() = 0;                          // every row, in order; gives their number
};

// The log of a store too, for reading: its table is the same.
std::unique_ptr<BareLog> bare_sqlite(const std::string& file);
std::unique_ptr<BareLog> bare_postgres(const std::string& url);  // null: this build has no libpq

}  // namespace assent::bench
