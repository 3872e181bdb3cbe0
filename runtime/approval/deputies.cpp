#include "runtime/approval/deputies.h"

#include <algorithm>

#include "assent/advance.h"
#include "runtime/value/people.h"

namespace assent::approval {

namespace {

const Person* find(const World& world, std::string_view id) {
  const People& people = world.directory.people();
  const auto at = people.by_id.find(id);
  return at == people.by_id.end() ? nullptr : &people.people[at->second];
}

// Calls take(delegate) for each one whom a person has named for today.
template <typename Take>
void each_delegate(const World& world, std::string_view person, std::string_view approver, Take take) {
  if (const Person* away = find(world, person)) {
    for (const Absence& absence : away->absences) {
      if (absence.delegate == nobody || world.today < absence.first.days || world.today > absence.last.days) continue;
      take(std::string_view(world.directory.people().people[absence.delegate].id));
    }
  }
  if (world.deputies == nullptr) return;
  for (const Delegation& each : world.deputies->delegations) {
    if (each.from != person || world.today < each.first_day || world.today > each.last_day) continue;
    if (each.approver.empty() || each.approver == approver) take(std::string_view(each.to));
  }
}

bool has_delegate(const World& world, std::string_view person, std::string_view approver) {
  bool has = false;
  each_delegate(world, person, approver, [&](std::string_view) { has = true; });
  return has;
}

// Everybody on the chains from a person, the person first, level by level; `ends` gets those whom no further
// delegate relieves. One who is no longer active relieves nobody.
void follow(const World& world, std::string_view person, std::string_view approver,
            std::vector<std::string_view>& reached, std::vector<std::string_view>* ends) {
  reached.assign(1, person);
  std::size_t level = 0;
  for (std::size_t depth = 0; level < reached.size(); ++depth) {
    const std::size_t next = reached.size();
    for (; level < next; ++level) {
      bool relieved = false;
      if (depth < max_delegation_depth) {
        each_delegate(world, reached[level], approver, [&](std::string_view to) {
          to = stand_in(world, to);
          if (!is_active(world, to)) return;
          relieved = true;
          if (std::find(reached.begin(), reached.end(), to) == reached.end()) reached.push_back(to);
        });
      }
      if (!relieved && ends != nullptr) ends->push_back(reached[level]);
    }
  }
}

}  // namespace

bool is_active(const World& world, std::string_view person) {
  const Person* found = find(world, person);
  return found != nullptr && found->active;
}

bool has_role(const World& world, std::string_view person, std::string_view role) {
  const Person* found = find(world, person);
  return found != nullptr && found->active && std::binary_search(found->roles.begin(), found->roles.end(), role);
}

std::string_view stand_in(const World& world, std::string_view person) {
  if (world.deputies == nullptr) return person;
  const auto& all = world.deputies->replacements;
  std::string_view now = person;
  for (std::size_t steps = 0; steps <= all.size(); ++steps) {
    const auto next = std::find_if(all.begin(), all.end(), [&](const Replacement& each) { return each.from == now; });
    if (next == all.end()) return now;
    now = next->to;
  }
  return person;  // a circle
}

std::vector<std::string_view> deputies_of(const World& world, std::string_view person, std::string_view approver) {
  if (!has_delegate(world, person, approver)) return {person};
  std::vector<std::string_view> reached, ends;
  follow(world, person, approver, reached, &ends);
  if (ends.empty()) ends.push_back(person);
  std::sort(ends.begin(), ends.end());
  return ends;
}

bool acts_for(const World& world, std::string_view actor, std::string_view person, std::string_view approver) {
  if (actor == person) return true;
  if (!has_delegate(world, person, approver)) return false;
  std::vector<std::string_view> reached;
  follow(world, person, approver, reached, nullptr);
  return std::find(reached.begin(), reached.end(), actor) != reached.end();
}

}  // namespace assent::approval
