// Words and expressions of the syntax tree. Entries: AstBuilder::word, AstBuilder::expr; below them one
// function for each grammar rule. Recursion is bounded by the depth that parse.cpp let through.
#include <algorithm>
#include <cctype>
#include <charconv>

#include "compiler/parse/ast_builder.h"

namespace assent::compiler::ast {

// ── places and words ────────────────────────────────────────────────────────────────────
Span AstBuilder::span(const antlr4::Token& token) const { return span_of(text_, token); }

Span AstBuilder::span(TerminalNode* node) const { return span(*node->getSymbol()); }

Span AstBuilder::span(ParserRuleContext* context) const {
  const Span first = span(*context->getStart());
  const Span last = context->getStop() == nullptr ? first : span(*context->getStop());
  return {text_.file, first.begin, std::max(first.end, last.end)};
}

std::string_view AstBuilder::slice(Span at) const { return text_.text.substr(at.begin, at.end - at.begin); }

std::string_view AstBuilder::slice(const antlr4::Token& token) const { return slice(span(token)); }

std::string_view AstBuilder::token_at(ParserRuleContext* context, std::size_t i) const {
  if (i >= context->children.size()) return {};
  auto* node = dynamic_cast<TerminalNode*>(context->children[i]);
  return node == nullptr ? std::string_view{} : slice(span(node));
}

bool AstBuilder::has(ParserRuleContext* context, std::string_view keyword) const {
  for (std::size_t i = 0; i < context->children.size(); ++i) {
    if (token_at(context, i) == keyword) return true;
  }
  return false;
}

std::string AstBuilder::unescape(Span at) {
  const std::string_view quoted = slice(at);
  std::string result;
  result.reserve(quoted.size());
  for (std::size_t i = 1; i + 1 < quoted.size(); ++i) {
    if (quoted[i] != '\\') {
      result += quoted[i];
      continue;
    }
    const char escaped = quoted[++i];
    switch (escaped) {
      case 'n': result += '\n'; break;
      case 't': result += '\t'; break;
      case '"': case '\\': result += escaped; break;
      default: {
        const auto begin = static_cast<std::uint32_t>(at.begin + i - 1);
        sink_.report(Code::unknown_escape, {at.file, begin, begin + 2}, "this escape means nothing")
            .help("use `\\\"`, `\\\\`, `\\n` or `\\t`");
      }
    }
  }
  return result;
}

Word AstBuilder::word(const antlr4::Token& token) {
  const Span at = span(token);
  const std::string_view raw = slice(at);
  return {!raw.empty() && raw.front() == '"' ? unescape(at) : std::string(raw), at};
}

Word AstBuilder::word(TerminalNode* node) { return word(*node->getSymbol()); }

Word AstBuilder::word(P::NameContext* name) { const Span at = span(name); return {std::string(slice(at)), at}; }

std::vector<Word> AstBuilder::words(const std::vector<TerminalNode*>& nodes, std::size_t from) {
  std::vector<Word> result;
  for (std::size_t i = from; i < nodes.size(); ++i) result.push_back(word(nodes[i]));
  return result;
}

Qualified AstBuilder::qualified(P::QualifiedContext* context) {
  Qualified result;
  result.span = span(context);
  for (P::NameContext* name : context->name()) result.parts.push_back(word(name));
  return result;
}

Word AstBuilder::one_word(const Qualified& name) { return {dotted(name), name.span}; }

std::string AstBuilder::digits(std::string_view written) {
  std::string result;
  std::copy_if(written.begin(), written.end(), std::back_inserter(result), [](char c) { return c != '_'; });
  return result;
}

std::uint32_t AstBuilder::index(TerminalNode* number) {
  const std::string text = digits(slice(span(number)));
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) {
    sink_.report(Code::bad_count, span(number), "a position in a list is a whole number from 0");
  }
  return value;
}

// ── expressions ─────────────────────────────────────────────────────────────────────────
Literal AstBuilder::duration_literal(P::DurationContext* context) {
  Literal literal{Literal::Kind::duration, digits(slice(span(context->NUMBER()))), {}, {}};
  std::string unit(slice(span(context->unit())));
  if (unit.back() == 's') unit.pop_back();
  literal.unit = has(context, "business") ? "business " + unit : unit;
  if (context->qualified() != nullptr) literal.calendar = qualified(context->qualified());
  return literal;
}

