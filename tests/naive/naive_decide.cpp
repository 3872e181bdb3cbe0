// The answer: rules in declaration order, the steps that they demand, and what it all comes to.
// Entry: decide.
#include <algorithm>
#include <cassert>

#include "tests/naive/naive.h"
#include "tests/naive/naive_path.h"

namespace assent::naive {

namespace {

constexpr std::uint32_t no_rule = 0xffff'ffffu;

class Case {  // one decision in the making
 public:
  Case(const Desk& desk, const compiler::SourceMap& sources) : desk_(desk), sources_(sources) {}
  Answer decide();

 private:
  const checked::Policy& policy() const { return desk_.policy; }
  Location location(compiler::Span span) const;

  void add_rule(const Finding& finding);
  void add_trouble(Fault wrong, std::string message, std::string_view rule, std::string_view step,
                   Location where);
  void add_steps();
  void add_step(StepId id, const std::vector<StepId>& listed, const Edges& edges);
  void add_settings(const checked::Approver& approver, Step& step);
  std::span<const Seat> seats_of(const Seated& who);
  void add_timer(const checked::Setting& setting, std::string_view kind, std::string_view to,
                 bool replacing, std::vector<Timer>& timers);
  std::set<std::uint32_t> lines_of(StepId id, const std::vector<const Finding*>& because) const;
  void conclude();
  void look_at_otherwise();

