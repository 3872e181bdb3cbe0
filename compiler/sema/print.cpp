#include "compiler/sema/print.h"

#include <fmt/format.h>

#include "compiler/sema/sema.h"

namespace assent::compiler {

namespace {

using namespace checked;

constexpr std::string_view op_names[] = {
    "literal",     "input",     "variable", "parameter", "field",   "manager",  "person-id", "person-name",
    "fact",        "call",      "builtin",  "today",     "add",     "subtract", "multiply",  "divide",
    "negate",      "else",      "and",      "or",        "not",     "compare",  "one-of",    "between",
    "starts-with", "ends-with", "contains", "present",   "count",   "sum",      "min",       "max",
    "average",     "distinct",  "any",      "every",     "approved"};
constexpr std::string_view builtin_names[] = {
#define BUILTIN(name, signature, meaning) #name,
#include "compiler/sema/builtins.def"
#undef BUILTIN
};
constexpr std::string_view comparisons[] = {"=", "!=", "<", "<=", ">", ">="};

class Printer {
 public:
  explicit Printer(const Policy& policy) : policy_(policy) {}

  // `(op:Type operands)`; the type is what the checker adds to the tree.
  std::string expr(ExprId id) const {
    const Expr& e = policy_.exprs[id];
    std::string head(op_names[static_cast<std::size_t>(e.op)]);
    switch (e.op) {
      case Op::literal: {
        const Literal& literal = policy_.literals[e.ref];
        const std::string value = literal.text.empty() || e.type.base == Base::money
                                      ? text(literal.number) + (literal.text.empty() ? "" : " " + literal.text)
                                      : fmt::format("\"{}\"", literal.text);
        return fmt::format("{}:{}", value, type_name(policy_, e.type));
      }
      case Op::input: return policy_.input_name;
      case Op::variable: return policy_.variables.items[e.ref].name;
      case Op::parameter: return fmt::format("parameter-{}", e.ref);
      case Op::fact: return fmt::format("{}:{}", policy_.facts.items[e.ref].name, type_name(policy_, e.type));
      case Op::field: {
        const Record& record = policy_.records[static_cast<RecordId>(policy_.exprs[e.children[0]].type.index)];
        return fmt::format("{}.{}:{}", expr(e.children[0]), record.fields[e.ref].name, type_name(policy_, e.type));
      }
      case Op::call: head = policy_.functions.items[e.ref].name; break;
      case Op::builtin: head = builtin_names[e.ref]; break;
      case Op::compare: head = comparisons[e.ref & 7]; break;
      case Op::count:
      case Op::sum:
      case Op::minimum:
      case Op::maximum:
      case Op::average:
      case Op::distinct:
      case Op::any:
      case Op::every: {
        const checked::Range& over = policy_.ranges[e.ref];
        head += fmt::format(":{} {} in {}", type_name(policy_, e.type), policy_.variables[over.variable].name,
                            expr(over.list));
        if (over.where) head += " where " + expr(*over.where);
        for (const ExprId child : e.children) head += " has " + expr(child);
        return "(" + head + ")";
      }
      default: break;
    }
    std::string result = fmt::format("({}:{}", head, type_name(policy_, e.type));
    for (const ExprId child : e.children) result += " " + expr(child);
    return result + ")";
  }

  std::string path(PathId id) const {
    const checked::Path& p = policy_.paths[id];
    if (p.kind == plan::PathKind::step) return policy_.steps[p.step].key;
    if (p.kind == plan::PathKind::conditional)
      return fmt::format("({} when {})", path(p.children[0]), expr(p.condition));
    std::string result;
    for (const PathId child : p.children)
      result += (result.empty() ? "" : p.kind == plan::PathKind::series ? " then " : " and ") + path(child);
    return "(" + result + ")";
  }

