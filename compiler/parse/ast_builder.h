// The builder of the syntax tree: one class, because every part reports to one sink and reads one text;
// its parts are build_expr.cpp, build_orders.cpp and build_ast.cpp. Internal to parse/.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "antlr4-runtime.h"
#include "compiler/parse/build_ast.h"

namespace assent::compiler::ast {

class AstBuilder {
 public:
  AstBuilder(const ParsedText& text, Sink& sink) : text_(text), sink_(sink) {}

  Module module(grammar::AssentParser::ModuleContext& tree, bool skip_broken);

 private:
  using P = grammar::AssentParser;
  using ParserRuleContext = antlr4::ParserRuleContext;
  using ParseTree = antlr4::tree::ParseTree;
  using TerminalNode = antlr4::tree::TerminalNode;

  const ParsedText& text_;
  Sink& sink_;

  // Notes the words of a part that was left out.
  void lose(std::uint32_t begin, std::uint32_t end, Module& module) const;

  // ── places and words ────────────────────────────────────────────────────────────────────
  Span span(const antlr4::Token& token) const;
  Span span(TerminalNode* node) const;
  Span span(ParserRuleContext* context) const;
  std::string_view slice(Span at) const;
  std::string_view slice(const antlr4::Token& token) const;

  // The text of child i if it is a token, else nothing.
  std::string_view token_at(ParserRuleContext* context, std::size_t i) const;
  bool has(ParserRuleContext* context, std::string_view keyword) const;

  std::string unescape(Span at);
  Word word(const antlr4::Token& token);
  Word word(TerminalNode* node);
  Word word(P::NameContext* name);
  std::vector<Word> words(const std::vector<TerminalNode*>& nodes, std::size_t from = 0);
  Qualified qualified(P::QualifiedContext* context);
  static Word one_word(const Qualified& name);
  static std::string digits(std::string_view written);
  std::uint32_t index(TerminalNode* number);

  // ── expressions ─────────────────────────────────────────────────────────────────────────
  template <typename Node>
  ExprPtr make(Span at, Node node) const { return std::make_unique<Expr>(Expr{at, std::move(node)}); }

  Literal duration_literal(P::DurationContext* context);
  Literal literal(P::LiteralContext* context);
  ExprPtr signed_literal(ParserRuleContext* context, P::LiteralContext* value);

  template <typename Context>
  std::vector<ExprPtr> each(const std::vector<Context*>& contexts, ExprPtr (AstBuilder::*build)(Context*)) {
    std::vector<ExprPtr> result;
    result.reserve(contexts.size());
    for (Context* context : contexts) result.push_back((this->*build)(context));
    return result;
  }

  ExprPtr expr(P::ExprContext* context);
  ExprPtr conjunction(P::ConjunctionContext* context);
  ExprPtr negation(P::NegationContext* context);

  ExprPtr comparison(P::ComparisonContext* context);

  template <typename Context, typename Part>
  ExprPtr arithmetic(Context* context, const std::vector<Part*>& parts, ExprPtr (AstBuilder::*build)(Part*)) {
    Arithmetic result{each(parts, build), {}};
    if (result.operands.size() == 1) return std::move(result.operands.front());
    for (std::size_t i = 1; i < context->children.size(); i += 2) result.operators += token_at(context, i);
    return make(span(context), std::move(result));
  }
  ExprPtr sum(P::SumContext* context);
  ExprPtr product(P::ProductContext* context);
  ExprPtr unary(P::UnaryContext* context);
  ExprPtr fallback(P::FallbackContext* context);
  ExprPtr postfix(P::PostfixContext* context);
  ExprPtr primary(P::PrimaryContext* context);
  std::unique_ptr<Range> range(P::NameContext* variable, P::PostfixContext* list, P::ExprContext* where);
  ExprPtr call(P::CallContext* context, Span at);

  // ── types and records ───────────────────────────────────────────────────────────────────
  TypeName type_name(P::TypeNameContext* context);
  FieldDecl field(P::FieldContext* context);
  std::vector<FieldDecl> fields(const std::vector<P::FieldContext*>& contexts);

  // ── approvers and paths ─────────────────────────────────────────────────────────────────
  ApproverTerm approver_term(P::ApproverTermContext* context);
  Member member(P::MemberContext* context);
  GroupDecl group(P::GroupItemContext* context);
  std::optional<Word> title(antlr4::Token* token);

  Path path(P::PathContext* context);
  Branch branch(P::BranchContext* context);

  // ── rules and ladders ───────────────────────────────────────────────────────────────────
  Clause clause(P::ClauseContext* context);
  std::vector<Clause> clauses(const std::vector<P::ClauseContext*>& contexts);
  Band band(P::BandContext* context);
  LadderDecl ladder(P::LadderItemContext* context);

  // ── orders ──────────────────────────────────────────────────────────────────────────────
  OrdersDecl orders(P::OrdersItemContext* context);
  void line_term(P::LineTermContext* context, std::vector<OrderClause>& out);
  OrderClause order_clause(P::OrderClauseContext* context);
  ExprPtr value_of(const Qualified& name);
  Timing timing(P::OrderClauseContext* context);

  // ── steps, order, tests ─────────────────────────────────────────────────────────────────
  Setting setting(P::SettingContext* context);
  PathDecl path_decl(P::PathItemContext* context);
  OtherwiseDecl otherwise(P::OtherwiseItemContext* context);
  Edit edit(P::EditContext* context);
  Expectation expectation(P::ExpectationContext* context);
  TestDecl test(const std::vector<P::TestClauseContext*>& contexts, Word name);

  // ── items ───────────────────────────────────────────────────────────────────────────────
  Item item(P::ItemContext* context);
};

}  // namespace assent::compiler::ast
