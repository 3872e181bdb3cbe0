// Which rows fire which rules, of a quote that changes. Entry: RowVerdicts.
#pragma once

#include <cstdint>
#include <set>
#include <span>
#include <vector>

#include "runtime/eval/index.h"
#include "runtime/eval/machine.h"

namespace assent::eval {

// Of a rule over rows, standing on a row: whether it fires there, or the fault.
Value fires_on(const plan::Plan& plan, const plan::Rule& rule, std::uint32_t row, Machine& machine);

class RowVerdicts {
 public:
  struct Verdict {
    std::uint32_t row;
    Fault fault;  // none: the rule fires
  };

  RowVerdicts(const plan::Plan& plan, const RuleIndex& index, const Touches& touches);

  // Of all rows of all tables.
  void find_all(Machine& machine, RuleIndex::Search& search);
  // After a change of `columns`: in the row of a list of the quote, or elsewhere where `table` is none. A row that came
  // or went is told first, with came() or went().
  void change(std::uint32_t table, std::uint32_t row, Columns columns, Machine& machine, RuleIndex::Search& search);
  void came(std::uint32_t table, std::uint32_t row) { shift(table, row, true); }
  void went(std::uint32_t table, std::uint32_t row) { shift(table, row, false); }

  // By rows, ascending; rows on which the rule does not fire are left out.
  std::span<const Verdict> of(std::uint32_t rule) const { return of_rule_[rule]; }
  // Adds the rules over rows that must be looked at: those that have any, and those whose date is a value of the quote,
  // which may be a fault without any row.
  void add_rules(RuleIndex::Search& search) const;

 private:
  struct Ruled {  // a table with rules over its rows
    std::uint32_t table;
    Columns elsewhere = 0, all = 0;                  // what the rules' conditions read, apart from the rows, and in all
    std::vector<std::vector<std::uint32_t>> rules;   // of each row
  };

  void find(Ruled& ruled, std::uint32_t first, std::uint32_t last, Machine& machine, RuleIndex::Search& search);
  void forget(Ruled& ruled, std::uint32_t row);
  void find_anew(Ruled& ruled, Machine& machine, RuleIndex::Search& search);
  void add(Ruled& ruled, std::uint32_t rule, Verdict verdict);
  void shift(std::uint32_t table, std::uint32_t row, bool came);
  Ruled* ruled(std::uint32_t table);

  const plan::Plan& plan_;
  const RuleIndex& index_;
  std::vector<Ruled> tables_;
  std::vector<std::vector<Verdict>> of_rule_;
  std::set<std::uint32_t> rules_;      // that have any
  std::vector<std::uint32_t> dated_;
};

}  // namespace assent::eval
