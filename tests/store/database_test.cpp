// Tests of the databases of the store: the same suite on SQLite and on a real PostgreSQL, then what only one of
// them can suffer: files of others and failing disks, servers that are killed.
#include "runtime/store/database.h"

#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <future>
#include <iostream>
#include <sstream>
#include <thread>

#include "tests/store/faulty_vfs.h"
#include "tests/store/postgres_server.h"

using namespace assent::store;

namespace {

namespace fs = std::filesystem;
using Kind = StoreFailure::Kind;

constexpr std::chrono::milliseconds impatient{200};

// A path that nothing has used yet, in a directory that is removed at the end.
std::string fresh_path() {
  struct Directory {
    std::string path = (fs::temp_directory_path() / "assent-store-XXXXXX").string();
    Directory() { if (!mkdtemp(path.data())) throw std::runtime_error("no directory for stores"); }
    ~Directory() { std::error_code ignored; fs::remove_all(path, ignored); }
  };
  static const Directory directory;
  static int count = 0;
  return directory.path + "/store" + std::to_string(++count);
}

// Null where its tests cannot run; each of them says so.
PostgresServer* postgres() {
#ifdef ASSENT_HAS_POSTGRES
  PostgresServer* const server = PostgresServer::shared();
#else
  PostgresServer* const server = nullptr;
  std::cerr << "built without libpq: the tests of PostgreSQL are NOT run\n";
#endif
  if (!server) WARN("NOT run on PostgreSQL: it is not there");
  return server;
}

// The same test on both, each with the URL of a store that is new.
void on_each(const std::function<void(const std::string& url)>& test) {
  SECTION("SQLite") { test(fresh_path()); }
  SECTION("PostgreSQL") {
    if (PostgresServer* const server = postgres()) test(server->fresh_database());
  }
}

template <typename T>
std::string outcome(const Attempt<T>& attempt) {
  if (attempt.ok()) return "done";
  UNSCOPED_INFO(attempt.failure().message);
  switch (attempt.failure().kind) {
    case Kind::busy: return "busy";
    case Kind::connection_lost: return "connection_lost";
    case Kind::outcome_unknown: return "outcome_unknown";
    case Kind::corrupt: return "corrupt";
    case Kind::full: return "full";
    case Kind::constraint: return "constraint";
    case Kind::foreign: return "foreign";
    case Kind::other: return "other";
  }
  return "?";
}

template <typename T>
T must(Attempt<T> attempt) {
  if (!attempt.ok()) FAIL(attempt.failure().message);
  return *std::move(attempt);
}

std::unique_ptr<Database> opened(const std::string& url, std::chrono::milliseconds patience = default_patience) {
  return must(open_database(url, patience));
}

Attempt<Done> write_schema(Database& database, std::string_view schema) {
  auto transaction = Transaction::begin(database);
  if (!transaction.ok()) return transaction.failure();
  if (auto done = database.script(schema); !done.ok()) return done;
  return transaction->commit();
}

// One statement in a transaction of its own.
Attempt<std::int64_t> write(Database& database, std::string_view sql, const Parameters& parameters = {}) {
  auto transaction = Transaction::begin(database);
  if (!transaction.ok()) return transaction.failure();
  const auto touched = database.run(sql, parameters);
  if (!touched.ok()) return touched;
  if (auto done = transaction->commit(); !done.ok()) return done.failure();
  return touched;
}

std::int64_t number(Database& database, std::string_view sql, const Parameters& parameters = {}) {
  return std::get<std::int64_t>(must(database.rows(sql, parameters)).at(0).at(0));
}

constexpr std::string_view notes =
    "CREATE TABLE notes (id INT64 NOT NULL PRIMARY KEY, number INT64, words UTF8, content BYTES) STRICT_ROWS";
constexpr std::string_view count_notes = "SELECT count(*) FROM notes";

}  // namespace

