// See reads.h. Nodes of each reader are walked twice: first as far as they name no fact, then what those facts read.
#include "runtime/plan/reads.h"

#include "runtime/plan/print.h"

namespace assent::plan {

namespace {

class Reads {
 public:
  Reads(const Plan& plan, Outline& outline)
      : plan_(plan), outline_(outline), seen_(plan.nodes.size()), column_seen_(plan.columns.size()) {}

  void list() {
    for (std::uint32_t i = 0; i < plan_.rules.size(); ++i) {
      begin(ReaderOutline::Kind::rule, i);
      rule(plan_.rules[i]);
      finish();
    }
    for (std::uint32_t i = 0; i < plan_.facts.size(); ++i) {
      begin(ReaderOutline::Kind::fact, i);
      seen_[plan_.facts[i].node] = round_;
      operands(plan_.facts[i].node);
      finish();
    }
    for (std::uint32_t i = 0; i < plan_.approvers.size(); ++i) {
      begin(ReaderOutline::Kind::approver, i);
      members(plan_.approvers[i].members);
      members(plan_.conduct(plan_.approvers[i]).vetoes);
      finish();
    }
    for (std::uint32_t i = 0; i < plan_.orders.size(); ++i) {
      begin(ReaderOutline::Kind::orders, i);
      orders(plan_.orders[i]);
      finish();
    }
    if (plan_.header.otherwise == Otherwise::requires_path) {
      begin(ReaderOutline::Kind::otherwise, 0);
      path(plan_.header.otherwise_target);
      finish();
    }
    begin(ReaderOutline::Kind::votes, 0);
    column(plan_.header.owner, false);
  }

 private:
  const Plan& plan_;
  Outline& outline_;
  std::vector<std::uint32_t> seen_, column_seen_;  // the round in which each was met last
  std::vector<std::uint32_t> open_, open_paths_, facts_;
  ReaderOutline reader_;
  std::uint32_t round_ = 0;
  std::size_t walked_ = 0;

  bool spent() {
    if (walked_ < max_outline_reads) return false;
    outline_.reads_cut = true;
    return true;
  }

  void begin(ReaderOutline::Kind kind, std::uint32_t index) {
    reader_ = {kind, index};
    facts_.clear();
    ++round_;
  }

  // All that was named is known; what remains is read through facts.
  void finish() {
    walk(false);
    for (std::size_t i = 0; i < facts_.size(); ++i) operands(plan_.facts[facts_[i]].node);
    walk(true);
    open_.clear();
  }

  void add(std::uint32_t node) {
    if (node == none || seen_[node] == round_) return;
    seen_[node] = round_;
    open_.push_back(node);
  }

  void operands(std::uint32_t id) {
    const Node& n = plan_.nodes[id];
    switch (info(n.op).operands) {
      case Operands::leaf: break;
      case Operands::two: add(n.b); [[fallthrough]];
      case Operands::one: add(n.a); break;
      case Operands::many:
        walked_ += n.b;
        for (std::uint32_t i = 0; i < n.b && !spent(); ++i) add(plan_.operands[n.a + i]);
        break;
      case Operands::loop:
        add(plan_.operands[n.a]);
        add(plan_.operands[n.a + 1]);
        break;
    }
  }

  void column(std::uint32_t id, bool through) {
    if (id == none || column_seen_[id] == round_) return;
    column_seen_[id] = round_;
    ReadOutline& field = outline_.fields[id];
    (through ? field.through : field.readers).push_back(reader_);
    if (plan_.columns[id].type == Type::money) column(plan_.columns[id].currency, through);
  }

  void walk(bool through) {
    while (!open_.empty() && !spent()) {
      const std::uint32_t id = open_.back();
      open_.pop_back();
      ++walked_;
      const Node& n = plan_.nodes[id];
      const Fact* fact = n.op == Op::constant || n.op == Op::field ? nullptr : fact_of(plan_, id);
      if (fact != nullptr) {
        const auto index = static_cast<std::uint32_t>(fact - plan_.facts.data());
        (through ? outline_.facts[index].through : outline_.facts[index].readers).push_back(reader_);
        if (!through) facts_.push_back(index);
      }
      if (n.op == Op::field) column(n.a, through);
      else if (fact == nullptr || through) operands(id);
    }
  }

  void path(std::uint32_t root) {
    open_paths_.assign(1, root);
    while (!open_paths_.empty() && !spent()) {
      const PathNode node = plan_.path(open_paths_.back());
      open_paths_.pop_back();
      ++walked_;
      if (node.kind == PathKind::conditional) {
        add(node.a);
        open_paths_.push_back(node.b);
      } else if (node.kind != PathKind::step) {
        const auto first = plan_.path_children.begin() + node.a;
        open_paths_.insert(open_paths_.end(), first, first + node.b);
      }
    }
  }

  void rule(const Rule& rule) {
    const Scope& scope = plan_.scope(rule);
    add(rule.condition);
    add(scope.where);
    add(scope.effective_on);
    for (std::uint32_t i = 0; i < rule.consequences.count; ++i) {
      const Consequence& each = plan_.consequences[rule.consequences.first + i];
      add(plan_.band(each).condition);
      if (each.kind == ConsequenceKind::requires_path) path(each.target);
    }
    for (std::uint32_t i = 0; i < scope.reapprovals.count; ++i)
      add(plan_.reapprovals[scope.reapprovals.first + i].node);
  }

  void members(const Slice& members) {
    for (std::uint32_t i = 0; i < members.count; ++i) {
      const Member& member = plan_.members[members.first + i];
      if (member.kind == MemberKind::value) add(member.who);
      if (member.kind != MemberKind::climb) continue;
      add(plan_.climbs[member.who].from);
      add(plan_.climbs[member.who].covers);
    }
  }

  void orders(const Orders& orders) {
    add(orders.where);
    for (const std::uint32_t role : orders.roles) add(role);
    for (const std::uint32_t key : plan_.split_keys) add(key);
    for (const LineChoice& choice : plan_.line_choices) add(choice.where);
    for (const Phase& phase : plan_.phases) add(phase.where);
    for (const Timing& timing : plan_.timings) {
      add(timing.value);
      add(timing.when);
    }
  }
};

}  // namespace

void list_reads(const Plan& plan, Outline& outline) { Reads(plan, outline).list(); }

}  // namespace assent::plan
