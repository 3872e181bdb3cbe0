// See policy_diff.h. Each thing that has a name becomes an entry of named texts; entries are then compared.
#include "tools/diff/policy_diff.h"

#include <algorithm>
#include <map>
#include <set>

#include "tools/outline_text.h"
#include "tools/text.h"

namespace assent::command {

namespace {

struct Entry {
  std::string what, name;
  std::vector<std::pair<std::string, std::string>> fields;  // of those that are there

  void add(std::string field, std::string text) {
    if (!text.empty()) fields.emplace_back(std::move(field), std::move(text));
  }
};

// "rep_manager then (deal_desk and finance) then vp_sales when x > 5": as the language has it, where a `when` takes the
// whole stage that it stands behind.
std::string path_text(const PathOutline& path, const PathOutline* around = nullptr) {
  const bool parallel_around = around != nullptr && around->kind == PathOutline::Kind::parallel;
  std::string text;
  if (path.kind == PathOutline::Kind::step) {
    text = path.approver;
  } else {
    const bool series = path.kind == PathOutline::Kind::series;
    for (const PathOutline& part : path.parts)
      text += (text.empty() ? "" : series ? " then " : " and ") + path_text(part, &path);
    if (path.cut) text += " …";
    if (path.parts.size() > 1 && (around != nullptr || !path.when.empty())) text = '(' + text + ')';
  }
  if (!path.when.empty()) text += " when " + path.when;
  return parallel_around && !path.when.empty() ? '(' + text + ')' : text;
}

std::string consequence_text(const ConsequenceOutline& consequence) {
  switch (consequence.kind) {
    case ConsequenceOutline::Kind::nothing: return "no approval";
    case ConsequenceOutline::Kind::denies: return "denies \"" + consequence.message + '"';
    case ConsequenceOutline::Kind::warns: return "warns \"" + consequence.message + '"';
    case ConsequenceOutline::Kind::requires_path: break;
  }
  return "requires " + path_text(consequence.path);
}

Entry entry_of(const RuleOutline& rule) {
  Entry entry{rule.by.empty() ? "rule" : "ladder", rule.name, {}};
  entry.add("title", rule.title);
  entry.add("for each", rule.over);
  entry.add("when", rule.condition);
  entry.add("by", rule.by);
  if (!rule.first_day.empty() || !rule.last_day.empty())
    entry.add("effective", "from " + (rule.first_day.empty() ? "ever" : rule.first_day) + " to " +
                               (rule.last_day.empty() ? "ever" : rule.last_day) +
                               (rule.effective_on.empty() ? "" : " on " + rule.effective_on));
  entry.add("states", joined(rule.states, ", "));
  for (const ConsequenceOutline& each : rule.consequences)
    entry.add(each.band.empty() ? "then" : each.band, consequence_text(each));
  for (const ReapprovalOutline& each : rule.reapprovals)
    entry.add("reapprove", each.kind == ReapprovalOutline::Kind::always ? "always"
                           : each.kind == ReapprovalOutline::Kind::when ? "when " + each.what
                                                                        : "on any change of " + each.what);
  return entry;
}

std::string member_text(const MemberOutline& member) {
  std::string text;
  switch (member.kind) {
    case MemberOutline::Kind::person: text = "person \"" + member.name + '"'; break;
    case MemberOutline::Kind::role: text = "role \"" + member.name + '"'; break;
    case MemberOutline::Kind::value: text = member.value; break;
    case MemberOutline::Kind::climb:
      text = "first manager above " + member.value + " whose \"" + member.name + "\" authority covers " + member.covers;
      break;
    case MemberOutline::Kind::approver: text = member.name; break;
  }
  return member.weight == 1 ? text : text + " worth " + std::to_string(member.weight);
}

std::string setting_name(SettingOutline::Kind kind) {
  using enum SettingOutline::Kind;
  switch (kind) {
    case remind: return "remind";
    case escalate: return "escalate";
    case expire: return "expire";
    case silence: return "approve by silence";
    case explicit_vote: return "explicit";
    case reject_ends: case reject_collects: case reject_returns: return "reject";
    case submitter_may: return "submitter may decide";
    case owner_may: return "owner may decide";
    case editor_may: return "editor may decide";
  }
  return {};
}

std::string setting_text(const SettingOutline& setting) {
  using enum SettingOutline::Kind;
  std::string text = setting.kind == reject_ends       ? "ends"
                     : setting.kind == reject_collects ? "collects"
                     : setting.kind == reject_returns  ? "returns"
                                                       : "";
  const auto add = [&](std::string_view word, const std::string& what) {
    if (!what.empty()) text.append(text.empty() ? "" : " ").append(word).append(" ").append(what);
  };
  add("to", setting.to);
  add("after", setting.after);
  add("then every", setting.every);
  if (setting.replaces) text += " replacing";
  if (setting.withdraws) text += " as withdrawn";
  return text.empty() ? "yes" : text;
}

Entry entry_of(const ApproverOutline& approver) {
  Entry entry{approver.group ? "group" : "approver", approver.name, {}};
  entry.add("title", approver.title);
  std::vector<std::string> members, vetoes;
  for (const MemberOutline& each : approver.members) members.push_back(member_text(each));
  for (const MemberOutline& each : approver.vetoes) vetoes.push_back(member_text(each));
  std::string quorum;
  switch (approver.quorum) {
    case ApproverOutline::Quorum::any: quorum = "any of "; break;
    case ApproverOutline::Quorum::all: quorum = "all of "; break;
    case ApproverOutline::Quorum::majority: quorum = "majority of "; break;
    case ApproverOutline::Quorum::number: quorum = std::to_string(approver.amount) + " of "; break;
    case ApproverOutline::Quorum::percent: quorum = std::to_string(approver.amount) + "% of "; break;
    case ApproverOutline::Quorum::points: quorum = std::to_string(approver.amount) + " points of "; break;
  }
  entry.add("is", approver.group ? quorum + joined(members, ", ") : joined(members, " else "));
  entry.add("veto", joined(vetoes, ", "));
  for (const SettingOutline& each : approver.settings) entry.add(setting_name(each.kind), setting_text(each));
  return entry;
}

Entry entry_of(const OrdersOutline& orders) {
  Entry entry{"orders", orders.name, {}};
  entry.add("title", orders.title);
  entry.add("for each", orders.over);
  for (const auto& [role, value] : orders.roles) entry.add(role, value);
  entry.add("split by", joined(orders.split_by, ", "));
  entry.add("bundles", orders.bundles_together ? "together" : "released");
  for (const PhaseOutline& each : orders.phases) {
    const std::string phase = each.name.empty() ? "every order" : "phase " + each.name;
    if (!each.name.empty()) entry.add(phase, each.where.empty() ? "other lines" : "lines where " + each.where);
    for (const std::string& timing : each.timings) entry.add(phase, timing);
  }
  for (const std::string& each : orders.choices) entry.add("choice", each);
  return entry;
}

std::vector<Entry> entries_of(const Outline& outline) {
  std::vector<Entry> entries;
  for (const ApproverOutline& each : outline.approvers) entries.push_back(entry_of(each));
  for (const ReadOutline& each : outline.facts) {
    entries.push_back({"fact", each.name, {}});
    entries.back().add("is", each.value);
  }
  for (const RuleOutline& each : outline.rules) entries.push_back(entry_of(each));
  Entry path{"path", "", {}};
  for (const OrderingOutline& each : outline.orderings) path.add(each.first + " before " + each.then, "yes");
  path.add("same approver", outline.same_approver_once ? "once" : "each time");
  path.add("override by", outline.override_by);
  entries.push_back(std::move(path));
  Entry otherwise{"otherwise", "", {}};
  for (const ConsequenceOutline& each : outline.otherwise)
    otherwise.add("then", each.kind == ConsequenceOutline::Kind::nothing ? "approve" : consequence_text(each));
  otherwise.add("because", outline.otherwise_reason);
  entries.push_back(std::move(otherwise));
  for (const OrdersOutline& each : outline.orders) entries.push_back(entry_of(each));
  return entries;
}

// ── comparing ────────────────────────────────────────────────────────────────────────────────
std::vector<std::string> words_of_text(const std::string& text) {
  std::vector<std::string> words{""};
  for (const char c : text) {
    if (c == ' ' || c == '(' || c == ')' || c == ',') words.emplace_back();
    else words.back() += c;
  }
  return words;
}

// Which numbers moved, if that is all.
std::vector<std::pair<std::string, std::string>> moved_numbers(const std::string& before, const std::string& after) {
  const std::vector<std::string> old_words = words_of_text(before), new_words = words_of_text(after);
  std::vector<std::pair<std::string, std::string>> moved;
  if (old_words.size() != new_words.size()) return moved;
  const auto is_number = [](const std::string& word) {
    return !word.empty() && (word[0] == '-' ? word.size() > 1 && word[1] >= '0' && word[1] <= '9'
                                            : word[0] >= '0' && word[0] <= '9');
  };
  for (std::size_t i = 0; i < old_words.size(); ++i) {
    if (old_words[i] == new_words[i]) continue;
    if (!is_number(old_words[i]) || !is_number(new_words[i])) return {};
    moved.emplace_back(old_words[i], new_words[i]);
  }
  return moved;
}

// Fields of one name, of which there may be several, in their order.
std::vector<PolicyChange::Field> differing(const Entry& before, const Entry& after) {
  std::map<std::pair<std::string, std::size_t>, std::pair<std::string, std::string>> both;
  std::vector<std::pair<std::string, std::size_t>> order;
  const auto add = [&](const Entry& entry, bool is_new) {
    std::map<std::string, std::size_t> count;
    for (const auto& [name, text] : entry.fields) {
      const std::pair<std::string, std::size_t> key{name, count[name]++};
      const auto [at, fresh] = both.try_emplace(key);
      if (fresh) order.push_back(key);
      (is_new ? at->second.second : at->second.first) = text;
    }
  };
  add(before, false);
  add(after, true);
  std::vector<PolicyChange::Field> fields;
  for (const auto& key : order) {
    const auto& [old_text, new_text] = both.at(key);
    if (old_text != new_text) fields.push_back({key.first, old_text, new_text, moved_numbers(old_text, new_text)});
  }
  return fields;
}

std::string content_of(const Entry& entry) {
  std::string content = entry.what;
  for (const auto& [name, text] : entry.fields)
    content += '\n' + std::to_string(name.size()) + ':' + name + std::to_string(text.size()) + ':' + text;
  return content;
}

PolicyChange whole(PolicyChange::Kind kind, const Entry& entry) {
  PolicyChange change{kind, entry.what, entry.name, {}, {}};
  for (const auto& [name, text] : entry.fields) {
    const bool added = kind == PolicyChange::Kind::added;
    change.fields.push_back({name, added ? "" : text, added ? text : "", {}});
  }
  return change;
}

std::set<std::string> steps(const Outline& outline) {
  std::set<std::string> keys;
  const auto add = [&](const ConsequenceOutline& consequence) {
    std::vector<const PathOutline*> found;
    if (consequence.kind == ConsequenceOutline::Kind::requires_path) steps_of(consequence.path, found);
    for (const PathOutline* each : found) keys.insert(each->step);
  };
  for (const RuleOutline& rule : outline.rules)
    for (const ConsequenceOutline& each : rule.consequences) add(each);
  for (const ConsequenceOutline& each : outline.otherwise) add(each);
  return keys;
}

}  // namespace

PolicyDiff policy_diff(const Outline& before, const Outline& after) {
  const std::vector<Entry> old_entries = entries_of(before), new_entries = entries_of(after);
  // A rule and a ladder of one name are one thing that became another; so are an approver and a group.
  const auto space = [](const std::string& what) {
    return what == "ladder" ? "rule" : what == "group" ? "approver" : what;
  };
  std::map<std::pair<std::string, std::string>, const Entry*> old_by_name, new_by_name;
  for (const Entry& each : old_entries) old_by_name[{space(each.what), each.name}] = &each;
  for (const Entry& each : new_entries) new_by_name[{space(each.what), each.name}] = &each;
  std::multimap<std::string, const Entry*> gone;  // by what they say
  for (const Entry& each : old_entries)
    if (!new_by_name.contains({space(each.what), each.name})) gone.emplace(content_of(each), &each);
  PolicyDiff diff;
  for (const Entry& each : new_entries) {
    const auto known = old_by_name.find({space(each.what), each.name});
    if (known != old_by_name.end()) {
      PolicyChange change{PolicyChange::Kind::changed, each.what, each.name, {}, differing(*known->second, each)};
      if (!change.fields.empty()) diff.changes.push_back(std::move(change));
    } else if (const auto same = gone.find(content_of(each)); same != gone.end()) {
      diff.changes.push_back({PolicyChange::Kind::renamed, each.what, same->second->name, each.name, {}});
      gone.erase(same);
    } else {
      diff.changes.push_back(whole(PolicyChange::Kind::added, each));
    }
  }
  std::set<const Entry*> left;
  for (const auto& [content, entry] : gone) left.insert(entry);
  for (const Entry& each : old_entries)
    if (left.contains(&each)) diff.changes.push_back(whole(PolicyChange::Kind::removed, each));
  const std::set<std::string> old_steps = steps(before), new_steps = steps(after);
  std::set_difference(new_steps.begin(), new_steps.end(), old_steps.begin(), old_steps.end(),
                      std::back_inserter(diff.steps_added));
  std::set_difference(old_steps.begin(), old_steps.end(), new_steps.begin(), new_steps.end(),
                      std::back_inserter(diff.steps_removed));
  return diff;
}

}  // namespace assent::command
