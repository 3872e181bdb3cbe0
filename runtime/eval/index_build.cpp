// Making the condition index. Entry: RuleIndex::RuleIndex.
//
// First every condition is taken to its parts, then each rule chooses its equality, then rules are
// counted into files and groups, and all bounds are sorted. All of it is linear in the rules.
#include <algorithm>
#include <map>
#include <span>

#include "runtime/eval/index.h"
#include "runtime/plan/constants.h"
#include "runtime/plan/print.h"

namespace assent::eval {

using plan::Comparison;
using plan::Node;
using plan::Op;

// A part of a condition that can be looked up. An `is one of` is several equalities of one node.
struct RuleIndex::Part {
  enum class Kind : std::uint8_t { equal, most, least } kind;
  std::uint32_t node, subject;
  std::uint32_t value;  // equal: a constant, or the string of a text; else the place that is needed
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
  explicit Builder(RuleIndex& index)
      : in_(index), plan_(index.plan_), facts_(index.facts_), first_subject_(plan_.nodes.size(), plan::none) {}

  // Those of a rule: the equalities as they stand, then the bounds, sorted.
  struct Parts { std::span<const Part> equalities, bounds; };
  Parts parts(std::uint32_t rule) const;
  void build();
  std::uint32_t filed_under(std::uint32_t rule) const { return filed_[rule]; }  // an equality's node, or none

 private:
  struct Filing { std::uint32_t group, rule, needs; };  // needs: of needs_
  struct Taken { std::uint32_t first, equalities, bounds; };  // of parts_

  void take_rule(std::uint32_t rule);
  bool take(std::uint32_t node);
  bool take_one_of(std::uint32_t node);
  bool take_bound(std::uint32_t node, Part::Kind kind, std::uint32_t subject, std::uint32_t place);
  std::uint32_t constant_of(std::uint32_t node) const;
  std::uint32_t value_of(plan::Type type, std::uint32_t constant) const;
  std::uint32_t subject(std::uint32_t node, std::uint32_t constant);
  std::span<const Part> chosen(std::span<const Part> equalities) const;
  void count_values();
  void file(std::uint32_t rule);
  std::uint32_t file_id(std::uint32_t subject, std::uint32_t value);
  std::uint32_t group_id(std::uint32_t file, std::uint32_t signature);
  std::uint32_t signature_id(std::span<const Part> bounds);
  void number_files();
  void fill_groups();
  void sort_bounds();

