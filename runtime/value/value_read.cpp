#include "runtime/value/value_read.h"

#include "runtime/value/date.h"

namespace assent {

namespace {

std::optional<Value> number(std::string_view text) {
  Decimal value;
  if (parse_decimal(text, value) != Fault::none) return std::nullopt;
  return Value::of(value);
}

// "3 business days": the number before the unit.
std::optional<Value> counted(std::string_view text, std::string_view unit) {
  const std::size_t space = text.find(' ');
  if (space == std::string_view::npos) return std::nullopt;
  std::string_view rest = text.substr(space + 1);
  if (rest.ends_with('s')) rest.remove_suffix(1);
  return rest == unit ? number(text.substr(0, space)) : std::nullopt;
}

}  // namespace

std::optional<Value> value_from_text(std::string_view text, plan::Type type) {
  using plan::Type;
  switch (type) {
    case Type::text: case Type::person: case Type::choice: case Type::currency: return Value::of(text);
    case Type::integer: case Type::decimal: return number(text);
    case Type::boolean:
      if (text == "yes") return Value::of(true);
      if (text == "no") return Value::of(false);
      return std::nullopt;
    case Type::percent:
      if (!text.ends_with('%')) return std::nullopt;
      return number(text.substr(0, text.size() - 1));
    case Type::money: {
      const std::size_t space = text.find(' ');
      const Currency unit = space == std::string_view::npos ? 0 : currency(text.substr(space + 1));
      if (space != std::string_view::npos && unit == 0) return std::nullopt;
      const auto amount = number(text.substr(0, space));
      if (!amount) return std::nullopt;
      return Value::of(amount->decimal(), unit);
    }
    case Type::date: {
      const auto day = parse_date(text);
      if (!day) return number(text);
      return Value::whole(day->days);
    }
    case Type::instant: {
      const auto instant = parse_instant(text);
      if (!instant) return number(text);
      return Value::whole(instant->milliseconds);
    }
    case Type::days: return counted(text, "day");
    case Type::months: return counted(text, "month");
    case Type::business_days: return counted(text, "business day");
    case Type::minutes: return counted(text, "minute");
  }
  return std::nullopt;
}

}  // namespace assent
