// Rules, approvers, paths and the rest of a plan. Entry: lower.
#include "compiler/lower/lower.h"

#include <algorithm>
#include <limits>
#include <numeric>

#include <fmt/format.h>

#include "compiler/lower/builder.h"
#include "runtime/plan/constants.h"

namespace assent::compiler {

namespace {

using checked::Policy;

class Lowering {
 public:
  Lowering(const Policy& policy, const SourceMap& sources, Sink& sink, std::vector<std::uint32_t>* node_of)
      : policy_(policy),
        sink_(sink),
        tables_(plan_, sources),
        quote_(plan_, tables_, policy, sink),
        nodes_(plan_, tables_, quote_, policy, sink, node_of) {}

  std::optional<plan::Plan> run(const std::vector<std::string>& keep) {
    const std::optional<OrderedSteps> order = order_steps(policy_, sink_);
    if (!order) return std::nullopt;
    calendars();
    approvers();
    steps(order->steps);
    for (const checked::Rule& each : policy_.rules.items) rule(each);
    orderings(*order);
    if (policy_.orders) orders(*policy_.orders);
    header();
    for (const std::string& name : keep) keep_fact(name);
    if (!plan_.steps.empty()) plan_.header.owner = quote_.owner();
    std::stable_sort(plan_.facts.begin(), plan_.facts.end(),
                     [](const plan::Fact& a, const plan::Fact& b) { return a.node < b.node; });
    quote_.make_shapes();
    sort_constants();
    const std::size_t largest =
        std::max({plan_.nodes.size(), plan_.operands.size(), plan_.bytes.size(), plan_.rules.size()});
    if (largest > std::numeric_limits<std::uint32_t>::max() / 2 || plan_.bands.size() >= plan::no_band) {
      sink_.report(Code::too_complex, {}, "the policy is too large to be compiled into one plan");
    }
    if (tables_.too_long()) {
      sink_.report(Code::too_complex, {},
                   fmt::format("the policy's files have more than {} lines together", plan::max_lines));
    }
    if (nodes_.too_large() || sink_.has_errors()) return std::nullopt;
    return std::move(plan_);
  }

 private:
  plan::Plan plan_;
  const Policy& policy_;
  Sink& sink_;
  Tables tables_;
  Quote quote_;
  Nodes nodes_;
  std::vector<std::uint32_t> approver_id_;              // of each checked approver, in the plan
  std::vector<std::uint32_t> step_id_;                  // of each checked step, in the plan
  std::map<checked::PathId, std::uint32_t> path_node_;  // paths that every rule shares: those without a row
  Shared<plan::Conduct> conducts_;
  Shared<plan::Scope> scopes_;

  template <typename T>
  static std::uint32_t size_of(const std::vector<T>& items) { return static_cast<std::uint32_t>(items.size()); }

  void calendars() {
    for (const checked::Calendar& calendar : policy_.calendars.items) {
      plan_.calendars.push_back(
          {tables_.string(calendar.name), calendar.weekend, {size_of(plan_.holidays), size_of(calendar.holidays)}});
      for (const Date day : calendar.holidays) plan_.holidays.push_back(day.days);
    }
  }

  // An approver's members come before it, so that nothing in the plan can be its own member.
  void approvers() {
    const std::size_t count = policy_.approvers.size();
    approver_id_.assign(count, plan::none);
    std::vector<std::size_t> open;
    for (std::size_t root = 0; root < count; ++root) {
      open.push_back(root);
      while (!open.empty()) {
        const std::size_t top = open.back();
        if (approver_id_[top] != plan::none) {
          open.pop_back();
          continue;
        }
        const checked::Approver& approver = policy_.approvers.items[top];
        bool waits = false;
        for (const auto* part : {&approver.members, &approver.vetoes}) {
          for (const checked::Member& member : *part) {
            const auto other = static_cast<std::size_t>(member.approver);
            if (member.kind != plan::MemberKind::approver || approver_id_[other] != plan::none) continue;
            open.push_back(other);
            waits = true;
          }
        }
        if (waits) continue;
        open.pop_back();
        approver_id_[top] = size_of(plan_.approvers);
        this->approver(approver);
      }
    }
    for (std::size_t i = 0; i < count; ++i)
      plan_.approvers[approver_id_[i]].conduct = conducts_.put(conduct(policy_.approvers.items[i]), plan_.conducts);
  }

