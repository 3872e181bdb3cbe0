// A decision, from the rows of a quote to the path. Entries: Policy::load, Evaluator::decide.
//
// The order of work: the index names the rules that can fire; each of them is decided, in the order of
// declaration; their paths are walked as they fire; then the graph is finished and the seats are
// filled. A fault anywhere is kept as a trouble, and one trouble blocks the whole decision.
#include "runtime/eval/evaluator.h"

#include <algorithm>
#include <cassert>

#include "runtime/plan/order_line.h"
#include "runtime/plan/artifact.h"
#include "runtime/plan/print.h"

namespace assent {

namespace eval {

Location location(const plan::Plan& plan, const plan::Position& position) {
  return {plan.string(plan.files[position.file]), position.line, position.column};
}

RuleStatus worse(RuleStatus a, RuleStatus b) {
  const auto weight = [](RuleStatus status) {
    switch (status) {
      case RuleStatus::not_applicable: return 0;
      case RuleStatus::satisfied: case RuleStatus::overridden: return 1;
      case RuleStatus::pending: return 2;
      case RuleStatus::rejected: return 3;
      case RuleStatus::error: return 4;
    }
    return 4;
  };
  return weight(a) >= weight(b) ? a : b;
}

namespace {

std::string spelt(Fault fault) {  // "division-by-zero"
  std::string words(name(fault));
  std::replace(words.begin(), words.end(), '_', '-');
  return words;
}

// Every fault's name with dashes, so that a decision can borrow it.
std::string_view fault_name(Fault fault) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> all;
    for (int i = 0;; ++i) {
      const auto each = static_cast<Fault>(i);
      if (name(each).empty()) break;
      all.push_back(spelt(each));
      if (each == Fault::not_computable) break;  // the last of faults.def
    }
    return all;
  }();
  return names[static_cast<std::size_t>(fault)];
}

}  // namespace

}  // namespace eval

// ── Policy ───────────────────────────────────────────────────────────────────────────────────
Result<Policy> Policy::load(std::string_view artifact) {
  Result<plan::Plan> plan = plan::read_artifact(artifact);
  if (!plan) return plan.problems();
  auto loaded = std::make_shared<eval::LoadedPolicy>();
  loaded->plan = std::move(*plan);
  const std::string wrong = plan::verify(loaded->plan, loaded->facts);
  if (!wrong.empty()) return Problem{ErrorCode::bad_artifact, "", "the artifact is not sound: " + wrong};
  loaded->index = std::make_unique<eval::RuleIndex>(loaded->plan, loaded->facts);
  for (const std::uint8_t byte : loaded->plan.hash) {
    constexpr char digits[] = "0123456789abcdef";
    loaded->hash += digits[byte >> 4];
    loaded->hash += digits[byte & 15];
  }
  for (std::uint32_t i = 0; i < loaded->plan.columns.size(); ++i)
    loaded->read_paths.push_back(plan::column_path(loaded->plan, i));
  std::sort(loaded->read_paths.begin(), loaded->read_paths.end());
  loaded->read_paths.erase(std::unique(loaded->read_paths.begin(), loaded->read_paths.end()), loaded->read_paths.end());
  for (const std::string& path : loaded->read_paths) loaded->reads.push_back(path);
  Policy policy;
  policy.loaded_ = std::move(loaded);
  return policy;
}

std::string_view Policy::name() const { return loaded_->plan.string(loaded_->plan.header.name); }
std::string_view Policy::title() const { return loaded_->plan.string(loaded_->plan.header.title); }
std::string_view Policy::hash() const { return loaded_->hash; }
const plan::Plan& Policy::plan() const { return loaded_->plan; }

// ── Evaluator ────────────────────────────────────────────────────────────────────────────────
Evaluator::Evaluator(Policy policy, const Limits& limits)
    : scratch_(std::make_unique<Scratch>(std::move(policy.loaded_), limits)) {}
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator& Evaluator::operator=(Evaluator&&) noexcept = default;
Evaluator::~Evaluator() = default;

