// The constants of a plan: as values, and in order. Entries: constant_value, constant_before.
//
// They are sorted by type, then currency, then value (texts by their string's id), each once. So the
// place of a quote's value among them is found once, and each bound that it is compared with is then
// a comparison of ids: see eval/index.h.
#pragma once

#include "runtime/plan/plan.h"
#include "runtime/value/value.h"

namespace assent::plan {

constexpr bool is_text(Type type) {
  return type == Type::text || type == Type::currency || type == Type::person || type == Type::choice;
}

// Of a constant that is no text.
inline Decimal number_of(const Plan& plan, const Constant& constant) {
  if (constant.wide == 0) return {constant.coefficient, constant.exponent};
  const Wide& wide = plan.wides[static_cast<std::size_t>(constant.coefficient)];
  return {static_cast<Int128>(static_cast<UInt128>(wide.high) << 64 | wide.low), constant.exponent};
}

// Texts point into the plan.
Value constant_value(const Plan& plan, const Constant& constant);

// Whether `a` stands before `b`. Numbers must be in the range of a Decimal.
bool constant_before(const Plan& plan, const Constant& a, const Constant& b);

}  // namespace assent::plan
