#include "runtime/eval/operations.h"

#include <algorithm>
#include <array>

#include "runtime/value/calendar.h"
#include "runtime/value/date.h"
#include "runtime/value/fold_case.h"

namespace assent::eval {

namespace {

using plan::Op;
using Kind = Value::Kind;

// 16-bit details carry signed exponents.
std::int32_t shift_of(std::uint16_t detail) { return static_cast<std::int16_t>(detail); }

Value shifted(Value value, std::int32_t by) {
  Decimal moved;
  if (const Fault fault = multiply(value.decimal(), {1, by}, moved); fault != Fault::none) return Value::of(fault);
  value.coefficient = moved.coefficient;
  value.exponent = moved.exponent;
  return value;
}

const Decimal* worth_of(const Worths* worths, Currency unit) {
  if (worths == nullptr) return nullptr;
  const auto it = worths->worth.find(unit);
  return it == worths->worth.end() ? nullptr : &it->second;
}

// Both amounts as if in one currency, for comparison and for quotients.
Fault align(const Value& left, const Value& right, const Surroundings& world, Decimal& a, Decimal& b) {
  a = left.decimal();
  b = right.decimal();
  if (left.unit == right.unit || left.unit == 0 || right.unit == 0) return Fault::none;
  const Decimal* left_worth = worth_of(world.worths, left.unit);
  const Decimal* right_worth = worth_of(world.worths, right.unit);
  if (left_worth == nullptr || right_worth == nullptr) return Fault::missing_rate;
  const Fault fault = multiply(a, *left_worth, a);
  return fault != Fault::none ? fault : multiply(b, *right_worth, b);
}

bool first_problem(const Value& a, const Value& b, Value& out) {
  if (a.is_fault()) { out = a; return true; }
  if (b.is_fault()) { out = b; return true; }
  if (a.is_absent()) { out = a; return true; }
  if (b.is_absent()) { out = b; return true; }
  return false;
}

Value made(Fault fault, const Decimal& number) { return fault == Fault::none ? Value::of(number) : Value::of(fault); }
Value made(Fault fault, const Decimal& amount, Currency unit) {
  return fault == Fault::none ? Value::of(amount, unit) : Value::of(fault);
}

Value multiply_values(const Value& a, const Value& b, std::int32_t shift) {
  if (a.kind == Kind::text || b.kind == Kind::text || (a.kind == Kind::money && b.kind == Kind::money))
    return Value::of(Fault::not_computable);
  Decimal product;
  const Fault fault = multiply(a.decimal(), b.decimal(), product);
  const bool money = a.kind == Kind::money || b.kind == Kind::money;
  const Value value = money ? made(fault, product, a.kind == Kind::money ? a.unit : b.unit) : made(fault, product);
  return value.is_fault() || shift == 0 ? value : shifted(value, shift);
}

Value divide_values(const Value& a, const Value& b, std::int32_t shift, const Surroundings& world) {
  if (a.kind == Kind::text || b.kind == Kind::text || (a.kind == Kind::number && b.kind == Kind::money))
    return Value::of(Fault::not_computable);
  Decimal dividend = a.decimal();
  Decimal divisor = b.decimal();
  if (b.kind == Kind::money) {
    const Fault fault = align(a, b, world, dividend, divisor);
    if (fault != Fault::none) return Value::of(fault);
  }
  Decimal quotient;
  const Fault fault = divide(dividend, divisor, quotient);
  const Value value =
      a.kind == Kind::money && b.kind == Kind::number ? made(fault, quotient, a.unit) : made(fault, quotient);
  return value.is_fault() || shift == 0 ? value : shifted(value, shift);
}

Value convert(const Value& amount, std::string_view to, const Surroundings& world) {
  const Currency unit = currency(to);
  if (unit == 0) return Value::of(Fault::missing_rate);
  if (amount.unit == unit || amount.unit == 0) return Value::of(amount.decimal(), unit);
  const Decimal* from_worth = worth_of(world.worths, amount.unit);
  const Decimal* to_worth = worth_of(world.worths, unit);
  if (from_worth == nullptr || to_worth == nullptr) return Value::of(Fault::missing_rate);
  Decimal worth;
  Fault fault = multiply(amount.decimal(), *from_worth, worth);
  if (fault == Fault::none) fault = divide(worth, *to_worth, worth);
  return made(fault, worth, unit);
}

Value date_value(Fault fault, Date date) { return fault == Fault::none ? Value::whole(date.days) : Value::of(fault); }

// A date plus a count of days, months or business days.
Value add_to_date(Op op, std::uint16_t detail, const Value& a, const Value& b, const Surroundings& world) {
  if (a.kind != Kind::number || b.kind != Kind::number) return Value::of(Fault::not_computable);
  const auto count = to_int64(b.decimal());
  const auto days = to_int64(a.decimal());
  if (!is_whole(a.decimal()) || !is_whole(b.decimal())) return Value::of(Fault::not_whole);
  if (!count || !days) return Value::of(days && op == Op::add_business ? Fault::bad_range : Fault::date_range);
  if (*days < min_date.days || *days > max_date.days) return Value::of(Fault::date_range);
  const Date from{static_cast<std::int32_t>(*days)};
  Date to;
  if (op == Op::add_days) return date_value(add_days(from, *count, to), to);
  if (op == Op::add_months) return date_value(add_months(from, *count, to), to);
  const Calendar calendar = world.plan == nullptr ? Calendar{saturday_and_sunday, {}} : world.plan->calendar(detail);
  return date_value(add_business_days(calendar, from, *count, to), to);
}

Value add_minutes(const Value& a, const Value& b) {
  if (a.kind != Kind::number || b.kind != Kind::number) return Value::of(Fault::not_computable);
  if (!is_whole(a.decimal()) || !is_whole(b.decimal())) return Value::of(Fault::not_whole);
  const auto start = to_int64(a.decimal());
  const auto minutes = to_int64(b.decimal());
  constexpr std::int64_t longest = 10'000LL * 366 * 24 * 60;  // more leaves the years 1 to 9999 from anywhere
  if (!start || !minutes || *minutes > longest || *minutes < -longest) return Value::of(Fault::date_range);
  constexpr std::int64_t first = min_date.days * milliseconds_per_day;
  constexpr std::int64_t last = (max_date.days + std::int64_t{1}) * milliseconds_per_day - 1;
  if (*start < first || *start > last) return Value::of(Fault::date_range);
  const std::int64_t end = *start + *minutes * 60'000;
  return end < first || end > last ? Value::of(Fault::date_range) : Value::whole(end);
}

// Every currency's letters, so that the text of one has somewhere to stand.
constexpr auto letters = [] {
  std::array<char, 26 * 26 * 26 * 3> all{};
  for (std::size_t i = 0; i < 26 * 26 * 26; ++i) {
    all[3 * i] = static_cast<char>('A' + i / 676);
    all[3 * i + 1] = static_cast<char>('A' + i / 26 % 26);
    all[3 * i + 2] = static_cast<char>('A' + i % 26);
  }
  return all;
}();

Value currency_of(Currency unit) {
  if (unit == 0) return Value::of(std::string_view{});
  const auto letter = [&](int shift) { return static_cast<std::size_t>((unit >> shift & 0xff) - 'A'); };
  const std::size_t index = (letter(16) * 26 + letter(8)) * 26 + letter(0);
  return Value::of(std::string_view(letters.data() + 3 * index, 3));
}

Value match_text(Op op, bool fold, const Value& a, const Value& b) {
  if (a.kind != Kind::text || b.kind != Kind::text) return Value::of(Fault::not_computable);
  const auto match = [op](std::string_view text, std::string_view part) {
    return op == Op::starts_with ? text.starts_with(part)
           : op == Op::ends_with ? text.ends_with(part)
                                 : text.find(part) != std::string_view::npos;
  };
  return Value::of(fold ? match(fold_case(a.text()), fold_case(b.text())) : match(a.text(), b.text()));
}

Value date_part(Op op, const Value& a) {
  const auto days = to_int64(a.decimal());
  if (!days || *days < min_date.days || *days > max_date.days) return Value::of(Fault::date_range);
  const Civil parts = civil(Date{static_cast<std::int32_t>(*days)});
  return Value::whole(op == Op::year ? parts.year : op == Op::month ? parts.month : parts.day);
}

Value date_of_instant(const Value& a) {
  const auto milliseconds = to_int64(a.decimal());
  if (!milliseconds) return Value::of(Fault::date_range);
  const Date date = date_of(Instant{*milliseconds});
  return date < min_date || date > max_date ? Value::of(Fault::date_range) : Value::whole(date.days);
}

Value person_part(Op op, const Value& a, const Surroundings& world) {
  if (a.kind != Kind::text) return Value::of(Fault::not_computable);
  const Person* person = find_person(world.people, a.text());
  if (person == nullptr) return Value::of(Fault::unknown_person);
  if (op == Op::person_name) return person->name.empty() ? Value{} : Value::of(std::string_view(person->name));
  return person->manager == nobody ? Value{} : Value::of(std::string_view(world.people->people[person->manager].id));
}

std::int64_t code_points(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
}

}  // namespace

const Person* find_person(const People* people, std::string_view id) {
  if (people == nullptr) return nullptr;
  const auto it = people->by_id.find(id);
  return it == people->by_id.end() ? nullptr : &people->people[it->second];
}

Fault order_of(const Value& left, const Value& right, const Surroundings& world, int& order) {
  if (left.kind != right.kind) return Fault::not_computable;
  if (left.kind == Kind::text) {
    const int bytes = left.text().compare(right.text());
    order = bytes < 0 ? -1 : bytes > 0 ? 1 : 0;
    return Fault::none;
  }
  if (left.kind == Kind::number || left.unit == right.unit) {
    order = compare(left.decimal(), right.decimal());
    return Fault::none;
  }
  Decimal a;
  Decimal b;
  const Fault fault = align(left, right, world, a, b);
  if (fault == Fault::none) order = compare(a, b);
  return fault;
}

Value compare_values(const Value& left, const Value& right, std::uint16_t detail, const Surroundings& world) {
  Value problem;
  if (first_problem(left, right, problem)) return problem;
  int order = 0;
  if ((detail & plan::ignoring_case) != 0 && left.kind == Kind::text && right.kind == Kind::text) {
    order = fold_case(left.text()) == fold_case(right.text()) ? 0 : 1;
  } else if (const Fault fault = order_of(left, right, world, order); fault != Fault::none) {
    return Value::of(fault);
  }
  switch (static_cast<plan::Comparison>(detail & 7)) {
    case plan::Comparison::equal: return Value::of(order == 0);
    case plan::Comparison::not_equal: return Value::of(order != 0);
    case plan::Comparison::less: return Value::of(order < 0);
    case plan::Comparison::less_equal: return Value::of(order <= 0);
    case plan::Comparison::greater: return Value::of(order > 0);
    case plan::Comparison::greater_equal: return Value::of(order >= 0);
  }
  return Value::of(Fault::not_computable);
}

Value add_values(const Value& sum, const Value& term) {
  Value problem;
  if (first_problem(sum, term, problem)) return problem;
  if (sum.kind != term.kind || sum.kind == Kind::text) return Value::of(Fault::not_computable);
  if (sum.unit != term.unit && sum.unit != 0 && term.unit != 0) return Value::of(Fault::currency_mismatch);
  Decimal total;
  const Fault fault = add(sum.decimal(), term.decimal(), total);
  return sum.kind == Kind::money ? made(fault, total, sum.unit != 0 ? sum.unit : term.unit) : made(fault, total);
}

bool same_value(const Value& left, const Value& right) {
  if (left.kind != right.kind) return false;
  if (left.kind == Kind::text) return left.text() == right.text();
  return left.unit == right.unit && compare(left.decimal(), right.decimal()) == 0;
}

bool value_before(const Value& left, const Value& right) {
  if (left.kind != right.kind) return left.kind < right.kind;
  if (left.kind == Kind::text) return left.text() < right.text();
  return left.unit != right.unit ? left.unit < right.unit : compare(left.decimal(), right.decimal()) < 0;
}

Value apply_one(Op op, std::uint16_t detail, const Value& a, const Surroundings& world) {
  if (op == Op::present) return a.is_fault() ? a : Value::of(!a.is_absent());
  if (op == Op::negation) {
    if (a.is_absent()) return Value::of(Fault::missing_value);
    return a.is_fault() ? a : Value::of(!a.is_true());
  }
  if (a.is_fault() || a.is_absent()) return a;
  const bool numeric = a.kind == Kind::number || a.kind == Kind::money;
  switch (op) {
    case Op::negate:
    case Op::absolute: {
      if (!numeric) break;
      Value result = a;
      if (op == Op::negate || a.coefficient < 0) result.coefficient = -a.coefficient;
      return result;
    }
    case Op::amount: if (a.kind != Kind::money) break; return Value::of(a.decimal());
    case Op::currency: if (a.kind != Kind::money) break; return currency_of(a.unit);
    case Op::scale: if (a.kind != Kind::number) break; return shifted(a, shift_of(detail));
    case Op::year: case Op::month: case Op::day: if (a.kind != Kind::number) break; return date_part(op, a);
    case Op::date_of: if (a.kind != Kind::number) break; return date_of_instant(a);
    case Op::length: if (a.kind != Kind::text) break; return Value::whole(code_points(a.text()));
    case Op::manager: case Op::person_name: return person_part(op, a, world);
    default: break;
  }
  return Value::of(Fault::not_computable);
}

Value apply_two(Op op, std::uint16_t detail, const Value& a, const Value& b, const Surroundings& world) {
  if (op == Op::fallback) return a.is_absent() ? b : a;
  if (op == Op::compare) return compare_values(a, b, detail, world);
  Value problem;
  if (first_problem(a, b, problem)) return problem;
  switch (op) {
    case Op::multiply: return multiply_values(a, b, shift_of(detail));
    case Op::divide: return divide_values(a, b, shift_of(detail), world);
    case Op::add_days: case Op::add_months: case Op::add_business: return add_to_date(op, detail, a, b, world);
    case Op::add_minutes: return add_minutes(a, b);
    case Op::round: {
      if (a.kind == Kind::text || b.kind != Kind::number) break;
      const auto places = to_int64(b.decimal());
      if (!places || *places < -max_places || *places > max_places) return Value::of(Fault::bad_range);
      Decimal rounded;
      const Fault fault = round(a.decimal(), static_cast<int>(*places), static_cast<Rounding>(detail & 3), rounded);
      return a.kind == Kind::money ? made(fault, rounded, a.unit) : made(fault, rounded);
    }
    case Op::convert: if (a.kind != Kind::money || b.kind != Kind::text) break; return convert(a, b.text(), world);
    case Op::money: {
      if (a.kind != Kind::number || b.kind != Kind::text) break;
      const Currency unit = currency(b.text());
      return unit == 0 ? Value::of(Fault::missing_rate) : Value::of(a.decimal(), unit);
    }
    case Op::has_role: {
      if (a.kind != Kind::text || b.kind != Kind::text) break;
      const Person* person = find_person(world.people, a.text());
      if (person == nullptr) return Value::of(Fault::unknown_person);
      return Value::of(person->active && std::binary_search(person->roles.begin(), person->roles.end(), b.text()));
    }
    case Op::starts_with: case Op::ends_with: case Op::contains: return match_text(op, (detail & 1) != 0, a, b);
    default: break;
  }
  return Value::of(Fault::not_computable);
}

}  // namespace assent::eval
