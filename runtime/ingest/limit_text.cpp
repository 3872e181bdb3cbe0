// Limits of authority from their text. Entry: limit_from_text.
#include "runtime/ingest/limit_text.h"

namespace assent::ingest {

std::optional<Value> limit_from_text(std::string_view text, bool units) {
  Currency unit = 0;
  if (units && text.ends_with('%')) {
    text.remove_suffix(1);
  } else if (const std::size_t space = text.rfind(' '); units && space != std::string_view::npos) {
    unit = currency(text.substr(space + 1));
    if (unit == 0) return std::nullopt;
    text = text.substr(0, space);
  }
  Decimal number;
  if (parse_decimal(text, number) != Fault::none) return std::nullopt;
  return unit == 0 ? Value::of(number) : Value::of(number, unit);
}

}  // namespace assent::ingest
