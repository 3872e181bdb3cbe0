// Paths: which steps a quote's rules make active, and what waits for what. Entry: PathBuilder.
//
// Each fired rule's path is walked once; a part whose condition is false is left out and what stands
// around it closes up. The union of all walks, with the policy's orderings, is one graph, which
// finish() sorts and rids of edges that follow from others. Static cycles were refused by the
// compiler; the walks can only give a part of that graph.
#pragma once

#include <cstdint>
#include <vector>

#include "runtime/eval/machine.h"
#include "runtime/plan/plan.h"

namespace assent::eval {

class PathBuilder {
 public:
  PathBuilder(const plan::Plan& plan, Machine& machine);
  void reset();

  // Walks the path of one consequence. `rows`: the rows of the rule's list for which it holds, or
  // empty with `by_row` false for a rule over the whole quote. `rule` is the index in the decision
  // (none for `otherwise`), `plan_rule` that in the plan. Faults are appended to `troubles`.
  // Returns whether at least one step became active.
  bool walk(std::uint32_t path, bool by_row, const std::vector<std::uint32_t>& rows, std::uint32_t rule,
            std::uint32_t plan_rule, std::vector<Fault>& troubles);

  // The same for a path that is one step, of a rule over the whole quote.
  void demand(std::uint32_t step, std::uint32_t rule, std::uint32_t plan_rule);

  // Orders, reduces; afterwards the results below are good until reset().
  void finish();

  struct Active {
    std::uint32_t step;           // in the plan
    plan::Slice after;            // of edges()
    plan::Slice because;          // of reasons(): rules of the decision, ascending
    plan::Slice lines;            // of lines(): rows, ascending
  };
  const std::vector<Active>& steps() const { return result_; }
  const std::vector<std::uint32_t>& edges() const { return result_edges_; }
  const std::vector<std::uint32_t>& reasons() const { return result_reasons_; }
  const std::vector<std::uint32_t>& lines() const { return result_lines_; }
  bool empty() const { return active_.empty(); }

 private:
  struct Fragment { plan::Slice entries{}, exits{}; bool empty() const { return entries.count == 0; } };
  // Of a step of the plan. Only that of this round counts.
  struct State {
    std::uint32_t round = 0;
    std::uint32_t place = 0;      // in result_, once it is ordered
    std::uint32_t reasons = 0;
    std::uint32_t last_reason = 0;
    std::uint32_t table = 0;      // whose rows all the reasons speak of, or none
  };
  struct Reason { std::uint32_t step, rule; };
  struct Line { std::uint32_t step, row; };
  struct Edge { std::uint32_t from, to; };

  Fragment walk_part(std::uint32_t path, plan::Slice rows);
  Fragment walk_series(const plan::PathNode& node, plan::Slice rows);
  Fragment walk_parallel(const plan::PathNode& node, plan::Slice rows);
  Fragment walk_conditional(const plan::PathNode& node, plan::Slice rows);
  Fragment activate(std::uint32_t step, plan::Slice rows);
  void give_reason(std::uint32_t step, std::uint32_t table);
  void connect(plan::Slice from, plan::Slice to);
  void order_entities();
  void members_of(plan::EntityKind kind, std::uint32_t index, std::vector<std::uint32_t>& out) const;
  void reduce();
  void list_reasons();
  void list_lines();
  std::uint32_t place(std::uint32_t step) const { return states_[step].place; }
  bool is_active(std::uint32_t step) const { return states_[step].round == round_; }

  const plan::Plan& plan_;
  Machine& machine_;
  // All kept for their memory; a round number tells what belongs to the current quote.
  std::uint32_t round_ = 0;
  std::vector<State> states_;
  std::vector<std::uint32_t> active_;       // steps of the plan
  std::vector<std::uint32_t> ends_;         // entries and exits of fragments
  std::vector<Fragment> parts_;             // of the parallel stages under way; a stack
  std::vector<std::uint32_t> rows_;         // sets of rows, one after another
  std::vector<Reason> reasons_;
  std::vector<Line> lines_;
  std::vector<Edge> edges_;                 // between steps of the plan
  std::vector<std::pair<std::uint32_t, std::uint32_t>> rule_steps_;  // rule of the plan, step
  std::vector<Active> result_;
  std::vector<std::uint32_t> result_edges_, result_reasons_, result_lines_;
  std::vector<std::uint32_t> from_, to_, component_, local_;
  std::vector<std::uint64_t> reach_;
  // Of the walk under way.
  bool by_row_ = false;
  std::uint32_t rule_ = 0, plan_rule_ = 0, table_ = 0;
  std::vector<Fault>* troubles_ = nullptr;
};

}  // namespace assent::eval