  RuleIndex& in_;
  const plan::Plan& plan_;
  const plan::NodeFacts& facts_;
  std::vector<std::uint32_t> first_subject_;  // of each node, or none
  std::vector<std::uint32_t> next_subject_;   // of each subject: another one of the same node, or none
  std::vector<Part> parts_, bounds_;          // bounds_: of the rule under way
  std::vector<Taken> taken_;                  // of each rule
  std::vector<std::size_t> values_of_;        // of each subject: how many it is compared with, or empty
  std::map<std::vector<std::uint32_t>, std::uint32_t> signatures_;  // 2 * subject + least, ascending
  std::vector<std::vector<std::uint32_t>> signature_;
  std::vector<std::uint32_t> last_signature_;
  std::uint32_t last_signature_id_ = plan::none;
  std::unordered_map<std::uint64_t, std::uint32_t> group_of_;       // file << 32 | signature
  std::vector<std::pair<std::uint32_t, std::uint32_t>> group_keys_;  // file, signature
  std::vector<std::uint32_t> file_subject_;
  std::vector<std::uint32_t> filed_;
  std::vector<Filing> filings_;
  std::vector<std::uint32_t> needs_;
};

// ── parts ────────────────────────────────────────────────────────────────────────────────────
std::uint32_t RuleIndex::Builder::subject(std::uint32_t node, std::uint32_t constant) {
  for (std::uint32_t id = first_subject_[node]; id != plan::none; id = next_subject_[id]) {
    if (constant - in_.subjects_[id].constants.first < in_.subjects_[id].constants.count) return id;
  }
  const plan::Type type = plan_.constants[constant].type;
  const Currency unit = type == plan::Type::money ? plan_.constants[constant].unit : 0;
  const auto order = [&](const plan::Constant& each) {  // before, within or after the run
    if (each.type != type) return each.type < type ? -1 : 1;
    if (plan::is_text(each.type) || each.unit == unit) return 0;
    return each.unit < unit ? -1 : 1;
  };
  const auto first = std::partition_point(plan_.constants.begin(), plan_.constants.end(),
                                          [&](const auto& each) { return order(each) < 0; });
  const auto last =
      std::partition_point(first, plan_.constants.end(), [&](const auto& each) { return order(each) == 0; });
  const plan::Slice run{static_cast<std::uint32_t>(first - plan_.constants.begin()),
                        static_cast<std::uint32_t>(last - first)};
  const std::uint32_t id = size_of(in_.subjects_);
  in_.subjects_.push_back({node, type, unit, run});
  next_subject_.push_back(first_subject_[node]);
  first_subject_[node] = id;
  return id;
}

std::uint32_t RuleIndex::Builder::constant_of(std::uint32_t node) const {
  return plan_.nodes[node].op == Op::constant ? plan_.nodes[node].a : plan::none;
}

std::uint32_t RuleIndex::Builder::value_of(plan::Type type, std::uint32_t constant) const {
  return plan::is_text(type) ? plan_.constants[constant].unit : constant;
}

bool RuleIndex::Builder::take_one_of(std::uint32_t id) {
  const Node& node = plan_.nodes[id];
  const std::uint32_t value = plan_.operands[node.a];
  if (node.b < 2 || node.b - 1 > max_files || facts_.open[value] || constant_of(value) != plan::none) return false;
  const std::size_t before = parts_.size();
  for (std::uint32_t i = 1; i < node.b; ++i) {
    const std::uint32_t operand = plan_.operands[node.a + i];
    const std::uint32_t constant = constant_of(operand);
    const std::uint32_t by = constant == plan::none ? plan::none : subject(value, constant);
    if (by == plan::none || (i > 1 && by != parts_.back().subject)) {  // computed, or amounts in several currencies
      parts_.resize(before);
      return false;
    }
    parts_.push_back({Part::Kind::equal, id, by, value_of(plan_.nodes[operand].type, constant)});
  }
  return true;
}

// Of two bounds on the same side of a value the narrower one says all.
bool RuleIndex::Builder::take_bound(std::uint32_t id, Part::Kind kind, std::uint32_t by, std::uint32_t place) {
  if (plan::is_text(in_.subjects_[by].type)) return false;
  for (Part& each : bounds_) {
    if (each.subject != by || each.kind != kind) continue;
    if (kind == Part::Kind::least ? place > each.value : place < each.value) each = {kind, id, by, place};
    return true;
  }
  if (bounds_.size() == max_bounds) return false;
  bounds_.push_back({kind, id, by, place});
  return true;
}

// Whether the part is looked up, so that nothing is left to evaluate.
bool RuleIndex::Builder::take(std::uint32_t id) {
  const Node& node = plan_.nodes[id];
  if ((node.detail & plan::ignoring_case) != 0) return false;
  if (node.op == Op::one_of) return take_one_of(id);
  if (node.op != Op::compare) return false;
  const bool right = constant_of(node.b) != plan::none;
  if (right == (constant_of(node.a) != plan::none)) return false;
  const std::uint32_t value = right ? node.a : node.b;
  const plan::Type type = plan_.nodes[right ? node.b : node.a].type;
  const std::uint32_t k = constant_of(right ? node.b : node.a);
  if (facts_.open[value]) return false;
  const std::uint32_t by = subject(value, k);
  const auto comparison = static_cast<Comparison>(node.detail & 7);
  switch (right ? comparison : turned(comparison)) {
    case Comparison::equal: parts_.push_back({Part::Kind::equal, id, by, value_of(type, k)}); return true;
    case Comparison::greater: return take_bound(id, Part::Kind::least, by, 2 * k + 2);
    case Comparison::greater_equal: return take_bound(id, Part::Kind::least, by, 2 * k + 1);
    case Comparison::less: return take_bound(id, Part::Kind::most, by, 2 * k);
    case Comparison::less_equal: return take_bound(id, Part::Kind::most, by, 2 * k + 1);
    case Comparison::not_equal: break;
  }
  return false;
}

void RuleIndex::Builder::take_rule(std::uint32_t id) {
  const std::uint32_t first = size_of(parts_);
  bounds_.clear();
  const plan::Rule& rule = plan_.rules[id];
  bool whole = rule.table == plan::none && rule.effective_on == plan::none;
  if (rule.effective_on == plan::none) {  // else its date is looked at before its condition
    const Node& condition = plan_.nodes[rule.condition];
    if (condition.op != Op::conjunction) {
      whole &= take(rule.condition);
    } else {
      whole &= condition.b <= max_parts;
      for (std::uint32_t i = 0; i < std::min(condition.b, max_parts); ++i)
        whole &= take(plan_.operands[condition.a + i]);
    }
  }
  in_.whole_.push_back(whole);
  std::sort(bounds_.begin(), bounds_.end(), [](const Part& a, const Part& b) {
    return a.subject != b.subject ? a.subject < b.subject : a.kind < b.kind;
  });
  taken_.push_back({first, size_of(parts_) - first, size_of(bounds_)});
  parts_.insert(parts_.end(), bounds_.begin(), bounds_.end());
}

RuleIndex::Builder::Parts RuleIndex::Builder::parts(std::uint32_t rule) const {
  const Taken& taken = taken_[rule];
  const std::span<const Part> all(parts_.data() + taken.first, taken.equalities + taken.bounds);
  return {all.first(taken.equalities), all.last(taken.bounds)};
}

// ── files ────────────────────────────────────────────────────────────────────────────────────
// The more different values a value is compared with, the more one of them rules out. Counted only
// where a rule has a choice.
void RuleIndex::Builder::count_values() {
  bool choice = false;
  for (std::uint32_t r = 0; r < plan_.rules.size() && !choice; ++r) {
    const std::span<const Part> equalities = parts(r).equalities;
    choice = !equalities.empty() && equalities.front().node != equalities.back().node;
  }
  if (!choice) return;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> compared;
  for (const Part& part : parts_) {
    if (part.kind == Part::Kind::equal) compared.emplace_back(part.subject, part.value);
  }
  std::sort(compared.begin(), compared.end());
  compared.erase(std::unique(compared.begin(), compared.end()), compared.end());
  values_of_.assign(in_.subjects_.size(), 0);
  for (const auto& [subject, value] : compared) ++values_of_[subject];
}

// The equalities of one node.
std::span<const RuleIndex::Part> RuleIndex::Builder::chosen(std::span<const Part> equalities) const {
  if (values_of_.empty()) return equalities;
  std::span<const Part> best;
  std::size_t best_score = 0;
  for (std::size_t i = 0, next = 0; i < equalities.size(); i = next) {
    while (next < equalities.size() && equalities[next].node == equalities[i].node) ++next;
    const std::size_t score = 1 + values_of_[equalities[i].subject] * max_files / (next - i);
    if (score > best_score) {
      best = equalities.subspan(i, next - i);
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

std::uint32_t RuleIndex::Builder::signature_id(std::span<const Part> bounds) {
  const auto side = [](const Part& bound) { return 2 * bound.subject + (bound.kind == Part::Kind::least ? 1 : 0); };
  const auto same = [&](const Part& bound, std::uint32_t known) { return side(bound) == known; };
  if (last_signature_id_ == plan::none ||
      !std::equal(bounds.begin(), bounds.end(), last_signature_.begin(), last_signature_.end(), same)) {
    last_signature_.clear();
    for (const Part& bound : bounds) last_signature_.push_back(side(bound));
    const auto [it, fresh] = signatures_.try_emplace(last_signature_, size_of(signature_));
    if (fresh) signature_.push_back(last_signature_);
    last_signature_id_ = it->second;
  }
  return last_signature_id_;
}

std::uint32_t RuleIndex::Builder::group_id(std::uint32_t file, std::uint32_t signature) {
  const auto [it, fresh] = group_of_.try_emplace(std::uint64_t{file} << 32 | signature, size_of(group_keys_));
  if (fresh) group_keys_.emplace_back(file, signature);
  return it->second;
}

void RuleIndex::Builder::file(std::uint32_t rule) {
  const Parts own = parts(rule);
  const std::span<const Part> equalities = chosen(own.equalities);
  filed_[rule] = equalities.empty() ? plan::none : equalities[0].node;
  if (equalities.size() != own.equalities.size()) in_.whole_[rule] = false;
  if (equalities.empty() && own.bounds.empty()) {
    in_.always_.push_back(rule);
    return;
  }
  const std::uint32_t signature = signature_id(own.bounds);
  const std::uint32_t needs = size_of(needs_);
  for (const Part& bound : own.bounds) needs_.push_back(bound.value);
  const auto put = [&](std::uint32_t file) { filings_.push_back({group_id(file, signature), rule, needs}); };
  if (equalities.empty()) put(plan::none);
  for (const Part& each : equalities) put(file_id(each.subject, each.value));
}

// Files of one subject stand together, and so do groups of one file.
void RuleIndex::Builder::number_files() {
  std::vector<std::uint32_t> order(file_subject_.size());
  for (std::uint32_t f = 0; f < order.size(); ++f) order[f] = f;
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return file_subject_[a] < file_subject_[b]; });
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
  std::stable_sort(groups.begin(), groups.end(),
                   [&](std::uint32_t a, std::uint32_t b) { return group_keys_[a].first < group_keys_[b].first; });
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

// All bounds at once by counting, which is linear; each then goes to its run in order.
void RuleIndex::Builder::sort_bounds() {
  struct Entry { std::uint32_t need, run, slot; };
  std::vector<Entry> entries;
  entries.reserve(in_.bounds_.size());
  for (const Group& group : in_.groups_) {
    const std::uint32_t* needs = in_.needs_.data() + group.needs;
    for (std::uint32_t slot = 0; slot < group.slots.count; ++slot) {
      for (std::uint32_t r = 0; r < group.runs.count; ++r) entries.push_back({*needs++, group.runs.first + r, slot});
    }
  }
  constexpr std::uint32_t bits = 11;  // a count for each fits the first cache
  const std::uint32_t most = 2 * size_of(plan_.constants) + 2;
  std::vector<Entry> sorted(entries.size());
  for (std::uint32_t shift = 0; shift < 32 && most >> shift != 0; shift += bits) {
    std::vector<std::uint32_t> place((1u << bits) + 1, 0);
    const auto digit = [&](const Entry& entry) { return entry.need >> shift & ((1u << bits) - 1); };
    for (const Entry& entry : entries) ++place[digit(entry) + 1];
    for (std::size_t i = 1; i < place.size(); ++i) place[i] += place[i - 1];
    for (const Entry& entry : entries) sorted[place[digit(entry)]++] = entry;
    entries.swap(sorted);
  }
  std::vector<std::uint32_t> filled(in_.runs_.size(), 0);
  for (const Entry& entry : entries) {
    const Run& run = in_.runs_[entry.run];
    const std::uint32_t at = filled[entry.run]++;
    in_.bounds_[run.bounds.first + (run.least ? at : run.bounds.count - 1 - at)] = {entry.need, entry.slot};
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
  sort_bounds();
}

void RuleIndex::Builder::build() {
  const std::uint32_t rules = size_of(plan_.rules);
  filed_.resize(rules, plan::none);
  taken_.reserve(rules);
  for (std::uint32_t r = 0; r < rules; ++r) take_rule(r);
  count_values();
  for (std::uint32_t r = 0; r < rules; ++r) file(r);
  number_files();
  fill_groups();
}

RuleIndex::RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts) : plan_(plan), facts_(facts) {
  Builder(*this).build();
}

std::vector<std::string> RuleIndex::listing(const plan::Plan& plan, const plan::NodeFacts& facts) {
  RuleIndex index(plan, facts, Unbuilt{});
  Builder builder(index);
  builder.build();
  std::vector<std::string> result;
  for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
    std::string text;
    const auto add = [&](std::uint32_t node) { text += (text.empty() ? "" : " and ") + plan::print_node(plan, node); };
    if (const std::uint32_t node = builder.filed_under(rule); node != plan::none) add(node);
    for (const Part& bound : builder.parts(rule).bounds) add(bound.node);
    result.push_back(text.empty() ? "always" : text);
  }
  return result;
}

}  // namespace assent::eval
