// How far an authority reaches, as a directory writes it: "20%", "100000 USD", "500".
//
// Entry: limit_from_text.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/value/value.h"

namespace assent::ingest {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// A number, percent points or money. Where `units` is false, a number alone. Nothing if it is none.
std::optional<Value> limit_from_text(std::string_view text, bool units);

}  // namespace assent::ingest
