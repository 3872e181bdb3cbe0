// What was acknowledged is there after any crash, what was not is there whole or not at all, and nothing is
// invented: SQLite on a disk that fails at each of its changes, both stores with the process killed at random.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <set>

#include <catch2/catch.hpp>

#include "tests/store/cases/office.h"
#include "tests/store/faulty_vfs.h"
#include "tests/store/postgres_server.h"

namespace {

using namespace assent;
using namespace assent::test;

// The n-th command of a run: cases are submitted, approved twice, commented, one after another.
struct Step {
  std::string id, case_id;
  int what;
};
Step step(int n) { return {"c-" + std::to_string(n), "Q-" + std::to_string(n / 4), n % 4}; }

Result<Response> carry_out(Store& store, const World& world, int n) {
  const Step now = step(n);
  switch (now.what) {
    case 0: {
      const std::string json = quote(20 + n);
      return store.submit(now.case_id, {now.id, "rep", std::nullopt, Submit{json, {}, {}}}, desk_policy(), world);
    }
    case 1: return store.perform(now.case_id, {now.id, "boss", std::nullopt, CastVote{}}, world);
    case 2: return store.perform(now.case_id, {now.id, "rep", std::nullopt, Remark{"in a hurry"}}, world);
    default: return store.perform(now.case_id, {now.id, "cfo", std::nullopt, CastVote{}}, world);
  }
}

// After a crash: every acknowledged command is in the log, at most one more is, and the log is sound.
void check_survivors(const std::string& url, int acknowledged) {
  Office office(url);
  office.verified();
  std::set<std::string> commands;
  std::map<std::string, int> order;
  const auto read = office.store.history(std::nullopt, [&](const LogEntry& entry) {
    const Result<Event> event = event_from_json(entry.event);
    REQUIRE(event.ok());
    if (commands.insert(event->command).second) order[event->command] = static_cast<int>(commands.size()) - 1;
  });
  REQUIRE(read.ok());
  const int there = static_cast<int>(commands.size());
  INFO("acknowledged " << acknowledged << ", there " << there);
  CHECK(there >= acknowledged);
  CHECK(there <= acknowledged + 1);
  for (const auto& [id, place] : order) CHECK(id == step(place).id);  // in order, each once, none invented
  // The last one may have been carried out unheard: the same id again does nothing twice.
  if (there > 0) {
    const auto again = carry_out(office.store, office.world, there - 1);
    REQUIRE(again.ok());
    CHECK(again->repeated);
    CHECK_FALSE(again->refusal);
  }
  const auto next = carry_out(office.store, office.world, there);
  REQUIRE(next.ok());
  CHECK_FALSE(next->repeated);
  CHECK_FALSE(next->refusal);
  office.verified();
}

constexpr int commands_on_disk = 8;  // two cases from submission to approval

// Carries out commands until the disk fails; how many were acknowledged, and whether it failed.
std::pair<int, bool> run_on(const std::string& file, store::FaultyVfs& disk) {
  int acknowledged = 0;
  auto opened = Store::open(file);
  if (!opened) return {0, true};
  Store store = *std::move(opened);
  const World world = monday();
  for (int n = 0; n < commands_on_disk; ++n) {
    const auto response = carry_out(store, world, n);
    if (!response) return {acknowledged, true};
    ++acknowledged;
  }
  return {acknowledged, disk.failed()};
}

TEST_CASE("a disk that fails at any of its changes loses nothing acknowledged", "[store][crash]") {
  int rounds = 0;
  for (const store::DiskFault fault : {store::DiskFault::io_error, store::DiskFault::full, store::DiskFault::killed,
                                       store::DiskFault::power_loss}) {
    for (std::uint64_t n = 0;; ++n) {
      const std::string file = fresh_file();
      std::pair<int, bool> result;
      {
        store::FaultyVfs disk;
        disk.fail_after(n, fault);
        result = run_on(file, disk);
        disk.mend();
      }
      INFO("fault " << static_cast<int>(fault) << " after " << n << " changes");
      // A fault that SQLite overcomes by itself is none to us: then everything is acknowledged.
      check_survivors(file, result.first);
      ++rounds;
      if (!result.second) break;
    }
  }
  std::cout << "crash: " << rounds << " rounds on a failing disk\n";
  CHECK(rounds > 100);
}

int rounds_wanted() {
  const char* asked = std::getenv("ASSENT_CRASH_ROUNDS");
  return asked == nullptr ? 12 : std::atoi(asked);
}

// A child that carries out commands, and writes a byte for each that was acknowledged.
pid_t start_child(const std::string& url, int pipe_end) {
  const pid_t child = fork();
  if (child != 0) return child;
  auto opened = Store::open(url);
  if (!opened) _exit(3);
  Store store = *std::move(opened);
  const World world = monday();
  for (int n = 0; n < 100'000; ++n) {
    const auto response = carry_out(store, world, n);
    if (!response || response->refusal) _exit(4);
    if (write(pipe_end, "x", 1) != 1) _exit(5);
  }
  _exit(0);
}

TEST_CASE("a process that is killed loses nothing acknowledged", "[store][crash]") {
  desk_policy();  // compiled once, before the first child
  int rounds = 0, acknowledged_in_all = 0;
  on_each_store([&](const std::string& url) {
    std::mt19937 random(20'261'125);
    const bool postgres = url.find("://") != std::string::npos;
    // Each round makes a database, all of which a server that was killed has to put in order when it starts.
    const int most = postgres ? std::min(rounds_wanted(), 60) : rounds_wanted();
    for (int round = 0; round < most; ++round, ++rounds) {
      const std::string here =
          postgres ? (round == 0 ? url : store::PostgresServer::shared()->fresh_database()) : fresh_file();
      int ends[2];
      REQUIRE(pipe(ends) == 0);
      const pid_t child = start_child(here, ends[1]);
      close(ends[1]);
      // Killed after a random number of acknowledgements and a random moment more.
      int acknowledged = 0;
      char byte;
      const int until = static_cast<int>(random() % 40);
      while (acknowledged < until && read(ends[0], &byte, 1) == 1) ++acknowledged;
      usleep(static_cast<useconds_t>(random() % 3'000));
      kill(child, SIGKILL);
      int status = 0;
      waitpid(child, &status, 0);
      REQUIRE(WIFSIGNALED(status));
      while (read(ends[0], &byte, 1) == 1) ++acknowledged;
      close(ends[0]);
      acknowledged_in_all += acknowledged;
      check_survivors(here, acknowledged);
    }
    std::cout << "crash: " << rounds << " processes killed, " << acknowledged_in_all << " commands acknowledged\n";
    CHECK(rounds > 0);
  });
}

#ifdef ASSENT_HAS_POSTGRES
TEST_CASE("a server that is killed loses nothing acknowledged", "[store][crash]") {
  store::PostgresServer* server = store::PostgresServer::shared();
  if (server == nullptr) {
    WARN("NOT run: PostgreSQL is not there");
    return;
  }
  std::mt19937 random(7);
  for (int round = 0; round < std::max(2, rounds_wanted() / 6); ++round) {
    const std::string url = server->fresh_database();
    int acknowledged = 0;
    {
      Office office(url);
      const int until = 1 + static_cast<int>(random() % 10);
      for (int n = 0; n < until; ++n, ++acknowledged) REQUIRE(carry_out(office.store, office.world, n).ok());
      server->kill();
      CHECK_FALSE(carry_out(office.store, office.world, acknowledged).ok());
      server->start();
    }
    check_survivors(url, acknowledged);
  }
}
#endif

// Letters are marked after they were taken: one that was taken and not marked is taken again, and the receiver,
// who knows it by its id, does nothing twice.
TEST_CASE("each letter reaches an idempotent receiver once, whoever is killed", "[store][crash]") {
  std::mt19937 random(11);
  const std::string file = fresh_file();
  std::set<std::string> expected, received;
  {
    Office office(file);
    for (int n = 0; n < 40; ++n) {
      const auto response = carry_out(office.store, office.world, n);
      REQUIRE(response.ok());
      for (const Effect& effect : response->effects) CHECK(expected.insert(effect.id).second);
    }
  }
  const World world = monday();
  long longest = 20'000;  // microseconds that a process lives; more where it comes to nothing in so short a life
  for (int round = 0; received.size() < expected.size() && round < 200; ++round) {
    const std::size_t before = received.size();
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
      auto opened = Store::open(file);
      if (!opened) _exit(3);
      Store store = *std::move(opened);
      const auto due = store.letters_due(world.now, 1'000, world.now);
      if (!due) _exit(4);
      for (const Letter& letter : *due) {
        const std::string line = letter.effect.id + "\n";
        if (write(ends[1], line.data(), line.size()) != static_cast<ssize_t>(line.size())) _exit(5);
        if (!store.delivered(letter.effect.id, world.now)) _exit(6);
      }
      _exit(0);
    }
    close(ends[1]);
    usleep(static_cast<useconds_t>(random() % longest));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    std::string all;
    char bytes[4'096];
    for (ssize_t count; (count = read(ends[0], bytes, sizeof bytes)) > 0;)
      all.append(bytes, static_cast<std::size_t>(count));
    close(ends[0]);
    for (std::size_t end; (end = all.find('\n')) != all.npos; all.erase(0, end + 1))
      received.insert(all.substr(0, end));
    if (received.size() == before) longest = std::min(2 * longest, 2'000'000L);
  }
  CHECK(received == expected);
}

}  // namespace
