#include "runtime/eval/people.h"

#include <algorithm>

namespace assent::eval {

using plan::MemberKind;
using plan::QuorumKind;

namespace {

std::string quoted(const char* what, std::string_view name) {
  return std::string(what) + " \"" + std::string(name) + "\"";
}

std::string_view quorum_name(QuorumKind kind) {
  switch (kind) {
    case QuorumKind::any: return "any";
    case QuorumKind::all: return "all";
    case QuorumKind::majority: return "majority";
    case QuorumKind::number: return "number";
    case QuorumKind::percent: return "percent";
    case QuorumKind::points: return "points";
  }
  return {};
}

std::uint64_t needed_votes(QuorumKind kind, std::uint64_t amount, std::uint64_t total) {
  switch (kind) {
    case QuorumKind::any: return 1;
    case QuorumKind::all: return total;
    case QuorumKind::majority: return total / 2 + 1;
    case QuorumKind::number: case QuorumKind::points: return amount;
    case QuorumKind::percent: return std::max<std::uint64_t>(1, (total * amount + 99) / 100);
  }
  return total + 1;
}

}  // namespace

Fault Seating::add_person(std::string_view id, std::vector<std::uint32_t>& people) const {
  const People* all = machine_.world().people;
  const Person* person = find_person(all, id);
  if (person == nullptr || !person->active) return Fault::unresolved_person;
  people.push_back(static_cast<std::uint32_t>(person - all->people.data()));
  return Fault::none;
}

Fault Seating::climb(const plan::Member& member, std::vector<std::uint32_t>& people) {
  const People* all = machine_.world().people;
  const Value start = machine_.eval(member.a);
  if (start.is_fault()) return start.fault;
  const Person* person = start.kind == Value::Kind::text ? find_person(all, start.text()) : nullptr;
  if (person == nullptr) return Fault::unresolved_person;
  const Value covered = machine_.eval_condition(member.b);
  if (covered.is_fault()) return covered.fault;
  const std::string_view name = plan_.string(member.c);
  while (person->manager != nobody) {  // the directory has no circle of managers
    person = &all->people[person->manager];
    if (!person->active) continue;
    const auto limit = std::find_if(person->authority.begin(), person->authority.end(),
                                    [&](const Authority& each) { return each.name == name; });
    if (limit == person->authority.end() || limit->limit.kind != covered.kind) continue;
    int order = 0;
    if (const Fault fault = order_of(covered, limit->limit, machine_.world(), order); fault != Fault::none)
      return fault;
    if (order > 0) continue;
    people.push_back(static_cast<std::uint32_t>(person - all->people.data()));
    return Fault::none;
  }
  return Fault::no_authority;
}

std::string Seating::shown(const plan::Member& member) {
  switch (member.kind) {
    case MemberKind::person: return quoted("person", plan_.string(member.a));
    case MemberKind::role: return quoted("role", plan_.string(member.a));
    case MemberKind::value: {
      const Value value = machine_.eval(member.a);
      return value.kind == Value::Kind::text ? quoted("person", value.text()) : "the value";
    }
    case MemberKind::climb: return quoted("authority", plan_.string(member.c));
    case MemberKind::approver: break;  // its own members are blamed
  }
  return {};
}

Fault Seating::resolve(const plan::Member& member, std::vector<std::uint32_t>& people, const plan::Member*& blamed) {
  blamed = &member;
  switch (member.kind) {
    case MemberKind::person: return add_person(plan_.string(member.a), people);
    case MemberKind::role: {
      const People* all = machine_.world().people;
      if (all == nullptr) return Fault::empty_role;
      const auto holders = all->by_role.find(plan_.string(member.a));
      if (holders == all->by_role.end() || holders->second.empty()) return Fault::empty_role;
      people.insert(people.end(), holders->second.begin(), holders->second.end());
      return Fault::none;
    }
    case MemberKind::value: {
      const Value value = machine_.eval(member.a);
      if (value.is_fault()) return value.fault;
      if (value.kind != Value::Kind::text) return Fault::unresolved_person;
      return add_person(value.text(), people);
    }
    case MemberKind::climb: return climb(member, people);
    case MemberKind::approver: return resolve_single(plan_.approvers[member.a], people, blamed);
  }
  return Fault::unresolved_person;
}

// The first member that can be resolved; approvers name only approvers before them, so this ends.
Fault Seating::resolve_single(const plan::Approver& approver, std::vector<std::uint32_t>& people,
                              const plan::Member*& blamed) {
  Fault first = Fault::none;
  const plan::Member* first_blamed = nullptr;
  for (std::uint32_t i = 0; i < approver.members.count; ++i) {
    const Fault fault = resolve(plan_.members[approver.members.first + i], people, blamed);
    if (fault == Fault::none) return fault;
    if (i == 0) {
      first = fault;
      first_blamed = blamed;
    }
  }
  blamed = first_blamed;
  return first;
}

// One seat for each person who is claimed, with the largest of the votes; people are sorted by id.
void Seating::make_seats(std::vector<Seat>& pool) {
  std::sort(claims_.begin(), claims_.end(), [](const Claim& a, const Claim& b) { return a.person < b.person; });
  const std::int32_t today = machine_.world().today;
  for (std::size_t i = 0; i < claims_.size(); ++i) {
    const Claim& claim = claims_[i];
    if (i > 0 && claims_[i - 1].person == claim.person) {
      pool.back().votes = std::max(pool.back().votes, claim.votes);
      pool.back().veto = pool.back().veto || claim.veto;
      continue;
    }
    const Person& person = machine_.world().people->people[claim.person];
    const bool absent = std::any_of(person.absences.begin(), person.absences.end(), [&](const Absence& each) {
      return each.first.days <= today && today <= each.last.days;
    });
    pool.push_back({person.id, person.name, claim.votes, claim.veto, absent});
  }
}

Fault Seating::group(const plan::Approver& approver, const plan::Member*& blamed) {
  for (const bool veto : {false, true}) {
    const plan::Slice part = veto ? approver.vetoes : approver.members;
    for (std::uint32_t i = 0; i < part.count; ++i) {
      const plan::Member& member = plan_.members[part.first + i];
      found_.clear();
      const Fault fault = resolve(member, found_, blamed);
      if (fault != Fault::none) return fault;
      for (const std::uint32_t person : found_) claims_.push_back({person, veto ? 0 : member.weight, veto});
    }
  }
  return Fault::none;
}

Seated Seating::seat(std::uint32_t id, std::vector<Seat>& pool) {
  const plan::Approver& approver = plan_.approvers[id];
  const std::size_t base = pool.size();
  Seated seated;
  seated.first = static_cast<std::uint32_t>(base);
  claims_.clear();
  const plan::Member* blamed = nullptr;
  if (approver.group != 0) {
    seated.fault = group(approver, blamed);
  } else {
    found_.clear();
    seated.fault = resolve_single(approver, found_, blamed);
    for (const std::uint32_t person : found_) claims_.push_back({person, 1, false});
  }
  seated.quorum = {approver.group != 0 ? quorum_name(approver.quorum) : "any", 1, 0};
  if (seated.fault != Fault::none) {
    if (blamed != nullptr) seated.who = shown(*blamed);
    return seated;
  }
  make_seats(pool);
  seated.count = static_cast<std::uint32_t>(pool.size() - base);
  std::uint64_t total = 0;
  for (std::size_t i = base; i < pool.size(); ++i) total += pool[i].votes;
  if (approver.group == 0 && seated.count == 1) seated.quorum.kind = "one";
  const std::uint64_t needed = approver.group == 0 ? 1 : needed_votes(approver.quorum, approver.amount, total);
  seated.quorum.needed = static_cast<std::uint32_t>(std::min<std::uint64_t>(needed, 0xffff'ffffu));
  seated.quorum.total = static_cast<std::uint32_t>(std::min<std::uint64_t>(total, 0xffff'ffffu));
  if (needed > total) {
    seated.fault = Fault::quorum_unreachable;
    seated.who = std::to_string(needed) + " of " + std::to_string(total);
  }
  return seated;
}

}  // namespace assent::eval
