#include "compiler/ast/print.h"

#include <fmt/format.h>

namespace assent::compiler {

namespace {

using namespace ast;

std::string quoted(const std::string& text) { return fmt::format("\"{}\"", text); }

std::string_view relation_name(Relation relation) {
  switch (relation) {
    case Relation::equal: return "=";
    case Relation::not_equal: return "!=";
    case Relation::less: return "<";
    case Relation::less_equal: return "<=";
    case Relation::greater: return ">";
    case Relation::greater_equal: return ">=";
    case Relation::one_of: return "one-of";
    case Relation::not_one_of: return "not-one-of";
    case Relation::between: return "between";
    case Relation::not_between: return "not-between";
    case Relation::starts_with: return "starts-with";
    case Relation::ends_with: return "ends-with";
    case Relation::contains: return "contains";
    case Relation::not_starts_with: return "not-starts-with";
    case Relation::not_ends_with: return "not-ends-with";
    case Relation::not_contains: return "not-contains";
    case Relation::present: return "present";
    case Relation::absent: return "absent";
  }
  return {};
}

std::string expr(const Expr& e);

std::string each(const std::vector<ExprPtr>& list) {
  std::string text;
  for (const ExprPtr& e : list) text += " " + expr(*e);
  return text;
}

std::string range(const Range& r) {
  return fmt::format("{} {}{}", r.variable.text, expr(*r.list), r.where ? " where " + expr(*r.where) : "");
}

struct PrintExpr {
  std::string operator()(const Literal& e) const {
    const std::string text = e.kind == Literal::Kind::text ? quoted(e.text) : e.text;
    if (e.kind == Literal::Kind::percent) return text + "%";
    std::string unit = e.unit.empty() ? "" : " " + e.unit;
    if (e.calendar) unit += " in " + dotted(*e.calendar);
    return unit.empty() ? text : fmt::format("({}{})", text, unit);
  }
  std::string operator()(const Name& e) const { return e.text; }
  std::string operator()(const Field& e) const { return fmt::format("(. {} {})", expr(*e.base), e.name.text); }
  std::string operator()(const Arithmetic& e) const {
    std::string text = "(" + expr(*e.operands[0]);
    for (std::size_t i = 1; i < e.operands.size(); ++i)
      text += fmt::format(" {} {}", e.operators[i - 1], expr(*e.operands[i]));
    return text + ")";
  }
  std::string operator()(const Negate& e) const { return fmt::format("(- {})", expr(*e.operand)); }
  std::string operator()(const Fallback& e) const { return fmt::format("(else{})", each(e.operands)); }
  std::string operator()(const Logical& e) const {
    return fmt::format("({}{})", e.logic == Logic::conjunction ? "and" : "or", each(e.operands));
  }
  std::string operator()(const Not& e) const { return fmt::format("(not {})", expr(*e.operand)); }
  std::string operator()(const Comparison& e) const {
    return fmt::format("({} {}{}{})", relation_name(e.relation), expr(*e.left), each(e.right),
                       e.ignoring_case ? " ignoring-case" : "");
  }
  std::string operator()(const Call& e) const { return fmt::format("({}{})", dotted(e.function), each(e.arguments)); }
  std::string operator()(const Aggregate& e) const {
    return fmt::format("({}{} for {})", e.function.text, e.body ? " " + expr(*e.body) : "", range(*e.range));
  }
  std::string operator()(const Quantifier& e) const {
    const char* name = e.quantity == Quantity::any ? "any" : e.quantity == Quantity::every ? "every" : "no";
    return fmt::format("({} {} has {})", name, range(*e.range), expr(*e.body));
  }
};

std::string expr(const Expr& e) { return std::visit(PrintExpr{}, e.node); }

std::string path(const Path& p) {
  std::string text = "(then";
  for (const Stage& stage : p.stages) {
    std::string branches;
    for (const Branch& branch : stage.branches) {
      branches += ' ';
      if (const auto* inner = std::get_if<std::unique_ptr<Path>>(&branch.node)) branches += path(**inner);
      else if (const auto* person = std::get_if<NamedPerson>(&branch.node))
        branches += fmt::format("(person {})", quoted(person->id.text));
      else if (const auto* role = std::get_if<NamedRole>(&branch.node))
        branches += fmt::format("(role {})", quoted(role->role.text));
      else branches += dotted(std::get<Qualified>(branch.node));
    }
    if (stage.branches.size() > 1) branches = fmt::format(" (and{})", branches);
    text += stage.when ? fmt::format(" (when {}{})", expr(*stage.when), branches) : branches;
  }
  return text + ")";
}

std::string type(const TypeName& t) {
  std::string text = t.list ? "list of " : "";
  if (t.choices.empty()) text += dotted(t.name);
  else
    for (const Word& choice : t.choices) text += (&choice == t.choices.data() ? "one of " : ", ") + quoted(choice.text);
  return text + (t.optional ? "?" : "");
}

std::string field(const FieldDecl& f) {
  std::string text = fmt::format("  (field {} {}", f.name.text, type(f.type));
  for (const Word& from : f.from) text += " from " + quoted(from.text);
  if (f.fallback) text += " else " + expr(*f.fallback);
  if (f.empty_list) text += " else empty";
  return text + ")\n";
}

std::string member(const Member& m) {
  std::string text;
  if (const auto* people = std::get_if<People>(&m.node))
    for (const Word& id : people->ids) text += fmt::format(" (person {})", quoted(id.text));
  else if (const auto* role = std::get_if<NamedRole>(&m.node))
    text += fmt::format(" (role {})", quoted(role->role.text));
  else text += " " + dotted(std::get<PersonValue>(m.node).name);
  return m.worth.empty() ? text : fmt::format(" (worth {}{})", m.worth, text);
}

std::string clause(const Clause& c) {
  struct Print {
    std::string operator()(const ForEach& n) const { return "for-each " + range(*n.range); }
    std::string operator()(const Effective& n) const {
      return fmt::format("effective {} {}{}", n.first ? n.first->text : "-", n.last ? n.last->text : "-",
                         n.on ? " on " + expr(*n.on) : "");
    }
    std::string operator()(const States& n) const {
      std::string text = n.except ? "states-except" : "states";
      for (const Word& name : n.names) text += " " + name.text;
      return text;
    }
    std::string operator()(const When& n) const { return "when " + expr(*n.condition); }
    std::string operator()(const Unless& n) const { return "unless " + expr(*n.condition); }
    std::string operator()(const Always&) const { return "always"; }
    std::string operator()(const Requires& n) const { return "requires " + path(n.path); }
    std::string operator()(const Denies& n) const { return "denies " + quoted(n.message.text); }
    std::string operator()(const Warns& n) const { return "warns " + quoted(n.message.text); }
    std::string operator()(const Reapprove& n) const {
      return (n.kind == Reapprove::Kind::always ? "reapprove-always"
              : n.kind == Reapprove::Kind::when ? "reapprove-when"
                                                : "reapprove-on-change") +
             each(n.values);
    }
  };
  return fmt::format("  ({})\n", std::visit(Print{}, c.node));
}

std::string outcome(const std::variant<NoApproval, Denies, Path>& o) {
  if (const auto* denies = std::get_if<Denies>(&o)) return "(denies " + quoted(denies->message.text) + ")";
  if (const auto* demanded = std::get_if<Path>(&o)) return path(*demanded);
  return "(no-approval)";
}

std::string duration(const Literal& l) { return PrintExpr{}(l); }

std::string setting(const Setting& s) {
  constexpr std::string_view names[] = {"remind",      "escalate",        "expire",         "silence",   "explicit",
                                        "reject-ends", "reject-collects", "reject-returns", "may-decide"};
  std::string text = fmt::format("  ({}", names[static_cast<std::size_t>(s.kind)]);
  if (!s.target.parts.empty()) text += " " + dotted(s.target);
  if (s.after) text += " after " + duration(*s.after);
  if (s.every) text += " every " + duration(*s.every);
  if (s.word) text += " " + s.word->text;
  return text + (s.replacing ? " replacing)\n" : ")\n");
}

struct PrintOrderClause {
  std::string operator()(const ForEach& n) const { return fmt::format("(for-each {})", range(*n.range)); }
  std::string operator()(const LineRole& n) const {
    constexpr std::string_view roles[] = {"named", "quantity", "amount",    "part-of", "item",        "unit",
                                          "level", "held-by",  "term-from", "term-to", "term-lasting"};
    return fmt::format("({} {})", roles[static_cast<std::size_t>(n.kind)], expr(*n.value));
  }
  std::string operator()(const Phase& n) const {
    return fmt::format("(phase {}{} {})", n.name.text, n.title ? " " + quoted(n.title->text) : "",
                       n.where ? "where " + expr(*n.where) : "other");
  }
  std::string operator()(const SplitBy& n) const { return fmt::format("(split-by{})", each(n.keys)); }
  std::string operator()(const Timing& n) const {
    constexpr std::string_view kinds[] = {"starts on", "starts after", "takes", "is wanted on", "is due on",
                                          "keeps to business days", "dates", "earns", "is final once"};
    std::string text =
        fmt::format("({} ({})", n.phase ? n.phase->text : "every-order", kinds[static_cast<std::size_t>(n.kind)]);
    if (n.value) text += " " + expr(*n.value);
    if (n.after) text += " " + n.after->text;
    for (const std::string& word : {n.milestone, n.dates, n.proration, n.recognition})
      if (!word.empty()) text += " " + word;
    if (!n.same.empty()) text += fmt::format(" (same{})", each(n.same));
    if (n.when) text += " (when " + expr(*n.when) + ")";
    if (n.otherwise) text += " otherwise";
    if (n.calendar) text += " " + dotted(*n.calendar);
    if (!n.convention.empty()) text += " " + n.convention;
    return text + ")";
  }
  std::string operator()(const LineChoice& n) const {
    constexpr std::string_view kinds[] = {"assets-per-unit", "assets-per-line", "no-assets", "contract-separately",
                                          "no-contract"};
    return fmt::format("({}{})", kinds[static_cast<std::size_t>(n.kind)], n.where ? " where " + expr(*n.where) : "");
  }
  std::string operator()(const Contracts& n) const {
    return n.as_one ? "(contract as-one)" : "(contract by-subscription-end-date)";
  }
  std::string operator()(const Remainder& n) const { return n.to_first ? "(remainder first)" : "(remainder last)"; }
  std::string operator()(const Bundles& n) const { return n.together ? "(bundles together)" : "(bundles released)"; }
};

struct PrintItem {
  std::string operator()(const Use& n) const {
    return fmt::format("(use {}{})\n", dotted(n.module), n.alias ? " as " + n.alias->text : "");
  }
  std::string operator()(const RecordDecl& n) const {
    std::string text = fmt::format("(record {}{}", n.name.text, n.money_in ? " money-in " + n.money_in->text : "");
    for (const Word& from : n.from) text += " from " + quoted(from.text);
    text += ")\n";
    for (const FieldDecl& f : n.fields) text += field(f);
    return text;
  }
  std::string operator()(const ExtendDecl& n) const {
    std::string text = fmt::format("(extend {})\n", dotted(n.record));
    for (const FieldDecl& f : n.fields) text += field(f);
    return text;
  }
  std::string operator()(const TypeDecl& n) const {
    std::string text = "(type " + n.name.text;
    for (const Word& choice : n.choices) text += " " + quoted(choice.text);
    return text + ")\n";
  }
  std::string operator()(const InputDecl& n) const {
    return fmt::format("(input {} {})\n", n.name.text, dotted(n.type));
  }
  std::string operator()(const FunctionDecl& n) const {
    std::string text = "(function " + n.name.text;
    for (const Parameter& p : n.parameters) text += fmt::format(" ({} {})", p.name.text, type(p.type));
    return fmt::format("{}{} {})\n", text, n.result ? " : " + type(*n.result) : "", expr(*n.body));
  }
  std::string operator()(const CalendarDecl& n) const {
    std::string text = fmt::format("(calendar {} {} {}", n.name.text, n.first_day.text, n.last_day.text);
    for (const Word& day : n.holidays) text += " " + day.text;
    return text + ")\n";
  }
  std::string operator()(const ApproverDecl& n) const {
    std::string text = "(approver " + n.name.text;
    for (const ApproverTerm& term : n.terms) {
      if (const auto* person = std::get_if<NamedPerson>(&term.node))
        text += fmt::format(" (person {})", quoted(person->id.text));
      else if (const auto* role = std::get_if<NamedRole>(&term.node))
        text += fmt::format(" (role {})", quoted(role->role.text));
      else if (const auto* climb = std::get_if<Climb>(&term.node))
        text +=
            fmt::format(" (climb {} {} {})", expr(*climb->above), quoted(climb->authority.text), expr(*climb->covers));
      else text += " " + dotted(std::get<PersonValue>(term.node).name);
    }
    return text + ")\n";
  }
  std::string operator()(const GroupDecl& n) const {
    constexpr std::string_view kinds[] = {"any", "all", "majority", "number", "percent", "points"};
    std::string text = fmt::format("(group {} ({}{}{})", n.name.text, kinds[static_cast<std::size_t>(n.quorum.kind)],
                                   n.quorum.amount.empty() ? "" : " ", n.quorum.amount);
    for (const Member& m : n.members) text += member(m);
    if (!n.vetoes.empty()) {
      text += " (veto";
      for (const Member& m : n.vetoes) text += member(m);
      text += ")";
    }
    return text + ")\n";
  }
  std::string operator()(const ChainDecl& n) const { return fmt::format("(chain {} {})\n", n.name.text, path(n.path)); }
  std::string operator()(const FactDecl& n) const {
    return fmt::format("(fact {}{} {})\n", n.name.text, n.type ? " : " + type(*n.type) : "", expr(*n.value));
  }
  std::string operator()(const RuleDecl& n) const {
    std::string text = fmt::format("(rule {}{})\n", n.name.text, n.title ? " " + quoted(n.title->text) : "");
    for (const Clause& c : n.clauses) text += clause(c);
    return text;
  }
  std::string operator()(const LadderDecl& n) const {
    std::string text = fmt::format("(ladder {} by {})\n", n.name.text, expr(*n.by));
    for (const Clause& c : n.clauses) text += clause(c);
    constexpr std::string_view bounds[] = {"up-to", "below", "above"};
    for (const Band& b : n.bands)
      text += fmt::format("  ({}{} {})\n", bounds[static_cast<std::size_t>(b.bound)],
                          b.limit ? " " + expr(*b.limit) : "", outcome(b.outcome));
    return text;
  }
  std::string operator()(const StepDecl& n) const {
    std::string text = fmt::format("(step {})\n", dotted(n.target));
    for (const Setting& s : n.settings) text += setting(s);
    return text;
  }
  std::string operator()(const PathDecl& n) const {
    std::string text = "(path)\n";
    for (const auto& each : n.settings) {
      if (const auto* same = std::get_if<SameApprover>(&each)) {
        text += same->once ? "  (same-approver once)\n" : "  (same-approver each-time)\n";
        continue;
      }
      if (const auto* override_by = std::get_if<OverrideBy>(&each)) {
        text += fmt::format("  (override-by {})\n", dotted(override_by->who));
        continue;
      }
      const auto& ordering = std::get<Ordering>(each);
      text += "  (before (";
      for (const Qualified& q : ordering.first) text += (&q == ordering.first.data() ? "" : " ") + dotted(q);
      text += ") (";
      for (const Qualified& q : ordering.then) text += (&q == ordering.then.data() ? "" : " ") + dotted(q);
      text += "))\n";
    }
    return text;
  }
  std::string operator()(const OtherwiseDecl& n) const {
    if (std::holds_alternative<NoApproval>(n.outcome))
      return fmt::format("(otherwise approve{})\n", n.reason ? " " + quoted(n.reason->text) : "");
    return fmt::format("(otherwise {})\n", outcome(n.outcome));
  }
  std::string operator()(const OrdersDecl& n) const {
    std::string text = fmt::format("(orders {}{})\n", n.name.text, n.title ? " " + quoted(n.title->text) : "");
    for (const OrderClause& clause : n.clauses) text += "  " + std::visit(PrintOrderClause{}, clause.node) + "\n";
    return text;
  }
  std::string operator()(const TestDecl& n) const {
    std::string text = n.title.text.empty() ? "(testing)\n" : fmt::format("(test {})\n", quoted(n.title.text));
    if (n.given) text += fmt::format("  (given {} edits {})\n", quoted(n.given->file.text), n.given->edits.size());
    constexpr std::string_view kinds[] = {
        "approved", "denied", "blocked", "warning", "path", "rule-applies", "rule-does-not-apply", "value",
        "orders", "no-orders", "order-starts", "order-delivered", "order-pending", "order-amount"};
    for (const Expectation& e : n.expectations) {
      text += fmt::format("  (expect {}", kinds[static_cast<std::size_t>(e.kind)]);
      if (e.text) text += " " + quoted(e.text->text);
      if (e.path) text += " " + path(*e.path);
      for (const std::vector<Word>& lines : e.orders) {
        for (const Word& line : lines) text += (&line == lines.data() ? " (" : " ") + quoted(line.text);
        text += ")";
      }
      if (!e.rule.parts.empty()) text += " " + dotted(e.rule);
      if (!e.subject && e.value) text += " " + expr(*e.value);
      if (e.subject) text += " " + expr(*e.subject) + (e.value ? " " + expr(*e.value) : " absent");
      text += ")\n";
    }
    return text;
  }
  std::string operator()(const ReservedDecl& n) const { return fmt::format("({})\n", n.word.text); }
};

}  // namespace

std::string print(const ast::Module& module) {
  std::string text = fmt::format("({} {}{})\n", module.policy ? "policy" : "module", dotted(module.name),
                                 module.title ? " " + quoted(module.title->text) : "");
  for (const Item& item : module.items) text += std::visit(PrintItem{}, item.node);
  return text;
}

}  // namespace assent::compiler
