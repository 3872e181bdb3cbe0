#include "runtime/plan/constants.h"

namespace assent::plan {

Value constant_value(const Plan& plan, const Constant& constant) {
  if (is_text(constant.type)) return Value::of(plan.string(constant.unit));
  const Decimal number = number_of(plan, constant);
  return constant.type == Type::money ? Value::of(number, constant.unit) : Value::of(number);
}

bool constant_before(const Plan& plan, const Constant& a, const Constant& b) {
  if (a.type != b.type) return a.type < b.type;
  if (a.unit != b.unit) return a.unit < b.unit;
  return !is_text(a.type) && compare(number_of(plan, a), number_of(plan, b)) < 0;
}

}  // namespace assent::plan
