// Who decides: approvers, chains and steps.
#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "compiler/lint/linter.h"

namespace assent::compiler::lint {

using checked::ApproverId;

namespace {

// Whom an approver always is; nothing where that depends on the quote or the directory.
std::string_view only_person(const checked::Approver& approver) {
  const bool one = approver.members.size() == 1 && approver.members[0].kind == plan::MemberKind::person;
  return one ? std::string_view(approver.members[0].text) : std::string_view();
}

}  // namespace

bool Linter::is_owner(const checked::Member& member) const {
  if (member.kind != plan::MemberKind::value) return false;
  const checked::Expr& e = expr(member.value);
  if (e.op != checked::Op::field || expr(e.children[0]).op != checked::Op::input) return false;
  return policy_.records[policy_.input].fields[e.ref].name == "owner";
}

// Of one whom a group needs, or of all: the owner of the quote, who decides only where that is said.
bool Linter::needs_owner(const checked::Approver& approver) const {
  const auto owner = [&](const checked::Member& each) { return is_owner(each); };
  const auto& members = approver.members;
  return approver.group && approver.quorum == plan::QuorumKind::all
             ? std::any_of(members.begin(), members.end(), owner)
             : !members.empty() && std::all_of(members.begin(), members.end(), owner);
}

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
    if (!each.group && !only_person(each).empty() && !each.name.empty())
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
  if (needs_owner(approver) && !has(SettingKind::owner_may))
    report(Rule::owner_decides, approver.span,
           fmt::format("`{}` needs the owner of the quote, who may not decide", approver.name));
  for (const checked::Setting& each : approver.settings) {
    if (each.kind == SettingKind::silence)
      report(Rule::approval_by_silence, each.span, fmt::format("`{}` is approved if nobody answers", approver.name));
    const bool ends = has(SettingKind::expire) || has(SettingKind::escalate) || has(SettingKind::silence);
    if (each.kind == SettingKind::remind && each.every.amount != 0 && !ends)
      report(Rule::endless_reminder, each.span,
             fmt::format("`{}` is reminded of for ever, and nothing else happens", approver.name));
    if (each.kind != SettingKind::escalate || !each.target) continue;
    const checked::Approver& target = policy_.approvers[*each.target];
    const bool same_person = !only_person(approver).empty() && only_person(approver) == only_person(target);
    if (&target == &approver || same_person)
      report(Rule::escalates_to_itself, each.span,
             fmt::format("`{}` escalates to whom it asks already", approver.name));
  }
}

}  // namespace assent::compiler::lint
