// What operators and built-in functions make of the types of their operands. Entries:
// arithmetic_expr, comparison_expr, fallback_expr, builtin_expr. Mixing percent, money and plain
// numbers where the result would have no one meaning is an error, with the way out in its help.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

namespace {

using checked::Base;
using checked::Type;

bool is_number(Base base) { return base == Base::integer || base == Base::decimal; }
bool is_duration(Base base) {
  return base == Base::days || base == Base::months || base == Base::business_days || base == Base::minutes;
}
bool is_text(Base base) { return base == Base::text || base == Base::currency; }

}  // namespace

void Checker::mismatch(Span at, std::string message, std::string help) {
  sink_.report(Code::type_mismatch, at, std::move(message)).help(std::move(help));
}

bool Checker::assignable(const Type& from, const Type& to) const {
  if (from.base == Base::unknown || to.base == Base::unknown) return true;
  if (from.list != to.list || (from.optional && !to.optional)) return false;
  if (from.base == Base::record || from.base == Base::choice) {
    if (from.base == Base::choice && is_text(to.base)) return true;
    return from.base == to.base && from.index == to.index;
  }
  return from.base == to.base || (from.base == Base::integer && to.base == Base::decimal) ||
         (is_text(from.base) && to.base == Base::text) ||
         (from.base == Base::text && to.base == Base::currency);
}

// A text literal where an enumeration, a currency or a person is meant becomes one.
bool Checker::convert(ExprId e, const Type& wanted) {
  checked::Expr& made = policy_.exprs[e];
  if (made.op != Op::literal || made.type.base != Base::text) return false;
  if (wanted.base == Base::choice) {
    const std::string& value = policy_.literals[made.ref].text;
    const checked::Choice& choice = policy_.choices[static_cast<checked::ChoiceId>(wanted.index)];
    if (!choice_values_[wanted.index].contains(value)) {
      Report& report =
          sink_.report(Code::not_a_choice, made.span,
                       fmt::format("\"{}\" is not {}", value, name_of({wanted.base, false, false, wanted.index})));
      report.label(choice.span, "its values are listed here");
      const std::vector<std::string_view> values(choice.values.begin(), choice.values.end());
      if (const auto near = meant(value, values)) report.help(fmt::format("did you mean \"{}\"?", *near));
    }
    made.type = {Base::choice, false, false, wanted.index};
    return true;
  }
  if (wanted.base == Base::currency) {
    const std::string& code = policy_.literals[made.ref].text;
    if (code.size() != 3 || !std::all_of(code.begin(), code.end(), [](char c) { return c >= 'A' && c <= 'Z'; })) {
      sink_.report(Code::not_a_choice, made.span, fmt::format("\"{}\" is no currency", code))
          .help("a currency is three capital letters: \"EUR\"");
    }
    made.type = {Base::currency};
    return true;
  }
  return false;
}

// ── arithmetic ───────────────────────────────────────────────────────────────────────────────
checked::Type Checker::additive(char op, ExprId left, ExprId right, Span at) {
  const Type a = type_of(left);
  const Type b = type_of(right);
  if (a.base == Base::unknown || b.base == Base::unknown) return {};
  if (is_number(a.base) && is_number(b.base)) return {a.base == b.base ? a.base : Base::decimal};
  if (a.base == b.base && (a.base == Base::percent || a.base == Base::money)) return a;
  if (a.base == b.base && is_duration(a.base) && a.index == b.index) return a;
  if (a.base == Base::date && is_duration(b.base) && b.base != Base::minutes) return a;
  if (a.base == Base::instant && b.base == Base::minutes) return a;
  if (op == '-' && a.base == Base::date && b.base == Base::date) return {Base::days};
  const bool percent = a.base == Base::percent || b.base == Base::percent;
  const bool money = a.base == Base::money || b.base == Base::money;
  mismatch(at, fmt::format("{} {} {} means nothing", name_of(a), op, name_of(b)),
           percent && money ? fmt::format("a percentage of an amount is a product: `amount {} amount * 15%`", op)
           : percent        ? "write the number as percent (`1` is `100%`), or convert with `percent(…)` or `number(…)`"
           : money          ? "give the number its currency, or take the amount alone with `amount(…)`"
                            : "");
  return {};
}