  void approver(const checked::Approver& approver) {
    plan::Approver made{};
    made.name = tables_.string(approver.name);
    made.title = tables_.string(approver.title);
    made.position = tables_.position(approver.span);
    made.members = members(approver.members);
    plan_.approvers.push_back(made);
  }

  plan::Conduct conduct(const checked::Approver& approver) {
    plan::Conduct made{};
    made.group = approver.group;
    made.quorum = approver.quorum;
    made.amount = approver.amount;
    if (!approver.vetoes.empty()) made.vetoes = members(approver.vetoes);
    if (!approver.settings.empty()) made.settings = settings(approver);
    return made;
  }

  plan::Slice members(const std::vector<checked::Member>& list) {
    std::vector<plan::Member> made;  // nodes come first: lowering them must not break the run
    for (const checked::Member& member : list) {
      plan::Member each{};
      each.kind = member.kind;
      each.weight = member.weight & 0xff'ffff;
      switch (member.kind) {
        case plan::MemberKind::person: case plan::MemberKind::role: each.who = tables_.string(member.text); break;
        case plan::MemberKind::value: each.who = nodes_.node(member.value, {}); break;
        case plan::MemberKind::climb: {
          const plan::Climb climb{nodes_.node(member.value, {}), nodes_.node(member.covers, {}),
                                  tables_.string(member.text)};
          each.who = size_of(plan_.climbs);
          plan_.climbs.push_back(climb);
          break;
        }
        case plan::MemberKind::approver: each.who = approver_id_[static_cast<std::size_t>(member.approver)]; break;
      }
      made.push_back(each);
    }
    const plan::Slice slice{size_of(plan_.members), size_of(made)};
    plan_.members.insert(plan_.members.end(), made.begin(), made.end());
    return slice;
  }

  plan::Slice settings(const checked::Approver& approver) {
    const plan::Slice made{size_of(plan_.settings), size_of(approver.settings)};
    const auto calendar = [](const checked::Duration& duration) {
      return duration.calendar < 0 ? plan::none : static_cast<std::uint32_t>(duration.calendar);
    };
    for (const checked::Setting& setting : approver.settings) {
      plan::Setting each{};
      each.kind = setting.kind;
      each.flag = setting.flag;
      each.after = setting.after.amount;
      each.after_unit = setting.after.unit;
      each.after_calendar = calendar(setting.after);
      each.every = setting.every.amount;
      each.every_unit = setting.every.unit;
      each.every_calendar = calendar(setting.every);
      each.target = setting.target ? approver_id_[static_cast<std::size_t>(*setting.target)] : plan::none;
      plan_.settings.push_back(each);
    }
    return made;
  }

  void steps(const std::vector<std::size_t>& order) {
    step_id_.resize(order.size());
    for (const std::size_t id : order) {
      const checked::Step& step = policy_.steps.items[id];
      step_id_[id] = size_of(plan_.steps);
      plan_.steps.push_back({tables_.string(step.key), approver_id_[static_cast<std::size_t>(step.approver)],
                             tables_.position(step.span)});
    }
    for (const checked::Chain& chain : policy_.chains.items) {
      plan_.chains.push_back({tables_.string(chain.name), {size_of(plan_.chain_steps), size_of(chain.steps)}});
      for (const checked::StepId step : chain.steps)
        plan_.chain_steps.push_back(step_id_[static_cast<std::size_t>(step)]);
    }
  }

