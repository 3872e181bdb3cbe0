// Where the text that a person wrote ends, and the original that it answers, or a signature, begins.
//
// Entry: own_lines. Everything from the first sign of an original on is left unread, also what stands below it: mail
// programs break the lines of an original anew, and leave words of it, "or\nreject", without a mark.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>

namespace assent::delivery {

// An introduction such as "On ... wrote:" may be broken over this many lines.
inline constexpr std::size_t max_introduction_lines = 3;

// How many of the first `lines` of a mail are its writer's own. The signs of an end: a line that begins with >; "On
// ... wrote:", also in German and French; a line that begins and ends with three hyphens ("-----Original Message-----")
// or is made of underscores; "From:" with "Sent:", "Date:" or "To:" in the lines after it; and "-- ", which begins a
// signature (RFC 3676 section 4.3).
std::size_t own_lines(std::span<const std::string_view> lines);

}  // namespace assent::delivery