checked::Type Checker::multiplicative(char op, ExprId left, ExprId right, Span at) {
  const Type a = type_of(left);
  const Type b = type_of(right);
  if (a.base == Base::unknown || b.base == Base::unknown) return {};
  const bool numbers = is_number(a.base) && is_number(b.base);
  if (op == '*') {
    if (numbers) return {a.base == Base::integer && b.base == Base::integer ? Base::integer : Base::decimal};
    if (a.base == Base::percent && (is_number(b.base) || b.base == Base::percent)) return {Base::percent};
    if (b.base == Base::percent && is_number(a.base)) return {Base::percent};
    if (a.base == Base::money && (is_number(b.base) || b.base == Base::percent)) return {Base::money};
    if (b.base == Base::money && (is_number(a.base) || a.base == Base::percent)) return {Base::money};
    if (is_duration(a.base) && b.base == Base::integer) return a;
    if (is_duration(b.base) && a.base == Base::integer) return b;
  } else {
    if (numbers) return {Base::decimal};
    if (a.base == Base::percent && is_number(b.base)) return {Base::percent};
    if (a.base == Base::money && (is_number(b.base) || b.base == Base::percent)) return {Base::money};
    if (a.base == b.base && (a.base == Base::percent || a.base == Base::money)) return {Base::decimal};
  }
  mismatch(at, fmt::format("{} {} {} means nothing", name_of(a), op, name_of(b)));
  return {};
}

checked::ExprId Checker::arithmetic_expr(const ast::Arithmetic& tree, Span span, Context& context) {
  const bool sums = tree.operators[0] == '+' || tree.operators[0] == '-';
  ExprId left = required(*tree.operands[0], context);
  for (std::size_t i = 1; i < tree.operands.size(); ++i) {
    const ExprId right = required(*tree.operands[i], context);
    const char op = tree.operators[i - 1];
    const Span at{span.file, span.begin, span_of(right).end};
    const Type type = sums ? additive(op, left, right, at) : multiplicative(op, left, right, at);
    const Op made = op == '+' ? Op::add : op == '-' ? Op::subtract : op == '*' ? Op::multiply : Op::divide;
    checked::Expr& before = policy_.exprs[left];
    if (sums && before.op == made && i > 1 && before.type == type) {  // one flat sum: depth stays bounded
      before.children.push_back(right);
      before.span = at;
    } else {
      left = add(made, type, at, {left, right});
    }
  }
  return left;
}

checked::ExprId Checker::negate_expr(const ast::Negate& tree, Span span, Context& context) {
  const ExprId operand = required(*tree.operand, context);
  const Type type = type_of(operand);
  if (!is_number(type.base) && type.base != Base::percent && type.base != Base::money && type.base != Base::unknown) {
    mismatch(span, fmt::format("{} has no opposite", name_of(type)));
  }
  return add(Op::negate, type, span, {operand});
}

checked::ExprId Checker::fallback_expr(const ast::Fallback& tree, Span span, Context& context) {
  std::vector<ExprId> operands;
  Type type;
  for (std::size_t i = 0; i < tree.operands.size(); ++i) {
    const ExprId operand = expr(*tree.operands[i], context);
    const bool last = i + 1 == tree.operands.size();
    if (i > 0) convert(operand, type);
    if (type_of(operand).list || type_of(operand).base == Base::record) {
      mismatch(tree.operands[i]->span,
               fmt::format("`else` chooses between values, this is {}", name_of(type_of(operand))),
               "give its fields an `else` each");
      return unknown_expr(span);
    }
    const Type own = type_of(operand);
    if (!last && !own.optional && own.base != Base::unknown) {
      sink_
          .report(Code::never_absent, tree.operands[i]->span,
                  fmt::format("`{}` is always there, its `else` is never used", text(tree.operands[i]->span)))
          .help("leave the `else` out");
    }
    if (i == 0) {
      type = own;
    } else {
      Type wanted = type;
      wanted.optional = true;
      if (own.base == Base::decimal && type.base == Base::integer) {
        type.base = Base::decimal;
      } else if (!assignable(own, wanted)) {
        mismatch(tree.operands[i]->span, fmt::format("the value is {}, its `else` is {}",
                                                     name_of({type.base, false, type.list, type.index}), name_of(own)));
      }
    }
    type.optional = own.optional;
    operands.push_back(operand);
  }
  return add(Op::fallback, type, span, std::move(operands));
}

