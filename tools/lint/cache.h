// What was found before, of files that are still the same. Entry: LintCache.
#pragma once

#include <optional>
#include <string>

#include "tools/lint/file.h"

namespace assent::command {

// A folder with a file for each source that was linted, which holds all that was read and what was found. What is read
// from it is taken only if every byte of every source is as it was, and the program and its options are the same: no
// hash is trusted. A folder that cannot be written to or a file in it that is no such is as if it were not there.
class LintCache {
 public:
  // `$XDG_CACHE_HOME/assent/lint`, or `~/.cache/assent/lint`; without either, or with `use` false, nothing is kept.
  LintCache(const LintOptions& options, bool use);

  std::optional<FileFindings> find(const std::string& file) const;
  void keep(const std::string& file, const FileFindings& findings) const;

 private:
  std::string folder_;  // ends in a slash; empty: none
  std::string key_;     // of program and options

  std::string entry_of(const std::string& file) const;
};

}  // namespace assent::command
