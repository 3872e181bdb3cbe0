#include "runtime/value/value_text.h"

#include "runtime/value/date.h"

namespace assent {

std::string currency_text(Currency unit) {
  if (unit == 0) return {};
  return {static_cast<char>(unit >> 16 & 0xff), static_cast<char>(unit >> 8 & 0xff), static_cast<char>(unit & 0xff)};
}

namespace {

std::string counted(const Value& value, const char* unit) {
  std::string written = text(value.decimal());
  return written + " " + unit + (written == "1" ? "" : "s");
}

std::string number_text(const Value& value, plan::Type type) {
  using plan::Type;
  switch (type) {
    case Type::boolean: return value.coefficient != 0 ? "yes" : "no";
    case Type::percent: return text(value.decimal()) + "%";
    case Type::date: {
      const auto days = to_int64(value.decimal());
      if (days && *days >= min_date.days && *days <= max_date.days) return text(Date{static_cast<std::int32_t>(*days)});
      return text(value.decimal());
    }
    case Type::instant: {
      const auto milliseconds = to_int64(value.decimal());
      constexpr std::int64_t first = min_date.days * milliseconds_per_day;
      constexpr std::int64_t last = (max_date.days + std::int64_t{1}) * milliseconds_per_day - 1;
      if (milliseconds && *milliseconds >= first && *milliseconds <= last) return text(Instant{*milliseconds});
      return text(value.decimal());
    }
    case Type::days: return counted(value, "day");
    case Type::months: return counted(value, "month");
    case Type::business_days: return counted(value, "business day");
    case Type::minutes: return counted(value, "minute");
    case Type::integer: case Type::decimal: case Type::money: case Type::text: case Type::currency:
    case Type::person: case Type::choice: break;
  }
  return text(value.decimal());
}

}  // namespace

std::string value_text(const Value& value, plan::Type type) {
  switch (value.kind) {
    case Value::Kind::absent: return "absent";
    case Value::Kind::fault: return std::string(text(value.fault));
    case Value::Kind::number: return number_text(value, type);
    case Value::Kind::money: {
      const std::string amount = text_with_places(value.decimal(), 2);
      return value.unit == 0 ? amount : amount + " " + currency_text(value.unit);
    }
    case Value::Kind::text: return std::string(value.text());
  }
  return {};
}

}  // namespace assent
