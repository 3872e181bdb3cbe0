#include "runtime/eval/tally.h"

namespace assent::eval {

using plan::Op;

void Tally::count(const Leaf& leaf, int by) {
  if (leaf.value.is_fault()) {
    faults_ += by;
    return;
  }
  if (!leaf.counts) return;
  rows_ += by;
  switch (op_) {
    case Op::count: break;
    case Op::any:
    case Op::every: (leaf.value.is_true() ? trues_ : falses_) += by; break;
    case Op::sum:
    case Op::average: add(leaf.value, by); break;
    default: {
      const auto own = values_.try_emplace(leaf.value, 0).first;
      if ((own->second += by) == 0) values_.erase(own);
    }
  }
}

// Exactly, in whole numbers.
void Tally::add(const Value& value, int by) {
  if (lost_) return;
  if (!started_) {
    exponent_ = value.exponent;
    unit_ = value.unit;
    started_ = true;
  }
  const auto scaled = [](Int128 number, std::int32_t digits) -> std::optional<Int128> {
    for (; digits > 0; --digits) {
      if (number >= coefficient_limit / 10 || number <= -coefficient_limit / 10) return std::nullopt;
      number *= 10;
    }
    return number;
  };
  constexpr std::int32_t most_digits = max_digits;
  if (value.exponent < exponent_ && exponent_ - value.exponent <= most_digits) {
    const auto sum = scaled(sum_, exponent_ - value.exponent);
    const auto magnitude = scaled(magnitude_, exponent_ - value.exponent);
    if (!sum || !magnitude) {
      lost_ = true;
      return;
    }
    sum_ = *sum;
    magnitude_ = *magnitude;
    exponent_ = value.exponent;
  }
  const std::int32_t shift = value.exponent - exponent_;
  const auto term = shift < 0 || shift > most_digits ? std::nullopt : scaled(value.coefficient, shift);
  if (!term || value.unit != unit_ || value.kind == Value::Kind::text) {
    lost_ = true;
    return;
  }
  sum_ += by > 0 ? *term : -*term;
  const Int128 size = *term < 0 ? -*term : *term;
  magnitude_ += by > 0 ? size : -size;
  if (magnitude_ >= coefficient_limit) lost_ = true;
}

Value Tally::sum() const {
  if (rows_ == 0) return type_ == plan::Type::money ? Value::of(decimal(0), 0) : Value::whole(0);
  const Decimal total{sum_, exponent_};
  return type_ == plan::Type::money ? Value::of(total, unit_) : Value::of(total);
}

std::optional<Value> Tally::value() const {
  if (op_ == Op::any && trues_ > 0) return Value::of(true);
  if (op_ == Op::every && falses_ > 0) return Value::of(false);
  if (faults_ > 0 || lost_) return std::nullopt;
  switch (op_) {
    case Op::any: return Value::of(false);
    case Op::every: return Value::of(true);
    case Op::count: return Value::whole(rows_);
    case Op::distinct: return Value::whole(static_cast<std::int64_t>(values_.size()));
    case Op::sum: return sum();
    case Op::average:
      if (rows_ == 0) return Value{};
      return apply_two(Op::divide, 0, sum(), Value::whole(rows_), {});
    default: break;  // the least and the greatest
  }
  if (values_.empty()) return Value{};
  const Value& least = values_.begin()->first;
  const Value& greatest = values_.rbegin()->first;
  if (least.kind != greatest.kind || least.unit != greatest.unit) return std::nullopt;
  return op_ == Op::minimum ? least : greatest;
}

}  // namespace assent::eval
