// The plan's rules, paths and approvers in words. Entry: outline. What reads what is found by reads.cpp, and orders are
// put into words by outline_orders.cpp.
#include "assent/outline.h"

#include <algorithm>

#include "runtime/plan/outline_orders.h"
#include "runtime/plan/plan.h"
#include "runtime/plan/print.h"
#include "runtime/plan/reads.h"
#include "runtime/plan/words.h"
#include "runtime/value/date.h"

namespace assent {

namespace {

// The closed sets of the outline are those of the plan.
template <typename A, typename B>
constexpr bool same(A a, B b) { return static_cast<int>(a) == static_cast<int>(b); }
static_assert(same(OrderingOutline::Kind::approver, plan::EntityKind::approver));
static_assert(same(ReapprovalOutline::Kind::on_change, plan::ReapprovalKind::on_change));
static_assert(same(MemberOutline::Kind::approver, plan::MemberKind::approver));
static_assert(same(SettingOutline::Kind::editor_may, plan::SettingKind::editor_may));
static_assert(same(ApproverOutline::Quorum::points, plan::QuorumKind::points));

class Outliner {
 public:
  Outliner(const plan::Plan& plan, Wording wording) : plan_(plan), wording_(wording), chain_of_(plan.steps.size()) {
    std::size_t steps = 0;  // chains of a hostile policy may all be one list
    for (const plan::Chain& chain : plan.chains)
      for (std::uint32_t i = 0; i < chain.steps.count && ++steps <= max_outline_parts; ++i)
        chain_of_[plan.chain_steps[chain.steps.first + i]] = plan.string(chain.name);
  }

  Outline run() {
    Outline all;
    all.policy = text(plan_.header.name);
    all.title = text(plan_.header.title);
    for (const plan::Rule& each : plan_.rules) all.rules.push_back(rule(each));
    for (const plan::Ordering& each : plan_.orderings) {
      all.orderings.push_back({entity(each.first_kind, each.first), entity(each.then_kind, each.then),
                               static_cast<OrderingOutline::Kind>(each.first_kind),
                               static_cast<OrderingOutline::Kind>(each.then_kind)});
    }
    otherwise(all);
    for (const plan::Chain& each : plan_.chains) all.chains.push_back(chain(each));
    for (const plan::Approver& each : plan_.approvers) all.approvers.push_back(approver(each));
    all.same_approver_once = plan_.header.same_approver_once != 0;
    if (plan_.header.override_by != plan::none) all.override_by = approver_name(plan_.header.override_by);
    for (std::uint32_t i = 0; i < plan_.columns.size(); ++i) {
      all.fields.emplace_back();
      all.fields.back().name = plan::column_path(plan_, i);
    }
    for (const plan::Fact& each : plan_.facts) all.facts.push_back(fact(each));
    plan::list_reads(plan_, all);
    const auto by_name = [](const ReadOutline& a, const ReadOutline& b) { return a.name < b.name; };
    std::stable_sort(all.fields.begin(), all.fields.end(), by_name);
    for (const plan::Orders& each : plan_.orders) all.orders.push_back(plan::outline_orders(plan_, each, wording_));
    return all;
  }

 private:
  const plan::Plan& plan_;
  const Wording wording_;
  std::vector<std::string_view> chain_of_;  // by step
  std::size_t parts_ = 0;                   // of all paths and chains so far

  std::string approver_name(std::uint32_t id) const { return text(plan_.approvers[id].name); }

  std::string text(std::uint32_t id) const { return id == plan::none ? std::string{} : std::string(plan_.string(id)); }

  std::string entity(plan::EntityKind kind, std::uint32_t index) const {
    switch (kind) {
      case plan::EntityKind::rule: return text(plan_.rules[index].name);
      case plan::EntityKind::chain: return text(plan_.chains[index].name);
      case plan::EntityKind::approver: return text(plan_.approvers[index].name);
    }
    return {};
  }

  std::string words(std::uint32_t node, const plan::OwnRow& row = {}) const {
    return plan::put_node(plan_, wording_, node, row);
  }
  std::string condition(std::uint32_t node, const plan::OwnRow& row) const {
    return plan_.nodes[node].op == plan::Op::constant ? std::string{} : words(node, row);
  }

