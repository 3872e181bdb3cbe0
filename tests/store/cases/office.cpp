#include "tests/store/cases/office.h"

#include <unistd.h>

#include <filesystem>
#include <iostream>

#include <catch2/catch.hpp>

#include "tests/approval/desk.h"
#include "tests/store/postgres_server.h"

namespace assent::test {

namespace {

namespace fs = std::filesystem;

const std::string quotes = R"(
record Quote { owner: Person  total: Integer }
input quote: Quote
approver boss = person "boss"
approver cfo = person "cfo"
approver legal = person "legal"
otherwise approve "small"
step boss { remind after 1 day  escalate to cfo after 3 days }
)";

}  // namespace

std::string fresh_file() {
  struct Folder {
    std::string path = (fs::temp_directory_path() / "assent-cases-XXXXXX").string();
    Folder() { if (mkdtemp(path.data()) == nullptr) std::abort(); }
    ~Folder() {
      std::error_code ignored;
      fs::remove_all(path, ignored);
    }
  };
  static const Folder folder;
  static int count = 0;
  return folder.path + "/cases" + std::to_string(++count) + ".db";
}

void on_each_store(const std::function<void(const std::string& url)>& test) {
  SECTION("SQLite") { test(fresh_file()); }
  SECTION("PostgreSQL") {
#ifdef ASSENT_HAS_POSTGRES
    if (store::PostgresServer* server = store::PostgresServer::shared()) return test(server->fresh_database());
#endif
    WARN("NOT run on PostgreSQL: it is not there");
  }
}

const Policy& desk_policy() {
  static const Policy policy =
      policy_of("policy desk" + quotes + "rule big { when quote.total > 10  requires boss then cfo }");
  return policy;
}

const Policy& stricter_desk_policy() {
  static const Policy policy =
      policy_of("policy desk" + quotes + "rule big { when quote.total > 10  requires boss then legal }");
  return policy;
}

std::string quote(int total) { return R"({"owner": "rep", "total": )" + std::to_string(total) + "}"; }

template <typename T>
T must(Result<T> result) {
  if (!result) FAIL(result.problems()[0].message);
  return *std::move(result);
}
template Response must(Result<Response>);
template Verification must(Result<Verification>);
template Deputies must(Result<Deputies>);
template std::optional<Letter> must(Result<std::optional<Letter>>);
template std::vector<Letter> must(Result<std::vector<Letter>>);
template std::vector<Migration> must(Result<std::vector<Migration>>);
template std::vector<std::string> must(Result<std::vector<std::string>>);
template std::vector<CaseStatus> must(Result<std::vector<CaseStatus>>);
template bool must(Result<bool>);
template std::string must(Result<std::string>);
template std::uint64_t must(Result<std::uint64_t>);
template Store must(Result<Store>);
template std::optional<Case> must(Result<std::optional<Case>>);

World monday() {
  World world;
  world.directory = *Directory::from_json(R"({"people": [{"id": "rep"}, {"id": "boss"}, {"id": "cfo"}, {"id": "legal"},
    {"id": "deputy"}, {"id": "admin", "roles": ["assent-administrator"]}]})");
  world.today = *date_from_text("2026-03-02");
  world.now = std::int64_t{world.today} * 86'400'000 + 9 * 3'600'000;
  return world;
}

Office::Office(const std::string& url) : store(must(Store::open(url))), world(monday()) {}

Response Office::submit(std::string_view id, std::string_view case_id, int total) {
  const std::string json = quote(total);
  return must(store.submit(case_id, {id, "rep", std::nullopt, Submit{json, {}, {}}}, desk_policy(), world));
}

Response Office::vote(std::string_view id, std::string_view case_id, std::string_view actor, Vote vote) {
  return give(id, case_id, actor, CastVote{vote, {}, {}, {}, {}});
}

Response Office::give(std::string_view id, std::string_view case_id, std::string_view actor,
                      decltype(Command::what) what) {
  return must(store.perform(case_id, {id, actor, std::nullopt, std::move(what)}, world));
}

Case Office::find(std::string_view case_id) {
  auto found = must(store.find(case_id));
  REQUIRE(found.has_value());
  return *found;
}

std::string Office::inbox(std::string_view person) {
  std::string all;
  const auto entries = store.inbox(person, world);
  REQUIRE(entries.ok());
  for (const InboxEntry& entry : *entries) {
    all += (all.empty() ? "" : "; ") + entry.case_id + ":";
    for (const InboxEntry::Place& place : entry.places) all += " " + place.step + " (" + place.person + ")";
  }
  return all;
}

Verification Office::verified() {
  const Verification found = must(store.verify());
  INFO(found.what);
  CHECK(found.altered == 0);
  CHECK(found.what == "");
  return found;
}

}  // namespace assent::test
