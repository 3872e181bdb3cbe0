// One command on one case, within a transaction: the events, what is read from them, the letters, the answer.
#include "runtime/store/impl.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "runtime/plan/artifact.h"

namespace assent {

namespace {

constexpr std::size_t max_evaluators = 64;  // policies in use at once; each holds the scratch memory of one

}  // namespace

void Store::Impl::forget() {
  known.clear();
  moved.clear();
  kept_policies.clear();
  deputies.reset();
  ledger.forget();
  for (store::Tuples* each : {&status_rows, &seats_gone, &seats_changed, &letter_rows}) each->clear();
}

void Store::Impl::catch_up() {
  const auto streams = ledger.begin();
  if (!streams || known.size() >= max_cases_in_memory) known.clear();
  if (!streams) return deputies.reset();
  for (const std::string& stream : *streams) {
    known.erase(stream);
    if (stream == store::desk) deputies.reset();
  }
}

void Store::Impl::write_out() {
  for (Known* entry : std::exchange(moved, {})) {
    entry->moved = false;
    const Case& kase = entry->kase;
    status_rows.add({kase.id, static_cast<std::int64_t>(kase.version), std::string(text(kase.state)), kase.policy,
                     kase.policy_hash, kase.submitter, kase.owner, kase.changed_at, next_due(kase)});
    const std::vector<InboxRow> before = std::exchange(entry->shown, inbox_of(kase));
    std::vector<InboxRow> gone, changed;
    std::set_difference(before.begin(), before.end(), entry->shown.begin(), entry->shown.end(),
                        std::back_inserter(gone), [](const InboxRow& a, const InboxRow& b) {
                          return std::tie(a.step, a.person) < std::tie(b.step, b.person);
                        });
    std::set_difference(entry->shown.begin(), entry->shown.end(), before.begin(), before.end(),
                        std::back_inserter(changed));
    for (const InboxRow& row : gone) seats_gone.add({row.person, kase.id, row.step});
    for (const InboxRow& row : changed) seats_changed.add({kase.id, row.step, row.person, row.approver, row.since});
  }
  ledger.write();
  for (store::Tuples* each : {&status_rows, &seats_gone, &seats_changed, &letter_rows}) each->send(sql);
}

// The artifact is written out again: the same plan gives the same bytes, and so the same hash.
void Store::Impl::keep_policy(const Policy& policy) {
  if (kept_policies.count(std::string(policy.hash())) > 0) return;
  if (!ledger.content(policy.hash())) {
    plan::Plan plan = policy.plan();
    ledger.keep(policy.hash(), plan::write_artifact(plan));
  }
  kept_policies.emplace(policy.hash());
}

Evaluator& Store::Impl::evaluator_of(const Policy& policy) {
  if (evaluators.size() >= max_evaluators) evaluators.clear();
  auto& kept = evaluators[std::string(policy.hash())];
  if (kept == nullptr) kept = std::make_unique<Evaluator>(policy);
  return *kept;
}

Evaluator& Store::Impl::evaluator_of(std::string_view hash) {
  if (const auto kept = evaluators.find(std::string(hash)); kept != evaluators.end()) return *kept->second;
  const auto artifact = ledger.content(hash);
  const auto policy =
      artifact ? Policy::load(*artifact) : Result<Policy>(Problem{ErrorCode::store_failed, "", "it is missing"});
  if (!policy) {
    throw store::Failed{{store::StoreFailure::Kind::corrupt,
                         "the policy " + std::string(hash) + " cannot be loaded: " + policy.problems()[0].message}};
  }
  return evaluator_of(*policy);
}

Store::Impl::Known& Store::Impl::load(std::string_view case_id) {
  const auto [at, unknown] = known.try_emplace(std::string(case_id));
  Known& entry = at->second;
  if (!unknown) return entry;
  entry.kase.id = case_id;
  const auto status = sql.rows("SELECT version FROM cases WHERE id = $1", {case_id});
  if (status.empty()) return entry;
  const auto version = static_cast<std::uint64_t>(store::number(status[0][0]));
  auto replayed = ledger.replay(case_id);
  if (!replayed || replayed->version != version) {
    throw store::Failed{{store::StoreFailure::Kind::corrupt, "the events of case " + std::string(case_id) +
                                                                 " do not lead to version " + std::to_string(version)}};
  }
  entry.kase = *std::move(replayed);
  entry.shown = inbox_of(entry.kase);
  return entry;
}

World Store::Impl::at_desk(const World& world) {
  if (deputies == nullptr) deputies = std::make_shared<const Deputies>(ledger.replay_desk());
  World here = world;
  here.deputies = deputies;
  return here;
}

void Store::Impl::append_to_desk(const Event& event) {
  ledger.append(store::desk, event);
  deputies.reset();
}

std::vector<Store::Impl::InboxRow> Store::Impl::inbox_of(const Case& kase) {
  std::vector<InboxRow> made;
  for (const CaseStep& step : kase.steps) {
    if (step.state != StepState::open && step.state != StepState::waiting) continue;
    for (const CaseSeat& seat : step.seats) {
      if (seat.vote != Vote::none || seat.barred) continue;
      made.push_back({step.key, seat.person, step.approver, step.state == StepState::open ? step.opened_at : 0});
    }
  }
  std::sort(made.begin(), made.end());
  return made;
}

void Store::Impl::write_letters(const Case& kase, const std::vector<Effect>& effects, std::int64_t now) {
  for (const Effect& effect : effects) {
    letter_rows.add({effect.id, kase.id, to_json(effect), std::string("waiting"), std::int64_t{0}, now,
                     static_cast<std::int64_t>(kase.version), std::string(), std::string(), std::string()});
  }
}

Response Store::Impl::move(Known& entry, const Command& command, Evaluator& evaluator, const World& world) {
  Response response;
  Case& kase = entry.kase;
  advance(evaluator, kase, command, world, scratch);
  for (const Event& event : scratch.events) ledger.append(kase.id, event);
  if (!scratch.events.empty()) {
    if (!std::exchange(entry.moved, true)) moved.push_back(&entry);
    write_letters(kase, scratch.effects, world.now);
  }
  response.version = scratch.repeats ? *scratch.repeats : kase.version;
  response.repeated = scratch.repeats.has_value();
  response.refusal = scratch.refusal;
  response.events = std::move(scratch.events);
  response.effects = std::move(scratch.effects);
  return response;
}

Response Store::Impl::perform(std::string_view case_id, const Command& command, const Policy* policy,
                              const World& world) {
  Response response;
  if (!store::is_id(command.id) || !store::is_id(case_id)) {
    response.refusal =
        Refusal{RefusalCode::bad_command, "the command or the case has no id, or one that cannot be kept"};
    return response;
  }
  if (const auto& known_answer = ledger.known(command.id)) {
    if (known_answer->stream != case_id) {
      response.refusal = Refusal{RefusalCode::bad_command, "the id of the command was used for another case"};
      return response;
    }
    response.version = known_answer->version;
    response.refusal = known_answer->refusal;
    response.repeated = true;
    return response;
  }
  const World here = at_desk(world);
  Known& entry = load(case_id);
  const Case& kase = entry.kase;
  if (policy == nullptr && kase.state == State::draft) {
    response.refusal = Refusal{RefusalCode::not_pending, "there is no case `" + std::string(case_id) + "`"};
    return response;  // not remembered: nobody should fill the store with cases that are not there
  }
  const bool pinned = policy == nullptr || kase.state == State::pending;
  std::string quote;
  std::optional<Command> complete;
  if (const auto* change = std::get_if<ChangeOrders>(&command.what)) {
    quote = ledger.content(kase.quote_hash).value_or(std::string());
    complete = {command.id, command.actor, command.expected_version, ChangeOrders{quote, change->change}};
  }
  response = move(entry, complete ? *complete : command,
                  pinned ? evaluator_of(kase.policy_hash) : evaluator_of(*policy), here);
  if (response.refusal && response.refusal->code == RefusalCode::bad_command) return response;
  ledger.remember(command.id, case_id, response.version, response.refusal ? &*response.refusal : nullptr);
  if (const auto* submission = std::get_if<Submit>(&command.what); submission != nullptr && !response.events.empty()) {
    ledger.keep(kase.quote_hash, submission->quote);
    if (!pinned) keep_policy(*policy);
  }
  return response;
}

}  // namespace assent