  std::uint32_t path(checked::PathId id, const Nodes::Scope& scope) {
    if (const auto known = path_node_.find(id); known != path_node_.end()) return known->second;
    const checked::Path& path = policy_.paths[id];
    plan::PathNode made{};
    made.kind = path.kind;
    switch (path.kind) {
      case plan::PathKind::step: return step_id_[static_cast<std::size_t>(path.step)];
      case plan::PathKind::conditional:
        made.a = nodes_.node(path.condition, scope);
        made.b = this->path(path.children[0], scope);
        break;
      case plan::PathKind::series: case plan::PathKind::parallel: {
        std::vector<std::uint32_t> children;
        for (const checked::PathId child : path.children) children.push_back(this->path(child, scope));
        made.a = size_of(plan_.path_children);
        made.b = size_of(children);
        plan_.path_children.insert(plan_.path_children.end(), children.begin(), children.end());
        break;
      }
    }
    plan_.path_nodes.push_back(made);
    const auto last = static_cast<std::uint32_t>(plan_.path_count() - 1);
    path_node_.emplace(id, last);
    return last;
  }

  void rule(const checked::Rule& rule) {
    plan::Rule made{};
    made.name = tables_.string(rule.name);
    made.title = tables_.string(rule.title);
    made.position = tables_.position(rule.span);
    plan::Scope held{};
    held.states = rule.states;
    held.ladder = rule.by.has_value();
    held.table = plan::none;
    held.row = tables_.string(rule.range ? policy_.variables[rule.range->variable].name : "");
    held.where = plan::none;
    held.effective_on = plan::none;
    held.first_day = rule.first_day ? rule.first_day->days : std::numeric_limits<std::int32_t>::min();
    held.last_day = rule.last_day ? rule.last_day->days : std::numeric_limits<std::int32_t>::max();
    if (rule.effective_on && (rule.first_day || rule.last_day)) held.effective_on = nodes_.node(*rule.effective_on, {});
    Nodes::Scope scope;
    if (rule.range) {
      held.table = nodes_.open(*rule.range, scope).table;
      if (rule.range->where) held.where = nodes_.node(*rule.range->where, scope);
    }
    std::vector<std::uint32_t> conditions;
    for (const checked::ExprId when : rule.when) conditions.push_back(nodes_.node(when, scope));
    for (const checked::ExprId unless : rule.unless)
      conditions.push_back(nodes_.negation(nodes_.node(unless, scope), policy_.exprs[unless].span));
    made.condition = nodes_.conjunction(std::move(conditions));

    std::vector<plan::Consequence> consequences;
    const std::uint32_t by = rule.by ? nodes_.node(*rule.by, scope) : plan::none;
    for (const checked::Consequence& each : rule.consequences)
      consequences.push_back(consequence(each, rule.by.has_value(), by, scope));
    made.consequences = {size_of(plan_.consequences), size_of(consequences)};
    plan_.consequences.insert(plan_.consequences.end(), consequences.begin(), consequences.end());

    std::vector<plan::Reapproval> reapprovals;
    for (const checked::Reapproval& each : rule.reapprovals) {
      plan::Reapproval again{};
      again.kind = each.kind;
      again.node = each.kind == plan::ReapprovalKind::always ? plan::none : nodes_.node(each.value, scope);
      again.position = tables_.position(each.span);
      reapprovals.push_back(again);
    }
    if (!reapprovals.empty()) held.reapprovals = {size_of(plan_.reapprovals), size_of(reapprovals)};
    made.scope = scopes_.put(held, plan_.scopes);
    plan_.reapprovals.insert(plan_.reapprovals.end(), reapprovals.begin(), reapprovals.end());
    plan_.rules.push_back(made);
  }

