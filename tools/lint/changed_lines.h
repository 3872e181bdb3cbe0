// Which lines of which files are not what they were at a revision of git. Entry: changed_since.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "assent/compile.h"

namespace assent::command {

class ChangedLines {
 public:
  // Whether the place is in lines that are new or other; of a file that git does not know every line is.
  bool touch(const Place& place) const;

 private:
  friend ChangedLines changed_since(const std::string& revision, const std::vector<std::string>& files);
  std::map<std::string, std::vector<std::pair<std::uint32_t, std::uint32_t>>> lines_;  // first and last, by file
};

// BadInput without git, outside of a repository, and for a revision that it does not know.
ChangedLines changed_since(const std::string& revision, const std::vector<std::string>& files);

}  // namespace assent::command
