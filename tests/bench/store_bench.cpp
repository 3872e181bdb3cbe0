// Durable commands against a bare loop of as durable inserts, which writes the very entries of the log that these
// commands make, as many commands a commit as can wait together, or one, as a loop does; and what a store has to do
// after a crash, read every case and check every entry, against reading the rows of the log. On SQLite and on
// PostgreSQL. By the wall.
#include <unistd.h>

#include <filesystem>
#include <optional>
#include <thread>

#include "assent/store.h"
#include "tests/bench/bare_log.h"
#include "tests/bench/measure.h"
#include "tests/bench/office.h"
#include "tests/bench/policies.h"
#include "tests/store/postgres_server.h"

namespace assent::bench {

namespace {

namespace fs = std::filesystem;

// Where a store is kept, and beside it a bare log.
class Place {
 public:
  // Nothing if there is no such database on this machine.
  static std::optional<Place> fresh(bool postgres) {
    Place place;
    if (postgres) {
      store::PostgresServer* const server = bare_postgres_is_there() ? store::PostgresServer::shared() : nullptr;
      if (server == nullptr) return std::nullopt;
      place.store = server->fresh_database();
      place.bare = server->fresh_database();
      return place;
    }
    std::string folder = (fs::temp_directory_path() / "assent-bench-XXXXXX").string();
    if (mkdtemp(folder.data()) == nullptr) give_up("no folder for a store");
    place.folder_.reset(new std::string(folder));
    place.store = folder + "/cases.db";
    place.bare = folder + "/bare.db";
    return place;
  }
  Store open() const {
    auto opened = Store::open(store);
    if (!opened) give_up(opened.problems()[0].message);
    return *std::move(opened);
  }
  std::unique_ptr<BareLog> bare_log(const std::string& url) const {
    return folder_ ? bare_sqlite(url) : bare_postgres(url);
  }

  std::string store, bare;