Result<const Decision*> Evaluator::decide(std::string_view quote_json, const World& world,
                                          std::span<const Edit> edits) {
  return scratch_->decide(quote_json, world, edits);
}
std::string_view Evaluator::policy_hash() const { return scratch_->policy->hash; }
const plan::Plan& Evaluator::plan() const { return scratch_->policy->plan; }

Explanation Evaluator::explain() { return scratch_->explain(); }
std::optional<std::string> Evaluator::fact(std::string_view name) { return scratch_->fact(name); }

Result<OrderLines> Evaluator::order_lines(std::string_view quote_json, const World& world,
                                                      std::span<const Edit> edits) {
  return scratch_->order_lines(quote_json, world, edits);
}

Result<std::vector<LineTiming>> Evaluator::order_timings(std::span<const PlacedLine> lines) {
  return scratch_->order_timings(lines);
}

Basis Evaluator::basis(std::uint32_t step) {
  const std::uint32_t plan_step = scratch_->list_reasons(step);
  return scratch_->bases.basis(plan_step, scratch_->reasons);
}
Cover Evaluator::cover(const Basis& seen, std::uint32_t step) {
  const std::uint32_t plan_step = scratch_->list_reasons(step);
  return scratch_->bases.cover(seen, plan_step, scratch_->reasons);
}

std::uint32_t Evaluator::Scratch::list_reasons(std::uint32_t step) {
  assert(decided && (step == whole_quote || step < steps.size()));
  reasons.clear();
  if (step == whole_quote) return whole_quote;
  for (const std::uint32_t index : steps[step].because) {
    const RuleRow& row = rule_rows[index];
    reasons.push_back(
        {row.plan_rule, std::span<const std::uint32_t>(rule_lines).subspan(row.lines.first, row.lines.count)});
  }
  if (reasons.empty()) reasons.push_back({});  // `otherwise`
  return path.steps()[step].step;
}

Evaluator::Scratch::Scratch(std::shared_ptr<const eval::LoadedPolicy> loaded, const Limits& wanted)
    : policy(std::move(loaded)), limits(wanted), reader(policy->plan, wanted.quote_bytes, wanted.rows),
      machine(policy->plan, policy->facts, wanted.work), seating(policy->plan, machine), path(policy->plan, machine),
      bases(policy->plan, machine), search(policy->plan) {}

// The machine then stands on the quote, and nothing is decided.
bool Evaluator::Scratch::read(std::string_view quote_json, const World& outside, std::span<const Edit> edits,
                              Problems& problems) {
  decided = false;
  if (!reader.read(quote_json, rows, problems)) return false;
  for (const Edit& edit : edits) {
    if (!reader.edit(edit.path, edit.json, rows, problems)) return false;
  }
  const bool elsewhere = world.today != outside.today || &world.directory.people() != &outside.directory.people();
  seating.begin(elsewhere);
  world = outside;  // shares the directory and the rates, so that the decision's views stay good
  machine.reset(rows, {&policy->plan, &world.directory.people(), &world.rates.worths(), world.today});
  return true;
}

Result<const Decision*> Evaluator::Scratch::decide(std::string_view quote_json, const World& outside,
                                                   std::span<const Edit> edits) {
  Problems problems;
  if (!read(quote_json, outside, edits, problems)) return problems;
  path.reset();
  bases.begin();
  rule_rows.clear();
  rule_lines.clear();
  denials.clear();
  warnings.clear();
  troubles.clear();

  policy->index->candidates(machine, search);
  search.empty_into([&](const eval::Candidate& candidate) { decide_rule(candidate); });
  decision = Decision{};
  const bool silent = troubles.empty() && denials.empty() && path.empty();
  if (silent) decide_otherwise();
  path.finish();
  list_steps();
  list_rules();
  conclude();
  decided = true;
  return static_cast<const Decision*>(&decision);
}

// ── one rule ─────────────────────────────────────────────────────────────────────────────────
void Evaluator::Scratch::blame(const plan::Rule& rule, Fault fault) {
  troubles.push_back({eval::fault_name(fault),
                      std::string(text(fault)),
                      policy->plan.string(rule.name),
                      {},
                      eval::location(policy->plan, rule.position)});
}

