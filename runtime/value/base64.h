// Bytes as text: base64 and base64url, as in RFC 4648.
//
// Entry: base64, base64url, decode_base64, decode_base64url. Reading is strict, so that the same bytes have exactly
// one text: no spaces or line ends, no other alphabet's characters, no bits that are left over and not zero.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace assent {

// Section 4: with + and /, filled up with = to a multiple of four characters, on one line.
std::string base64(std::string_view bytes);

// Section 5: with - and _, without =. It stands in a URL as it is.
std::string base64url(std::string_view bytes);

// The bytes that base64, or base64url, makes `text` of; nothing if there are none.
std::optional<std::string> decode_base64(std::string_view text);
std::optional<std::string> decode_base64url(std::string_view text);

}  // namespace assent
