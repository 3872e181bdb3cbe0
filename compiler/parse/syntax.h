// The words of a file in the shape of the grammar, with its comments: what the formatter lays out. Entry: parse_syntax.
//
// Where the syntax tree says what was written, this says how: every word is here, in the order of the text, and between
// two words there are blanks alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "compiler/diag/diag.h"
#include "compiler/source/source.h"

namespace assent::compiler {

enum class WordKind : std::uint8_t { mark, keyword, name, number, text, comment, end };

// The bytes [begin, end) of the file; a comment is without blanks at its end.
struct SyntaxWord {
  WordKind kind{};
  std::uint8_t line_ends = 0;  // between the word before and this one; 2 stands for more
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
};

enum class Rule : std::uint8_t {
  word,    // a single word
  unread,  // words that are no item, or one that was not understood
  header,
  item,
  kept,    // an item of words that have no grammar
  band,
  path,
  stage,
  expr,
  conjunction,
  sum,
  product,
  other,
};

// A rule of the grammar and the words [first, last] that it took. Rules of one part are dissolved in what holds them.
struct SyntaxPart {
  Rule rule{};
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::uint32_t end = 0;  // the position of the part that follows all that are inside this one
};

// Invariant: the parts are in preorder; those at the top hold every word that is no comment, but for the last, which
// is the end of the file.
struct Syntax {
  std::string_view text;  // of the file, borrowed from the map
  std::vector<SyntaxWord> words;
  std::vector<SyntaxPart> parts;

  std::string_view word(std::size_t at) const { return text.substr(words[at].begin, words[at].end - words[at].begin); }
  std::vector<std::size_t> inside(std::size_t part) const;  // the parts of a part
};

// Parses one file. Syntax errors go to `sink`; the words of an item that has one are `unread`. No words at all if the
// text is not UTF-8 or nested too deep. Safe from any thread: calls wait for each other.
Syntax parse_syntax(const SourceMap& sources, FileId file, Sink& sink);

}  // namespace assent::compiler
