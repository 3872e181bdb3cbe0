// The conditions of a rule as comparisons: as they are now, and, of smart ones, held against what was approved. Entry:
// Conditions.
#pragma once

#include <string>

#include "tools/import/variables.h"

namespace assent::command {

struct WrittenCondition {
  std::string name;  // "discount_above_20", of the fact that it may become
  Logic now;         // whether it is true
  Logic again;       // of a smart one: whether it is still true of what has changed since somebody approved
  bool is_smart = false;
  std::string problem;  // why it could not be written; nothing else means anything then
};

class Conditions {
 public:
  Conditions(ImportTables& tables, Variables& variables) : tables_(tables), variables_(variables) {}
  void note(const SalesforceRecord& condition);  // which kinds of fields it needs
  WrittenCondition write(const SalesforceRecord& condition);

 private:
  struct Subject {
    std::string name;
    Side now, approved;
  };
  Subject field_subject(const FieldReading& reading) const;
  Subject variable_subject(const VariableFact& fact, bool plain) const;
  // Problems, if it is not exactly one of field and variable, or names nothing.
  std::string check_shape(const SalesforceRecord& condition) const;
  WrittenCondition against_value(const SalesforceRecord& condition, Comparison comparison);
  WrittenCondition against_quote(const SalesforceRecord& condition, Comparison comparison);
  // How a field is read beside another value of the quote, so that both are of one kind.
  const FieldReading& reading_beside(const FieldName& field, FieldKind kind, FieldKind other) const;
  WrittenCondition finished(const SalesforceRecord& condition, const Subject& subject, Comparison comparison,
                            const std::string& other_name, Compared compared) const;

  ImportTables& tables_;
  Variables& variables_;
};

}  // namespace assent::command
