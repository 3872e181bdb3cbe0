// assent/basis.h: what a vote rests on, and whether it still covers a quote that has changed.
//
// A vote on a step is bound to what the step's rules read when it was given: its Basis. When the quote is
// decided again, Evaluator::cover says whether the vote still holds. A rule's `reapprove` clauses decide
// that; a rule without any is covered while each value that its conditions read is the same or has moved
// in the harmless direction, which is known where it was compared: with `>` and `>=` higher is worse, with
// `<` and `<=` lower is worse, along a ladder whichever end asks more people. Of everything else any change
// counts, and of a rule that reads nothing any change of what the policy reads at all.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace assent {

// One value as a rule read it.
struct Reading {
  enum class Kind : std::uint8_t { value, absent, fault, cells };
  std::string name;   // as the policy says it: "hardware_discount", "quote.payment_days"
  Kind kind = Kind::value;
  std::string value;  // exact, one text for each value: "20%", "120000.00 USD"; of the cells of a list their digest
  bool operator==(const Reading&) const = default;
};

// What one rule read. A rule whose conditions were changed has another fingerprint, and covers nothing.
struct RuleBasis {
  std::string rule;         // its name; "otherwise" for that clause; empty for a step that no rule demands
  std::string fingerprint;  // 32 hexadecimal digits, over its conditions and reapproval clauses as compiled
  std::vector<std::vector<Reading>> rows;  // of a rule over lines one entry for each line that fired it, else one
  bool operator==(const RuleBasis&) const = default;
};

// Its copies share one list, which nobody changes: an event, its case and later submissions hold the same.
class Basis {
 public:
  using Rules = std::vector<RuleBasis>;
  Basis() = default;
  explicit Basis(Rules rules) : rules_(std::make_shared<const Rules>(std::move(rules))) {}
  const Rules& rules() const {  // that demand the step, in the order of the decision
    static const Rules none;
    return rules_ ? *rules_ : none;
  }
  bool operator==(const Basis& other) const { return rules_ == other.rules_ || rules() == other.rules(); }

 private:
  std::shared_ptr<const Rules> rules_;
};

struct Cover {
  bool holds = false;
  std::string why;  // "hardware_discount rose from 20% to 25%"
};

// In place of a step of the decision: a step that no rule demands, which rests on all that the policy reads.
inline constexpr std::uint32_t whole_quote = 0xffff'ffffu;

}  // namespace assent
