// See source_files.h.
#include "tools/source_files.h"

#include <algorithm>
#include <filesystem>

#include "tools/command.h"
#include "tools/text.h"

namespace assent::command {

namespace fs = std::filesystem;

std::vector<std::string> source_files(const std::vector<std::string>& names) {
  std::vector<std::string> files;
  for (const std::string& name : names) {
    std::error_code error;
    if (!fs::is_directory(name, error)) {
      files.push_back(name);
      continue;
    }
    const auto first = static_cast<std::ptrdiff_t>(files.size());
    for (fs::recursive_directory_iterator at(name, error), end; !error && at != end; at.increment(error)) {
      std::error_code unknown;
      if (at->path().extension() == ".assent" && !at->is_directory(unknown)) files.push_back(at->path().string());
    }
    if (error) throw BadInput(printable(name) + ": cannot be read: " + error.message());
    std::sort(files.begin() + first, files.end());
  }
  return files;
}

}  // namespace assent::command
