// Text that survives any mail server: quoted-printable, as in RFC 2045 section 6.7.
//
// Entry: quoted_printable, decode_quoted_printable.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace assent::delivery {

inline constexpr std::size_t max_encoded_line = 76;  // characters, without the line end: rule 5

// Lines of ASCII of at most max_encoded_line characters, each ended with CRLF. Line ends of `text` are LF or CRLF; a
// CR without LF is kept as a byte.
std::string quoted_printable(std::string_view text);

// Nothing if an = is followed by neither two hexadecimal digits, in any case, nor a line end: a reader that guesses
// could read another word than was written. Spaces at the ends of lines are dropped (rule 3); line ends stay as they
// are.
std::optional<std::string> decode_quoted_printable(std::string_view encoded);

}  // namespace assent::delivery
