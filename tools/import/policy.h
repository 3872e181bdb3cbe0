// The approval rules of an export as a policy, a directory and a report. Entry: import_salesforce.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tools/import/records.h"
#include "tools/import/report.h"

namespace assent::command {

// Pairs of rules of which one waits for the other: what the compiler makes of them takes time for each.
inline constexpr std::size_t max_waiting_rules = 2'000'000;

struct Imported {
  std::string policy;     // the source
  std::string directory;  // its JSON
  std::vector<ImportNote> notes;
};

// The same bytes for the same records, in whatever shape they came. BadInput where all rules would be left out, or too
// many wait for each other.
Imported import_salesforce(const Export& records, const std::string& policy_name);

}  // namespace assent::command