// ── comparisons ──────────────────────────────────────────────────────────────────────────────
bool Checker::comparable(ExprId left, ExprId right, bool ordered, Span at) {
  if (type_of(left).base == Base::choice || type_of(left).base == Base::currency) convert(right, type_of(left));
  if (type_of(right).base == Base::choice || type_of(right).base == Base::currency) convert(left, type_of(right));
  const Type a = type_of(left);
  const Type b = type_of(right);
  if (a.base == Base::unknown || b.base == Base::unknown) return true;
  const bool same = (is_number(a.base) && is_number(b.base)) || (is_text(a.base) && is_text(b.base)) ||
                    (a.base == b.base && (a.base != Base::choice || a.index == b.index) && a.base != Base::record);
  if (!same) {
    const bool percent = a.base == Base::percent || b.base == Base::percent;
    const bool person = a.base == Base::person || b.base == Base::person;
    const bool money = a.base == Base::money || b.base == Base::money;
    mismatch(at, fmt::format("{} cannot be compared with {}", name_of(a), name_of(b)),
             percent  ? "write percent with its sign: `15%` (`percent(…)` turns a share into percent)"
             : money  ? "write the amount with its currency: `500_000 USD`"
             : person ? "compare the person's `id` with the text"
                      : "");
    return false;
  }
  const bool has_order =
      a.base != Base::boolean && a.base != Base::choice && a.base != Base::person && !is_text(a.base);
  if (ordered && !has_order) {
    mismatch(at, fmt::format("{} has no order", name_of(a)), "compare with `is` or `is one of`");
    return false;
  }
  return true;
}

checked::ExprId Checker::comparison_expr(const ast::Comparison& tree, Span span, Context& context) {
  using ast::Relation;
  const Type boolean{Base::boolean};
  if (tree.relation == Relation::present || tree.relation == Relation::absent) {
    // What is tested is not taken for granted because some clause, perhaps this very one, tests it.
    const std::string key = presence_key(*tree.left);
    const bool known = context.present.erase(key) > 0;
    const ExprId operand = expr(*tree.left, context);
    if (known) context.present.insert(key);
    if (!type_of(operand).optional && type_of(operand).base != Base::unknown) {
      sink_.report(Code::never_absent, span, fmt::format("`{}` is always there", text(tree.left->span)))
          .help("leave the test out");
    }
    const ExprId present = add(Op::present, boolean, span, {operand});
    return tree.relation == Relation::present ? present : add(Op::negation, boolean, span, {present});
  }
  const ExprId left = required(*tree.left, context);
  std::vector<ExprId> operands{left};
  for (const ast::ExprPtr& each : tree.right) operands.push_back(required(*each, context));

  const bool text_relation = tree.relation >= Relation::starts_with && tree.relation <= Relation::not_contains;
  const bool ordered = (tree.relation >= Relation::less && tree.relation <= Relation::greater_equal) ||
                       tree.relation == Relation::between || tree.relation == Relation::not_between;
  bool good = true;
  for (std::size_t i = 1; i < operands.size(); ++i) {
    if (text_relation) {
      for (const ExprId operand : {operands[0], operands[i]}) {
        const Base base = type_of(operand).base;
        if (is_text(base) || base == Base::choice || base == Base::unknown) continue;
        mismatch(span_of(operand), fmt::format("a text is needed here, this is {}", name_of(type_of(operand))));
        good = false;
      }
    } else {
      good = comparable(operands[0], operands[i], ordered, span) && good;
    }
  }
  const Base base = type_of(left).base;
  if (tree.ignoring_case && good && !is_text(base) && base != Base::choice && base != Base::unknown) {
    mismatch(span, fmt::format("`ignoring case` is for texts, this is {}", name_of(type_of(left))));
  }
  const std::uint32_t fold = tree.ignoring_case ? 1 : 0;
  const std::uint32_t flag = tree.ignoring_case ? plan::ignoring_case : 0;
  const auto compare = [&](plan::Comparison comparison) {
    return add(Op::compare, boolean, span, std::move(operands), static_cast<std::uint32_t>(comparison) | flag);
  };
  const auto positive = [&](Op op, std::uint32_t ref) { return add(op, boolean, span, std::move(operands), ref); };
  const auto negative = [&](Op op, std::uint32_t ref) {
    return add(Op::negation, boolean, span, {add(op, boolean, span, std::move(operands), ref)});
  };
  switch (tree.relation) {
    case Relation::equal: return compare(plan::Comparison::equal);
    case Relation::not_equal: return compare(plan::Comparison::not_equal);
    case Relation::less: return compare(plan::Comparison::less);
    case Relation::less_equal: return compare(plan::Comparison::less_equal);
    case Relation::greater: return compare(plan::Comparison::greater);
    case Relation::greater_equal: return compare(plan::Comparison::greater_equal);
    case Relation::one_of: return positive(Op::one_of, flag);
    case Relation::not_one_of: return negative(Op::one_of, flag);
    case Relation::between: return positive(Op::between, 0);
    case Relation::not_between: return negative(Op::between, 0);
    case Relation::starts_with: return positive(Op::starts_with, fold);
    case Relation::not_starts_with: return negative(Op::starts_with, fold);
    case Relation::ends_with: return positive(Op::ends_with, fold);
    case Relation::not_ends_with: return negative(Op::ends_with, fold);
    case Relation::contains: return positive(Op::contains, fold);
    case Relation::not_contains: return negative(Op::contains, fold);
    case Relation::present: case Relation::absent: break;  // answered above
  }
  return unknown_expr(span);
}

