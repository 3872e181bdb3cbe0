// Making the condition index. Entry: RuleIndex::RuleIndex.
//
// First every condition is taken to its parts, then each rule chooses its equality, then rules are
// counted into files and groups, and each group's bounds are sorted. All of it is linear in the rules
// but for those sorts.
#include <algorithm>
#include <map>

#include "runtime/eval/index.h"
#include "runtime/plan/constants.h"
#include "runtime/plan/print.h"

namespace assent::eval {

using plan::Comparison;
using plan::Node;
using plan::Op;

// The parts of one condition that can be looked up.
struct RuleIndex::Parts {
  struct Equality { std::uint32_t node, subject; std::vector<std::uint32_t> values; };  // constants, or strings of texts
  struct Need { std::uint32_t node, subject; bool least; std::uint32_t need; };
  std::vector<Equality> equalities;
  std::vector<Need> needs;  // by subject, each subject and direction once
};

namespace {

Comparison turned(Comparison comparison) {
  switch (comparison) {
    case Comparison::less: return Comparison::greater;
    case Comparison::less_equal: return Comparison::greater_equal;
    case Comparison::greater: return Comparison::less;
    case Comparison::greater_equal: return Comparison::less_equal;
    case Comparison::equal: case Comparison::not_equal: break;
  }
  return comparison;
}

std::uint32_t size_of(const auto& items) { return static_cast<std::uint32_t>(items.size()); }

}  // namespace

class RuleIndex::Builder {
 public:
  explicit Builder(RuleIndex& index) : in_(index), plan_(index.plan_), facts_(index.facts_) {}

  Parts parts(std::uint32_t rule);
  void build();
  std::uint32_t filed_under(std::uint32_t rule) const { return filed_[rule]; }  // an equality's node, or none

 private:
  struct Filing { std::uint32_t group, rule, needs; };  // needs: of needs_

  void take(std::uint32_t node, Parts& parts);
  std::uint32_t subject(std::uint32_t node, const plan::Constant& constant);
  const Parts::Equality* chosen(const Parts& parts) const;
  void count_values(const std::vector<Parts>& parts);
  void file(std::uint32_t rule, const Parts& parts);
  std::uint32_t file_id(std::uint32_t subject, std::uint32_t value);
  std::uint32_t group_id(std::uint32_t file, std::uint32_t signature);
  std::uint32_t signature_id(const Parts& parts);
  void number_files();
  void fill_groups();
  void sort_runs(const Group& group);

