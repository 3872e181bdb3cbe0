// The plan's rules and paths in words. Entry: outline.
#include "assent/outline.h"

#include "runtime/plan/plan.h"
#include "runtime/plan/print.h"

namespace assent {

namespace {

class Outliner {
 public:
  explicit Outliner(const plan::Plan& plan) : plan_(plan) {}

  Outline run() {
    Outline all;
    all.policy = text(plan_.header.name);
    all.title = text(plan_.header.title);
    for (const plan::Rule& each : plan_.rules) all.rules.push_back(rule(each));
    for (const plan::Ordering& each : plan_.orderings) {
      all.orderings.push_back({entity(each.first_kind, each.first), entity(each.then_kind, each.then)});
    }
    otherwise(all);
    return all;
  }

 private:
  const plan::Plan& plan_;

  std::string text(std::uint32_t id) const { return id == plan::none ? std::string{} : std::string(plan_.string(id)); }

  std::string entity(plan::EntityKind kind, std::uint32_t index) const {
    switch (kind) {
      case plan::EntityKind::rule: return text(plan_.rules[index].name);
      case plan::EntityKind::chain: return text(plan_.chains[index].name);
      case plan::EntityKind::approver: return text(plan_.approvers[index].name);
    }
    return {};
  }

  std::string condition(std::uint32_t node) const {
    return plan_.nodes[node].op == plan::Op::constant ? std::string{} : plan::print_node(plan_, node);
  }

  // Depth is bounded by verify.cpp.
  PathOutline path(std::uint32_t id) const {
    const plan::PathNode& node = plan_.path_nodes[id];
    PathOutline made;
    switch (node.kind) {
      case plan::PathKind::step:
        made.step = text(plan_.steps[node.a].key);
        made.approver = text(plan_.approvers[plan_.steps[node.a].approver].name);
        break;
      case plan::PathKind::conditional:
        made = path(node.b);
        if (!made.when.empty()) {  // a condition inside a condition
          PathOutline outer;
          outer.kind = PathOutline::Kind::series;
          outer.parts.push_back(std::move(made));
          made = std::move(outer);
        }
        made.when = condition(node.a);
        break;
      case plan::PathKind::series: case plan::PathKind::parallel:
        made.kind = node.kind == plan::PathKind::series ? PathOutline::Kind::series : PathOutline::Kind::parallel;
        for (std::uint32_t i = 0; i < node.b; ++i) made.parts.push_back(path(plan_.path_children[node.a + i]));
        break;
    }
    return made;
  }

  ConsequenceOutline consequence(const plan::Consequence& from) const {
    ConsequenceOutline made;
    made.band = text(from.label);
    switch (from.kind) {
      case plan::ConsequenceKind::nothing: break;
      case plan::ConsequenceKind::requires_path:
        made.kind = ConsequenceOutline::Kind::requires_path;
        made.path = path(from.target);
        break;
      case plan::ConsequenceKind::denies: case plan::ConsequenceKind::warns:
        made.kind = from.kind == plan::ConsequenceKind::denies ? ConsequenceOutline::Kind::denies
                                                               : ConsequenceOutline::Kind::warns;
        made.message = text(from.target);
        break;
    }
    return made;
  }

  RuleOutline rule(const plan::Rule& from) const {
    RuleOutline made;
    made.name = text(from.name);
    made.title = text(from.title);
    made.condition = condition(from.condition);
    if (from.table != plan::none) {
      const plan::Table& table = plan_.tables[from.table];
      made.over = text(table.row) + " in " + text(plan_.header.input) + "." + text(table.path);
      if (from.where != plan::none) made.over += " where " + plan::print_node(plan_, from.where);
    }
    for (std::uint32_t i = 0; i < from.consequences.count; ++i)
      made.consequences.push_back(consequence(plan_.consequences[from.consequences.first + i]));
    made.location = {plan_.string(plan_.files[from.position.file]), from.position.line, from.position.column};
    return made;
  }

  void otherwise(Outline& all) const {
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
        made.path = path(header.otherwise_target);
        break;
    }
    all.otherwise.push_back(std::move(made));
  }
};

}  // namespace

Outline outline(const Policy& policy) { return Outliner(policy.plan()).run(); }

}  // namespace assent
