// See approvers.h.
#include "tools/import/approvers.h"

#include <algorithm>
#include <set>

#include "tools/text.h"

namespace assent::command {

namespace {

// What the package offers by its label.
std::string field_of_label(std::string_view field) {
  if (field == "Created By") return "CreatedById";
  if (field == "Owner" || field == "Record Owner") return "OwnerId";
  return std::string(field);
}

}  // namespace

std::string Approvers::add(const std::string& word, const std::string& base, const std::string& title_text,
                           const std::string& rest, bool is_explicit) {
  const std::string name = names_.claim(is_explicit ? base + "_explicit" : base, "approver");
  std::string title_part = name_from(title_text) == name || title_text.empty() ? "" : ' ' + title(title_text);
  lines_.emplace(name, Line{word + ' ' + name + title_part, rest});
  if (is_explicit) explicit_.push_back(name);
  return name;
}

Approvers::Path Approvers::path_of(const SalesforceRecord& rule) {
  const bool is_explicit = is_checked(tables_, rule, "RequireExplicitApproval", true);
  const std::string field = field_of_label(rule.at("ApproverField"));
  const Found approver = tables_.records.find(rule, "Approver", "Approver");
  if (!approver.problem.empty()) return {"", approver.problem};
  if (approver.record == nullptr && field.empty()) return {"", "it names no approver"};
  if (approver.record == nullptr) return field_path(field, is_explicit);
  Path own = sequence(*approver.record, is_explicit);
  if (!own.problem.empty() || field.empty()) return own;
  Path of_field = field_path(field, is_explicit);
  tables_.report.add(
      {Fate::assumed, "ApprovalRule", name_of(rule), "ApproverField", "it has an approver besides: both are asked"});
  const bool is_sequence = own.text.find(" then ") != std::string::npos;
  return {(is_sequence ? '(' + own.text + ')' : own.text) + " and " + of_field.text, of_field.problem};
}

Approvers::Path Approvers::field_path(const std::string& field, bool is_explicit) {
  if (!is_api_name(field)) return {"", "`" + field + "` is no field of a quote"};
  const auto [found, is_new] = fields_.try_emplace({lower(field), is_explicit});
  if (is_new) {
    const FieldReading* standard = tables_.standard.find({FieldOf::quote, field});
    const bool known = standard != nullptr && standard->kind == FieldKind::person;
    const FieldReading& reading = known ? *standard : tables_.fields.own({FieldOf::quote, field}, FieldKind::person);
    std::string rest = "quote." + reading.name;
    if (reading.may_be_absent) rest += " else role " + title("nobody: " + field + " is blank");
    found->second = add("approver", reading.name, "", rest, is_explicit);
  }
  return {found->second, ""};
}

Approvers::Path Approvers::sequence(const SalesforceRecord& first, bool is_explicit) {
  Path path;
  std::set<const SalesforceRecord*> seen;
  for (const SalesforceRecord* at = &first; at != nullptr;) {
    if (!seen.insert(at).second) return {"", "approver `" + name_of(*at) + "` comes after itself"};
    if (seen.size() > max_next_approvers)
      return {"", "more than " + std::to_string(max_next_approvers) + " approvers one after the other"};
    const Declared& declared = declare(*at, is_explicit);
    if (!declared.problem.empty()) return {"", declared.problem};
    path.text += (path.text.empty() ? "" : " then ") + declared.name;
    const Found next = tables_.records.find(*at, "NextApprover", "Approver");
    if (!next.problem.empty()) return {"", next.problem};
    at = next.record;
  }
  return path;
}

const Approvers::Declared& Approvers::declare(const SalesforceRecord& approver, bool is_explicit) {
  const auto [found, is_new] = approvers_.try_emplace({&approver, is_explicit});
  if (is_new) found->second = make(approver, is_explicit);
  return found->second;
}

Approvers::Declared Approvers::make(const SalesforceRecord& approver, bool is_explicit) {
  const std::string called = name_of(approver), base = name_from(called);
  const ImportedDirectory::Who user = directory_.person(approver, "User"), group = directory_.role(approver);
  const std::string problem = "approver `" + called + "`: ";
  if (!user.problem.empty()) return {"", problem + user.problem};
  if (user.is_blank() == group.is_blank())
    return {"", problem + (user.is_blank() ? "neither a user nor a group" : "a user and a group")};
  const std::optional<std::string> id = quoted(user.is_blank() ? group.id : user.id);
  if (!id) return {"", problem + "its id or group is no text that the language can write"};
  if (user.is_blank()) {
    const bool unanimous = is_checked(tables_, approver, "Unanimous", true);
    return {
        add(unanimous ? "group" : "approver", base, called, (unanimous ? "all of role " : "role ") + *id, is_explicit),
        ""};
  }
  if (!approver.at("DelegatedApprover").empty() || !approver.at("DelegatedApprover.Name").empty())
    read_delegation(approver, user.id);
  return {add("approver", base, called, "person " + *id, is_explicit), ""};
}

void Approvers::read_delegation(const SalesforceRecord& approver, const std::string& person) {
  const auto lost = [&](const std::string& field, const std::string& why) {
    tables_.report.add({Fate::lost, "Approver", name_of(approver), field, why});
  };
  const Found found = tables_.records.find(approver, "DelegatedApprover", "Approver");
  if (found.record == nullptr) return lost("DelegatedApprover", found.problem);
  const ImportedDirectory::Who delegate = directory_.person(*found.record, "User");
  if (delegate.id.empty()) return lost("DelegatedApprover", "the delegate is no user");
  if (delegate.id == person) return lost("DelegatedApprover", "nobody is their own delegate");
  const std::string first(approver.at("DelegationStart")), last(approver.at("DelegationEnd"));
  if (!literal(FieldKind::date, first)) return lost("DelegationStart", "a delegation needs its first day");
  if (!literal(FieldKind::date, last)) return lost("DelegationEnd", "a delegation needs its last day");
  if (last < first) return lost("DelegationEnd", "is before its first day");
  directory_.delegate(person, first, last, delegate.id);
}

std::string Approvers::declarations() const {
  constexpr std::size_t widest = 40;
  std::size_t width = 0;
  for (const auto& [name, line] : lines_)
    if (line.head.size() <= widest) width = std::max(width, line.head.size());
  std::string text;
  for (const auto& [name, line] : lines_)
    text += line.head + std::string(width > line.head.size() ? width - line.head.size() : 0, ' ') + " = " + line.rest +
            '\n';
  for (const std::string& name : explicit_) text += "step " + name + " { explicit }\n";
  return text;
}

}  // namespace assent::command
