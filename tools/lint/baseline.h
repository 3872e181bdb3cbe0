// Findings that were there before: a project that begins to lint looks at new ones alone. Entries: fingerprints,
// read_baseline, baseline_text.
#pragma once

#include <set>
#include <string>
#include <vector>

#include "assent/lint.h"

namespace assent::command {

// What each finding is known by: rule, file, message, and which of several alike it is; not its line, which moves when
// others are written above it. 16 hexadecimal digits.
std::vector<std::string> fingerprints(const std::vector<Finding>& findings);

// A line for each finding, so that git shows what changes. BadInput for what baseline_text did not write.
std::set<std::string> read_baseline(const std::string& name);
std::string baseline_text(const std::vector<Finding>& findings, const std::vector<std::string>& prints);

}  // namespace assent::command
