// assent/policy.h: load a compiled policy, decide quotes with it.
//
//   auto policy = assent::Policy::load(artifact);            // bytes that the compiler made
//   if (!policy) return complain(policy.problems());
//   assent::Evaluator evaluator(*policy);                    // one for each thread
//   assent::World world;
//   world.today = *assent::date_from_text("2026-11-23");
//   world.directory = *assent::Directory::from_json(people);
//   auto decision = evaluator.decide(quote_json, world);
//   if (!decision) return complain(decision.problems());     // the quote is at fault
//   std::cout << to_json(**decision);
//
// Threads: a Policy is immutable, copies share it, any number of threads may use it at once. To change
// policies while running, swap the Policy and make new evaluators. An Evaluator belongs to one thread
// at a time; it owns the memory that a decision needs and gives it back to the next one.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "assent/basis.h"
#include "assent/decision.h"
#include "assent/result.h"
#include "assent/world.h"

namespace assent {

struct OrderLines;
struct PlacedLine;
struct LineTiming;  // runtime/plan/order_line.h
namespace plan { struct Plan; }
namespace eval { struct LoadedPolicy; }
struct Both;

// An input larger than these is refused with ErrorCode::limit_exceeded.
struct Limits {
  std::size_t quote_bytes = 64u << 20;  // text of one quote
  std::size_t rows = 1'000'000;         // of all lists of a quote together
  // Bytes that a quote may take once it is read, by a count that is the same on every machine: four for each byte of
  // its text, and for each row of a list some forty for each field of it that the policy reads. To see or bound what is
  // really taken, replace operator new.
  std::size_t memory = 1u << 30;
  std::size_t work = 200'000'000;       // nodes evaluated for one decision; more blocks it
};

class Policy {
 public:
  // Verifies before it trusts: a damaged or hostile artifact gives a problem, never undefined
  // behaviour. The bytes may be freed afterwards.
  static Result<Policy> load(std::string_view artifact);

  std::string_view name() const;
  std::string_view title() const;
  std::string_view hash() const;  // 64 hexadecimal digits: SHA-256 of the content
  // The tables inside; not a stable interface, for the project's own tools and tests.
  const plan::Plan& plan() const;

 private:
  friend class Evaluator;
  Policy() = default;
  std::shared_ptr<const eval::LoadedPolicy> loaded_;
};

// A change to a quote before it is decided: `path` in the policy's own names ("lines[0].discount"),
// `json` the new value as the quote would write it ("20"), or "null" to leave it out. Fields are set, not whole
// records, nor whether an optional one is there.
struct Edit {
  std::string_view path;
  std::string_view json;
};

class Evaluator {
 public:
  explicit Evaluator(Policy policy, const Limits& limits = {});
  Evaluator(Evaluator&&) noexcept;
  Evaluator& operator=(Evaluator&&) noexcept;
  ~Evaluator();

  std::string_view policy_hash() const;  // of the policy it was made with
  const plan::Plan& plan() const;        // its tables, as Policy::plan()

  // Decides. The decision belongs to the evaluator and is good until the next call of decide(); the
  // quote's text may be freed at once. All problems of the quote are reported together.
  Result<const Decision*> decide(std::string_view quote_json, const World& world,
                                 std::span<const Edit> edits = {});

  // The proof of the last decision; must follow a decide() that gave one.
  Explanation explain();

  // What a vote on a step of the last decision rests on; whole_quote for a step that no rule demands. Both
  // must follow a decide() that gave a decision, and be asked of a step that is in it.
  Basis basis(std::uint32_t step);
  // Whether a vote that was given on `seen` covers the step as it was decided last, and why.
  Cover cover(const Basis& seen, std::uint32_t step);

  // The lines of a quote as the policy's orders read them, for plan_orders() of assent/orders.h, which says what
  // may be wrong with them, and for it alone. The last decision is gone afterwards.
  Result<OrderLines> order_lines(std::string_view quote_json, const World& world,
                                 std::span<const Edit> edits = {});
  // What these lines say of when their orders start and end. They are of the quote that was read last.
  Result<std::vector<LineTiming>> order_timings(std::span<const PlacedLine> lines);

  // The value of a fact for the last quote, as text ("20%", "absent"); nothing if the compiled policy
  // has no such fact (facts that no rule needs are left out).
  std::optional<std::string> fact(std::string_view name);

 private:
  friend class Session;
  friend Both decide_both(Evaluator&, Evaluator&, std::string_view, const World&);
  struct Scratch;
  std::unique_ptr<Scratch> scratch_;
};

// What two policies make of one quote; good until one of the evaluators decides again. Where both read the same of a
// quote, which a changed threshold leaves as it is, the quote is read once.
struct Both { Result<const Decision*> first, second; };
Both decide_both(Evaluator& first, Evaluator& second, std::string_view quote_json, const World& world);

}  // namespace assent