  RuleIndex& in_;
  const plan::Plan& plan_;
  const plan::NodeFacts& facts_;
  std::unordered_map<std::uint32_t, std::vector<std::uint32_t>> subjects_of_;  // a node
  std::unordered_map<std::uint32_t, std::size_t> values_of_;                   // a subject: how many it is compared with
  std::map<std::vector<std::uint32_t>, std::uint32_t> signatures_;             // 2 * subject + least, ascending
  std::vector<std::vector<std::uint32_t>> signature_;
  std::unordered_map<std::uint64_t, std::uint32_t> group_of_;                  // file << 32 | signature
  std::vector<std::pair<std::uint32_t, std::uint32_t>> group_keys_;            // file, signature
  std::vector<std::uint32_t> file_subject_;
  std::vector<std::uint32_t> filed_;
  std::vector<Filing> filings_;
  std::vector<std::uint32_t> needs_;
};

// ── parts ────────────────────────────────────────────────────────────────────────────────────
std::uint32_t RuleIndex::Builder::subject(std::uint32_t node, const plan::Constant& constant) {
  const Currency unit = plan::is_text(constant.type) ? 0 : constant.unit;
  std::vector<std::uint32_t>& known = subjects_of_[node];
  for (const std::uint32_t id : known) {
    if (in_.subjects_[id].type == constant.type && in_.subjects_[id].unit == unit) return id;
  }
  const auto alike = [&](const plan::Constant& each) {  // before, within or after the run
    if (each.type != constant.type) return each.type < constant.type ? -1 : 1;
    if (plan::is_text(each.type) || each.unit == unit) return 0;
    return each.unit < unit ? -1 : 1;
  };
  const auto first = std::partition_point(plan_.constants.begin(), plan_.constants.end(), [&](const auto& each) { return alike(each) < 0; });
  const auto last = std::partition_point(first, plan_.constants.end(), [&](const auto& each) { return alike(each) == 0; });
  const plan::Slice run{static_cast<std::uint32_t>(first - plan_.constants.begin()), static_cast<std::uint32_t>(last - first)};
  in_.subjects_.push_back({node, constant.type, unit, run});
  known.push_back(size_of(in_.subjects_) - 1);
  return known.back();
}

void RuleIndex::Builder::take(std::uint32_t id, Parts& parts) {
  const Node& node = plan_.nodes[id];
  const auto constant_of = [&](std::uint32_t operand) { return plan_.nodes[operand].op == Op::constant ? plan_.nodes[operand].a : plan::none; };
  const auto value_of = [&](std::uint32_t constant) {
    const plan::Constant& value = plan_.constants[constant];
    return plan::is_text(value.type) ? value.unit : constant;
  };
  if ((node.detail & plan::ignoring_case) != 0) return;
  if (node.op == Op::one_of) {
    const std::uint32_t value = plan_.operands[node.a];
    if (node.b < 2 || node.b - 1 > max_files || facts_.open[value] || constant_of(value) != plan::none) return;
    Parts::Equality equality{id, plan::none, {}};
    for (std::uint32_t i = 1; i < node.b; ++i) {
      const std::uint32_t constant = constant_of(plan_.operands[node.a + i]);
      if (constant == plan::none) return;
      const std::uint32_t by = subject(value, plan_.constants[constant]);
      if (equality.subject != plan::none && equality.subject != by) return;  // amounts in several currencies
      equality.subject = by;
      equality.values.push_back(value_of(constant));
    }
    parts.equalities.push_back(std::move(equality));
    return;
  }
  if (node.op != Op::compare) return;
  const bool right = constant_of(node.b) != plan::none;
  if (right == (constant_of(node.a) != plan::none)) return;
  const std::uint32_t value = right ? node.a : node.b;
  const std::uint32_t k = constant_of(right ? node.b : node.a);
  if (facts_.open[value]) return;
  const auto comparison = static_cast<Comparison>(node.detail & 7);
  const auto need = [&](bool least, std::uint32_t place) {
    const std::uint32_t by = subject(value, plan_.constants[k]);
    const auto alike = [&](const Parts::Need& each) { return each.subject == by && each.least == least; };
    if (plan::is_text(plan_.constants[k].type) || parts.needs.size() == max_bounds) return;
    if (std::none_of(parts.needs.begin(), parts.needs.end(), alike)) parts.needs.push_back({id, by, least, place});
  };
  switch (right ? comparison : turned(comparison)) {
    case Comparison::equal: parts.equalities.push_back({id, subject(value, plan_.constants[k]), {value_of(k)}}); break;
    case Comparison::greater: need(true, 2 * k + 2); break;
    case Comparison::greater_equal: need(true, 2 * k + 1); break;
    case Comparison::less: need(false, 2 * k); break;
    case Comparison::less_equal: need(false, 2 * k + 1); break;
    case Comparison::not_equal: break;
  }
}

RuleIndex::Parts RuleIndex::Builder::parts(std::uint32_t id) {
  Parts parts;
  const plan::Rule& rule = plan_.rules[id];
  if (rule.effective_on != plan::none) return parts;  // its date is looked at before its condition
  const Node& condition = plan_.nodes[rule.condition];
  if (condition.op != Op::conjunction) {
    take(rule.condition, parts);
  } else {
    for (std::uint32_t i = 0; i < std::min(condition.b, max_parts); ++i) take(plan_.operands[condition.a + i], parts);
  }
  std::sort(parts.needs.begin(), parts.needs.end(), [](const Parts::Need& a, const Parts::Need& b) {
    return a.subject != b.subject ? a.subject < b.subject : a.least < b.least;
  });
  return parts;
}

// ── files ────────────────────────────────────────────────────────────────────────────────────
// The more different values a value is compared with, the more one of them rules out. Counted only
// where a rule has a choice.
void RuleIndex::Builder::count_values(const std::vector<Parts>& parts) {
  if (std::none_of(parts.begin(), parts.end(), [](const Parts& each) { return each.equalities.size() > 1; })) return;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> compared;
  for (const Parts& each : parts) {
    for (const Parts::Equality& equality : each.equalities) {
      for (const std::uint32_t value : equality.values) compared.emplace_back(equality.subject, value);
    }
  }
  std::sort(compared.begin(), compared.end());
  compared.erase(std::unique(compared.begin(), compared.end()), compared.end());
  for (const auto& [subject, value] : compared) ++values_of_[subject];
}

const RuleIndex::Parts::Equality* RuleIndex::Builder::chosen(const Parts& parts) const {
  if (parts.equalities.size() == 1) return &parts.equalities[0];
  const Parts::Equality* best = nullptr;
  std::size_t best_score = 0;
  for (const Parts::Equality& each : parts.equalities) {
    const std::size_t score = 1 + values_of_.at(each.subject) * max_files / each.values.size();
    if (score > best_score) {
      best = &each;
      best_score = score;
    }
  }
  return best;
}

std::uint32_t RuleIndex::Builder::file_id(std::uint32_t subject, std::uint32_t value) {
  const auto [it, fresh] = in_.file_of_.try_emplace(std::uint64_t{subject} << 32 | value, size_of(file_subject_));
  if (!fresh) return it->second;
  file_subject_.push_back(subject);
  if (plan::is_text(in_.subjects_[subject].type)) in_.strings_.try_emplace(plan_.string(value), value);
  return it->second;
}

std::uint32_t RuleIndex::Builder::signature_id(const Parts& parts) {
  std::vector<std::uint32_t> signature;
  for (const Parts::Need& need : parts.needs) signature.push_back(2 * need.subject + (need.least ? 1 : 0));
  const auto [it, fresh] = signatures_.try_emplace(std::move(signature), size_of(signature_));
  if (fresh) signature_.push_back(it->first);
  return it->second;
}

std::uint32_t RuleIndex::Builder::group_id(std::uint32_t file, std::uint32_t signature) {
  const auto [it, fresh] = group_of_.try_emplace(std::uint64_t{file} << 32 | signature, size_of(group_keys_));
  if (fresh) group_keys_.emplace_back(file, signature);
  return it->second;
}

void RuleIndex::Builder::file(std::uint32_t rule, const Parts& parts) {
  const Parts::Equality* equality = chosen(parts);
  filed_[rule] = equality == nullptr ? plan::none : equality->node;
  if (equality == nullptr && parts.needs.empty()) {
    in_.always_.push_back(rule);
    return;
  }
  const std::uint32_t signature = signature_id(parts);
  const std::uint32_t needs = size_of(needs_);
  for (const Parts::Need& need : parts.needs) needs_.push_back(need.need);
  const auto put = [&](std::uint32_t file) { filings_.push_back({group_id(file, signature), rule, needs}); };
  if (equality == nullptr) return put(plan::none);
  for (const std::uint32_t value : equality->values) put(file_id(equality->subject, value));
}

// Files of one subject stand together, and so do groups of one file.
void RuleIndex::Builder::number_files() {
  std::vector<std::uint32_t> order(file_subject_.size());
  for (std::uint32_t f = 0; f < order.size(); ++f) order[f] = f;
  std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return file_subject_[a] < file_subject_[b]; });
  std::vector<std::uint32_t> number(order.size());
  for (std::uint32_t n = 0; n < order.size(); ++n) {
    number[order[n]] = n;
    const std::uint32_t subject = file_subject_[order[n]];
    if (in_.cabinets_.empty() || in_.cabinets_.back().subject != subject) in_.cabinets_.push_back({subject, {n, 0}});
    ++in_.cabinets_.back().files.count;
  }
  for (auto& [key, file] : in_.file_of_) file = number[file];
  for (auto& [file, signature] : group_keys_) file = file == plan::none ? file : number[file];

  std::vector<std::uint32_t> groups(group_keys_.size());
  for (std::uint32_t g = 0; g < groups.size(); ++g) groups[g] = g;
  std::stable_sort(groups.begin(), groups.end(), [&](std::uint32_t a, std::uint32_t b) { return group_keys_[a].first < group_keys_[b].first; });
  in_.files_.resize(order.size());
  std::vector<std::uint32_t> place(groups.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted;
  for (std::uint32_t n = 0; n < groups.size(); ++n) {
    place[groups[n]] = n;
    sorted.push_back(group_keys_[groups[n]]);
    File& file = sorted.back().first == plan::none ? in_.unfiled_ : in_.files_[sorted.back().first];
    if (file.groups.count++ == 0) file.groups.first = n;
  }
  group_keys_ = std::move(sorted);
  for (Filing& filing : filings_) filing.group = place[filing.group];
}

