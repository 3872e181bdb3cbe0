// What a run of the linter came to, in the forms that people, editors and build servers read. Entry: lint_report.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "assent/lint.h"

namespace assent::command {

struct Linted {
  std::vector<Finding> findings;        // by file and place
  std::vector<Diagnostic> diagnostics;  // errors of files that do not compile, and warnings
  std::vector<std::string> prints;      // of each finding: what it is known by when lines move, see baseline.h
};

inline constexpr std::string_view lint_formats[] = {"text", "json", "sarif", "github", "gitlab", "junit"};

// `format` is one of these but text:
//   json    our own, runtime/schemas-like: findings with places and fixes
//   sarif   SARIF 2.1.0 of OASIS, with the rules and their help
//   github  workflow commands, which GitHub shows at the lines of a pull request
//   gitlab  code quality report, a subset of Code Climate's
//   junit   a test case for each finding
std::string lint_report(const Linted& linted, std::string_view format);

}  // namespace assent::command
