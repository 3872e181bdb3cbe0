// Orders that tests begin with, and problems as one text. Entry: small_order, full_order, told, replaced.
#pragma once

#include <string>
#include <vector>

#include "assent/result.h"
#include "runtime/documents/check.h"
#include "runtime/documents/order.h"

// One line of 3 pieces for 100.00 EUR, and nothing that is not needed.
assent::documents::OrderDocument small_order();

// Two lines and everything that a document can have.
assent::documents::OrderDocument full_order();

assent::Decimal number(const char* text);
assent::documents::Amount euros(const char* text);
assent::Date day(const char* text);

// "where: message" of each problem, "; " between them; "none".
std::string told(const assent::Problems& problems);

template <typename T>
std::string told(const assent::Result<T>& result) {
  return result ? "none" : told(result.problems());
}

// "id place" of each violation, ", " between them; "none".
std::string told(const std::vector<assent::documents::Violation>& violations);

// `text` with its first `from` replaced; requires that there is one.
std::string replaced(std::string text, const std::string& from, const std::string& to);
