// See reparse.h; and parse, of parse.h.
#include "compiler/parse/reparse.h"

#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "compiler/ast/shift.h"
#include "compiler/parse/parse.h"
#include "compiler/parse/standing.h"

namespace assent::compiler {

namespace {

// An item of which lines begin as if each were the next one is found if it has no more such lines than these.
constexpr std::size_t max_joined = 1'000;

std::string_view first_word(std::string_view line) {
  std::size_t end = 0;
  while (end < line.size() && line[end] >= 'a' && line[end] <= 'z') ++end;
  return line.substr(0, end);
}

// Where the pieces end. The first begins with the file, and has its header.
std::vector<std::uint32_t> ends_of_pieces(std::string_view text) {
  std::vector<std::uint32_t> ends;
  for (std::size_t end = text.find('\n'); end != std::string_view::npos; end = text.find('\n', end + 1))
    if (starts_item(first_word(text.substr(end + 1)))) ends.push_back(static_cast<std::uint32_t>(end + 1));
  ends.push_back(static_cast<std::uint32_t>(text.size()));
  return ends;
}

// How many pieces from `begin` on may be one item, if the first is none: until its braces are closed, at least two.
std::size_t may_be_one(std::string_view text, std::uint32_t begin, std::span<const std::uint32_t> ends) {
  std::size_t open = 0;
  Standing standing;
  for (std::size_t n = 0, at = begin; n < std::min(ends.size(), max_joined); ++n) {
    for (; at < ends[n]; ++at) {
      standing.pass(text[at]);
      if (standing.in_text || standing.in_comment) continue;
      if (text[at] == '{') ++open;
      else if (text[at] == '}' && open > 0) --open;
    }
    if (n > 0 && open == 0) return n + 1;
  }
  return 1;
}

// Adds what a part says; the first one has the header.
void add(ast::Module& part, bool first, ast::Module& whole) {
  if (first) {
    whole.policy = part.policy;
    whole.name = part.name;
    whole.title = part.title;
  }
  std::move(part.items.begin(), part.items.end(), std::back_inserter(whole.items));
  whole.lost.merge(part.lost);
  whole.broken = whole.broken || part.broken;
}

}  // namespace

// The piece that begins there, or it and some of those behind it, which may be one item. Of one that is wrong, nothing
// is told yet.
Reparser::Piece Reparser::parse_piece(const SourceMap& sources, FileId file, std::uint32_t begin,
                                      std::span<const std::uint32_t> ends) {
  Piece piece;
  piece.begin = begin;
  std::size_t count = 0;
  for (const std::size_t more : {std::size_t{1}, may_be_one(sources.file(file).text, begin, ends)}) {
    if (more == count) break;
    count = more;
    Sink own(1);
    Part part = parse_part(sources, file, begin, ends[count - 1], Tell::no_errors, own);
    piece.right = part.right && !own.has_errors();
    piece.text = sources.text({file, begin, ends[piece.right ? count - 1 : 0]});
    if (piece.right) piece.tree = std::move(part.module);
    if (part.right) break;  // else what is wrong is beyond the grammar
  }
  return piece;
}

ast::Module Reparser::parse(const SourceMap& sources, FileId file, Sink& sink) {
  if (lent_to_) pieces_.clear();
  lent_to_ = file;
  const std::string_view text = sources.file(file).text;
  const std::vector<std::uint32_t> ends = ends_of_pieces(text);
  std::unordered_multimap<std::string_view, Piece*> known;
  for (Piece& piece : pieces_)
    if (piece.right) known.emplace(piece.text, &piece);

  std::vector<Piece> pieces;
  pieces.reserve(ends.size());
  bool may_be_right = false;  // two beside each other are wrong: they may be parts of one item
  std::uint32_t begin = 0;
  for (auto end = ends.begin(); end != ends.end();) {
    Piece piece;
    if (const auto same = known.find(text.substr(begin, *end - begin)); same != known.end()) {
      Piece& before = *same->second;
      known.erase(same);  // it looks at the text
      piece = std::move(before);
      ast::shift(piece.tree, file, begin - piece.begin);
      piece.begin = begin;
    } else {
      piece = parse_piece(sources, file, begin, {end, ends.end()});
    }
    may_be_right = may_be_right || (!piece.right && !pieces.empty() && !pieces.back().right);
    begin += static_cast<std::uint32_t>(piece.text.size());
    while (end != ends.end() && *end <= begin) ++end;
    pieces.push_back(std::move(piece));
  }
  pieces_ = std::move(pieces);
  if (may_be_right) {
    Sink own(1);
    Part whole = parse_part(sources, file, 0, ends.back(), Tell::no_errors, own);
    if (whole.right && !own.has_errors()) {
      pieces_.clear();
      return std::move(whole.module);
    }
  }

  ast::Module module;
  module.file = file;
  for (Piece& piece : pieces_) {
    const auto end = piece.begin + static_cast<std::uint32_t>(piece.text.size());
    if (!piece.right) piece.tree = parse_part(sources, file, piece.begin, end, Tell::errors, sink).module;
    piece.items = piece.tree.items.size();
    add(piece.tree, piece.begin == 0, module);
  }
  return module;
}

void Reparser::give_back(ast::Module module) {
  if (lent_to_ != module.file) return;
  lent_to_.reset();
  auto item = module.items.begin();
  for (Piece& piece : pieces_) {
    const auto end = item + static_cast<std::ptrdiff_t>(piece.items);
    piece.tree.items.assign(std::make_move_iterator(item), std::make_move_iterator(end));
    item = end;
  }
}

// Trees of ANTLR are larger than any cache, so that a text is parsed some pieces at a time. To find all errors takes
// ten times as long as to find that there is one: it is done with the pieces alone that have some.
ast::Module parse(const SourceMap& sources, FileId file, Sink& sink) {
  constexpr std::uint32_t block_bytes = 32 << 10;
  ast::Module module;
  module.file = file;
  std::uint32_t begin = 0;
  const std::vector<std::uint32_t> ends = ends_of_pieces(sources.file(file).text);
  for (const std::uint32_t end : ends) {
    if (end - begin < block_bytes && end != ends.back()) continue;
    Sink own(1);
    Part part = parse_part(sources, file, begin, end, Tell::no_errors, own);
    if (!part.right || own.has_errors()) return Reparser().parse(sources, file, sink);
    add(part.module, begin == 0, module);
    begin = end;
  }
  return module;
}

}  // namespace assent::compiler
