#include "runtime/plan/print.h"

#include <algorithm>

#include "runtime/plan/constants.h"
#include "runtime/value/value_text.h"

namespace assent::plan {

namespace {

constexpr std::size_t max_reads = 64;  // shown for one condition

class Printer {
 public:
  Printer(const Plan& plan, std::string& out) : plan_(plan), out_(out) {}

  // `level`: how tightly the surroundings bind; looser operations are bracketed.
  enum Level { loosest, disjunction, conjunction, negation, comparison, sum, product, tightest };

  void print(std::uint32_t id, Level level, bool use_fact = true) {
    if (out_.size() > max_printed) return;
    const Node& n = plan_.nodes[id];
    if (use_fact && n.op != Op::constant && n.op != Op::field) {
      if (const Fact* fact = fact_of(plan_, id)) {
        out_ += plan_.string(fact->name);
        return;
      }
    }
    const auto bracketed = [&](Level own, auto body) {
      if (own < level) out_ += '(';
      body();
      if (own < level) out_ += ')';
    };
    switch (n.op) {
      case Op::constant: out_ += print_constant(plan_, n.a); break;
      case Op::field: out_ += n.b == 0 ? column_path(plan_, n.a) : row_path(n.a); break;
      case Op::today: out_ += "today"; break;
      case Op::add: bracketed(sum, [&] { terms(n); }); break;
      case Op::negate: bracketed(product, [&] { out_ += '-'; print(n.a, tightest); }); break;
      case Op::multiply: infix(n, " * ", product, level); break;
      case Op::divide: infix(n, " / ", product, level); break;
      case Op::add_days:
      case Op::add_months:
      case Op::add_business:
      case Op::add_minutes: infix(n, " + ", sum, level); break;
      case Op::compare: bracketed(comparison, [&] { compare(n); }); break;
      case Op::one_of: bracketed(comparison, [&] {
        print(plan_.operands[n.a], sum);
        out_ += " is one of ";
        list(n.a + 1, n.b - 1, ", ", sum);
      }); break;
      case Op::starts_with: text_match(n, " starts with ", level); break;
      case Op::ends_with: text_match(n, " ends with ", level); break;
      case Op::contains: text_match(n, " contains ", level); break;
      case Op::present: bracketed(comparison, [&] { print(n.a, sum); out_ += " is present"; }); break;
      case Op::fallback:
        bracketed(product, [&] {
          print(n.a, tightest);
          out_ += " else ";
          print(n.b, tightest);
        });
        break;
      case Op::negation: bracketed(negation, [&] { out_ += "not "; print(n.a, comparison); }); break;
      case Op::conjunction: bracketed(conjunction, [&] { list(n.a, n.b, " and ", negation); }); break;
      case Op::disjunction: bracketed(disjunction, [&] { list(n.a, n.b, " or ", conjunction); }); break;
      case Op::count:
      case Op::sum:
      case Op::minimum:
      case Op::maximum:
      case Op::average:
      case Op::distinct: aggregate(n); break;
      case Op::any: case Op::every: bracketed(negation, [&] { quantifier(n); }); break;
      case Op::manager: print(n.a, tightest); out_ += ".manager"; break;
      case Op::person_name: print(n.a, tightest); out_ += ".name"; break;
      case Op::approved: out_ += "approved."; print(n.a, tightest); break;
      case Op::round: case Op::convert: case Op::money: case Op::has_role: call(n, {n.a, n.b}); break;
      case Op::absolute:
      case Op::amount:
      case Op::currency:
      case Op::scale:
      case Op::year:
      case Op::month:
      case Op::day:
      case Op::date_of: case Op::length: call(n, {n.a}); break;
    }
  }

 private:
  const Plan& plan_;
  std::string& out_;

