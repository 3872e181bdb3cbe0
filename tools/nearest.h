// "Did you mean …?" Entry: nearest.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace assent::command {

// Longer names are never suggested, nor suggested for: the work is quadratic in the length.
inline constexpr std::size_t max_suggested_bytes = 128;

// The candidate that a typist most likely meant: at most a third of the wanted name in slips (but
// always one). Of equally near ones the first in byte order.
std::optional<std::string> nearest(std::string_view wanted, std::vector<std::string> candidates);

// " (did you mean `x`?)", or nothing.
std::string did_you_mean(std::string_view wanted, std::vector<std::string> candidates);

}  // namespace assent::command
