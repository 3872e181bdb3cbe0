// Rules, ladders, `otherwise`; and check(), which runs the parts in order. Entry: check.
#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

namespace {

constexpr std::string_view states[] = {"draft", "pending", "approved", "rejected", "recalled", "expired"};

}  // namespace

Checked check(const std::vector<LoadedModule>& modules, const SourceMap& sources, Sink& sink, bool references) {
  return Checker(modules, sources, sink, references).run();
}

Checked Checker::run() {
  declare_all();
  check_records();
  check_facts_and_functions();
  check_approvers();
  check_steps();
  check_chains();
  check_rules();
  check_otherwise();
  check_orderings();
  check_orders();
  check_tests();
  const ast::Module& root = modules_[0].tree;
  const bool module = !root.policy && !root.name.parts.empty();
  if (!module && policy_.input_name.empty() && !may_be_lost("input")) {
    sink_
        .report(Code::input_missing, root.policy ? root.name.span : Span{root.file, 0, 0},
                "the policy does not say what a quote looks like")
        .help("write `use std.cpq` (or `use std.salesforce`), or declare `input quote: Quote`");
  }
  for (const ast::Word& part : root.name.parts) policy_.name += (policy_.name.empty() ? "" : ".") + part.text;
  if (root.title) policy_.title = root.title->text;
  const auto place = [](const Reference& each) {
    return std::tuple(each.at.file, each.at.begin, each.at.end, each.kind, each.declared.file, each.declared.begin);
  };
  std::sort(references_.begin(), references_.end(),
            [&](const Reference& a, const Reference& b) { return place(a) < place(b); });
  references_.erase(std::unique(references_.begin(), references_.end()), references_.end());
  return {std::move(policy_), std::move(tests_), std::move(references_)};
}

void Checker::check_rules() {
  for (std::size_t i = 0; i < pending_rules_.size(); ++i)
    check_rule(static_cast<checked::RuleId>(i), pending_rules_[i]);
}

void Checker::check_rule(checked::RuleId rule_id, const PendingRule& pending) {
  checked::Rule rule = std::move(policy_.rules[rule_id]);
  Owner owner{rule.name, {}};
  Context context;
  context.module = pending.module;
  const std::vector<ast::Clause>& clauses = pending.rule != nullptr ? pending.rule->clauses : pending.ladder->clauses;
  // What is looked at comes first, and what any `when` tests for presence is known in every other
  // clause: the order of clauses means nothing.
  ClauseSpans seen;
  for (const ast::Clause& clause : clauses) {
    if (std::holds_alternative<ast::ForEach>(clause.node)) check_clause(clause, rule, owner, context, seen);
  }
  for (const ast::Clause& clause : clauses) {
    if (const auto* when = std::get_if<ast::When>(&clause.node)) presences(*when->condition, true, context.present);
    if (const auto* unless = std::get_if<ast::Unless>(&clause.node))
      presences(*unless->condition, false, context.present);
  }
  for (const ast::Clause& clause : clauses) {
    if (std::holds_alternative<ast::ForEach>(clause.node)) continue;
    check_clause(clause, rule, owner, context, seen);
  }
  if (pending.ladder != nullptr) {
    rule.by = required(*pending.ladder->by, context);
    check_bands(rule, *pending.ladder, owner, context);
  } else {
    const bool conditional = std::any_of(clauses.begin(), clauses.end(), [](const ast::Clause& clause) {
      return std::holds_alternative<ast::When>(clause.node) || std::holds_alternative<ast::Unless>(clause.node) ||
             std::holds_alternative<ast::Always>(clause.node) || std::holds_alternative<ast::ForEach>(clause.node);
    });
    if (!conditional) {
      sink_.report(Code::rule_without_condition, rule.span, fmt::format("`{}` does not say when it applies", rule.name))
          .help("add `when …`, or `always`; a `when` after `requires` belongs to the path");
    }
    if (rule.consequences.empty()) {
      sink_.report(Code::rule_without_consequence, rule.span, fmt::format("`{}` has no consequence", rule.name))
          .help("add `requires`, `denies` or `warns`");
    }
  }
  policy_.rules[rule_id] = std::move(rule);
}

