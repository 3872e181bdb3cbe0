// A quote against the condition index; index_build.cpp makes it. Entry: RuleIndex::candidates.
#include "runtime/eval/index.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "runtime/plan/constants.h"
#include "runtime/value/text_word.h"

namespace assent::eval {

// ── what was found ───────────────────────────────────────────────────────────────────────────
RuleIndex::Search::Search(const plan::Plan& plan) : rows_(plan.rules.size()) {
  rules_.resize(plan.rules.size());
  row_rules_.resize(plan.rules.size());
}

void RuleIndex::Search::begin_quote(std::size_t subjects) {
  place_.resize(subjects);
  round_.resize(subjects, 0);
  round_of_quote_ = ++last_round_;
  found_.clear();
}

void RuleIndex::Search::add_row(std::uint32_t rule, std::uint32_t row, bool certain) {
  if (rows_[rule].every != 0) return;
  if (found_.size() == max_hits) return add_every_row(rule);
  if (rows_[rule].count++ == 0) rules_.add(rule, false);
  found_.push_back({rule, {row & low_bits, certain}});
}

void RuleIndex::Search::add_every_row(std::uint32_t rule) {
  rules_.add(rule, false);
  rows_[rule] = {0, 0, 1};
}

// How many a rule has is known; they come in the order of rows, and are dealt out from the last one on.
void RuleIndex::Search::sort_hits() {
  hits_.resize(found_.size());
  std::uint32_t end = 0;
  for (const Found& found : found_) {
    Rows& rows = rows_[found.rule];
    if (rows.first == plan::none) rows.first = end += rows.count;
  }
  for (auto found = found_.rbegin(); found != found_.rend(); ++found) {
    Rows& rows = rows_[found->rule];
    if (rows.every == 0) hits_[--rows.first] = found->hit;
  }
}

// ── where a value stands ─────────────────────────────────────────────────────────────────────
namespace {

constexpr std::int64_t largest_key = std::int64_t{1} << 62;

// How many of the things, ascending, are before what `before` says; without a branch that could be guessed wrong.
template <typename Thing, typename Before>
std::size_t count_before(const Thing* first, std::size_t count, Before before) {
  if (count == 0) return 0;
  const Thing* at = first;
  while (count > 1) {
    const std::size_t half = count / 2;
    at += before(at[half - 1]) ? half : 0;
    count -= half;
  }
  return static_cast<std::size_t>(at - first) + (before(*at) ? 1 : 0);
}

}  // namespace

// A number beyond all keys is the last that there could be, and no key is equal to it.
std::optional<RuleIndex::Scaled> RuleIndex::scaled(const Decimal& number, std::int32_t exponent) {
  constexpr std::int32_t most_digits = 18;
  constexpr auto powers = [] {
    std::array<std::int64_t, most_digits + 1> all{1};
    for (std::size_t i = 1; i < all.size(); ++i) all[i] = all[i - 1] * 10;
    return all;
  }();
  const std::int32_t shift = number.exponent - exponent;
  Int128 whole = number.coefficient;
  bool equal = true;
  if (shift != 0) {
    if (shift > most_digits || shift < -most_digits) return std::nullopt;
    if (shift > 0) {
      if (whole > -largest_key && whole < largest_key) whole *= powers[static_cast<std::size_t>(shift)];
    } else {
      const std::int64_t power = powers[static_cast<std::size_t>(-shift)];
      const Int128 quotient = whole / power;
      const Int128 rest = whole - quotient * power;
      equal = rest == 0;
      whole = rest < 0 ? quotient - 1 : quotient;
    }
  }
  if (whole >= largest_key) return Scaled{largest_key, false};
  if (whole <= -largest_key) return Scaled{-largest_key, false};
  return Scaled{static_cast<std::int64_t>(whole), equal};
}

std::uint32_t RuleIndex::place_among(std::uint32_t subject, const Decimal& number) const {
  const plan::Slice constants = subjects_[subject].constants;
  const Scale& scale = scales_[scale_of_[subject]];
  if (scale.keys.count != 0) {
    if (const std::optional<Scaled> key = scaled(number, scale.exponent)) {
      const std::int64_t* const keys = keys_.data() + scale.keys.first;
      const std::int64_t least = key->number + (key->equal ? 0 : 1);
      const auto k = static_cast<std::uint32_t>(
          count_before(keys, constants.count, [least](std::int64_t each) { return each < least; }));
      return 2 * (constants.first + k) + (key->equal && k < constants.count && keys[k] == least ? 1 : 0);
    }
  }
  const auto first = plan_.constants.begin() + constants.first;
  const auto last = first + constants.count;
  const auto found = std::partition_point(
      first, last, [&](const plan::Constant& each) { return compare(plan::number_of(plan_, each), number) < 0; });
  const auto k = static_cast<std::uint32_t>(found - plan_.constants.begin());
  return 2 * k + (found != last && compare(plan::number_of(plan_, *found), number) == 0 ? 1 : 0);
}

std::uint32_t RuleIndex::place_of(std::uint32_t id, const Value& value) const {
  const Subject& subject = subjects_[id];
  if (subject.how == Subject::How::truth) return value.kind == Value::Kind::number ? value.is_true() : nowhere;
  const bool money = subject.type == plan::Type::money;
  const bool comparable = money ? value.kind == Value::Kind::money && (value.unit == subject.unit || value.unit == 0)
                                : value.kind == Value::Kind::number;
  return comparable ? place_among(id, value.decimal()) : nowhere;
}

std::uint32_t RuleIndex::place(std::uint32_t subject, Machine& machine, Search& search) const {
  const std::uint64_t round =
      subjects_[subject].table == plan::none ? search.round_of_quote_ : search.round_of_row_;
  if (search.round_[subject] != round) {
    search.place_[subject] = place_of(subject, machine.eval(subjects_[subject].node));
    search.round_[subject] = round;
  }
  return search.place_[subject];
}

// ── files ────────────────────────────────────────────────────────────────────────────────────
std::uint64_t RuleIndex::text_hash(std::string_view text) {
  constexpr std::uint64_t odd = 0x9e37'79b9'7f4a'7c15u;
  std::uint64_t hash = text.size() * odd;
  for (; !text.empty(); text.remove_prefix(std::min<std::size_t>(8, text.size()))) {
    hash = (hash ^ first_word(text)) * odd;
    hash ^= hash >> 29;
  }
  return hash;
}

std::size_t RuleIndex::drawer(std::uint32_t cabinet, std::uint64_t hash, std::size_t mask) {
  const std::uint64_t mixed = (hash ^ cabinet) * 0xff51'afd7'ed55'8ccdu;
  return (mixed ^ mixed >> 32) & mask;
}

template <typename Same>
const RuleIndex::File* RuleIndex::find(std::uint32_t cabinet, std::uint64_t hash, Same same) const {
  const std::size_t mask = drawers_.size() - 1;
  for (std::size_t at = drawer(cabinet, hash, mask); drawers_[at] != plan::none; at = (at + 1) & mask) {
    const File& file = files_[drawers_[at]];
    if (file.cabinet == cabinet && same(file.value)) return &file;
  }
  return nullptr;
}

// Hands the file that the value names to `take(groups, known)`, or all files, where no value is known.
template <typename Take>
void RuleIndex::open_cabinet(std::uint32_t id, Machine& machine, Search& search, Take take) const {
  const Cabinet& cabinet = cabinets_[id];
  const auto open = [&](const File* file) {
    if (file != nullptr) take(file->groups, true);
  };
  if (cabinet.subject == plan::none) return open(&files_[cabinet.files.first]);
  const Subject& subject = subjects_[cabinet.subject];
  if (subject.is_text()) {
    const Value value = machine.eval(subject.node);
    if (value.kind == Value::Kind::text) {
      std::string_view text = value.text();
      if (subject.how != Subject::How::text) {
        if (text.size() < subject.length) return;
        text = text.substr(subject.how == Subject::How::head ? 0 : text.size() - subject.length, subject.length);
      }
      const auto same = [&](std::uint32_t string) { return equal_texts(plan_.string(string), text); };
      return open(find(id, text_hash(text), same));
    }
  } else if (const std::uint32_t at = place(cabinet.subject, machine, search); at != nowhere) {
    if (subject.how == Subject::How::number && at % 2 == 0) return;
    return open(find(id, at, [&](std::uint32_t place) { return place == at; }));
  }
  for (std::uint32_t f = 0; f < cabinet.files.count; ++f) take(files_[cabinet.files.first + f].groups, false);
}

// ── groups ───────────────────────────────────────────────────────────────────────────────────
// How many of a run's bounds hold: its first ones.
std::size_t RuleIndex::holding(const Run& run, std::uint32_t place) const {
  return count_before(bounds_.data() + run.bounds.first, run.bounds.count,
                      [place](const Bound& bound) { return bound.need <= place; });
}

// `known`: the file's equality is known to hold, or there is none.
void RuleIndex::open_group(const Group& group, bool known, Machine& machine, Search& search, RuleSet& rules) const {
  std::array<std::uint32_t, max_bounds> at;
  const Run* shortest = nullptr;
  std::size_t length = 0;
  for (std::uint32_t r = 0; r < group.runs.count; ++r) {
    const Run& run = runs_[group.runs.first + r];
    at[r] = place(run.subject, machine, search);
    known = known && at[r] != nowhere;
    at[r] = turned(run.most, at[r]);
    const std::size_t holds = holding(run, at[r]);
    if (holds == 0) return;
    if (shortest == nullptr || holds < length) {
      shortest = &run;
      length = holds;
    }
  }
  const auto add = [&](std::uint32_t slot) {
    const Slot& each = slots_[group.slots.first + slot];
    __builtin_prefetch(&plan_.rules[each.rule]);
    rules.add(each.rule, known && each.whole != 0);
  };
  if (shortest == nullptr) {
    for (std::uint32_t slot = 0; slot < group.slots.count; ++slot) add(slot);
    return;
  }
  // In blocks: first a bit for each that holds, without a branch, then those.
  const Bound* const bounds = bounds_.data() + shortest->bounds.first;
  for (std::size_t first = 0; first < length; first += 64) {
    const std::size_t count = std::min<std::size_t>(64, length - first);
    std::uint64_t all = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t* needs = needs_.data() + group.needs + std::size_t{bounds[first + i].slot} * group.runs.count;
      bool holds = true;
      for (std::uint32_t r = 0; r < group.runs.count; ++r) holds &= needs[r] <= at[r];
      all |= std::uint64_t{holds} << i;
    }
    for (; all != 0; all &= all - 1) add(bounds[first + static_cast<std::size_t>(std::countr_zero(all))].slot);
  }
}

