// Expressions: literals, names, fields, logic. Entries: Checker::expr, Checker::condition.
//
// Logic is Kleene's, so the order of operands means nothing, and neither does it for presence: what
// one operand of `and` tests with `is present` is known in all the others.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

using checked::Variable;

// ── facts and functions, in whatever order they stand ────────────────────────────────────────
void Checker::check_facts_and_functions() {
  for (std::size_t i = 0; i < pending_functions_.size(); ++i)
    need_function(static_cast<checked::FunctionId>(i), policy_.functions.items[i].span);
  for (std::size_t i = 0; i < pending_facts_.size(); ++i)
    need_fact(static_cast<checked::FactId>(i), policy_.facts.items[i].span);
}

bool Checker::need_fact(checked::FactId fact, Span used_at) {
  PendingFact& pending = pending_facts_[static_cast<std::size_t>(fact)];
  const ast::FactDecl& decl = *pending.decl;
  return define(pending.definition, decl.name, used_at, "facts",
                fmt::format("`{}` needs its own value", decl.name.text), [&] {
                  Context context;
                  context.module = pending.module;
                  const ExprId value = expr(*decl.value, context);
                  if (decl.type) {
                    const Type wanted = resolve(pending.module, *decl.type);
                    convert(value, wanted);
                    if (!assignable(type_of(value), wanted)) {
                      mismatch(decl.value->span, fmt::format("`{}` is declared as {}, its value is {}", decl.name.text,
                                                             name_of(wanted), name_of(type_of(value))));
                    }
                  }
                  if (type_of(value).list || type_of(value).base == Base::record) {
                    mismatch(decl.value->span, fmt::format("a fact is one value, this is {}", name_of(type_of(value))));
                  }
                  policy_.facts[fact].value = value;
                });
}

bool Checker::need_function(checked::FunctionId function, Span used_at) {
  PendingFunction& pending = pending_functions_[static_cast<std::size_t>(function)];
  const ast::FunctionDecl& decl = *pending.decl;
  return define(
      pending.definition, decl.name, used_at, "functions", fmt::format("`{}` would call itself", decl.name.text), [&] {
        checked::Function checked{decl.name.text, {}, {}, {}, decl.name.span, {}};
        for (const ast::Parameter& parameter : decl.parameters) {
          if (std::find(checked.names.begin(), checked.names.end(), parameter.name.text) != checked.names.end()) {
            sink_.report(Code::doubled_name, parameter.name.span,
                         fmt::format("two parameters are called `{}`", parameter.name.text));
          }
          checked.parameters.push_back(resolve(pending.module, parameter.type));
          checked.names.push_back(parameter.name.text);
          checked.spans.push_back(parameter.name.span);
        }
        Context context;
        context.module = pending.module;
        context.function = &checked;
        checked.body = expr(*decl.body, context);
        if (decl.result) {
          const Type wanted = resolve(pending.module, *decl.result);
          convert(checked.body, wanted);
          if (!assignable(type_of(checked.body), wanted)) {
            mismatch(decl.body->span, fmt::format("`{}` is declared to give {}, this is {}", decl.name.text,
                                                  name_of(wanted), name_of(type_of(checked.body))));
          }
        }
        policy_.functions[function] = std::move(checked);
      });
}

// ── the tables ───────────────────────────────────────────────────────────────────────────────
checked::ExprId Checker::add(Op op, Type type, Span span, std::vector<ExprId> children, std::uint32_t ref) {
  return policy_.exprs.add({op, type, ref, std::move(children), span});
}

std::uint32_t Checker::literal(checked::Literal value) {
  policy_.literals.push_back(std::move(value));
  return static_cast<std::uint32_t>(policy_.literals.size() - 1);
}

// ── what may be absent ───────────────────────────────────────────────────────────────────────
// `quote.account.region` for a chain of names, else nothing: only such chains can be known present.
std::string Checker::presence_key(const ast::Expr& tree) {
  if (const auto* name = std::get_if<ast::Name>(&tree.node)) return name->text;
  if (const auto* field = std::get_if<ast::Field>(&tree.node)) {
    const std::string base = presence_key(*field->base);
    return base.empty() ? base : base + "." + field->name.text;
  }
  return {};
}

