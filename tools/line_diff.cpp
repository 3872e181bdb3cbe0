// See line_diff.h.
#include "tools/line_diff.h"

#include <algorithm>
#include <cstddef>
#include <unordered_map>
#include <vector>

#include "tools/text.h"

namespace assent::command {

namespace {

constexpr std::size_t context = 3;  // lines around a change

using Lines = std::vector<std::string_view>;

Lines lines_of(std::string_view text) {
  Lines lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

// Lines [begin, end) of the one text that became lines [begin, end) of the other.
struct Change {
  std::size_t old_begin, old_end, new_begin, new_end;
};

struct Pair {
  std::size_t before, after;
};

// Lines that stand once in each text, as many as are in the same order in both.
std::vector<Pair> ties(const Lines& before, const Lines& after) {
  struct Seen { std::size_t before = 0, after = 0, in_before = 0, in_after = 0; };
  std::unordered_map<std::string_view, Seen> seen;
  for (std::size_t i = 0; i < before.size(); ++i) {
    Seen& line = seen[before[i]];
    line.before = i;
    ++line.in_before;
  }
  for (std::size_t i = 0; i < after.size(); ++i) {
    Seen& line = seen[after[i]];
    line.after = i;
    ++line.in_after;
  }
  // The longest ascending sequence: `ends[n]` is the tie that a sequence of n + 1 can end in soonest.
  std::vector<Pair> all;
  std::vector<std::size_t> ends, previous;
  for (std::size_t i = 0; i < before.size(); ++i) {
    const Seen& line = seen[before[i]];
    if (line.in_before != 1 || line.in_after != 1) continue;
    const auto is_before = [&](std::size_t end) { return all[end].after < line.after; };
    const auto at = std::partition_point(ends.begin(), ends.end(), is_before);
    previous.push_back(at == ends.begin() ? all.size() : *(at - 1));
    if (at == ends.end()) ends.push_back(all.size());
    else *at = all.size();
    all.push_back({i, line.after});
  }
  std::vector<Pair> kept;
  for (std::size_t at = ends.empty() ? 0 : ends.back(); kept.size() < ends.size(); at = previous[at])
    kept.push_back(all[at]);
  std::reverse(kept.begin(), kept.end());
  return kept;
}

std::vector<Change> changes_between(const Lines& before, const Lines& after) {
  std::vector<Change> changes;
  Pair done{0, 0};  // all before these lines is compared
  std::vector<Pair> tied = ties(before, after);
  tied.push_back({before.size(), after.size()});
  for (const Pair& tie : tied) {
    if (tie.before < done.before || tie.after < done.after) continue;
    Change change{done.before, tie.before, done.after, tie.after};
    while (change.old_begin < change.old_end && change.new_begin < change.new_end &&
           before[change.old_begin] == after[change.new_begin]) {
      ++change.old_begin;
      ++change.new_begin;
    }
    while (change.old_begin < change.old_end && change.new_begin < change.new_end &&
           before[change.old_end - 1] == after[change.new_end - 1]) {
      --change.old_end;
      --change.new_end;
    }
    if (change.old_begin < change.old_end || change.new_begin < change.new_end) changes.push_back(change);
    done = tie;
  }
  return changes;
}

// "12,3": the first line and how many; an empty range is after the line before it.
std::string range(std::size_t begin, std::size_t end) {
  return std::to_string(begin == end ? begin : begin + 1) + "," + std::to_string(end - begin);
}

std::string shown(char mark, std::string_view line) {
  const bool whole = line.ends_with('\n');
  if (whole) line.remove_suffix(1);
  return mark + valid_text(line) + (whole ? "" : "\n\\ No newline at end of file");
}

}  // namespace

std::string line_diff(const std::string& name, std::string_view before, std::string_view after, const Style& style) {
  const Lines old_lines = lines_of(before);
  const Lines new_lines = lines_of(after);
  const std::vector<Change> changes = changes_between(old_lines, new_lines);
  if (changes.empty()) return {};
  std::string text = style.bold("--- " + printable(name)) + '\n' + style.bold("+++ " + printable(name)) + '\n';
  for (std::size_t first = 0; first < changes.size();) {
    std::size_t last = first;
    while (last + 1 < changes.size() && changes[last + 1].old_begin - changes[last].old_end <= 2 * context) ++last;
    const std::size_t lead = std::min(context, changes[first].old_begin);
    const std::size_t trail = std::min(context, old_lines.size() - changes[last].old_end);
    text += style.blue("@@ -" + range(changes[first].old_begin - lead, changes[last].old_end + trail) + " +" +
                       range(changes[first].new_begin - lead, changes[last].new_end + trail) + " @@") + '\n';
    std::size_t at = changes[first].old_begin - lead;
    for (; first <= last; ++first) {
      const Change& change = changes[first];
      for (; at < change.old_begin; ++at) text += shown(' ', old_lines[at]) + '\n';
      for (; at < change.old_end; ++at) text += style.red(shown('-', old_lines[at])) + '\n';
      for (std::size_t i = change.new_begin; i < change.new_end; ++i)
        text += style.green(shown('+', new_lines[i])) + '\n';
    }
    for (const std::size_t end = at + trail; at < end; ++at) text += shown(' ', old_lines[at]) + '\n';
  }
  return text;
}

}  // namespace assent::command