  std::string rule(const Rule& rule) const {
    std::string result = fmt::format("{} {}\n", rule.by ? "ladder" : "rule", rule.name);
    if (rule.range)
      result += fmt::format("  for {} in {}{}\n", policy_.variables[rule.range->variable].name, expr(rule.range->list),
                            rule.range->where ? " where " + expr(*rule.range->where) : "");
    for (const ExprId when : rule.when) result += "  when " + expr(when) + "\n";
    for (const ExprId unless : rule.unless) result += "  unless " + expr(unless) + "\n";
    if (rule.by) result += "  by " + expr(*rule.by) + "\n";
    for (const Consequence& c : rule.consequences) {
      result += "  " + c.label + (c.label.empty() ? "" : ": ");
      switch (c.kind) {
        case plan::ConsequenceKind::nothing: result += "no approval\n"; break;
        case plan::ConsequenceKind::requires_path: result += "requires " + path(c.path) + "\n"; break;
        case plan::ConsequenceKind::denies: result += fmt::format("denies \"{}\"\n", c.message); break;
        case plan::ConsequenceKind::warns: result += fmt::format("warns \"{}\"\n", c.message); break;
      }
    }
    for (const Reapproval& again : rule.reapprovals) {
      result +=
          again.kind == plan::ReapprovalKind::always
              ? "  reapprove always\n"
              : fmt::format("  reapprove {} {}\n", again.kind == plan::ReapprovalKind::when ? "when" : "on change of",
                            expr(again.value));
    }
    return result;
  }

  std::string timing(const Timing& timing, const Orders& orders) const {
    std::string result = fmt::format("  {} {}", timing.phase ? orders.phases[*timing.phase].name : "every order",
                                     plan::name(timing.kind));
    if (timing.value) result += " " + expr(*timing.value);
    if (timing.after) result += " " + orders.phases[*timing.after].name;
    if (plan::has_milestone(timing.kind)) result += fmt::format(" {}", plan::name(timing.milestone));
    if (timing.kind == plan::TimingKind::dates) result += fmt::format(" {}", name(timing.dates));
    if (timing.proration) result += fmt::format(" prorated by {}", name(*timing.proration));
    if (timing.kind == plan::TimingKind::earns) result += fmt::format(" {}", name(timing.recognition));
    for (const std::uint32_t key : timing.same) result += " same " + expr(orders.split_by[key]);
    if (timing.when) result += " when " + expr(*timing.when);
    if (timing.otherwise) result += " otherwise";
    if (timing.calendar >= 0)
      result += " in " + policy_.calendars.items[static_cast<std::size_t>(timing.calendar)].name;
    if (timing.kind == plan::TimingKind::business_days) result += fmt::format(" {}", name(timing.convention));
    return result + "\n";
  }

  std::string orders(const Orders& orders) const {
    const auto line = [&](std::string_view what, ExprId e) { return fmt::format("  {} {}\n", what, expr(e)); };
    std::string result = fmt::format("orders {}\n  for {} in {}{}\n", orders.name,
                                     policy_.variables[orders.range.variable].name, expr(orders.range.list),
                                     orders.range.where ? " where " + expr(*orders.range.where) : "");
    for (std::size_t role = 0; role < plan::line_role_count; ++role)
      if (orders.roles[role]) result += line(plan::line_role_names[role], *orders.roles[role]);
    for (const Phase& phase : orders.phases)
      result += fmt::format("  phase {} {}\n", phase.name, phase.where ? expr(*phase.where) : "other lines");
    for (const ExprId key : orders.split_by) result += line("split by", key);
    for (const Timing& timing : orders.timings) result += this->timing(timing, orders);
    for (const LineChoice& choice : orders.choices)
      result += fmt::format("  {}{}\n", plan::name(choice.kind), choice.where ? " where " + expr(*choice.where) : "");
    result += fmt::format("  contract {}\n  {}\n", name(orders.contracting), name(orders.allocation));
    return result + (orders.bundles_together ? "  keep bundles together\n" : "  release bundles\n");
  }

 private:
  const Policy& policy_;
};

}  // namespace

std::string print(const Policy& policy) {
  const Printer printer(policy);
  std::string result = fmt::format("policy {} over {} {}\n", policy.name, policy.input_name,
                                   policy.input_name.empty() ? "" : policy.records[policy.input].name);
  for (const Fact& fact : policy.facts.items)
    result += fmt::format("fact {} = {}\n", fact.name, printer.expr(fact.value));
  for (const Function& function : policy.functions.items)
    result += fmt::format("function {} = {}\n", function.name, printer.expr(function.body));
  for (const Rule& rule : policy.rules.items) result += printer.rule(rule);
  if (policy.orders) result += printer.orders(*policy.orders);
  return result;
}

}  // namespace assent::compiler
