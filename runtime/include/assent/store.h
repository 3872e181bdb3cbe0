// assent/store.h: cases that last. One store holds the log of all cases, what is read from it, and the outbox.
//
//   auto store = assent::Store::open("cases.db");            // SQLite; or postgresql://host/name
//   if (!store) return complain(store.problems());
//   auto answer = store->submit("Q-710", {"c-1", "rep", {}, assent::Submit{quote_json, {}, {}}}, *policy, world);
//   if (!answer) return complain(answer.problems());         // the store failed: nothing was written
//   if (answer->refusal) return say(answer->refusal->message);
//
// What perform() answered is on the disk, with its events, its effects and what is read from them: they are
// written in one transaction, and survive a crash at any instruction. Commands that wait at the same time share
// a transaction, and so its wait for the disk. Any number of processes may use one store.
//
// The log is append-only. Each entry's hash is over the one before it and its own bytes, so verify() finds the
// first entry that was altered; what was cut off at the end shows against a head that was written down elsewhere.
//
// A command id is carried out once: the same id again gives the first answer, refusals included.
//
// Threads: a Store may be used by any number of threads at once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/advance.h"
#include "assent/policy.h"
#include "assent/result.h"

namespace assent {

// ── limits ───────────────────────────────────────────────────────────────────────────────────
inline constexpr std::size_t max_commands_together = 256;   // in one transaction: bounds how long one waits
inline constexpr std::size_t max_cases_in_memory = 4'096;   // kept between commands

// What came of a command.
struct Response {
  std::optional<Refusal> refusal;
  std::uint64_t version = 0;      // of the case afterwards
  bool repeated = false;          // it had been carried out before
  std::vector<Event> events;      // of a repeated one: none
  std::vector<Effect> effects;
};

struct InboxEntry {        // one for each case in which somebody is asked
  std::string case_id;
  struct Place { std::string step, person; std::int64_t since = 0; };  // person: whose seat; since: the step opened
  std::vector<Place> places;
};

struct CaseStatus {
  std::string id, state, policy, policy_hash, submitter, owner;
  std::uint64_t version = 0;
  std::int64_t changed_at = 0, due = 0;  // due: when a tick would do something; 0 for never
};

struct LogEntry {
  std::uint64_t position = 0;  // from 1, without gaps
  std::string stream;          // a case's id; empty: the desk, whose events are delegations and replacements
  std::string event;           // JSON, as to_json() writes it
  std::string hash;            // 64 hexadecimal digits
};

struct Verification {
  std::uint64_t entries = 0;
  std::string head;            // hash of the last entry: to be written down elsewhere
  std::uint64_t altered = 0;   // position of the first entry that is not as it was written; 0: none
  std::string what;            // in words
};

struct Letter {                // an effect on its way
  Effect effect;
  std::string case_id;
  std::uint32_t attempts = 0;
  std::string last_error;
  std::vector<std::string> done;   // channels that have taken it already
};

struct Migration {             // of one case
  std::string case_id;
  std::optional<Refusal> refusal;
  std::vector<std::string> changes;  // "big/cfo is not demanded any more", "big/boss: asked again: …"
  bool weaker = false;               // something that was demanded is not any more
};

class Store {
 public:
  // "cases.db", "sqlite:cases.db", "postgresql://…". Makes the store if it is not there (`make`), else that is a
  // problem.
  static Result<Store> open(std::string_view url, bool make = true);
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  // Submits to a policy, which the case is pinned to from then on (a case that is pending stays where it is).
  // `world.deputies` is the store's own, here and below.
  Result<Response> submit(std::string_view case_id, const Command& command, const Policy& policy, const World& world);
  // Every other command, by the policy that the case is pinned to. Tick: see tick().
  Result<Response> perform(std::string_view case_id, const Command& command, const World& world);

  // The desk: who acts for whom. A delegation is made by the person or an administrator; a replacement by an
  // administrator, at once in every pending case, all of them or none.
  Result<Response> delegate(std::string_view id, std::string_view actor, const Delegation& delegation,
                            const World& world);
  Result<Response> replace(std::string_view id, std::string_view actor, std::string_view from, std::string_view to,
                          std::string_view why, const World& world);
  Result<Deputies> deputies();

  // Lets time pass in every case that has a timer due; gives their ids.
  Result<std::vector<std::string>> tick(std::string_view id, std::string_view actor, const World& world);

  // Moves every pending case of a policy with this name to this version of it, all of them or none; with
  // `dry_run` nothing is written.
  Result<std::vector<Migration>> migrate(std::string_view id, std::string_view actor, const Policy& policy,
                                         const World& world, bool dry_run);

  Result<std::optional<Case>> find(std::string_view case_id);
  Result<std::string> quote_of(const Case& kase);  // the JSON that was submitted
  Result<Policy> policy_of(const Case& kase);      // that it is pinned to
  Result<std::vector<CaseStatus>> cases(std::string_view state);  // of one state; empty: all; by id
  // Where `person` may answer on the world's day: their own seats and those of whoever they act for.
  Result<std::vector<InboxEntry>> inbox(std::string_view person, const World& world);
  // Calls take for each entry in order, of one case or of all (nullopt).
  Result<std::uint64_t> history(std::optional<std::string_view> case_id,
                                const std::function<void(const LogEntry&)>& take);
  // Checks the chain, that every event can be applied, and that what is read (cases, inbox) is what they make.
  Result<Verification> verify();

  // The outbox. letters_due gives what is to be delivered at `now`, the oldest first, and nobody else gets it
  // before `until`: long enough to deliver it, and when it is tried again if whoever took it is never heard of
  // again. `until` = `now` only looks. What became of each is then said: true if it was still waiting.
  Result<std::vector<Letter>> letters_due(std::int64_t now, std::size_t most, std::int64_t until);
  Result<bool> delivered(std::string_view effect_id, std::int64_t now);
  Result<bool> overtaken(std::string_view effect_id, std::int64_t now);  // need not be told any more, and was not
  // To be tried again at `again`, where it is not `done`; dead if `again` is 0.
  Result<bool> failed(std::string_view effect_id, std::string_view why, std::int64_t again,
                      const std::vector<std::string>& done = {});
  Result<std::vector<Letter>> dead_letters();
  Result<bool> revive(std::string_view effect_id, std::int64_t now);  // a dead letter: from the first attempt again
  // Under which message id a letter goes out, said before it does; and the letter that went out under one.
  Result<bool> goes_as(std::string_view effect_id, std::string_view mail_id);
  Result<std::optional<Letter>> letter_of(std::string_view mail_id);

 private:
  struct Impl;
  explicit Store(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace assent