TEST_CASE("cells come back as they were given", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    must(write_schema(*database, notes));
    std::string every_byte;
    for (int i = 0; i < 3 << 20; ++i) every_byte += static_cast<char>(i % 257);
    const std::vector<Row> given = {
        {std::int64_t{1}, INT64_MIN, "", Bytes{}},
        {std::int64_t{2}, INT64_MAX, "Grüße, 'naïve' \"€\" $1 \U0001F600\n", Bytes{std::string("\0\xff\0", 3)}},
        {std::int64_t{3}, std::int64_t{-1}, std::string(100'000, 'x'), Bytes{every_byte}},
        {std::int64_t{4}, {}, {}, {}},
    };
    for (const Row& row : given) {
      Parameters parameters;
      for (const Cell& cell : row) std::visit([&](const auto& value) { parameters.emplace_back(value); }, cell);
      CHECK(must(write(*database, "INSERT INTO notes VALUES ($1, $2, $3, $4)", parameters)) == 1);
    }
    CHECK((must(database->rows("SELECT id, number, words, content FROM notes ORDER BY id")) == given));
    CHECK(number(*opened(url), "SELECT count(*) FROM notes WHERE words = '' AND content IS NOT NULL") == 1);

    must(write(*database, "INSERT INTO notes (id, words) VALUES (5, 'a'), (6, 'B'), (7, 'Ä')"));
    const std::vector<Row> by_code_point = {{"B"}, {"a"}, {"Ä"}};
    CHECK((must(database->rows("SELECT words FROM notes WHERE id >= 5 ORDER BY words")) == by_code_point));
    CHECK(outcome(database->rows("SELECT 1.5")) == "other");
  });
}

TEST_CASE("a text is UTF-8 without NUL", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    for (const std::string text :
         {"\x7f", "\u0080", "\u07ff", "\u0800", "\ud7ff", "\ue000", "\uffff", "\U00010000", "\U0010ffff"}) {
      CHECK((must(database->rows("SELECT $1", {text})) == std::vector<Row>{Row{text}}));
    }
    using namespace std::string_view_literals;
    for (const auto bytes : {"a\0b"sv, "\xff"sv, "\x80"sv, "\xc0\x80"sv, "\xc3("sv, "\xe2\x82"sv, "\xe0\x9f\xbf"sv,
                             "\xed\xa0\x80"sv, "\xf0\x8f\xbf\xbf"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv}) {
      CHECK(outcome(database->rows("SELECT $1", {bytes})) == "other");
    }
  });
}

TEST_CASE("placeholders are counted by their numbers", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    const std::vector<Row> expected = {{"second", "first", "second", std::int64_t{3}}};
    CHECK((must(database->rows("SELECT $2, $1, $2, $3", {"first", "second", 3})) == expected));
    CHECK(outcome(database->rows("SELECT $1, $2", {"first"})) == "other");
    CHECK(outcome(database->rows("SELECT $2", {"first"})) == "other");
    CHECK(outcome(database->rows("SELECT ?, ?", {1, 2})) == "other");
    CHECK(outcome(database->rows("SELECT 1; SELECT 2")) == "other");
    CHECK(outcome(database->rows("")) == "other");

    // The same statement, with and without a value in the same place.
    must(write_schema(*database, notes));
    must(write(*database, "INSERT INTO notes (id, number) VALUES ($1, $2)", {1, null}));
    must(write(*database, "INSERT INTO notes (id, number) VALUES ($1, $2)", {2, 7}));
    CHECK(number(*database, "SELECT number FROM notes WHERE number IS NOT NULL") == 7);
  });
}

TEST_CASE("parameters are limited in number and size", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    std::string sql = "SELECT $1";
    for (std::size_t i = 2; i <= max_parameters; ++i) sql += ", $" + std::to_string(i);
    CHECK(must(database->rows(sql, Parameters(max_parameters, 1))).at(0).size() == max_parameters);
    CHECK(outcome(database->rows(sql + ", $1001", Parameters(max_parameters + 1, 1))) == "other");

    const std::string largest(max_value_bytes, 'x');
    CHECK(number(*database, "SELECT length($1)", {BytesView(largest)}) == std::int64_t{max_value_bytes});
    CHECK(outcome(database->rows("SELECT length($1)", {largest + "x"})) == "other");
  });
}

