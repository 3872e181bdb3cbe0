// Who decides: approvers, chains and steps.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/lint/linter.h"

namespace assent::compiler::lint {

using checked::ApproverId;

void Linter::look_at_who() {
  std::set<ApproverId> used;
  for (const checked::Step& step : policy_.steps.items) used.insert(step.approver);
  for (const checked::Approver& each : policy_.approvers.items) {
    for (const auto* members : {&each.members, &each.vetoes})
      for (const checked::Member& member : *members)
        if (member.kind == plan::MemberKind::approver) used.insert(member.approver);
    for (const checked::Setting& setting : each.settings)
      if (setting.target) used.insert(*setting.target);
  }
  if (policy_.override_by) used.insert(*policy_.override_by);
  for (std::size_t i = 0; i < policy_.approvers.size(); ++i) {
    const checked::Approver& each = policy_.approvers.items[i];
    look_at_settings(each);
    if (!is_module() && !each.name.empty() && !used.contains(static_cast<ApproverId>(i)))
      report(Rule::unused_approver, each.span, fmt::format("`{}` decides nothing", each.name));
    const bool one_person = !each.group && each.members.size() == 1 && each.members[0].kind == plan::MemberKind::person;
    if (one_person && !each.name.empty())
      report(Rule::named_person, each.members[0].span, fmt::format("`{}` is one person by name", each.name));
  }
  if (is_module()) return;
  std::set<const checked::Chain*> walked;
  std::set<checked::StepId> demanded;
  std::vector<checked::PathId> open;
  for (const checked::Rule& rule : policy_.rules.items)
    for (const checked::Consequence& each : rule.consequences)
      if (each.kind == plan::ConsequenceKind::requires_path) open.push_back(each.path);
  if (policy_.otherwise == plan::Otherwise::requires_path) open.push_back(policy_.otherwise_path);
  std::set<checked::PathId> seen;
  while (!open.empty()) {
    const checked::PathId id = open.back();
    open.pop_back();
    if (!seen.insert(id).second) continue;
    const checked::Path& path = policy_.paths[id];
    if (path.kind == plan::PathKind::step) demanded.insert(path.step);
    open.insert(open.end(), path.children.begin(), path.children.end());
  }
  for (const checked::Chain& chain : policy_.chains.items) {
    const bool needed = std::any_of(chain.steps.begin(), chain.steps.end(),
                                    [&](checked::StepId step) { return demanded.contains(step); });
    if (!needed) report(Rule::unused_chain, chain.span, fmt::format("`{}` is demanded by no rule", chain.name));
  }
}

void Linter::look_at_settings(const checked::Approver& approver) {
  using plan::SettingKind;
  const auto has = [&](SettingKind kind) {
    return std::any_of(approver.settings.begin(), approver.settings.end(),
                       [&](const checked::Setting& each) { return each.kind == kind; });
  };
  for (const checked::Setting& each : approver.settings) {
    if (each.kind == SettingKind::silence)
      report(Rule::approval_by_silence, each.span, fmt::format("`{}` is approved if nobody answers", approver.name));
    const bool ends = has(SettingKind::expire) || has(SettingKind::escalate) || has(SettingKind::silence);
    if (each.kind == SettingKind::remind && each.every.amount != 0 && !ends)
      report(Rule::endless_reminder, each.span,
             fmt::format("`{}` is reminded of for ever, and nothing else happens", approver.name));
    if (each.kind == SettingKind::escalate && each.target &&
        &policy_.approvers[*each.target] == &approver)
      report(Rule::escalates_to_itself, each.span, fmt::format("`{}` escalates to itself", approver.name));
  }
}

}  // namespace assent::compiler::lint
