// See policy.h. Rules outside chains come first, then chain by chain, each by their steps.
#include "tools/import/policy.h"

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "assent/compile.h"
#include "tools/command.h"
#include "tools/import/rule.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::string_view quote_object = "sbqq__quote__c";

// ── which rules there are ────────────────────────────────────────────────────────────────────
class Rules {
 public:
  Rules(const Export& records, ImportReport& report) : records_(records), report_(report) {
    const auto conditions = by_rule("ApprovalCondition"), tracked = by_rule("TrackedField");
    for (const SalesforceRecord& rule : records.of("ApprovalRule")) {
      RuleRecord record;
      if (!is_active(rule, record)) continue;
      if (const auto found = conditions.find(&rule); found != conditions.end()) record.conditions = found->second;
      if (const auto found = tracked.find(&rule); found != tracked.end()) record.tracked = found->second;
      std::stable_sort(
          record.conditions.begin(), record.conditions.end(),
          [](const SalesforceRecord* a, const SalesforceRecord* b) { return place_of(*a) < place_of(*b); });
      list.push_back(std::move(record));
    }
    std::stable_sort(list.begin(), list.end(), [](const RuleRecord& a, const RuleRecord& b) {
      return std::tuple(a.chain, a.step, name_of(*a.rule)) < std::tuple(b.chain, b.step, name_of(*b.rule));
    });
  }
  std::vector<RuleRecord> list;
  std::map<const SalesforceRecord*, std::string> chains;  // of which there are rules, by names that are theirs alone

 private:
  using ByRule = std::map<const SalesforceRecord*, std::vector<const SalesforceRecord*>>;

  static std::pair<std::size_t, std::string> place_of(const SalesforceRecord& condition) {
    const std::string index = canonical_number(condition.at("Index")).value_or("");
    return {index.size(), index};
  }

  void leave_out(const SalesforceRecord& rule, Fate fate, const std::string& field, const std::string& why) {
    report_.add({fate, "ApprovalRule", name_of(rule), field, why});
  }

  bool is_active(const SalesforceRecord& rule, RuleRecord& record) {
    record.rule = &rule;
    if (rule.at("Active").empty())
      leave_out(rule, Fate::assumed, "Active", "is not in the export, and taken for checked: so more is asked");
    else if (const std::string active = lower(rule.at("Active")); active == "false" || active == "0")
      return leave_out(rule, Fate::unused, "Active", "it is not active"), false;
    const std::string object = lower(rule.at("TargetObject"));
    if (object != quote_object) {
      leave_out(rule, Fate::lost, "TargetObject",
                "it is about " + (object.empty() ? "opportunities" : '`' + std::string(rule.at("TargetObject")) + '`') +
                    ", and a policy about quotes");
      return false;
    }
    constexpr std::size_t most_digits = 18;
    const std::string written(rule.at("ApprovalStep"));
    const std::optional<std::string> step = canonical_number(written);
    if (written.empty() || step == "0" || (step && step->starts_with('-')))
      return leave_out(rule, Fate::unused, "ApprovalStep", "only steps from 1 on are looked at"), false;
    if (step && step->size() <= most_digits && step->find('.') == std::string::npos)
      record.step = std::stoll(*step);
    else
      record.problem = "its step `" + written + "` is no whole number";
    const Found chain = records_.find(rule, "ApprovalChain", "ApprovalChain");
    if (chain.record != nullptr) {
      const auto [named, is_new] = chains.try_emplace(chain.record, name_of(*chain.record));
      if (is_new)
        if (const std::size_t others = same_names_[named->second]++; others > 0)
          named->second += " (" + std::to_string(others + 1) + ')';
      record.chain = named->second;
    } else if (!chain.problem.empty()) {
      record.chain = std::string(rule.at("ApprovalChain")) + std::string(rule.at("ApprovalChain.Name"));
      report_.add({Fate::differs, "ApprovalRule", name_of(rule), "ApprovalChain",
                   chain.problem + ": rules that name it are one chain"});
    }
    return true;
  }

  ByRule by_rule(std::string_view type) {
    ByRule found;
    for (const SalesforceRecord& record : records_.of(type)) {
      Found rule = records_.find(record, "ApprovalRule", "ApprovalRule");
      if (rule.is_blank()) rule = records_.find(record, "Rule", "ApprovalRule");
      if (rule.record != nullptr)
        found[rule.record].push_back(&record);
      else
        report_.add({Fate::lost, record.type, name_of(record), "ApprovalRule",
                     rule.is_blank() ? "it belongs to no rule" : rule.problem});
    }
    return found;
  }

  const Export& records_;
  ImportReport& report_;
  std::map<std::string, std::size_t> same_names_;  // of chains
};

// ── in which order ───────────────────────────────────────────────────────────────────────────
// The names of rules that ask, step by step.
using Steps = std::map<long long, std::vector<std::string>>;

std::string list_of(const std::vector<std::string>& names, std::size_t indent) {
  constexpr std::size_t longest = 100;
  std::string text;
  std::size_t width = indent;
  for (const std::string& name : names) {
    if (!text.empty()) text += ',';
    if (!text.empty() && width + name.size() > longest) {
      text += "\n    ";
      width = 4;
    } else if (!text.empty()) {
      text += ' ';
    }
    text += name;
    width += name.size() + 2;
  }
  return text;
}

