// assent/session.h: a quote that is changed again and again, and decided after each change.
//
//   auto session = assent::Session::open(policy, quote_json, world);
//   if (!session) return complain(session.problems());
//   auto change = session->set("lines[3].discount", "25");
//   if (!change) return complain(change.problems());        // the value is at fault; nothing changed
//   for (std::string_view step : (*change)->steps_added) …
//   show(session->decision());
//
// A screen asks at every key that is pressed. The quote is read once; a change costs what it changes: aggregates take
// the row's old value out and the new one in, rows that did not change are not looked at again. The decision is that
// which a fresh Evaluator gives for the quote as it stands, always; but for Limits::work, which counts for each change
// by itself.
//
// What a change of one line costs does not grow with the lines, with exceptions: where a line comes or goes, those
// behind it move; where conditions of lines read what changes of the whole quote, they are all asked again; and what
// the decision says of lines is said anew.
//
// Threads: as an Evaluator, a Session belongs to one thread at a time. Its memory goes with the quote, some hundred
// bytes for each line and each least or greatest value of them, and with the texts that were set.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "assent/policy.h"

namespace assent {

// How a decision differs from the one before, in names of the policy. Steps and rules in the order of the decisions.
struct Difference {
  Outcome before = Outcome::blocked, after = Outcome::blocked;
  std::span<const std::string_view> steps_added, steps_removed;  // keys
  std::span<const std::string_view> steps_changed;  // keys: others sit on their seats, or they are for other reasons or
                                                    // lines, or wait for other steps
  std::span<const std::string_view> rules_added, rules_removed;  // that apply now, or no longer
  std::span<const std::string_view> rules_changed;  // that apply with another status, band or other lines
  bool nothing() const;  // the decision is the same, as far as this tells
};

// {"before":"auto_approved","after":"needs_approval","steps_added":["steep/cfo"]}, what is empty left out; appended,
// without a line end.
void append_line(std::string& out, const Difference& difference);

class Session {
 public:
  // Reads and decides the quote. The text may be freed afterwards.
  static Result<Session> open(Policy policy, std::string_view quote_json, const World& world,
                              const Limits& limits = {});
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  // Of the quote as it stands; good until the next change. Where a change is refused, the quote and its decision stay
  // as they are.
  const Decision& decision() const;

  // Sets a field: `path` and `json` as in assent::Edit. The difference is good until the next change.
  Result<const Difference*> set(std::string_view path, std::string_view json);
  // Puts a line in, before the one that has the number ("lines[3]"), or behind the last one, where the number is how
  // many there are. `json`: as the quote would have it.
  Result<const Difference*> insert(std::string_view path, std::string_view json);
  Result<const Difference*> remove(std::string_view path);  // "lines[3]"

  Explanation explain();                                // as Evaluator::explain
  std::optional<std::string> fact(std::string_view name);  // as Evaluator::fact

 private:
  struct Impl;
  explicit Session(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace assent
