// The directory of an import: users, who is their manager, which groups of approvers they are in, who acts for whom.
// Entry: ImportedDirectory.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/import/records.h"
#include "tools/import/report.h"

namespace assent::command {

inline constexpr std::size_t max_memberships =
    1'000'000;  // people in groups, through other groups too; time and memory

class ImportedDirectory {
 public:
  // Everybody of the export. BadInput: two users who cannot be told apart.
  ImportedDirectory(const Export& records, ImportReport& report);

  // The id of the person whom the field names, who is added if the export has no more than the id; or why there is
  // none.
  struct Who {
    std::string id, problem;
    bool is_blank() const { return id.empty() && problem.empty(); }
  };
  Who person(const SalesforceRecord& from, std::string_view field);

  // The role that the members of the group hold that the record names. BadInput if there are too many memberships.
  Who role(const SalesforceRecord& approver);

  // From the first day to the last.
  void delegate(const std::string& person, const std::string& first, const std::string& last, const std::string& to);

  // Whether a role that was asked for counts the members of this group, or of this role of users.
  bool is_used(const SalesforceRecord& group) const { return used_.contains(&group); }
  std::string json() const;

 private:
  struct Absence {
    std::string from, to, delegate;
    friend auto operator<=>(const Absence&, const Absence&) = default;
  };
  struct Person {
    std::string name, mail, manager;
    bool active = true;
    std::set<std::string> roles;
    std::set<Absence> absent;
  };
  std::string id_of(const SalesforceRecord& user) const;
  void read_users();
  void read_managers();
  void read_members();
  void give(const std::string& role, const SalesforceRecord& group);
  std::vector<const SalesforceRecord*> members(const SalesforceRecord& group) const;

  const Export& records_;
  ImportReport& report_;
  std::map<std::string, Person> people_;
  std::map<const SalesforceRecord*, std::vector<const SalesforceRecord*>> members_;     // of groups: users and groups
  std::map<const SalesforceRecord*, std::vector<const SalesforceRecord*>> with_role_;   // of roles: users
  std::map<const SalesforceRecord*, std::vector<const SalesforceRecord*>> below_role_;  // of roles: roles
  std::map<const SalesforceRecord*, std::string> roles_;                                // of groups
  std::set<const SalesforceRecord*> used_;
  std::set<std::string> role_names_;
  std::map<std::string, std::size_t> role_numbers_;  // of names that several groups have: the last one given
  std::size_t memberships_ = 0;
};

}  // namespace assent::command