void Checker::check_clause(const ast::Clause& clause, checked::Rule& rule, Owner& owner, Context& context,
                           ClauseSpans& seen) {
  const auto once = [&](std::optional<Span>& slot) {
    if (slot)
      sink_.report(Code::doubled_clause, clause.span, "this clause stands here already").label(*slot, "the other one");
    slot = clause.span;
  };
  if (const auto* each = std::get_if<ast::ForEach>(&clause.node)) {
    once(seen.range);
    if (!rule.range) rule.range = range(*each->range, context);
  } else if (const auto* window = std::get_if<ast::Effective>(&clause.node)) {
    once(seen.effective);
    const auto day = [&](const std::optional<ast::Word>& word) -> std::optional<Date> {
      if (!word) return std::nullopt;
      const auto date = parse_date(word->text);
      if (!date) sink_.report(Code::bad_date, word->span, fmt::format("there is no day {}", word->text));
      return date;
    };
    rule.first_day = day(window->first);
    rule.last_day = day(window->last);
    if (!window->first && !window->last) {
      sink_.report(Code::empty_window, clause.span, "`effective` names no day")
          .help("write `effective 2026-01-01 to 2026-12-31`, or one end of it");
    } else if (rule.first_day && rule.last_day && *rule.last_day < *rule.first_day) {
      sink_.report(Code::empty_window, clause.span,
                   fmt::format("the last day, {}, is before the first, {}", assent::text(*rule.last_day),
                               assent::text(*rule.first_day)));
    }
    if (window->on) {
      Context outside;  // the window is looked at once, before any row and any condition
      outside.module = context.module;
      rule.effective_on = required(*window->on, outside);
      const Base base = type_of(*rule.effective_on).base;
      if (base != Base::date && base != Base::unknown)
        mismatch(window->on->span,
                 fmt::format("a date is needed here, this is {}", name_of(type_of(*rule.effective_on))));
    }
  } else if (const auto* in = std::get_if<ast::States>(&clause.node)) {
    once(seen.states);
    std::uint8_t named = 0;
    for (const ast::Word& name : in->names) {
      const auto* found = std::find(std::begin(states), std::end(states), name.text);
      if (found != std::end(states)) {
        named = static_cast<std::uint8_t>(named | 1u << (found - std::begin(states)));
        continue;
      }
      Report& report = sink_.report(Code::unknown_state, name.span, fmt::format("there is no state `{}`", name.text));
      if (const auto near = meant(name.text, states)) report.help(fmt::format("did you mean `{}`?", *near));
      else report.help("the states are draft, pending, approved, rejected, recalled and expired");
    }
    rule.states = in->except ? static_cast<std::uint8_t>(plan::all_states & ~named) : named;
  } else if (const auto* when = std::get_if<ast::When>(&clause.node)) {
    rule.when.push_back(condition(*when->condition, context));
  } else if (const auto* unless = std::get_if<ast::Unless>(&clause.node)) {
    rule.unless.push_back(condition(*unless->condition, context));
  } else if (const auto* demands = std::get_if<ast::Requires>(&clause.node)) {
    checked::Consequence consequence{};
    consequence.kind = plan::ConsequenceKind::requires_path;
    consequence.path = path(demands->path, owner, context);
    consequence.span = clause.span;
    rule.consequences.push_back(std::move(consequence));
  } else if (const auto* denies = std::get_if<ast::Denies>(&clause.node)) {
    checked::Consequence consequence{};
    consequence.kind = plan::ConsequenceKind::denies;
    consequence.message = denies->message.text;
    consequence.span = clause.span;
    rule.consequences.push_back(std::move(consequence));
  } else if (const auto* warns = std::get_if<ast::Warns>(&clause.node)) {
    checked::Consequence consequence{};
    consequence.kind = plan::ConsequenceKind::warns;
    consequence.message = warns->message.text;
    consequence.span = clause.span;
    rule.consequences.push_back(std::move(consequence));
  } else if (const auto* again = std::get_if<ast::Reapprove>(&clause.node)) {
    context.reapproval = true;
    const auto kind = static_cast<plan::ReapprovalKind>(again->kind);
    if (again->kind == ast::Reapprove::Kind::always) rule.reapprovals.push_back({kind, {}, clause.span});
    for (const ast::ExprPtr& value : again->values) {
      const ExprId e = again->kind == ast::Reapprove::Kind::when ? condition(*value, context) : expr(*value, context);
      if (type_of(e).list || type_of(e).base == Base::record) {
        mismatch(value->span, fmt::format("one value is watched for change, this is {}", name_of(type_of(e))),
                 "watch an aggregate of it");
      }
      rule.reapprovals.push_back({kind, e, clause.span});
    }
    context.reapproval = false;
  }
}