// ── built-in functions ───────────────────────────────────────────────────────────────────────
checked::ExprId Checker::builtin_expr(checked::Builtin builtin, std::vector<ExprId> arguments, Span span) {
  using checked::Builtin;
  struct Signature { std::string_view name, text; };
  constexpr Signature signatures[] = {
#define BUILTIN(name, signature, meaning) {#name, signature},
#include "compiler/sema/builtins.def"
#undef BUILTIN
  };
  const auto base = [&](std::size_t i) { return i < arguments.size() ? type_of(arguments[i]).base : Base::record; };
  const auto number = [&](std::size_t i) { return is_number(base(i)) || base(i) == Base::unknown; };
  const auto is = [&](std::size_t i, Base wanted) { return base(i) == wanted || base(i) == Base::unknown; };
  const auto amount = [&](std::size_t i) { return number(i) || base(i) == Base::percent || base(i) == Base::money; };
  const auto word = [&](std::size_t i) {
    return is_text(base(i)) || base(i) == Base::choice || base(i) == Base::unknown;
  };
  if ((builtin == Builtin::money || builtin == Builtin::convert) && arguments.size() == 2)
    convert(arguments[1], {Base::currency});
  bool good = false;
  std::size_t count = 1;
  Type type;
  switch (builtin) {
    case Builtin::abs: good = amount(0); type = arguments.empty() ? type : type_of(arguments[0]); break;
    case Builtin::round: case Builtin::round_even: case Builtin::round_up: case Builtin::round_down:
      count = 2;
      good = amount(0) && is(1, Base::integer);
      if (!arguments.empty()) type = type_of(arguments[0]);
      break;
    case Builtin::percent: good = number(0); type.base = Base::percent; break;
    case Builtin::number: good = is(0, Base::percent); type.base = Base::decimal; break;
    case Builtin::amount: good = is(0, Base::money); type.base = Base::decimal; break;
    case Builtin::currency: good = is(0, Base::money); type.base = Base::text; break;
    case Builtin::money: count = 2; good = number(0) && word(1); type.base = Base::money; break;
    case Builtin::convert: count = 2; good = is(0, Base::money) && word(1); type.base = Base::money; break;
    case Builtin::year:
    case Builtin::month:
    case Builtin::day:
      good = is(0, Base::date);
      type.base = Base::integer;
      break;
    case Builtin::date: good = is(0, Base::instant); type.base = Base::date; break;
    case Builtin::days: good = is(0, Base::days); type.base = Base::integer; break;
    case Builtin::length: good = word(0); type.base = Base::integer; break;
    case Builtin::has_role: count = 2; good = is(0, Base::person) && word(1); type.base = Base::boolean; break;
  }
  if (!good || arguments.size() != count) {
    const Signature& signature = signatures[static_cast<std::size_t>(builtin)];
    std::string given;
    for (const ExprId argument : arguments) given += (given.empty() ? "" : ", ") + name_of(type_of(argument));
    sink_.report(Code::wrong_arguments, span, fmt::format("`{}` cannot be called with ({})", signature.name, given))
        .help(fmt::format("its signature is `{}`", signature.text));
    return unknown_expr(span);
  }
  return add(Op::builtin, type, span, std::move(arguments), static_cast<std::uint32_t>(builtin));
}

}  // namespace assent::compiler
