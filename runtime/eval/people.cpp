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

Seating::Seating(const plan::Plan& plan, Machine& machine)
    : plan_(plan), machine_(machine), kept_(plan.approvers.size()) {
  for (const plan::Approver& approver : plan.approvers) fixed_.push_back(directory_gives(approver));
}

// Approvers name only approvers before them.
bool Seating::directory_gives(const plan::Approver& approver) const {
  const auto fixed = [&](const plan::Member& member) {
    return member.kind == MemberKind::person || member.kind == MemberKind::role ||
           (member.kind == MemberKind::approver && fixed_[member.who]);
  };
  const auto all = [&](plan::Slice part) {
    const auto first = plan_.members.begin() + part.first;
    return std::all_of(first, first + part.count, fixed);
  };
  return all(approver.members) && all(plan_.conduct(approver).vetoes);
}

void Seating::begin(bool elsewhere) {
  seats_.clear();
  if (!elsewhere) return;
  std::fill(kept_.begin(), kept_.end(), Found{});
  kept_seats_.clear();
}

Fault Seating::add_person(std::string_view id, std::vector<std::uint32_t>& people) const {
  const People* all = machine_.world().people;
  const Person* person = find_person(all, id);
  if (person == nullptr || !person->active) return Fault::unresolved_person;
  people.push_back(static_cast<std::uint32_t>(person - all->people.data()));
  return Fault::none;
}

Fault Seating::climb(const plan::Member& member, std::vector<std::uint32_t>& people) {
  const plan::Climb& climb = plan_.climbs[member.who];
  const People* all = machine_.world().people;
  const Value start = machine_.eval(climb.from);
  if (start.is_fault()) return start.fault;
  const Person* person = start.kind == Value::Kind::text ? find_person(all, start.text()) : nullptr;
  if (person == nullptr) return Fault::unresolved_person;
  const Value covered = machine_.eval_condition(climb.covers);
  if (covered.is_fault()) return covered.fault;
  const std::string_view name = plan_.string(climb.authority);
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
    case MemberKind::person: return quoted("person", plan_.string(member.who));
    case MemberKind::role: return quoted("role", plan_.string(member.who));
    case MemberKind::value: {
      const Value value = machine_.eval(member.who);
      return value.kind == Value::Kind::text ? quoted("person", value.text()) : "the value";
    }
    case MemberKind::climb: return quoted("authority", plan_.string(plan_.climbs[member.who].authority));
    case MemberKind::approver: break;  // its own members are blamed
  }
  return {};
}

Fault Seating::resolve(const plan::Member& member, std::vector<std::uint32_t>& people, const plan::Member*& blamed) {
  blamed = &member;
  switch (member.kind) {
    case MemberKind::person: return add_person(plan_.string(member.who), people);
    case MemberKind::role: {
      const People* all = machine_.world().people;
      if (all == nullptr) return Fault::empty_role;
      const auto holders = all->by_role.find(plan_.string(member.who));
      if (holders == all->by_role.end() || holders->second.empty()) return Fault::empty_role;
      people.insert(people.end(), holders->second.begin(), holders->second.end());
      return Fault::none;
    }
    case MemberKind::value: {
      const Value value = machine_.eval(member.who);
      if (value.is_fault()) return value.fault;
      if (value.kind != Value::Kind::text) return Fault::unresolved_person;
      return add_person(value.text(), people);
    }
    case MemberKind::climb: return climb(member, people);
    case MemberKind::approver: return resolve_single(plan_.approvers[member.who], people, blamed);
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
std::span<const Seat> Seating::make_seats(Pool<Seat>& pool) {
  std::sort(claims_.begin(), claims_.end(), [](const Claim& a, const Claim& b) { return a.person < b.person; });
  std::size_t count = 0;
  for (const Claim& claim : claims_) {
    Claim& last = claims_[count == 0 ? 0 : count - 1];
    if (count != 0 && last.person == claim.person) {
      last = {claim.person, std::max(last.votes, claim.votes), last.veto || claim.veto};
    } else {
      claims_[count++] = claim;
    }
  }
  const std::int32_t today = machine_.world().today;
  const std::span<Seat> seats = pool.take(count);
  for (std::size_t i = 0; i < count; ++i) {
    const Person& person = machine_.world().people->people[claims_[i].person];
    const bool absent = std::any_of(person.absences.begin(), person.absences.end(), [&](const Absence& each) {
      return each.first.days <= today && today <= each.last.days;
    });
    seats[i] = {person.id, person.name, claims_[i].votes, claims_[i].veto, absent};
  }
  return seats;
}

Fault Seating::group(const plan::Approver& approver, const plan::Member*& blamed) {
  for (const bool veto : {false, true}) {
    const plan::Slice part = veto ? plan_.conduct(approver).vetoes : approver.members;
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

Seated Seating::seat(std::uint32_t id) {
  if (kept_[id].count != 0) return seated(plan_.approvers[id], kept_[id]);
  const plan::Approver& approver = plan_.approvers[id];
  claims_.clear();
  const plan::Member* blamed = nullptr;
  Fault fault = Fault::none;
  const plan::Conduct& conduct = plan_.conduct(approver);
  if (conduct.group != 0) {
    fault = group(approver, blamed);
  } else {
    found_.clear();
    fault = resolve_single(approver, found_, blamed);
    for (const std::uint32_t person : found_) claims_.push_back({person, 1, false});
  }
  if (fault != Fault::none) {
    Seated nobody = seated(approver, {});
    nobody.fault = fault;
    if (blamed != nullptr) nobody.who = shown(*blamed);
    return nobody;
  }
  const std::span<const Seat> seats = make_seats(fixed_[id] ? kept_seats_ : seats_);
  Found found{seats.data(), seats.size(), 1, 0};
  for (const Seat& seat : seats) found.total += seat.votes;
  if (conduct.group != 0) found.needed = needed_votes(conduct.quorum, conduct.amount, found.total);
  if (fixed_[id]) kept_[id] = found;
  return seated(approver, found);
}

Seated Seating::seated(const plan::Approver& approver, const Found& found) const {
  const auto bounded = [](std::uint64_t votes) {
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(votes, 0xffff'ffffu));
  };
  const plan::Conduct& conduct = plan_.conduct(approver);
  Seated seated;
  seated.seats = {found.first, found.count};
  seated.quorum.kind = conduct.group != 0 ? quorum_name(conduct.quorum) : found.count == 1 ? "one" : "any";
  seated.quorum.needed = bounded(found.needed);
  seated.quorum.total = bounded(found.total);
  if (found.count != 0 && found.needed > found.total) {
    seated.fault = Fault::quorum_unreachable;
    seated.who = std::to_string(found.needed) + " of " + std::to_string(found.total);
  }
  return seated;
}

}  // namespace assent::eval