// What is there whenever `tree` is true (or, if not `positive`, false).
void Checker::presences(const ast::Expr& tree, bool positive, std::set<std::string>& out) {
  if (const auto* comparison = std::get_if<ast::Comparison>(&tree.node)) {
    if (comparison->relation != (positive ? ast::Relation::present : ast::Relation::absent)) return;
    if (std::string key = presence_key(*comparison->left); !key.empty()) out.insert(std::move(key));
  } else if (const auto* negation = std::get_if<ast::Not>(&tree.node)) {
    presences(*negation->operand, !positive, out);
  } else if (const auto* logical = std::get_if<ast::Logical>(&tree.node)) {
    if ((logical->logic == ast::Logic::conjunction) != positive) return;
    for (const ast::ExprPtr& operand : logical->operands) presences(*operand, positive, out);
  }
}

void Checker::require_present(ExprId e) {
  checked::Expr& made = policy_.exprs[e];
  if (!made.type.optional) return;
  made.type.optional = false;  // one report is enough
  sink_.report(Code::maybe_absent, made.span, fmt::format("`{}` may be absent", text(made.span)))
      .help("give it a value with `else`, or test it with `is present`");
}

checked::ExprId Checker::required(const ast::Expr& tree, Context& context) {
  const ExprId e = expr(tree, context);
  if (type_of(e).list || type_of(e).base == Base::record) {
    mismatch(tree.span, fmt::format("one value is needed here, this is {}", name_of(type_of(e))),
             type_of(e).list ? "look at its elements with `any … in … has`, `sum(…)`, `count(…)`"
                             : "name one of its fields");
    policy_.exprs[e].type = Type{};
  }
  require_present(e);
  return e;
}

checked::ExprId Checker::condition(const ast::Expr& tree, Context& context) {
  const ExprId e = required(tree, context);
  const Type& type = type_of(e);
  if (type.base != Base::boolean && type.base != Base::unknown) {
    mismatch(tree.span, fmt::format("a condition is needed here, `{}` is {}", text(tree.span), name_of(type)),
             "compare it with something");
  }
  return e;
}

// ── expressions ──────────────────────────────────────────────────────────────────────────────
checked::ExprId Checker::expr(const ast::Expr& tree, Context& context) {
  const ExprId e = enter(tree.span) ? expr_inside(tree, context) : unknown_expr(tree.span);
  exit();
  return e;
}

checked::ExprId Checker::expr_inside(const ast::Expr& tree, Context& context) {
  struct Visit {
    Checker& checker;
    const ast::Expr& tree;
    Context& context;
    ExprId operator()(const ast::Literal& node) { return checker.literal_expr(node, tree.span, context.module); }
    ExprId operator()(const ast::Name& node) { return checker.name_expr(node.text, tree.span, context); }
    ExprId operator()(const ast::Field& node) { return checker.field_expr(node, tree.span, context); }
    ExprId operator()(const ast::Arithmetic& node) { return checker.arithmetic_expr(node, tree.span, context); }
    ExprId operator()(const ast::Negate& node) { return checker.negate_expr(node, tree.span, context); }
    ExprId operator()(const ast::Fallback& node) { return checker.fallback_expr(node, tree.span, context); }
    ExprId operator()(const ast::Logical& node) { return checker.logical_expr(node, tree.span, context); }
    ExprId operator()(const ast::Not& node) {
      return checker.add(Op::negation, {Base::boolean}, tree.span, {checker.condition(*node.operand, context)});
    }
    ExprId operator()(const ast::Comparison& node) { return checker.comparison_expr(node, tree.span, context); }
    ExprId operator()(const ast::Call& node) { return checker.call_expr(node, tree.span, context); }
    ExprId operator()(const ast::Aggregate& node) { return checker.aggregate_expr(node, tree.span, context); }
    ExprId operator()(const ast::Quantifier& node) { return checker.quantifier_expr(node, tree.span, context); }
  };
  const ExprId e = std::visit(Visit{*this, tree, context}, tree.node);
  if (type_of(e).optional && !context.present.empty()) {
    const std::string key = presence_key(tree);
    if (!key.empty() && context.present.contains(key)) policy_.exprs[e].type.optional = false;
  }
  return e;
}