  plan::Consequence consequence(const checked::Consequence& from, bool band, std::uint32_t by,
                                const Nodes::Scope& scope) {
    plan::Consequence made{};
    made.kind = from.kind;
    made.band = plan::no_band;
    made.position = tables_.position(from.span);
    if (band) {
      std::vector<std::uint32_t> bounds;
      if (from.above) {
        const auto over = from.above_closed ? plan::Comparison::greater_equal : plan::Comparison::greater;
        bounds.push_back(nodes_.compare(by, nodes_.node(*from.above, scope), over, from.span));
      }
      if (from.limit) {
        const auto under = from.limit_open ? plan::Comparison::less : plan::Comparison::less_equal;
        bounds.push_back(nodes_.compare(by, nodes_.node(*from.limit, scope), under, from.span));
      }
      made.band = size_of(plan_.bands) & plan::no_band;
      plan_.bands.push_back({nodes_.conjunction(std::move(bounds)), tables_.string(from.label)});
    }
    switch (from.kind) {
      case plan::ConsequenceKind::nothing: break;
      case plan::ConsequenceKind::requires_path: made.target = path(from.path, scope); break;
      case plan::ConsequenceKind::denies:
      case plan::ConsequenceKind::warns: made.target = tables_.string(from.message); break;
    }
    return made;
  }

  void orderings(const OrderedSteps& order) {
    const auto index = [&](const checked::Entity& entity) {
      return entity.kind == plan::EntityKind::approver ? approver_id_[entity.index] : entity.index;
    };
    for (const auto& [first, then] : order.orderings) {
      plan_.orderings.push_back({first.kind, then.kind, {}, index(first), index(then)});
    }
  }

  void orders(const checked::Orders& orders) {
    plan::Orders made{};
    made.name = tables_.string(orders.name);
    made.title = tables_.string(orders.title);
    made.position = tables_.position(orders.span);
    made.bundles_together = orders.bundles_together;
    made.contracting = orders.contracting;
    made.allocation = orders.allocation;
    Nodes::Scope scope;
    made.table = nodes_.open(orders.range, scope).table;
    made.row = tables_.string(policy_.variables[orders.range.variable].name);
    const auto node = [&](const std::optional<checked::ExprId>& e) { return e ? nodes_.node(*e, scope) : plan::none; };
    made.where = node(orders.range.where);
    for (std::size_t role = 0; role < plan::line_role_count; ++role) made.roles[role] = node(orders.roles[role]);
    for (const checked::LineChoice& each : orders.choices)
      plan_.line_choices.push_back({each.kind, {}, node(each.where)});
    for (const checked::ExprId key : orders.split_by) plan_.split_keys.push_back(nodes_.node(key, scope));
    made.split_keys = {0, size_of(plan_.split_keys)};
    phases(orders, scope);
    made.phases = {0, size_of(plan_.phases)};
    plan_.orders.push_back(made);
  }

  // In the order in which they wait for each other; without any, one of all lines.
  void phases(const checked::Orders& orders, Nodes::Scope& scope) {
    if (orders.phases.empty()) {
      const std::uint32_t nothing = tables_.string("");
      plan_.phases.push_back(
          {nothing, nothing, plan::none, timings(orders, std::nullopt, {}, scope), tables_.position(orders.span)});
    }
    std::vector<std::uint32_t> lowered(orders.phases.size());  // the number of each in the plan
    for (const std::uint32_t id : orders.phase_order) {
      const checked::Phase& phase = orders.phases[id];
      lowered[id] = size_of(plan_.phases);
      plan_.phases.push_back({tables_.string(phase.name), tables_.string(phase.title),
                              phase.where ? nodes_.node(*phase.where, scope) : plan::none,
                              timings(orders, id, lowered, scope), tables_.position(phase.span)});
    }
  }