TEST_CASE("a statement says how many rows it touched", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    must(write_schema(*database, notes));
    CHECK(must(write(*database, "INSERT INTO notes (id) VALUES (1), (2), (3)")) == 3);
    CHECK(must(write(*database, "INSERT INTO notes (id) VALUES (3) ON CONFLICT (id) DO NOTHING")) == 0);
    CHECK(must(write(*database, "UPDATE notes SET number = $1 WHERE id > $2", {5, 1})) == 2);
    CHECK(must(write(*database, "UPDATE notes SET number = 5 WHERE id = 9")) == 0);
    CHECK(must(database->run("SELECT id FROM notes")) == 0);
    CHECK(must(write(*database, "CREATE TABLE empty (id BIGINT)")) == 0);
  });
}

TEST_CASE("a schema is written once for both", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    must(
        write_schema(*database,
                     "CREATE TABLE counted (id COUNTED_KEY, words UTF8) STRICT_ROWS; -- INT64_ is a word\n"
                     "CREATE TABLE part (of INT64 REFERENCES counted (id) DEFERRABLE INITIALLY DEFERRED) STRICT_ROWS;"
                     "CREATE TABLE placed (place INT64_KEY) STRICT_ROWS;"
                     "CREATE TABLE keyed (word UTF8 PRIMARY KEY, number INT64) KEYED_ROWS"));
    auto transaction = must(Transaction::begin(*database));
    const auto first = must(database->rows("INSERT INTO counted (words) VALUES ('a') RETURNING id"));
    const auto second = must(database->rows("INSERT INTO counted (words) VALUES ('b') RETURNING id"));
    CHECK(first < second);
    must(transaction.commit());
    CHECK(must(write(*database, "INSERT INTO placed VALUES ($1), ($2)", {5, 3})) == 2);
    CHECK(outcome(write(*database, "INSERT INTO placed VALUES ($1)", {5})) == "constraint");
    CHECK(must(write(*database, "INSERT INTO keyed VALUES ('b', 1), ('a', 2)")) == 2);
    CHECK(outcome(write(*database, "INSERT INTO keyed VALUES ('a', 3)")) == "constraint");
    // A text in place of an integer.
    CHECK(outcome(write(*database, "INSERT INTO part VALUES ($1)", {"one"})) != "done");
    CHECK(outcome(write(*database, "INSERT INTO keyed VALUES ('c', $1)", {"one"})) != "done");
    // Known at the end only: a part of what is not there.
    CHECK(outcome(write(*database, "INSERT INTO part VALUES ($1)", {77})) == "constraint");
    CHECK(number(*database, "SELECT count(*) FROM part") == 0);
    CHECK(outcome(write_schema(*database, "CREATE TABLE half (id INT64); CREATE TABLE part (of INT64)")) == "other");
    CHECK(outcome(database->rows("SELECT * FROM half")) == "other");
  });
}

TEST_CASE("what is not committed is not there", "[store]") {
  on_each([](const std::string& url) {
    auto database = opened(url);
    const auto reader = opened(url);
    must(write_schema(*database, notes));
    {
      const auto transaction = must(Transaction::begin(*database));
      must(database->run("INSERT INTO notes (id) VALUES (1)"));
      CHECK(number(*database, count_notes) == 1);
      CHECK(number(*reader, count_notes) == 0);  // and it did not have to wait
    }
    CHECK(number(*database, count_notes) == 0);
    must(database->begin());
    must(database->run("INSERT INTO notes (id) VALUES (1)"));
    database.reset();
    CHECK(number(*reader, count_notes) == 0);
    must(write(*reader, "INSERT INTO notes (id) VALUES (1)"));
    CHECK(number(*reader, count_notes) == 1);
  });
}