void Checker::check_bands(checked::Rule& rule, const ast::LadderDecl& ladder, Owner& owner, Context& context) {
  if (!rule.consequences.empty()) {
    sink_.report(Code::misplaced_clause, rule.consequences[0].span, "in a ladder the bands say what follows")
        .help("put it into a band, or into a rule of its own");
  }
  const Base base = type_of(*rule.by).base;
  const bool ordered = base != Base::boolean && base != Base::text && base != Base::currency && base != Base::person &&
                       base != Base::choice;
  if (!ordered) {
    mismatch(ladder.by->span,
             fmt::format("a ladder climbs by something that has an order, this is {}", name_of(type_of(*rule.by))));
    return;
  }
  rule.consequences.clear();
  for (std::size_t i = 0; i < ladder.bands.size(); ++i) {
    const ast::Band& band = ladder.bands[i];
    checked::Consequence consequence{};
    consequence.kind = plan::ConsequenceKind::nothing;
    consequence.span = band.span;
    consequence.label = std::string(text(band.bound_span));
    if (const auto* denies = std::get_if<ast::Denies>(&band.outcome)) {
      consequence.kind = plan::ConsequenceKind::denies;
      consequence.message = denies->message.text;
    } else if (const auto* demanded = std::get_if<ast::Path>(&band.outcome)) {
      consequence.kind = plan::ConsequenceKind::requires_path;
      consequence.path = path(*demanded, owner, context);
    }
    check_bound(rule, band, consequence, i == 0 ? nullptr : &rule.consequences.back(), context);
    if (band.bound == ast::Band::Bound::above && i + 1 < ladder.bands.size()) {
      sink_.report(Code::ladder_order, band.bound_span, "`above` is the last band: what follows can never be reached")
          .label(ladder.bands[i + 1].bound_span, "this one");
      break;
    }
    rule.consequences.push_back(std::move(consequence));
  }
  if (ladder.bands.empty() || ladder.bands.back().bound != ast::Band::Bound::above) {
    Report& report = sink_.report(Code::ladder_gap, ladder.bands.empty() ? rule.span : ladder.bands.back().bound_span,
                                  fmt::format("`{}` has no band for what is above", rule.name));
    report.help("end it with `above : …`, even if that is `no approval`");
  }
}

void Checker::check_bound(checked::Rule& rule, const ast::Band& band, checked::Consequence& consequence,
                          const checked::Consequence* before, Context& context) {
  if (before != nullptr && before->limit) {
    consequence.above = before->limit;
    consequence.above_closed = before->limit_open;
  }
  if (!band.limit) return;
  const ExprId limit = required(*band.limit, context);
  consequence.limit = limit;
  consequence.limit_open = band.bound == ast::Band::Bound::below;
  if (!comparable(*rule.by, limit, true, band.limit->span)) return;
  // A fact made of a literal counts as one.
  const auto value = [&](ExprId e) -> std::optional<checked::Literal> {
    bool minus = false;
    while (policy_.exprs[e].op == Op::fact || policy_.exprs[e].op == Op::negate) {
      if (policy_.exprs[e].op == Op::negate) minus = !minus;
      e = policy_.exprs[e].op == Op::negate ? policy_.exprs[e].children[0]
                                            : policy_.facts[static_cast<checked::FactId>(policy_.exprs[e].ref)].value;
    }
    if (policy_.exprs[e].op != Op::literal) return std::nullopt;
    checked::Literal literal = policy_.literals[policy_.exprs[e].ref];
    if (minus) literal.number = negate(literal.number);
    return literal;
  };
  const auto here = value(limit);
  if (!here) {
    if (type_of(limit).base != Base::unknown)
      sink_.report(Code::bound_not_constant, band.limit->span, "the bound of a band is a constant")
          .help("write a literal, or a fact made of one");
    return;
  }
  if (before == nullptr || !before->limit) return;
  const auto last = value(*before->limit);
  if (!last) return;
  const int order = last->text != here->text ? 1 : compare(last->number, here->number);
  const bool touches = order == 0 && before->limit_open && !consequence.limit_open;  // below 5, up to 5: just 5
  if (last->text != here->text) {
    sink_.report(Code::ladder_order, band.limit->span, "the bounds of a ladder are in one currency")
        .label(span_of(*before->limit), "the one before");
  } else if (order > 0 || (order == 0 && !touches)) {
    sink_
        .report(Code::ladder_order, band.limit->span,
                order > 0 ? "this bound is below the one before it"
                          : "this band has no room: the one before it ends here too")
        .label(span_of(*before->limit), "the one before");
  }
}

void Checker::check_otherwise() {
  std::optional<Span> seen;
  each_item<ast::OtherwiseDecl>([&](std::size_t module, const ast::Item&, const ast::OtherwiseDecl& decl) {
    if (seen) {
      sink_.report(Code::doubled_clause, decl.span, "`otherwise` is said twice").label(*seen, "the other place");
      return;
    }
    seen = decl.span;
    policy_.otherwise_span = decl.span;
    if (const auto* denies = std::get_if<ast::Denies>(&decl.outcome)) {
      policy_.otherwise = plan::Otherwise::denies;
      policy_.otherwise_text = denies->message.text;
    } else if (const auto* demanded = std::get_if<ast::Path>(&decl.outcome)) {
      policy_.otherwise = plan::Otherwise::requires_path;
      Owner owner{"otherwise", {}};
      Context context;
      context.module = module;
      policy_.otherwise_path = path(*demanded, owner, context);
    } else {
      policy_.otherwise = plan::Otherwise::approve;
      if (decl.reason) policy_.otherwise_text = decl.reason->text;
    }
  });
  const ast::Module& root = modules_[0].tree;
  if (!seen && root.policy && !may_be_lost("otherwise")) {
    sink_
        .report(Code::no_otherwise, root.name.span,
                "the policy does not say what happens when no rule applies: such quotes will be blocked")
        .help("add `otherwise approve`, `otherwise requires …` or `otherwise denies …`");
  }
}

}  // namespace assent::compiler
