// Approval variables as facts: aggregates over the lines of a quote, and discounts between two of them. Entry:
// Variables.
#pragma once

#include <cstddef>
#include <map>
#include <string>

#include "tools/import/compare.h"
#include "tools/import/fields.h"
#include "tools/import/records.h"
#include "tools/import/words.h"

namespace assent::command {

inline constexpr std::size_t max_variable_depth =
    100;  // variables that each need the next; the language takes 200 facts

// What the parts of an import share.
struct ImportTables {
  const Export& records;
  const StandardFields& standard;
  FieldKinds& kinds;
  QuoteFields& fields;
  TakenNames& facts;
  ImportReport& report;
};

// A checkbox; where the export does not have it, as `if_missing` says, which is what asks more, and the report tells.
bool is_checked(ImportTables& tables, const SalesforceRecord& record, std::string_view field, bool if_missing);

// How a field is read where it is compared with a fixed value: as std.salesforce has it, if that says the same of a
// blank. `row` is "quote", "line" or "approved.quote".
const FieldReading& reading_for(ImportTables& tables, const FieldName& field, FieldKind kind, Comparison comparison,
                                const std::string& value);
Side side_of(const FieldReading& reading, const std::string& row);

struct VariableFact {
  std::string name;
  FieldKind kind = FieldKind::number;  // or percent
  std::string problem;                 // why there is no such fact
};

class Variables {
 public:
  explicit Variables(ImportTables& tables) : tables_(tables) {}
  void note(const SalesforceRecord& variable);  // which kinds of fields it needs, itself and through others
  const VariableFact& fact(const SalesforceRecord& variable);
  // The declarations of the facts that were asked for, by their names.
  std::map<std::string, std::string> declarations() const { return declarations_; }
  bool is_used(const SalesforceRecord& variable) const { return facts_.contains(&variable); }

 private:
  VariableFact make(const SalesforceRecord& variable, std::size_t depth);
  const VariableFact& fact_at(const SalesforceRecord& variable, std::size_t depth);
  std::string summary(const SalesforceRecord& variable, VariableFact& fact);
  std::string discount(const SalesforceRecord& variable, VariableFact& fact, std::size_t depth);
  Compared filter(const SalesforceRecord& variable, FieldOf owner, const std::string& row);

  ImportTables& tables_;
  std::map<const SalesforceRecord*, VariableFact> facts_;
  std::map<const SalesforceRecord*, bool> noted_;
  std::map<std::string, std::string> declarations_;
};

// The same as a plain number, in points where it is a percentage: "number(discount) * 100".
std::string as_number(const VariableFact& fact, const std::string& text);

}  // namespace assent::command
