#include "runtime/eval/machine.h"

#include <algorithm>
#include <bit>

#include "runtime/eval/plain_loop.h"
#include "runtime/plan/constants.h"

namespace assent::eval {

using plan::Node;
using plan::Op;

Machine::Machine(const plan::Plan& plan, const plan::NodeFacts& facts, std::size_t max_work)
    : plan_(plan), facts_(facts), max_work_(max_work), memo_(plan.nodes.size()), memo_of_(plan.nodes.size(), 0) {
  constants_.reserve(plan.constants.size());
  for (const plan::Constant& constant : plan.constants) constants_.push_back(plan::constant_value(plan, constant));
}

void Machine::reset(const Rows& rows, const Surroundings& world) {
  rows_ = &rows;
  world_ = world;
  work_left_ = max_work_;
  row_.fill(0);
  approved_.clear();
  touches_ = nullptr;
  tallies_.clear();
  forget();
}

// ── what is remembered ───────────────────────────────────────────────────────────────────────
void Machine::remember(const Touches& touches) {
  touches_ = &touches;
  first_round_ = round_;
  touched_.fill(round_);
}

// What the rows' parts of a loop read apart from the rows themselves.
Columns Machine::elsewhere(const Node& loop) const {
  const auto of = [&](std::uint32_t node) { return node == plan::none ? 0 : touches_->elsewhere(node); };
  return of(plan_.operands[loop.a]) | of(plan_.operands[loop.a + 1]);
}

void Machine::begin_change(std::uint32_t table, Columns columns) {
  changing_ = columns;
  counted_.clear();
  for (const auto& [id, tally] : tallies_) {
    const Node& node = plan_.nodes[id];
    const bool of_rows = plan_.operands[node.a + 2] == table && (touches_->of(id) & columns) != 0;
    if (of_rows && (elsewhere(node) & columns) == 0) counted_.push_back(id);
  }
}

// A tally may come to be while another row is computed; it is of the cells as they are then, and not counted.
void Machine::count_row(std::uint32_t row, bool put) {
  for (const std::uint32_t id : counted_) {
    const auto own = tallies_.find(id);
    if (own == tallies_.end()) continue;
    work_left_ = max_work_;
    const Leaf each = leaf(plan_.nodes[id], row);
    if (exhausted()) tallies_.erase(own);
    else if (put) own->second.put(each);
    else own->second.take(each);
  }
}

void Machine::touch() {
  std::erase_if(tallies_, [&](const auto& each) {
    return (touches_->of(each.first) & changing_) != 0 &&
           !std::binary_search(counted_.begin(), counted_.end(), each.first);
  });
  work_left_ = max_work_;
  const std::uint32_t before = round_;
  forget();
  if (round_ < before) first_round_ = round_;  // the rounds began anew
  for (Columns left = changing_; left != 0; left &= left - 1)
    touched_[static_cast<std::size_t>(std::countr_zero(left))] = round_;
}

// Whether the value of a closed node still counts, though it is of an earlier round.
bool Machine::remembers(std::uint32_t node) {
  if (touches_ == nullptr || !approved_.empty() || memo_of_[node] < first_round_) return false;
  for (Columns reads = touches_->of(node); reads != 0; reads &= reads - 1) {
    if (touched_[static_cast<std::size_t>(std::countr_zero(reads))] > memo_of_[node]) return false;
  }
  memo_of_[node] = round_;
  return true;
}

// What was computed so far counts no longer.
void Machine::forget() {
  if (++round_ == 0) {  // after 2^32 quotes the old marks could be mistaken for new ones
    std::fill(memo_of_.begin(), memo_of_.end(), 0);
    round_ = 1;
  }
}

void Machine::recall(std::uint32_t node, const Value& value) {
  approved_.emplace_back(node, value);
  forget();
}

void Machine::forget_approved() {
  if (approved_.empty()) return;
  approved_.clear();
  forget();
  first_round_ = round_;  // what was remembered may rest on what was approved
}

Value Machine::eval(std::uint32_t id) {
  const Node& node = plan_.nodes[id];
  if (node.op == Op::constant) return constants_[node.a];
  if (node.op == Op::field) return rows_->columns[node.a][row_[node.b]];
  if (work_left_ == 0) return Value::of(Fault::too_much_work);
  --work_left_;
  if (facts_.open[id]) return compute(node);
  if (memo_of_[id] != round_ && !remembers(id)) {
    const bool by_tally = touches_ != nullptr && plan::info(node.op).operands == plan::Operands::loop;
    memo_[id] = by_tally ? loop_by_tally(id) : compute(node);
    memo_of_[id] = round_;
  }
  return memo_[id];
}

Value Machine::eval_condition(std::uint32_t id) {
  const Value value = eval(id);
  if (value.is_absent()) return Value::of(Fault::missing_value);
  return value;
}

Value Machine::compute(const Node& node) {
  if (node.op == Op::approved) {
    for (const auto& [known, value] : approved_) {
      if (known == node.a) return value;
    }
    return Value::of(Fault::not_computable);
  }
  switch (plan::info(node.op).operands) {
    case plan::Operands::one: return apply_one(node.op, node.detail, eval(node.a), world_);
    case plan::Operands::two: {
      const Value left = eval(node.a);
      if (node.op == Op::fallback && !left.is_absent()) return left;
      return apply_two(node.op, node.detail, left, eval(node.b), world_);
    }
    case plan::Operands::loop: return loop(node);
    case plan::Operands::leaf: return Value::whole(world_.today);  // the only leaf that eval() leaves
    case plan::Operands::many: break;
  }
  const std::uint32_t* operands = plan_.operands.data() + node.a;
  switch (node.op) {
    case Op::add: {
      Value sum = eval(operands[0]);
      for (std::uint32_t i = 1; i < node.b; ++i) sum = add_values(sum, eval(operands[i]));
      return sum;
    }
    case Op::conjunction: {
      Conjunction all;
      for (std::uint32_t i = 0; i < node.b; ++i) {
        if (!all.take(eval(operands[i]))) break;
      }
      return all.answer();
    }
    case Op::disjunction: {
      Disjunction some;
      for (std::uint32_t i = 0; i < node.b; ++i) {
        if (!some.take(eval(operands[i]))) break;
      }
      return some.answer();
    }
    case Op::one_of: {
      const Value value = eval(operands[0]);
      Disjunction some;
      for (std::uint32_t i = 1; i < node.b; ++i) {
        if (!some.take(compare_values(value, eval(operands[i]), node.detail, world_))) break;
      }
      return some.answer();
    }
    default: return Value::of(Fault::not_computable);
  }
}

// How many different values stand in bodies_ from `base` on, which are then taken off it.
std::int64_t Machine::count_different(std::size_t base) {
  const auto first = bodies_.begin() + static_cast<std::ptrdiff_t>(base);
  std::sort(first, bodies_.end(), value_before);
  const auto last = std::unique(first, bodies_.end(), same_value);
  const std::int64_t count = last - first;
  bodies_.resize(base);
  return count;
}

// What one row gives to a loop; `where` keeps a row, the body makes its value. The frame that the loop binds is put
// back afterwards: a shared closed part of an outer loop's body may use the same frame.
Leaf Machine::leaf(const Node& node, std::uint32_t row) {
  const std::uint32_t where = plan_.operands[node.a];
  const std::uint32_t body = plan_.operands[node.a + 1];
  const std::uint32_t before = std::exchange(row_[node.b], row);
  Leaf leaf{true, {}};
  if (node.op == Op::any) {
    Conjunction both;
    if (where == plan::none || both.take(eval(where))) both.take(eval(body));
    leaf.value = both.answer();
  } else if (node.op == Op::every) {
    Disjunction either;
    if (where == plan::none || either.take(apply_one(Op::negation, 0, eval(where), world_))) either.take(eval(body));
    leaf.value = either.answer();
  } else {
    const Value kept = where == plan::none ? Value::of(true) : eval_condition(where);
    if (kept.is_fault()) leaf.value = kept;
    else if (!kept.is_true()) leaf.counts = false;
    else if (node.op != Op::count) leaf.value = eval_condition(body);
  }
  row_[node.b] = before;
  return leaf;
}

// Of a loop over a list of the quote: by its tally, or by all rows, from which it then has one.
Value Machine::loop_by_tally(std::uint32_t id) {
  const Node& node = plan_.nodes[id];
  auto own = tallies_.find(id);
  if (own == tallies_.end()) {
    own = tallies_.emplace(id, Tally(node.op, node.type)).first;
    const Rows::Table& table = rows_->tables[plan_.operands[node.a + 2]];
    for (std::uint32_t row = table.first[0]; row < table.first[1]; ++row) own->second.put(leaf(node, row));
  }
  const std::optional<Value> value = own->second.value();
  if (value && !exhausted()) return *value;
  tallies_.erase(own);
  return loop(node);
}

// Rows in order, to the first fault.
Value Machine::loop(const Node& node) {
  const std::uint32_t* operands = plan_.operands.data() + node.a;
  const Rows::Table& table = rows_->tables[operands[2]];
  const std::uint32_t owner = row_[operands[3]];
  const std::uint32_t first = table.first[owner];
  const std::uint32_t last = table.first[owner + 1];
  if (const std::size_t work = last - first; work <= work_left_) {
    if (const std::optional<Value> plain = plain_loop(plan_, node, *rows_, first, last)) {
      work_left_ -= work;
      return *plain;
    }
  }

  Conjunction every;
  Disjunction any;
  Value result;  // absent until a row counts
  std::int64_t count = 0;
  const std::size_t base = bodies_.size();
  Fault fault = Fault::none;
  for (std::uint32_t row = first; row < last; ++row) {
    const auto [counts, value] = leaf(node, row);
    if (node.op == Op::any || node.op == Op::every) {
      if (node.op == Op::any ? any.take(value) : every.take(value)) continue;
      break;
    }
    if (value.is_fault()) { fault = value.fault; break; }
    if (!counts) continue;
    ++count;
    if (node.op == Op::count) continue;
    if (node.op == Op::distinct) {
      bodies_.push_back(value);
    } else if (count == 1) {
      result = value;
    } else if (node.op == Op::sum || node.op == Op::average) {
      result = add_values(result, value);
    } else {
      int order = 0;
      fault = order_of(value, result, world_, order);
      if (fault != Fault::none) break;
      if (node.op == Op::minimum ? order < 0 : order > 0) result = value;
    }
    if (result.is_fault()) { fault = result.fault; break; }
  }

  const std::int64_t different = node.op == Op::distinct ? count_different(base) : 0;
  if (fault != Fault::none) return Value::of(fault);
  switch (node.op) {
    case Op::any: return any.answer();
    case Op::every: return every.answer();
    case Op::count: return Value::whole(count);
    case Op::distinct: return Value::whole(different);
    case Op::sum: {
      if (count > 0) return result;
      return node.type == plan::Type::money ? Value::of(decimal(0), 0) : Value::whole(0);
    }
    case Op::average: return count == 0 ? result : apply_two(Op::divide, 0, result, Value::whole(count), world_);
    default: return result;
  }
}

}  // namespace assent::eval
