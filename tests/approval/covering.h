// What becomes of a vote on a step when the quote, the policy or the world changes. Entries: changed, Covering.
#pragma once

#include <string>

#include "tests/approval/desk.h"

namespace assent::test {

// A record in which everything may be left out, approvers `boss`, `cfo` and `vp`, and `otherwise approve`.
extern const std::string some_quote, somebody, or_nobody;

// A policy of one rule `r` over that record.
std::string with_rule(const std::string& clauses);

class Covering {
 public:
  explicit Covering(const std::string& source);

  // What a vote on the step rests on for this quote, which must demand it.
  Basis vote(const std::string& quote, const std::string& step = "r/boss");
  // "kept: why" or "lost: why" of such a vote for another quote; "nobody is asked" where it demands no such step.
  std::string then(const Basis& seen, const std::string& quote, const std::string& step = "r/boss");

  World world;

 private:
  const Decision& decide(const std::string& quote);
  Evaluator evaluator_;
};

// A vote on step "r/boss" of with_rule(clauses), after the quote has changed.
std::string changed(const std::string& clauses, const std::string& before, const std::string& after,
                    const std::string& step = "r/boss");

}  // namespace assent::test
