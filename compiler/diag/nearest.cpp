// compiler/diag/nearest.cpp: see nearest.h.
//
// Restricted Damerau-Levenshtein distance (optimal string alignment) on folded names, in three
// rows; a candidate is given up as soon as two rows in a row are over the limit.
#include "compiler/diag/nearest.h"

#include <algorithm>
#include <array>
#include <utility>

#include "compiler/source/utf8.h"

namespace assent::compiler {
namespace {

struct Folded {
  std::array<char32_t, max_suggested_name> letters{};
  std::size_t size = 0;
};

char32_t fold_letter(char32_t letter) {
  if (letter >= U'A' && letter <= U'Z') return letter - U'A' + U'a';
  return letter == U'_' ? U'-' : letter;
}

// Nothing if the name is too long to compare.
std::optional<Folded> fold(std::string_view name) {
  Folded folded;
  for (std::size_t at = 0; at < name.size();) {
    if (folded.size == max_suggested_name) return std::nullopt;
    const CodePoint point = decode_utf8(name, at);
    folded.letters[folded.size++] = fold_letter(point.value);
    at += point.length;
  }
  return folded;
}

// The distance if it is at most `limit`, otherwise any larger number.
std::size_t distance(const Folded& a, const Folded& b, std::size_t limit) {
  const std::size_t gap = a.size > b.size ? a.size - b.size : b.size - a.size;
  if (gap > limit) return gap;

  using Row = std::array<std::size_t, max_suggested_name + 1>;
  Row two_above{};
  Row above{};
  Row row{};
  for (std::size_t j = 0; j <= b.size; ++j) row[j] = j;

  std::size_t least_above = 0;
  std::size_t least = 0;
  for (std::size_t i = 1; i <= a.size; ++i) {
    two_above = std::exchange(above, row);
    least_above = std::exchange(least, i);
    row[0] = i;
    for (std::size_t j = 1; j <= b.size; ++j) {
      const bool same = a.letters[i - 1] == b.letters[j - 1];
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0u : 1u)});
      if (i > 1 && j > 1 && a.letters[i - 1] == b.letters[j - 2] &&
          a.letters[i - 2] == b.letters[j - 1]) {
        row[j] = std::min(row[j], two_above[j - 2] + 1);
      }
      least = std::min(least, row[j]);
    }
    if (least > limit && least_above > limit) return least;
  }
  return row[b.size];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view wanted,
                                        std::span<const std::string_view> candidates) {
  const std::optional<Folded> folded = fold(wanted);
  if (!folded || folded->size == 0) return std::nullopt;

  std::optional<std::string_view> best;
  std::size_t limit = std::max<std::size_t>(1, folded->size / 3);
  for (const std::string_view candidate : candidates) {
    if (candidate.empty() || candidate == wanted) continue;
    const std::optional<Folded> other = fold(candidate);
    if (!other) continue;
    const std::size_t slips = distance(*folded, *other, limit);
    // As many slips as letters is another name altogether: `b` is no misspelling of `a`.
    if (slips > limit || slips >= std::max(folded->size, other->size)) continue;
    if (!best || slips < limit || candidate < *best) best = candidate;
    limit = slips;
  }
  return best;
}

}  // namespace assent::compiler
