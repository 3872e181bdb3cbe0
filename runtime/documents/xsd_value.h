// Values as XML Schema writes them (XML Schema Part 2). Entry: trimmed, parse_decimal_text, parse_time_text,
// parse_boolean_text.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/documents/order_answer.h"

namespace assent::documents {

// Without white space at both ends: what `collapse` leaves of a value of one word.
std::string_view trimmed(std::string_view text);

// xsd:decimal: "12", "+12.50", ".5", "5."; no exponent. Nothing for anything else, for a text longer than
// max_number_text, and beyond max_whole_digits and max_decimal_places of order.h.
std::optional<Decimal> parse_decimal_text(std::string_view text);

// xsd:time: "09:30:00", "09:30:00.5Z", "09:30:00+01:00". 24:00:00 is the 00:00:00 that it means. Nothing for anything
// else, and for digits other than zero below the millisecond, which would be lost.
std::optional<ClockTime> parse_time_text(std::string_view text);

// xsd:boolean: "true", "1", "false", "0".
std::optional<bool> parse_boolean_text(std::string_view text);

}  // namespace assent::documents
