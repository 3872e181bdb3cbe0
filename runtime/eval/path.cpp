#include "runtime/eval/path.h"

#include <algorithm>
#include <numeric>

namespace assent::eval {

using plan::PathKind;
using plan::PathNode;
using plan::Slice;

PathBuilder::PathBuilder(const plan::Plan& plan, Machine& machine)
    : plan_(plan), machine_(machine), active_of_(plan.steps.size(), 0), place_(plan.steps.size(), 0) {}

void PathBuilder::reset() {
  if (++round_ == 0) {
    std::fill(active_of_.begin(), active_of_.end(), 0);
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
  table_ = plan_rule == plan::none ? plan::none : plan_.rules[plan_rule].table;
  troubles_ = &troubles;
  const Slice all{static_cast<std::uint32_t>(rows_.size()), static_cast<std::uint32_t>(rows.size())};
  rows_.insert(rows_.end(), rows.begin(), rows.end());
  return !walk_part(path, all).empty();
}

PathBuilder::Fragment PathBuilder::walk_part(std::uint32_t path, Slice rows) {
  const PathNode& node = plan_.path_nodes[path];
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

PathBuilder::Fragment PathBuilder::activate(std::uint32_t step, Slice rows) {
  if (active_of_[step] != round_) {
    active_of_[step] = round_;
    active_.push_back(step);
  }
  reasons_.push_back({step, rule_, by_row_ ? table_ : plan::none});
  for (std::uint32_t i = 0; i < rows.count; ++i) lines_.push_back({step, rows_[rows.first + i]});
  if (plan_rule_ != plan::none) rule_steps_.emplace_back(plan_rule_, step);
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
  std::sort(active_.begin(), active_.end(),
            [&](std::uint32_t a, std::uint32_t b) { return plan_.steps[a].rank < plan_.steps[b].rank; });
  result_.resize(active_.size());
  for (std::size_t i = 0; i < active_.size(); ++i) {
    result_[i] = {active_[i], {}, {}, {}};
    place_[active_[i]] = static_cast<std::uint32_t>(i);
  }
  reduce();
  list_results();
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
        if (active_of_[step] == round_) out.push_back(step);
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
  for (Edge& edge : edges_) edge = {place_[edge.from], place_[edge.to]};
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

void PathBuilder::list_results() {
  std::sort(reasons_.begin(), reasons_.end(), [&](const Reason& a, const Reason& b) {
    const std::uint32_t pa = place_[a.step];
    const std::uint32_t pb = place_[b.step];
    return pa != pb ? pa < pb : a.rule < b.rule;
  });
  std::sort(lines_.begin(), lines_.end(), [&](const Line& a, const Line& b) {
    const std::uint32_t pa = place_[a.step];
    const std::uint32_t pb = place_[b.step];
    return pa != pb ? pa < pb : a.row < b.row;
  });
  std::size_t r = 0;
  std::size_t l = 0;
  for (Active& active : result_) {
    const auto first = static_cast<std::uint32_t>(result_reasons_.size());
    bool same_list = true;
    std::uint32_t table = plan::none;
    bool any = false;
    for (; r < reasons_.size() && reasons_[r].step == active.step; ++r) {
      const Reason& reason = reasons_[r];
      same_list = same_list && reason.table != plan::none && (!any || reason.table == table);
      table = reason.table;
      any = true;
      if (reason.rule == plan::none) continue;  // `otherwise` is no rule
      if (result_reasons_.size() > first && result_reasons_.back() == reason.rule) continue;
      result_reasons_.push_back(reason.rule);
    }
    active.because = {first, static_cast<std::uint32_t>(result_reasons_.size()) - first};
    const auto first_line = static_cast<std::uint32_t>(result_lines_.size());
    for (; l < lines_.size() && lines_[l].step == active.step; ++l) {
      if (!same_list) continue;
      if (result_lines_.size() > first_line && result_lines_.back() == lines_[l].row) continue;
      result_lines_.push_back(lines_[l].row);
    }
    active.lines = {first_line, static_cast<std::uint32_t>(result_lines_.size()) - first_line};
  }
}

}  // namespace assent::eval
