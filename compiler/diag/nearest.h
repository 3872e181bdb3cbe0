// compiler/diag/nearest.h: "did you mean …?".
//
// Entry: nearest. The fewest slips of a typist (a letter left out, added, changed, or swapped with
// its neighbour) between the wanted name and one that exists.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

namespace assent::compiler {

// Longer names are never suggested, nor suggested for: the work is quadratic in the length.
inline constexpr std::size_t max_suggested_name = 64;  // code points

// The candidate nearest to `wanted`, or nothing if none is near: at most a third of the wanted
// name's length in slips (but always one), and at least one letter in common. ASCII case does not
// count, nor does `-` against `_`. Of equally near ones the smallest in byte order, so the order of
// the candidates does not matter. Never `wanted` itself. The view is one of `candidates`.
std::optional<std::string_view> nearest(std::string_view wanted,
                                        std::span<const std::string_view> candidates);

}  // namespace assent::compiler
