// One command on one case, within a transaction: the events, what is read from them, the letters, the answer.
#include "runtime/store/impl.h"

#include "runtime/plan/artifact.h"

namespace assent {

namespace {

constexpr std::size_t max_evaluators = 64;  // policies in use at once; each holds the scratch memory of one

}  // namespace

void Store::Impl::forget() {
  known.clear();
  kept_policies.clear();
  desk_version = 0;
  desk = std::make_shared<const Deputies>();
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

Case& Store::Impl::load(std::string_view case_id) {
  Case& kase = known[std::string(case_id)];
  const auto status = sql.rows("SELECT version FROM cases WHERE id = $1", {case_id});
  const std::uint64_t version = status.empty() ? 0 : static_cast<std::uint64_t>(store::number(status[0][0]));
  if (kase.version == version && version != 0) return kase;
  kase = Case{};
  kase.id = case_id;
  if (version == 0) return kase;
  auto replayed = ledger.replay(case_id);
  if (replayed && replayed->version == version) return kase = *std::move(replayed);
  throw store::Failed{{store::StoreFailure::Kind::corrupt, "the events of case " + std::string(case_id) +
                                                               " do not lead to version " + std::to_string(version)}};
}

void Store::Impl::refresh_desk() {
  const std::uint64_t version = ledger.version(store::desk);
  if (version == desk_version) return;
  desk = std::make_shared<const Deputies>(ledger.replay_desk());
  desk_version = version;
}

World Store::Impl::at_desk(const World& world) {
  refresh_desk();
  World here = world;
  here.deputies = desk;
  return here;
}

void Store::Impl::write_status(const Case& kase) {
  const auto view = [](const std::string& text) { return std::string_view(text); };
  sql.run(
      "INSERT INTO cases (id, version, state, policy, policy_hash, submitter, owner, changed_at, due) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET version = $2, state = $3, "
      "policy = $4, policy_hash = $5, submitter = $6, owner = $7, changed_at = $8, due = $9",
      {view(kase.id), static_cast<std::int64_t>(kase.version), text(kase.state), view(kase.policy),
       view(kase.policy_hash), view(kase.submitter), view(kase.owner), kase.changed_at, next_due(kase)});
  sql.run("DELETE FROM seats WHERE case_id = $1", {view(kase.id)});
  for (const CaseStep& step : kase.steps) {
    if (step.state != StepState::open && step.state != StepState::waiting) continue;
    for (const CaseSeat& seat : step.seats) {
      if (seat.vote != Vote::none || seat.barred) continue;
      sql.run("INSERT INTO seats (case_id, step, person, approver, since) VALUES ($1, $2, $3, $4, $5)",
              {view(kase.id), view(step.key), view(seat.person), view(step.approver),
               step.state == StepState::open ? step.opened_at : std::int64_t{0}});
    }
  }
}

void Store::Impl::write_letters(const Case& kase, const std::vector<Effect>& effects, std::int64_t now) {
  for (const Effect& effect : effects) {
    const std::string json = to_json(effect);
    sql.run("INSERT INTO outbox (id, case_id, effect, state, attempts, due, position, error, done, mail_id) "
            "VALUES ($1, $2, $3, 'waiting', 0, $4, $5, '', '', '')",
            {std::string_view(effect.id), std::string_view(kase.id), std::string_view(json), now,
             static_cast<std::int64_t>(kase.version)});
  }
}

Response Store::Impl::move(Case& kase, const Command& command, Evaluator& evaluator, const World& world) {
  Response response;
  advance(evaluator, kase, command, world, scratch);
  for (const Event& event : scratch.events) ledger.append(kase.id, event);
  if (!scratch.events.empty()) {
    write_status(kase);
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
  if (command.id.empty() || command.id.size() > max_id_bytes || case_id.empty() || case_id.size() > max_id_bytes) {
    response.refusal = Refusal{RefusalCode::bad_command, "the command or the case has no id, or one that is too long"};
    return response;
  }
  if (const auto known_answer = ledger.known(command.id)) {
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
  if (known.size() >= max_cases_in_memory) known.clear();
  Case& kase = load(case_id);
  if (policy == nullptr && kase.state == State::draft) {
    response.refusal = Refusal{RefusalCode::not_pending, "there is no case `" + std::string(case_id) + "`"};
    return response;  // not remembered: nobody should fill the store with cases that are not there
  }
  const bool pinned = policy == nullptr || kase.state == State::pending;
  response = move(kase, command, pinned ? evaluator_of(kase.policy_hash) : evaluator_of(*policy), here);
  if (response.refusal && response.refusal->code == RefusalCode::bad_command) return response;
  ledger.remember(command.id, case_id, response.version, response.refusal ? &*response.refusal : nullptr);
  if (const auto* submission = std::get_if<Submit>(&command.what); submission != nullptr && !response.events.empty()) {
    ledger.keep(kase.quote_hash, submission->quote);
    if (!pinned) keep_policy(*policy);
  }
  return response;
}

}  // namespace assent
