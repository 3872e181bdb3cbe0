// Whether conditions can hold together. Entry: Possible.
//
//   Possible possible(plan);
//   possible.together({holds(a), fails(b)})   // false: no quote makes a true and b false
//
// It is asked about the nodes of a plan, in which equal expressions are one, facts and functions are written out, and
// constants are folded. False is proven, and so what is said of a condition that never holds is so; true may only mean
// that nothing was found against it: relations of three values, products of two fields, or too many cases are not
// looked into. "Holds" and "fails" mean a result: a condition that cannot be computed does neither.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

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

// The numbers that a value may be; without a bound it goes on for ever.
struct Bound { Decimal at; bool closed = true; };
struct Interval { std::optional<Bound> low, high; };
bool is_empty(const Interval& interval);

void narrow(Interval& interval, const Demand& relation);  // but for `not equal`, which leaves it as it is

class Possible {
 public:
  // Demands looked at for one question; beyond, the answer is that it is possible.
  static constexpr std::size_t max_effort = 20'000;

  explicit Possible(const plan::Plan& plan) : plan_(plan) {}
  bool together(std::vector<Demand> demands);
  // The same of a quote that is just as the last decision saw it: `approved.x` is x.
  bool together_unchanged(std::vector<Demand> demands);

  // How the one value of a comparison stands to a constant, where that is all that it says: `x + 2 > 5` is x > 3.
  std::optional<Demand> relation(std::uint32_t node, bool holds) const;

  // By how much the one value is more than the other, where that is the same of every quote.
  std::optional<Decimal> difference(std::uint32_t of, std::uint32_t from) const;

  // What a number can be by its nature alone: a count is not below 0, a month is 1 to 12.
  const Interval& range_of(std::uint32_t node);

 private:
  struct Cell;
  struct Rows;
  struct State;
  using Case = std::vector<Demand>;  // of a choice: all of it holds

  bool search(State state, std::vector<Demand> open);
  bool settle(State& state, std::vector<Demand>& open);
  bool assume(State& state, const Demand& demand, std::vector<Demand>& open);
  bool assume_truth(State& state, std::uint32_t node, bool holds, std::vector<Demand>& open);
  bool assume_presence(State& state, std::uint32_t node, bool holds, std::vector<Demand>& open);
  bool relate(State& state, Demand demand, std::vector<Demand>& open);
  bool relate_two(State& state, const plan::Node& node, plan::Comparison comparison, std::vector<Demand>& open);
  bool relate_pair(State& state, std::uint32_t left, std::uint32_t right, plan::Comparison comparison);
  bool relate_number(State& state, const Demand& demand);
  bool relate_text(State& state, const Demand& demand);
  bool match_text(State& state, std::uint32_t node, bool holds);
  bool order_holds(const State& state) const;
  bool rows_exist(const State& state);
  bool solve_for(Demand& demand) const;
  struct Sum;
  bool add_up(Sum& sum, std::uint32_t node, int sign, int depth) const;
  std::uint32_t same_as(std::uint32_t node) const;
  void there_is(State& state, std::uint32_t loop, std::optional<Demand> body) const;
  void for_all(State& state, std::uint32_t loop, std::optional<Demand> body) const;
  Cell& cell_of(State& state, const Demand& demand);
  Interval natural(std::uint32_t node);
  std::optional<Value> constant(std::uint32_t node) const;
  std::span<const std::uint32_t> operands(const plan::Node& node) const;

  const plan::Plan& plan_;
  std::unordered_map<std::uint32_t, Interval> ranges_;
  std::size_t effort_ = 0;
  bool unchanged_ = false;
};

}  // namespace assent::compiler::lint
