// See cache.h.
#include "tools/lint/cache.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include <sys/stat.h>

#include "tools/command.h"
#include "tools/files.h"
#include "tools/lint/fingerprint.h"

namespace assent::command {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t max_entry_bytes = std::size_t{1} << 28;

std::string cache_folder() {
  if (const char* named = std::getenv("XDG_CACHE_HOME"); named != nullptr && named[0] == '/')
    return std::string(named) + "/assent/lint/";
  if (const char* home = std::getenv("HOME"); home != nullptr && home[0] == '/')
    return std::string(home) + "/.cache/assent/lint/";
  return {};
}

// Which program this is: another build may find other things.
std::string program() {
  struct stat self {};
  if (stat("/proc/self/exe", &self) != 0) return {};
  return std::to_string(self.st_size) + ' ' + std::to_string(self.st_mtim.tv_sec) + ' ' +
         std::to_string(self.st_mtim.tv_nsec);
}

}  // namespace

LintCache::LintCache(const LintOptions& options, bool use) {
  const std::string self = program();
  if (!use || self.empty()) return;
  folder_ = cache_folder();
  if (folder_.empty()) return;
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) folder_.clear();
  key_ = self + " naming " + std::to_string(static_cast<int>(options.naming));
  for (const auto& [rule, level] : options.levels)
    key_ += " " + rule + "=" + (level ? std::to_string(static_cast<int>(*level)) : "off");
  key_ += '\n';
}

std::string LintCache::entry_of(const std::string& file) const {
  std::error_code error;
  const fs::path whole = fs::weakly_canonical(file, error);
  return folder_ + print_of(error ? file : whole.string());
}

std::optional<FileFindings> LintCache::find(const std::string& file) const {
  if (folder_.empty() || file == standard_stream) return std::nullopt;
  try {
    const std::optional<std::string> bytes = read_if_there(entry_of(file), max_entry_bytes);
    if (!bytes || !bytes->starts_with(key_)) return std::nullopt;
    std::optional<FileFindings> found = unpacked(std::string_view(*bytes).substr(key_.size()));
    if (!found || found->sources.empty() || found->sources[0].name != file) return std::nullopt;
    for (const Source& each : found->sources)
      if (read_if_there(each.name, CompileOptions{}.max_source_bytes) != each.text) return std::nullopt;
    return found;
  } catch (const BadInput&) {
    return std::nullopt;
  }
}

void LintCache::keep(const std::string& file, const FileFindings& findings) const {
  // A module that was not found may be there the next time: what does not compile is not kept.
  if (folder_.empty() || file == standard_stream || !findings.unread.empty() || findings.errors > 0) return;
  if (findings.sources.empty() || findings.sources[0].name != file) return;
  try {
    write_whole(entry_of(file), key_ + packed(findings));
  } catch (const BadInput&) {
    // it is looked at again the next time
  }
}

}  // namespace assent::command