Literal AstBuilder::literal(P::LiteralContext* context) {
  using Kind = Literal::Kind;
  if (context->duration() != nullptr) return duration_literal(context->duration());
  const Span at = span(context);
  const std::string_view raw = slice(at);
  if (context->NUMBER() != nullptr) return {Kind::number, digits(raw), {}, {}};
  if (context->PERCENT() != nullptr) return {Kind::percent, digits(raw.substr(0, raw.size() - 1)), {}, {}};
  if (context->MONEY() != nullptr) {
    const std::string_view amount = raw.substr(0, raw.find_last_of("0123456789") + 1);
    return {Kind::money, digits(amount), std::string(raw.substr(raw.size() - 3)), {}};
  }
  if (context->TEXT() != nullptr) return {Kind::text, unescape(at), {}, {}};
  if (context->DATE() != nullptr) return {Kind::date, std::string(raw), {}, {}};
  if (context->INSTANT() != nullptr) return {Kind::instant, std::string(raw), {}, {}};
  return {Kind::boolean, std::string(raw), {}, {}};
}

ExprPtr AstBuilder::signed_literal(ParserRuleContext* context, P::LiteralContext* value) {
  ExprPtr result = make(span(value), literal(value));
  if (has(context, "-")) result = make(span(value), Negate{std::move(result)});
  return result;
}

ExprPtr AstBuilder::expr(P::ExprContext* context) {
  std::vector<ExprPtr> operands = each(context->conjunction(), &AstBuilder::conjunction);
  if (operands.size() == 1) return std::move(operands.front());
  return make(span(context), Logical{Logic::disjunction, std::move(operands)});
}

ExprPtr AstBuilder::conjunction(P::ConjunctionContext* context) {
  std::vector<ExprPtr> operands = each(context->negation(), &AstBuilder::negation);
  if (operands.size() == 1) return std::move(operands.front());
  return make(span(context), Logical{Logic::conjunction, std::move(operands)});
}

ExprPtr AstBuilder::negation(P::NegationContext* context) {
  ExprPtr result = comparison(context->comparison());
  if (context->children.size() % 2 == 0) result = make(span(context), Not{std::move(result)});
  return result;
}

ExprPtr AstBuilder::comparison(P::ComparisonContext* context) {
  ExprPtr left = sum(context->sum());
  if (context->comparator() == nullptr) return left;
  Comparison result{Relation::equal, std::move(left), {}, false};
  const auto one = [&](P::SumContext* right, P::IgnoringContext* ignoring) {
    result.right.push_back(sum(right));
    result.ignoring_case = ignoring != nullptr;
  };
  if (auto* order = dynamic_cast<P::OrderContext*>(context->comparator())) {
    const std::string_view op = slice(*order->op);
    result.relation = op == "=" ? Relation::equal : op == "!=" ? Relation::not_equal : op == "<" ? Relation::less
                      : op == "<=" ? Relation::less_equal : op == ">" ? Relation::greater : Relation::greater_equal;
    one(order->sum(), order->ignoring());
  } else if (auto* presence = dynamic_cast<P::PresenceContext*>(context->comparator())) {
    result.relation = has(presence, "present") == !has(presence, "not") ? Relation::present : Relation::absent;
  } else if (auto* choice = dynamic_cast<P::OneOfContext*>(context->comparator())) {
    result.relation = has(choice, "not") ? Relation::not_one_of : Relation::one_of;
    result.right = each(choice->sum(), &AstBuilder::sum);
    result.ignoring_case = choice->ignoring() != nullptr;
  } else if (auto* between = dynamic_cast<P::BetweenContext*>(context->comparator())) {
    result.relation = has(between, "not") ? Relation::not_between : Relation::between;
    result.right = each(between->sum(), &AstBuilder::sum);
  } else if (auto* equality = dynamic_cast<P::EqualityContext*>(context->comparator())) {
    result.relation = has(equality, "not") ? Relation::not_equal : Relation::equal;
    one(equality->sum(), equality->ignoring());
  } else if (auto* affix = dynamic_cast<P::AffixContext*>(context->comparator())) {
    result.relation = has(affix, "starts") ? Relation::starts_with : Relation::ends_with;
    one(affix->sum(), affix->ignoring());
  } else if (auto* containing = dynamic_cast<P::ContainingContext*>(context->comparator())) {
    result.relation = Relation::contains;
    one(containing->sum(), containing->ignoring());
  } else {
    auto* lacking = dynamic_cast<P::LackingContext*>(context->comparator());
    result.relation = has(lacking, "start") ? Relation::not_starts_with
                      : has(lacking, "end") ? Relation::not_ends_with : Relation::not_contains;
    one(lacking->sum(), lacking->ignoring());
  }
  return make(span(context), std::move(result));
}

