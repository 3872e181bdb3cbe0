// What a Store holds. Internal; see assent/store.h.
//
//   ledger       the log                         store.cpp    opening, commands that wait together, reading
//   impl.cpp     one command on one case         desk.cpp     what concerns many cases at once
//   outbox.cpp   letters                         verify.cpp   the chain, and what is read from it
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "assent/store.h"
#include "runtime/store/ledger.h"

namespace assent {

struct Store::Impl {
  explicit Impl(std::unique_ptr<store::Database> opened) : database(std::move(opened)), sql(*database), ledger(sql) {}

  // ── commands that wait together ───────────────────────────────────────────────────────────
  // One command of one caller, who waits until it is done.
  struct Waiting {
    std::string_view case_id;
    const Command* command;
    const Policy* policy;    // of a submission, else null
    const World* world;
    Response response;
    std::optional<store::StoreFailure> failure;
    bool done = false;
  };
  void wait_for(Waiting& mine);
  void take_waiting(std::vector<Waiting*>& batch);
  std::vector<Waiting*> carry_out();  // gives those who were answered
  std::optional<store::StoreFailure> carry_out(std::vector<Waiting*>& batch, bool may_join);

  // ── within a transaction ──────────────────────────────────────────────────────────────────
  // A place at which somebody is asked; since: the step opened, or 0.
  struct InboxRow {
    std::string step, person, approver;
    std::int64_t since;
    auto operator<=>(const InboxRow&) const = default;
  };
  struct Known {
    Case kase;
    std::vector<InboxRow> shown;  // of its inbox, as the store has it; sorted
    bool moved = false;           // in this transaction
  };
  Response perform(std::string_view case_id, const Command& command, const Policy* policy, const World& world);
  Response move(Known& entry, const Command& command, Evaluator& evaluator, const World& world);
  Evaluator& evaluator_of(const Policy& policy);
  void keep_policy(const Policy& policy);
  Evaluator& evaluator_of(std::string_view policy_hash);
  Known& load(std::string_view case_id);  // a draft, if there is none
  static std::vector<InboxRow> inbox_of(const Case& kase);
  void write_letters(const Case& kase, const std::vector<Effect>& effects, std::int64_t now);
  void append_to_desk(const Event& event);
  World at_desk(const World& world);  // with the store's own deputies
  void catch_up();   // at the beginning: what others have written since is forgotten
  void write_out();  // at the end: what is read of the cases that moved, each once, and all that was put off

  // Runs `work` in a transaction of its own. Work that gives false is rolled back.
  template <typename T>
  store::Attempt<T> transact(const std::function<bool(T&)>& work);
  template <typename T>
  Result<T> in_transaction(const std::function<bool(T&)>& work) {
    auto done = transact<T>(work);
    if (!done) return store::problem_of(done.failure());
    return *std::move(done);
  }
  Result<bool> mark(std::string_view statement, const store::Parameters& parameters);  // of a letter; see outbox.cpp
  template <typename T>
  Result<T> reading(const std::function<void(T&)>& work);
  Result<std::string> content_of(std::string_view hash, const char* what);  // what a case was submitted with
  void forget();  // what memory holds of the store, after a failure

  std::unique_ptr<store::Database> database;
  store::Sql sql;
  store::Ledger ledger;
  std::mutex one_at_a_time;  // of the database and all below
  std::unordered_map<std::string, Known> known;  // cases as the log has them
  std::vector<Known*> moved;
  std::unordered_map<std::string, std::unique_ptr<Evaluator>> evaluators;  // by policy hash
  std::unordered_set<std::string> kept_policies;  // whose artifacts the store has
  std::shared_ptr<const Deputies> deputies;  // as the log has them; null: not known
  Advance scratch;
  store::Tuples status_rows{
      "INSERT INTO cases (id, version, state, policy, policy_hash, submitter, owner, changed_at, due) VALUES ",
      " ON CONFLICT (id) DO UPDATE SET version = excluded.version, state = excluded.state, policy = excluded.policy, "
      "policy_hash = excluded.policy_hash, submitter = excluded.submitter, owner = excluded.owner, "
      "changed_at = excluded.changed_at, due = excluded.due"};
  store::Tuples seats_gone{"DELETE FROM seats WHERE (person, case_id, step) IN (VALUES ", ")"};
  store::Tuples seats_changed{
      "INSERT INTO seats (case_id, step, person, approver, since) VALUES ",
      " ON CONFLICT (person, case_id, step) DO UPDATE SET approver = excluded.approver, since = excluded.since"};
  store::Tuples letter_rows{
      "INSERT INTO outbox (id, case_id, effect, state, attempts, due, position, error, done, mail_id) VALUES "};

  std::mutex gate;  // of the queue
  std::condition_variable turn;
  std::deque<Waiting*> queue;
  bool led = false;  // somebody carries out a batch
};

template <typename T>
store::Attempt<T> Store::Impl::transact(const std::function<bool(T&)>& work) {
  const std::lock_guard lock(one_at_a_time);
  try {
    auto transaction = store::Transaction::begin(*database);
    if (!transaction) return transaction.failure();
    catch_up();
    T made{};
    if (!work(made)) {
      forget();
      return made;  // the transaction goes out of scope, and with it all that was written
    }
    write_out();
    const auto committed = transaction->commit();
    if (committed) return made;
    forget();
    return committed.failure();
  } catch (const store::Failed& failed) {
    forget();
    return failed.failure;
  } catch (...) {
    forget();
    throw;
  }
}

template <typename T>
Result<T> Store::Impl::reading(const std::function<void(T&)>& work) {
  const std::lock_guard lock(one_at_a_time);
  try {
    T made{};
    work(made);
    return made;
  } catch (const store::Failed& failed) {
    return store::problem_of(failed.failure);
  }
}

}  // namespace assent
