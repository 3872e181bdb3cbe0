// The comment right above a declaration: what its author says of it. Entries: comment_above, comment_begin.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace assent::compiler {

// The comment lines right above the one in which `at` stands, without their marks; not those that only draw a line, and
// none above a blank line.
std::string comment_above(std::string_view text, std::uint32_t at);

// Where those lines begin; the begin of the line of `at` if there are none. A line that is drawn is a heading, and
// belongs to more than what stands below it.
std::uint32_t comment_begin(std::string_view text, std::uint32_t at);

}  // namespace assent::compiler
