#include "runtime/eval/plain_loop.h"

#include "runtime/plan/constants.h"
#include "runtime/value/text_word.h"

namespace assent::eval {

using plan::Node;
using plan::Op;

namespace {

// The column of a field of the row that the loop stands on, or null.
const std::vector<Value>* column_of(const plan::Plan& plan, const Node& loop, std::uint32_t node, const Rows& rows) {
  const Node& field = plan.nodes[node];
  return field.op == Op::field && field.b == loop.b ? &rows.columns[field.a] : nullptr;
}

struct Filter {  // rows whose text is equal
  const std::vector<Value>* column = nullptr;  // null: all rows
  std::string_view text;
};

bool take_filter(const plan::Plan& plan, const Node& loop, std::uint32_t where, const Rows& rows, Filter& filter) {
  if (where == plan::none) return true;
  const Node& compare = plan.nodes[where];
  if (compare.op != Op::compare || compare.detail != static_cast<std::uint16_t>(plan::Comparison::equal)) return false;
  const Node& other = plan.nodes[compare.b];
  filter.column = column_of(plan, loop, compare.a, rows);
  if (filter.column == nullptr || other.op != Op::constant) return false;
  const plan::Constant& constant = plan.constants[other.a];
  if (!plan::is_text(constant.type)) return false;
  filter.text = plan.string(constant.unit);
  return true;
}

bool alike(const Value& a, const Value& b) { return a.kind == b.kind && a.unit == b.unit; }

// `result` and what else there is; false where that is not plain.
bool take(Op op, const Value& value, Value& result) {
  if (!alike(value, result)) return false;
  if (op == Op::sum) {
    Decimal sum;
    if (add(result.decimal(), value.decimal(), sum) != Fault::none) return false;
    result.coefficient = sum.coefficient;
    result.exponent = sum.exponent;
    return true;
  }
  const int order = compare(value.decimal(), result.decimal());
  if (op == Op::minimum ? order < 0 : order > 0) result = value;
  return true;
}

}  // namespace

std::optional<Value> plain_loop(const plan::Plan& plan, const Node& loop, const Rows& rows, std::uint32_t first,
                                std::uint32_t last) {
  if (loop.op != Op::sum && loop.op != Op::minimum && loop.op != Op::maximum && loop.op != Op::count)
    return std::nullopt;
  const std::uint32_t body = plan.operands[loop.a + 1];
  const std::vector<Value>* const values = loop.op == Op::count ? nullptr : column_of(plan, loop, body, rows);
  Filter filter;
  if ((values == nullptr) != (loop.op == Op::count) || !take_filter(plan, loop, plan.operands[loop.a], rows, filter))
    return std::nullopt;
  Value result;
  std::int64_t count = 0;
  for (std::uint32_t row = first; row < last; ++row) {
    if (filter.column != nullptr) {
      const Value& text = (*filter.column)[row];
      if (text.kind != Value::Kind::text) return std::nullopt;
      if (!equal_texts(text.text(), filter.text)) continue;
    }
    ++count;
    if (values == nullptr) continue;
    const Value& value = (*values)[row];
    if (value.kind != Value::Kind::number && value.kind != Value::Kind::money) return std::nullopt;
    if (count == 1) result = value;
    else if (!take(loop.op, value, result)) return std::nullopt;
  }
  if (loop.op == Op::count) return Value::whole(count);
  if (count > 0 || loop.op != Op::sum) return result;  // the least and the greatest of no rows are absent
  return loop.type == plan::Type::money ? Value::of(decimal(0), 0) : Value::whole(0);
}

}  // namespace assent::eval
