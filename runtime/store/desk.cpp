// What concerns many cases at once: delegation, replacement, time, a new version of a policy. Each is one
// transaction: all of it, or none.
#include <algorithm>

#include "runtime/approval/deputies.h"
#include "runtime/store/impl.h"
#include "runtime/value/date.h"

namespace assent {

using store::Row;
using store::number;
using store::text;

namespace {

Event event_of(std::string_view id, std::string_view actor, std::uint64_t version, const World& world) {
  Event event;
  event.version = version;
  event.at = world.now;
  event.by = actor;
  event.command = id;
  return event;
}

// The id of a command's part that concerns one case.
std::string part(std::string_view id, std::string_view case_id) { return std::string(id) + "/" + std::string(case_id); }

std::optional<Refusal> wrong_command(std::string_view id, std::string_view actor) {
  if (store::is_id(id) && store::is_id(actor)) return std::nullopt;
  return Refusal{RefusalCode::bad_command, "the command has no id or actor, or one that cannot be kept"};
}

std::optional<Refusal> wrong_people(const World& world, std::string_view from, std::string_view to) {
  if (from == to) return Refusal{RefusalCode::nothing_to_do, "both are `" + std::string(to) + "`"};
  if (!approval::is_active(world, to))
    return Refusal{RefusalCode::unknown_person, "`" + std::string(to) + "` is not in the directory, or not active"};
  return std::nullopt;
}

}  // namespace

// Whether the command id has an answer already, which then is the response.
static bool answered_before(store::Ledger& ledger, std::string_view id, Response& response) {
  const auto& known = ledger.known(id);
  if (!known) return false;
  response.version = known->version;
  response.refusal = known->refusal;
  response.repeated = true;
  return true;
}

Result<Response> Store::delegate(std::string_view id, std::string_view actor, const Delegation& delegation,
                                 const World& world) {
  return impl_->in_transaction<Response>([&](Response& response) {
    response.refusal = wrong_command(id, actor);
    if (response.refusal || answered_before(impl_->ledger, id, response)) return false;
    const auto refuse = [&](RefusalCode code, std::string message) {
      response.refusal = Refusal{code, std::move(message)};
    };
    if (actor != delegation.from && !approval::has_role(world, actor, administrator_role)) {
      refuse(RefusalCode::not_allowed, "a person delegates for themselves, or an administrator does");
    } else if (delegation.first_day > delegation.last_day || delegation.first_day < min_date.days ||
               delegation.last_day > max_date.days) {
      refuse(RefusalCode::bad_command, "the delegation ends before it begins");
    } else if (delegation.from.size() > max_id_bytes || delegation.approver.size() > max_id_bytes) {
      refuse(RefusalCode::bad_command, "a name is too long");
    } else if (const auto wrong = wrong_people(world, delegation.from, delegation.to)) {
      response.refusal = wrong;
    }
    if (response.refusal) return false;
    Event event = event_of(id, actor, impl_->ledger.version(store::desk) + 1, world);
    event.what = Delegated{delegation};
    impl_->append_to_desk(event);
    impl_->ledger.remember(id, store::desk, event.version, nullptr);
    response.version = event.version;
    response.events.push_back(std::move(event));
    return true;
  });
}

Result<Response> Store::replace(std::string_view id, std::string_view actor, std::string_view from, std::string_view to,
                                std::string_view why, const World& world) {
  return impl_->in_transaction<Response>([&](Response& response) {
    response.refusal = wrong_command(id, actor);
    if (response.refusal || answered_before(impl_->ledger, id, response)) return false;
    if (!approval::has_role(world, actor, administrator_role))
      response.refusal = Refusal{RefusalCode::not_allowed, "an approver is replaced by an administrator"};
    else if (const auto wrong = wrong_people(world, from, to)) response.refusal = wrong;
    else if (from.size() > max_id_bytes || why.size() > max_comment_bytes)
      response.refusal = Refusal{RefusalCode::bad_command, "a name or the reason is too long"};
    if (response.refusal) return false;
    Event event = event_of(id, actor, impl_->ledger.version(store::desk) + 1, world);
    event.what = Replaced{std::string(from), std::string(to), std::string(why)};
    impl_->append_to_desk(event);
    impl_->ledger.remember(id, store::desk, event.version, nullptr);
    response.version = event.version;
    response.events.push_back(std::move(event));
    for (const Row& row :
         impl_->sql.rows("SELECT DISTINCT case_id FROM seats WHERE person = $1 ORDER BY case_id", {from})) {
      const std::string command_id = part(id, text(row[0]));
      const Command command{command_id, actor, std::nullopt, Replace{from, to, why}};
      Response here = impl_->perform(text(row[0]), command, nullptr, world);
      if (here.refusal && here.refusal->code != RefusalCode::nothing_to_do) {
        response = Response{};
        response.refusal = Refusal{here.refusal->code, "case " + text(row[0]) + ": " + here.refusal->message};
        return false;
      }
      response.events.insert(response.events.end(), here.events.begin(), here.events.end());
      response.effects.insert(response.effects.end(), here.effects.begin(), here.effects.end());
    }
    return true;
  });
}

Result<std::vector<std::string>> Store::tick(std::string_view id, std::string_view actor, const World& world) {
  std::vector<std::string> all;
  if (wrong_command(id, actor)) return Problem{ErrorCode::bad_request, "", "the command has no id or actor"};
  // As many cases at a time as commands wait together, and each is looked at once: one that cannot move holds up none.
  std::int64_t due = 0;
  std::string last;
  for (std::size_t looked_at = max_commands_together; looked_at == max_commands_together;) {
    const auto some = impl_->in_transaction<std::vector<std::string>>([&](std::vector<std::string>& made) {
      const auto page = impl_->sql.rows(
          "SELECT id, due FROM cases WHERE due <> 0 AND due <= $1 AND (due > $2 OR (due = $2 "
          "AND id > $3)) ORDER BY due, id LIMIT $4",
          {world.now, due, std::string_view(last), static_cast<std::int64_t>(max_commands_together)});
      for (const Row& row : page) {
        const std::string command_id = part(id, text(row[0]));
        const Response here = impl_->perform(text(row[0]), {command_id, actor, std::nullopt, Tick{}}, nullptr, world);
        if (!here.refusal && !here.repeated) made.push_back(text(row[0]));
      }
      looked_at = page.size();
      if (page.empty()) return true;
      last = text(page.back()[0]);
      due = number(page.back()[1]);
      return true;
    });
    if (!some) return some.problems();
    all.insert(all.end(), some->begin(), some->end());
  }
  return all;
}

Result<std::vector<Migration>> Store::migrate(std::string_view id, std::string_view actor, const Policy& policy,
                                              const World& world, bool dry_run) {
  if (wrong_command(id, actor)) return Problem{ErrorCode::bad_request, "", "the command has no id or actor"};
  return impl_->in_transaction<std::vector<Migration>>([&](std::vector<Migration>& made) {
    bool refused = false;
    impl_->keep_policy(policy);
    Evaluator& evaluator = impl_->evaluator_of(policy);
    const World here = impl_->at_desk(world);
    for (const Row& row : impl_->sql.rows("SELECT id FROM cases WHERE state = 'pending' AND policy = $1 AND "
                                          "policy_hash <> $2 ORDER BY id", {policy.name(), policy.hash()})) {
      Impl::Known& entry = impl_->load(text(row[0]));
      const Case& kase = entry.kase;
      const auto quote = impl_->ledger.content(kase.quote_hash);
      const std::string command_id = part(id, kase.id);
      const Response answer =
          impl_->move(entry, {command_id, actor, std::nullopt, Migrate{quote ? *quote : ""}}, evaluator, here);
      Migration& migration = made.emplace_back();
      migration.case_id = kase.id;
      migration.refusal = answer.refusal;
      refused = refused || answer.refusal.has_value();
      if (!answer.refusal) impl_->ledger.remember(command_id, kase.id, answer.version, nullptr);
      for (const Event& event : answer.events) {
        const auto* decided = std::get_if<Decided>(&event.what);
        if (decided == nullptr) continue;
        migration.weaker = !decided->weaker.empty();
        migration.changes = decided->weaker;
        for (const CaseStep& step : decided->steps) {
          if (step.state != StepState::satisfied && !step.why.empty())
            migration.changes.push_back(step.key + ": " + step.why);
        }
      }
    }
    return !dry_run && !refused;
  });
}

}  // namespace assent
