// Nodes, each once, and constants folded. Entries: Nodes::intern, add, add_many, conjunction, negation,
// compare.
//
// Folding is done by the evaluator's own operations: there is one arithmetic.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/lower/builder.h"
#include "runtime/eval/operations.h"
#include "runtime/plan/constants.h"

namespace assent::compiler {

using plan::Op;

namespace {

std::uint64_t mix(std::uint64_t hash, std::uint64_t value) {
  return (hash ^ value) * 0x9e37'79b9'7f4a'7c15u + (hash >> 29);
}

}  // namespace

std::uint32_t Nodes::intern(const plan::Node& node, const std::vector<std::uint32_t>& operands, std::uint32_t depth,
                            Span at) {
  const bool listed =
      plan::info(node.op).operands == plan::Operands::many || plan::info(node.op).operands == plan::Operands::loop;
  std::uint64_t hash = mix(
      static_cast<std::uint64_t>(node.op) << 32 | static_cast<std::uint64_t>(node.type) << 16 | node.detail, node.b);
  if (listed) for (const std::uint32_t operand : operands) hash = mix(hash, operand);
  else hash = mix(hash, node.a);
  const auto [first, last] = known_.equal_range(hash);
  for (auto it = first; it != last; ++it) {
    const plan::Node& other = plan_.nodes[it->second];
    if (other.op != node.op || other.type != node.type || other.detail != node.detail || other.b != node.b) continue;
    if (listed ? std::equal(operands.begin(), operands.end(), plan_.operands.begin() + other.a) : other.a == node.a)
      return it->second;
  }
  if (depth > plan::max_depth && !too_large_) {
    too_large_ = true;
    sink_.report(Code::too_complex, at, fmt::format("this expression is more than {} operations deep", plan::max_depth))
        .help("split it into facts that are compared or added side by side");
  }
  plan::Node made = node;
  if (listed) {
    made.a = static_cast<std::uint32_t>(plan_.operands.size());
    plan_.operands.insert(plan_.operands.end(), operands.begin(), operands.end());
  }
  const auto id = static_cast<std::uint32_t>(plan_.nodes.size());
  plan_.nodes.push_back(made);
  depth_.push_back(depth);
  known_.emplace(hash, id);
  return id;
}

std::uint32_t Nodes::constant(const Value& value, plan::Type type, Span at) {
  return intern({Op::constant, type, 0, tables_.constant(value, type), 0}, {}, 1, at);
}

std::uint32_t Nodes::truth(bool value) { return constant(Value::of(value), plan::Type::boolean, {}); }

std::optional<Value> Nodes::constant_at(std::uint32_t node) const {
  if (plan_.nodes[node].op != Op::constant) return std::nullopt;
  return plan::constant_value(plan_, plan_.constants[plan_.nodes[node].a]);
}

// What constants make, as a node; nothing where only the inputs can tell (rates, people).
std::optional<std::uint32_t> Nodes::folded(const Value& value, plan::Type type, Span at) {
  if (value.is_absent()) return std::nullopt;
  if (value.is_fault()) {
    if (value.fault == Fault::missing_rate || value.fault == Fault::unknown_person) return std::nullopt;
    sink_.report(Code::always_fails, at, fmt::format("this never has a result: {}", text(value.fault)));
    return constant(Value::whole(0), type, at);
  }
  if (value.kind == Value::Kind::text) return std::nullopt;  // borrowed from the plan, which may grow
  if (value.kind == Value::Kind::money && value.unit == 0) return std::nullopt;
  return constant(value, type, at);
}

std::uint32_t Nodes::add(Op op, plan::Type type, std::uint16_t detail, std::uint32_t a, std::uint32_t b, Span at) {
  const bool one = plan::info(op).operands == plan::Operands::one;
  const bool leaf = plan::info(op).operands == plan::Operands::leaf;
  std::uint32_t depth = 1;
  if (!leaf) {
    depth = depth_[a] + 1;
    if (!one) depth = std::max(depth, depth_[b] + 1);
    const auto left = constant_at(a);
    const auto right = one ? left : constant_at(b);
    const bool people = op == Op::manager || op == Op::person_name || op == Op::has_role || op == Op::approved;
    if (left && right && !people) {
      eval::Surroundings world;
      world.plan = &plan_;
      const Value value =
          one ? eval::apply_one(op, detail, *left, world) : eval::apply_two(op, detail, *left, *right, world);
      if (const auto made = folded(value, type, at)) return *made;
    }
  }
  return intern({op, type, detail, a, one || op == Op::today ? 0 : b}, {}, depth, at);
}

std::uint32_t Nodes::add_many(Op op, plan::Type type, std::uint16_t detail, const std::vector<std::uint32_t>& operands,
                              Span at) {
  std::uint32_t depth = 1;
  for (const std::uint32_t operand : operands) depth = std::max(depth, depth_[operand] + 1);
  if (op == Op::add) {
    std::optional<Value> sum = constant_at(operands[0]);
    for (std::size_t i = 1; sum && i < operands.size(); ++i) {
      const auto term = constant_at(operands[i]);
      if (term) sum = eval::add_values(*sum, *term);
      else sum.reset();
    }
    if (sum) {
      if (const auto made = folded(*sum, type, at)) return *made;
    }
  }
  return intern({op, type, detail, 0, static_cast<std::uint32_t>(operands.size())}, operands, depth, at);
}

std::uint32_t Nodes::add_loop(Op op, plan::Type type, std::uint32_t where, std::uint32_t body, const Loop& loop,
                              Span at) {
  std::uint32_t depth = 2;
  for (const std::uint32_t part : {where, body}) {
    if (part != plan::none) depth = std::max(depth, depth_[part] + 1);
  }
  return intern({op, type, 0, 0, loop.frame}, {where, body, loop.table, loop.owner_frame}, depth, at);
}

// Flat, and without its true constants; one false constant makes it false.
std::uint32_t Nodes::conjunction(std::vector<std::uint32_t> operands) {
  std::vector<std::uint32_t> flat;
  for (const std::uint32_t operand : operands) {
    const plan::Node& node = plan_.nodes[operand];
    if (node.op == Op::conjunction) {
      flat.insert(flat.end(), plan_.operands.begin() + node.a, plan_.operands.begin() + node.a + node.b);
    } else if (const auto value = constant_at(operand)) {
      if (!value->is_true()) return operand;
    } else {
      flat.push_back(operand);
    }
  }
  if (flat.empty()) return truth(true);
  if (flat.size() == 1) return flat[0];
  return add_many(Op::conjunction, plan::Type::boolean, 0, flat, {});
}

std::uint32_t Nodes::negation(std::uint32_t operand, Span at) {
  return add(Op::negation, plan::Type::boolean, 0, operand, 0, at);
}

std::uint32_t Nodes::compare(std::uint32_t left, std::uint32_t right, plan::Comparison comparison, Span at) {
  return add(Op::compare, plan::Type::boolean, static_cast<std::uint16_t>(comparison), left, right, at);
}

}  // namespace assent::compiler
