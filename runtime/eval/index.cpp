// A quote against the condition index; index_build.cpp makes it. Entry: RuleIndex::candidates.
#include "runtime/eval/index.h"

#include <algorithm>
#include <array>

#include "runtime/plan/constants.h"

namespace assent::eval {

// ── where a value stands ─────────────────────────────────────────────────────────────────────
std::uint32_t RuleIndex::place(const Subject& subject, const Value& value) const {
  if (value.kind == Value::Kind::text) {
    if (!plan::is_text(subject.type)) return nowhere;
    const auto it = strings_.find(value.text());
    return it == strings_.end() ? 0 : 2 * it->second + 1;
  }
  const bool money = subject.type == plan::Type::money;
  const bool comparable = money ? value.kind == Value::Kind::money && (value.unit == subject.unit || value.unit == 0)
                                : value.kind == Value::Kind::number && !plan::is_text(subject.type);
  if (!comparable) return nowhere;
  const Decimal number = value.decimal();
  const auto first = plan_.constants.begin() + subject.constants.first;
  const auto last = first + subject.constants.count;
  const auto found = std::partition_point(
      first, last, [&](const plan::Constant& each) { return compare(plan::number_of(each), number) < 0; });
  const auto k = static_cast<std::uint32_t>(found - plan_.constants.begin());
  return 2 * k + (found != last && compare(plan::number_of(*found), number) == 0 ? 1 : 0);
}

std::uint32_t RuleIndex::place(std::uint32_t subject, Machine& machine, Places& places) const {
  if (places.round[subject] != places.now) {
    places.of[subject] = place(subjects_[subject], machine.eval(subjects_[subject].node));
    places.round[subject] = places.now;
  }
  return places.of[subject];
}

// How many of a run's bounds hold: its first ones.
std::size_t RuleIndex::holding(const Run& run, std::uint32_t place) const {
  const auto first = bounds_.begin() + run.bounds.first;
  const auto holds = [&](const Bound& bound) { return run.least ? place >= bound.need : place <= bound.need; };
  return static_cast<std::size_t>(std::partition_point(first, first + run.bounds.count, holds) - first);
}

// ── what can fire ────────────────────────────────────────────────────────────────────────────
// `known`: the file's equality is known to hold, or there is none.
void RuleIndex::open_group(const Group& group, bool known, Machine& machine, Places& places, RuleSet& rules) const {
  std::array<std::uint32_t, max_bounds> at;
  const Run* shortest = nullptr;
  std::size_t length = 0;
  for (std::uint32_t r = 0; r < group.runs.count; ++r) {
    const Run& run = runs_[group.runs.first + r];
    at[r] = place(run.subject, machine, places);
    known = known && at[r] != nowhere;
    if (at[r] == nowhere) continue;
    const std::size_t holds = holding(run, at[r]);
    if (holds == 0) return;
    if (shortest == nullptr || holds < length) {
      shortest = &run;
      length = holds;
    }
  }
  const auto add = [&](std::uint32_t slot) {
    const std::uint32_t rule = rule_of_[group.slots.first + slot];
    rules.add(rule, known && whole_[rule]);
  };
  if (shortest == nullptr) {
    for (std::uint32_t slot = 0; slot < group.slots.count; ++slot) add(slot);
    return;
  }
  for (std::size_t i = 0; i < length; ++i) {
    const std::uint32_t slot = bounds_[shortest->bounds.first + i].slot;
    const std::uint32_t* needs = needs_.data() + group.needs + std::size_t{slot} * group.runs.count;
    bool all = true;
    for (std::uint32_t r = 0; r < group.runs.count && all; ++r) {
      if (at[r] != nowhere) all = runs_[group.runs.first + r].least ? at[r] >= needs[r] : at[r] <= needs[r];
    }
    if (all) add(slot);
  }
}

void RuleIndex::open_file(const File& file, bool known, Machine& machine, Places& places, RuleSet& rules) const {
  for (std::uint32_t g = 0; g < file.groups.count; ++g)
    open_group(groups_[file.groups.first + g], known, machine, places, rules);
}

void RuleIndex::candidates(Machine& machine, Places& places, RuleSet& rules) const {
  places.of.resize(subjects_.size());
  places.round.resize(subjects_.size(), 0);
  if (++places.now == 0) {  // after 2^32 quotes the old marks could be mistaken for new ones
    std::fill(places.round.begin(), places.round.end(), 0);
    places.now = 1;
  }
  for (const std::uint32_t rule : always_) rules.add(rule, false);
  open_file(unfiled_, true, machine, places, rules);
  for (const Cabinet& cabinet : cabinets_) {
    const std::uint32_t at = place(cabinet.subject, machine, places);
    if (at == nowhere) {
      for (std::uint32_t f = 0; f < cabinet.files.count; ++f)
        open_file(files_[cabinet.files.first + f], false, machine, places, rules);
    } else if (at % 2 == 1) {
      const auto file = file_of_.find(std::uint64_t{cabinet.subject} << 32 | at / 2);
      if (file != file_of_.end()) open_file(files_[file->second], true, machine, places, rules);
    }
  }
}

}  // namespace assent::eval
