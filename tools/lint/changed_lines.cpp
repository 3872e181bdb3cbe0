// See changed_lines.h.
#include "tools/lint/changed_lines.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <limits>
#include <sstream>

#include "tools/command.h"
#include "tools/program.h"
#include "tools/text.h"

namespace assent::command {

namespace {

std::string normal(const std::string& file) {
  return std::filesystem::path(file).lexically_normal().generic_string();
}

// "@@ -3,2 +5,4 @@": lines 5 to 8. Nothing where lines were only taken away.
std::pair<std::uint32_t, std::uint32_t> new_lines(std::string_view hunk) {
  const std::size_t plus = hunk.find('+');
  if (plus == std::string_view::npos) return {1, 0};
  std::uint32_t first = 0, count = 1;
  const char* end = hunk.data() + hunk.size();
  const auto [at, error] = std::from_chars(hunk.data() + plus + 1, end, first);
  if (error == std::errc{} && at != end && *at == ',') std::from_chars(at + 1, end, count);
  return {first, first + count - 1};
}

std::string git(std::vector<std::string> words) {
  words.insert(words.begin(), "git");
  const auto end = run_program(words);
  if (!end) throw BadInput("--changed-since needs the program `git`, which is not installed");
  if (end->code != 0) throw BadInput("--changed-since: git could not tell, see above");
  return end->output;
}

}  // namespace

bool ChangedLines::touch(const Place& place) const {
  const auto file = lines_.find(normal(place.file));
  return file != lines_.end() && std::any_of(file->second.begin(), file->second.end(), [&](const auto& lines) {
           return place.line <= lines.second && lines.first <= std::max(place.line, place.end_line);
         });
}

ChangedLines changed_since(const std::string& revision, const std::vector<std::string>& files) {
  // What begins with a dash would be an option.
  if (revision.empty() || revision[0] == '-') throw BadInput("`" + printable(revision) + "` is no revision");
  ChangedLines changed;
  std::vector<std::string> diff{"diff", "--no-color", "--no-ext-diff", "--unified=0", "--relative", "--no-prefix",
                                revision, "--"};
  std::vector<std::string> others{"ls-files", "--others", "--"};
  for (const std::string& file : files) {
    diff.push_back(file);
    others.push_back(file);
  }
  std::istringstream lines(git(diff));
  std::string file;
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("+++ ")) file = normal(line.substr(4));
    else if (line.starts_with("@@ ")) changed.lines_[file].push_back(new_lines(line));
  }
  std::istringstream unknown(git(others));
  for (std::string line; std::getline(unknown, line);)
    changed.lines_[normal(line)] = {{1, std::numeric_limits<std::uint32_t>::max()}};
  return changed;
}

}  // namespace assent::command
