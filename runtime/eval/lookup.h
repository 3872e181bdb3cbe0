// What a condition says that can be looked up. Entry: Lookups::terms.
//
// A condition is taken to a disjunction of terms, each a conjunction of parts; a part compares one value with
// one constant, or asks whether one node is true. Logic is Kleene's, so it may be taken apart like this, faults
// and all: where a term has a false part it is false, and a condition all of whose terms are false is false; where
// all parts of a term are true, so is the condition.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "runtime/plan/plan.h"
#include "runtime/plan/verify.h"
#include "runtime/value/value.h"

namespace assent::eval {

// ── limits, each with its reason ──────────────────────────────────────────────────────────────
inline constexpr std::size_t max_terms = 64;   // of one condition: `is one of` with a thousand values, or two with
                                               // a hundred each, would be a thousand copies of a rule
inline constexpr std::size_t max_parts = 12;   // of one term that are looked up; the others are evaluated
inline constexpr std::size_t max_looked = 256; // nodes of one condition that are looked at: many rules may share
                                               // a long one

// A value of a quote, or of a row of it, that rules compare with constants.
struct Subject {
  enum class How : std::uint8_t {
    number,  // its place among the plan's constants of its type and currency, which are sorted
    text,    // the whole text
    head,    // its first `length` bytes
    tail,    // its last `length` bytes
    truth,   // 1 or 0
  };
  std::uint32_t node;
  How how;
  plan::Type type;            // number: of the constants
  Currency unit;              // number, of money
  std::uint32_t length;       // head, tail
  std::uint32_t table;        // whose rows have it, or none for the whole quote
  plan::Slice constants;      // number

  bool is_text() const { return how == How::text || how == How::head || how == How::tail; }
};

// The place of a number is 2k + 1 where it equals constant k, else 2k where k is the first that is greater.
struct Part {
  enum class Kind : std::uint8_t { equal, most, least } kind;
  std::uint32_t node;     // that says so, for people
  std::uint32_t subject;
  std::uint32_t value;    // the place, the string or the truth that is compared with
};

struct Term {
  std::array<Part, max_parts> parts;
  std::uint32_t count = 0;
  bool whole = true;      // the parts are all there is to it

  std::span<const Part> all() const { return {parts.data(), count}; }
};

class Lookups {  // the plan and the facts must outlive it
 public:
  Lookups(const plan::Plan& plan, const plan::NodeFacts& facts);

  // The terms of a rule's condition, and of which rows it looks at, `most` at most; good until the next call. None: it
  // is never true.
  std::span<const Term> terms(const plan::Rule& rule, std::size_t most = max_terms);
  const std::vector<Subject>& subjects() const { return subjects_; }

 private:
  using Terms = std::vector<Term>;

  Terms any_of(std::span<const std::uint32_t> nodes, bool negated);
  void narrow(Terms& terms, std::span<const std::uint32_t> nodes, bool negated);
  void narrow(Terms& terms, std::uint32_t node, bool negated);
  void narrow_by(Terms& terms, std::uint32_t node, bool negated, const Terms& choices);
  bool narrow_by_comparison(Terms& terms, std::uint32_t node, bool negated);
  bool narrow_by_affix(Terms& terms, std::uint32_t node);
  bool choices_of(std::uint32_t one_of, Terms& choices);
  static void add(Term& term, const Part& part);
  static void add(Terms& terms, const Part& part);
  void add_truth(Terms& terms, std::uint32_t node, bool negated);
  std::uint32_t constant_of(std::uint32_t node) const;
  std::uint32_t subject(std::uint32_t node, std::uint32_t constant);
  std::uint32_t subject(const Subject& wanted);

  const plan::Plan& plan_;
  const plan::NodeFacts& facts_;
  std::vector<Subject> subjects_;
  std::vector<std::uint32_t> first_subject_;  // of each node, or none
  std::vector<std::uint32_t> next_subject_;   // of each subject: another one of the same node, or none
  Terms terms_;
  std::uint32_t table_ = plan::none;          // of the rule under way
  std::size_t looked_ = 0, most_terms_ = max_terms;
};

}  // namespace assent::eval