  const Desk& desk_;
  const compiler::SourceMap& sources_;
  std::vector<Finding> findings_;  // of the rules that apply: parallel to answer_.rules
  Walked otherwise_;
  Answer answer_;
};

Location Case::location(compiler::Span span) const {
  const Place place = sources_.place(span);
  return {sources_.file(span.file).name, place.line, place.column};
}

// ── the answer ───────────────────────────────────────────────────────────────────────────────
void Case::add_trouble(Fault wrong, std::string message, std::string_view rule,
                       std::string_view step, Location where) {
  std::string spelt(name(wrong));
  std::replace(spelt.begin(), spelt.end(), '_', '-');
  answer_.troubles.push_back({answer_.keep(std::move(spelt)), std::move(message), rule, step, where});
}

void Case::add_rule(const Finding& finding) {
  const checked::Rule& rule = policy().rules[finding.rule];
  RuleResult result;
  result.name = rule.name;
  result.title = rule.title;
  result.band = finding.band;
  result.lines = answer_.keep_numbers(finding.lines);
  if (rule.range) result.row = policy().variables[rule.range->variable].name;
  result.location = location(rule.span);
  result.status = RuleStatus::satisfied;
  if (!finding.walked.active.empty()) result.status = RuleStatus::pending;
  const auto index = static_cast<std::uint32_t>(answer_.rules.size());
  for (const checked::Consequence* said : finding.messages) {
    const bool denies = said->kind == plan::ConsequenceKind::denies;
    if (denies) result.status = RuleStatus::rejected;
    (denies ? answer_.denials : answer_.warnings)
        .push_back({said->message, index, location(said->span)});
  }
  for (const Fault wrong : finding.troubles) {
    result.status = RuleStatus::error;
    add_trouble(wrong, std::string(text(wrong)), rule.name, {}, result.location);
  }
  answer_.rules.push_back(result);
}

// The rows that demand the step, where every rule that does looks at the same list.
std::set<std::uint32_t> Case::lines_of(StepId id, const std::vector<const Finding*>& because) const {
  std::set<std::uint32_t> lines;
  for (const Finding* finding : because) {
    const bool ranged = policy().rules[finding->rule].range.has_value();
    if (!ranged || finding->chain != because[0]->chain) return {};
    const std::set<std::uint32_t>& rows = finding->walked.active.at(id);
    lines.insert(rows.begin(), rows.end());
  }
  return lines;
}

std::span<const Seat> Case::seats_of(const Seated& who) {
  std::vector<Seat>& seats = answer_.seats.emplace_back();
  for (const auto& [person_id, votes] : who.seats) {
    const Person* sits = person(desk_.world, person_id);
    const Date today{desk_.world.today};
    const bool away = std::any_of(sits->absences.begin(), sits->absences.end(), [&](const Absence& each) {
      return each.first <= today && today <= each.last;
    });
    seats.push_back({sits->id, sits->name, votes.votes, votes.veto, away});
  }
  return seats;
}

void Case::add_timer(const checked::Setting& setting, std::string_view kind, std::string_view to,
                     bool replacing, std::vector<Timer>& timers) {
  const auto unit = [](plan::Type type) -> std::string_view {
    if (type == plan::Type::minutes) return "minutes";
    if (type == plan::Type::months) return "months";
    return type == plan::Type::business_days ? "business days" : "days";
  };
  Timer timer{kind, setting.after.amount, unit(setting.after.unit), {}, 0, {}, {}, to, replacing, {}, 0};
  if (setting.after.calendar >= 0) {
    const auto calendar = static_cast<std::uint32_t>(setting.after.calendar);
    timer.calendar = policy().calendars[checked::CalendarId{calendar}].name;
  }
  if (setting.every.amount > 0) {
    timer.every = setting.every.amount;
    timer.every_unit = unit(setting.every.unit);
    if (setting.every.calendar >= 0) {
      const auto calendar = static_cast<std::uint32_t>(setting.every.calendar);
      timer.every_calendar = policy().calendars[checked::CalendarId{calendar}].name;
    }
  }
  if (setting.kind == plan::SettingKind::escalate) {
    const Seated who = seated(desk_, policy().approvers[*setting.target]);
    timer.needed = who.needed;
    if (who.wrong == Fault::none) timer.seats = seats_of(who);
  }
  timers.push_back(timer);
}

void Case::add_settings(const checked::Approver& approver, Step& step) {
  using Kind = plan::SettingKind;
  std::vector<Timer>& timers = answer_.timers.emplace_back();
  step.rejection = "ends";
  for (const checked::Setting& setting : approver.settings) {
    const std::string_view target =
        setting.target ? std::string_view(policy().approvers[*setting.target].name) : std::string_view{};
    switch (setting.kind) {
      case Kind::remind: add_timer(setting, "remind", {}, false, timers); break;
      case Kind::escalate: add_timer(setting, "escalate", target, setting.flag, timers); break;
      case Kind::expire:
        add_timer(setting, "expire", setting.flag ? "withdrawn" : "rejected", false, timers);
        break;
      case Kind::silence: add_timer(setting, "approve_by_silence", {}, false, timers); break;
      case Kind::explicit_vote: step.explicit_vote = true; break;
      case Kind::reject_ends: break;
      case Kind::reject_collects: step.rejection = "collects"; break;
      case Kind::reject_returns:
        step.rejection = "returns";
        step.returns_to = target;
        break;
      case Kind::submitter_may: step.submitter_may = true; break;
      case Kind::owner_may: step.owner_may = true; break;
      case Kind::editor_may: step.editor_may = true; break;
    }
  }
  step.timers = timers;
}

void Case::add_step(StepId id, const std::vector<StepId>& listed, const Edges& edges) {
  const checked::Step& declared = policy().steps[id];
  const checked::Approver& approver = policy().approvers[declared.approver];
  Step step;
  step.key = declared.key;
  step.approver = approver.name;
  step.title = approver.title;
  step.location = location(declared.span);

  const Seated who = seated(desk_, approver);
  step.quorum = {who.kind, who.needed, who.total};
  step.seats = seats_of(who);

  std::vector<std::uint32_t> because;
  std::vector<const Finding*> demanding;
  for (std::size_t i = 0; i < findings_.size(); ++i) {
    if (!findings_[i].walked.active.contains(id)) continue;
    because.push_back(static_cast<std::uint32_t>(i));
    demanding.push_back(&findings_[i]);
  }
  step.because = answer_.keep_numbers(because);
  step.lines = answer_.keep_numbers(lines_of(id, demanding));
  std::set<std::uint32_t> after;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (edges.contains({listed[i], id})) after.insert(static_cast<std::uint32_t>(i));
  }
  step.after = answer_.keep_numbers(after);
  add_settings(approver, step);