ExprPtr AstBuilder::sum(P::SumContext* context) {
  return arithmetic(context, context->product(), &AstBuilder::product);
}

ExprPtr AstBuilder::product(P::ProductContext* context) {
  return arithmetic(context, context->unary(), &AstBuilder::unary);
}

ExprPtr AstBuilder::unary(P::UnaryContext* context) {
  ExprPtr result = fallback(context->fallback());
  if (context->children.size() % 2 == 0) result = make(span(context), Negate{std::move(result)});
  return result;
}

ExprPtr AstBuilder::fallback(P::FallbackContext* context) {
  if (context->postfix().size() == 1) return postfix(context->postfix(0));
  Fallback result;
  bool negated = false;
  for (std::size_t i = 0; i < context->children.size(); ++i) {
    if (auto* part = dynamic_cast<P::PostfixContext*>(context->children[i])) {
      ExprPtr operand = postfix(part);
      if (std::exchange(negated, false)) operand = make(span(part), Negate{std::move(operand)});
      result.operands.push_back(std::move(operand));
    } else {
      negated = token_at(context, i) == "-";
    }
  }
  return make(span(context), std::move(result));
}

ExprPtr AstBuilder::postfix(P::PostfixContext* context) {
  ExprPtr result = primary(context->primary());
  for (P::NameContext* name : context->name()) {
    const Span at{text_.file, result->span.begin, span(name).end};
    result = make(at, Field{std::move(result), word(name)});
  }
  return result;
}

ExprPtr AstBuilder::primary(P::PrimaryContext* context) {
  const Span at = span(context);
  if (auto* value = dynamic_cast<P::LiteralPrimaryContext*>(context)) return make(at, literal(value->literal()));
  if (auto* inner = dynamic_cast<P::BracketedContext*>(context)) return expr(inner->expr());
  if (auto* name = dynamic_cast<P::ReferenceContext*>(context)) return make(at, Name{word(name->name()).text});
  if (auto* call = dynamic_cast<P::CallContext*>(context)) return this->call(call, at);
  auto* quantifier = dynamic_cast<P::QuantifierContext*>(context);
  const std::string_view kind = token_at(quantifier, 0);
  const Quantity quantity = kind == "any" ? Quantity::any : kind == "every" ? Quantity::every : Quantity::none;
  auto over = range(quantifier->name(), quantifier->postfix(), quantifier->expr());
  return make(at, Quantifier{quantity, std::move(over), negation(quantifier->negation())});
}

std::unique_ptr<Range> AstBuilder::range(P::NameContext* variable, P::PostfixContext* list, P::ExprContext* where) {
  return std::make_unique<Range>(Range{word(variable), postfix(list), where == nullptr ? nullptr : expr(where)});
}

ExprPtr AstBuilder::call(P::CallContext* context, Span at) {
  Qualified name = qualified(context->qualified());
  P::ArgumentsContext* arguments = context->arguments();
  if (auto* over = dynamic_cast<P::OverLinesContext*>(arguments)) {
    return make(at, Aggregate{one_word(name), nullptr, range(over->name(), over->postfix(), over->expr())});
  }
  if (auto* of = dynamic_cast<P::OfLinesContext*>(arguments)) {
    P::ExprContext* where = of->expr().size() > 1 ? of->expr(1) : nullptr;
    return make(at, Aggregate{one_word(name), expr(of->expr(0)), range(of->name(), of->postfix(), where)});
  }
  auto* plain = dynamic_cast<P::PlainContext*>(arguments);
  return make(
      at, Call{std::move(name), plain == nullptr ? std::vector<ExprPtr>{} : each(plain->expr(), &AstBuilder::expr)});
}

}  // namespace assent::compiler::ast
