// Expressions: one case for each kind, as checked.h describes it. Entry: Desk::evaluate.
#include "tests/naive/naive_expr.h"

#include <cassert>

#include "runtime/value/fold_case.h"

namespace assent::naive {

namespace {

using checked::Op;

Values children(const Desk& desk, const checked::Expr& expr, const Frame& frame) {
  Values values;
  for (const ExprId child : expr.children) values.push_back(desk.evaluate(child, frame));
  return values;
}

// Folded from the left: a + b + c is (a + b) + c. What two dates are apart is days.
Value sum(const Desk& desk, const checked::Expr& expr, const Values& values) {
  Value total = values[0];
  Type type = desk.type_of(expr.children[0]);
  for (std::size_t i = 1; i < values.size(); ++i) {
    const Type next = desk.type_of(expr.children[i]);
    total = add(desk, total, type, values[i], next, expr.op == Op::subtract);
    if (type.base == Base::date && next.base == Base::date) type = {Base::days};
  }
  return total;
}

Value first_present(const Values& values) {
  for (const Value& value : values) {
    if (!value.is_absent()) return value;
  }
  return {};
}

Value compared(const Desk& desk, const Value& left, const Value& right, std::uint32_t ref) {
  const auto comparison = static_cast<plan::Comparison>(ref & 7u);
  return compare(desk, left, right, comparison, (ref & plan::ignoring_case) != 0);
}

Value one_of(const Desk& desk, const Values& values, std::uint32_t ref) {
  const auto equal = static_cast<std::uint32_t>(plan::Comparison::equal) | ref;
  Values answers;
  for (std::size_t i = 1; i < values.size(); ++i) {
    answers.push_back(compared(desk, values[0], values[i], equal));
  }
  return disjunction(answers);
}

Value between(const Desk& desk, const Values& values) {
  const auto at_most = static_cast<std::uint32_t>(plan::Comparison::less_equal);
  return conjunction({compared(desk, values[1], values[0], at_most),
                      compared(desk, values[0], values[2], at_most)});
}

Value text_relation(Op op, const Values& values, bool ignoring_case) {
  if (const auto [bad, result] = spoilt(values); bad) return result;
  const std::string text = ignoring_case ? fold_case(values[0].text) : values[0].text;
  const std::string part = ignoring_case ? fold_case(values[1].text) : values[1].text;
  if (op == Op::starts_with) return truth(text.starts_with(part));
  if (op == Op::ends_with) return truth(text.ends_with(part));
  return truth(text.find(part) != std::string::npos);
}

// manager, id and name of a person, who is known by their id.
Value of_person(const Desk& desk, Op op, const Value& id) {
  if (id.is_fault() || id.is_absent() || op == Op::person_id) return id;
  const Person* who = person(desk.world, id.text);
  if (who == nullptr) return fault(Fault::unknown_person);
  if (op == Op::person_name) return who->name.empty() ? Value{} : text_value(who->name);
  if (who->manager == nobody) return {};
  return text_value(desk.world.directory.people().people[who->manager].id);
}

Value present(const Value& value) { return value.is_fault() ? value : truth(!value.is_absent()); }

Value called(const Desk& desk, const checked::Expr& call, const Frame& frame) {
  const checked::Function& function = desk.policy.functions[checked::FunctionId{call.ref}];
  return desk.evaluate(function.body, Frame{{}, children(desk, call, frame)});
}

}  // namespace

Value Desk::evaluate(ExprId id, const Frame& frame) const {
  const checked::Expr& expr = policy.exprs[id];
  const auto all = [&] { return children(*this, expr, frame); };
  const auto child = [&](std::size_t i) { return evaluate(expr.children[i], frame); };
  const auto type = [&](std::size_t i) { return type_of(expr.children[i]); };
  switch (expr.op) {
    case Op::literal: return literal_of(policy, expr);
    case Op::input: return quote;
    case Op::variable: return frame.variables.at(checked::VariableId{expr.ref});
    case Op::parameter: return frame.arguments[expr.ref];
    case Op::field: return field_of(policy, child(0), expr.ref);
    case Op::manager: case Op::person_id: case Op::person_name:
      return of_person(*this, expr.op, child(0));
    case Op::fact: return evaluate(policy.facts[checked::FactId{expr.ref}].value, {});
    case Op::call: return called(*this, expr, frame);
    case Op::builtin: return builtin(*this, static_cast<checked::Builtin>(expr.ref), all());
    case Op::today: return number(decimal(world.today));
    case Op::add: case Op::subtract: return sum(*this, expr, all());
    case Op::multiply: return multiply(child(0), type(0), child(1), type(1));
    case Op::divide: return divide(*this, child(0), type(0), child(1), type(1));
    case Op::negate: return negate(child(0));
    case Op::fallback: return first_present(all());
    case Op::conjunction: return conjunction(all());
    case Op::disjunction: return disjunction(all());
    case Op::negation: return negation(child(0));
    case Op::compare: return compared(*this, child(0), child(1), expr.ref);
    case Op::one_of: return one_of(*this, all(), expr.ref);
    case Op::between: return between(*this, all());
    case Op::starts_with: case Op::ends_with: case Op::contains:
      return text_relation(expr.op, all(), expr.ref != 0);
    case Op::present: return present(child(0));
    case Op::count: case Op::sum: case Op::minimum: case Op::maximum: case Op::average:
    case Op::distinct: case Op::any: case Op::every:
      return aggregate(*this, expr, frame);
    case Op::approved: break;  // in reapproval clauses alone, which a decision does not look at
  }
  assert(false);
  return {};
}

}  // namespace assent::naive
