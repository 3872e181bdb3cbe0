#include "tests/bench/bare_log.h"

#include <sqlite3.h>

#include "tests/bench/policies.h"

#ifdef ASSENT_HAS_POSTGRES
#include <libpq-fe.h>
#endif

namespace assent::bench {

namespace {

const std::string some_hash(64, '0');  // as long as an entry's
constexpr const char* all_rows = "SELECT position, stream, event, hash FROM log ORDER BY position";

class BareSqlite final : public BareLog {
 public:
  explicit BareSqlite(const std::string& file) {
    check(sqlite3_open(file.c_str(), &database_));
    run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE IF NOT EXISTS log (position INTEGER PRIMARY "
        "KEY, stream TEXT NOT NULL, version INT NOT NULL, event TEXT NOT NULL, hash TEXT NOT NULL, "
        "UNIQUE (stream, version)) STRICT");
    insert_ = ready("INSERT INTO log (stream, version, event, hash) VALUES (?1, ?2, ?3, ?4)");
    select_ = ready(all_rows);
  }
  ~BareSqlite() override {
    sqlite3_finalize(insert_);
    sqlite3_finalize(select_);
    sqlite3_close(database_);
  }

  void commit(std::span<const BareRow> rows) override {
    run("BEGIN IMMEDIATE");
    for (const BareRow& row : rows) {
      text(1, row.stream);
      sqlite3_bind_int64(insert_, 2, row.version);
      text(3, row.event);
      text(4, some_hash);
      if (sqlite3_step(insert_) != SQLITE_DONE) give_up("an insert failed");
      sqlite3_reset(insert_);
    }
    run("COMMIT");
  }

  std::size_t read() override {
    std::size_t rows = 0, bytes = 0;
    for (; sqlite3_step(select_) == SQLITE_ROW; ++rows) {
      for (int column = 1; column < 4; ++column) {
        if (sqlite3_column_text(select_, column) == nullptr) give_up("a column is not a text");
        bytes += static_cast<std::size_t>(sqlite3_column_bytes(select_, column));
      }
    }
    sqlite3_reset(select_);
    return bytes == 0 ? 0 : rows;
  }

 private:
  static void check(int code) { if (code != SQLITE_OK) give_up("SQLite failed"); }
  void run(const char* sql) { check(sqlite3_exec(database_, sql, nullptr, nullptr, nullptr)); }
  sqlite3_stmt* ready(const char* sql) {
    sqlite3_stmt* made = nullptr;
    check(sqlite3_prepare_v2(database_, sql, -1, &made, nullptr));
    return made;
  }
  void text(int place, std::string_view value) {
    sqlite3_bind_text(insert_, place, value.data(), static_cast<int>(value.size()), SQLITE_STATIC);
  }

  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
  sqlite3_stmt* select_ = nullptr;
};

#ifdef ASSENT_HAS_POSTGRES
class BarePostgres final : public BareLog {
 public:
  explicit BarePostgres(const std::string& url) : session_(PQconnectdb(url.c_str())) {
    PQsetNoticeProcessor(session_, [](void*, const char*) {}, nullptr);
    check(PQexec(session_, "SET synchronous_commit = on"));
    check(PQexec(session_, "CREATE TABLE IF NOT EXISTS log (position BIGINT PRIMARY KEY, stream TEXT COLLATE \"C\" NOT "
                           "NULL, version BIGINT NOT NULL, event TEXT COLLATE \"C\" NOT NULL, hash TEXT COLLATE \"C\" "
                           "NOT NULL, UNIQUE (stream, version))"));
    check(PQprepare(session_, "insert", "INSERT INTO log VALUES ($1, $2, $3, $4, $5)", 5, nullptr));
  }
  ~BarePostgres() override { PQfinish(session_); }

  void commit(std::span<const BareRow> rows) override {
    check(PQexec(session_, "BEGIN"));
    for (const BareRow& row : rows) {
      const std::string position = std::to_string(++position_), version = std::to_string(row.version);
      const std::string event(row.event);
      const char* const values[] = {position.c_str(), row.stream.c_str(), version.c_str(), event.c_str(),
                                    some_hash.c_str()};
      check(PQexecPrepared(session_, "insert", 5, values, nullptr, nullptr, 0));
    }
    check(PQexec(session_, "COMMIT"));
  }

  std::size_t read() override {
    PGresult* const result = PQexec(session_, all_rows);
    const int rows = PQntuples(result);
    check(result);
    return static_cast<std::size_t>(rows);
  }

 private:
  static void check(PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    PQclear(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK) give_up("PostgreSQL failed");
  }

  PGconn* session_;
  std::int64_t position_ = 0;
};
#endif

}  // namespace

std::unique_ptr<BareLog> bare_sqlite(const std::string& file) { return std::make_unique<BareSqlite>(file); }

std::unique_ptr<BareLog> bare_postgres([[maybe_unused]] const std::string& url) {
#ifdef ASSENT_HAS_POSTGRES
  return std::make_unique<BarePostgres>(url);
#else
  return nullptr;
#endif
}

}  // namespace assent::bench