void RuleIndex::Builder::sort_runs(const Group& group) {
  const std::uint32_t width = group.runs.count;
  std::vector<std::uint64_t> keys(group.slots.count);  // need << 32 | slot: sorted faster than bounds
  for (std::uint32_t r = 0; r < width; ++r) {
    const Run& run = in_.runs_[group.runs.first + r];
    for (std::uint32_t slot = 0; slot < group.slots.count; ++slot) {
      const std::uint32_t need = in_.needs_[group.needs + std::size_t{slot} * width + r];
      keys[slot] = std::uint64_t{run.least ? need : ~need} << 32 | slot;
    }
    std::sort(keys.begin(), keys.end());
    for (std::uint32_t i = 0; i < group.slots.count; ++i) {
      const auto need = static_cast<std::uint32_t>(keys[i] >> 32);
      in_.bounds_[run.bounds.first + i] = {run.least ? need : ~need, static_cast<std::uint32_t>(keys[i])};
    }
  }
}

void RuleIndex::Builder::fill_groups() {
  std::vector<std::uint32_t> count(group_keys_.size(), 0);
  for (const Filing& filing : filings_) ++count[filing.group];
  std::uint32_t slots = 0;
  std::uint32_t bounds = 0;
  for (std::uint32_t g = 0; g < group_keys_.size(); ++g) {
    const std::vector<std::uint32_t>& signature = signature_[group_keys_[g].second];
    in_.groups_.push_back({{size_of(in_.runs_), size_of(signature)}, {slots, 0}, bounds});
    slots += count[g];
    for (const std::uint32_t side : signature) {
      in_.runs_.push_back({side / 2, side % 2 != 0, {bounds, count[g]}});
      bounds += count[g];
    }
  }
  in_.rule_of_.resize(slots);
  in_.needs_.resize(bounds);
  in_.bounds_.resize(bounds);
  for (const Filing& filing : filings_) {
    Group& group = in_.groups_[filing.group];
    const std::uint32_t slot = group.slots.count++;
    in_.rule_of_[group.slots.first + slot] = filing.rule;
    for (std::uint32_t r = 0; r < group.runs.count; ++r) {
      in_.needs_[group.needs + std::size_t{slot} * group.runs.count + r] = needs_[filing.needs + r];
    }
  }
  for (const Group& group : in_.groups_) sort_runs(group);
}

void RuleIndex::Builder::build() {
  const std::uint32_t rules = size_of(plan_.rules);
  filed_.resize(rules, plan::none);
  std::vector<Parts> all;
  all.reserve(rules);
  for (std::uint32_t r = 0; r < rules; ++r) all.push_back(parts(r));
  count_values(all);
  for (std::uint32_t r = 0; r < rules; ++r) file(r, all[r]);
  number_files();
  fill_groups();
}

RuleIndex::RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts) : plan_(plan), facts_(facts) { Builder(*this).build(); }

std::vector<std::string> RuleIndex::listing(const plan::Plan& plan, const plan::NodeFacts& facts) {
  RuleIndex index(plan, facts, Unbuilt{});
  Builder builder(index);
  builder.build();
  std::vector<std::string> result;
  for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
    std::string text;
    const auto add = [&](std::uint32_t node) { text += (text.empty() ? "" : " and ") + plan::print_node(plan, node); };
    if (const std::uint32_t node = builder.filed_under(rule); node != plan::none) add(node);
    for (const Parts::Need& need : builder.parts(rule).needs) add(need.node);
    result.push_back(text.empty() ? "always" : text);
  }
  return result;
}

}  // namespace assent::eval
