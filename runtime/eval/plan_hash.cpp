// What a decision demands, in one hash. Entry: plan_hash.
//
// Each text is hashed with its length and each list with its size, so that no two plans give the same bytes.
#include "assent/decision.h"
#include "runtime/plan/fingerprint.h"
#include "runtime/value/sha256.h"

namespace assent {

namespace {

using plan::append;

std::uint32_t size_of(std::size_t size) { return static_cast<std::uint32_t>(size); }

void append_numbers(std::string& out, std::span<const std::uint32_t> numbers) {
  append(out, size_of(numbers.size()));
  for (const std::uint32_t number : numbers) append(out, number);
}

// Whether somebody is away changes nothing in what is demanded.
void append_seats(std::string& out, std::span<const Seat> seats) {
  append(out, size_of(seats.size()));
  for (const Seat& seat : seats) {
    append(out, seat.person);
    append(out, seat.votes);
    append(out, seat.veto ? 1u : 0u);
  }
}

void append_timer(std::string& out, const Timer& timer) {
  for (const std::string_view text :
       {timer.kind, timer.unit, timer.calendar, timer.every_unit, timer.every_calendar, timer.to})
    append(out, text);
  append(out, timer.amount);
  append(out, timer.every);
  append(out, timer.replacing ? 1u : 0u);
  append_seats(out, timer.seats);
}

void append_step(std::string& out, const Decision& decision, const Step& step) {
  append(out, step.key);
  append(out, step.approver);
  append(out, step.quorum.kind);
  append(out, step.quorum.needed);
  append(out, step.quorum.total);
  append_seats(out, step.seats);
  append_numbers(out, step.after);
  append(out, size_of(step.because.size()));
  for (const std::uint32_t rule : step.because) append(out, decision.rules[rule].name);
  append_numbers(out, step.lines);
  append(out, size_of(step.timers.size()));
  for (const Timer& timer : step.timers) append_timer(out, timer);
  const std::uint32_t may = (step.explicit_vote ? 1u : 0u) | (step.submitter_may ? 2u : 0u) |
                            (step.owner_may ? 4u : 0u) | (step.editor_may ? 8u : 0u);
  append(out, may);
  append(out, step.rejection);
  append(out, step.returns_to);
}

}  // namespace

std::string plan_hash(const Decision& decision) {
  constexpr std::size_t usual_size = 1'024;
  std::string bytes;
  bytes.reserve(usual_size);
  append(bytes, decision.policy_hash);
  append(bytes, static_cast<std::uint32_t>(decision.outcome));
  append(bytes, decision.same_approver_once ? 1u : 0u);
  append_seats(bytes, decision.override_seats);
  append(bytes, size_of(decision.steps.size()));
  for (const Step& step : decision.steps) append_step(bytes, decision, step);
  append(bytes, size_of(decision.denials.size()));
  for (const Message& denial : decision.denials) append(bytes, denial.text);
  return sha256_hex(bytes);
}

}  // namespace assent
