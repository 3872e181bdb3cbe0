// See layout.h: which items, clauses and comments have lines of their own, and where a line between them stays blank.
#include "compiler/format/layout.h"

#include <algorithm>
#include <utility>

#include "compiler/format/clause.h"

namespace assent::compiler::format {

namespace {

constexpr std::size_t in_block = 2;

class Layout {
 public:
  explicit Layout(const Syntax& syntax) : syntax_(syntax) {}

  std::string run() {
    for (std::size_t at = 0; at < syntax_.parts.size(); at = syntax_.parts[at].end) {
      const SyntaxPart& part = syntax_.parts[at];
      comments(part.first, 0);
      if (part.rule == Rule::item) item(at);
      else if (part.rule == Rule::header) put(clause_of(syntax_, syntax_.inside(at), part.rule, {}), part, 0, {});
      else keep(part);
    }
    comments(syntax_.words.size() - 1, 0);
    return text_of(std::move(lines_));
  }

 private:
  const Syntax& syntax_;
  std::vector<Line> lines_;
  std::size_t next_ = 0;        // the first word that is not put down
  bool first_in_block_ = true;  // no blank line comes before what follows

  // ── lines ─────────────────────────────────────────────────────────────────────────────────
  bool after_blank(std::size_t word) const { return syntax_.words[word].line_ends == 2 && !first_in_block_; }

  // The comments before a word: the first may stand at the end of what was put down.
  void comments(std::size_t word, std::size_t indent) {
    for (; next_ < word; ++next_) {
      if (next_ > 0 && syntax_.words[next_].line_ends == 0) {
        lines_.back().comment = syntax_.word(next_);
      } else {
        lines_.push_back({.indent = indent, .comment = syntax_.word(next_), .after_blank = after_blank(next_)});
        first_in_block_ = false;
      }
    }
  }

  void put(const Document& document, const SyntaxPart& part, std::size_t indent, std::string_view family) {
    const std::size_t begin = lines_.size();
    document.print(indent, lines_);
    lines_[begin].after_blank = after_blank(part.first);
    if (lines_.size() == begin + 1) lines_[begin].family = family;
    first_in_block_ = false;
    next_ = part.last + 1;
  }

  void keep(const SyntaxPart& part) {
    const std::size_t begin = syntax_.words[part.first].begin;
    const std::size_t end = syntax_.words[part.last].end;
    std::string text(syntax_.text.substr(begin, end - begin));
    lines_.push_back({.text = std::move(text), .after_blank = after_blank(part.first), .alone = true});
    first_in_block_ = false;
    next_ = part.last + 1;
  }

  // ── items ─────────────────────────────────────────────────────────────────────────────────
  void item(std::size_t at) {
    const Parts parts = syntax_.inside(at);
    const SyntaxPart& whole = syntax_.parts[at];
    const auto brace = std::find_if(parts.begin(), parts.end(), [&](std::size_t part) {
      return syntax_.parts[part].rule == Rule::word && syntax_.word(syntax_.parts[part].first) == "{";
    });
    const std::string_view kind = syntax_.word(whole.first);
    const std::string_view family = kind == "group" || kind == "chain" ? "approver" : kind == "function" ? "" : kind;
    if (brace == parts.end()) return put(clause_of(syntax_, parts, whole.rule, family), whole, 0, family);

    const std::uint32_t open = syntax_.parts[*brace].first;
    const auto begins_line = [](const SyntaxWord& word) { return word.line_ends > 0; };
    const bool empty = whole.last == open + 1;
    if (empty || std::none_of(&syntax_.words[open] + 1, &syntax_.words[whole.last] + 1, begins_line)) {
      const Document line = block_of(syntax_, parts, static_cast<std::size_t>(brace - parts.begin()), family);
      if (line.fits(0)) return put(line, whole, 0, family);
    }
    put(clause_of(syntax_, {parts.begin(), brace + 1}, whole.rule, {}), {.first = whole.first, .last = open}, 0, {});
    lines_.back().alone = true;
    first_in_block_ = true;
    for (auto part = brace + 1; part + 1 != parts.end(); ++part) {
      comments(syntax_.parts[*part].first, in_block);
      clause(*part, kind);
    }
    comments(whole.last, in_block);
    lines_.push_back({.text = "}", .alone = true});
    first_in_block_ = false;
    next_ = whole.last + 1;
  }

  void clause(std::size_t at, std::string_view item) {
    const SyntaxPart& part = syntax_.parts[at];
    const Parts parts = part.rule == Rule::word ? Parts{at} : syntax_.inside(at);
    const std::string_view family = part.rule == Rule::band                  ? "band"
                                    : item == "record" || item == "extend"   ? "field"
                                    : item == "orders"                       ? order_family(part)
                                                                             : "";
    put(clause_of(syntax_, parts, part.rule, family), part, in_block, family);
  }

  // Phases, and what is said of one phase after the other.
  std::string_view order_family(const SyntaxPart& part) const {
    if (syntax_.words[part.first].kind == WordKind::name) return "orders";
    return syntax_.word(part.first) == "phase" ? "phase" : "";
  }
};

}  // namespace

std::string layout(const Syntax& syntax) { return Layout(syntax).run(); }

}  // namespace assent::compiler::format