TEST_CASE("a failure spoils the transaction until it is rolled back", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    must(write_schema(*database, notes));
    must(write(*database, "INSERT INTO notes (id) VALUES (1)"));
    must(database->begin());
    must(database->run("INSERT INTO notes (id) VALUES (2)"));
    CHECK(outcome(database->run("INSERT INTO notes (id) VALUES (1)")) == "constraint");
    CHECK(outcome(database->rows("SELECT 1")) == "constraint");
    CHECK(outcome(database->script("CREATE TABLE late (id INT64)")) == "constraint");
    CHECK(outcome(database->commit()) == "constraint");
    CHECK(number(*database, count_notes) == 1);
    CHECK(outcome(write(*database, "INSERT INTO notes (words) VALUES ('without a key')")) == "constraint");
    // Also by what the database has not seen.
    must(database->begin());
    must(database->run("INSERT INTO notes (id) VALUES (2)"));
    CHECK(outcome(database->run("SELECT 1", Parameters(max_parameters + 1, 1))) == "other");
    CHECK(outcome(database->commit()) == "other");
    CHECK(must(write(*database, "INSERT INTO notes (id) VALUES (2)")) == 1);
  });
}

TEST_CASE("what is sent is there for what comes after it, and its failure spoils the transaction", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    constexpr std::string_view insert = "INSERT INTO notes (id, words) VALUES ($1, $2)";
    must(write_schema(*database, notes));
    CHECK(outcome(database->send(insert, {1, "outside"})) == "other");
    must(database->begin());
    for (std::int64_t id = 1; id <= 300; ++id) must(database->send(insert, {id, "sent"}));
    CHECK(number(*database, count_notes) == 300);
    must(database->send("DELETE FROM notes WHERE id > $1", {299}));
    must(database->commit());
    CHECK(number(*database, count_notes) == 299);
    {
      const auto transaction = must(Transaction::begin(*database));
      must(database->send(insert, {400, "rolled back"}));
    }
    CHECK(number(*database, count_notes) == 299);

    const auto fails = [&](bool asked) {
      must(database->begin());
      must(database->send(insert, {500, "before"}));
      const auto twice = database->send(insert, {1, "twice"});
      CHECK((outcome(twice) == "done" || outcome(twice) == "constraint"));
      (void)database->send(insert, {501, "behind"});
      if (asked) {
        CHECK(outcome(database->rows(count_notes)) == "constraint");
        CHECK(outcome(database->send(insert, {502, "behind"})) == "constraint");
      }
      CHECK(outcome(database->commit()) == "constraint");
      CHECK(number(*database, count_notes) == 299);
    };
    fails(true);
    fails(false);
    fails(false);
    must(database->begin());
    CHECK(outcome(database->send(insert, Parameters(max_parameters + 1, 1))) == "other");
    CHECK(outcome(database->commit()) == "other");
    CHECK(must(write(*database, insert, {500, "at last"})) == 1);
  });
}

TEST_CASE("writing needs a transaction, and there is one at a time", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    CHECK(outcome(database->script("CREATE TABLE notes (id INT64)")) == "other");
    must(write_schema(*database, notes));
    CHECK(outcome(database->run("INSERT INTO notes (id) VALUES (1)")) == "other");
    CHECK(outcome(database->commit()) == "other");
    CHECK(number(*database, count_notes) == 0);
    must(database->begin());
    CHECK(outcome(database->begin()) == "other");
    must(database->run("INSERT INTO notes (id) VALUES (1)"));
    must(database->commit());
    database->rollback();
    CHECK(number(*database, count_notes) == 1);
  });
}

