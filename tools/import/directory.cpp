// See directory.h.
#include "tools/import/directory.h"

#include <utility>

#include <nlohmann/json.hpp>

#include "tools/command.h"
#include "tools/import/words.h"
#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::string_view nobody = "nobody: ";  // how roles begin that nobody must hold

bool is_user_id(std::string_view id) {
  constexpr std::string_view users = "005";
  constexpr std::size_t size = 18;
  return id.size() == size && id.starts_with(users);
}

std::string full_name(const SalesforceRecord& user) {
  if (!user.at("Name").empty()) return std::string(user.at("Name"));
  return trimmed(std::string(user.at("FirstName")) + ' ' + std::string(user.at("LastName")));
}

}  // namespace

ImportedDirectory::ImportedDirectory(const Export& records, ImportReport& report) : records_(records), report_(report) {
  read_users();
  read_managers();
  read_members();
}

std::string ImportedDirectory::id_of(const SalesforceRecord& user) const {
  for (const std::string_view field : {"Id", "Username", "reference", "Name"})
    if (const std::string_view id = user.at(field); !id.empty()) return std::string(id);
  return user.place;
}

void ImportedDirectory::read_users() {
  for (const SalesforceRecord& user : records_.of("User")) {
    const std::string id = id_of(user);
    const auto [found, is_new] = people_.try_emplace(id);
    if (!is_new) throw BadInput(printable(user.place + ": two users are called `" + id + "`: export their Id"));
    found->second.name = full_name(user);
    found->second.mail = user.at("Email");
    found->second.active = user.at("IsActive").empty() || user.is_true("IsActive");
    if (user.at("Id").empty())
      report_.add({Fate::differs, "User", name_of(user), "Id",
                   "is not in the export: quotes must call this person `" + id + "`"});
  }
}

// Those who are their own manager, however far around, lose theirs: a directory has no circles.
void ImportedDirectory::read_managers() {
  std::map<std::string, std::string> above;
  for (const SalesforceRecord& user : records_.of("User")) {
    const Found manager = records_.find(user, user.fields.contains("ManagerId") ? "ManagerId" : "Manager", "User");
    if (manager.record != nullptr)
      above.emplace(id_of(user), id_of(*manager.record));
    else if (!manager.problem.empty())
      report_.add({Fate::lost, "User", name_of(user), "ManagerId", manager.problem});
  }
  std::map<std::string, std::size_t> seen;  // by which walk
  std::size_t walk = 0;
  for (auto& [id, person] : people_) {
    ++walk;
    for (std::string at = id; seen.try_emplace(at, walk).second;) {
      const auto manager = above.find(at);
      if (manager == above.end()) break;
      const auto there = seen.find(manager->second);
      if (there != seen.end() && there->second == walk) {
        report_.add({Fate::lost, "User", people_.at(at).name, "ManagerId", "managers go around in a circle here"});
        break;
      }
      people_.at(at).manager = manager->second;
      at = manager->second;
    }
  }
}

void ImportedDirectory::read_members() {
  for (const SalesforceRecord& member : records_.of("GroupMember")) {
    const Found group = records_.find(member, member.fields.contains("GroupId") ? "GroupId" : "Group", "Group");
    Found who = records_.find(member, "UserOrGroupId", "User");
    if (who.record == nullptr) who = records_.find(member, "UserOrGroupId", "Group");
    if (who.record == nullptr) who = records_.find(member, "UserOrGroup", "User");
    if (group.record != nullptr && who.record != nullptr)
      members_[group.record].push_back(who.record);
    else
      report_.add({Fate::lost, "GroupMember", name_of(member), group.record == nullptr ? "GroupId" : "UserOrGroupId",
                   group.record == nullptr ? group.problem : "neither a user nor a group of the export"});
  }
  for (const SalesforceRecord& user : records_.of("User"))
    if (const Found role = records_.find(user, "UserRoleId", "UserRole"); role.record != nullptr)
      with_role_[role.record].push_back(&user);
  for (const SalesforceRecord& role : records_.of("UserRole"))
    if (const Found above = records_.find(role, "ParentRoleId", "UserRole"); above.record != nullptr)
      below_role_[above.record].push_back(&role);
}

