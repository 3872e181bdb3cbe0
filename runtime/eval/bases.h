// The basis of votes on the steps of a decision, and whether an earlier one still covers them.
// Entries: Bases::basis, Bases::cover. See assent/basis.h for the meaning, watch.h for what is read.
#pragma once

#include <map>
#include <memory>
#include <span>
#include <utility>

#include "assent/basis.h"
#include "runtime/eval/machine.h"
#include "runtime/eval/watch.h"

namespace assent::eval {

// A rule of the decision that demands a step, and the rows that fired it.
struct Reason {
  std::uint32_t rule = plan::none;  // of the plan; none: `otherwise`
  std::span<const std::uint32_t> rows;
};

class Bases {  // invariant: the watches are of plan_, made when first asked for; neighbours that are equal are one
 public:
  Bases(const plan::Plan& plan, Machine& machine) : plan_(plan), machine_(machine), fingerprints_(plan) {}

  void begin() { last_.clear(); }  // another quote is decided

  // `step` of the plan, or whole_quote without reasons. The machine stands on the quote that was decided.
  Basis basis(std::uint32_t step, std::span<const Reason> reasons);
  Cover cover(const Basis& seen, std::uint32_t step, std::span<const Reason> reasons);

 private:
  struct Row { std::uint32_t row; std::vector<Reading> readings; };
  struct Harmless {  // what has changed, and asks for nothing
    std::vector<std::string> no_worse, allowed;  // in the good direction; by the clauses of `reapprove`
    bool by_clause = false;                      // a rule had such clauses
    void add(const Harmless& other);
    std::string text() const;
  };

  const Watch& watch_of(std::uint32_t rule, std::uint32_t step);
  std::string_view name_of(std::uint32_t rule, std::uint32_t step) const;
  template <typename Take>
  void each_row(const Watch& watch, const Reason& reason, Take take);
  std::vector<Reading> readings(const Watch& watch);
  Reading reading(std::uint32_t node);
  Reading cells(std::uint32_t column);
  bool on_the_way(const Watch& watch);
  bool rule_covers(const Watch& watch, const RuleBasis& seen, const std::vector<Row>& rows, Harmless& harmless,
                   std::string& why);
  bool row_covers(const Watch& watch, const std::vector<Reading>& seen, const Row& now, Harmless& harmless,
                  std::string& why);
  bool clause_covers(const Watch& watch, const std::vector<Reading>& seen, const Row& now, Harmless& harmless,
                     std::string& why);
  bool value_covers(const Watch::Value& value, const Reading& seen, const Reading& now, Harmless& harmless,
                    std::string& why);

  const plan::Plan& plan_;
  Machine& machine_;
  plan::Fingerprints fingerprints_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::shared_ptr<const Watch>> watches_;
  std::map<std::uint32_t, std::string> names_;  // of nodes, as the policy says them
  struct Watched {
    const Watch* watch;
    Reason reason;
    bool operator==(const Watched& other) const;
  };
  std::vector<Watched> watched_, last_;  // what the steps of a path rest on is most often the same
  Basis last_basis_;
};

}  // namespace assent::eval
