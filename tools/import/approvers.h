// Approvers of an import as the policy declares them: people, groups, whoever a field of the quote names, and who comes
// after whom. Entry: Approvers.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "tools/import/directory.h"
#include "tools/import/variables.h"

namespace assent::command {

inline constexpr std::size_t max_next_approvers = 100;  // one after the other; a path has 500 parts at most

class Approvers {
 public:
  Approvers(ImportTables& tables, ImportedDirectory& directory, TakenNames& names)
      : tables_(tables), directory_(directory), names_(names) {}

  // The path that a rule requires, "manager then cfo", or why there is none.
  struct Path {
    std::string text, problem;
  };
  Path path_of(const SalesforceRecord& rule);

  // What `path_of` needed so far.
  std::string declarations() const;
  bool is_used(const SalesforceRecord& approver) const {
    return approvers_.contains({&approver, false}) || approvers_.contains({&approver, true});
  }

 private:
  struct Declared {
    std::string name, problem;
  };
  const Declared& declare(const SalesforceRecord& approver, bool is_explicit);
  Declared make(const SalesforceRecord& approver, bool is_explicit);
  Path field_path(const std::string& field, bool is_explicit);
  Path sequence(const SalesforceRecord& first, bool is_explicit);
  void read_delegation(const SalesforceRecord& approver, const std::string& person);
  std::string add(const std::string& word, const std::string& base, const std::string& title, const std::string& rest,
                  bool is_explicit);

  ImportTables& tables_;
  ImportedDirectory& directory_;
  TakenNames& names_;
  std::map<std::pair<const SalesforceRecord*, bool>, Declared> approvers_;  // with: explicit
  std::map<std::pair<std::string, bool>, std::string> fields_;
  struct Line {
    std::string head, rest;
  };
  std::map<std::string, Line> lines_;  // by name
  std::vector<std::string> explicit_;
};

}  // namespace assent::command
