// The `orders` block: which lines are ordered, what of them is what, phases and split. Entry: Checker::check_orders.
//
// What is not written has the names of the CPQ world: `for each line in quote.lines`, `named line.id`,
// `quantity line.quantity`, `amount line.net_total`, `part of line.required_by`, where there are such fields.
#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

namespace {

struct Role {
  std::string_view word;
  std::string_view field;  // of a line, where nothing is written; empty: there is none
  std::string_view what;
  std::string_view type;
};
constexpr std::array<Role, plan::line_role_count> roles{{
    {"named", "id", "the id of a line", "a Text"},
    {"quantity", "quantity", "how many of it are ordered", "an Integer or a Decimal"},
    {"amount", "net_total", "what a line costs", "Money"},
    {"part of", "required_by", "the bundle of a line", "a Text"},
    {"item", "product", "what is delivered", "a Text"},
    {"unit", "unit", "the unit of the quantity", "a Text"},
    {"level", "", "the level of service", "a Text"},
    {"held by", "", "who holds it", "a Text"},
    {"term from", "", "the start of a term", "a Date"},
    {"term … to", "", "the end of a term", "a Date"},
    {"term … lasting", "", "the length of a term", "a number of months"},
}};

ast::ExprPtr field_tree(std::string base, std::string_view field, Span at) {
  auto name = std::make_unique<ast::Expr>(ast::Expr{at, ast::Name{std::move(base)}});
  return std::make_unique<ast::Expr>(ast::Expr{at, ast::Field{std::move(name), {std::string(field), at}}});
}

// The one clause of a kind, or null; `wanted` says which of several kinds.
template <typename Clause, typename Wanted>
const ast::OrderClause* only(const ast::OrdersDecl& decl, Sink& sink, Wanted wanted) {
  const ast::OrderClause* first = nullptr;
  for (const ast::OrderClause& clause : decl.clauses) {
    const auto* each = std::get_if<Clause>(&clause.node);
    if (each == nullptr || !wanted(*each)) continue;
    if (first != nullptr) {
      sink.report(Code::doubled_clause, clause.span, "this clause stands here already")
          .label(first->span, "the other one");
    } else {
      first = &clause;
    }
  }
  return first;
}
template <typename Clause>
const ast::OrderClause* only(const ast::OrdersDecl& decl, Sink& sink) {
  return only<Clause>(decl, sink, [](const Clause&) { return true; });
}

}  // namespace

void Checker::check_orders() {
  const ast::OrdersDecl* first = nullptr;
  each_item<ast::OrdersDecl>([&](std::size_t module, const ast::Item&, const ast::OrdersDecl& decl) {
    if (first != nullptr) {
      sink_.report(Code::doubled_orders, decl.name.span, "the policy has its orders already")
          .label(first->name.span, "the other block")
          .help("put all phases into one of them");
      return;
    }
    first = &decl;
    has_orders_ = true;
    if (input_known_) check_orders(decl, module);
  });
}

void Checker::check_orders(const ast::OrdersDecl& decl, std::size_t module) {
  Context context;
  context.module = module;
  auto lines = ordered_lines(decl, context);
  if (!lines) return;
  checked::Orders orders;
  orders.name = decl.name.text;
  orders.title = decl.title ? decl.title->text : std::string{};
  orders.span = decl.name.span;
  orders.range = *lines;
  for (std::size_t role = 0; role < plan::line_role_count; ++role)
    orders.roles[role] = line_role(decl, static_cast<plan::LineRole>(role), orders.range.variable, context);
  check_phases(decl, orders, context);
  if (const auto* clause = only<ast::SplitBy>(decl, sink_)) {
    for (const ast::ExprPtr& key : std::get<ast::SplitBy>(clause->node).keys) {
      const ExprId value = expr(*key, context);
      if (type_of(value).list || type_of(value).base == Base::record) {
        mismatch(key->span, fmt::format("orders are split by values, this is {}", name_of(type_of(value))),
                 "name one of its fields");
      }
      orders.split_by.push_back(value);
    }
  }
  check_timings(decl, orders, context);
  check_choices(decl, orders, context);
  if (const auto* clause = only<ast::Bundles>(decl, sink_))
    orders.bundles_together = std::get<ast::Bundles>(clause->node).together;
  if (const auto* clause = only<ast::Contracts>(decl, sink_); clause && std::get<ast::Contracts>(clause->node).as_one)
    orders.contracting = Contracting::as_one;
  if (const auto* clause = only<ast::Remainder>(decl, sink_)) {
    orders.allocation = std::get<ast::Remainder>(clause->node).to_first ? Allocation::remainder_to_first
                                                                        : Allocation::remainder_to_last;
  }
  policy_.orders = std::move(orders);
}

