// One approval rule as a rule of the language. Entry: RuleWriter.
//
// What cannot be carried over makes the rule stricter, never looser: it denies, whenever it applies or, where even that
// is not known, always; and the report says so.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "tools/import/approvers.h"
#include "tools/import/conditions.h"

namespace assent::command {

// A rule with all that belongs to it.
struct RuleRecord {
  const SalesforceRecord* rule = nullptr;
  std::vector<const SalesforceRecord*> conditions, tracked;
  long long step = 0;
  std::string chain;    // its name; empty for none
  std::string problem;  // what is wrong with the above
};

struct WrittenRule {
  std::string text;
  bool asks = false;  // else it denies, and has no place in a path
};

class RuleWriter {
 public:
  RuleWriter(ImportTables& tables, Conditions& conditions, Approvers& approvers)
      : tables_(tables), conditions_(conditions), approvers_(approvers) {}

  void note(const RuleRecord& record);  // which kinds of fields it needs
  WrittenRule write(const RuleRecord& record, const std::string& name);
  // The facts that conditions of custom logic became, as they were needed.
  const std::vector<std::pair<std::string, std::string>>& facts() const { return facts_; }

 private:
  struct Clauses {
    std::string window, states, when, again, problem;
  };
  Clauses clauses_of(const RuleRecord& record);
  std::string window(const SalesforceRecord& rule, std::string& problem);
  std::string states(const SalesforceRecord& rule);
  struct RuleLogic {
    std::vector<WrittenCondition> conditions;
    Logic now = one("true"), again = one("true");
    std::vector<Logic> all;  // what must all be true for `now` to be
    std::string problem;
  };
  RuleLogic custom(const RuleRecord& record);
  RuleLogic all_or_any(const RuleRecord& record, bool any);
  RuleLogic logic_of(const RuleRecord& record);
  std::string override_of(const SalesforceRecord& rule, std::string& problem);
  void conditions(const RuleRecord& record, Clauses& clauses);
  std::string tracked(const RuleRecord& record, bool is_smart);
  Logic named(const WrittenCondition& condition);
  void assume(const SalesforceRecord& rule, const std::string& field, const std::string& why);

  ImportTables& tables_;
  Conditions& conditions_;
  Approvers& approvers_;
  std::vector<std::pair<std::string, std::string>> facts_;
  std::map<std::string, std::string> fact_of_text_;
};

}  // namespace assent::command
