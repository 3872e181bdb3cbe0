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

// Nearly all rules are of this kind, so that they are spared the walk.
std::uint32_t only_step(const plan::Plan& plan, const plan::Rule& rule) {
  if (plan.scope(rule).table != plan::none || rule.consequences.count != 1) return plan::none;
  const plan::Consequence& only = plan.consequences[rule.consequences.first];
  const bool always = only.kind == plan::ConsequenceKind::requires_path && only.band == plan::no_band;
  return always && only.target < plan.steps.size() ? only.target : plan::none;
}

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
  for (const plan::Rule& rule : loaded->plan.rules) loaded->only_step.push_back(eval::only_step(loaded->plan, rule));
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

Both decide_both(Evaluator& first, Evaluator& second, std::string_view quote_json, const World& world) {
  Result<const Decision*> own = first.decide(quote_json, world);
  return {std::move(own), second.scratch_->decide_too(*first.scratch_, quote_json, world)};
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

static std::span<const std::uint32_t> run(const std::vector<std::uint32_t>& pool, plan::Slice slice) {
  return std::span(pool).subspan(slice.first, slice.count);
}

std::uint32_t Evaluator::Scratch::list_reasons(std::uint32_t step) {
  assert(decided && (step == whole_quote || step < steps.size()));
  reasons.clear();
  if (step == whole_quote) return whole_quote;
  for (const std::uint32_t index : steps[step].because) {
    const RuleRow& row = rule_rows[index];
    reasons.push_back({row.plan_rule, run(rule_lines, row.lines)});
  }
  if (reasons.empty()) reasons.push_back({});  // `otherwise`
  return path.steps()[step].step;
}

Evaluator::Scratch::Scratch(std::shared_ptr<const eval::LoadedPolicy> loaded, const Limits& wanted)
    : policy(std::move(loaded)), limits(wanted), reader(policy->plan, wanted.quote_bytes, wanted.rows, wanted.memory),
      machine(policy->plan, policy->facts, wanted.work), step_list(policy->plan, machine), path(policy->plan, machine),
      bases(policy->plan, machine), search(policy->plan) {}

bool Evaluator::Scratch::read(std::string_view quote_json, const World& outside, std::span<const Edit> edits,
                              Problems& problems) {
  decided = false;
  if (!reader.read(quote_json, rows, problems)) return false;
  for (const Edit& edit : edits) {
    if (!reader.edit(edit.path, edit.json, rows, problems)) return false;
  }
  stand_on_rows(outside);
  return true;
}

void Evaluator::Scratch::stand_on_rows(const World& outside) {
  const bool same_people = &world.directory.people() == &outside.directory.people();
  step_list.begin(!same_people || world.today != outside.today);
  verdicts.reset();
  // Shares the directory and the rates, so that the decision's views stay good; usually they are the same again, and to
  // count who shares them would take longer than to look.
  if (!same_people) world.directory = outside.directory;
  if (&world.rates.worths() != &outside.rates.worths()) world.rates = outside.rates;
  if (world.deputies != outside.deputies) world.deputies = outside.deputies;
  world.today = outside.today;
  world.state = outside.state;
  world.now = outside.now;
  world.utc_offset = outside.utc_offset;
  machine.reset(rows, {&policy->plan, &world.directory.people(), &world.rates.worths(), world.today});
}

// What `other` was the last to decide, from this text.
Result<const Decision*> Evaluator::Scratch::decide_too(const Scratch& other, std::string_view quote_json,
                                                       const World& outside) {
  if (compared != other.policy) {
    compared = other.policy;
    alike = ingest::read_alike(policy->plan, other.policy->plan);
  }
  const bool within = quote_json.size() <= limits.quote_bytes && limits.rows >= other.limits.rows &&
                      limits.memory >= other.limits.memory;
  if (!alike || !other.decided || !within) return decide(quote_json, outside, {});
  decided = false;
  rows = other.rows;
  stand_on_rows(outside);
  decide_rows();
  return static_cast<const Decision*>(&decision);
}

Result<const Decision*> Evaluator::Scratch::decide(std::string_view quote_json, const World& outside,
                                                   std::span<const Edit> edits) {
  Problems problems;
  if (!read(quote_json, outside, edits, problems)) return problems;
  decide_rows();
  return static_cast<const Decision*>(&decision);
}

// Decides the quote that was read.
void Evaluator::Scratch::decide_rows() {
  path.reset();
  bases.begin();
  rule_rows.clear();
  rule_lines.clear();
  denials.clear();
  warnings.clear();
  troubles.clear();

  if (verdicts) {
    policy->index->candidates_of_quote(machine, search);
    verdicts->add_rules(search);
  } else {
    policy->index->candidates(machine, search);
  }
  search.empty_into([&](const eval::Candidate& candidate) { decide_rule(candidate); });
  decision = Decision{};
  const bool silent = troubles.empty() && denials.empty() && path.empty();
  if (silent) decide_otherwise();
  path.finish();
  list_steps();
  list_rules();
  conclude();
  decided = true;
}

// ── one rule ─────────────────────────────────────────────────────────────────────────────────
void Evaluator::Scratch::blame(const plan::Rule& rule, Fault fault) {
  troubles.push_back({eval::fault_name(fault),
                      std::string(text(fault)),
                      policy->plan.string(rule.name),
                      {},
                      plan::location(policy->plan, rule.position)});
}

bool Evaluator::Scratch::in_time(const plan::Scope& scope, Fault& fault) {
  if ((scope.states >> static_cast<unsigned>(world.state) & 1) == 0) return false;
  if (scope.effective_on == plan::none) return scope.first_day <= world.today && world.today <= scope.last_day;
  const Value date = machine.eval_condition(scope.effective_on);
  if (date.kind != Value::Kind::number) {
    fault = date.is_fault() ? date.fault : Fault::not_computable;
    return true;
  }
  return compare(decimal(scope.first_day), date.decimal()) <= 0 &&
         compare(date.decimal(), decimal(scope.last_day)) <= 0;
}

bool Evaluator::Scratch::fires_in(const plan::Rule& rule, std::uint32_t row, Fault& fault) {
  const Value holds = eval::fires_on(policy->plan, rule, row, machine);
  if (holds.is_fault()) fault = holds.fault;
  return holds.is_true();
}

// Whether the conditions hold; of a rule over lines, for which rows (fired_rows).
bool Evaluator::Scratch::fires(const plan::Rule& rule, const eval::Candidate& candidate, Fault& fault) {
  const std::uint32_t ranged = policy->plan.scope(rule).table;
  if (ranged == plan::none) {
    if (candidate.certain) return true;
    const Value holds = machine.eval_condition(rule.condition);
    if (holds.is_fault()) fault = holds.fault;
    return holds.is_true();
  }
  if (verdicts) {
    for (const auto& [row, wrong] : verdicts->of(candidate.rule)) {
      if (wrong != Fault::none) return fault = wrong, false;
      fired_rows.push_back(row);
    }
    return !fired_rows.empty();
  }
  for (const eval::Candidate::Hit& hit : candidate.hits) {
    if (hit.certain != 0 || fires_in(rule, hit.row, fault)) fired_rows.push_back(hit.row);
    if (fault != Fault::none) return false;
  }
  if (!candidate.every_row) return !fired_rows.empty();
  const Rows::Table& table = rows.tables[ranged];
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
  if (!in_time(policy->plan.scope(rule), fault)) return;
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

// Whether a consequence with a condition, a ladder's band, is taken; of a rule over lines, for which of the fired
// rows (band_rows). A fault is the first one met; rows without one still count.
bool Evaluator::Scratch::band_holds(std::uint32_t condition, bool over_rows, Fault& fault) {
  if (!over_rows) {
    const Value holds = machine.eval_condition(condition);
    if (holds.is_fault()) fault = holds.fault;
    return holds.is_true();
  }
  band_rows.clear();
  for (const std::uint32_t row : fired_rows) {
    machine.stand_on(1, row);
    const Value holds = machine.eval_condition(condition);
    if (holds.is_fault() && fault == Fault::none) fault = holds.fault;
    if (holds.is_true()) band_rows.push_back(row);
  }
  return !band_rows.empty();
}

void Evaluator::Scratch::take_consequences(std::uint32_t id) {
  const plan::Plan& plan = policy->plan;
  const auto index = static_cast<std::uint32_t>(rule_rows.size() - 1);
  if (const std::uint32_t step = policy->only_step[id]; step != plan::none) {
    path.demand(step, index, id);
    rule_rows[index].status = RuleStatus::pending;
    return;
  }
  const plan::Rule& rule = plan.rules[id];
  const bool over_rows = plan.scope(rule).table != plan::none;
  RuleStatus status = RuleStatus::satisfied;
  for (std::uint32_t i = 0; i < rule.consequences.count; ++i) {
    const plan::Consequence& consequence = plan.consequences[rule.consequences.first + i];
    Fault fault = Fault::none;
    const plan::Band band = plan.band(consequence);
    const bool always = band.condition == plan::none;
    const bool taken = always || band_holds(band.condition, over_rows, fault);
    if (fault != Fault::none) {
      blame(rule, fault);
      status = RuleStatus::error;
    }
    if (!taken) continue;
    if (!over_rows && band.label != plan::none) rule_rows[index].band = band.label;
    const auto message = [&] {
      return Message{plan.string(consequence.target), index, plan::location(plan, consequence.position)};
    };
    switch (consequence.kind) {
      case plan::ConsequenceKind::nothing: break;
      case plan::ConsequenceKind::denies:
        denials.push_back(message());
        status = eval::worse(status, RuleStatus::rejected);
        break;
      case plan::ConsequenceKind::warns: warnings.push_back(message()); break;
      case plan::ConsequenceKind::requires_path:
        faults.clear();
        if (path.walk(consequence.target, over_rows, always ? fired_rows : band_rows, index, id, faults))
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
  const Location at = plan::location(plan, header.otherwise_position);
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

// A step that cannot be filled is a trouble of its own and of its rules.
void Evaluator::Scratch::list_steps() {
  steps.clear();
  std::string who;
  for (const eval::PathBuilder::Active& active : path.steps()) {
    const Fault fault = step_list.add(active.step, steps, who);
    Step& step = steps.back();
    step.after = run(path.edges(), active.after);
    step.because = run(path.reasons(), active.because);
    step.lines = run(path.lines(), active.lines);
    if (fault == Fault::none) continue;
    troubles.push_back({eval::fault_name(fault), who + ": " + std::string(text(fault)), {}, step.key, step.location});
    for (const std::uint32_t rule : step.because) rule_rows[rule].status = RuleStatus::error;
  }
  const std::uint32_t override_by = policy->plan.header.override_by;
  if (override_by != plan::none && !steps.empty()) decision.override_seats = step_list.would_sit(override_by).seats;
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
    result.row = plan.string(plan.scope(rule).row);
    result.location = plan::location(plan, rule.position);
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
