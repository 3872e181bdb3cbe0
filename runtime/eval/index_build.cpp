// Making the condition index. Entry: RuleIndex::RuleIndex.
//
// First every condition is taken to its terms (lookup.h), then each term chooses its equality, then terms are counted
// into files and groups, and all bounds are sorted. All of it is linear in the rules.
#include <algorithm>
#include <map>
#include <numeric>
#include <span>
#include <unordered_map>

#include "runtime/eval/index.h"
#include "runtime/plan/constants.h"
#include "runtime/plan/print.h"

namespace assent::eval {

namespace {

std::uint32_t size_of(const auto& items) { return static_cast<std::uint32_t>(items.size()); }

// A bound, or a truth, on whose value so few terms have a part is looked up only where a term has no better one: what
// is found out about a value should be of use to many. To look for a file costs less than to evaluate one rule.
constexpr std::size_t rare_share = 64;

// Of all rules together, on the average; beyond that a rule has one.
constexpr std::size_t terms_for_each_rule = 8;

}  // namespace

class RuleIndex::Builder {
 public:
  Builder(RuleIndex& index, const plan::NodeFacts& facts) : in_(index), plan_(index.plan_), lookups_(plan_, facts) {}

  void build();

 private:
  friend class RuleIndex;
  // Of a rule. Once it is filed: the part it is filed under, if any, then its bounds, sorted.
  struct Kept {
    std::uint32_t rule;
    std::uint32_t first, count;  // of parts_
    bool whole;
    bool filed = false;          // the first of them is what it is filed under
  };
  struct Filing { std::uint32_t group, kept; };
  // Two for each subject: of bounds that are reached from below, and from above.
  static std::uint32_t side(const Part& bound) { return 2 * bound.subject + (bound.kind == Part::Kind::most ? 1 : 0); }

  void keep(std::uint32_t rule);
  void count();
  bool is_rare(const Part& part) const { return uses_[part.subject] * rare_share < kept_.size(); }
  bool is_rare_truth(const Part& part) const {
    return is_rare(part) && lookups_.subjects()[part.subject].how == Subject::How::truth;
  }
  const Part* best_equality(std::span<const Part> parts, bool rare_truth) const;
  void choose(Kept& kept);
  bool add_bound(const Part& bound);
  void file_section(std::uint32_t table);
  void file(std::uint32_t kept);
  std::uint32_t cabinet_id(std::uint32_t subject);
  std::uint32_t file_id(std::uint32_t cabinet, std::uint32_t value);
  std::uint32_t group_id(std::uint32_t file, std::uint32_t signature);
  std::uint32_t signature_id(std::span<const Part> bounds);
  void number_files();
  void fill_drawers();
  void fill_groups();
  void sort_bounds();
  void make_scales();
  std::string shown(const Part& part) const;
  Way way(std::span<const Kept> terms) const;
  std::span<const Part> bounds(const Kept& kept) const {
    return std::span(parts_).subspan(kept.first + (kept.filed ? 1 : 0), kept.count - (kept.filed ? 1 : 0));
  }

