#include "runtime/eval/path.h"

#include <algorithm>
#include <numeric>

namespace assent::eval {

using plan::PathKind;
using plan::PathNode;
using plan::Slice;

PathBuilder::PathBuilder(const plan::Plan& plan, Machine& machine)
    : plan_(plan), machine_(machine), states_(plan.steps.size()) {}

void PathBuilder::reset() {
  if (++round_ == 0) {
    for (State& state : states_) state.round = 0;
    round_ = 1;
  }
  active_.clear();
  ends_.clear();
  rows_.clear();
  reasons_.clear();
  lines_.clear();
  edges_.clear();
  rule_steps_.clear();
  result_.clear();
  result_edges_.clear();
  result_reasons_.clear();
  result_lines_.clear();
}

// ── walking ──────────────────────────────────────────────────────────────────────────────────
bool PathBuilder::walk(std::uint32_t path, bool by_row, const std::vector<std::uint32_t>& rows, std::uint32_t rule,
                       std::uint32_t plan_rule, std::vector<Fault>& troubles) {
  by_row_ = by_row;
  rule_ = rule;
  plan_rule_ = plan_rule;
  table_ = plan_rule == plan::none ? plan::none : plan_.scope(plan_.rules[plan_rule]).table;
  troubles_ = &troubles;
  const Slice all{static_cast<std::uint32_t>(rows_.size()), static_cast<std::uint32_t>(rows.size())};
  if (!rows.empty()) rows_.insert(rows_.end(), rows.begin(), rows.end());
  return !walk_part(path, all).empty();
}

PathBuilder::Fragment PathBuilder::walk_part(std::uint32_t path, Slice rows) {
  const PathNode node = plan_.path(path);
  switch (node.kind) {
    case PathKind::step: return activate(node.a, rows);
    case PathKind::series: return walk_series(node, rows);
    case PathKind::parallel: return walk_parallel(node, rows);
    case PathKind::conditional: return walk_conditional(node, rows);
  }
  return {};
}

PathBuilder::Fragment PathBuilder::walk_series(const PathNode& node, Slice rows) {
  Fragment whole;
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Fragment next = walk_part(plan_.path_children[node.a + i], rows);
    if (next.empty()) continue;
    if (whole.empty()) whole.entries = next.entries;
    else connect(whole.exits, next.entries);
    whole.exits = next.exits;
  }
  return whole;
}

PathBuilder::Fragment PathBuilder::walk_parallel(const PathNode& node, Slice rows) {
  // Children leave their own ends in the pool; the union is copied behind them.
  const std::size_t base = parts_.size();
  for (std::uint32_t i = 0; i < node.b; ++i) {
    const Fragment part = walk_part(plan_.path_children[node.a + i], rows);
    if (!part.empty()) parts_.push_back(part);
  }
  Fragment whole;
  if (parts_.size() == base + 1) {
    whole = parts_[base];
  } else {
    const auto unite = [&](Slice Fragment::*ends) {
      const auto first = static_cast<std::uint32_t>(ends_.size());
      for (std::size_t p = base; p < parts_.size(); ++p) {
        const Slice part = parts_[p].*ends;
        for (std::uint32_t i = 0; i < part.count; ++i) ends_.push_back(ends_[part.first + i]);
      }
      return Slice{first, static_cast<std::uint32_t>(ends_.size()) - first};
    };
    whole.entries = unite(&Fragment::entries);
    whole.exits = unite(&Fragment::exits);
  }
  parts_.resize(base);
  return whole;
}