// Of a group: its members, and those of the role that it stands for. Of a role: its users, and with those below it.
std::vector<const SalesforceRecord*> ImportedDirectory::members(const SalesforceRecord& group) const {
  std::vector<const SalesforceRecord*> found;
  const auto add = [&](const auto& index, const SalesforceRecord* of) {
    if (const auto there = index.find(of); there != index.end())
      found.insert(found.end(), there->second.begin(), there->second.end());
  };
  if (group.type == "UserRole") {
    add(with_role_, &group);
    add(below_role_, &group);
    return found;
  }
  add(members_, &group);
  const std::string_view kind = group.at("Type");
  const Found role = kind.starts_with("Role") ? records_.find(group, "RelatedId", "UserRole") : Found();
  if (role.record != nullptr && kind == "Role")
    add(with_role_, role.record);
  else if (role.record != nullptr)
    found.push_back(role.record);
  return found;
}

void ImportedDirectory::give(const std::string& role, const SalesforceRecord& group) {
  std::set<const SalesforceRecord*> seen{&group};
  std::vector<const SalesforceRecord*> open{&group};
  bool anybody = false;
  while (!open.empty()) {
    const SalesforceRecord& each = *open.back();
    open.pop_back();
    if (each.type == "User") {
      people_.at(id_of(each)).roles.insert(role);
      anybody = true;
      continue;
    }
    used_.insert(&each);
    for (const SalesforceRecord* member : members(each)) {
      if (++memberships_ > max_memberships)
        throw BadInput("group `" + printable(name_of(group)) + "`: groups come to more than " +
                       std::to_string(max_memberships) + " memberships");
      if (seen.insert(member).second) open.push_back(member);
    }
  }
  if (!anybody)
    report_.add({Fate::blocks, "Group", name_of(group), "",
                 "has no members in the export: its steps block until someone has the role"});
}

ImportedDirectory::Who ImportedDirectory::person(const SalesforceRecord& from, std::string_view field) {
  const Found user = records_.find(from, field, "User");
  if (user.record != nullptr) return {id_of(*user.record), ""};
  if (user.is_blank()) return {};
  const std::string base(field);
  std::string id = record_id(from.at(field));
  if (id.empty()) id = record_id(from.at(base + ".Id"));
  if (!is_user_id(id)) return {"", user.problem};
  const auto [person, is_new] = people_.try_emplace(id);
  if (person->second.name.empty()) person->second.name = from.at(base + ".Name");
  if (is_new)
    report_.add({Fate::assumed, "User", id, "",
                 "is not in the export: taken for active, without manager, groups and mail address"});
  return {id, ""};
}

ImportedDirectory::Who ImportedDirectory::role(const SalesforceRecord& approver) {
  const Found group = records_.find(approver, approver.fields.contains("GroupId") ? "GroupId" : "Group", "Group");
  if (group.is_blank()) return {};
  if (group.record == nullptr) {
    const std::string_view named = approver.at("GroupId");
    const std::string role = "group " + (named.empty() ? std::string(approver.at("Group.Name")) : record_id(named));
    report_.add({Fate::blocks, "Approver", name_of(approver), "GroupId",
                 group.problem + ": its steps block until someone has the role `" + role + '`'});
    role_names_.insert(role);
    return {role, ""};
  }
  const auto [found, is_new] = roles_.try_emplace(group.record);
  if (is_new) {
    const std::string name = name_of(*group.record);
    std::string role = name.starts_with(nobody) || name.starts_with("group ") ? "the " + name : name;
    for (std::size_t& number = role_numbers_.try_emplace(role, 1).first->second; !role_names_.insert(role).second;)
      role = name + ' ' + std::to_string(++number);
    found->second = role;
    give(role, *group.record);
  }
  return {found->second, ""};
}

void ImportedDirectory::delegate(const std::string& person, const std::string& first, const std::string& last,
                                 const std::string& to) {
  people_.at(person).absent.insert({first, last, to});
}

std::string ImportedDirectory::json() const {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const auto& [id, person] : people_) {
    nlohmann::ordered_json json{{"id", id}};
    if (!person.name.empty()) json["name"] = person.name;
    if (!person.mail.empty()) json["mail"] = person.mail;
    if (!person.manager.empty()) json["manager"] = person.manager;
    if (!person.roles.empty()) json["roles"] = person.roles;
    if (!person.active) json["active"] = false;
    for (const Absence& absence : person.absent)
      json["absent"].push_back({{"from", absence.from}, {"to", absence.to}, {"delegate", absence.delegate}});
    list.push_back(std::move(json));
  }
  return nlohmann::ordered_json{{"people", std::move(list)}}.dump(1) + '\n';
}

}  // namespace assent::command
