// Aggregates and quantifiers: one loop over the rows of a list. Entry: aggregate.
#include <algorithm>
#include <cassert>

#include "tests/naive/naive_expr.h"

namespace assent::naive {

namespace {

using checked::Op;

Value required(const Value& value) {
  return value.is_absent() ? fault(Fault::missing_value) : value;
}

// What an aggregate knows after some rows.
struct Tally {
  std::int64_t count = 0;
  Value folded;      // sum, minimum, maximum; absent before the first row
  Values different;  // distinct
};

bool same(const Value& left, const Value& right) {
  if (left.kind == Value::Kind::text) return left.text == right.text;
  return left.unit == right.unit && assent::compare(left.number, right.number) == 0;
}

// `best`, or `value` if it is the better one: the first of equals stays.
Value better(const Desk& desk, const Value& best, const Value& value, plan::Comparison comparison) {
  const Value wins = compare(desk, value, best, comparison, false);
  if (wins.is_fault()) return wins;
  return wins.is_true() ? value : best;
}

Value fold(const Desk& desk, Op op, Type type, const Value& before, const Value& body) {
  if (before.is_absent()) return body;
  if (op == Op::minimum) return better(desk, before, body, plan::Comparison::less);
  if (op == Op::maximum) return better(desk, before, body, plan::Comparison::greater);
  return add(desk, before, type, body, type, false);
}

// Adds one row's body; the fault that this gives, if any, is then in `folded`.
void take(const Desk& desk, Op op, Type type, const Value& body, Tally& tally) {
  ++tally.count;
  if (op == Op::count) return;
  if (op != Op::distinct) {
    tally.folded = fold(desk, op, type, tally.folded, body);
    return;
  }
  for (const Value& known : tally.different) {
    if (same(known, body)) return;
  }
  tally.different.push_back(body);
}

Value result(const Desk& desk, Op op, Type type, const Tally& tally) {
  const Value count = number(decimal(tally.count));
  switch (op) {
    case Op::count: return count;
    case Op::distinct: return number(decimal(static_cast<std::int64_t>(tally.different.size())));
    case Op::minimum: case Op::maximum: return tally.folded;
    case Op::sum:
      if (tally.count > 0) return tally.folded;
      return type.base == Base::money ? money({}, 0) : number({});
    case Op::average:
      return tally.count == 0 ? Value{} : divide(desk, tally.folded, type, count, {Base::integer});
    default: break;
  }
  assert(false);
  return {};
}

Value tallied(const Desk& desk, const checked::Expr& expr, const checked::Range& range,
              const Values& rows, const Frame& frame) {
  const Type type = expr.children.empty() ? Type{} : desk.type_of(expr.children[0]);
  Tally tally;
  for (const Value& row : rows) {
    Frame inner = frame;
    inner.variables[range.variable] = row;
    if (range.where) {
      const Value included = required(desk.evaluate(*range.where, inner));
      if (included.is_fault()) return included;
      if (included.is_false()) continue;
    }
    Value body;
    if (expr.op != Op::count) {
      body = required(desk.evaluate(expr.children[0], inner));
      if (body.is_fault()) return body;
    }
    take(desk, expr.op, type, body, tally);
    if (tally.folded.is_fault()) return tally.folded;
  }
  return result(desk, expr.op, type, tally);
}

// any: some row fulfils `where` and body. every: each row fulfils the body or fails `where`.
Value quantified(const Desk& desk, const checked::Expr& expr, const checked::Range& range,
                 const Values& rows, const Frame& frame) {
  Values answers;
  for (const Value& row : rows) {
    Frame inner = frame;
    inner.variables[range.variable] = row;
    Values parts;
    if (range.where) {
      const Value included = desk.evaluate(*range.where, inner);
      parts.push_back(expr.op == Op::any ? included : negation(included));
    }
    parts.push_back(desk.evaluate(expr.children[0], inner));
    answers.push_back(expr.op == Op::any ? conjunction(parts) : disjunction(parts));
  }
  return expr.op == Op::any ? disjunction(answers) : conjunction(answers);
}

}  // namespace

Value aggregate(const Desk& desk, const checked::Expr& expr, const Frame& frame) {
  const checked::Range& range = desk.policy.ranges[expr.ref];
  const Value list = desk.evaluate(range.list, frame);
  if (list.is_fault()) return list;
  if (expr.op == Op::any || expr.op == Op::every) {
    return quantified(desk, expr, range, list.rows, frame);
  }
  return tallied(desk, expr, range, list.rows, frame);
}

}  // namespace assent::naive