bool Evaluator::Scratch::in_time(const plan::Rule& rule, Fault& fault) {
  if ((rule.states >> static_cast<unsigned>(world.state) & 1) == 0) return false;
  if (rule.effective_on == plan::none) return rule.first_day <= world.today && world.today <= rule.last_day;
  const Value date = machine.eval_condition(rule.effective_on);
  if (date.kind != Value::Kind::number) {
    fault = date.is_fault() ? date.fault : Fault::not_computable;
    return true;
  }
  return compare(decimal(rule.first_day), date.decimal()) <= 0 && compare(date.decimal(), decimal(rule.last_day)) <= 0;
}

bool Evaluator::Scratch::fires_in(const plan::Rule& rule, std::uint32_t row, Fault& fault) {
  machine.stand_on(1, row);
  eval::Conjunction both;
  if (rule.where == plan::none || both.take(machine.eval(rule.where))) both.take(machine.eval(rule.condition));
  const Value holds = both.answer();
  if (holds.is_fault()) fault = holds.fault;
  return holds.is_true();
}

// Whether the conditions hold; of a rule over lines, for which rows (fired_rows).
bool Evaluator::Scratch::fires(const plan::Rule& rule, const eval::Candidate& candidate, Fault& fault) {
  if (rule.table == plan::none) {
    if (candidate.certain) return true;
    const Value holds = machine.eval_condition(rule.condition);
    if (holds.is_fault()) fault = holds.fault;
    return holds.is_true();
  }
  for (const eval::Candidate::Hit& hit : candidate.hits) {
    if (hit.certain != 0 || fires_in(rule, hit.row, fault)) fired_rows.push_back(hit.row);
    if (fault != Fault::none) return false;
  }
  if (!candidate.every_row) return !fired_rows.empty();
  const Rows::Table& table = rows.tables[rule.table];
  for (std::uint32_t row = table.first[0]; row < table.first[1]; ++row) {
    if (fires_in(rule, row, fault)) fired_rows.push_back(row);
    if (fault != Fault::none) return false;
  }
  return !fired_rows.empty();
}

void Evaluator::Scratch::decide_rule(const eval::Candidate& candidate) {
  const std::uint32_t id = candidate.rule;
  const plan::Rule& rule = policy->plan.rules[id];
  Fault fault = Fault::none;
  if (!in_time(rule, fault)) return;
  fired_rows.clear();
  const bool fired = fault == Fault::none && fires(rule, candidate, fault);
  if (fault != Fault::none) {
    rule_rows.push_back({id, RuleStatus::error, plan::none, {}});
    blame(rule, fault);
    return;
  }
  if (!fired) return;
  const plan::Slice lines{static_cast<std::uint32_t>(rule_lines.size()), static_cast<std::uint32_t>(fired_rows.size())};
  rule_lines.insert(rule_lines.end(), fired_rows.begin(), fired_rows.end());
  rule_rows.push_back({id, RuleStatus::satisfied, plan::none, lines});
  take_consequences(id);
}

// Whether a ladder's band (or any consequence) is taken; of a rule over lines, for which of the fired
// rows (band_rows). A fault is the first one met; rows without one still count.
bool Evaluator::Scratch::band_holds(const plan::Rule& rule, const plan::Consequence& consequence, Fault& fault) {
  band_rows = fired_rows;
  if (consequence.condition == plan::none) return true;
  if (rule.table == plan::none) {
    const Value holds = machine.eval_condition(consequence.condition);
    if (holds.is_fault()) fault = holds.fault;
    return holds.is_true();
  }
  band_rows.clear();
  for (const std::uint32_t row : fired_rows) {
    machine.stand_on(1, row);
    const Value holds = machine.eval_condition(consequence.condition);
    if (holds.is_fault() && fault == Fault::none) fault = holds.fault;
    if (holds.is_true()) band_rows.push_back(row);
  }
  return !band_rows.empty();
}

