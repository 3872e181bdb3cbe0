// Diagnostics and findings as JSON, the same for every command. Entries: diagnostics_json, findings_json, names_json.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assent/lint.h"

namespace assent::command {

std::string_view severity_text(Severity severity);  // "error"

// Lists, with a line end.
std::string diagnostics_json(const std::vector<Diagnostic>& diagnostics);
std::string names_json(const std::vector<std::string>& names);

// `prints`: what each finding is known by, see baseline.h.
std::string findings_json(const std::vector<Finding>& findings, const std::vector<std::string>& prints,
                          const std::vector<Diagnostic>& diagnostics);

}  // namespace assent::command
