// See nearest.h. Levenshtein distance, where two swapped neighbours count as one slip.
#include "tools/nearest.h"

#include <algorithm>

namespace assent::command {

namespace {

std::size_t slips(std::string_view a, std::string_view b) {
  std::vector<std::size_t> two_above, above, row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    two_above = std::move(above);
    above = row;
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = a[i - 1] == b[j - 1] ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + change});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], two_above[j - 2] + 1);
    }
  }
  return row[b.size()];
}

}  // namespace

std::optional<std::string> nearest(std::string_view wanted, std::vector<std::string> candidates) {
  if (wanted.size() > max_suggested_bytes) return std::nullopt;
  std::sort(candidates.begin(), candidates.end());
  std::optional<std::string> best;
  std::size_t least = std::max<std::size_t>(1, wanted.size() / 3) + 1;
  for (std::string& candidate : candidates) {
    if (candidate.size() > max_suggested_bytes) continue;
    const std::size_t distance = slips(wanted, candidate);
    if (distance >= least || distance >= std::max(wanted.size(), candidate.size())) continue;
    least = distance;
    best = std::move(candidate);
  }
  return best;
}

std::string did_you_mean(std::string_view wanted, std::vector<std::string> candidates) {
  const std::optional<std::string> near = nearest(wanted, std::move(candidates));
  return near ? " (did you mean `" + *near + "`?)" : "";
}

}  // namespace assent::command
