// The lines of a text that a person wrote, and what of them is seen.
//
// Entry: lines, trimmed, is_blank. Mail programs put characters at the ends of lines that nobody sees: no-break spaces,
// spaces without width, byte order marks. They are blank here, as they are for who reads the mail.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace assent::delivery {

// The first `at_most` lines of `text`, without their ends: CRLF, LF or CR, as a screen would show them. Views into
// `text`.
std::vector<std::string_view> lines(std::string_view text, std::size_t at_most);

// `line` without what is blank at both ends. A view into `line`, which is UTF-8.
std::string_view trimmed(std::string_view line);

bool is_blank(std::string_view line);

}  // namespace assent::delivery