TEST_CASE("a second writer waits, and no update is lost", "[store]") {
  on_each([](const std::string& url) {
    must(write_schema(*opened(url), notes));
    must(write(*opened(url), "INSERT INTO notes (id, number) VALUES (1, 0)"));
    constexpr int writers = 3, rounds = 25;
    const auto add_up = [&url] {  // reads, then writes what it has read and one more
      const auto own = open_database(url);
      int done = 0;
      for (int round = 0; own.ok() && round < rounds; ++round) {
        auto transaction = Transaction::begin(**own);
        if (!transaction.ok()) continue;
        const auto read = (*own)->rows("SELECT number FROM notes WHERE id = $1", {1});
        if (!read.ok()) continue;
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const std::int64_t sum = std::get<std::int64_t>(read->at(0).at(0)) + 1;
        if (!(*own)->run("UPDATE notes SET number = $2 WHERE id = $1", {1, sum}).ok()) continue;
        done += transaction->commit().ok();
      }
      return done;
    };
    std::vector<std::future<int>> running;
    for (int i = 0; i < writers; ++i) running.push_back(std::async(std::launch::async, add_up));
    for (auto& one : running) CHECK(one.get() == rounds);
    CHECK(number(*opened(url), "SELECT number FROM notes") == writers * rounds);
  });
}

TEST_CASE("who waits too long for another writer is told that the store is busy", "[store]") {
  on_each([](const std::string& url) {
    const auto first = opened(url);
    const auto second = opened(url, impatient);
    must(write_schema(*first, notes));
    must(first->begin());
    must(first->run("INSERT INTO notes (id) VALUES (1)"));
    CHECK(outcome(second->begin()) == "busy");
    CHECK(number(*second, count_notes) == 0);
    must(first->commit());
    must(second->begin());
    CHECK(number(*second, count_notes) == 1);  // what was committed while it waited
  });
}

TEST_CASE("a new store may be opened by many at once", "[store]") {
  on_each([](const std::string& url) {
    const auto open_and_write = [&url] {
      const auto own = open_database(url);
      if (!own.ok()) return own.failure().message;
      const auto done = write_schema(**own, "CREATE TABLE IF NOT EXISTS notes (id INT64)");
      return done.ok() ? std::string("done") : done.failure().message;
    };
    std::vector<std::future<std::string>> running;
    for (int i = 0; i < 6; ++i) running.push_back(std::async(std::launch::async, open_and_write));
    for (auto& one : running) CHECK(one.get() == "done");
  });
}

TEST_CASE("at most so many statements are kept ready", "[store]") {
  ReadyStatements<int> ready;
  for (int i = 0; i < 200; ++i) {
    ready.find("0");  // in use all the time
    const auto gone = ready.make_room();
    CHECK(gone.has_value() == (i >= 64));
    CHECK((!gone || *gone == i - 63));
    ready.add(std::to_string(i), i);
  }
  CHECK(ready.size() == max_ready_statements);
  CHECK(ready.find("0") != nullptr);
  CHECK(ready.find("136") == nullptr);

  on_each([](const std::string& url) {
    const auto database = opened(url);
    for (int i = 0; i < 300; ++i) CHECK(number(*database, "SELECT $1 + " + std::to_string(i), {1}) == i + 1);
    CHECK(number(*database, "SELECT $1 + 0", {1}) == 1);
    const bool server = url.starts_with("postgres");
    const auto kept =
        number(*database, server ? "SELECT count(*) FROM pg_prepared_statements" : "SELECT count(*) FROM sqlite_stmt");
    CHECK(kept == std::int64_t{max_ready_statements});
  });
}

TEST_CASE("a statement is planned anew after its table has changed", "[store]") {
  on_each([](const std::string& url) {
    const auto database = opened(url);
    must(write_schema(*database, "CREATE TABLE wide (id INT64); INSERT INTO wide VALUES (1)"));
    for (int i = 0; i < 3; ++i) CHECK(must(database->rows("SELECT * FROM wide")).at(0).size() == 1);
    must(write_schema(*opened(url), "ALTER TABLE wide ADD COLUMN more INT64"));
    (void)database->rows("SELECT * FROM wide");  // PostgreSQL says once that the plan is out of date
    CHECK(must(database->rows("SELECT * FROM wide")).at(0).size() == 2);
  });
}

