// Durable commands against a bare loop of inserts into SQLite with the same durability: WAL, synchronous=FULL,
// one commit for each row; and for as many at a time as commands wait together. Timed by the wall.
#include <sqlite3.h>
#include <unistd.h>

#include <filesystem>
#include <thread>

#include "assent/store.h"
#include "tests/bench/measure.h"
#include "tests/bench/office.h"
#include "tests/bench/policies.h"

namespace assent::bench {

namespace {

namespace fs = std::filesystem;

struct Folder {
  std::string path = (fs::temp_directory_path() / "assent-bench-XXXXXX").string();
  Folder() { if (mkdtemp(path.data()) == nullptr) give_up("no folder for a store"); }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
};

class BareInserts {
 public:
  explicit BareInserts(const std::string& file) {
    run(sqlite3_open(file.c_str(), &database_));
    run(sqlite3_exec(database_, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE log "
                                "(position INTEGER PRIMARY KEY, stream TEXT, event TEXT)", nullptr, nullptr, nullptr));
    run(sqlite3_prepare_v2(database_, "INSERT INTO log (stream, event) VALUES (?1, ?2)", -1, &insert_, nullptr));
  }
  ~BareInserts() {
    sqlite3_finalize(insert_);
    sqlite3_close(database_);
  }
  void commit(std::size_t rows, const std::string& event) {
    run(sqlite3_exec(database_, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr));
    for (std::size_t i = 0; i < rows; ++i) {
      sqlite3_bind_text(insert_, 1, "Q-1", -1, SQLITE_STATIC);
      sqlite3_bind_text(insert_, 2, event.data(), static_cast<int>(event.size()), SQLITE_STATIC);
      if (sqlite3_step(insert_) != SQLITE_DONE) give_up("an insert failed");
      sqlite3_reset(insert_);
    }
    run(sqlite3_exec(database_, "COMMIT", nullptr, nullptr, nullptr));
  }

 private:
  static void run(int code) { if (code != SQLITE_OK) give_up("SQLite failed"); }
  sqlite3* database_ = nullptr;
  sqlite3_stmt* insert_ = nullptr;
};

void durable_commands(benchmark::State& state) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  constexpr std::size_t commands = 64;  // of each thread, in one sample
  const Folder folder;
  const Office office;
  auto opened = Store::open(folder.path + "/cases.db");
  if (!opened) give_up(opened.problems()[0].message);
  Store store = *std::move(opened);
  BareInserts bare(folder.path + "/bare.db");
  // What one command writes into the log, on the average.
  std::string event(600, 'x');
  std::size_t started = 0;
  Pair pair;
  pair.name = "durable, " + std::to_string(threads) + (threads == 1 ? " caller" : " callers at once");
  pair.baseline =
      threads == 1 ? "SQLite, one insert a commit" : "SQLite, " + std::to_string(threads) + " inserts a commit";
  compare(
      state, std::move(pair), commands * threads,
      [&] {
        std::vector<std::thread> all;
        for (std::size_t t = 0; t < threads; ++t) {
          all.emplace_back([&, first = started + t * commands] {
            std::string id, case_id;
            for (std::size_t n = first; n < first + commands; ++n) {
              const Command command = command_of(office, n, id, case_id);
              const auto done = n % 4 == 0 ? store.submit(case_id, command, office.policy, office.world)
                                           : store.perform(case_id, command, office.world);
              if (!done || done->refusal) give_up("a durable command failed");
            }
          });
        }
        for (std::thread& each : all) each.join();
        started += threads * commands;
      },
      [&] {
        for (std::size_t i = 0; i < commands; ++i) bare.commit(threads, event);
      },
      wall_seconds);
}
BENCHMARK(durable_commands)->UseManualTime()->Unit(benchmark::kMillisecond)->Arg(1)->Arg(16)->Arg(64)->Iterations(15);

}  // namespace

}  // namespace assent::bench
