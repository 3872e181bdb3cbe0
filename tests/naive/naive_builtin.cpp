// The functions that every policy has, one line each. Entry: builtin.
#include <algorithm>
#include <cassert>

#include "tests/naive/naive_expr.h"

namespace assent::naive {

namespace {

Value rounded(const Value& value, const Value& places, Rounding rounding) {
  const std::optional<std::int64_t> count = to_int64(places.number);
  if (!count || *count < -max_places || *count > max_places) return fault(Fault::bad_range);
  Value result = value;
  const Fault wrong = round(value.number, static_cast<int>(*count), rounding, result.number);
  return wrong == Fault::none ? result : fault(wrong);
}

Date day_of(const Value& date) { return {static_cast<std::int32_t>(*to_int64(date.number))}; }

std::string letters(Currency unit) {
  if (unit == 0) return {};
  return {static_cast<char>(unit >> 16 & 0xff), static_cast<char>(unit >> 8 & 0xff),
          static_cast<char>(unit & 0xff)};
}

std::int64_t code_points(std::string_view text) {
  return std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xc0) != 0x80;
  });
}

Value has_role(const World& world, const std::string& id, const std::string& role) {
  const Person* who = person(world, id);
  if (who == nullptr) return fault(Fault::unknown_person);
  return truth(who->active && holds_role(*who, role));
}

}  // namespace

const Person* person(const World& world, std::string_view id) {
  for (const Person& each : world.directory.people().people) {
    if (each.id == id) return &each;
  }
  return nullptr;
}

bool holds_role(const Person& person, std::string_view role) {
  return std::find(person.roles.begin(), person.roles.end(), role) != person.roles.end();
}

Value builtin(const Desk& desk, checked::Builtin which, const Values& arguments) {
  using checked::Builtin;
  if (const auto [bad, result] = spoilt(arguments); bad) return result;
  const Value& first = arguments[0];
  switch (which) {
    case Builtin::abs: return sign(first.number) < 0 ? negate(first) : first;
    case Builtin::round: return rounded(first, arguments[1], Rounding::half_up);
    case Builtin::round_even: return rounded(first, arguments[1], Rounding::half_even);
    case Builtin::round_up: return rounded(first, arguments[1], Rounding::up);
    case Builtin::round_down: return rounded(first, arguments[1], Rounding::down);
    case Builtin::percent: return scaled(first, 2);
    case Builtin::number: return scaled(first, -2);
    case Builtin::amount: return number(first.number);
    case Builtin::currency: return text_value(letters(first.unit));
    case Builtin::money: {
      const Currency unit = currency(arguments[1].text);
      return unit == 0 ? fault(Fault::missing_rate) : money(first.number, unit);
    }
    case Builtin::convert: return convert(desk, first, arguments[1].text);
    case Builtin::year: return number(decimal(civil(day_of(first)).year));
    case Builtin::month: return number(decimal(civil(day_of(first)).month));
    case Builtin::day: return number(decimal(civil(day_of(first)).day));
    case Builtin::date: return number(decimal(date_of({*to_int64(first.number)}).days));
    case Builtin::days: return first;
    case Builtin::length: return number(decimal(code_points(first.text)));
    case Builtin::has_role: return has_role(desk.world, first.text, arguments[1].text);
  }
  assert(false);
  return {};
}

}  // namespace assent::naive
