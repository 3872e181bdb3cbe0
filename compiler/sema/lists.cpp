// Lists and calls: what walks through a list, and what is called. Entries: Checker::range,
// aggregate_expr, quantifier_expr, call_expr.
#include <algorithm>
#include <iterator>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

checked::Range Checker::range(const ast::Range& tree, Context& context) {
  const ExprId list = expr(*tree.list, context);
  Type element = type_of(list);
  if (!element.list && element.base != Base::unknown) {
    sink_.report(Code::not_a_list, tree.list->span,
                 fmt::format("`{}` is {}, not a list", text(tree.list->span), name_of(element)));
    element = Type{};
  }
  element.list = false;
  for (const checked::VariableId variable : context.variables) {
    if (policy_.variables[variable].name == tree.variable.text) {
      sink_.report(Code::doubled_name, tree.variable.span,
                   fmt::format("`{}` is in use for another list here", tree.variable.text));
    }
  }
  if (const Symbol* other = find(context.module, Space::value, tree.variable.text, tree.variable.span, false)) {
    sink_
        .report(Code::doubled_name, tree.variable.span,
                fmt::format("`{}` means something else outside of this list", tree.variable.text))
        .label(other->span, "declared here")
        .help("give the element another name");
  }
  if (context.variables.size() + 1 >= plan::max_frames) {
    sink_.report(Code::too_complex, tree.variable.span,
                 fmt::format("lists are walked through more than {} deep here", plan::max_frames - 2));
  }
  const auto variable = policy_.variables.add({tree.variable.text, element, tree.variable.span});
  context.variables.push_back(variable);
  checked::Range result{variable, list, {}};
  if (tree.where) {
    result.where = condition(*tree.where, context);
    presences(*tree.where, true, context.present);
  }
  return result;
}

checked::ExprId Checker::aggregate_expr(const ast::Aggregate& tree, Span span, Context& context) {
  struct Function { std::string_view name; Op op; };
  constexpr Function functions[] = {{"count", Op::count}, {"sum", Op::sum}, {"min", Op::minimum}, {"max", Op::maximum},
                                    {"average", Op::average}, {"distinct", Op::distinct}};
  const auto* function = std::find_if(std::begin(functions), std::end(functions),
                                      [&](const Function& each) { return each.name == tree.function.text; });
  if (function == std::end(functions)) {
    sink_
        .report(Code::wrong_arguments, tree.function.span,
                fmt::format("`{}` does not walk through a list", tree.function.text))
        .help("count, sum, min, max, average and distinct do");
    return unknown_expr(span);
  }
  if ((function->op == Op::count) != (tree.body == nullptr)) {
    sink_
        .report(Code::wrong_arguments, tree.function.span,
                fmt::format("`{}` is not written this way", tree.function.text))
        .help(function->op == Op::count
                  ? "write `count(line in quote.lines where …)`"
                  : fmt::format("write `{}(line.field for line in quote.lines where …)`", tree.function.text));
    return unknown_expr(span);
  }
  const std::set<std::string> outside = context.present;
  checked::Range over = range(*tree.range, context);
  std::vector<ExprId> children;
  Type type{Base::integer};
  if (tree.body) {
    children.push_back(required(*tree.body, context));
    const Type body = type_of(children[0]);
    const Base base = body.base;
    const bool quantity = base == Base::integer || base == Base::decimal || base == Base::percent ||
                          base == Base::money || base == Base::unknown;
    const bool ordered = quantity || base == Base::date || base == Base::instant || base == Base::days ||
                         base == Base::minutes || base == Base::months;
    const bool good = function->op == Op::distinct || (function->op == Op::sum || function->op == Op::average
                                                           ? quantity || base == Base::days || base == Base::minutes
                                                           : ordered);
    if (!good) mismatch(tree.body->span, fmt::format("`{}` cannot work on {}", tree.function.text, name_of(body)));
    if (function->op != Op::distinct) type = body;
    if (function->op == Op::average && base == Base::integer) type.base = Base::decimal;
    if (function->op == Op::average && (base == Base::days || base == Base::minutes))
      mismatch(tree.body->span, "an average of durations need not be whole", "use `average(days(…) for …)`");
    type.optional = function->op == Op::minimum || function->op == Op::maximum || function->op == Op::average;
  }
  leave(context);
  context.present = outside;
  policy_.ranges.push_back(over);
  return add(function->op, type, span, std::move(children), static_cast<std::uint32_t>(policy_.ranges.size() - 1));
}

