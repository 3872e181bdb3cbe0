// One comparison of the original as the language writes it, blanks and all. Entries: comparison_of, compare,
// compare_fixed, compare_approved.
//
// What the original does not say of blanks, upper case and lists of values is read so that the comparison is true where
// it might be: a rule then asks rather than not.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "tools/import/fields.h"
#include "tools/import/logic.h"

namespace assent::command {

enum class Comparison : std::uint8_t {
  equals,
  not_equals,
  less,
  less_or_equal,
  greater,
  greater_or_equal,
  starts_with,
  ends_with,
  contains,
  lacks
};

std::optional<Comparison> comparison_of(std::string_view operator_name);  // "greater or equals"
std::string_view words_of(Comparison comparison);                         // "at_least", of a name
bool is_of_texts(Comparison comparison);                                  // starts, ends, contains
bool is_of_order(Comparison comparison);                                  // less, greater

// A value of the quote, in an expression.
struct Side {
  std::string text;      // "amount(quote.net_total)"
  std::string presence;  // "quote.net_total": what is tested for being there; empty for what always is
  FieldKind kind = FieldKind::text;
};

// Either the logic, or why there is none.
struct Compared {
  Logic logic;
  std::string problem;
};

// Whether case counts where the original leaves it open: `yes` for what a rule asks about, so that each way it asks.
enum class Case : std::uint8_t { asks_more, ignored };

// Against a fixed value, as it stands in the export; blank means no value. What stands for a blank on the left is in
// `blank_reads` of the field, so `left` is what `reads_blanks_alike` allows.
Compared compare_fixed(const Side& left, Comparison comparison, const std::string& value, Case letters);

// Against another value of the quote.
Compared compare(const Side& left, Comparison comparison, const Side& right, Case letters);

// Whether what stands for a blank compares as a blank does: then the field can be read with its `else`.
bool reads_blanks_alike(const FieldReading& field, Comparison comparison, const std::string& value);

// A smart condition: has the value moved to where the comparison is true of it and of what was approved. Unchanged is
// false, and so is `equals`.
Logic compare_approved(const Side& now, Comparison comparison, const Side& approved);

// The values of a list, "New, Renewal"; one for a text without commas.
std::vector<std::string> values_of(const std::string& text);

// A fixed value of that kind as the language writes it, or nothing.
std::optional<std::string> literal(FieldKind kind, const std::string& value);

// Which kind a fixed value looks like, and whether it could be nothing else.
FieldKind kind_of_value(const std::string& value);

}  // namespace assent::command
