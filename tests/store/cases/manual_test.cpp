// The example of assent/store.h, as it stands there.
#include "tests/unit/manual.h"

#include <filesystem>

#include "assent/store.h"
#include "tests/store/cases/office.h"

namespace {

using namespace assent::test;

void complain(const assent::Problems& problems) { FAIL(problems.at(0).message); }
void say(const std::string& message) { FAIL(message); }

void submit_as_the_header_says() {
  const assent::Policy* const policy = &desk_policy();
  const assent::World world = monday();
  const std::string quote_json = quote(20);
  // begin store.h
  auto store = assent::Store::open("cases.db");            // SQLite; or postgresql://host/name
  if (!store) return complain(store.problems());
  auto answer = store->submit("Q-710", {"c-1", "rep", {}, assent::Submit{quote_json, {}, {}}}, *policy, world);
  if (!answer) return complain(answer.problems());         // the store failed: nothing was written
  if (answer->refusal) return say(answer->refusal->message);
  // end store.h
  CHECK(answer->version > 0);
  REQUIRE(answer->effects.size() == 1);
  CHECK(answer->effects[0].to == "boss");
}

}  // namespace

TEST_CASE("the store keeps a case, as its manual says", "[store]") {
  must_stand_in("runtime/include/assent/store.h", "tests/store/cases/manual_test.cpp", "store.h");
  const std::filesystem::path before = std::filesystem::current_path();
  const std::filesystem::path folder = std::filesystem::path(fresh_file()).parent_path();
  std::filesystem::current_path(folder);
  submit_as_the_header_says();
  std::filesystem::current_path(before);
  auto again = assent::Store::open((folder / "cases.db").string(), false);
  REQUIRE(again.ok());
  const auto found = again->find("Q-710");
  REQUIRE(found.ok());
  REQUIRE(found->has_value());
  CHECK((*found)->state == assent::State::pending);
}
