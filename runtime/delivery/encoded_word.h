// Text beyond ASCII in the header of a mail: encoded words, as in RFC 2047.
//
// Entry: append_encoded_words, decode_encoded_words.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace assent::delivery {

inline constexpr std::size_t max_encoded_word = 75;       // characters, section 2
inline constexpr std::size_t max_encoded_word_line = 76;  // of a line that holds one, without its end

// Appends `text`, which is UTF-8, to a header field whose last line in `out` is `column` characters long by now. All
// of it is encoded, in base64, as many words on as many lines as it takes; none cuts a character in two (section 5).
void append_encoded_words(std::string& out, std::size_t column, std::string_view text);

// An unstructured value, such as a subject, in UTF-8: its encoded words decoded, the space between two of them gone
// (section 6.2). A word that is damaged or of an unknown character set stays as it is. Control characters, which only
// a word that hides them can bring in, become spaces. Not for addresses: encoded words in them mean nothing.
std::string decode_encoded_words(std::string_view value);

}  // namespace assent::delivery
