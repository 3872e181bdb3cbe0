// assent.toml: how a project wants to be linted. Entry: lint_config.
//
//   [lint]
//   fail-on = "warning"            # error, warning or note: from when on the command ends with 1
//   exclude = ["vendor/*"]         # files, from the folder of this one; * is any text, also with slashes
//   naming = "snake_case"          # snake_case, camelCase or any
//   [lint.levels]
//   named-person = "off"           # error, warning, note or off, by name or code
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "assent/lint.h"

namespace assent::command {

struct LintConfig {
  std::string folder;                // of the file: "policies/", or empty
  std::vector<std::string> exclude;
  std::optional<Severity> fail_on;
  NameStyle naming = NameStyle::snake_case;
  std::map<std::string, std::optional<Severity>, std::less<>> levels;

  bool excludes(const std::string& file) const;
};

// From the named file; with an empty name from the nearest assent.toml, in this folder or one above, or none. BadInput,
// with file and line, for what is no TOML, and for a key, a rule or a level that is not known.
LintConfig lint_config(const std::string& name);

// "error", "warning", "note"; nothing for "off". BadInput, beginning with `where`, for any other.
std::optional<Severity> level_of(const std::string& word, const std::string& where);

// Whether a rule has this name or code.
bool is_lint_rule(std::string_view name);

}  // namespace assent::command
