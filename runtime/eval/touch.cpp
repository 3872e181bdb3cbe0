#include "runtime/eval/touch.h"

namespace assent::eval {

using plan::Node;
using plan::Op;

Touches::Touches(const plan::Plan& plan, const plan::NodeFacts& facts)
    : of_rows_(plan.tables.size(), 0), of_edit_(plan.columns.size(), 0), all_(plan.nodes.size(), 0),
      elsewhere_(plan.nodes.size(), 0) {
  const auto columns = static_cast<std::uint32_t>(plan.columns.size());
  const auto count_of = [&](std::uint32_t table) { return bit(columns + table); };
  for (std::uint32_t c = 0; c < columns; ++c) {
    of_rows_[plan.columns[c].table] |= bit(c);
    of_edit_[c] |= bit(c);
    if (plan.columns[c].currency != plan::none) of_edit_[plan.columns[c].currency] |= bit(c);
  }
  for (std::uint32_t t = 0; t < of_rows_.size(); ++t) of_rows_[t] |= count_of(t);
  for (std::size_t t = of_rows_.size(); t-- > 1;) {  // tables stand after their parents
    if (plan.tables[t].parent != 0) of_rows_[plan.tables[t].parent] |= of_rows_[t];
  }

  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const Node& node = plan.nodes[i];
    const auto take = [&](std::uint32_t operand) {
      if (operand == plan::none) return;
      all_[i] |= all_[operand];
      elsewhere_[i] |= elsewhere_[operand];
    };
    switch (plan::info(node.op).operands) {
      case plan::Operands::leaf:
        if (node.op == Op::field) all_[i] = bit(node.a);
        break;
      case plan::Operands::one: take(node.a); break;
      case plan::Operands::two: take(node.a); take(node.b); break;
      case plan::Operands::many:
        for (std::uint32_t k = 0; k < node.b; ++k) take(plan.operands[node.a + k]);
        break;
      case plan::Operands::loop:
        take(plan.operands[node.a]);
        take(plan.operands[node.a + 1]);
        all_[i] |= count_of(plan.operands[node.a + 2]);
        break;
    }
    // A loop over a list of the quote goes through all its rows, whatever row stands around it.
    const bool of_quote = plan::info(node.op).operands == plan::Operands::loop && plan.operands[node.a + 3] == 0;
    if (!facts.open[i] || of_quote) elsewhere_[i] = all_[i];
  }
}

}  // namespace assent::eval