std::string before(const std::vector<std::string>& first, const std::vector<std::string>& then) {
  return "  " + list_of(first, 2) + " before " + list_of(then, 10) + '\n';
}

std::string orders_of(const Steps& steps) {
  std::string text;
  const std::vector<std::string>* last = nullptr;
  for (const auto& [step, names] : steps) {
    if (last != nullptr) text += before(*last, names);
    last = &names;
  }
  return text;
}

std::size_t rules_in(const Steps& steps) {
  std::size_t count = 0;
  for (const auto& [step, names] : steps) count += names.size();
  return count;
}

// How many pairs there are of which one waits for the other, within `steps` or between them and `before`.
std::size_t waiting(const Steps& steps, const Steps* before) {
  std::size_t pairs = 0, earlier = before == nullptr ? 0 : rules_in(*before);
  for (const auto& [step, names] : steps) {
    pairs += earlier * names.size();
    earlier += names.size();
  }
  return pairs;
}

// Within a chain, and outside chains, step by step. A chain that begins after the first step outside waits for all that
// is outside.
std::string path_block(const std::map<std::string, Steps>& chains) {
  std::string text;
  std::size_t pairs = 0;
  const auto outside = chains.find("");
  for (const auto& [chain, steps] : chains) {
    std::string orders = orders_of(steps);
    const bool waits =
        !chain.empty() && outside != chains.end() && outside->second.begin()->first < steps.begin()->first;
    pairs += waiting(steps, waits ? &outside->second : nullptr);
    if (pairs > max_waiting_rules)
      throw BadInput("with chain \"" + printable(chain) + "\" more than " + std::to_string(max_waiting_rules) +
                     " pairs of rules wait for each other");
    if (waits) orders = before(outside->second.rbegin()->second, steps.begin()->second) + orders;
    if (!orders.empty() && !chain.empty()) text += "  # chain " + title(chain) + '\n';
    text += orders;
  }
  return text.empty() ? "" : "# In which order\npath {\n" + text + "}\n\n";
}

// ── what is left ─────────────────────────────────────────────────────────────────────────────
struct Known {
  std::string_view type;
  std::vector<std::string_view> fields;
};
const std::array<Known, 11>& known_types() {
  static const std::array<Known, 11> known{{
      {"ApprovalRule",
       {"Active", "TargetObject", "ApprovalStep", "ApprovalChain", "ConditionsMet", "AdvancedCondition", "Approver",
        "ApproverField", "OverrideField", "ExcludedStatuses", "EffectiveDateField", "EffectiveStartDate",
        "EffectiveEndDate", "RequireExplicitApproval", "SmartApprovalIgnoresConditionsMet"}},
      {"ApprovalCondition",
       {"ApprovalRule", "Rule", "TestedField", "TestedVariable", "Operator", "FilterType", "FilterValue", "FilterField",
        "FilterVariable", "EnableSmartApproval", "Index"}},
      {"ApprovalChain", {"TargetObject"}},
      {"ApprovalVariable",
       {"Type", "TargetObject", "AggregateFunction", "AggregateField", "FilterField", "Operator", "FilterValue",
        "CombineWith", "ListVariable", "NetVariable"}},
      {"Approver",
       {"User", "GroupId", "Group", "Unanimous", "NextApprover", "DelegatedApprover", "DelegationStart",
        "DelegationEnd", "DelegatedUserId"}},
      {"TrackedField", {"ApprovalRule", "Rule", "TrackedObject", "TrackedField", "RecordField", "TrackingType"}},
      {"EmailTemplate", {"TemplateId"}},
      {"User",
       {"Username", "FirstName", "LastName", "Email", "IsActive", "ManagerId", "Manager", "UserRoleId", "UserRole"}},
      {"Group", {"DeveloperName", "Type", "RelatedId"}},
      {"GroupMember", {"GroupId", "Group", "UserOrGroupId", "UserOrGroup"}},
      {"UserRole", {"DeveloperName", "ParentRoleId", "ParentRole"}},
  }};
  return known;
}

// What says nothing of approvals: of every record.
constexpr std::array<std::string_view, 13> bookkeeping{
    "Id",          "Name",           "reference",         "OwnerId",          "Owner",
    "CreatedDate", "CreatedById",    "LastModifiedDate",  "LastModifiedById", "SystemModstamp",
    "IsDeleted",   "LastViewedDate", "LastReferencedDate"};

std::string_view why_lost(std::string_view field) {
  if (field.ends_with("Template")) return "letters have templates of the courier";
  if (field.ends_with("Recipients")) return "who is told is said in the courier's settings";
  return "has no counterpart";
}

