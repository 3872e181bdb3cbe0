// Parse tree to syntax: see build_syntax.h. Recursion is bounded by the depth that parse.cpp let through.
#include "compiler/parse/build_syntax.h"

#include <cctype>

#include "AssentLexer.h"

namespace assent::compiler {

namespace {

using grammar::AssentLexer;
using P = grammar::AssentParser;

WordKind kind_of(std::size_t type, char first) {
  switch (type) {
    case antlr4::Token::EOF: return WordKind::end;
    case AssentLexer::COMMENT: return WordKind::comment;
    case AssentLexer::TEXT: case AssentLexer::OPEN_TEXT: return WordKind::text;
    case AssentLexer::NAME: return WordKind::name;
    case AssentLexer::INSTANT: case AssentLexer::DATE: case AssentLexer::MONEY: case AssentLexer::PERCENT:
    case AssentLexer::NUMBER: return WordKind::number;
    default: return std::isalpha(static_cast<unsigned char>(first)) != 0 ? WordKind::keyword : WordKind::mark;
  }
}

Rule rule_of(const antlr4::ParserRuleContext& context) {
  switch (context.getRuleIndex()) {
    case P::RuleHeader: return Rule::header;
    case P::RuleItem: return Rule::item;
    case P::RuleBand: return Rule::band;
    case P::RulePath: return Rule::path;
    case P::RuleStage: return Rule::stage;
    case P::RuleExpr: return Rule::expr;
    case P::RuleConjunction: return Rule::conjunction;
    case P::RuleSum: return Rule::sum;
    case P::RuleProduct: return Rule::product;
    default: return Rule::other;
  }
}

// How many lines end in what stands between two words: a line ends with "\n", "\r\n" or "\r".
std::uint8_t line_ends(std::string_view blanks) {
  std::uint8_t count = 0;
  for (std::size_t i = 0; i < blanks.size() && count < 2; ++i) {
    if (blanks[i] == '\n' || (blanks[i] == '\r' && !blanks.substr(i + 1).starts_with('\n'))) ++count;
  }
  return count;
}

class SyntaxBuilder {
 public:
  SyntaxBuilder(const ParsedText& text, antlr4::CommonTokenStream& tokens) {
    syntax_.text = text.text;
    std::uint32_t before = 0;
    for (const antlr4::Token* token : tokens.getTokens()) {
      auto [file, begin, end] = span_of(text, *token);
      const WordKind kind = kind_of(token->getType(), begin < end ? text.text[begin] : ' ');
      const std::uint8_t ends = line_ends(text.text.substr(before, begin - before));
      before = end;
      while (kind == WordKind::comment && (text.text[end - 1] == ' ' || text.text[end - 1] == '\t')) --end;
      syntax_.words.push_back({kind, ends, begin, end});
    }
  }

  Syntax module(P::ModuleContext& tree, bool skip_broken) {
    for (antlr4::tree::ParseTree* child : tree.children) {
      auto* context = dynamic_cast<antlr4::ParserRuleContext*>(child);
      if (context == nullptr || (skip_broken && broken(context))) continue;
      unread_until(first_word(*context));
      top(*context);
      read_until_ = last_word(*context) + 1;
    }
    unread_until(static_cast<std::uint32_t>(syntax_.words.size()) - 1);
    return std::move(syntax_);
  }

 private:
  Syntax syntax_;
  std::uint32_t read_until_ = 0;

  static std::uint32_t word_of(const antlr4::Token& token) { return static_cast<std::uint32_t>(token.getTokenIndex()); }
  static std::uint32_t first_word(const antlr4::ParserRuleContext& context) { return word_of(*context.start); }
  static std::uint32_t last_word(const antlr4::ParserRuleContext& context) { return word_of(*context.stop); }

  template <typename Inside>
  void part(Rule rule, std::uint32_t first, std::uint32_t last, Inside inside) {
    const std::size_t at = syntax_.parts.size();
    syntax_.parts.push_back({rule, first, last, 0});
    inside();
    syntax_.parts[at].end = static_cast<std::uint32_t>(syntax_.parts.size());
  }

  // What lies between the items that were understood.
  void unread_until(std::uint32_t word) {
    std::uint32_t first = read_until_;
    std::uint32_t last = word;
    while (first < word && syntax_.words[first].kind == WordKind::comment) ++first;
    while (last > first && syntax_.words[last - 1].kind == WordKind::comment) --last;
    if (first < last) part(Rule::unread, first, last - 1, [] {});
  }

  void top(antlr4::ParserRuleContext& context) {
    auto* item = dynamic_cast<P::ItemContext*>(&context);
    const bool kept = item != nullptr && item->reservedItem() != nullptr;
    part(kept ? Rule::kept : rule_of(context), first_word(context), last_word(context), [&] {
      antlr4::tree::ParseTree& words = item != nullptr ? *item->children.front() : context;
      if (!kept) for (antlr4::tree::ParseTree* child : words.children) below(*child);
    });
  }

  void below(antlr4::tree::ParseTree& tree) {
    if (auto* leaf = dynamic_cast<antlr4::tree::TerminalNode*>(&tree)) {
      const std::uint32_t word = word_of(*leaf->getSymbol());
      const auto* above = dynamic_cast<const antlr4::ParserRuleContext*>(leaf->parent);
      if (above->getRuleIndex() == P::RuleName) syntax_.words[word].kind = WordKind::name;
      part(Rule::word, word, word, [] {});
      return;
    }
    auto& context = dynamic_cast<antlr4::ParserRuleContext&>(tree);
    if (context.children.empty()) return;
    if (context.children.size() == 1) return below(*context.children.front());
    part(rule_of(context), first_word(context), last_word(context), [&] {
      for (antlr4::tree::ParseTree* child : context.children) below(*child);
    });
  }
};

}  // namespace

std::vector<std::size_t> Syntax::inside(std::size_t part) const {
  std::vector<std::size_t> found;
  for (std::size_t i = part + 1; i < parts[part].end; i = parts[i].end) found.push_back(i);
  return found;
}

Syntax build_syntax(const ParsedText& text, P::ModuleContext& tree, antlr4::CommonTokenStream& tokens,
                    bool skip_broken) {
  return SyntaxBuilder(text, tokens).module(tree, skip_broken);
}

}  // namespace assent::compiler