void Evaluator::Scratch::take_consequences(std::uint32_t id) {
  const plan::Plan& plan = policy->plan;
  const plan::Rule& rule = plan.rules[id];
  const auto index = static_cast<std::uint32_t>(rule_rows.size() - 1);
  RuleStatus status = RuleStatus::satisfied;
  for (std::uint32_t i = 0; i < rule.consequences.count; ++i) {
    const plan::Consequence& consequence = plan.consequences[rule.consequences.first + i];
    Fault fault = Fault::none;
    const bool taken = band_holds(rule, consequence, fault);
    if (fault != Fault::none) {
      blame(rule, fault);
      status = RuleStatus::error;
    }
    if (!taken) continue;
    if (rule.table == plan::none && consequence.label != plan::none) rule_rows[index].band = consequence.label;
    const Location at = eval::location(plan, consequence.position);
    switch (consequence.kind) {
      case plan::ConsequenceKind::nothing: break;
      case plan::ConsequenceKind::denies:
        denials.push_back({plan.string(consequence.target), index, at});
        status = eval::worse(status, RuleStatus::rejected);
        break;
      case plan::ConsequenceKind::warns: warnings.push_back({plan.string(consequence.target), index, at}); break;
      case plan::ConsequenceKind::requires_path:
        faults.clear();
        if (path.walk(consequence.target, rule.table != plan::none, band_rows, index, id, faults))
          status = eval::worse(status, RuleStatus::pending);
        for (const Fault each : faults) {
          blame(rule, each);
          status = RuleStatus::error;
        }
        break;
    }
  }
  rule_rows[index].status = status;
}

// ── the whole ────────────────────────────────────────────────────────────────────────────────
void Evaluator::Scratch::decide_otherwise() {
  const plan::Plan& plan = policy->plan;
  const plan::Header& header = plan.header;
  const Location at = eval::location(plan, header.otherwise_position);
  const auto no_answer = [&] {
    troubles.push_back({eval::fault_name(Fault::no_otherwise), std::string(text(Fault::no_otherwise)), {}, {}, at});
  };
  switch (header.otherwise) {
    case plan::Otherwise::nothing: no_answer(); break;
    case plan::Otherwise::approve:
      if (header.otherwise_target != plan::none) decision.otherwise = plan.string(header.otherwise_target);
      break;
    case plan::Otherwise::denies: denials.push_back({plan.string(header.otherwise_target), plan::none, at}); break;
    case plan::Otherwise::requires_path: {
      faults.clear();
      fired_rows.clear();
      const bool asked = path.walk(header.otherwise_target, false, fired_rows, plan::none, plan::none, faults);
      for (const Fault fault : faults)
        troubles.push_back({eval::fault_name(fault), std::string(text(fault)), {}, {}, at});
      if (!asked) no_answer();
      break;
    }
  }
}

// Of an approver whom no step needs yet: nobody where it cannot be resolved today.
eval::Seated Evaluator::Scratch::would_sit(std::uint32_t approver) {
  eval::Seated who = seating.seat(approver);
  if (who.fault != Fault::none) who.seats = {};
  return who;
}

void Evaluator::Scratch::list_timers(const plan::Approver& approver, Step& step) {
  const plan::Plan& plan = policy->plan;
  const auto unit = [](plan::Type type) -> std::string_view {
    return type == plan::Type::minutes  ? "minutes"
           : type == plan::Type::months ? "months"
           : type == plan::Type::days   ? "days"
                                        : "business days";
  };
  const auto calendar = [&](std::uint32_t id) {
    return id == plan::none ? std::string_view{} : plan.string(plan.calendars[id].name);
  };
  step.rejection = "ends";
  const std::span<Timer> room = timers.take(approver.settings.count);
  std::size_t count = 0;
  for (std::uint32_t i = 0; i < approver.settings.count; ++i) {
    const plan::Setting& setting = plan.settings[approver.settings.first + i];
    const std::string_view target =
        setting.target == plan::none ? std::string_view{} : plan.string(plan.approvers[setting.target].name);
    Timer timer;
    timer.amount = setting.after;
    timer.unit = unit(setting.after_unit);
    timer.calendar = calendar(setting.after_calendar);
    switch (setting.kind) {
      case plan::SettingKind::remind:
        timer.kind = "remind";
        timer.every = setting.every;
        if (setting.every != 0) timer.every_unit = unit(setting.every_unit);
        timer.every_calendar = calendar(setting.every_calendar);
        break;
      case plan::SettingKind::escalate:
        timer.kind = "escalate";
        timer.to = target;
        timer.replacing = setting.flag != 0;
        break;
      case plan::SettingKind::expire:
        timer.kind = "expire";
        timer.to = setting.flag != 0 ? "withdrawn" : "rejected";
        break;
      case plan::SettingKind::silence: timer.kind = "approve_by_silence"; break;
      case plan::SettingKind::explicit_vote: step.explicit_vote = true; continue;
      case plan::SettingKind::reject_ends: continue;
      case plan::SettingKind::reject_collects: step.rejection = "collects"; continue;
      case plan::SettingKind::reject_returns:
        step.rejection = "returns";
        step.returns_to = target;
        continue;
      case plan::SettingKind::submitter_may: step.submitter_may = true; continue;
      case plan::SettingKind::owner_may: step.owner_may = true; continue;
      case plan::SettingKind::editor_may: step.editor_may = true; continue;
    }
    if (setting.kind == plan::SettingKind::escalate) {
      const eval::Seated asked = would_sit(setting.target);
      timer.seats = asked.seats;
      timer.needed = asked.quorum.needed;
    }
    room[count++] = timer;
  }
  step.timers = room.first(count);
}

