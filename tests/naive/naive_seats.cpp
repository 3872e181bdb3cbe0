// Who fills a step, and how many of them are needed. Entry: seated.
#include <algorithm>
#include <cassert>

#include "tests/naive/naive_path.h"

namespace assent::naive {

namespace {

// The people that a member stands for, or what is wrong with whom.
struct Resolved {
  std::vector<const Person*> people;
  Fault wrong = Fault::none;
  std::string who;
};

std::string named(std::string_view what, const std::string& name) {
  return std::string(what) + " \"" + name + "\"";
}

Resolved resolve_person(const Desk& desk, const std::string& id) {
  const Person* who = person(desk.world, id);
  if (who != nullptr && who->active) return {{who}, Fault::none, {}};
  return {{}, Fault::unresolved_person, named("person", id)};
}

Resolved resolve_role(const Desk& desk, const std::string& role) {
  Resolved found;
  for (const Person& each : desk.world.directory.people().people) {
    if (each.active && holds_role(each, role)) found.people.push_back(&each);
  }
  if (found.people.empty()) return {{}, Fault::empty_role, named("role", role)};
  return found;
}

Resolved resolve_value(const Desk& desk, ExprId value) {
  const Value id = desk.evaluate(value, {});
  if (id.is_fault()) return {{}, id.fault, "the value"};
  if (id.is_absent()) return {{}, Fault::unresolved_person, "the value"};
  return resolve_person(desk, id.text);
}

// Whether the limit covers the value: true, false, or the fault that kept it from being compared.
Value covers(const Desk& desk, const assent::Value& limit, const Value& value) {
  const bool amount = limit.kind == assent::Value::Kind::money;
  if (amount != (value.kind == Value::Kind::money)) return truth(false);
  const Value most = amount ? money(limit.decimal(), limit.unit) : number(limit.decimal());
  return compare(desk, value, most, plan::Comparison::less_equal, false);
}

Resolved resolve_climb(const Desk& desk, const checked::Member& climb) {
  const auto failed = [&](Fault wrong) {
    return Resolved{{}, wrong, named("authority", climb.text)};
  };
  const Value start = desk.evaluate(climb.value, {});
  if (start.is_fault()) return failed(start.fault);
  if (start.is_absent()) return failed(Fault::unresolved_person);
  const Person* here = person(desk.world, start.text);
  if (here == nullptr) return failed(Fault::unresolved_person);
  const Value value = desk.evaluate(climb.covers, {});
  if (value.is_fault()) return failed(value.fault);
  if (value.is_absent()) return failed(Fault::missing_value);
  while (here->manager != nobody) {
    here = &desk.world.directory.people().people[here->manager];
    if (!here->active) continue;
    for (const Authority& authority : here->authority) {
      if (authority.name != climb.text) continue;
      const Value enough = covers(desk, authority.limit, value);
      if (enough.is_fault()) return failed(enough.fault);
      if (enough.is_true()) return {{here}, Fault::none, {}};
    }
  }
  return failed(Fault::no_authority);
}

Resolved resolve_approver(const Desk& desk, const checked::Approver& approver);

Resolved resolve(const Desk& desk, const checked::Member& member) {
  switch (member.kind) {
    case plan::MemberKind::person: return resolve_person(desk, member.text);
    case plan::MemberKind::role: return resolve_role(desk, member.text);
    case plan::MemberKind::value: return resolve_value(desk, member.value);
    case plan::MemberKind::climb: return resolve_climb(desk, member);
    case plan::MemberKind::approver:
      return resolve_approver(desk, desk.policy.approvers[member.approver]);
  }
  assert(false);
  return {};
}

// The first member that can be resolved; if there is none, what is wrong with the first.
Resolved resolve_approver(const Desk& desk, const checked::Approver& approver) {
  for (const checked::Member& member : approver.members) {
    const Resolved found = resolve(desk, member);
    if (found.wrong == Fault::none) return found;
  }
  return resolve(desk, approver.members[0]);
}

Seated seat_approver(const Desk& desk, const checked::Approver& approver) {
  const Resolved found = resolve_approver(desk, approver);
  Seated seated;
  for (const Person* who : found.people) seated.seats[who->id].votes = 1;
  seated.kind = seated.seats.size() == 1 ? "one" : "any";
  seated.total = static_cast<std::uint32_t>(seated.seats.size());
  seated.wrong = found.wrong;
  seated.who = found.who;
  return seated;
}

std::string_view kind_text(plan::QuorumKind kind) {
  switch (kind) {
    case plan::QuorumKind::any: return "any";
    case plan::QuorumKind::all: return "all";
    case plan::QuorumKind::majority: return "majority";
    case plan::QuorumKind::number: return "number";
    case plan::QuorumKind::percent: return "percent";
    case plan::QuorumKind::points: return "points";
  }
  return {};
}

std::uint32_t votes_needed(const checked::Approver& group, std::uint32_t total) {
  switch (group.quorum) {
    case plan::QuorumKind::any: return 1;
    case plan::QuorumKind::all: return total;
    case plan::QuorumKind::majority: return total / 2 + 1;
    case plan::QuorumKind::number: case plan::QuorumKind::points: return group.amount;
    case plan::QuorumKind::percent: {
      const std::uint64_t hundredths = std::uint64_t{total} * group.amount;
      return std::max(1u, static_cast<std::uint32_t>((hundredths + 99) / 100));
    }
  }
  return 1;
}

Seated seat_group(const Desk& desk, const checked::Approver& group) {
  Seated seated;
  seated.kind = kind_text(group.quorum);
  const auto failed = [&](const Resolved& found) {
    Seated nobody_sits{seated.kind, 1, 0, {}, found.wrong, found.who};
    return nobody_sits;
  };
  for (const checked::Member& member : group.members) {
    const Resolved found = resolve(desk, member);
    if (found.wrong != Fault::none) return failed(found);
    for (const Person* who : found.people) {
      std::uint32_t& votes = seated.seats[who->id].votes;
      votes = std::max(votes, member.weight);
    }
  }
  for (const checked::Member& member : group.vetoes) {
    const Resolved found = resolve(desk, member);
    if (found.wrong != Fault::none) return failed(found);
    for (const Person* who : found.people) seated.seats[who->id].veto = true;
  }
  for (const auto& [id, seat] : seated.seats) seated.total += seat.votes;
  seated.needed = votes_needed(group, seated.total);
  if (seated.needed > seated.total) {
    seated.wrong = Fault::quorum_unreachable;
    seated.who = std::to_string(seated.needed) + " of " + std::to_string(seated.total);
  }
  return seated;
}

}  // namespace

Seated seated(const Desk& desk, const checked::Approver& approver) {
  return approver.group ? seat_group(desk, approver) : seat_approver(desk, approver);
}

}  // namespace assent::naive