void RuleIndex::open_groups(plan::Slice groups, bool known, Machine& machine, Search& search, RuleSet& rules) const {
  for (std::uint32_t g = 0; g < groups.count; ++g) open_group(groups_[groups.first + g], known, machine, search, rules);
}

// ── what can fire ────────────────────────────────────────────────────────────────────────────
void RuleIndex::look_up_quote(const Section& section, Machine& machine, Search& search) const {
  for (std::uint32_t i = 0; i < section.always.count; ++i) {
    const Always& always = always_[section.always.first + i];
    search.rules_.add(always.rule, always.certain);
  }
  for (std::uint32_t i = 0; i < section.cabinets.count; ++i) {
    open_cabinet(section.cabinets.first + i, machine, search, [&](plan::Slice groups, bool known) {
      open_groups(groups, known, machine, search, search.rules_);
    });
  }
}

void RuleIndex::look_up_rows(const Section& section, std::uint32_t first_row, std::uint32_t last_row, Machine& machine,
                             Search& search) const {
  for (std::uint32_t i = 0; i < section.always.count; ++i) search.add_every_row(always_[section.always.first + i].rule);
  // What the whole quote says is the same for all rows.
  search.ways_.clear();
  const auto of_rows = [&](std::uint32_t cabinet) {
    const std::uint32_t subject = cabinets_[cabinet].subject;
    return subject != plan::none && subjects_[subject].table != plan::none;
  };
  const std::uint32_t first = section.cabinets.first;
  const std::uint32_t last = first + section.cabinets.count;
  std::uint32_t cabinet = first;
  for (; cabinet < last && !of_rows(cabinet); ++cabinet) {
    open_cabinet(cabinet, machine, search,
                 [&](plan::Slice groups, bool known) { search.ways_.push_back({groups, known}); });
  }
  if (cabinet == last && search.ways_.empty()) return;
  for (std::uint32_t row = first_row; row < last_row; ++row) {
    machine.stand_on(1, row);
    search.begin_row();
    for (const Search::Way& way : search.ways_) open_groups(way.groups, way.known, machine, search, search.row_rules_);
    for (std::uint32_t c = cabinet; c < last; ++c) {
      open_cabinet(c, machine, search, [&](plan::Slice groups, bool known) {
        open_groups(groups, known, machine, search, search.row_rules_);
      });
    }
    search.row_rules_.empty_into(
        [&](std::uint32_t rule, bool certain) { search.add_row(rule, row, certain); });
  }
}

void RuleIndex::candidates(Machine& machine, Search& search) const {
  search.begin_quote(subjects_.size());
  for (const Section& section : sections_) {
    if (section.table == plan::none) look_up_quote(section, machine, search);
    else look_up_rows(section, 0, machine.rows().tables[section.table].count, machine, search);
  }
}

void RuleIndex::candidates_of_quote(Machine& machine, Search& search) const {
  search.begin_quote(subjects_.size());
  for (const Section& section : sections_) {
    if (section.table == plan::none) look_up_quote(section, machine, search);
  }
}

void RuleIndex::candidates_of_rows(std::uint32_t table, std::uint32_t first, std::uint32_t last, Machine& machine,
                                   Search& search) const {
  search.begin_quote(subjects_.size());
  for (const Section& section : sections_) {
    if (section.table == table) look_up_rows(section, first, last, machine, search);
  }
}

}  // namespace assent::eval
