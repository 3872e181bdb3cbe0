// Diagnostics and findings as JSON, the same for every command. Entry: diagnostic_json.
#pragma once

#include <nlohmann/json.hpp>

#include "assent/lint.h"

namespace assent::command {

nlohmann::ordered_json diagnostic_json(const Diagnostic& diagnostic);
nlohmann::ordered_json finding_json(const Finding& finding);  // with its fix

std::string_view severity_text(Severity severity);  // "error"

}  // namespace assent::command
