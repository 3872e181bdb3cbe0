// Opening a store, commands that share a transaction, and what is read. Entries: those of assent/store.h.
#include "assent/store.h"

#include <filesystem>
#include <map>
#include <thread>

#include "runtime/approval/deputies.h"
#include "runtime/store/impl.h"

namespace assent {

using store::number;
using store::Row;
using store::text;

namespace {

constexpr int max_commits = 3;  // of one batch, where the end of a commit was not heard

// Makes the tables, if there are none, and sees that they are of this version.
store::Attempt<store::Done> make_ready(store::Database& database) {
  auto transaction = store::Transaction::begin(database);
  if (!transaction) return transaction.failure();
  if (const auto made = database.script(store::schema); !made) return made.failure();
  const auto about = database.rows("SELECT version FROM about");
  if (!about) return about.failure();
  if (*about != std::vector<Row>{{store::schema_version}})
    return store::StoreFailure{store::StoreFailure::Kind::foreign, "the store was made by another version"};
  return transaction->commit();
}

}  // namespace

Store::Store(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> Store::open(std::string_view url, bool make) {
  std::string_view file = url;
  if (file.starts_with("sqlite:")) file.remove_prefix(7);
  if (!make && file.find("://") == file.npos && !std::filesystem::exists(std::filesystem::path(file)))
    return Problem{ErrorCode::store_failed, "", "there is no store at `" + std::string(file) + "`"};
  auto opened = store::open_database(url);
  if (!opened) return store::problem_of(opened.failure());
  if (const auto ready = make_ready(**opened); !ready) return store::problem_of(ready.failure());
  return Store(std::make_unique<Impl>(*std::move(opened)));
}

// ── commands that wait together ──────────────────────────────────────────────────────────────
// Whoever finds nobody leading leads: they carry out all that wait, their own among them, in one transaction,
// and wake the others. Nobody is answered before the commit.
void Store::Impl::wait_for(Waiting& mine) {
  std::unique_lock lock(gate);
  queue.push_back(&mine);
  while (!mine.done) {
    if (led) {
      turn.wait(lock);
      continue;
    }
    led = true;
    lock.unlock();
    std::this_thread::yield();  // who was answered just now may have more to ask
    const std::vector<Waiting*> batch = carry_out();
    lock.lock();
    for (Waiting* each : batch) each->done = true;
    led = false;
    turn.notify_all();
  }
}

void Store::Impl::take_waiting(std::vector<Waiting*>& batch) {
  const std::lock_guard lock(gate);
  while (!queue.empty() && batch.size() < max_commands_together) {
    batch.push_back(queue.front());
    queue.pop_front();
  }
}

std::vector<Store::Impl::Waiting*> Store::Impl::carry_out() {
  std::vector<Waiting*> batch;
  take_waiting(batch);
  const auto failure = carry_out(batch, true);
  using Kind = store::StoreFailure::Kind;
  const bool may_be_of_one = failure && (failure->kind == Kind::other || failure->kind == Kind::constraint ||
                                         failure->kind == Kind::corrupt);
  if (!may_be_of_one || batch.size() == 1) return batch;
  for (Waiting* each : batch) {  // what is wrong with one of them must not keep the others from it
    std::vector<Waiting*> alone{each};
    carry_out(alone, false);
  }
  return batch;
}

// Who comes while others are carried out joins them, if they may. When a commit was sent and its end was not heard,
// all are carried out again: a command that was written after all gives its first answer, and no other is written
// twice.
std::optional<store::StoreFailure> Store::Impl::carry_out(std::vector<Waiting*>& batch, bool may_join) {
  std::optional<store::StoreFailure> failure;
  for (int tries = 0; tries < max_commits; ++tries) {
    const auto done = transact<bool>([&](bool&) {
      for (std::size_t next = 0; next < batch.size();) {
        std::vector<std::string_view> ids;
        for (std::size_t i = next; i < batch.size(); ++i) {
          if (store::is_id(batch[i]->command->id)) ids.push_back(batch[i]->command->id);
        }
        ledger.look_up(ids);
        for (; next < batch.size(); ++next) {
          Waiting& each = *batch[next];
          each.response = perform(each.case_id, *each.command, each.policy, *each.world);
        }
        if (may_join) take_waiting(batch);
      }
      return true;
    });
    failure = done ? std::nullopt : std::optional(done.failure());
    if (!failure || failure->kind != store::StoreFailure::Kind::outcome_unknown) break;
  }
  for (Waiting* each : batch) each->failure = failure;
  return failure;
}

namespace {

template <typename Waiting>
Result<Response> answered(Waiting& mine) {
  if (mine.failure) return store::problem_of(*mine.failure);
  return std::move(mine.response);
}

}  // namespace

Result<Response> Store::submit(std::string_view case_id, const Command& command, const Policy& policy,
                               const World& world) {
  Impl::Waiting mine{case_id, &command, &policy, &world, {}, std::nullopt};
  impl_->wait_for(mine);
  return answered(mine);
}

Result<Response> Store::perform(std::string_view case_id, const Command& command, const World& world) {
  Impl::Waiting mine{case_id, &command, nullptr, &world, {}, std::nullopt};
  impl_->wait_for(mine);
  return answered(mine);
}

// ── reading ──────────────────────────────────────────────────────────────────────────────────
Result<Deputies> Store::deputies() {
  return impl_->reading<Deputies>([&](Deputies& made) { made = impl_->ledger.replay_desk(); });
}

Result<std::optional<Case>> Store::find(std::string_view case_id) {
  return impl_->reading<std::optional<Case>>([&](std::optional<Case>& made) { made = impl_->ledger.replay(case_id); });
}

Result<std::string> Store::Impl::content_of(std::string_view hash, const char* what) {
  return reading<std::string>([&](std::string& made) {
    auto content = ledger.content(hash);
    if (!content)
      throw store::Failed{{store::StoreFailure::Kind::corrupt, std::string(what) + " of the case is missing"}};
    made = *std::move(content);
  });
}

Result<std::string> Store::quote_of(const Case& kase) { return impl_->content_of(kase.quote_hash, "the quote"); }

Result<Policy> Store::policy_of(const Case& kase) {
  const auto artifact = impl_->content_of(kase.policy_hash, "the policy");
  if (!artifact) return artifact.problems();
  return Policy::load(*artifact);
}

Result<std::vector<CaseStatus>> Store::cases(std::string_view state) {
  return impl_->reading<std::vector<CaseStatus>>([&](std::vector<CaseStatus>& made) {
    const std::string columns =
        "SELECT id, state, policy, policy_hash, submitter, owner, version, changed_at, due FROM cases";
    const auto found = state.empty() ? impl_->sql.rows(columns + " ORDER BY id")
                                     : impl_->sql.rows(columns + " WHERE state = $1 ORDER BY id", {state});
    for (const Row& row : found) {
      made.push_back({text(row[0]), text(row[1]), text(row[2]), text(row[3]), text(row[4]), text(row[5]),
                      static_cast<std::uint64_t>(number(row[6])), number(row[7]), number(row[8])});
    }
  });
}

// Seats are kept by the person whose they are; who acts for them depends on the day, so it is asked today.
Result<std::vector<InboxEntry>> Store::inbox(std::string_view person, const World& world) {
  return impl_->reading<std::vector<InboxEntry>>([&](std::vector<InboxEntry>& made) {
    impl_->catch_up();
    const World here = impl_->at_desk(world);
    std::vector<std::string> people{std::string(person)};
    for (const Row& row : impl_->sql.rows("SELECT DISTINCT person FROM seats WHERE since <> 0 ORDER BY person")) {
      if (text(row[0]) != person) people.push_back(text(row[0]));
    }
    std::map<std::string, InboxEntry> entries;
    for (const std::string& seated : people) {
      for (const Row& row : impl_->sql.rows("SELECT case_id, step, approver, since FROM seats WHERE person = $1 AND "
                                            "since <> 0 ORDER BY case_id, since, step", {std::string_view(seated)})) {
        if (!approval::acts_for(here, person, seated, text(row[2]))) continue;
        InboxEntry& entry = entries[text(row[0])];
        entry.case_id = text(row[0]);
        entry.places.push_back({text(row[1]), seated, number(row[3])});
      }
    }
    for (auto& [id, entry] : entries) made.push_back(std::move(entry));
  });
}

Result<std::uint64_t> Store::history(std::optional<std::string_view> case_id,
                                     const std::function<void(const LogEntry&)>& take) {
  constexpr std::size_t page = 1'000;
  std::uint64_t count = 0, position = 0;
  for (;;) {
    const auto some = impl_->reading<std::vector<LogEntry>>(
        [&](std::vector<LogEntry>& made) { made = impl_->ledger.entries(case_id, position, page); });
    if (!some) return some.problems();
    for (const LogEntry& entry : *some) {
      take(entry);
      position = entry.position;
      ++count;
    }
    if (some->size() < page) return count;
  }
}

}  // namespace assent
