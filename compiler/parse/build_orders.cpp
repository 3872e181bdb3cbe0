// The tree of an `orders` block. Entry: AstBuilder::orders.
#include <algorithm>
#include <string>

#include "compiler/parse/ast_builder.h"

namespace assent::compiler::ast {

namespace {

// "modified following"; empty for a rule that is not there.
std::string words_of(antlr4::ParserRuleContext* context) {
  std::string words;
  if (context == nullptr) return words;
  for (antlr4::tree::ParseTree* each : context->children) words += (words.empty() ? "" : " ") + each->getText();
  return words;
}

}  // namespace

OrdersDecl AstBuilder::orders(P::OrdersItemContext* context) {
  OrdersDecl result{word(context->name()), title(context->title), {}};
  for (P::OrderClauseContext* each : context->orderClause()) {
    if (auto* term = dynamic_cast<P::LineTermContext*>(each)) line_term(term, result.clauses);
    else result.clauses.push_back(order_clause(each));
  }
  return result;
}

// Each expression follows the word that says which part of the term it is.
void AstBuilder::line_term(P::LineTermContext* context, std::vector<OrderClause>& out) {
  using Kind = LineRole::Kind;
  for (std::size_t i = 0; i < context->sum().size(); ++i) {
    const std::string_view word = token_at(context, 1 + 2 * i);
    const Kind kind = word == "from" ? Kind::term_from : word == "to" ? Kind::term_to : Kind::term;
    out.push_back({span(context->sum(i)), LineRole{kind, sum(context->sum(i))}});
  }
}

OrderClause AstBuilder::order_clause(P::OrderClauseContext* context) {
  const Span at = span(context);
  if (auto* each_line = dynamic_cast<P::LinesOrderedContext*>(context))
    return {at, ForEach{range(each_line->name(), each_line->postfix(), each_line->expr())}};
  if (auto* role = dynamic_cast<P::LineRoleContext*>(context)) {
    using Kind = LineRole::Kind;
    constexpr std::string_view words[] = {"named", "quantity", "amount", "part", "item", "unit", "level", "held"};
    const auto word = std::find(std::begin(words), std::end(words), token_at(role, 0)) - std::begin(words);
    return {at, LineRole{static_cast<Kind>(word), sum(role->sum())}};
  }
  if (auto* phase = dynamic_cast<P::PhaseContext*>(context)) {
    return {at, Phase{word(phase->name()), title(phase->title),
                      phase->expr() == nullptr ? nullptr : expr(phase->expr())}};
  }
  if (auto* split = dynamic_cast<P::SplitByContext*>(context))
    return {at, SplitBy{each(split->sum(), &AstBuilder::sum)}};
  if (dynamic_cast<P::BundlesContext*>(context) != nullptr) return {at, Bundles{token_at(context, 0) == "keep"}};
  if (auto* contracts = dynamic_cast<P::ContractingContext*>(context)) {
    // A name of phases too, and so no word of the grammar.
    if (contracts->NAME() != nullptr && contracts->NAME()->getText() != "subscription") {
      sink_.report(Code::unexpected_text, span(contracts->NAME()),
                   "unexpected `" + contracts->NAME()->getText() + "`, expected `subscription`");
    }
    return {at, Contracts{contracts->NAME() == nullptr}};
  }
  if (dynamic_cast<P::RemainderContext*>(context) != nullptr) return {at, Remainder{token_at(context, 2) == "first"}};
  using Choice = LineChoice::Kind;
  if (auto* contract = dynamic_cast<P::ContractOfLineContext*>(context)) {
    const bool none = token_at(contract, 0) == "no";
    return {at, LineChoice{none ? Choice::no_contract : Choice::contract_separately, expr(contract->expr())}};
  }
  if (auto* assets = dynamic_cast<P::AssetsContext*>(context)) {
    const Choice kind = token_at(assets, 0) == "no"     ? Choice::no_assets
                        : token_at(assets, 2) == "unit" ? Choice::assets_per_unit
                                                        : Choice::assets_per_line;
    return {at, LineChoice{kind, assets->expr() == nullptr ? nullptr : expr(assets->expr())}};
  }
  return {at, timing(context)};
}

ExprPtr AstBuilder::value_of(const Qualified& name) {
  ExprPtr result = make(name.parts.front().span, Name{name.parts.front().text});
  for (std::size_t i = 1; i < name.parts.size(); ++i) {
    const Span at{text_.file, name.span.begin, name.parts[i].span.end};
    result = make(at, Field{std::move(result), name.parts[i]});
  }
  return result;
}

Timing AstBuilder::timing(P::OrderClauseContext* context) {
  using Kind = Timing::Kind;
  Timing result{};
  const auto of = [&](P::WhoseContext* whose) {
    if (whose->NAME() != nullptr) result.phase = word(whose->NAME());
  };
  if (auto* starts = dynamic_cast<P::StartsOnContext*>(context)) {
    of(starts->whose());
    result.kind = Kind::starts_on;
    result.value = sum(starts->sum());
  } else if (auto* waits = dynamic_cast<P::StartsAfterContext*>(context)) {
    of(waits->whose());
    result.kind = Kind::starts_after;
    if (waits->duration() != nullptr) result.value = make(span(waits->duration()), duration_literal(waits->duration()));
    if (waits->qualified() != nullptr) result.value = value_of(qualified(waits->qualified()));
    result.same = each(waits->sum(), &AstBuilder::sum);
    result.after = word(waits->name());
    result.milestone = waits->milestone()->getText();
  } else if (auto* takes = dynamic_cast<P::TakesContext*>(context)) {
    of(takes->whose());
    result.kind = Kind::takes;
    result.value = sum(takes->sum());
    if (takes->expr() != nullptr) result.when = expr(takes->expr());
    result.otherwise = takes->expr() == nullptr && takes->children.back()->getText() == "otherwise";
  } else if (auto* wanted = dynamic_cast<P::WantedOnContext*>(context)) {
    of(wanted->whose());
    result.kind = token_at(wanted, 2) == "due" ? Kind::due_on : Kind::wanted_on;
    result.value = sum(wanted->sum());
  } else if (auto* keeps = dynamic_cast<P::KeepsToContext*>(context)) {
    of(keeps->whose());
    result.kind = Kind::business_days;
    if (keeps->qualified() != nullptr) result.calendar = qualified(keeps->qualified());
    result.convention = words_of(keeps->convention());
  } else if (auto* places = dynamic_cast<P::PlacesTermsContext*>(context)) {
    of(places->whose());
    result.kind = Kind::dates;
    result.dates = places->children[1]->getText();
    result.proration = words_of(places->proration());
  } else if (auto* earns = dynamic_cast<P::EarnsContext*>(context)) {
    of(earns->whose());
    result.kind = Kind::earns;
    result.recognition = words_of(earns->recognition());
    if (earns->milestone() != nullptr) result.milestone = earns->milestone()->getText();
    if (earns->sum() != nullptr) result.value = sum(earns->sum());
  } else if (auto* once = dynamic_cast<P::FinalOnceContext*>(context)) {
    of(once->whose());
    result.kind = Kind::final_once;
    result.milestone = once->milestone()->getText();
  }
  return result;
}

}  // namespace assent::compiler::ast