std::optional<checked::Range> Checker::ordered_lines(const ast::OrdersDecl& decl, Context& context) {
  const auto* clause = only<ast::ForEach>(decl, sink_);
  if (clause != nullptr) {
    const ast::Range& tree = *std::get<ast::ForEach>(clause->node).range;
    if (tree.where) presences(*tree.where, true, context.present);
    const checked::Range lines = range(tree, context);
    const Type& type = policy_.variables[lines.variable].type;
    if (type.base == Base::record || type.base == Base::unknown) return lines;
    mismatch(tree.list->span, fmt::format("what is ordered has fields, an element of this list is {}", name_of(type)));
    return std::nullopt;
  }
  const auto field = field_index(policy_.input, "lines");
  if (!field || !policy_.records[policy_.input].fields[*field].type.list) {
    sink_.report(Code::unknown_role, decl.name.span, "the orders do not say which lines are ordered")
        .help("write `for each line in …`: the quote has no list `lines`");
    return std::nullopt;
  }
  const ast::Range usual{{"line", decl.name.span}, field_tree(policy_.input_name, "lines", decl.name.span), nullptr};
  return range(usual, context);
}

// What a line has of a role: nothing where nothing is said, and it may be so.
std::optional<checked::ExprId> Checker::line_role(const ast::OrdersDecl& decl, plan::LineRole wanted,
                                                  checked::VariableId lines, Context& context) {
  const Role& role = roles[static_cast<std::size_t>(wanted)];
  const auto* clause = only<ast::LineRole>(decl, sink_, [&](const ast::LineRole& each) {
    return static_cast<plan::LineRole>(each.kind) == wanted;  // the same, in the same order
  });
  const bool needed = wanted <= plan::LineRole::amount;
  const checked::Variable& line = policy_.variables[lines];
  ast::ExprPtr usual;
  const ast::Expr* tree = clause == nullptr ? nullptr : std::get<ast::LineRole>(clause->node).value.get();
  if (tree == nullptr) {
    if (line.type.base == Base::unknown) return std::nullopt;
    if (!field_index(static_cast<checked::RecordId>(line.type.index), std::string(role.field))) {
      if (!needed) return std::nullopt;
      sink_.report(Code::unknown_role, decl.name.span, fmt::format("the orders do not say {}", role.what))
          .help(fmt::format("write `{} {}.…`: a line has no field `{}`", role.word, line.name, role.field));
      return std::nullopt;
    }
    usual = field_tree(line.name, role.field, decl.name.span);
    tree = usual.get();
  }
  const ExprId value = needed ? required(*tree, context) : expr(*tree, context);
  const Type& type = type_of(value);
  const bool fits =
      type.base == Base::unknown || (type.base != Base::record && plan::fits(wanted, plan_type(type)));
  if (clause == nullptr && !needed && (type.list || !fits)) return std::nullopt;  // the field is something else
  if (type.list || !fits)
    mismatch(tree->span, fmt::format("{} is {}, this is {}", role.what, role.type, name_of(type)));
  return value;
}

// Without a condition, a choice is that of the lines of no other.
void Checker::check_choices(const ast::OrdersDecl& decl, checked::Orders& orders, Context& context) {
  const ast::OrderClause* of_the_rest = nullptr;
  for (const ast::OrderClause& clause : decl.clauses) {
    const auto* tree = std::get_if<ast::LineChoice>(&clause.node);
    if (tree == nullptr) continue;
    const auto kind = static_cast<plan::ChoiceKind>(tree->kind);  // the same, in the same order
    if (tree->where == nullptr && of_the_rest != nullptr) {
      sink_.report(Code::doubled_clause, clause.span, "this clause stands here already")
          .label(of_the_rest->span, "the other one");
    }
    if (tree->where == nullptr) of_the_rest = &clause;
    orders.choices.push_back({kind, tree->where ? std::optional(condition(*tree->where, context)) : std::nullopt});
  }
}

void Checker::check_phases(const ast::OrdersDecl& decl, checked::Orders& orders, Context& context) {
  const ast::OrderClause* others = nullptr;
  for (const ast::OrderClause& clause : decl.clauses) {
    const auto* tree = std::get_if<ast::Phase>(&clause.node);
    if (tree == nullptr) continue;
    const auto known = std::find_if(orders.phases.begin(), orders.phases.end(),
                                    [&](const checked::Phase& each) { return each.name == tree->name.text; });
    if (known != orders.phases.end()) {
      sink_.report(Code::bad_phase, tree->name.span, fmt::format("there is a phase `{}` already", tree->name.text))
          .label(known->span, "the other one");
    }
    checked::Phase phase{tree->name.text, tree->title ? tree->title->text : std::string{}, {}, tree->name.span};
    if (tree->where) {
      phase.where = condition(*tree->where, context);
    } else if (others != nullptr) {
      sink_.report(Code::bad_phase, clause.span, "the other lines have a phase already")
          .label(others->span, "the other one");
    } else {
      others = &clause;
    }
    orders.phases.push_back(std::move(phase));
  }
  if (others != nullptr && orders.phases.size() == 1) {
    sink_.report(Code::bad_phase, others->span, "these are other lines than those of no phase")
        .help("leave the phase out: without phases, all lines are ordered alike");
  }
}

}  // namespace assent::compiler
