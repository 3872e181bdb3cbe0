// Values as people read them: "20%", "120000.00 USD", "2026-01-31", "yes". Entry: value_text.
#pragma once

#include <string>

#include "runtime/plan/plan.h"
#include "runtime/value/value.h"

namespace assent {

// Canonical: one text for each value of a type. An absent value is "absent"; a fault its sentence.
std::string value_text(const Value& value, plan::Type type);

std::string currency_text(Currency unit);  // "USD"; "" for none

}  // namespace assent