PathBuilder::Fragment PathBuilder::walk_conditional(const PathNode& node, Slice rows) {
  if (!by_row_) {
    const Value holds = machine_.eval_condition(node.a);
    if (holds.is_fault()) troubles_->push_back(holds.fault);
    return holds.is_true() ? walk_part(node.b, rows) : Fragment{};
  }
  const Slice kept_at{static_cast<std::uint32_t>(rows_.size()), 0};
  bool reported = false;
  std::uint32_t kept = 0;
  for (std::uint32_t i = 0; i < rows.count; ++i) {
    const std::uint32_t row = rows_[rows.first + i];
    machine_.stand_on(1, row);
    const Value holds = machine_.eval_condition(node.a);
    if (holds.is_fault() && !reported) {
      troubles_->push_back(holds.fault);
      reported = true;
    }
    if (holds.is_true()) {
      rows_.push_back(row);
      ++kept;
    }
  }
  return kept == 0 ? Fragment{} : walk_part(node.b, {kept_at.first, kept});
}

void PathBuilder::demand(std::uint32_t step, std::uint32_t rule, std::uint32_t plan_rule) {
  rule_ = rule;
  plan_rule_ = plan_rule;
  give_reason(step, plan::none);
}

// The step is active by the rule under way; `table`: whose rows the reason speaks of, or none.
void PathBuilder::give_reason(std::uint32_t step, std::uint32_t table) {
  State& state = states_[step];
  if (state.round != round_) {
    state = {round_, 0, 0, plan::none, table};
    active_.push_back(step);
  } else if (state.table != table) {
    state.table = plan::none;
  }
  if (state.last_reason != rule_) {  // `otherwise` is no rule, and none is what it starts with
    state.last_reason = rule_;
    ++state.reasons;
    reasons_.push_back({step, rule_});
  }
  if (plan_rule_ != plan::none && !plan_.orderings.empty()) rule_steps_.emplace_back(plan_rule_, step);
}

PathBuilder::Fragment PathBuilder::activate(std::uint32_t step, Slice rows) {
  give_reason(step, by_row_ ? table_ : plan::none);
  for (std::uint32_t i = 0; i < rows.count; ++i) lines_.push_back({step, rows_[rows.first + i]});
  const Slice end{static_cast<std::uint32_t>(ends_.size()), 1};
  ends_.push_back(step);
  return {end, end};
}

void PathBuilder::connect(Slice from, Slice to) {
  for (std::uint32_t i = 0; i < from.count; ++i) {
    for (std::uint32_t k = 0; k < to.count; ++k) edges_.push_back({ends_[from.first + i], ends_[to.first + k]});
  }
}

// ── finishing ────────────────────────────────────────────────────────────────────────────────
void PathBuilder::finish() {
  order_entities();
  if (!std::is_sorted(active_.begin(), active_.end())) std::sort(active_.begin(), active_.end());
  result_.resize(active_.size());
  for (std::uint32_t i = 0; i < active_.size(); ++i) {
    result_[i] = {active_[i], {}, {}, {}};
    states_[active_[i]].place = i;
  }
  reduce();
  list_reasons();
  list_lines();
}

