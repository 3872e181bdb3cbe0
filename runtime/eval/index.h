// The condition index: which rules can fire at all. Entry: RuleIndex::candidates.
//
// A rule's condition is a conjunction, and Kleene's: one false part makes it false whatever the others
// are, faults included. So one comparison of a closed value with a constant is chosen for each rule,
// and the rule is looked at only where that comparison is not false. All comparisons of one value are
// one sorted table (a binary search answers them) or one hash (a lookup does). Rules without such a
// part are always looked at; so are all rules of a value that is a fault, absent, or in another currency.
#pragma once

#include <cstdint>
#include <unordered_map>
#include <string_view>
#include <vector>

#include "runtime/eval/machine.h"
#include "runtime/plan/plan.h"

namespace assent::eval {

class RuleIndex {
 public:
  RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts);

  // Sets bit r of `rules` for each rule that must be looked at; `rules` has rule_words() words.
  void candidates(Machine& machine, std::vector<std::uint64_t>& rules) const;
  std::size_t rule_words() const { return (rule_count_ + 63) / 64; }

  // How rule r is reached, for people: "quote.region = \"EU\"", or "always".
  std::string access(std::uint32_t rule) const;

 private:
  struct Bound { Decimal value; bool closed; std::uint32_t rule; };  // closed: >= or <=
  struct Subject {
    std::uint32_t node;
    Currency unit = 0;  // of the bounds, where the value is money
    std::vector<Bound> above;  // > and >=, the easiest first: those that hold are a prefix
    std::vector<Bound> below;  // < and <=, the same
    std::unordered_map<std::string_view, std::vector<std::uint32_t>> texts;
    std::unordered_map<std::uint64_t, std::vector<std::pair<Decimal, std::uint32_t>>> numbers;  // by hash
    std::vector<std::uint32_t> rules;  // all of them
  };
  struct Atom;
  void collect(std::uint32_t rule, std::uint32_t node, std::vector<Atom>& atoms) const;
  void place(const Atom& atom);

  const plan::Plan& plan_;
  const plan::NodeFacts& facts_;
  std::size_t rule_count_;
  std::vector<std::uint64_t> always_;
  std::vector<Subject> subjects_;
  std::unordered_map<std::uint64_t, std::size_t> subject_of_;  // by node and currency
  std::vector<std::uint32_t> access_;  // the comparing node of each rule, or none
};

}  // namespace assent::eval
