// When orders start and end: what each phase says of it. Entry: Checker::check_timings.
//
// What is said of `every order` is what each phase says that does not speak of the same thing itself.
#include <algorithm>

#include <fmt/format.h>

#include "compiler/sema/checker.h"

namespace assent::compiler {

namespace {

using Kind = plan::TimingKind;

// Whether one order may say it twice: lead times and what is waited for add up to the latest of them.
bool may_be_repeated(Kind kind) { return kind == Kind::takes || kind == Kind::starts_after; }

}  // namespace

void Checker::check_timings(const ast::OrdersDecl& decl, checked::Orders& orders, Context& context) {
  std::vector<checked::Timing> of_every;
  for (const ast::OrderClause& clause : decl.clauses) {
    const auto* tree = std::get_if<ast::Timing>(&clause.node);
    if (tree == nullptr) continue;
    auto made = check_timing(*tree, clause.span, decl, orders, context);
    if (!made) continue;
    std::vector<checked::Timing>& those = made->phase || orders.phases.empty() ? orders.timings : of_every;
    const auto known = std::find_if(those.begin(), those.end(), [&](const checked::Timing& each) {
      return each.kind == made->kind && each.phase == made->phase;
    });
    if (known != those.end() && !may_be_repeated(made->kind)) {
      sink_.report(Code::doubled_clause, clause.span, "this clause stands here already")
          .label(known->span, "the other one");
    }
    those.push_back(std::move(*made));
  }
  const std::vector<checked::Timing> own = orders.timings;
  for (std::uint32_t phase = 0; phase < orders.phases.size(); ++phase) {
    for (checked::Timing each : of_every) {
      const bool said = std::any_of(own.begin(), own.end(), [&](const checked::Timing& other) {
        return other.kind == each.kind && other.phase == phase;
      });
      each.phase = phase;
      if (!said) orders.timings.push_back(std::move(each));
    }
  }
  for (const checked::Timing& each : orders.timings) {
    const bool alone = std::none_of(orders.timings.begin(), orders.timings.end(), [&](const checked::Timing& other) {
      return other.when && other.phase == each.phase;
    });
    if (each.otherwise && alone) {
      sink_.report(Code::bad_timing, each.span, "there is no `when` that this could be otherwise to")
          .help("leave `otherwise` out");
    }
  }
  order_phases(orders);
}

std::optional<checked::Timing> Checker::check_timing(const ast::Timing& tree, Span at, const ast::OrdersDecl& decl,
                                                     const checked::Orders& orders, Context& context) {
  checked::Timing made{};
  made.kind = static_cast<Kind>(tree.kind);  // the same, in the same order
  if (made.kind == Kind::earns) made.milestone = plan::Milestone::delivered;
  if (!tree.milestone.empty()) made.milestone = named<plan::Milestone>(plan::milestone_names, tree.milestone);
  if (!tree.convention.empty()) made.convention = named<Convention>(convention_names, tree.convention);
  if (!tree.dates.empty()) made.dates = named<DatePolicy>(date_policy_names, tree.dates);
  if (!tree.proration.empty()) made.proration = named<Proration>(proration_names, tree.proration);
  if (!tree.recognition.empty()) made.recognition = named<Recognition>(recognition_names, tree.recognition);
  made.otherwise = tree.otherwise;
  made.span = at;
  check_proration(made);
  bool known = true;
  const auto phase = [&](const std::optional<ast::Word>& name, std::optional<std::uint32_t>& out) {
    if (!name) return;
    out = phase_named(*name, orders);
    known = known && out.has_value();
  };
  phase(tree.phase, made.phase);
  phase(tree.after, made.after);
  if (tree.after && !tree.phase && !orders.phases.empty()) {
    sink_.report(Code::bad_timing, at, fmt::format("orders of `{}` would wait for themselves", tree.after->text))
        .help("say which phase waits");
    known = false;
  }
  if (tree.value) {
    const bool date = made.kind != Kind::takes && made.kind != Kind::starts_after;
    made.value = date ? expr(*tree.value, context) : required(*tree.value, context);
    const Type& type = type_of(*made.value);
    const bool fits = !type.list && (type.base == Base::unknown || (date ? type.base == Base::date
                                                                         : type.base == Base::days ||
                                                                               type.base == Base::business_days));
    if (!fits) {
      mismatch(tree.value->span, fmt::format("this is {}, not {}", name_of(type),
                                             date ? "a Date" : "a number of days or business days"),
               date ? "" : "write `10 days` or `2 business days`");
    }
    if (type.base == Base::business_days) made.calendar = static_cast<std::int32_t>(type.index) - 1;
  }
  if (tree.when) made.when = condition(*tree.when, context);
  if (tree.calendar) {
    const Symbol* symbol = find(context.module, Space::calendar, *tree.calendar);
    if (symbol != nullptr) refer(*tree.calendar, *symbol);
    if (symbol != nullptr) made.calendar = static_cast<std::int32_t>(symbol->index);
  }
  check_same(tree, decl, made);
  if (!known) return std::nullopt;
  return made;
}

std::optional<std::uint32_t> Checker::phase_named(const ast::Word& name, const checked::Orders& orders) {
  std::vector<std::string_view> names;
  for (std::uint32_t i = 0; i < orders.phases.size(); ++i) {
    if (orders.phases[i].name == name.text) {
      refer(name.span, name.text, Reference::Kind::phase, orders.phases[i].span);
      return i;
    }
    names.push_back(orders.phases[i].name);
  }
  auto& report = sink_.report(Code::unknown_phase, name.span, fmt::format("there is no phase `{}`", name.text));
  if (const auto close = meant(name.text, names)) report.help(fmt::format("did you mean `{}`?", *close));
  else if (names.empty()) report.help("these orders have no phases: say it of `every order`");
  return std::nullopt;
}

// A shift keeps the length as the proration counts it, which none can where that depends on the months; a clamp that
// prorates nothing leaves the whole amount to what is left.
void Checker::check_proration(const checked::Timing& made) {
  if (made.kind != Kind::dates || !made.proration) return;
  if (made.dates == DatePolicy::inherit) {
    sink_.report(Code::bad_timing, made.span, "dates that stay as they are change no price")
        .help("leave `prorated by` out");
  } else if (made.dates == DatePolicy::shift && *made.proration == Proration::calendar_monthly_daily) {
    sink_.report(Code::bad_timing, made.span, "no shift keeps a length that is counted in calendar months")
        .help("15 days are half of a June and less than half of a July: write `prorated by month and day`");
  }
}

// Orders are compared by what they are split by: only that is one value for a whole order.
void Checker::check_same(const ast::Timing& tree, const ast::OrdersDecl& decl, checked::Timing& made) {
  std::vector<std::string> keys;
  for (const ast::OrderClause& clause : decl.clauses) {
    const auto* split = std::get_if<ast::SplitBy>(&clause.node);
    if (split == nullptr) continue;
    for (const ast::ExprPtr& key : split->keys) keys.push_back(presence_key(*key));
    break;
  }
  for (const ast::ExprPtr& value : tree.same) {
    const std::string wanted = presence_key(*value);
    const auto key = std::find(keys.begin(), keys.end(), wanted);
    if (wanted.empty() || key == keys.end()) {
      sink_.report(Code::bad_timing, value->span, fmt::format("orders are not split by `{}`", text(value->span)))
          .help("only what they are split by is the same for all lines of an order: add it to `split by`");
    } else {
      made.same.push_back(static_cast<std::uint32_t>(key - keys.begin()));
    }
  }
}

// Phases that wait for each other are reported, and have no order.
void Checker::order_phases(checked::Orders& orders) {
  enum class Visit : std::uint8_t { fresh, busy, done };
  std::vector<Visit> marks(orders.phases.size(), Visit::fresh);
  std::vector<std::vector<const checked::Timing*>> waits(orders.phases.size());
  for (const checked::Timing& each : orders.timings)
    if (each.phase && each.after) waits[*each.phase].push_back(&each);
  struct Top { std::uint32_t phase; std::size_t next; };
  std::vector<Top> stack;
  for (std::uint32_t root = 0; root < marks.size(); ++root) {
    if (marks[root] == Visit::fresh) stack.push_back({root, 0});
    while (!stack.empty()) {
      auto& [phase, next] = stack.back();
      marks[phase] = Visit::busy;
      if (next == waits[phase].size()) {
        marks[phase] = Visit::done;
        orders.phase_order.push_back(phase);
        stack.pop_back();
        continue;
      }
      const checked::Timing& wait = *waits[phase][next++];
      if (marks[*wait.after] == Visit::fresh) stack.push_back({*wait.after, 0});
      if (marks[*wait.after] != Visit::busy) continue;
      const std::string& first = orders.phases[*wait.after].name;
      std::string circle;
      for (auto top = stack.rbegin(); top->phase != *wait.after; ++top)
        circle = fmt::format("`{}`, which waits for ", orders.phases[top->phase].name) + circle;
      sink_.report(Code::circular_phases, wait.span,
                   fmt::format("`{}`, which waits for {}`{}`: none of them can start", first, circle, first));
      return;
    }
  }
}

}  // namespace assent::compiler
