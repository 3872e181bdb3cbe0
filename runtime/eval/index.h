// The condition index: which rules can fire at all. Entry: RuleIndex::candidates.
//
// A rule's condition is a conjunction, and Kleene's: one false part makes it false whatever the others
// are, faults included. So a rule is looked at only where no part that can be looked up is false.
// Parts that can be looked up compare a value of the whole quote with constants:
//
//   equalities   the rule is filed under the one that most rules differ in; a quote opens the one file
//                that its value names
//   bounds       within a file, rules with bounds on the same values form a group. The place of the
//                quote's value among the plan's sorted constants is found once; then each bound is a
//                comparison of two integers, and the bounds that hold are the first of a sorted run.
//                The shortest run of the group is walked, and the other bounds of its rules checked.
//
// So the cost follows the rules that can fire, not those that exist. A value that is a fault, absent
// or in another currency rules nothing out. Rules without such a part are always looked at. A rule all of
// whose parts were looked up and hold is certain to fire: its condition need not be evaluated.
#pragma once

#include <bit>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "runtime/eval/machine.h"
#include "runtime/plan/plan.h"

namespace assent::eval {

// ── limits, each with its reason ──────────────────────────────────────────────────────────────
inline constexpr std::uint32_t max_files = 64;   // of one rule: `is one of` with a thousand values would
                                                 // be a thousand copies of it
inline constexpr std::uint32_t max_bounds = 8;   // of one rule that are looked up; the others are evaluated
inline constexpr std::uint32_t max_parts = 256;  // of one condition that are looked through: many rules
                                                 // may share a long one

// Rules to look at, each once and in ascending order. Filling and emptying it costs what is in it,
// and a 64th of a 64th of what could be. One for each evaluator.
class RuleSet {
 public:
  void resize(std::size_t rules) {
    words_.assign((rules + 63) / 64, {});
    summary_.assign((words_.size() + 63) / 64, 0);
  }
  // `certain`: its condition is known to hold.
  void add(std::uint32_t rule, bool certain) {
    words_[rule / 64].all |= std::uint64_t{1} << (rule % 64);
    words_[rule / 64].certain |= std::uint64_t{certain} << (rule % 64);
    summary_[rule / 4096] |= std::uint64_t{1} << (rule / 64 % 64);
  }
  // Hands each rule to `take(rule, certain)`, and leaves the set empty.
  template <typename Take>
  void empty_into(Take take) {
    for (std::size_t s = 0; s < summary_.size(); ++s) {
      for (; summary_[s] != 0; summary_[s] &= summary_[s] - 1) {
        const std::size_t w = s * 64 + static_cast<std::size_t>(std::countr_zero(summary_[s]));
        const Word word = std::exchange(words_[w], {});
        for (std::uint64_t left = word.all; left != 0; left &= left - 1) {
          const auto bit = static_cast<std::size_t>(std::countr_zero(left));
          take(static_cast<std::uint32_t>(w * 64 + bit), (word.certain >> bit & 1) != 0);
        }
      }
    }
  }

 private:
  struct Word { std::uint64_t all = 0, certain = 0; };
  std::vector<Word> words_;
  std::vector<std::uint64_t> summary_;
};

class RuleIndex {
 public:
  RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts);

  // Where the values of a quote stand; kept for its memory, one for each evaluator.
  struct Places {
    std::vector<std::uint32_t> of, round;
    std::uint32_t now = 0;
  };

  // Adds each rule that must be looked at to `rules`.
  void candidates(Machine& machine, Places& places, RuleSet& rules) const;

  // How each rule is reached, for people: `quote.region = "EU" and quote.n > 1`, or "always".
  static std::vector<std::string> listing(const plan::Plan& plan, const plan::NodeFacts& facts);

 private:
  // A value of the quote that is compared with constants of one type and currency. Its place among
  // them: 2k + 1 if it is constant k of the plan, else 2k where k is the first that is greater; of a
  // text 2s + 1 if it is string s of the plan, else 0. So an odd place names what the value equals.
  struct Subject {
    std::uint32_t node;
    plan::Type type;
    Currency unit;
    plan::Slice constants;
  };
  static constexpr std::uint32_t nowhere = 0xffff'ffffu;  // a value that rules nothing out

  // A bound holds where the place is at least, or at most, its need.
  struct Bound { std::uint32_t need, slot; };
  struct Run { std::uint32_t subject; bool least; plan::Slice bounds; };  // the easiest bounds first
  struct Group { plan::Slice runs, slots; std::uint32_t needs; };
  struct File { plan::Slice groups; };
  struct Cabinet { std::uint32_t subject; plan::Slice files; };  // of one subject's equalities

  struct Part;     // of a condition
  class Builder;

  struct Unbuilt {};
  RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts, Unbuilt) : plan_(plan), facts_(facts) {}
  std::uint32_t place(const Subject& subject, const Value& value) const;
  std::uint32_t place(std::uint32_t subject, Machine& machine, Places& places) const;
  std::size_t holding(const Run& run, std::uint32_t place) const;
  void open_file(const File& file, bool known, Machine& machine, Places& places, RuleSet& rules) const;
  void open_group(const Group& group, bool known, Machine& machine, Places& places, RuleSet& rules) const;

  const plan::Plan& plan_;
  const plan::NodeFacts& facts_;
  std::vector<Subject> subjects_;
  std::unordered_map<std::string_view, std::uint32_t> strings_;  // of texts that equalities name
  std::vector<std::uint32_t> always_;   // rules without any part to look up
  std::vector<bool> whole_;             // of each rule: all its parts are looked up
  File unfiled_{};                      // rules without an equality
  std::vector<Cabinet> cabinets_;
  std::unordered_map<std::uint64_t, std::uint32_t> file_of_;  // subject << 32 | what it equals
  std::vector<File> files_;
  std::vector<Group> groups_;
  std::vector<Run> runs_;
  std::vector<Bound> bounds_;
  std::vector<std::uint32_t> rule_of_;  // of each slot
  std::vector<std::uint32_t> needs_;    // of each slot of a group, one for each of its runs
};

}  // namespace assent::eval