void PathBuilder::members_of(plan::EntityKind kind, std::uint32_t index, std::vector<std::uint32_t>& out) const {
  out.clear();
  switch (kind) {
    case plan::EntityKind::rule:
      for (const auto& [rule, step] : rule_steps_) {
        if (rule == index) out.push_back(step);
      }
      break;
    case plan::EntityKind::chain: {
      const Slice steps = plan_.chains[index].steps;
      for (std::uint32_t i = 0; i < steps.count; ++i) {
        const std::uint32_t step = plan_.chain_steps[steps.first + i];
        if (is_active(step)) out.push_back(step);
      }
      break;
    }
    case plan::EntityKind::approver:
      for (const std::uint32_t step : active_) {
        if (plan_.steps[step].approver == index) out.push_back(step);
      }
      break;
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
}

void PathBuilder::order_entities() {
  for (const plan::Ordering& ordering : plan_.orderings) {
    members_of(ordering.first_kind, ordering.first, from_);
    if (from_.empty()) continue;
    members_of(ordering.then_kind, ordering.then, to_);
    for (const std::uint32_t from : from_) {
      for (const std::uint32_t to : to_) edges_.push_back({from, to});
    }
  }
}

// Keeps an edge only if no other way leads from its one end to the other. Done for each connected
// component by itself, so that memory goes with the square of a component, not of all steps.
void PathBuilder::reduce() {
  if (edges_.empty()) return;
  for (Edge& edge : edges_) edge = {place(edge.from), place(edge.to)};
  std::sort(edges_.begin(), edges_.end(),
            [](const Edge& a, const Edge& b) { return a.to != b.to ? a.to < b.to : a.from > b.from; });
  edges_.erase(std::unique(edges_.begin(), edges_.end(),
                           [](const Edge& a, const Edge& b) { return a.from == b.from && a.to == b.to; }),
               edges_.end());

  const std::size_t count = active_.size();
  component_.resize(count);
  std::iota(component_.begin(), component_.end(), 0u);
  const auto root = [&](std::uint32_t v) {
    while (component_[v] != v) v = component_[v] = component_[component_[v]];
    return v;
  };
  for (const Edge& edge : edges_) component_[root(edge.from)] = root(edge.to);
  // local_[v]: how many of v's component stand before it; from_[c]: the component's size so far.
  local_.resize(count);
  from_.assign(count, 0);
  for (std::uint32_t v = 0; v < count; ++v) local_[v] = from_[root(v)]++;
  // to_[v]: where v's row of bits starts. Rows of lone steps are empty.
  to_.resize(count + 1);
  std::size_t words = 0;
  for (std::uint32_t v = 0; v < count; ++v) {
    to_[v] = static_cast<std::uint32_t>(words);
    const std::uint32_t size = from_[root(v)];
    words += size > 1 ? (size + 63) / 64 : 0;
  }
  to_[count] = static_cast<std::uint32_t>(words);
  reach_.assign(words, 0);
  std::size_t e = 0;
  for (std::uint32_t v = 0; v < count; ++v) {
    const auto first = static_cast<std::uint32_t>(result_edges_.size());
    for (; e < edges_.size() && edges_[e].to == v; ++e) {  // from the nearest predecessor to the farthest
      const std::uint32_t u = edges_[e].from;
      std::uint64_t* mine = reach_.data() + to_[v];
      const std::uint32_t bit = local_[u];
      if ((mine[bit / 64] >> (bit % 64) & 1) != 0) continue;  // another way leads there
      const std::uint64_t* theirs = reach_.data() + to_[u];
      for (std::uint32_t w = 0; w < to_[v + 1] - to_[v]; ++w) mine[w] |= theirs[w];
      mine[bit / 64] |= std::uint64_t{1} << (bit % 64);
      result_edges_.push_back(u);
    }
    std::reverse(result_edges_.begin() + first, result_edges_.end());
    result_[v].after = {first, static_cast<std::uint32_t>(result_edges_.size()) - first};
  }
}

// Rules come in the order of declaration, each once for a step; so they only need to be dealt out.
void PathBuilder::list_reasons() {
  result_reasons_.resize(reasons_.size());
  std::uint32_t first = 0;
  for (Active& active : result_) {
    active.because.first = first;
    first += states_[active.step].reasons;
  }
  for (const Reason& reason : reasons_) {
    plan::Slice& because = result_[place(reason.step)].because;
    result_reasons_[because.first + because.count++] = reason.rule;
  }
}

// The rows that demand a step, where all that demands it are rules over the rows of one list.
void PathBuilder::list_lines() {
  if (lines_.empty()) return;
  const auto earlier = [&](const Line& a, const Line& b) {
    const std::uint32_t pa = place(a.step);
    const std::uint32_t pb = place(b.step);
    return pa != pb ? pa < pb : a.row < b.row;
  };
  if (!std::is_sorted(lines_.begin(), lines_.end(), earlier)) std::sort(lines_.begin(), lines_.end(), earlier);
  for (const Line& line : lines_) {
    if (states_[line.step].table == plan::none) continue;
    plan::Slice& rows = result_[place(line.step)].lines;
    if (rows.count == 0) rows.first = static_cast<std::uint32_t>(result_lines_.size());
    else if (result_lines_.back() == line.row) continue;
    result_lines_.push_back(line.row);
    ++rows.count;
  }
}

}  // namespace assent::eval
