// A store with a policy and its people, for tests of cases that last. Entries: Office, on_each_store.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "assent/store.h"

namespace assent::test {

// Runs a test with the URL of a new store: once with SQLite, once with a real PostgreSQL where it is installed.
void on_each_store(const std::function<void(const std::string& url)>& test);
std::string fresh_file();  // for SQLite, in a folder that goes away

const Policy& desk_policy();           // big deals: boss then cfo; see office.cpp
const Policy& stricter_desk_policy();  // the same policy a version later: legal too, and no cfo
std::string quote(int total);

struct Office {
  explicit Office(const std::string& url);

  Response submit(std::string_view id, std::string_view case_id, int total);
  Response vote(std::string_view id, std::string_view case_id, std::string_view actor, Vote vote = Vote::approve);
  Response give(std::string_view id, std::string_view case_id, std::string_view actor,
                decltype(Command::what) what);
  Case find(std::string_view case_id);
  std::string inbox(std::string_view person);  // "Q-1: big/boss (boss)"
  Verification verified();                     // and CHECKs that nothing is altered

  Store store;
  World world;
};

World monday();  // with the people
template <typename T>
T must(Result<T> result);

}  // namespace assent::test