checked::ExprId Checker::literal_expr(const ast::Literal& tree, Span span, std::size_t module) {
  using Kind = ast::Literal::Kind;
  checked::Literal value;
  Type type;
  const auto number = [&] {
    const Fault fault = parse_decimal(tree.text, value.number);
    if (fault != Fault::none) {
      sink_.report(Code::bad_number, span, fmt::format("this number cannot be held exactly: {}", assent::text(fault)));
    }
  };
  switch (tree.kind) {
    case Kind::number:
      number();
      type.base = tree.text.find('.') == std::string::npos ? Base::integer : Base::decimal;
      break;
    case Kind::percent: number(); type.base = Base::percent; break;
    case Kind::money: number(); value.text = tree.unit; type.base = Base::money; break;
    case Kind::text: value.text = tree.text; type.base = Base::text; break;
    case Kind::boolean: value.number = decimal(tree.text == "true" ? 1 : 0); type.base = Base::boolean; break;
    case Kind::date: {
      const auto date = parse_date(tree.text);
      if (!date) sink_.report(Code::bad_date, span, fmt::format("there is no day {}", tree.text));
      value.number = decimal(date ? date->days : 0);
      type.base = Base::date;
      break;
    }
    case Kind::instant: {
      const auto instant = parse_instant(tree.text);
      if (!instant) sink_.report(Code::bad_date, span, fmt::format("there is no instant {}", tree.text));
      value.number = decimal(instant ? instant->milliseconds : 0);
      type.base = Base::instant;
      break;
    }
    case Kind::duration: {
      const checked::Duration length = duration(tree, span, module);
      value.number = decimal(length.amount);
      value.calendar = length.calendar;
      type.base = length.unit == plan::Type::days ? Base::days : length.unit == plan::Type::months ? Base::months
                  : length.unit == plan::Type::minutes ? Base::minutes : Base::business_days;
      if (length.calendar >= 0) type.index = static_cast<std::uint32_t>(length.calendar) + 1;
      break;
    }
  }
  return add(Op::literal, type, span, {}, literal(std::move(value)));
}

checked::ExprId Checker::name_expr(const std::string& name, Span span, Context& context) {
  for (auto it = context.variables.rbegin(); it != context.variables.rend(); ++it) {
    if (policy_.variables[*it].name == name) {
      refer(span, name, Reference::Kind::variable, policy_.variables[*it].span);
      return add(Op::variable, policy_.variables[*it].type, span, {}, static_cast<std::uint32_t>(*it));
    }
  }
  if (context.function != nullptr) {
    const auto& names = context.function->names;
    const auto it = std::find(names.begin(), names.end(), name);
    if (it != names.end()) {
      const auto index = static_cast<std::size_t>(it - names.begin());
      refer(span, name, Reference::Kind::parameter, context.function->spans[index]);
      return add(Op::parameter, context.function->parameters[index], span, {}, static_cast<std::uint32_t>(index));
    }
  }
  const Symbol* symbol = find(context.module, Space::value, name, span, false);
  if (symbol == nullptr) {
    if (name == "today") return add(Op::today, {Base::date}, span);
    if (const Symbol* who = find(context.module, Space::who, name, span, false)) {
      if (context.in_path) {
        sink_
            .report(Code::approver_in_condition, span,
                    fmt::format("`{}` is an approver, but this belongs to a condition", name))
            .label(who->span, "declared here")
            .help(
                "a `when` takes everything up to the next `then`: put the conditional branch in parentheses, `a and (b "
                "when …)`");
      } else {
        sink_.report(Code::wrong_kind, span, fmt::format("`{}` decides, it is no value", name))
            .label(who->span, "declared here");
      }
      return unknown_expr(span);
    }
    unknown(context.module, Space::value, name, span);
    return unknown_expr(span);
  }
  find(context.module, Space::value, name, span, true);  // says so if it is ambiguous
  refer(span, name, static_cast<Reference::Kind>(symbol->kind), symbol->span);
  switch (symbol->kind) {
    case Symbol::Kind::input: {
      if (!input_known_) return unknown_expr(span);
      Type type{Base::record};
      type.index = static_cast<std::uint32_t>(policy_.input);
      return add(Op::input, type, span);
    }
    case Symbol::Kind::fact: {
      const auto fact = id<checked::FactId>(*symbol);
      if (!need_fact(fact, span)) return unknown_expr(span);
      return add(Op::fact, type_of(policy_.facts[fact].value), span, {}, symbol->index);
    }
    default:
      sink_.report(Code::wrong_kind, span, fmt::format("`{}` is a function: call it", name))
          .label(symbol->span, "declared here");
      return unknown_expr(span);
  }
}

