// What a person would read of HTML, as lines of text.
//
// Entry: html_text. Not a browser: it finds the text of a short answer that a mail program wrote, and drops what it is
// not sure of. What it takes to be hidden, or cannot see the end of, is no text.
#pragma once

#include <string>
#include <string_view>

namespace assent::delivery {

// The text of `html`, which is UTF-8, without tags, comments, scripts, styles, and elements that say that they are not
// shown. Paragraphs and other blocks begin lines of their own; spaces and line ends in between are one space; lines
// within a blockquote begin with "> ", as in plain text. Character references by number, and the names of HTML 4 that
// mailers write (amp, lt, gt, quot, apos, nbsp), become characters; others stay as they are.
std::string html_text(std::string_view html);

}  // namespace assent::delivery
