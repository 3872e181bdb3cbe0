// What the subcommands of `assent case` share: the store, the world, and how an answer is told. Entries: Asked,
// add_case_options, tell.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "assent/store.h"
#include "tools/command.h"

namespace CLI {
class App;
}

namespace assent::command {

// The options that every subcommand has.
struct CaseOptions {
  std::string store, directory, rates, at, id, format = "text";
  std::string actor;
  std::int32_t utc_offset = 0;
  std::int64_t expected_version = -1;  // -1: whatever it is
};

void add_case_options(CLI::App& command, CaseOptions& options);
void add_actor(CLI::App& command, CaseOptions& options);  // --as, which must be given

// All throw BadInput.
Store open_store(const CaseOptions& options, bool make = false);
World world_of(const CaseOptions& options);
std::int64_t moment_of(const CaseOptions& options);
std::string id_of(const CaseOptions& options);  // as given, else made by chance
Command command_of(const CaseOptions& options, const std::string& id, decltype(Command::what) what);
template <typename T>
T must(Result<T> result, const std::string& what);

// Says what came of a command; findings if it was refused.
Exit tell(const CaseOptions& options, const std::string& case_id, const Response& response, Store& store);

// Each adds some of the subcommands to `assent case`.
void add_case_votes(CLI::App& app, Exit& exit);    // submit, resubmit, votes, recall, ask, answer, comment, tick
void add_case_people(CLI::App& app, Exit& exit);   // reassign, delegate, replace, add-approver, override, migrate
void add_case_reading(CLI::App& app, Exit& exit);  // show, inbox, list, history, verify, export

[[noreturn]] void complain(const std::string& what, const Problems& problems);

template <typename T>
T must(Result<T> result, const std::string& what) {
  if (!result) complain(what, result.problems());
  return *std::move(result);
}

}  // namespace assent::command