void report_fields(const Export& records, ImportReport& report) {
  for (const std::string& type : records.types()) {
    const auto known =
        std::find_if(known_types().begin(), known_types().end(), [&](const Known& each) { return each.type == type; });
    if (known == known_types().end()) {
      report.add({Fate::lost, type, counted(records.of(type).size(), "record"), "",
                  "records of this type have no counterpart"});
      continue;
    }
    std::set<std::string_view> read(known->fields.begin(), known->fields.end());
    read.insert(bookkeeping.begin(), bookkeeping.end());
    std::map<std::string, std::vector<const SalesforceRecord*>, std::less<>> lost;
    for (const SalesforceRecord& record : records.of(type))
      for (const auto& [field, value] : record.fields)
        if (const std::string base = field.substr(0, field.find('.')); !read.contains(base) && value != "false") {
          std::vector<const SalesforceRecord*>& of = lost[base];
          if (of.empty() || of.back() != &record) of.push_back(&record);
        }
    for (const auto& [field, of] : lost) {
      const Fate fate = field == "Parallel" ? Fate::unused : Fate::lost;
      const std::string why(field == "Parallel" ? "it counts in native approval processes alone" : why_lost(field));
      if (type == "User")
        report.add({fate, type, counted(of.size(), "record"), field, why});
      else
        for (const SalesforceRecord* record : of) report.add({fate, type, name_of(*record), field, why});
    }
  }
}

template <typename IsUsed>
void report_unused(const Export& records, std::string_view type, const std::string& why, ImportReport& report,
                   const IsUsed& is_used) {
  for (const SalesforceRecord& record : records.of(type))
    if (!is_used(record)) report.add({Fate::unused, record.type, name_of(record), "", why});
}

std::string section(const std::string& heading, const std::string& text) {
  return text.empty() ? "" : "# " + heading + '\n' + text + '\n';
}

// Fields without which every rule would be left out, and a policy of none would approve everything.
void must_have(const Export& records, std::string_view field) {
  const std::vector<SalesforceRecord>& rules = records.of("ApprovalRule");
  if (std::none_of(rules.begin(), rules.end(), [&](const SalesforceRecord& rule) { return !rule.at(field).empty(); }))
    throw BadInput("no approval rule of the export has `" + std::string(field) + "`: export that field too");
}

}  // namespace

Imported import_salesforce(const Export& records, const std::string& policy_name) {
  must_have(records, "TargetObject");
  must_have(records, "ApprovalStep");
  ImportReport report;
  const StandardFields standard(library_module("std.salesforce").value_or(Source{}).text);
  FieldKinds kinds(standard);
  QuoteFields fields(standard);
  TakenNames facts, names;
  for (const std::string& value : standard.values()) facts.reserve(value);
  ImportTables tables{records, standard, kinds, fields, facts, report};
  ImportedDirectory directory(records, report);
  Variables variables(tables);
  Conditions conditions(tables, variables);
  Approvers approvers(tables, directory, names);
  RuleWriter writer(tables, conditions, approvers);

  const Rules rules(records, report);
  for (const RuleRecord& rule : rules.list) writer.note(rule);
  kinds.settle();
  std::vector<std::string> rule_names;
  for (const RuleRecord& rule : rules.list) rule_names.push_back(names.claim(name_from(name_of(*rule.rule)), "rule"));
  std::string text;
  std::map<std::string, Steps> chains;
  for (std::size_t i = 0; i < rules.list.size(); ++i) {
    const WrittenRule written = writer.write(rules.list[i], rule_names[i]);
    text += written.text + '\n';
    if (written.asks) chains[rules.list[i].chain][rules.list[i].step].push_back(rule_names[i]);
  }
  std::string looked_at;
  for (const auto& [name, fact] : variables.declarations()) looked_at += "fact " + name + " = " + fact + '\n';
  for (const auto& [name, fact] : writer.facts()) looked_at += "fact " + name + " = " + fact + '\n';

  Imported imported;
  imported.policy =
      "# Made of the approval rules of Salesforce CPQ. What could not be carried over stands in import-report.txt.\n"
      "policy " +
      policy_name + " \"Approval rules of Salesforce CPQ\"\n\nuse std.salesforce\n\n" +
      section("What is read of a quote besides", fields.extensions(report)) +
      section("Who decides", approvers.declarations()) + section("What we look at", looked_at) +
      (text.empty() ? "" : "# When they decide\n" + text) + path_block(chains) +
      "otherwise approve \"no approval rule applies\"\n";
  imported.directory = directory.json();

  report_fields(records, report);
  report_unused(records, "ApprovalVariable", "no rule that was carried over uses it", report,
                [&](const SalesforceRecord& each) { return variables.is_used(each); });
  report_unused(records, "Approver", "no rule that was carried over asks it", report,
                [&](const SalesforceRecord& each) { return approvers.is_used(each); });
  report_unused(records, "ApprovalChain", "no active rule stands in it", report,
                [&](const SalesforceRecord& each) { return rules.chains.contains(&each); });
  for (const std::string_view type : {"Group", "UserRole"})
    report_unused(records, type, "no approver's group counts its members", report,
                  [&](const SalesforceRecord& each) { return directory.is_used(each); });
  for (const SalesforceRecord& each : records.of("EmailTemplate"))
    report.add({Fate::lost, "EmailTemplate", name_of(each), "", "letters have templates of the courier"});
  imported.notes = report.sorted();
  return imported;
}

}  // namespace assent::command
