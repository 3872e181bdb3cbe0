// What the tests of a policy have seen of it: which rules applied, which conditions were true and
// which were false. Entries: Coverage::add, Coverage::rules, coverage_text.
//
// A rule wants to be seen applying and, if it has a condition, not applying; a condition to be seen
// true and false. A ladder wants each of its bands to be seen; the comparisons that choose between
// them count as no condition. Of a ladder over lines no decision tells the band: it is a rule.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "assent/outline.h"

namespace assent::command {

struct CoveredCondition {
  std::string text;
  bool seen_true = false, seen_false = false;
};

struct CoveredBand {
  std::string text;
  bool seen = false;
};

struct CoveredRule {
  std::string name, file;
  std::uint32_t line = 0;
  bool applied = false, not_applied = false;
  std::vector<CoveredCondition> conditions;  // as they were first seen
  std::vector<CoveredBand> bands;            // of a ladder
};

// "7 of 9".
struct Share {
  std::size_t seen = 0, wanted = 0;
  std::string text() const { return std::to_string(seen) + " of " + std::to_string(wanted); }
  // Whole percent, rounded down: 100 only for everything.
  std::size_t percent() const { return wanted == 0 ? 100 : seen * 100 / wanted; }
};

class Coverage {
 public:
  // Before any test: the rules and their bands.
  explicit Coverage(const Outline& outline);
  void add(const Explanation& explanation);
  const std::vector<CoveredRule>& rules() const { return rules_; }

  Share applied() const;     // rules that some test sees applying
  Share decided() const;     // conditions seen both true and false
  Share banded() const;      // bands seen
  Share everything() const;  // all that rules and conditions want to be seen as

 private:
  std::vector<CoveredRule> rules_;  // as declared
};

// What is missing, as a list.
std::string coverage_text(const Coverage& coverage, const std::string& policy);

}  // namespace assent::command
