// Parse tree to syntax tree. Entry: build_ast; below it one function for each grammar rule, bottom
// up. Recursion is bounded by the depth that parse.cpp let through.
#include "compiler/parse/build_ast.h"

#include <algorithm>
#include <cctype>

#include "compiler/parse/ast_builder.h"
#include "compiler/parse/standing.h"

namespace assent::compiler {

bool broken(antlr4::tree::ParseTree* tree) {
  if (dynamic_cast<antlr4::tree::ErrorNode*>(tree) != nullptr) return true;
  const auto* context = dynamic_cast<antlr4::ParserRuleContext*>(tree);
  if (context != nullptr && context->exception) return true;
  return std::any_of(tree->children.begin(), tree->children.end(), [](auto* child) { return broken(child); });
}

namespace ast {

Module AstBuilder::module(P::ModuleContext& tree, bool skip_broken) {
  Module module;
  module.file = text_.file;
  std::uint32_t good_until = text_.begin;
  if (auto* header = tree.header(); header != nullptr && !(skip_broken && broken(header))) {
    module.policy = slice(*header->kind) == "policy";
    module.name = qualified(header->qualified());
    if (header->title != nullptr) module.title = word(*header->title);
    good_until = span(header).end;
  }
  for (P::ItemContext* tree_item : tree.item()) {
    if (skip_broken && broken(tree_item)) continue;
    module.items.push_back(item(tree_item));
    const Span at = module.items.back().span;
    if (skip_broken) lose(good_until, at.begin, module);
    good_until = at.end;
  }
  if (skip_broken) lose(good_until, text_.end, module);
  return module;
}

void AstBuilder::lose(std::uint32_t begin, std::uint32_t end, Module& module) const {
  std::string word;
  Standing standing;
  for (std::uint32_t i = begin; i <= end; ++i) {
    const auto c = static_cast<unsigned char>(i < end ? text_.text[i] : ' ');
    standing.pass(static_cast<char>(c));
    if (!standing.in_comment && (std::isalnum(c) || c == '_' || c >= 0x80)) word += static_cast<char>(c);
    else if (!word.empty()) module.lost.insert(std::exchange(word, {}));
  }
}

// ── types and records ───────────────────────────────────────────────────────────────────
TypeName AstBuilder::type_name(P::TypeNameContext* context) {
  TypeName result;
  result.span = span(context);
  result.list = has(context, "list");
  result.optional = context->optional != nullptr;
  if (context->choice() != nullptr) result.choices = words(context->choice()->TEXT());
  else result.name = qualified(context->qualified());
  return result;
}

FieldDecl AstBuilder::field(P::FieldContext* context) {
  FieldDecl result{word(context->name()), type_name(context->typeName()), words(context->TEXT()), nullptr, false};
  if (auto* fallback = context->fieldDefault(); fallback != nullptr) {
    if (fallback->literal() != nullptr) result.fallback = signed_literal(fallback, fallback->literal());
    else result.empty_list = true;
  }
  return result;
}

std::vector<FieldDecl> AstBuilder::fields(const std::vector<P::FieldContext*>& contexts) {
  std::vector<FieldDecl> result;
  for (P::FieldContext* context : contexts) result.push_back(field(context));
  return result;
}

// ── approvers and paths ─────────────────────────────────────────────────────────────────
ApproverTerm AstBuilder::approver_term(P::ApproverTermContext* context) {
  const Span at = span(context);
  if (auto* person = dynamic_cast<P::NamedPersonContext*>(context)) return {at, NamedPerson{word(person->TEXT())}};
  if (auto* role = dynamic_cast<P::NamedRoleContext*>(context)) return {at, NamedRole{word(role->TEXT())}};
  if (auto* climb = dynamic_cast<P::ClimbContext*>(context)) {
    return {at, Climb{postfix(climb->postfix(0)), word(climb->TEXT()), postfix(climb->postfix(1))}};
  }
  return {at, PersonValue{qualified(dynamic_cast<P::PersonValueContext*>(context)->qualified())}};
}

Member AstBuilder::member(P::MemberContext* context) {
  const Span at = span(context);
  const std::string_view kind = token_at(context, 0);
  if (context->qualified() != nullptr) return {at, PersonValue{qualified(context->qualified())}, {}, at};
  if (kind == "role") return {at, NamedRole{word(context->TEXT(0))}, {}, at};
  return {at, People{words(context->TEXT())}, {}, at};
}

GroupDecl AstBuilder::group(P::GroupItemContext* context) {
  GroupDecl result{word(context->name()), title(context->title), {}, {}, {}};
  result.quorum.span = span(*context->quorum()->getStart());
  if (auto* counted = dynamic_cast<P::CountedContext*>(context->quorum())) {
    const std::string_view kind = slice(result.quorum.span);
    using Kind = Quorum::Kind;
    result.quorum.kind = kind == "any" ? Kind::any : kind == "all" ? Kind::all : kind == "majority" ? Kind::majority
                         : counted->NUMBER() != nullptr ? Kind::number : Kind::percent;
    if (counted->NUMBER() != nullptr) result.quorum.amount = digits(kind);
    if (counted->PERCENT() != nullptr) result.quorum.amount = digits(kind.substr(0, kind.size() - 1));
    for (P::MemberContext* each : counted->member()) result.members.push_back(member(each));
  } else {
    auto* points = dynamic_cast<P::PointsContext*>(context->quorum());
    result.quorum.kind = Quorum::Kind::points;
    result.quorum.amount = digits(slice(result.quorum.span));
    for (P::WeightedContext* each : points->weighted()) {
      Member weighted = member(each->member());
      weighted.worth_span = span(each->NUMBER());
      weighted.worth = digits(slice(weighted.worth_span));
      result.members.push_back(std::move(weighted));
    }
  }
  for (P::MemberContext* each : context->member()) result.vetoes.push_back(member(each));
  return result;
}

std::optional<Word> AstBuilder::title(antlr4::Token* token) {
  return token == nullptr ? std::nullopt : std::optional<Word>(word(*token));
}

Path AstBuilder::path(P::PathContext* context) {
  Path result{span(context), {}};
  for (P::StageContext* stage_context : context->stage()) {
    Stage stage{span(stage_context), {}, nullptr};
    for (P::BranchContext* each : stage_context->branch()) stage.branches.push_back(branch(each));
    if (stage_context->expr() != nullptr) stage.when = expr(stage_context->expr());
    result.stages.push_back(std::move(stage));
  }
  return result;
}

Branch AstBuilder::branch(P::BranchContext* context) {
  const Span at = span(context);
  if (context->path() != nullptr) return {at, std::make_unique<Path>(path(context->path()))};
  if (context->qualified() != nullptr) return {at, qualified(context->qualified())};
  if (token_at(context, 0) == "person") return {at, NamedPerson{word(context->TEXT())}};
  return {at, NamedRole{word(context->TEXT())}};
}

// ── rules and ladders ───────────────────────────────────────────────────────────────────
Clause AstBuilder::clause(P::ClauseContext* context) {
  const Span at = span(context);
  if (auto* each = dynamic_cast<P::ForEachContext*>(context)) {
    return {at, ForEach{range(each->name(), each->postfix(), each->expr())}};
  }
  if (auto* window = dynamic_cast<P::EffectiveContext*>(context)) {
    return {at, Effective{title(window->first), title(window->last),
                          window->fallback() == nullptr ? nullptr : fallback(window->fallback())}};
  }
  if (auto* states = dynamic_cast<P::StatesContext*>(context)) {
    States result{has(states, "except"), {}};
    for (P::NameContext* name : states->name()) result.names.push_back(word(name));
    return {at, std::move(result)};
  }
  if (auto* when = dynamic_cast<P::WhenClauseContext*>(context)) return {at, When{expr(when->expr())}};
  if (auto* unless = dynamic_cast<P::UnlessClauseContext*>(context)) return {at, Unless{expr(unless->expr())}};
  if (dynamic_cast<P::AlwaysClauseContext*>(context) != nullptr) return {at, Always{}};
  if (auto* demands = dynamic_cast<P::RequiresClauseContext*>(context)) return {at, Requires{path(demands->path())}};
  if (auto* denies = dynamic_cast<P::DeniesClauseContext*>(context)) return {at, Denies{word(denies->TEXT())}};
  if (auto* warns = dynamic_cast<P::WarnsClauseContext*>(context)) return {at, Warns{word(warns->TEXT())}};
  auto* again = dynamic_cast<P::ReapproveClauseContext*>(context);
  Reapprove result{Reapprove::Kind::always, {}};
  if (again->expr() != nullptr) {
    result.kind = Reapprove::Kind::when;
    result.values.push_back(expr(again->expr()));
  } else if (!again->sum().empty()) {
    result.kind = Reapprove::Kind::on_change;
    result.values = each(again->sum(), &AstBuilder::sum);
  }
  return {at, std::move(result)};
}

std::vector<Clause> AstBuilder::clauses(const std::vector<P::ClauseContext*>& contexts) {
  std::vector<Clause> result;
  for (P::ClauseContext* context : contexts) result.push_back(clause(context));
  return result;
}

Band AstBuilder::band(P::BandContext* context) {
  Band result{span(context), {}, Band::Bound::above, nullptr, NoApproval{}};
  const std::string_view bound = token_at(context, 0);
  if (bound != "above") {
    result.bound = bound == "up" ? Band::Bound::up_to : Band::Bound::below;
    result.limit = sum(context->sum());
  }
  const Span last = result.limit ? span(context->sum()) : span(*context->getStart());
  result.bound_span = {text_.file, result.span.begin, last.end};
  P::BandOutcomeContext* outcome = context->bandOutcome();
  if (outcome->path() != nullptr) result.outcome = path(outcome->path());
  else if (outcome->TEXT() != nullptr) result.outcome = Denies{word(outcome->TEXT())};
  return result;
}

LadderDecl AstBuilder::ladder(P::LadderItemContext* context) {
  LadderDecl result{
      word(context->name()), title(context->title), sum(context->sum()), clauses(context->clause()), {}};
  for (P::BandContext* each : context->band()) result.bands.push_back(band(each));
  return result;
}

// ── steps, order, tests ─────────────────────────────────────────────────────────────────
Setting AstBuilder::setting(P::SettingContext* context) {
  Setting result{};
  result.span = span(context);
  const auto after = [&](P::DurationContext* duration) {
    result.after = duration_literal(duration);
    result.after_span = span(duration);
  };
  using Kind = Setting::Kind;
  if (auto* remind = dynamic_cast<P::RemindContext*>(context)) {
    result.kind = Kind::remind;
    after(remind->duration(0));
    if (remind->duration().size() > 1) {
      result.every = duration_literal(remind->duration(1));
      result.every_span = span(remind->duration(1));
    }
  } else if (auto* escalate = dynamic_cast<P::EscalateContext*>(context)) {
    result.kind = Kind::escalate;
    after(escalate->duration());
    result.target = qualified(escalate->qualified());
    result.replacing = escalate->replacing != nullptr;
  } else if (auto* expire = dynamic_cast<P::ExpireContext*>(context)) {
    result.kind = Kind::expire;
    after(expire->duration());
    if (expire->name() != nullptr) result.word = word(expire->name());
  } else if (auto* silence = dynamic_cast<P::SilenceContext*>(context)) {
    result.kind = Kind::silence;
    after(silence->duration());
  } else if (auto* rejection = dynamic_cast<P::RejectionContext*>(context)) {
    result.kind = has(rejection, "ends")       ? Kind::reject_ends
                  : has(rejection, "collects") ? Kind::reject_collects
                                               : Kind::reject_returns;
    if (rejection->qualified() != nullptr) result.target = qualified(rejection->qualified());
  } else if (auto* may = dynamic_cast<P::MayDecideContext*>(context)) {
    result.kind = Kind::may_decide;
    result.word = word(may->name());
  } else {
    result.kind = Kind::explicit_vote;
  }
  return result;
}

PathDecl AstBuilder::path_decl(P::PathItemContext* context) {
  PathDecl result{span(context), {}};
  for (P::PathSettingContext* each : context->pathSetting()) {
    if (auto* same = dynamic_cast<P::SameApproverContext*>(each)) {
      result.settings.emplace_back(SameApprover{span(same), has(same, "once")});
      continue;
    }
    if (auto* over = dynamic_cast<P::OverrideByContext*>(each)) {
      result.settings.emplace_back(OverrideBy{span(over), qualified(over->qualified())});
      continue;
    }
    auto* order = dynamic_cast<P::OrderingContext*>(each);
    Ordering ordering{span(order), {}, {}};
    bool second = false;
    for (ParseTree* child : order->children) {
      if (auto* name = dynamic_cast<P::QualifiedContext*>(child))
        (second ? ordering.then : ordering.first).push_back(qualified(name));
      else if (slice(span(dynamic_cast<TerminalNode*>(child))) != ",") second = true;
    }
    if (has(order, "after")) std::swap(ordering.first, ordering.then);
    result.settings.emplace_back(std::move(ordering));
  }
  return result;
}

OtherwiseDecl AstBuilder::otherwise(P::OtherwiseItemContext* context) {
  OtherwiseDecl result{span(context), {}, NoApproval{}};
  if (context->path() != nullptr) result.outcome = path(context->path());
  else if (has(context, "denies")) result.outcome = Denies{word(context->TEXT())};
  else if (context->TEXT() != nullptr) result.reason = word(context->TEXT());
  return result;
}

Edit AstBuilder::edit(P::EditContext* context) {
  Edit result{span(context), {}, nullptr};
  for (P::EditStepContext* step : context->editStep()) {
    result.target.push_back(
        {word(step->name()), step->NUMBER() == nullptr ? std::nullopt : std::optional(index(step->NUMBER()))});
  }
  if (context->literal() != nullptr) result.value = signed_literal(context, context->literal());
  return result;
}

Expectation AstBuilder::expectation(P::ExpectationContext* context) {
  Expectation result{};
  result.span = span(context);
  using Kind = Expectation::Kind;
  const auto text = [&](TerminalNode* node) { if (node != nullptr) result.text = word(node); };
  if (dynamic_cast<P::ExpectApprovedContext*>(context) != nullptr) {
    result.kind = Kind::approved;
  } else if (auto* denied = dynamic_cast<P::ExpectDeniedContext*>(context)) {
    result.kind = Kind::denied;
    text(denied->TEXT());
  } else if (auto* blocked = dynamic_cast<P::ExpectBlockedContext*>(context)) {
    result.kind = Kind::blocked;
    text(blocked->TEXT());
  } else if (auto* warning = dynamic_cast<P::ExpectWarningContext*>(context)) {
    result.kind = Kind::warning;
    text(warning->TEXT());
  } else if (auto* demanded = dynamic_cast<P::ExpectPathContext*>(context)) {
    result.kind = Kind::path;
    result.path = path(demanded->path());
  } else if (auto* named = dynamic_cast<P::ExpectRuleContext*>(context)) {
    result.kind = has(named, "applies") ? Kind::rule_applies : Kind::rule_does_not;
    result.rule = qualified(named->qualified());
  } else if (auto* orders = dynamic_cast<P::ExpectOrdersContext*>(context)) {
    result.kind = Kind::orders;
    for (P::OrderedLinesContext* each : orders->orderedLines()) result.orders.push_back(words(each->TEXT()));
  } else if (auto* none = dynamic_cast<P::ExpectNoOrdersContext*>(context)) {
    result.kind = Kind::no_orders;
    text(none->TEXT());
  } else if (auto* order = dynamic_cast<P::ExpectOrderContext*>(context)) {
    result.kind = has(order, "comes")       ? Kind::order_amount
                  : has(order, "pending")   ? Kind::order_pending
                  : has(order, "delivered") ? Kind::order_delivered
                                            : Kind::order_starts;
    if (order->literal() != nullptr) result.value = signed_literal(order, order->literal());
    text(order->TEXT());
  } else {
    auto* value = dynamic_cast<P::ExpectValueContext*>(context);
    result.kind = Kind::value;
    result.subject = postfix(value->postfix());
    if (value->literal() != nullptr) result.value = signed_literal(value, value->literal());
  }
  return result;
}

TestDecl AstBuilder::test(const std::vector<P::TestClauseContext*>& contexts, Word name) {
  TestDecl result{};
  result.title = std::move(name);
  const auto once = [&](auto& slot, auto value, Span at) {
    if (slot) sink_.report(Code::doubled_clause, at, "this test has such a clause already");
    slot = std::move(value);
  };
  for (P::TestClauseContext* context : contexts) {
    const Span at = span(context);
    if (auto* given = dynamic_cast<P::GivenContext*>(context)) {
      Given quote{word(given->TEXT()), {}};
      for (P::EditContext* each : given->edit()) quote.edits.push_back(edit(each));
      once(result.given, std::optional(std::move(quote)), at);
    } else if (auto* directory = dynamic_cast<P::DirectoryContext*>(context)) {
      once(result.directory, std::optional(word(directory->TEXT())), at);
    } else if (auto* rates = dynamic_cast<P::RatesContext*>(context)) {
      once(result.rates, std::optional(word(rates->TEXT())), at);
    } else if (auto* today = dynamic_cast<P::TodayContext*>(context)) {
      once(result.today, std::optional(word(today->DATE())), at);
    } else if (auto* state = dynamic_cast<P::StateContext*>(context)) {
      once(result.state, std::optional(word(state->name())), at);
    } else {
      result.expectations.push_back(expectation(dynamic_cast<P::ExpectContext*>(context)->expectation()));
    }
  }
  return result;
}

// ── items ───────────────────────────────────────────────────────────────────────────────
Item AstBuilder::item(P::ItemContext* context) {
  const Span at = span(context);
  if (auto* use = context->useItem()) {
    return {at, Use{qualified(use->qualified()),
                    use->name() == nullptr ? std::nullopt : std::optional(word(use->name()))}};
  }
  if (auto* record = context->recordItem()) {
    RecordDecl result{word(record->name(0)), {}, words(record->TEXT()), fields(record->field())};
    if (record->name().size() > 1) result.money_in = word(record->name(1));
    return {at, std::move(result)};
  }
  if (auto* extend = context->extendItem())
    return {at, ExtendDecl{qualified(extend->qualified()), fields(extend->field())}};
  if (auto* type = context->typeItem()) return {at, TypeDecl{word(type->name()), words(type->choice()->TEXT())}};
  if (auto* input = context->inputItem()) return {at, InputDecl{word(input->name()), qualified(input->qualified())}};
  if (auto* function = context->functionItem()) {
    FunctionDecl result{word(function->name()), {}, {}, expr(function->expr())};
    for (P::ParameterContext* each : function->parameter()) {
      result.parameters.push_back({word(each->name()), type_name(each->typeName())});
    }
    if (function->typeName() != nullptr) result.result = type_name(function->typeName());
    return {at, std::move(result)};
  }
  if (auto* calendar = context->calendarItem()) {
    return {at, CalendarDecl{word(calendar->name(0)), word(calendar->name(1)), word(calendar->name(2)),
                             words(calendar->DATE())}};
  }
  if (auto* approver = context->approverItem()) {
    ApproverDecl result{word(approver->name()), title(approver->title), {}};
    for (P::ApproverTermContext* each : approver->approverTerm()) result.terms.push_back(approver_term(each));
    return {at, std::move(result)};
  }
  if (context->groupItem() != nullptr) return {at, group(context->groupItem())};
  if (auto* chain = context->chainItem())
    return {at, ChainDecl{word(chain->name()), title(chain->title), path(chain->path())}};
  if (auto* fact = context->factItem()) {
    FactDecl result{word(fact->name()), {}, expr(fact->expr())};
    if (fact->typeName() != nullptr) result.type = type_name(fact->typeName());
    return {at, std::move(result)};
  }
  if (auto* rule = context->ruleItem())
    return {at, RuleDecl{word(rule->name()), title(rule->title), clauses(rule->clause())}};
  if (context->ladderItem() != nullptr) return {at, ladder(context->ladderItem())};
  if (auto* step = context->stepItem()) {
    StepDecl result{qualified(step->qualified()), {}};
    for (P::SettingContext* each : step->setting()) result.settings.push_back(setting(each));
    return {at, std::move(result)};
  }
  if (context->pathItem() != nullptr) return {at, path_decl(context->pathItem())};
  if (context->otherwiseItem() != nullptr) return {at, otherwise(context->otherwiseItem())};
  if (context->ordersItem() != nullptr) return {at, orders(context->ordersItem())};
  if (auto* test_item = context->testItem()) return {at, test(test_item->testClause(), word(*test_item->title))};
  if (auto* testing = context->testingItem()) return {at, test(testing->testClause(), Word{{}, at})};
  return {at, ReservedDecl{word(*context->reservedItem()->getStart())}};
}

}  // namespace ast

ast::Module build_ast(const ParsedText& text, grammar::AssentParser::ModuleContext& tree, bool skip_broken,
                      Sink& sink) {
  return ast::AstBuilder(text, sink).module(tree, skip_broken);
}

}  // namespace assent::compiler
