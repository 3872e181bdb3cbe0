// What the linter finds of one file and the modules beside it, and that as bytes, from process to process and from run
// to run. Entries: lint_file, mend_file, packed, unpacked.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "assent/lint.h"

namespace assent::command {

struct FileFindings {
  std::string unread;  // why the file could not be read; then there is nothing else
  std::vector<Finding> findings;
  std::vector<Diagnostic> diagnostics;
  std::size_t errors = 0, allowed = 0;
  std::size_t mended = 0;  // by mend_file()
  std::vector<Source> sources;  // all that was read, but for the library, under the names that places have
};

// `options` without an import: modules are sought beside the file. Never throws but std::bad_alloc.
FileFindings lint_file(const std::string& name, const LintOptions& options);

// Makes all fixes of the file, and those that follow from them, before it looks what is left.
FileFindings mend_file(const std::string& name, const LintOptions& options);

std::string packed(const FileFindings& findings);
std::optional<FileFindings> unpacked(std::string_view bytes);  // nothing for what packed() did not write

}  // namespace assent::command