  RuleIndex& in_;
  const plan::Plan& plan_;
  Lookups lookups_;
  std::vector<Kept> kept_;
  std::vector<Part> parts_, chosen_;          // chosen_: of the term under way
  std::vector<std::uint32_t> uses_, values_;  // of each subject: terms that use it, how many values equalities name
  std::vector<std::uint32_t> cabinet_of_;     // of each subject in the section under way, or none
  std::unordered_map<std::uint64_t, std::uint32_t> file_of_;        // cabinet << 32 | value
  std::map<std::vector<std::uint32_t>, std::uint32_t> signatures_;  // sides, ascending
  std::vector<std::vector<std::uint32_t>> signature_;
  std::vector<std::uint32_t> last_signature_;
  std::uint32_t last_signature_id_ = plan::none;
  std::unordered_map<std::uint64_t, std::uint32_t> group_of_;        // file << 32 | signature
  std::vector<std::pair<std::uint32_t, std::uint32_t>> group_keys_;  // file, signature
  std::vector<Filing> filings_;
};

// ── terms ────────────────────────────────────────────────────────────────────────────────────
void RuleIndex::Builder::keep(std::uint32_t id) {
  const plan::Rule& rule = plan_.rules[id];
  if (plan_.scope(rule).effective_on != plan::none) {  // its date is looked at before its condition
    kept_.push_back({id, size_of(parts_), 0, false});
    return;
  }
  // So that the index stays linear in the rules, whatever they list.
  const bool many = kept_.size() > terms_for_each_rule * (std::size_t{id} + max_terms);
  for (const Term& term : lookups_.terms(rule, many ? 1 : max_terms)) {
    kept_.push_back({id, size_of(parts_), term.count, term.whole});
    parts_.insert(parts_.end(), term.all().begin(), term.all().end());
  }
}

void RuleIndex::Builder::count() {
  uses_.assign(lookups_.subjects().size(), 0);
  values_.assign(uses_.size(), 0);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> compared;
  for (const Part& part : parts_) {
    ++uses_[part.subject];
    if (part.kind == Part::Kind::equal) compared.emplace_back(part.subject, part.value);
  }
  std::sort(compared.begin(), compared.end());
  compared.erase(std::unique(compared.begin(), compared.end()), compared.end());
  for (const auto& [subject, value] : compared) ++values_[subject];
}

// The more different values a value is compared with, the more one of them rules out.
const Part* RuleIndex::Builder::best_equality(std::span<const Part> parts, bool rare_truth) const {
  const Part* best = nullptr;
  for (const Part& part : parts) {
    if (part.kind != Part::Kind::equal || is_rare_truth(part) != rare_truth) continue;
    if (best == nullptr || values_[part.subject] > values_[best->subject]) best = &part;
  }
  return best;
}

// Of two bounds on the same side of a value the narrower one says all. False where it is not looked up.
bool RuleIndex::Builder::add_bound(const Part& bound) {
  for (Part& each : chosen_) {
    if (each.kind == Part::Kind::equal || side(each) != side(bound)) continue;
    if (turned(bound.kind == Part::Kind::most, bound.value) > turned(bound.kind == Part::Kind::most, each.value))
      each = bound;
    return true;
  }
  if (chosen_.size() > max_bounds) return false;
  chosen_.push_back(bound);
  return true;
}

// What a term is filed under, and its bounds; what is left is evaluated.
void RuleIndex::Builder::choose(Kept& kept) {
  const std::span<const Part> parts = std::span(parts_).subspan(kept.first, kept.count);
  const bool common = std::any_of(parts.begin(), parts.end(), [&](const Part& part) {
    return !is_rare(part) && !(part.kind == Part::Kind::equal && lookups_.subjects()[part.subject].is_text());
  });
  const Part* equality = best_equality(parts, false);
  if (equality == nullptr && !common) equality = best_equality(parts, true);
  chosen_.clear();
  if (equality != nullptr) chosen_.push_back(*equality);
  kept.filed = equality != nullptr;
  for (const Part& part : parts) {
    if (&part == equality) continue;
    const Subject::How how = lookups_.subjects()[part.subject].how;
    const auto bound = [&](Part::Kind kind) { return Part{kind, part.node, part.subject, part.value}; };
    if (lookups_.subjects()[part.subject].is_text() || (is_rare(part) && (common || equality != nullptr))) {
      kept.whole = false;
    } else if (how == Subject::How::truth) {
      kept.whole &= add_bound(bound(part.value == 0 ? Part::Kind::most : Part::Kind::least));
    } else if (part.kind == Part::Kind::equal) {
      kept.whole &= add_bound(bound(Part::Kind::least));
      kept.whole &= add_bound(bound(Part::Kind::most));
    } else {
      kept.whole &= add_bound(part);
    }
  }
  // What is dear to find out comes last: where another bound holds for nobody, it is not asked.
  const auto dear = [&](const Part& part) { return lookups_.subjects()[part.subject].how == Subject::How::truth; };
  std::sort(chosen_.begin() + (kept.filed ? 1 : 0), chosen_.end(), [&](const Part& a, const Part& b) {
    return dear(a) != dear(b) ? dear(b) : side(a) < side(b);
  });
  kept.first = size_of(parts_);
  kept.count = size_of(chosen_);
  parts_.insert(parts_.end(), chosen_.begin(), chosen_.end());
}

// ── files ────────────────────────────────────────────────────────────────────────────────────
std::uint32_t RuleIndex::Builder::cabinet_id(std::uint32_t subject) {
  std::uint32_t& known = cabinet_of_[subject == plan::none ? uses_.size() : subject];
  if (known == plan::none) {
    known = size_of(in_.cabinets_);
    in_.cabinets_.push_back({subject, {}});
  }
  return known;
}

std::uint32_t RuleIndex::Builder::file_id(std::uint32_t cabinet, std::uint32_t value) {
  const auto [it, fresh] = file_of_.try_emplace(std::uint64_t{cabinet} << 32 | value, size_of(in_.files_));
  if (fresh) in_.files_.push_back({{}, cabinet, value});
  return it->second;
}

std::uint32_t RuleIndex::Builder::signature_id(std::span<const Part> bounds) {
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

void RuleIndex::Builder::file(std::uint32_t id) {
  const Kept& kept = kept_[id];
  if (kept.count == 0) {
    in_.always_.push_back({kept.rule, kept.whole});
    ++in_.sections_.back().always.count;
    return;
  }
  const Part by = kept.filed ? parts_[kept.first] : Part{Part::Kind::equal, plan::none, plan::none, 0};
  const std::uint32_t file = file_id(cabinet_id(by.subject), by.value);
  filings_.push_back({group_id(file, signature_id(bounds(kept))), id});
}

// Terms that any row may meet first, then those filed under what the rows have.
void RuleIndex::Builder::file_section(std::uint32_t table) {
  cabinet_of_.assign(uses_.size() + 1, plan::none);
  in_.sections_.push_back({table, {size_of(in_.always_), 0}, {size_of(in_.cabinets_), 0}});
  for (const bool by_row : {false, true}) {
    for (std::uint32_t id = 0; id < kept_.size(); ++id) {
      const Kept& kept = kept_[id];
      if (plan_.scope(plan_.rules[kept.rule]).table != table) continue;
      const bool of_rows = kept.filed && lookups_.subjects()[parts_[kept.first].subject].table != plan::none;
      if (of_rows == by_row) file(id);
    }
  }
  in_.sections_.back().cabinets.count = size_of(in_.cabinets_) - in_.sections_.back().cabinets.first;
}

// Files of one cabinet stand together, and so do groups of one file.
void RuleIndex::Builder::number_files() {
  const auto together = [](std::size_t count, auto key) {  // the old numbers in their new order
    std::vector<std::uint32_t> order(count);
    std::iota(order.begin(), order.end(), 0u);
    std::stable_sort(order.begin(), order.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
    return order;
  };
  const std::vector<std::uint32_t> order =
      together(in_.files_.size(), [&](std::uint32_t f) { return in_.files_[f].cabinet; });
  std::vector<std::uint32_t> number(order.size());
  std::vector<File> files;
  for (std::uint32_t n = 0; n < order.size(); ++n) {
    number[order[n]] = n;
    files.push_back(in_.files_[order[n]]);
    plan::Slice& own = in_.cabinets_[files[n].cabinet].files;
    if (own.count++ == 0) own.first = n;
  }
  in_.files_ = std::move(files);
  for (auto& [file, signature] : group_keys_) file = number[file];

  const std::vector<std::uint32_t> groups =
      together(group_keys_.size(), [&](std::uint32_t g) { return group_keys_[g].first; });
  std::vector<std::uint32_t> place(groups.size());
  std::vector<std::pair<std::uint32_t, std::uint32_t>> sorted;
  for (std::uint32_t n = 0; n < groups.size(); ++n) {
    place[groups[n]] = n;
    sorted.push_back(group_keys_[groups[n]]);
    plan::Slice& own = in_.files_[sorted.back().first].groups;
    if (own.count++ == 0) own.first = n;
  }
  group_keys_ = std::move(sorted);
  for (Filing& filing : filings_) filing.group = place[filing.group];
}

void RuleIndex::Builder::fill_drawers() {
  std::size_t size = 2;
  while (size < 2 * in_.files_.size()) size *= 2;
  in_.drawers_.assign(size, plan::none);
  for (std::uint32_t f = 0; f < in_.files_.size(); ++f) {
    const File& file = in_.files_[f];
    const std::uint32_t subject = in_.cabinets_[file.cabinet].subject;
    const bool text = subject != plan::none && lookups_.subjects()[subject].is_text();
    const std::uint64_t hash = text ? text_hash(plan_.string(file.value)) : file.value;
    std::size_t at = drawer(file.cabinet, hash, size - 1);
    while (in_.drawers_[at] != plan::none) at = (at + 1) & (size - 1);
    in_.drawers_[at] = f;
  }
}

// ── bounds ───────────────────────────────────────────────────────────────────────────────────
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
  std::vector<Entry> sorted(entries.size());
  for (std::uint32_t shift = 0; shift < 32; shift += bits) {
    std::vector<std::uint32_t> place((1u << bits) + 1, 0);
    const auto digit = [&](const Entry& entry) { return entry.need >> shift & ((1u << bits) - 1); };
    for (const Entry& entry : entries) ++place[digit(entry) + 1];
    for (std::size_t i = 1; i < place.size(); ++i) place[i] += place[i - 1];
    for (const Entry& entry : entries) sorted[place[digit(entry)]++] = entry;
    entries.swap(sorted);
  }
  std::vector<std::uint32_t> filled(in_.runs_.size(), 0);
  for (const Entry& entry : entries)
    in_.bounds_[in_.runs_[entry.run].bounds.first + filled[entry.run]++] = {entry.need, entry.slot};
}

void RuleIndex::Builder::fill_groups() {
  std::vector<std::uint32_t> count(group_keys_.size(), 0);
  for (const Filing& filing : filings_) ++count[filing.group];
  std::uint32_t slots = 0;
  std::uint32_t bounds_so_far = 0;
  for (std::uint32_t g = 0; g < group_keys_.size(); ++g) {
    const std::vector<std::uint32_t>& signature = signature_[group_keys_[g].second];
    in_.groups_.push_back({{size_of(in_.runs_), size_of(signature)}, {slots, 0}, bounds_so_far});
    slots += count[g];
    for (const std::uint32_t side : signature) {
      in_.runs_.push_back({side / 2, side % 2 != 0, {bounds_so_far, count[g]}});
      bounds_so_far += count[g];
    }
  }
  in_.slots_.resize(slots);
  in_.needs_.resize(bounds_so_far);
  in_.bounds_.resize(bounds_so_far);
  for (const Filing& filing : filings_) {
    const Kept& kept = kept_[filing.kept];
    Group& group = in_.groups_[filing.group];
    const std::uint32_t slot = group.slots.count++;
    in_.slots_[group.slots.first + slot] = {kept.rule & low_bits, kept.whole};
    std::uint32_t* need = in_.needs_.data() + group.needs + std::size_t{slot} * group.runs.count;
    for (const Part& bound : bounds(kept)) *need++ = turned(bound.kind == Part::Kind::most, bound.value);
  }
  sort_bounds();
}

// ── constants ────────────────────────────────────────────────────────────────────────────────
void RuleIndex::Builder::make_scales() {
  std::unordered_map<std::uint32_t, std::uint32_t> of_run;  // by the first constant
  in_.scale_of_.assign(in_.subjects_.size(), plan::none);
  for (std::uint32_t s = 0; s < in_.subjects_.size(); ++s) {
    const Subject& subject = in_.subjects_[s];
    if (subject.how != Subject::How::number) continue;
    const auto [it, fresh] = of_run.try_emplace(subject.constants.first, size_of(in_.scales_));
    in_.scale_of_[s] = it->second;
    if (!fresh) continue;
    const auto run = std::span(plan_.constants).subspan(subject.constants.first, subject.constants.count);
    std::int32_t least = max_exponent;
    for (const plan::Constant& each : run) least = std::min<std::int32_t>(least, each.exponent);
    Scale scale{least, {size_of(in_.keys_), 0}};
    for (const plan::Constant& each : run) {
      const std::optional<Scaled> key = scaled(plan::number_of(plan_, each), least);
      if (!key || !key->equal) break;
      in_.keys_.push_back(key->number);
      ++scale.keys.count;
    }
    if (scale.keys.count != run.size()) {
      in_.keys_.resize(scale.keys.first);
      scale.keys.count = 0;
    }
    in_.scales_.push_back(scale);
  }
}

void RuleIndex::Builder::build() {
  const std::uint32_t rules = size_of(plan_.rules);
  kept_.reserve(rules);
  for (std::uint32_t r = 0; r < rules; ++r) keep(r);
  count();
  for (Kept& kept : kept_) choose(kept);
  std::vector<std::uint32_t> tables{plan::none};
  for (std::uint32_t t = 0; t < plan_.tables.size(); ++t) tables.push_back(t);
  for (const std::uint32_t table : tables) {
    const auto over = [&](const plan::Rule& rule) { return plan_.scope(rule).table == table; };
    if (std::any_of(plan_.rules.begin(), plan_.rules.end(), over)) file_section(table);
  }
  in_.subjects_ = lookups_.subjects();
  number_files();
  fill_drawers();
  fill_groups();
  make_scales();
}

RuleIndex::RuleIndex(const plan::Plan& plan, const plan::NodeFacts& facts) : plan_(plan) {
  Builder(*this, facts).build();
}

// ── for people ───────────────────────────────────────────────────────────────────────────────
std::string RuleIndex::Builder::shown(const Part& part) const {
  const Subject& subject = in_.subjects_[part.subject];
  std::string value = plan::print_node(plan_, subject.node);
  if (value.find(" else ") != std::string::npos) value = "(" + value + ")";
  if (subject.how == Subject::How::truth) return part.value == 0 ? "not (" + value + ")" : value;
  if (subject.is_text()) {
    const char* const how = subject.how == Subject::How::head   ? " starts with "
                            : subject.how == Subject::How::tail ? " ends with "
                                                                : " = ";
    return value + how + '"' + std::string(plan_.string(part.value)) + '"';
  }
  const bool equal = part.value % 2 != 0;
  const bool least = part.kind == Part::Kind::least;
  const std::uint32_t constant = (part.value - (least && !equal ? 2 : 0)) / 2;
  const char* const how = part.kind == Part::Kind::equal ? " = "
                          : least                        ? (equal ? " >= " : " > ")
                                                         : (equal ? " <= " : " < ");
  return value + how + plan::print_constant(plan_, constant);
}

RuleIndex::Way RuleIndex::Builder::way(std::span<const Kept> terms) const {
  constexpr std::size_t most_shown = 4;
  if (terms.empty()) return {"never"};
  const plan::Scope& scope = plan_.scope(plan_.rules[terms[0].rule]);
  Way way;
  const auto always = [](const Kept& term) { return term.count == 0; };
  if (const auto own = std::find_if(terms.begin(), terms.end(), always); own != terms.end())
    return {"always", !own->whole || scope.table != plan::none};
  if (scope.table != plan::none) way.looked_up = "for each " + std::string(plan_.string(scope.row)) + " ";
  for (std::size_t t = 0; t < terms.size(); ++t) {
    way.evaluated |= !terms[t].whole;
    if (t >= most_shown) continue;
    if (t != 0) way.looked_up += " or ";
    const std::span<const Part> parts = std::span(parts_).subspan(terms[t].first, terms[t].count);
    for (const Part& part : parts) way.looked_up += (&part == parts.data() ? "" : " and ") + shown(part);
  }
  if (terms.size() > most_shown) way.looked_up += " or " + std::to_string(terms.size() - most_shown) + " more";
  return way;
}

std::vector<RuleIndex::Way> RuleIndex::ways(const plan::Plan& plan, const plan::NodeFacts& facts) {
  RuleIndex index(plan, facts, Unbuilt{});
  Builder builder(index, facts);
  builder.build();
  std::vector<Way> all;
  std::size_t first = 0;
  for (std::uint32_t rule = 0; rule < plan.rules.size(); ++rule) {
    std::size_t last = first;
    while (last < builder.kept_.size() && builder.kept_[last].rule == rule) ++last;
    all.push_back(builder.way(std::span(builder.kept_).subspan(first, last - first)));
    first = last;
  }
  return all;
}

}  // namespace assent::eval
