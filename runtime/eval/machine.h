// The machine: evaluates nodes of a plan over the rows of a quote. Entry: Machine::eval.
//
// A node that depends on no row of a loop is computed once for each quote, whoever asks, and only if
// someone asks; a node inside a loop is computed for each row. Recursion is bounded by
// plan::max_depth, work by a limit, memory is kept from quote to quote.
//
// Of a quote that is changed again and again a machine may remember what it computed: a value counts until a cell that
// it reads is touched, and an aggregate over a list of the quote has a tally, which a changed row is taken out of and
// put into again.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "runtime/eval/operations.h"
#include "runtime/eval/tally.h"
#include "runtime/eval/touch.h"
#include "runtime/plan/plan.h"
#include "runtime/plan/verify.h"
#include "runtime/value/rows.h"

namespace assent::eval {

class Machine {
 public:
  Machine(const plan::Plan& plan, const plan::NodeFacts& facts, std::size_t max_work);

  // Starts over for another quote. `rows` and what `world` points to must outlive the evaluations.
  void reset(const Rows& rows, const Surroundings& world);

  // Remembers values from here to the next reset(); `touches` is of the plan and outlives that.
  void remember(const Touches& touches);
  // How the machine follows a change: begin_change() says which columns change, and in which list of the quote rows do
  // (none: in no row alone); take_row() each row that changes or goes; then the cells are changed; touch(); put_row()
  // each row that changed or came.
  void begin_change(std::uint32_t table, Columns columns);
  void take_row(std::uint32_t row) { count_row(row, false); }
  void touch();
  void put_row(std::uint32_t row) { count_row(row, true); }

  // The value of a node; its frames must stand on rows. Beyond max_work: Fault::too_much_work.
  Value eval(std::uint32_t node);

  // The same as a condition: true, false or a fault; an absence is Fault::missing_value.
  Value eval_condition(std::uint32_t node);

  // What `approved.x` is while a reapproval clause is evaluated: the value that a node had when someone last
  // voted. Where nothing is recalled for a node, it is not computable.
  void recall(std::uint32_t node, const Value& value);
  void forget_approved();

  void stand_on(std::uint32_t frame, std::uint32_t row) { row_[frame] = row; }
  std::uint32_t row(std::uint32_t frame) const { return row_[frame]; }
  const Rows& rows() const { return *rows_; }
  const Surroundings& world() const { return world_; }
  bool exhausted() const { return work_left_ == 0; }

 private:
  void forget();
  bool remembers(std::uint32_t node);
  Value compute(const plan::Node& node);
  Value loop(const plan::Node& node);
  Value loop_by_tally(std::uint32_t id);
  Leaf leaf(const plan::Node& node, std::uint32_t row);
  Columns elsewhere(const plan::Node& loop) const;
  void count_row(std::uint32_t row, bool put);
  std::int64_t count_different(std::size_t base);

  const plan::Plan& plan_;
  const plan::NodeFacts& facts_;
  std::vector<Value> constants_;
  std::size_t max_work_;
  std::size_t work_left_ = 0;
  const Rows* rows_ = nullptr;
  Surroundings world_;
  std::array<std::uint32_t, plan::max_frames> row_{};
  std::vector<Value> memo_;             // of closed nodes
  std::vector<std::uint32_t> memo_of_;  // the round in which memo_ was set
  std::uint32_t round_ = 0;
  std::vector<std::pair<std::uint32_t, Value>> approved_;  // while a clause is evaluated
  const Touches* touches_ = nullptr;                       // while values are remembered
  std::uint32_t first_round_ = 0;                          // since which they are
  std::array<std::uint32_t, 64> touched_{};                // the round in which a column was touched last
  std::map<std::uint32_t, Tally> tallies_;                 // of loops over lists of the quote
  Columns changing_ = 0;
  std::vector<std::uint32_t> counted_;                     // loops whose tallies follow the change under way
  std::vector<Value> bodies_;  // of the `distinct` under way; a stack, empty between evaluations
};

}  // namespace assent::eval
