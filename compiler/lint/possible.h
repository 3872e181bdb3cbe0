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

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "compiler/lint/terms.h"

namespace assent::compiler::lint {

class Possible {
 public:
  // Demands looked at for one question; beyond, the answer is that it is possible.
  static constexpr std::size_t max_effort = 20'000;

  explicit Possible(const plan::Plan& plan) : plan_(plan), terms_(plan) {}
  bool together(std::vector<Demand> demands);
  // The same of a quote that is just as the last decision saw it: `approved.x` is x.
  bool together_unchanged(std::vector<Demand> demands);

  Terms& terms() { return terms_; }

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
  void there_is(State& state, std::uint32_t loop, std::optional<Demand> body) const;
  void for_all(State& state, std::uint32_t loop, std::optional<Demand> body) const;
  Cell& cell_of(State& state, const Demand& demand);

  const plan::Plan& plan_;
  Terms terms_;
  std::size_t effort_ = 0;
};

}  // namespace assent::compiler::lint