  if (who.wrong != Fault::none) {
    add_trouble(who.wrong, who.who + ": " + std::string(text(who.wrong)), {}, step.key, step.location);
    for (const std::uint32_t rule : because) answer_.rules[rule].status = RuleStatus::error;
  }
  answer_.steps.push_back(step);
}

// The union of what all rules, or `otherwise`, made active.
void Case::add_steps() {
  Steps active = otherwise_.steps();
  Edges edges = otherwise_.edges;
  std::map<RuleId, Steps> by_rule;
  for (const Finding& finding : findings_) {
    const Steps own = finding.walked.steps();
    by_rule[finding.rule] = own;
    active.insert(own.begin(), own.end());
    edges.insert(finding.walked.edges.begin(), finding.walked.edges.end());
  }
  const Edges orderings = ordered(policy(), active, by_rule);
  edges.insert(orderings.begin(), orderings.end());
  edges = reduced(edges);
  std::vector<StepId> listed;
  for (const StepId step : ranked(policy())) {
    if (active.contains(step)) listed.push_back(step);
  }
  for (const StepId step : listed) add_step(step, listed, edges);
}

void Case::look_at_otherwise() {
  const Location where = location(policy().otherwise_span);
  switch (policy().otherwise) {
    case plan::Otherwise::nothing:
      add_trouble(Fault::no_otherwise, std::string(text(Fault::no_otherwise)), {}, {},
                  location({compiler::FileId{0}, 0, 0}));
      return;
    case plan::Otherwise::approve:
      answer_.outcome = Outcome::auto_approved;
      answer_.otherwise = policy().otherwise_text;
      return;
    case plan::Otherwise::denies:
      answer_.denials.push_back({policy().otherwise_text, no_rule, where});
      return;
    case plan::Otherwise::requires_path: break;
  }
  std::vector<Fault> troubles;
  walk_path(desk_, policy().otherwise_path, Rows(1), otherwise_, troubles);
  for (const Fault wrong : troubles) add_trouble(wrong, std::string(text(wrong)), {}, {}, where);
  add_steps();
  if (answer_.steps.empty()) {
    add_trouble(Fault::no_otherwise, std::string(text(Fault::no_otherwise)), {}, {}, where);
  }
}

void Case::conclude() {
  const auto settled = [&] {
    return !answer_.troubles.empty() || !answer_.denials.empty() || !answer_.steps.empty();
  };
  if (!settled()) look_at_otherwise();
  if (!answer_.troubles.empty()) answer_.outcome = Outcome::blocked;
  else if (!answer_.denials.empty()) answer_.outcome = Outcome::denied;
  else if (!answer_.steps.empty()) answer_.outcome = Outcome::needs_approval;
}

Answer Case::decide() {
  answer_.same_approver_once = policy().same_approver_once;
  for (std::size_t i = 0; i < policy().rules.size(); ++i) {
    Finding found = finding(desk_, RuleId{static_cast<std::uint32_t>(i)});
    if (!found.applies()) continue;
    add_rule(found);
    findings_.push_back(std::move(found));
  }
  add_steps();
  conclude();
  if (policy().override_by && !answer_.steps.empty()) {
    const Seated who = seated(desk_, policy().approvers[*policy().override_by]);
    if (who.wrong == Fault::none) answer_.override_seats = seats_of(who);
  }
  return std::move(answer_);
}

}  // namespace

Decision Answer::view() const {
  Decision decision;
  decision.outcome = outcome;
  decision.otherwise = otherwise;
  decision.same_approver_once = same_approver_once;
  decision.override_seats = override_seats;
  decision.steps = steps;
  decision.rules = rules;
  decision.denials = denials;
  decision.warnings = warnings;
  decision.troubles = troubles;
  return decision;
}

Answer decide(const compiler::checked::Policy& policy, const compiler::SourceMap& sources,
              std::string_view quote_json, const World& world) {
  const Json json = parse_json(quote_json);
  const Desk desk{policy, world, quote_of(policy, json)};
  return Case(desk, sources).decide();
}

}  // namespace assent::naive
