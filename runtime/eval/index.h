// The condition index: which rules can fire at all, and for which rows. Entry: RuleIndex::candidates.
//
// A rule is looked at only where one of its terms (lookup.h) has no part that is known to be false:
//
//   equalities   a term is filed under the one of its equalities that most terms differ in; a quote opens the
//                one file that its value names. The beginning of a text is a value too, and so is the truth of
//                a condition that many rules share: it is evaluated once
//   bounds       within a file, terms with bounds on the same values form a group. The place of the quote's
//                value among the plan's sorted constants is found once; then each bound is a comparison of two
//                integers, and the bounds that hold are the first of a sorted run. The shortest run of the
//                group is walked, and the other bounds of its terms checked
//
// So the cost follows the rules that can fire, not those that exist. A value that is a fault, absent or in another
// currency rules nothing out. Where all there is to a term was looked up and holds, its rule is certain to fire: its
// condition need not be evaluated. Rules over rows are found row by row in the same way.
#pragma once

#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "runtime/eval/lookup.h"
#include "runtime/eval/machine.h"
#include "runtime/plan/plan.h"

namespace assent::eval {

// ── limits, each with its reason ──────────────────────────────────────────────────────────────
inline constexpr std::uint32_t max_bounds = 8;  // of one term that are looked up; the others are evaluated
inline constexpr std::size_t max_hits = 1 << 20;  // rows of rules that are noted down; rules beyond them, which then
                                                  // are many for each row, are evaluated for all rows

// Rows and rules that share a word with a mark. A quote has less bytes, an artifact less rules.
inline constexpr std::uint32_t low_bits = 0x7fff'ffffu;

// Rules, each once and in ascending order. Filling and emptying it costs what is in it, and a 64th of a 64th of what
// could be. One for each evaluator.
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

// A rule to look at, as candidates() gives it: good until the next one.
struct Candidate {
  std::uint32_t rule;
  bool certain;                        // its condition is known to hold; of a rule over the whole quote
  struct Hit { std::uint32_t row : 31, certain : 1; };
  std::span<const Hit> hits;           // of a rule over rows, ascending: no other row can fire it
  bool every_row;                      // of a rule over rows: any of them may; there are no hits
};

class RuleIndex {  // the plan and the facts must outlive it
 public:
  RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts);

  // What one quote is looked up with; kept for its memory, one for each evaluator.
  class Search {
   public:
    explicit Search(const plan::Plan& plan);

    // One more rule to look at, whatever the index says of it.
    void add(std::uint32_t rule) { rules_.add(rule, false); }
    // Hands each rule that must be looked at to `take(candidate)`, as declared, and leaves the search empty.
    template <typename Take>
    void empty_into(Take take) {
      sort_hits();
      rules_.empty_into([&](std::uint32_t rule, bool certain) {
        const Rows rows = std::exchange(rows_[rule], {});
        const Candidate::Hit* const hits = rows.count == 0 ? nullptr : hits_.data() + rows.first;
        take(Candidate{rule, certain, {hits, rows.count}, rows.every != 0});
      });
    }

   private:
    friend class RuleIndex;
    struct Rows { std::uint32_t first = plan::none, count : 31 = 0, every : 1 = 0; };  // of hits_
    struct Found { std::uint32_t rule; Candidate::Hit hit; };
    struct Way { plan::Slice groups; bool known; };

    void begin_quote(std::size_t subjects);
    void begin_row() { round_of_row_ = ++last_round_; }
    void add_row(std::uint32_t rule, std::uint32_t row, bool certain);
    void add_every_row(std::uint32_t rule);
    void sort_hits();

    RuleSet rules_, row_rules_;         // row_rules_: of the row at hand
    std::vector<Rows> rows_;            // of each rule
    std::vector<Found> found_;          // row by row
    std::vector<Candidate::Hit> hits_;  // rule by rule
    std::vector<Way> ways_;             // groups that every row looks into
    std::vector<std::uint32_t> place_;  // of each subject, as found in its round
    std::vector<std::uint64_t> round_;
    std::uint64_t round_of_quote_ = 0, round_of_row_ = 0, last_round_ = 0;
  };