  // Depth is bounded by verify.cpp.
  PathOutline path(std::uint32_t id, const plan::OwnRow& row) {
    const plan::PathNode node = plan_.path(id);
    PathOutline made;
    if (++parts_ > max_outline_parts) {
      made.kind = PathOutline::Kind::series;
      made.cut = true;
      return made;
    }
    switch (node.kind) {
      case plan::PathKind::step:
        made.step = text(plan_.steps[node.a].key);
        made.approver = approver_name(plan_.steps[node.a].approver);
        made.chain = chain_of_[node.a];
        break;
      case plan::PathKind::conditional:
        made = path(node.b, row);
        if (!made.when.empty()) {  // a condition inside a condition
          PathOutline outer;
          outer.kind = PathOutline::Kind::series;
          outer.parts.push_back(std::move(made));
          made = std::move(outer);
        }
        made.when = condition(node.a, row);
        break;
      case plan::PathKind::series: case plan::PathKind::parallel:
        made.kind = node.kind == plan::PathKind::series ? PathOutline::Kind::series : PathOutline::Kind::parallel;
        for (std::uint32_t i = 0; i < node.b && !made.cut; ++i) {
          made.parts.push_back(path(plan_.path_children[node.a + i], row));
          made.cut = made.parts.back().cut;
        }
        break;
    }
    return made;
  }

  // Where a band begins or ends: what its value is compared with.
  void bound(std::uint32_t id, ConsequenceOutline& band) const {
    const plan::Node& node = plan_.nodes[id];
    if (node.op != plan::Op::compare || plan_.nodes[node.b].op != plan::Op::constant) return;
    const auto how = static_cast<plan::Comparison>(node.detail & 7);
    const bool to = how == plan::Comparison::less || how == plan::Comparison::less_equal;
    BoundOutline& end = to ? band.to : band.from;
    end.value = words(node.b);
    end.included = how == plan::Comparison::less_equal || how == plan::Comparison::greater_equal;
  }
  void bounds(std::uint32_t id, ConsequenceOutline& band) const {
    const plan::Node& node = plan_.nodes[id];
    if (node.op != plan::Op::conjunction) return bound(id, band);
    for (std::uint32_t i = 0; i < node.b; ++i) bound(plan_.operands[node.a + i], band);
  }
  // The value that a ladder goes by, which each band but one of all values compares.
  std::string ladder_value(const plan::Rule& from, const plan::OwnRow& row) const {
    for (std::uint32_t i = 0; i < from.consequences.count; ++i) {
      const std::uint32_t id = plan_.band(plan_.consequences[from.consequences.first + i]).condition;
      if (id == plan::none) continue;
      const plan::Node* node = &plan_.nodes[id];
      if (node->op == plan::Op::conjunction) node = &plan_.nodes[plan_.operands[node->a]];
      if (node->op == plan::Op::compare) return words(node->a, row);
    }
    return {};
  }

  ConsequenceOutline consequence(const plan::Consequence& from, const plan::OwnRow& row) {
    ConsequenceOutline made;
    const plan::Band band = plan_.band(from);
    made.band = text(band.label);
    if (band.condition != plan::none) bounds(band.condition, made);
    switch (from.kind) {
      case plan::ConsequenceKind::nothing: break;
      case plan::ConsequenceKind::requires_path:
        made.kind = ConsequenceOutline::Kind::requires_path;
        made.path = path(from.target, row);
        break;
      case plan::ConsequenceKind::denies: case plan::ConsequenceKind::warns:
        made.kind = from.kind == plan::ConsequenceKind::denies ? ConsequenceOutline::Kind::denies
                                                               : ConsequenceOutline::Kind::warns;
        made.message = text(from.target);
        break;
    }
    return made;
  }

  std::string over(const plan::Scope& from, const plan::OwnRow& row) const {
    if (wording_ == Wording::spoken) return plan::say_rows(plan_, row, from.where);
    const plan::Table& table = plan_.tables[from.table];
    const std::string rows = text(table.row) + " in " + text(plan_.header.input) + "." + text(table.path);
    return from.where == plan::none ? rows : rows + " where " + plan::print_node(plan_, from.where);
  }

  RuleOutline rule(const plan::Rule& from) {
    const plan::Scope& scope = plan_.scope(from);
    const plan::OwnRow row{scope.table, scope.row};
    RuleOutline made;
    made.name = text(from.name);
    made.title = text(from.title);
    made.condition = condition(from.condition, row);
    if (scope.table != plan::none) made.over = over(scope, row);
    if (scope.ladder != 0) made.by = ladder_value(from, row);
    for (std::uint32_t i = 0; i < from.consequences.count; ++i)
      made.consequences.push_back(consequence(plan_.consequences[from.consequences.first + i], row));
    window(scope, made);
    for (std::uint32_t i = 0; i < scope.reapprovals.count; ++i) {
      const plan::Reapproval& each = plan_.reapprovals[scope.reapprovals.first + i];
      made.reapprovals.push_back({static_cast<ReapprovalOutline::Kind>(each.kind),
                                  each.node == plan::none ? std::string{} : words(each.node, row)});
    }
    made.location = plan::location(plan_, from.position);
    return made;
  }

