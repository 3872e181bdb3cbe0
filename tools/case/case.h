// What the subcommands of `assent case` share: their options, the store, the world, and how a command on one case is
// carried out and told. Entries: CaseRequest, perform.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "assent/store.h"
#include "tools/command.h"

namespace assent::command {

// What may be said on the command line of any of them.
struct CaseRequest {
  std::string store, format = "text";     // store empty: $ASSENT_STORE, else default_store
  std::string directory, rates, at;       // the world; `at` empty: now
  std::int32_t utc_offset = 0;            // minutes
  std::string actor, id;                  // of a command; `id` empty: made by chance
  std::optional<std::uint64_t> expected_version;
  std::string case_id;
  std::string step;                       // by its key, or by its approver where that is enough

  bool as_json() const { return format == "json"; }
};
inline constexpr const char* default_store = "cases.db";

// Each adds all that the one before it does.
void add_store_options(Arguments& command, CaseRequest& request);   // the store and the world
void add_shared_options(Arguments& command, CaseRequest& request);  // --format
void add_actor_options(Arguments& command, CaseRequest& request);  // --as and --id
void add_case_options(Arguments& command, CaseRequest& request);   // CASE and --expect-version: moves one case
void add_expected_version(Arguments& command, CaseRequest& request);  // --expect-version alone

// Here alone the command reads the environment, the clock and chance. All throw BadInput.
std::string store_url(const CaseRequest& request);
Store open_store(const CaseRequest& request, bool make = false);  // `make`: if it is not there
World world_of(const CaseRequest& request);
std::string id_of(const CaseRequest& request);
std::string variable(const std::string& name);  // of the environment; empty if there is none

// The value, or BadInput: the store could not do its part.
[[noreturn]] void store_failed(const Problems& problems);
template <typename T>
T must(Result<T> result) {
  if (!result) store_failed(result.problems());
  return *std::move(result);
}

// BadInput if there is none, with the one that was most likely meant.
Case case_named(Store& store, const std::string& id);

// Carries out a command on the case that the request names, and says what came of it. `made` is given the key of the
// step that the request names; what it makes is borrowed from the request.
using What = decltype(Command::what);
Exit perform(const CaseRequest& request, const std::function<What(std::string_view step)>& made);

// Each adds subcommands to `assent case`.
void add_case_submit(Arguments& app, Exit& exit);   // submit, resubmit, recall
void add_case_vote(Arguments& app, Exit& exit);     // approve, reject, abstain
void add_case_people(Arguments& app, Exit& exit);   // reassign, add-approver, override
void add_case_desk(Arguments& app, Exit& exit);     // delegate, replace
void add_case_words(Arguments& app, Exit& exit);    // ask, answer, comment
void add_case_show(Arguments& app, Exit& exit);     // show
void add_case_inbox(Arguments& app, Exit& exit);    // inbox, list
void add_case_tick(Arguments& app, Exit& exit);     // tick
void add_case_migrate(Arguments& app, Exit& exit);  // migrate
void add_case_log(Arguments& app, Exit& exit);      // history, verify, export

}  // namespace assent::command