static std::span<const std::uint32_t> run(const std::vector<std::uint32_t>& pool, plan::Slice slice) {
  return std::span(pool).subspan(slice.first, slice.count);
}

// Fills the seats of each step; one that cannot be filled is a trouble of the step and of its rules.
void Evaluator::Scratch::list_steps() {
  const plan::Plan& plan = policy->plan;
  steps.clear();
  timers.clear();
  for (const eval::PathBuilder::Active& active : path.steps()) {
    const plan::Step& made = plan.steps[active.step];
    const plan::Approver& approver = plan.approvers[made.approver];
    const eval::Seated who = seating.seat(made.approver);
    Step& step = steps.emplace_back();
    step.key = plan.string(made.key);
    step.approver = plan.string(approver.name);
    step.title = plan.string(approver.title);
    step.quorum = who.quorum;
    step.seats = who.seats;
    step.after = run(path.edges(), active.after);
    step.because = run(path.reasons(), active.because);
    step.lines = run(path.lines(), active.lines);
    step.location = eval::location(plan, made.position);
    list_timers(approver, step);
    if (who.fault != Fault::none) {
      troubles.push_back(
          {eval::fault_name(who.fault), who.who + ": " + std::string(text(who.fault)), {}, step.key, step.location});
      for (const std::uint32_t rule : step.because) rule_rows[rule].status = RuleStatus::error;
    }
  }
  if (plan.header.override_by != plan::none && !steps.empty())
    decision.override_seats = would_sit(plan.header.override_by).seats;
}

void Evaluator::Scratch::list_rules() {
  const plan::Plan& plan = policy->plan;
  rules.clear();
  for (const RuleRow& row : rule_rows) {
    const plan::Rule& rule = plan.rules[row.plan_rule];
    RuleResult& result = rules.emplace_back();
    result.name = plan.string(rule.name);
    result.title = plan.string(rule.title);
    if (row.band != plan::none) result.band = plan.string(row.band);
    result.status = row.status;
    result.lines = run(rule_lines, row.lines);
    result.row = plan.string(rule.row);
    result.location = eval::location(plan, rule.position);
  }
}

void Evaluator::Scratch::conclude() {
  const plan::Plan& plan = policy->plan;
  decision.policy = plan.string(plan.header.name);
  decision.policy_hash = policy->hash;
  decision.same_approver_once = plan.header.same_approver_once != 0;
  if (plan.header.owner != plan::none) {
    const Value& owner = rows.columns[plan.header.owner][0];
    if (owner.kind == Value::Kind::text) decision.owner = owner.text();
  }
  decision.steps = steps;
  decision.rules = rules;
  decision.denials = denials;
  decision.warnings = warnings;
  decision.troubles = troubles;
  decision.reads = policy->reads;
  decision.outcome = !troubles.empty()  ? Outcome::blocked
                     : !denials.empty() ? Outcome::denied
                     : !steps.empty()   ? Outcome::needs_approval
                                        : Outcome::auto_approved;
}

}  // namespace assent
