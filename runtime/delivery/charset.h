// Character sets of mail, read into UTF-8.
//
// Entry: to_utf8, append_character, character_boundary. Four sets are known: UTF-8, US-ASCII, and ISO 8859-1
// and Windows-1252, which are read as the same one because mailers have always labelled the second as the first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "runtime/delivery/reply_refusal.h"

namespace assent::delivery {

// `charset` by its name in MIME, in any case. Refuses an unknown set as unsupported_charset, and as malformed bytes
// that are no text of the set: a character that a reader guesses is a word that nobody wrote.
ReplyRefusal to_utf8(std::string_view charset, std::string_view bytes, std::string& out);

// Appends a code point; one that is no character of UTF-8 becomes U+FFFD.
void append_character(std::string& out, std::uint32_t code_point);

// The last place at or before `at` where UTF-8 text can be cut without cutting a character.
std::size_t character_boundary(std::string_view text, std::size_t at);

}  // namespace assent::delivery