  std::string row_path(std::uint32_t column) const {
    const Column& c = plan_.columns[column];
    const std::string_view path = plan_.string(c.path);
    return std::string(plan_.string(plan_.tables[c.table].row)) + (path.empty() ? "" : ".") + std::string(path);
  }
  void list(std::uint32_t first, std::uint32_t count, std::string_view between, Level level) {
    for (std::uint32_t i = 0; i < count && out_.size() <= max_printed; ++i) {
      if (i > 0) out_ += between;
      print(plan_.operands[first + i], level);
    }
  }
  void terms(const Node& n) {
    for (std::uint32_t i = 0; i < n.b && out_.size() <= max_printed; ++i) {
      const Node& term = plan_.nodes[plan_.operands[n.a + i]];
      const bool minus = i > 0 && term.op == Op::negate;
      if (i > 0) out_ += minus ? " - " : " + ";
      print(minus ? term.a : plan_.operands[n.a + i], product);
    }
  }
  void infix(const Node& n, std::string_view op, Level own, Level level) {
    if (own < level) out_ += '(';
    print(n.a, own);
    out_ += op;
    print(n.b, tightest);
    if (own < level) out_ += ')';
  }
  void text_match(const Node& n, std::string_view op, Level level) {
    if (comparison < level) out_ += '(';
    print(n.a, sum);
    out_ += op;
    print(n.b, sum);
    if ((n.detail & 1) != 0) out_ += " ignoring case";
    if (comparison < level) out_ += ')';
  }
  void compare(const Node& n) {
    constexpr std::string_view signs[] = {" = ", " != ", " < ", " <= ", " > ", " >= "};
    print(n.a, sum);
    out_ += signs[std::min<std::size_t>(n.detail & 7, 5)];
    print(n.b, sum);
    if ((n.detail & ignoring_case) != 0) out_ += " ignoring case";
  }
  void over(const Node& n) {
    const std::uint32_t* parts = plan_.operands.data() + n.a;
    const Table& table = plan_.tables[parts[2]];
    out_ += std::string(plan_.string(table.row)) + " in " + std::string(plan_.string(plan_.header.input)) + "." +
            std::string(plan_.string(table.path));
    if (parts[0] != none) {
      out_ += " where ";
      print(parts[0], loosest);
    }
  }
  void aggregate(const Node& n) {
    std::string_view name = info(n.op).name;
    if (n.op == Op::minimum) name = "min";
    if (n.op == Op::maximum) name = "max";
    out_ += name;
    out_ += '(';
    if (plan_.operands[n.a + 1] != none) {
      print(plan_.operands[n.a + 1], loosest);
      out_ += " for ";
    }
    over(n);
    out_ += ')';
  }
  void quantifier(const Node& n) {
    out_ += n.op == Op::any ? "any " : "every ";
    over(n);
    out_ += " has ";
    print(plan_.operands[n.a + 1], negation);
  }
  void call(const Node& n, std::initializer_list<std::uint32_t> arguments) {
    std::string_view name = info(n.op).name;
    if (n.op == Op::absolute) name = "abs";
    if (n.op == Op::date_of) name = "date";
    if (n.op == Op::scale) name = n.type == Type::percent ? "percent" : "number";
    if (n.op == Op::round) {
      constexpr std::string_view names[] = {"round_even", "round", "round_up", "round_down"};
      name = names[n.detail & 3];
    }
    out_ += name;
    out_ += '(';
    bool first = true;
    for (const std::uint32_t argument : arguments) {
      if (!first) out_ += ", ";
      first = false;
      print(argument, loosest);
    }
    out_ += ')';
  }
};

void collect(const Plan& plan, std::uint32_t id, std::vector<Named>& out) {
  if (out.size() >= max_reads) return;
  const Node& n = plan.nodes[id];
  const auto put = [&](std::string name) {
    if (std::none_of(out.begin(), out.end(), [&](const Named& other) { return other.node == id; }))
      out.push_back({std::move(name), id});
  };
  if (n.op == Op::constant) return;
  if (const Fact* fact = fact_of(plan, id)) return put(std::string(plan.string(fact->name)));
  if (n.op == Op::field || n.op == Op::today || n.op == Op::manager) return put(print_node(plan, id));
  switch (info(n.op).operands) {
    case Operands::leaf: return;
    case Operands::one: return collect(plan, n.a, out);
    case Operands::two: collect(plan, n.a, out); return collect(plan, n.b, out);
    case Operands::many:
      for (std::uint32_t i = 0; i < n.b; ++i) collect(plan, plan.operands[n.a + i], out);
      return;
    case Operands::loop: return put(print_node(plan, id));
  }
}

std::string timing_text(const Plan& plan, const Phase& phase, const Timing& timing) {
  const auto string = [&](std::uint32_t id) { return std::string(plan.string(id)); };
  std::string out = "  " + (plan.string(phase.name).empty() ? "every order" : string(phase.name)) + ' ' +
                    std::string(name(timing.kind));
  if (timing.value != none) out += ' ' + print_node(plan, timing.value);
  if (timing.after != none) out += ' ' + string(plan.phases[timing.after].name);
  if (has_milestone(timing.kind)) out += ' ' + std::string(name(timing.milestone));
  if (timing.kind == TimingKind::dates) out += ' ' + std::string(name(timing.dates));
  if (timing.prorated != 0) out += " prorated by " + std::string(name(timing.proration));
  if (timing.kind == TimingKind::earns) out += ' ' + std::string(name(timing.recognition));
  for (std::uint32_t i = 0; i < timing.same.count; ++i)
    out += " same " + print_node(plan, plan.split_keys[plan.same_keys[timing.same.first + i]]);
  if (timing.when != none) out += " when " + print_node(plan, timing.when);
  if (timing.otherwise != 0) out += " otherwise";
  if (timing.calendar != none) out += " in " + string(plan.calendars[timing.calendar].name);
  if (timing.kind == TimingKind::business_days) out += ' ' + std::string(name(timing.convention));
  return out + '\n';
}

}  // namespace

const Fact* fact_of(const Plan& plan, std::uint32_t node) {
  const auto it = std::lower_bound(plan.facts.begin(), plan.facts.end(), node,
                                   [](const Fact& fact, std::uint32_t id) { return fact.node < id; });
  return it == plan.facts.end() || it->node != node ? nullptr : &*it;
}

Location location(const Plan& plan, Position position) {
  const std::uint32_t line = std::max<std::uint32_t>(position.line, 1);
  auto after = plan.files.end();  // most policies have one file
  if (plan.files.size() > 1)
    after = std::partition_point(plan.files.begin(), after, [&](const File& f) { return f.lines_before < line; });
  const File& file = *std::prev(after);
  return {plan.string(file.path), position.line - file.lines_before, position.column};
}

std::string row_pointer(const Plan& plan, std::uint32_t table, std::uint32_t row) {
  std::string pointer = "/";
  for (const char c : plan.string(plan.tables[table].path)) pointer += c == '.' ? '/' : c;
  return pointer + "/" + std::to_string(row);
}

std::string column_path(const Plan& plan, std::uint32_t column) {
  const Column& c = plan.columns[column];
  std::string path(plan.string(plan.header.input));
  for (const std::uint32_t part : {plan.tables[c.table].path, c.path}) {
    if (!plan.string(part).empty()) path += "." + std::string(plan.string(part));
  }
  return path;
}

namespace {

std::string printed(const Plan& plan, std::uint32_t node, bool use_fact) {
  std::string out;
  Printer(plan, out).print(node, Printer::loosest, use_fact);
  if (out.size() > max_printed) {
    out.resize(max_printed);
    while (!out.empty() && (static_cast<unsigned char>(out.back()) & 0xc0) == 0x80) out.pop_back();
    if (!out.empty() && static_cast<unsigned char>(out.back()) >= 0xc0) out.pop_back();
    out += "…";
  }
  return out;
}

}  // namespace

std::string print_node(const Plan& plan, std::uint32_t node) { return printed(plan, node, true); }

std::string print_constant(const Plan& plan, std::uint32_t constant) {
  const Constant& c = plan.constants[constant];
  const std::string written = value_text(constant_value(plan, c), c.type);
  if (c.type == Type::boolean) return written == "yes" ? "true" : "false";
  return is_text(c.type) ? "\"" + written + "\"" : written;
}

std::string print_value(const Plan& plan, std::uint32_t node) { return printed(plan, node, false); }

std::vector<Named> reads_of(const Plan& plan, std::uint32_t node) {
  std::vector<Named> out;
  collect(plan, node, out);
  return out;
}

std::string print_plan(const Plan& plan) {
  std::string out = "policy " + std::string(plan.string(plan.header.name)) + "\n";
  const auto path = [&](auto&& self, std::uint32_t id) -> std::string {
    const PathNode p = plan.path(id);
    if (p.kind == PathKind::step) return std::string(plan.string(plan.steps[p.a].key));
    if (p.kind == PathKind::conditional) return self(self, p.b) + " when " + print_node(plan, p.a);
    std::string text = "(";
    for (std::uint32_t i = 0; i < p.b; ++i) {
      if (i > 0) text += p.kind == PathKind::series ? " then " : " and ";
      text += self(self, plan.path_children[p.a + i]);
    }
    return text + ")";
  };
  for (std::size_t i = 0; i < plan.columns.size(); ++i) {
    const Column& c = plan.columns[i];
    out += "column " + std::to_string(i) + " " + column_path(plan, static_cast<std::uint32_t>(i)) + " from " +
           std::string(plan.string(c.key)) + (c.optional != 0 ? " optional\n" : "\n");
  }
  for (const Fact& fact : plan.facts) {
    out += "fact " + std::string(plan.string(fact.name)) + " = " + print_value(plan, fact.node) + "\n";
  }
  for (std::size_t i = 0; i < plan.nodes.size(); ++i) {
    const Node& n = plan.nodes[i];
    out += "node " + std::to_string(i) + " " + std::string(info(n.op).name);
    switch (info(n.op).operands) {
      case Operands::leaf:
        if (n.op != Op::today)
          out += " " + std::to_string(n.a) + (n.op == Op::field ? " frame " + std::to_string(n.b) : "");
        break;
      case Operands::one: out += " " + std::to_string(n.a); break;
      case Operands::two: out += " " + std::to_string(n.a) + " " + std::to_string(n.b); break;
      case Operands::many: case Operands::loop: {
        const std::uint32_t count = info(n.op).operands == Operands::loop ? 4 : n.b;
        for (std::uint32_t k = 0; k < count; ++k) {
          const std::uint32_t operand = plan.operands[n.a + k];
          out += " " + (operand == none ? std::string("-") : std::to_string(operand));
        }
        if (info(n.op).operands == Operands::loop) out += " frame " + std::to_string(n.b);
      }
    }
    out += "  # " + print_node(plan, static_cast<std::uint32_t>(i)) + "\n";
  }
  for (const Step& step : plan.steps)
    out += "step " + std::string(plan.string(step.key)) + "\n";
  for (const Rule& rule : plan.rules) {
    out += (plan.scope(rule).ladder != 0 ? "ladder " : "rule ") + std::string(plan.string(rule.name)) + " when " +
           print_node(plan, rule.condition) + "\n";
    for (std::uint32_t k = 0; k < rule.consequences.count; ++k) {
      const Consequence& c = plan.consequences[rule.consequences.first + k];
      out += "  ";
      if (const Band band = plan.band(c); band.condition != none)
        out += "when " + print_node(plan, band.condition) + " ";
      switch (c.kind) {
        case ConsequenceKind::nothing: out += "no approval"; break;
        case ConsequenceKind::requires_path: out += "requires " + path(path, c.target); break;
        case ConsequenceKind::denies: out += "denies \"" + std::string(plan.string(c.target)) + "\""; break;
        case ConsequenceKind::warns: out += "warns \"" + std::string(plan.string(c.target)) + "\""; break;
      }
      out += "\n";
    }
  }
  for (const Orders& orders : plan.orders) {
    const auto node = [&](std::uint32_t id) { return print_node(plan, id); };
    out += "orders " + std::string(plan.string(orders.name)) + " of " +
           std::string(plan.string(plan.tables[orders.table].path));
    if (orders.where != none) out += " where " + node(orders.where);
    out += "\n ";
    for (std::size_t role = 0; role < line_role_count; ++role)
      if (orders.roles[role] != none) out += " " + std::string(line_role_names[role]) + " " + node(orders.roles[role]);
    out += orders.bundles_together != 0 ? "\n" : " release bundles\n";
    if (orders.contracting != Contracting{}) out += "  contract " + std::string(name(orders.contracting)) + "\n";
    if (orders.allocation != Allocation{}) out += "  " + std::string(name(orders.allocation)) + "\n";
    for (const LineChoice& choice : plan.line_choices)
      out +=
          "  " + std::string(name(choice.kind)) + (choice.where == none ? "" : " where " + node(choice.where)) + "\n";
    for (const Phase& phase : plan.phases) {
      if (plan.string(phase.name).empty()) continue;  // that of all lines
      out += "  phase " + std::string(plan.string(phase.name)) + " " +
             (phase.where == none ? "other lines" : node(phase.where)) + "\n";
    }
    for (const std::uint32_t key : plan.split_keys) out += "  split by " + node(key) + "\n";
    for (const Phase& phase : plan.phases) {
      for (std::uint32_t i = 0; i < phase.timings.count; ++i)
        out += timing_text(plan, phase, plan.timings[phase.timings.first + i]);
    }
  }
  return out;
}

}  // namespace assent::plan