  // Of one phase; `otherwise` comes last.
  plan::Slice timings(const checked::Orders& orders, std::optional<std::uint32_t> phase,
                      const std::vector<std::uint32_t>& lowered, Nodes::Scope& scope) {
    const std::uint32_t first = size_of(plan_.timings);
    for (const bool otherwise : {false, true}) {
      for (const checked::Timing& from : orders.timings) {
        if (from.phase != phase || from.otherwise != otherwise) continue;
        plan::Timing timing{};
        timing.kind = from.kind;
        timing.milestone = from.milestone;
        timing.convention = from.convention;
        timing.dates = from.dates;
        timing.proration = from.proration.value_or(Proration::monthly_daily);
        timing.prorated = from.proration.has_value();
        timing.recognition = from.recognition;
        timing.otherwise = from.otherwise;
        timing.value = from.value ? nodes_.node(*from.value, scope) : plan::none;
        timing.when = from.when ? nodes_.node(*from.when, scope) : plan::none;
        timing.after = from.after ? lowered[*from.after] : plan::none;
        timing.calendar = from.calendar < 0 ? plan::none : static_cast<std::uint32_t>(from.calendar);
        timing.same = {size_of(plan_.same_keys), size_of(from.same)};
        plan_.same_keys.insert(plan_.same_keys.end(), from.same.begin(), from.same.end());
        timing.position = tables_.position(from.span);
        plan_.timings.push_back(timing);
      }
    }
    return {first, size_of(plan_.timings) - first};
  }

  void header() {
    plan::Header& header = plan_.header;
    header.name = tables_.string(policy_.name);
    header.title = tables_.string(policy_.title);
    header.input = tables_.string(policy_.input_name);
    header.otherwise = policy_.otherwise;
    header.same_approver_once = policy_.same_approver_once;
    header.owner = plan::none;
    header.override_by = plan::none;
    if (policy_.override_by) header.override_by = approver_id_[static_cast<std::size_t>(*policy_.override_by)];
    header.otherwise_target = plan::none;
    header.otherwise_position = tables_.position(policy_.otherwise_span);
    if (policy_.otherwise == plan::Otherwise::requires_path) header.otherwise_target = path(policy_.otherwise_path, {});
    else if (policy_.otherwise == plan::Otherwise::denies || !policy_.otherwise_text.empty())
      header.otherwise_target = tables_.string(policy_.otherwise_text);
  }

  // As constants.h asks; nothing names a constant but nodes and columns.
  void sort_constants() {
    std::vector<std::uint32_t> order(plan_.constants.size());
    std::iota(order.begin(), order.end(), 0u);
    std::sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) {
      return plan::constant_before(plan_, plan_.constants[a], plan_.constants[b]);
    });
    std::vector<plan::Constant> sorted;
    std::vector<std::uint32_t> place(order.size());
    for (const std::uint32_t id : order) {
      place[id] = size_of(sorted);
      sorted.push_back(plan_.constants[id]);
    }
    plan_.constants = std::move(sorted);
    for (plan::Node& node : plan_.nodes) {
      if (node.op == plan::Op::constant) node.a = place[node.a];
    }
    for (plan::Column& column : plan_.columns) {
      if (column.fallback != plan::none) column.fallback = place[column.fallback];
    }
  }

  void keep_fact(const std::string& name) {
    for (std::size_t i = 0; i < policy_.facts.size(); ++i) {
      if (policy_.facts.items[i].name != name) continue;
      const std::uint32_t node = nodes_.node(policy_.facts.items[i].value, {});
      const auto known = std::find_if(plan_.facts.begin(), plan_.facts.end(),
                                      [&](const plan::Fact& fact) { return plan_.string(fact.name) == name; });
      if (known == plan_.facts.end())
        plan_.facts.push_back({tables_.string(name), node, tables_.position(policy_.facts.items[i].span)});
    }
  }
};

}  // namespace

std::optional<plan::Plan> lower(const Policy& policy, const SourceMap& sources, const std::vector<std::string>& keep,
                                Sink& sink, std::vector<std::uint32_t>* node_of) {
  return Lowering(policy, sources, sink, node_of).run(keep);
}

}  // namespace assent::compiler