 private:
  static bool bare_postgres_is_there() {
#ifdef ASSENT_HAS_POSTGRES
    return true;
#else
    return false;
#endif
  }
  struct Remove {
    void operator()(std::string* path) const {
      std::error_code ignored;
      fs::remove_all(*path, ignored);
      delete path;
    }
  };
  std::unique_ptr<std::string, Remove> folder_;  // of files; null: a server's
};

std::string name_of(bool postgres) { return postgres ? "PostgreSQL" : "SQLite"; }

void skip(benchmark::State& state, Pair pair) {
  pair.also = "skipped: PostgreSQL is not installed";
  keep(std::move(pair));
  state.SkipWithError("PostgreSQL is not installed");
}

// Gives the n-th command of each thread, from `first` on, `count` of each, all at the same time.
void give_commands(Store& store, const Office& office, std::size_t threads, std::size_t first, std::size_t count) {
  std::vector<std::thread> all;
  for (std::size_t t = 0; t < threads; ++t) {
    all.emplace_back([&, from = first + t * count] {
      std::string id, case_id;
      for (std::size_t n = from; n < from + count; ++n) {
        const Command command = command_of(office, n, id, case_id);
        const auto done = n % 4 == 0 ? store.submit(case_id, command, office.policy, office.world)
                                     : store.perform(case_id, command, office.world);
        if (!done) give_up(done.problems()[0].message);
        if (done->refusal) give_up(done->refusal->message);
      }
    });
  }
  for (std::thread& each : all) each.join();
}

// The events of one case, as JSON, by the command that makes them.
std::vector<std::vector<std::string>> events_of_a_case(const Office& office) {
  Evaluator evaluator(office.policy);
  Advance done;
  std::string id, case_id;
  Case kase;
  kase.id = "Q-0";
  std::vector<std::vector<std::string>> made(4);
  for (std::size_t n = 0; n < made.size(); ++n) {
    advance(evaluator, kase, command_of(office, n, id, case_id), office.world, done);
    for (const Event& event : done.events) made[n].push_back(to_json(event));
  }
  return made;
}

void durable_commands(benchmark::State& state) {
  const auto threads = static_cast<std::size_t>(state.range(0));
  const bool postgres = state.range(1) != 0;
  const bool together = state.range(2) != 0;             // the baseline commits once for the commands that can wait
  const std::size_t commands = together ? 64 : 8;        // of each thread, in one sample
  Pair pair;
  pair.name = "durable on " + name_of(postgres) + ", " + std::to_string(threads) +
              (threads == 1 ? " caller" : " callers at once");
  const auto place = Place::fresh(postgres);
  if (!place) return skip(state, std::move(pair));
  if (!together) pair.name += ", against one";
  pair.baseline = "their entries alone, " + std::to_string(together ? threads : 1) +
                  (!together || threads == 1 ? " command a commit" : " commands a commit");
  const Office office;
  Store store = place->open();
  const auto bare = place->bare_log(place->bare);
  const auto events = events_of_a_case(office);
  std::size_t ours = 0, theirs = 0;  // commands so far
  compare(
      state, std::move(pair), commands * threads,
      [&] {
        give_commands(store, office, threads, ours, commands);
        ours += threads * commands;
      },
      [&] {
        std::vector<BareRow> rows;
        for (std::size_t i = 0; i < commands; ++i) {
          for (std::size_t t = 0; t < threads; ++t) {
            if (!together || t == 0) rows.clear();
            const std::size_t n = theirs + t * commands + i;
            std::int64_t version = 0;
            for (std::size_t before = 0; before < n % 4; ++before)
              version += static_cast<std::int64_t>(events[before].size());
            for (const std::string& event : events[n % 4])
              rows.push_back({"Q-" + std::to_string(n / 4), ++version, event});
            if (!together || t + 1 == threads) bare->commit(rows);
          }
        }
        theirs += threads * commands;
      },
      wall_seconds);
}
BENCHMARK(durable_commands)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->ArgsProduct({{1, 16, 64}, {0, 1}, {1}})
    ->ArgsProduct({{16, 64}, {0, 1}, {0}})
    ->Iterations(15);

// A store is opened, and all that its log says is worked out again: every case as find() gives it, or the whole
// checked by verify().
void recover_cases(benchmark::State& state) {
  const bool postgres = state.range(0) != 0, verifies = state.range(1) != 0;
  constexpr std::size_t threads = 64, commands = 256;
  Pair pair;
  pair.name = "recovery on " + name_of(postgres) + (verifies ? ", open and verify" : ", open and find every case") +
              ", a million events";
  const auto place = Place::fresh(postgres);
  if (!place) return skip(state, std::move(pair));
  pair.baseline = "reading their rows";
  const Office office;
  std::size_t events = 0;
  {
    Store store = place->open();
    give_commands(store, office, threads, 0, commands);
    events = (*store.verify()).entries;
  }
  pair.also = std::to_string(events) + " events of " + std::to_string(threads * commands / 4) + " cases";
  std::vector<double> ours, theirs;
  for ([[maybe_unused]] auto _ : state) {
    theirs.push_back(seconds([&] {
      if (place->bare_log(place->store)->read() != events) give_up("rows are missing");
    }, wall_seconds));
    ours.push_back(seconds([&] {
      Store store = place->open();
      if (verifies) {
        const auto found = store.verify();
        if (!found || found->entries != events || !found->what.empty()) give_up("the store is not sound");
        return;
      }
      const auto all = store.cases("");
      if (!all || all->size() != threads * commands / 4) give_up("cases are missing");
      for (const CaseStatus& each : *all) {
        const auto found = store.find(each.id);
        if (!found || !*found) give_up("a case is missing");
      }
    }, wall_seconds));
    state.SetIterationTime(ours.back());
  }
  pair.ours = median(std::move(ours)) / static_cast<double>(events) * 1e6;
  pair.theirs = median(std::move(theirs)) / static_cast<double>(events) * 1e6;
  keep(std::move(pair));
}
BENCHMARK(recover_cases)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond)
    ->ArgsProduct({{0, 1}, {0, 1}})
    ->Iterations(5);

}  // namespace

}  // namespace assent::bench
