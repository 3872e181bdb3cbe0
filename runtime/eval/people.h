// Who sits on the seats of a step. Entry: Seating::seat.
//
// An approver is resolved against the directory of the evaluation. Who cannot be resolved, an empty
// role, a quorum that its members cannot reach: a fault that blocks, never a seat that counts.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "assent/decision.h"
#include "runtime/eval/machine.h"

namespace assent::eval {

struct Seated {
  std::uint32_t first = 0, count = 0;  // of the pool that seat() was given
  Quorum quorum;
  Fault fault = Fault::none;
  std::string who;                     // whom the fault is about: `role "deal-desk"`
};

class Seating {
 public:
  Seating(const plan::Plan& plan, Machine& machine) : plan_(plan), machine_(machine) {}

  // Appends the seats of an approver to `pool`, sorted by person.
  Seated seat(std::uint32_t approver, std::vector<Seat>& pool);

 private:
  // Appends the people that a member stands for. A fault is about `blamed`.
  Fault resolve(const plan::Member& member, std::vector<std::uint32_t>& people, const plan::Member*& blamed);
  Fault resolve_single(const plan::Approver& approver, std::vector<std::uint32_t>& people, const plan::Member*& blamed);
  std::string shown(const plan::Member& member);
  Fault climb(const plan::Member& member, std::vector<std::uint32_t>& people);
  Fault add_person(std::string_view id, std::vector<std::uint32_t>& people) const;
  Fault group(const plan::Approver& approver, const plan::Member*& blamed);
  void make_seats(std::vector<Seat>& pool);

  const plan::Plan& plan_;
  Machine& machine_;
  struct Claim { std::uint32_t person, votes; bool veto; };
  std::vector<std::uint32_t> found_;  // both kept for their memory
  std::vector<Claim> claims_;
};

}  // namespace assent::eval