  void window(const plan::Scope& from, RuleOutline& made) const {
    const auto day = [](std::int32_t days) {
      return Date{days} < min_date || Date{days} > max_date ? std::string{} : assent::text(Date{days});
    };
    made.first_day = day(from.first_day);
    made.last_day = day(from.last_day);
    if (from.effective_on != plan::none) made.effective_on = words(from.effective_on);
    if (from.states == plan::all_states) return;
    for (int i = 0; i <= static_cast<int>(State::expired); ++i)
      if ((from.states >> i & 1) != 0) made.states.emplace_back(assent::text(static_cast<State>(i)));
  }

  ChainOutline chain(const plan::Chain& from) {
    ChainOutline made{text(from.name), {}};
    for (std::uint32_t i = 0; i < from.steps.count && ++parts_ <= max_outline_parts; ++i)
      made.approvers.push_back(approver_name(plan_.steps[plan_.chain_steps[from.steps.first + i]].approver));
    return made;
  }

  MemberOutline member(const plan::Member& from) const {
    MemberOutline made;
    made.kind = static_cast<MemberOutline::Kind>(from.kind);
    made.weight = from.weight;
    switch (from.kind) {
      case plan::MemberKind::person: case plan::MemberKind::role: made.name = text(from.who); break;
      case plan::MemberKind::value: made.value = words(from.who); break;
      case plan::MemberKind::climb: {
        const plan::Climb& climb = plan_.climbs[from.who];
        made.value = words(climb.from);
        made.covers = words(climb.covers);
        made.name = text(climb.authority);
        break;
      }
      case plan::MemberKind::approver: made.name = approver_name(from.who); break;
    }
    return made;
  }

  // "1 business day in us_federal"; empty for none.
  std::string duration(std::uint32_t amount, plan::Type unit, std::uint32_t calendar) const {
    if (amount == 0) return {};
    std::string made = std::to_string(amount);
    made += unit == plan::Type::minutes  ? " minute"
            : unit == plan::Type::months ? " month"
            : unit == plan::Type::days   ? " day"
                                         : " business day";
    if (amount != 1) made += 's';
    if (calendar == plan::none) return made;
    const std::string name = text(plan_.calendars[calendar].name);
    return made + " in " + (wording_ == Wording::spoken ? words_of(name) : name);
  }

  SettingOutline setting(const plan::Setting& from) const {
    SettingOutline made;
    made.kind = static_cast<SettingOutline::Kind>(from.kind);
    made.after = duration(from.after, from.after_unit, from.after_calendar);
    made.every = duration(from.every, from.every_unit, from.every_calendar);
    if (from.target != plan::none) made.to = approver_name(from.target);
    made.replaces = from.kind == plan::SettingKind::escalate && from.flag != 0;
    made.withdraws = from.kind == plan::SettingKind::expire && from.flag != 0;
    return made;
  }

  ApproverOutline approver(const plan::Approver& from) const {
    ApproverOutline made;
    made.name = text(from.name);
    made.title = text(from.title);
    const plan::Conduct& conduct = plan_.conduct(from);
    made.group = conduct.group != 0;
    made.quorum = static_cast<ApproverOutline::Quorum>(conduct.quorum);
    made.amount = conduct.amount;
    const auto members = [&](const plan::Slice& slice, std::vector<MemberOutline>& list) {
      for (std::uint32_t i = 0; i < slice.count; ++i) list.push_back(member(plan_.members[slice.first + i]));
    };
    members(from.members, made.members);
    members(conduct.vetoes, made.vetoes);
    for (std::uint32_t i = 0; i < conduct.settings.count; ++i)
      made.settings.push_back(setting(plan_.settings[conduct.settings.first + i]));
    made.location = plan::location(plan_, from.position);
    return made;
  }

  ReadOutline fact(const plan::Fact& from) const {
    ReadOutline made;
    made.name = text(from.name);
    made.value = wording_ == Wording::spoken ? plan::say_value(plan_, from.node) : plan::print_value(plan_, from.node);
    const plan::Fact* first = plan::fact_of(plan_, from.node);
    if (first != &from) made.same_as = text(first->name);
    made.location = plan::location(plan_, from.position);
    return made;
  }

  void otherwise(Outline& all) {
    const plan::Header& header = plan_.header;
    ConsequenceOutline made;
    switch (header.otherwise) {
      case plan::Otherwise::nothing: return;
      case plan::Otherwise::approve: all.otherwise_reason = text(header.otherwise_target); break;
      case plan::Otherwise::denies:
        made.kind = ConsequenceOutline::Kind::denies;
        made.message = text(header.otherwise_target);
        break;
      case plan::Otherwise::requires_path:
        made.kind = ConsequenceOutline::Kind::requires_path;
        made.path = path(header.otherwise_target, {});
        break;
    }
    all.otherwise.push_back(std::move(made));
  }
};

}  // namespace

Outline outline(const Policy& policy, Wording wording) { return Outliner(policy.plan(), wording).run(); }

std::string words_of(std::string_view name) {
  std::string words(name);
  std::replace(words.begin(), words.end(), '_', ' ');
  return words;
}

}  // namespace assent