checked::ExprId Checker::field_expr(const ast::Field& tree, Span span, Context& context) {
  if (const auto* name = std::get_if<ast::Name>(&tree.base->node)) {
    if (name->text == "approved" && find(context.module, Space::value, "approved", span, false) == nullptr) {
      if (!context.reapproval) {
        sink_.report(Code::approved_outside, span, "`approved` is known in reapproval clauses only");
        return unknown_expr(span);
      }
      const ExprId now = name_expr(tree.name.text, tree.name.span, context);
      return add(Op::approved, type_of(now), span, {now});
    }
    const bool local = std::any_of(context.variables.begin(), context.variables.end(),
                                   [&](checked::VariableId v) { return policy_.variables[v].name == name->text; });
    if (!local && find(context.module, Space::value, name->text, span, false) == nullptr) {
      if (const Symbol* symbol = find_in_module(context.module, name->text, Space::value, tree.name.text)) {
        Context there;
        there.module = symbol->module;
        return name_expr(tree.name.text, span, there);
      }
    }
  }
  const ExprId base = expr(*tree.base, context);
  return field_of(base, tree.name, span, context);
}

checked::ExprId Checker::field_of(ExprId base, const ast::Word& field, Span span, Context& context) {
  if (policy_.exprs[base].op == Op::approved) {  // approved.quote.net_total is approved.(quote.net_total)
    const ExprId inner = field_of(policy_.exprs[base].children[0], field, span, context);
    return add(Op::approved, type_of(inner), span, {inner});
  }
  const Type type = type_of(base);
  if (type.base == Base::unknown) return unknown_expr(span);
  if (type.list) {
    mismatch(field.span, fmt::format("`{}` is a list, it has no field `{}`", text(span_of(base)), field.text),
             "look at its elements with `any … in … has`, `sum(…)`, `count(…)`");
    return unknown_expr(span);
  }
  if (type.base == Base::person) {
    Type result{Base::text, type.optional};
    if (field.text == "id") return add(Op::person_id, result, span, {base});
    result.optional = true;
    if (field.text == "name") return add(Op::person_name, result, span, {base});
    result.base = Base::person;
    if (field.text == "manager") return add(Op::manager, result, span, {base});
    sink_.report(Code::unknown_field, field.span, fmt::format("a Person has no `{}`", field.text))
        .help("it has `id`, `name` and `manager`");
    return unknown_expr(span);
  }
  if (type.base != Base::record) {
    sink_.report(Code::unknown_field, field.span,
                 fmt::format("`{}` is {}, it has no fields", text(span_of(base)), name_of(type)));
    return unknown_expr(span);
  }
  const auto id = static_cast<checked::RecordId>(type.index);
  const checked::Record& record = policy_.records[id];
  if (const auto index = field_index(id, field.text)) {
    Type result = record.fields[*index].type;
    result.optional = !result.list && (result.optional || type.optional);
    refer(field.span, field.text, Reference::Kind::field, record.fields[*index].span);
    return add(Op::field, result, span, {base}, *index);
  }
  if (may_be_lost(field.text)) return unknown_expr(span);
  Report& report =
      sink_.report(Code::unknown_field, field.span, fmt::format("`{}` has no field `{}`", record.name, field.text));
  report.label(record.span, "declared here");
  std::vector<std::string_view> names;
  for (const checked::Field& each : record.fields) names.push_back(each.name);
  if (const auto near = meant(field.text, names)) report.help(fmt::format("did you mean `{}`?", *near));
  else
    report.help(
        fmt::format("a field that your quotes have is added in one line: `extend {} {{ {}: Text? from \"…\" }}`",
                    record.name, field.text));
  return unknown_expr(span);
}

checked::ExprId Checker::logical_expr(const ast::Logical& tree, Span span, Context& context) {
  const bool conjunction = tree.logic == ast::Logic::conjunction;
  const std::set<std::string> outside = context.present;
  for (const ast::ExprPtr& operand : tree.operands) presences(*operand, conjunction, context.present);
  std::vector<ExprId> operands;
  operands.reserve(tree.operands.size());
  for (const ast::ExprPtr& operand : tree.operands) operands.push_back(condition(*operand, context));
  context.present = outside;
  return add(conjunction ? Op::conjunction : Op::disjunction, {Base::boolean}, span, std::move(operands));
}

}  // namespace assent::compiler