TEST_CASE("a URL says what kind of store it is", "[store]") {
  const std::string path = fresh_path();
  must(write_schema(*opened("sqlite:" + path), notes));
  CHECK(number(*opened(path), count_notes) == 0);
  CHECK(outcome(open_database("mysql://host/name")) == "other");
  CHECK(outcome(open_database("")) == "other");
  CHECK(outcome(open_database("sqlite:")) == "other");
  CHECK(outcome(open_database("sqlite:/no/such/directory/store")) == "other");
#ifdef ASSENT_HAS_POSTGRES
  CHECK(outcome(open_database("postgresql:///x?host=/no/such/directory")) == "connection_lost");
#else
  CHECK(outcome(open_database("postgresql:///x?host=/no/such/directory")) == "other");
#endif
  // Names that mean something else to SQLite.
  const fs::path before = fs::current_path();
  fs::current_path(fs::path(path).parent_path());
  for (const std::string name : {":memory:", "file:name?mode=memory"}) {
    must(write_schema(*opened(name), notes));
    CHECK(fs::exists("./" + name));
    CHECK(number(*opened(name), count_notes) == 0);
  }
  fs::current_path(before);
}

// -- SQLite alone -----------------------------------------------------------------------------------------

namespace {

std::string content_of(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

constexpr std::string_view pages =
    "CREATE TABLE pages (id INT64 PRIMARY KEY, edition INT64, content BYTES) STRICT_ROWS;"
    "INSERT INTO pages (id) VALUES (1), (2)";

// Two rows, each of several of SQLite's pages.
Attempt<Done> write_edition(Database& database, std::int64_t edition) {
  auto transaction = Transaction::begin(database);
  if (!transaction.ok()) return transaction.failure();
  const std::string content(10'000, static_cast<char>('0' + edition));
  for (const int id : {1, 2}) {
    const auto done =
        database.run("UPDATE pages SET edition = $2, content = $3 WHERE id = $1", {id, edition, BytesView(content)});
    if (!done.ok()) return done.failure();
  }
  return transaction->commit();
}

// The edition that both rows are of, whole; 0 if they are not.
std::int64_t edition_of(Database& database) {
  const auto rows = must(database.rows("SELECT edition, content FROM pages ORDER BY id"));
  if (rows.size() != 2 || rows[0] != rows[1]) return 0;
  const std::int64_t edition = std::get<std::int64_t>(rows[0][0]);
  const Bytes whole{std::string(10'000, static_cast<char>('0' + edition))};
  return std::get<Bytes>(rows[0][1]) == whole ? edition : 0;
}

constexpr DiskFault all_faults[] = {DiskFault::io_error, DiskFault::full, DiskFault::killed, DiskFault::power_loss};

}  // namespace

TEST_CASE("a file of somebody else is refused and left as it is", "[store][sqlite]") {
  const std::string path = fresh_path();
  const auto check_refused = [&path] {
    const std::string before = content_of(path);
    CHECK(outcome(open_sqlite(path)) == "foreign");
    CHECK((content_of(path) == before));
    CHECK_FALSE(fs::exists(path + "-wal"));
  };
  for (const std::size_t size : {10, 20'000}) {
    std::ofstream(path) << std::string(size, 'a');
    check_refused();
  }
  for (const char* sql : {"CREATE TABLE theirs (id)", "PRAGMA application_id = 77",
                          "PRAGMA application_id = 77; CREATE TABLE theirs (id)"}) {
    fs::remove(path);
    sqlite3* theirs = nullptr;
    REQUIRE(sqlite3_open(path.c_str(), &theirs) == SQLITE_OK);
    REQUIRE(sqlite3_exec(theirs, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
    sqlite3_close(theirs);
    check_refused();
  }
  CHECK(outcome(open_sqlite(fs::temp_directory_path().string())) == "other");
}

TEST_CASE("damage of the file is told", "[store][sqlite]") {
  const std::string path = fresh_path();
  must(write_schema(*opened(path), pages));
  must(write_edition(*opened(path), 1));
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(4096);
  file << std::string(4096, '\xee');
  file.close();
  CHECK(outcome(opened(path)->rows("SELECT * FROM pages")) == "corrupt");
}

TEST_CASE("whatever change of the file fails, a transaction is there whole or not at all", "[store][sqlite]") {
  for (const DiskFault fault : all_faults) {
    for (const DiskFault end : {DiskFault::killed, DiskFault::power_loss}) {
      bool failed = true;
      for (std::uint64_t changes = 0; failed; ++changes) {
        CAPTURE(static_cast<int>(fault), static_cast<int>(end), changes);
        REQUIRE(changes < 200);
        const std::string path = fresh_path();
        FaultyVfs disk;
        must(write_schema(*opened(path), pages));
        must(write_edition(*opened(path), 1));
        std::string told;
        std::int64_t seen = 0;
        {
          const auto database = opened(path);
          disk.fail_after(changes, fault);
          told = outcome(write_edition(*database, 2));
          failed = disk.failed();
          if (told == "outcome_unknown" && (fault == DiskFault::io_error || fault == DiskFault::full)) {
            const auto transaction = must(Transaction::begin(*database));
            seen = edition_of(*database);
          }
          disk.fail_now(end);  // so that closing puts nothing in order
        }
        disk.mend();
        const auto database = opened(path);
        const std::int64_t stored = edition_of(*database);
        CHECK((stored == 1 || stored == 2));
        if (told == "done") CHECK(stored == 2);
        if (told != "done" && told != "outcome_unknown") CHECK(stored == 1);
        if (seen != 0) CHECK(stored == seen);  // what is seen in a new transaction is final
        CHECK((told == "done") == !failed);
        CHECK(outcome(write_edition(*database, 3)) == "done");
      }
    }
  }
}

TEST_CASE("a store whose making was cut off is made by the next who opens it", "[store][sqlite]") {
  for (const DiskFault fault : all_faults) {
    bool failed = true;
    for (std::uint64_t changes = 0; failed; ++changes) {
      CAPTURE(static_cast<int>(fault), changes);
      REQUIRE(changes < 200);
      const std::string path = fresh_path();
      FaultyVfs disk;
      disk.fail_after(changes, fault);
      (void)open_sqlite(path);
      failed = disk.failed();
      disk.mend();
      CHECK(outcome(write_schema(*opened(path), pages)) == "done");
    }
  }
}

TEST_CASE("a commit is on the disk before it is answered", "[store][sqlite]") {
  FaultyVfs disk;
  const auto database = opened(fresh_path());
  must(write_schema(*database, pages));
  const std::uint64_t before = disk.syncs();
  must(write_edition(*database, 1));
  CHECK(disk.syncs() > before);
}

// -- PostgreSQL alone -------------------------------------------------------------------------------------

namespace {

// Returns when a session of the server waits for what is named.
void wait_for(Database& watcher, std::string_view event) {
  while (number(watcher, "SELECT count(*) FROM pg_stat_activity WHERE wait_event = $1", {event}) == 0) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

}  // namespace

TEST_CASE("a server that is killed takes the open transaction along", "[store][postgres]") {
  PostgresServer* const server = postgres();
  if (!server) return;
  const auto database = opened(server->fresh_database());
  must(write_schema(*database, notes));
  must(database->begin());
  must(database->run("INSERT INTO notes (id) VALUES (1)"));
  must(database->send("INSERT INTO notes (id) VALUES (9)", {}));
  server->kill();
  CHECK(outcome(database->run("INSERT INTO notes (id) VALUES (2)")) == "connection_lost");
  CHECK(outcome(database->begin()) == "other");  // not before the transaction that was lost is let go of
  CHECK(outcome(database->commit()) == "connection_lost");
  CHECK(outcome(database->begin()) == "connection_lost");
  CHECK(outcome(database->rows(count_notes)) == "connection_lost");
  server->start();
  REQUIRE(outcome(database->begin()) == "done");
  CHECK(number(*database, count_notes) == 0);
  must(database->run("INSERT INTO notes (id) VALUES (3)"));
  must(database->commit());
  // A connection that was lost while nobody used it is made anew without a word.
  server->kill();
  server->start();
  CHECK(number(*database, count_notes) == 1);
  server->stop();
  server->start();
  CHECK(must(write(*database, "INSERT INTO notes (id) VALUES (4)")) == 1);
}

TEST_CASE("a session that is ended never goes on within its transaction", "[store][postgres]") {
  PostgresServer* const server = postgres();
  if (!server) return;
  const std::string url = server->fresh_database();
  const auto database = opened(url);
  must(write_schema(*database, notes));
  must(database->begin());
  must(database->run("INSERT INTO notes (id) VALUES (1)"));
  const std::int64_t session = number(*database, "SELECT pg_backend_pid()");
  must(opened(url)->rows("SELECT pg_terminate_backend($1::int, 10000)", {session}));
  CHECK(outcome(database->rows("SELECT 1")) == "connection_lost");
  CHECK(outcome(database->rows("SELECT 1")) == "connection_lost");
  database->rollback();
  CHECK(number(*database, count_notes) == 0);
}

TEST_CASE("the outcome of a commit without an answer is unknown", "[store][postgres]") {
  PostgresServer* const server = postgres();
  if (!server) return;
  const std::string url = server->fresh_database();
  const auto database = opened(url);
  must(write_schema(*database, notes));
  must(write_schema(*database,
                    "CREATE FUNCTION linger() RETURNS trigger LANGUAGE plpgsql AS "
                    "  'BEGIN PERFORM pg_sleep(100); RETURN NULL; END';"
                    "CREATE CONSTRAINT TRIGGER lingering AFTER INSERT ON notes DEFERRABLE INITIALLY DEFERRED "
                    "  FOR EACH ROW WHEN (NEW.id = 1) EXECUTE FUNCTION linger()"));
  const auto killed_while = [&](std::string_view event) {
    const auto watcher = opened(url);
    auto answer = std::async(std::launch::async, [&] { return database->commit(); });
    wait_for(*watcher, event);
    server->kill();
    return outcome(answer.get());
  };

  // Killed before it is committed, and after.
  must(database->begin());
  must(database->run("INSERT INTO notes (id) VALUES (1)"));
  CHECK(killed_while("PgSleep") == "outcome_unknown");
  server->start({"synchronous_standby_names=nobody"});  // a commit waits for a copy that is never made
  must(database->begin());
  CHECK(number(*database, count_notes) == 0);
  must(database->send("INSERT INTO notes (id) VALUES (2)", {}));  // it goes along with the commit
  CHECK(killed_while("SyncRep") == "outcome_unknown");
  server->start();
  must(database->begin());
  CHECK(number(*database, count_notes) == 1);
  must(database->commit());
}

TEST_CASE("a session is set for a store, and its path of schemas is the host's", "[store][postgres]") {
  PostgresServer* const server = postgres();
  if (!server) return;
  const auto database = opened(server->fresh_database() + "&options=-csearch_path%3Dours%20-csynchronous_commit%3Doff");
  CHECK((must(database->rows("SHOW search_path")) == std::vector<Row>{Row{"ours"}}));
  CHECK((must(database->rows("SHOW synchronous_commit")) == std::vector<Row>{Row{"on"}}));
  const auto latin = open_database(server->fresh_database("LATIN1"));
  REQUIRE(outcome(latin) == "other");
  CHECK_THAT(latin.failure().message, Catch::Contains("LATIN1"));
}