checked::ExprId Checker::quantifier_expr(const ast::Quantifier& tree, Span span, Context& context) {
  const std::set<std::string> outside = context.present;
  checked::Range over = range(*tree.range, context);
  const ExprId body = condition(*tree.body, context);
  leave(context);
  context.present = outside;
  policy_.ranges.push_back(over);
  const auto ref = static_cast<std::uint32_t>(policy_.ranges.size() - 1);
  if (tree.quantity == ast::Quantity::every) return add(Op::every, {Base::boolean}, span, {body}, ref);
  const ExprId any = add(Op::any, {Base::boolean}, span, {body}, ref);
  if (tree.quantity == ast::Quantity::any) return any;
  return add(Op::negation, {Base::boolean}, span, {any});
}

checked::ExprId Checker::call_expr(const ast::Call& tree, Span span, Context& context) {
  const std::string name = dotted(tree.function);
  const Symbol* symbol = find(context.module, Space::value, tree.function, false);
  if (symbol == nullptr && name == "count" && tree.arguments.size() == 1) {
    const ExprId list = expr(*tree.arguments[0], context);
    Type element = type_of(list);
    if (!element.list && element.base != Base::unknown) {
      sink_.report(Code::not_a_list, tree.arguments[0]->span,
                   fmt::format("`{}` is {}, not a list", text(tree.arguments[0]->span), name_of(element)));
    }
    element.list = false;
    policy_.ranges.push_back({policy_.variables.add({"element", element, {}}), list, {}});
    return add(Op::count, {Base::integer}, span, {}, static_cast<std::uint32_t>(policy_.ranges.size() - 1));
  }
  if (symbol == nullptr) {
    struct Named { std::string_view name; std::string_view signature; };
    constexpr Named builtins[] = {
#define BUILTIN(builtin, signature, meaning) {#builtin, signature},
#include "compiler/sema/builtins.def"
#undef BUILTIN
    };
    for (std::size_t i = 0; i < std::size(builtins); ++i) {
      if (builtins[i].name != name) continue;
      std::vector<ExprId> arguments;
      for (const ast::ExprPtr& argument : tree.arguments) arguments.push_back(required(*argument, context));
      return builtin_expr(static_cast<checked::Builtin>(i), std::move(arguments), span);
    }
    std::vector<std::string_view> names = visible(context.module, Space::value);
    for (const Named& builtin : builtins) names.push_back(builtin.name);
    for (const std::string_view aggregate : {"count", "sum", "min", "max", "average", "distinct"})
      names.push_back(aggregate);
    if (!may_be_lost(name)) {
      Report& report =
          sink_.report(Code::unknown_name, tree.function.span, fmt::format("there is no function `{}`", name));
      const bool aggregate = name == "sum" || name == "min" || name == "max" || name == "average" || name == "distinct";
      if (aggregate)
        report.help(fmt::format("it walks through a list: `{}(line.field for line in quote.lines)`", name));
      else if (const auto near = meant(name, names)) report.help(fmt::format("did you mean `{}`?", *near));
    }
    return unknown_expr(span);
  }
  find(context.module, Space::value, tree.function, true);  // says so if it is ambiguous
  refer(tree.function, *symbol);
  if (symbol->kind != Symbol::Kind::function) {
    sink_.report(Code::wrong_kind, tree.function.span, fmt::format("`{}` is no function", name))
        .label(symbol->span, "declared here");
    return unknown_expr(span);
  }
  const auto function = id<checked::FunctionId>(*symbol);
  if (!need_function(function, tree.function.span)) return unknown_expr(span);
  const std::vector<Type> wanted = policy_.functions[function].parameters;
  std::vector<ExprId> arguments;
  for (std::size_t i = 0; i < tree.arguments.size(); ++i) {
    const ExprId argument = expr(*tree.arguments[i], context);
    arguments.push_back(argument);
    if (i >= wanted.size()) continue;
    convert(argument, wanted[i]);
    if (!wanted[i].optional) require_present(argument);
    if (!assignable(type_of(argument), wanted[i])) {
      mismatch(span_of(argument),
               fmt::format("`{}` takes {} here, this is {}", name, name_of(wanted[i]), name_of(type_of(argument))));
    }
  }
  if (arguments.size() != wanted.size()) {
    sink_
        .report(Code::wrong_arguments, span,
                fmt::format("`{}` takes {} argument{}, not {}", name, wanted.size(), wanted.size() == 1 ? "" : "s",
                            arguments.size()))
        .label(symbol->span, "declared here");
    return unknown_expr(span);
  }
  return add(Op::call, type_of(policy_.functions[function].body), span, std::move(arguments), symbol->index);
}

}  // namespace assent::compiler