  // Looks up the quote that the machine stands on; moves the machine's first frame.
  void candidates(Machine& machine, Search& search) const;
  // Parts of that: rules over the whole quote alone; or those over the rows of one list, for some of the rows.
  void candidates_of_quote(Machine& machine, Search& search) const;
  void candidates_of_rows(std::uint32_t table, std::uint32_t first, std::uint32_t last, Machine& machine,
                          Search& search) const;

  // How each rule is reached, for people.
  struct Way {
    std::string looked_up;   // what is, in words; "always" where that is nothing
    bool evaluated = false;  // then, whether it holds: something was not looked up
  };
  static std::vector<Way> ways(const plan::Plan& plan, const plan::NodeFacts& facts);

 private:
  static constexpr std::uint32_t nowhere = 0xffff'ffffu;  // the place of a value that rules nothing out

  // The constants of a type and currency as whole numbers of 10^exponent, ascending; none where one of them is too
  // long for that.
  struct Scale { std::int32_t exponent; plan::Slice keys; };
  // A bound holds where the place reaches its need. `most`: the place and the needs are turned around.
  struct Bound { std::uint32_t need, slot; };
  struct Run { std::uint32_t subject; bool most; plan::Slice bounds; };  // the least needs first
  struct Group { plan::Slice runs, slots; std::uint32_t needs; };
  struct File { plan::Slice groups; std::uint32_t cabinet, value; };     // value: as in Part
  struct Cabinet { std::uint32_t subject; plan::Slice files; };          // none: one file, of terms without equality
  struct Always { std::uint32_t rule; bool certain; };
  struct Section { std::uint32_t table; plan::Slice always, cabinets; }; // of the rules over one table, or over none

  // A number as a whole one of 10^exponent: the greatest that is not greater, and whether it is equal.
  struct Scaled { std::int64_t number; bool equal; };

  class Builder;
  struct Unbuilt {};
  RuleIndex(const plan::Plan& plan, const plan::NodeFacts&, Unbuilt) : plan_(plan) {}

  static std::optional<Scaled> scaled(const Decimal& number, std::int32_t exponent);
  static std::uint32_t turned(bool most, std::uint32_t place) { return most && place != nowhere ? ~place : place; }
  static std::uint64_t text_hash(std::string_view text);
  static std::size_t drawer(std::uint32_t cabinet, std::uint64_t value, std::size_t mask);
  std::uint32_t place_among(std::uint32_t subject, const Decimal& number) const;
  std::uint32_t place_of(std::uint32_t subject, const Value& value) const;
  std::uint32_t place(std::uint32_t subject, Machine& machine, Search& search) const;
  std::size_t holding(const Run& run, std::uint32_t place) const;
  template <typename Same>
  const File* find(std::uint32_t cabinet, std::uint64_t hash, Same same) const;
  template <typename Take>
  void open_cabinet(std::uint32_t cabinet, Machine& machine, Search& search, Take take) const;
  void open_group(const Group& group, bool known, Machine& machine, Search& search, RuleSet& rules) const;
  void open_groups(plan::Slice groups, bool known, Machine& machine, Search& search, RuleSet& rules) const;
  void look_up_quote(const Section& section, Machine& machine, Search& search) const;
  void look_up_rows(const Section& section, std::uint32_t first, std::uint32_t last, Machine& machine,
                    Search& search) const;

  const plan::Plan& plan_;
  std::vector<Subject> subjects_;
  std::vector<std::uint32_t> scale_of_;  // of each subject that is a number
  std::vector<Scale> scales_;
  std::vector<std::int64_t> keys_;       // of scales
  std::vector<Section> sections_;
  std::vector<Always> always_;           // rules with a term without any part to look up
  std::vector<Cabinet> cabinets_;
  std::vector<File> files_;
  std::vector<std::uint32_t> drawers_;   // a hash table of files, or none
  std::vector<Group> groups_;
  std::vector<Run> runs_;
  std::vector<Bound> bounds_;
  struct Slot { std::uint32_t rule : 31, whole : 1; };
  std::vector<Slot> slots_;              // of groups
  std::vector<std::uint32_t> needs_;     // of each slot of a group, one for each of its runs
};

}  // namespace assent::eval
