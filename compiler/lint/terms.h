// What a plan says of values, with what is constant taken to the other side: of `x + 2 > 5`, that x is more than 3.
// Entry: Terms.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "compiler/lint/interval.h"
#include "runtime/plan/plan.h"
#include "runtime/value/value.h"

namespace assent::compiler::lint {

// What is asked of one node: that it is true, or false; that it is there; or how it compares with a constant.
struct Demand {
  enum class Kind : std::uint8_t { truth, presence, relation };
  std::uint32_t node = 0;
  Kind kind = Kind::truth;
  bool holds = true;                                       // truth, presence
  plan::Comparison comparison = plan::Comparison::equal;  // relation
  bool ignoring_case = false;
  Value value{};                                           // relation; a text points into the plan
};
inline Demand holds(std::uint32_t node) { return {node}; }
inline Demand fails(std::uint32_t node) { return {node, Demand::Kind::truth, false}; }

inline bool is_number(const Value& value) {
  return value.kind == Value::Kind::number || value.kind == Value::Kind::money;
}

// Values, each so many times, and a constant.
struct Sum {
  std::vector<std::pair<std::uint32_t, int>> values;
  Value rest;  // absent for none
};

class Terms {
 public:
  explicit Terms(const plan::Plan& plan) : plan_(plan) {}

  // Of a quote that is just as the last decision saw it: `approved.x` is x.
  bool unchanged = false;
  std::uint32_t same_as(std::uint32_t node) const;

  std::optional<Value> constant(std::uint32_t node) const;
  std::span<const std::uint32_t> operands(const plan::Node& node) const;  // of many, or of a loop

  // How the one value of a comparison stands to a constant, where that is all that it says.
  std::optional<Demand> relation(std::uint32_t node, bool holds) const;
  void solve(Demand& demand) const;  // a relation, as far as that goes

  // The one less the other; nothing where they are no such sums.
  std::optional<Sum> difference(std::uint32_t of, std::uint32_t from) const;

  // What a number can be by its nature alone: a count is not below 0, a month is 1 to 12.
  const Interval& range_of(std::uint32_t node);

 private:
  const plan::Plan& plan_;
  std::unordered_map<std::uint32_t, Interval> ranges_;

  Interval natural(std::uint32_t node);
  bool solve_once(Demand& demand) const;
  bool add_up(Sum& sum, std::uint32_t node, int sign, int depth) const;
};

}  // namespace assent::compiler::lint
