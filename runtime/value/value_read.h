// A value from its canonical text: what value_text() wrote, read back. Entry: value_from_text.
#pragma once

#include <optional>
#include <string_view>

#include "runtime/plan/plan.h"
#include "runtime/value/value.h"

namespace assent {

// Texts (also persons and choices) are borrowed. Nothing if the text is no value of the type.
std::optional<Value> value_from_text(std::string_view text, plan::Type type);

}  // namespace assent
