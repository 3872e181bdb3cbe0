// The operations on values: arithmetic, comparison and Kleene's logic. Entries are in naive_expr.h.
//
// An operation whose operands are spoilt (a fault, an absence) is spoilt itself; only logic looks at
// the other operands first.
#include <cassert>

#include "runtime/value/calendar.h"
#include "runtime/value/fold_case.h"
#include "tests/naive/naive_expr.h"

namespace assent::naive {

namespace {

using Kind = Value::Kind;

// The value with another number in it, or the fault that kept it from being computed.
Value with(const Value& like, Fault wrong, const Decimal& result) {
  if (wrong != Fault::none) return fault(wrong);
  Value value = like;
  value.number = result;
  return value;
}

bool one_currency(const Value& left, const Value& right) {
  return left.unit == right.unit || left.unit == 0 || right.unit == 0;
}

// The amounts in the base currency of the rates, or why they are not to be had.
struct Worth { Fault wrong = Fault::none; Decimal left, right; };
Worth worth_of(const Desk& desk, const Value& left, const Value& right) {
  const auto& worths = desk.world.rates.worths().worth;
  const auto a = worths.find(left.unit);
  const auto b = worths.find(right.unit);
  if (a == worths.end() || b == worths.end()) return {Fault::missing_rate, {}, {}};
  Worth worth;
  worth.wrong = multiply(left.number, a->second, worth.left);
  if (worth.wrong == Fault::none) worth.wrong = multiply(right.number, b->second, worth.right);
  return worth;
}

Value add_to_date(const Desk& desk, const Value& day, const Value& count, Type unit) {
  if (!is_whole(count.number)) return fault(Fault::not_whole);
  const Date from{static_cast<std::int32_t>(*to_int64(day.number))};
  const std::optional<std::int64_t> many = to_int64(count.number);
  if (!many) return fault(unit.base == Base::business_days ? Fault::bad_range : Fault::date_range);
  Date to;
  Fault wrong = Fault::none;
  if (unit.base == Base::days) {
    wrong = add_days(from, *many, to);
  } else if (unit.base == Base::months) {
    wrong = add_months(from, *many, to);
  } else if (unit.index == 0) {
    wrong = add_business_days({saturday_and_sunday, {}}, from, *many, to);
  } else {
    const checked::Calendar& named =
        desk.policy.calendars[static_cast<checked::CalendarId>(unit.index - 1)];
    std::vector<std::int32_t> holidays;
    for (const Date holiday : named.holidays) holidays.push_back(holiday.days);
    wrong = add_business_days({named.weekend, holidays}, from, *many, to);
  }
  return with(day, wrong, decimal(to.days));
}

Value add_to_instant(const Value& instant, const Value& minutes) {
  Decimal milliseconds, sum;
  if (multiply(minutes.number, decimal(60'000), milliseconds) != Fault::none ||
      assent::add(instant.number, milliseconds, sum) != Fault::none ||
      assent::compare(sum, decimal(min_date.days * milliseconds_per_day)) < 0 ||
      assent::compare(sum, decimal((max_date.days + 1) * milliseconds_per_day)) >= 0) {
    return fault(Fault::date_range);
  }
  return number(sum);
}

}  // namespace

// ── values ───────────────────────────────────────────────────────────────────────────────────
Value number(const Decimal& value) {
  Value made;
  made.kind = Kind::number;
  made.number = value;
  return made;
}
Value money(const Decimal& amount, Currency unit) {
  Value made = number(amount);
  made.kind = Kind::money;
  made.unit = unit;
  return made;
}
Value text_value(std::string text) {
  Value made;
  made.kind = Kind::text;
  made.text = std::move(text);
  return made;
}
Value truth(bool value) { return number(decimal(value ? 1 : 0)); }
Value fault(Fault reason) {
  Value made;
  made.kind = Kind::fault;
  made.fault = reason;
  return made;
}

Spoilt spoilt(const Values& operands) {
  for (const Value& operand : operands) {
    if (operand.is_fault()) return {true, operand};
  }
  for (const Value& operand : operands) {
    if (operand.is_absent()) return {true, {}};
  }
  return {false, {}};
}

// ── logic ────────────────────────────────────────────────────────────────────────────────────
Value conjunction(const Values& parts) {
  for (const Value& part : parts) {
    if (part.is_false()) return truth(false);
  }
  for (const Value& part : parts) {
    if (part.is_fault()) return part;
    if (part.is_absent()) return fault(Fault::missing_value);
  }
  return truth(true);
}

Value disjunction(const Values& parts) {
  for (const Value& part : parts) {
    if (part.is_true()) return truth(true);
  }
  for (const Value& part : parts) {
    if (part.is_fault()) return part;
    if (part.is_absent()) return fault(Fault::missing_value);
  }
  return truth(false);
}

Value negation(const Value& part) {
  if (part.is_fault()) return part;
  if (part.is_absent()) return fault(Fault::missing_value);
  return truth(part.is_false());
}

// ── arithmetic ───────────────────────────────────────────────────────────────────────────────
Value negate(const Value& value) {
  if (const auto [bad, result] = spoilt({value}); bad) return result;
  return with(value, Fault::none, assent::negate(value.number));
}

Value scaled(const Value& value, int powers_of_ten) {
  Decimal result;
  const Fault wrong = assent::multiply(value.number, Decimal{1, powers_of_ten}, result);
  return with(value, wrong, result);
}

Value add(const Desk& desk, const Value& left, Type left_type, const Value& right, Type right_type,
          bool subtracting) {
  if (const auto [bad, result] = spoilt({left, right}); bad) return result;
  const Value other = subtracting ? negate(right) : right;
  if (left_type.base == Base::date && right_type.base != Base::date) {
    return add_to_date(desk, left, other, right_type);
  }
  if (left_type.base == Base::instant) return add_to_instant(left, other);
  if (left.kind == Kind::money && !one_currency(left, right)) return fault(Fault::currency_mismatch);
  Decimal sum;
  const Fault wrong = assent::add(left.number, other.number, sum);
  return with(left.unit != 0 ? left : other, wrong, sum);
}

Value multiply(const Value& left, Type left_type, const Value& right, Type right_type) {
  if (const auto [bad, result] = spoilt({left, right}); bad) return result;
  Decimal product;
  const Fault wrong = assent::multiply(left.number, right.number, product);
  const Value result = with(left.kind == Kind::money ? left : right, wrong, product);
  const auto counts = [](Type type) { return type.base == Base::percent || type.base == Base::money; };
  const bool shifts = counts(left_type) && counts(right_type);
  return shifts && !result.is_fault() ? scaled(result, -2) : result;
}

Value divide(const Desk& desk, const Value& left, Type left_type, const Value& right,
             Type right_type) {
  if (const auto [bad, result] = spoilt({left, right}); bad) return result;
  Decimal quotient;
  if (left.kind == Kind::money && right.kind == Kind::money) {
    Worth worth{Fault::none, left.number, right.number};
    if (!one_currency(left, right)) worth = worth_of(desk, left, right);
    if (worth.wrong != Fault::none) return fault(worth.wrong);
    return with(number({}), assent::divide(worth.left, worth.right, quotient), quotient);
  }
  const Value result = with(left, assent::divide(left.number, right.number, quotient), quotient);
  const bool shifts = left_type.base == Base::money && right_type.base == Base::percent;
  return shifts && !result.is_fault() ? scaled(result, 2) : result;
}

Value convert(const Desk& desk, const Value& amount, const std::string& unit) {
  const Currency wanted = currency(unit);
  if (wanted == 0) return fault(Fault::missing_rate);
  if (amount.unit == wanted || amount.unit == 0) return money(amount.number, wanted);
  const auto& worths = desk.world.rates.worths().worth;
  const auto from = worths.find(amount.unit);
  const auto to = worths.find(wanted);
  if (from == worths.end() || to == worths.end()) return fault(Fault::missing_rate);
  Decimal worth, result;
  if (const Fault wrong = assent::multiply(amount.number, from->second, worth);
      wrong != Fault::none) {
    return fault(wrong);
  }
  return with(money({}, wanted), assent::divide(worth, to->second, result), result);
}

// ── comparison ───────────────────────────────────────────────────────────────────────────────
Value compare(const Desk& desk, const Value& left, const Value& right, plan::Comparison comparison,
              bool ignoring_case) {
  if (const auto [bad, result] = spoilt({left, right}); bad) return result;
  int order = 0;
  if (left.kind == Kind::text) {
    const std::string a = ignoring_case ? fold_case(left.text) : left.text;
    const std::string b = ignoring_case ? fold_case(right.text) : right.text;
    order = a.compare(b);
  } else if (left.kind == Kind::money && !one_currency(left, right)) {
    const Worth worth = worth_of(desk, left, right);
    if (worth.wrong != Fault::none) return fault(worth.wrong);
    order = assent::compare(worth.left, worth.right);
  } else {
    order = assent::compare(left.number, right.number);
  }
  switch (comparison) {
    case plan::Comparison::equal: return truth(order == 0);
    case plan::Comparison::not_equal: return truth(order != 0);
    case plan::Comparison::less: return truth(order < 0);
    case plan::Comparison::less_equal: return truth(order <= 0);
    case plan::Comparison::greater: return truth(order > 0);
    case plan::Comparison::greater_equal: return truth(order >= 0);
  }
  assert(false);
  return {};
}

}  // namespace assent::naive
