// What each operation does to values: the one arithmetic of the system, used by the machine and by
// the compiler when it folds constants. Entries: compare_values, apply_one, apply_two, and the folds
// for operations with many operands. Pure; no clock, no I/O.
#pragma once

#include <span>
#include <string_view>

#include "runtime/plan/plan.h"
#include "runtime/value/people.h"
#include "runtime/value/value.h"

namespace assent::eval {

// Everything outside the quote that an operation may look at.
struct Surroundings {
  const plan::Plan* plan = nullptr;      // for calendars
  const People* people = nullptr;        // null: nobody
  const Worths* worths = nullptr;        // null: no rates
  std::int32_t today = 0;
};

// Both operands there and no fault. -1, 0, 1 in `order`, or a fault: of money in two currencies
// without rates, of values that cannot be compared.
Fault order_of(const Value& left, const Value& right, const Surroundings& world, int& order);

// The answer of a comparison as the plan writes it in `detail`; absence and faults pass through.
Value compare_values(const Value& left, const Value& right, std::uint16_t detail, const Surroundings& world);

// Adds `term` to `sum`, as OPCODE(add) and OPCODE(sum) do from the left.
Value add_values(const Value& sum, const Value& term);

Value apply_one(plan::Op op, std::uint16_t detail, const Value& a, const Surroundings& world);
Value apply_two(plan::Op op, std::uint16_t detail, const Value& a, const Value& b, const Surroundings& world);

// Whether two values are the same in the sense of `distinct`: no rates, money by its currency too.
bool same_value(const Value& left, const Value& right);
// An order of all values that are no faults, in which the same ones stand together.
bool value_before(const Value& left, const Value& right);

// Kleene's logic over any number of operands, given one after another: a `decisive` one decides whatever
// the others are, faults included.
template <bool decisive>
class Kleene {
 public:
  // False: the answer is known, no operand can change it.
  bool take(const Value& operand) {
    if (operand.kind == Value::Kind::number) {
      if ((operand.coefficient != 0) != decisive) return true;
      decided_ = true;
      return false;
    }
    if (fault_ == Fault::none) {
      fault_ = operand.is_fault() ? operand.fault : operand.is_absent() ? Fault::missing_value : Fault::not_computable;
    }
    return true;
  }
  Value answer() const {
    return decided_ ? Value::of(decisive) : fault_ != Fault::none ? Value::of(fault_) : Value::of(!decisive);
  }

 private:
  bool decided_ = false;
  Fault fault_ = Fault::none;
};
using Conjunction = Kleene<false>;
using Disjunction = Kleene<true>;

const Person* find_person(const People* people, std::string_view id);  // null if unknown

}  // namespace assent::eval
