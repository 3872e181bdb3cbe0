// Who sits on the seats of a step. Entry: Seating::seat.
//
// An approver is resolved against the directory of the evaluation. Who cannot be resolved, an empty
// role, a quorum that its members cannot reach: a fault that blocks, never a seat that counts.
//
// An approver whose members are named persons and roles has the same seats for every quote while the
// directory and the day stay the same: they are found once and kept.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "assent/decision.h"
#include "runtime/eval/machine.h"
#include "runtime/value/pool.h"

namespace assent::eval {

struct Seated {
  std::span<const Seat> seats;  // sorted by person; empty where nobody could be found
  Quorum quorum;
  Fault fault = Fault::none;
  std::string who;              // whom the fault is about: `role "deal-desk"`
};

class Seating {
 public:
  Seating(const plan::Plan& plan, Machine& machine);

  // To be called before the first seat() for another quote; `elsewhere` where the directory or the day may be
  // another. Seats given before are gone then.
  void begin(bool elsewhere);
  Seated seat(std::uint32_t approver);
  // Whether the directory alone gives the approver's seats.
  bool is_fixed(std::uint32_t approver) const { return fixed_[approver]; }

 private:
  // Appends the people that a member stands for. A fault is about `blamed`.
  Fault resolve(const plan::Member& member, std::vector<std::uint32_t>& people, const plan::Member*& blamed);
  Fault resolve_single(const plan::Approver& approver, std::vector<std::uint32_t>& people, const plan::Member*& blamed);
  std::string shown(const plan::Member& member);
  Fault climb(const plan::Member& member, std::vector<std::uint32_t>& people);
  Fault add_person(std::string_view id, std::vector<std::uint32_t>& people) const;
  Fault group(const plan::Approver& approver, const plan::Member*& blamed);
  std::span<const Seat> make_seats(Pool<Seat>& pool);
  bool directory_gives(const plan::Approver& approver) const;

  struct Found {
    const Seat* first = nullptr;
    std::size_t count = 0;
    std::uint64_t needed = 1, total = 0;
  };
  Seated seated(const plan::Approver& approver, const Found& found) const;
  struct Claim { std::uint32_t person, votes; bool veto; };

  const plan::Plan& plan_;
  Machine& machine_;
  std::vector<bool> fixed_;           // of an approver: the directory alone gives its seats
  std::vector<Found> kept_;           // of an approver; no seats: not yet found, or not to be
  Pool<Seat> kept_seats_, seats_;     // seats_: of this quote
  std::vector<std::uint32_t> found_;  // both kept for their memory
  std::vector<Claim> claims_;
};

}  // namespace assent::eval
