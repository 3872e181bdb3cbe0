// assent/world.h: everything outside the quote that a decision may depend on. The runtime reads no
// clock, no file and no environment: the host passes the date, the directory and the rates.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assent/result.h"

namespace assent {

struct People;
struct Worths;

// People, their roles, managers, authority and absences: JSON as in runtime/schemas/directory.schema.json.
// Immutable; copies share; safe to use from any number of threads.
class Directory {
 public:
  Directory();  // nobody
  // All problems at once: doubled ids, managers who are not listed, a circle of managers, wrong types.
  static Result<Directory> from_json(std::string_view json);
  const People& people() const { return *people_; }

 private:
  std::shared_ptr<const People> people_;
};

// What currencies are worth: JSON as in runtime/schemas/rates.schema.json. Immutable; copies share.
class Rates {
 public:
  Rates();  // none: values in different currencies cannot be compared
  static Result<Rates> from_json(std::string_view json);
  const Worths& worths() const { return *worths_; }

 private:
  std::shared_ptr<const Worths> worths_;
};

// Where the quote stands when it is decided: a rule may be limited to some of these (`states …`).
enum class State : std::uint8_t { draft, pending, approved, rejected, recalled, expired };
std::string_view text(State state);

// Who acts for whom, beside the absences of the directory. Days are inclusive, since 1970-01-01.
struct Delegation {
  std::string from, to;
  std::int32_t first_day = 0, last_day = 0;
  std::string approver;  // of the policy: only its steps; empty: everything
};
struct Replacement { std::string from, to; };  // everywhere, from now on
struct Deputies {
  std::vector<Delegation> delegations;
  std::vector<Replacement> replacements;
};

// {"delegations":[{"from":"ana","to":"ben","first_day":"2026-03-01","last_day":"2026-03-14","approver":"cfo"}],
//  "replacements":[{"from":"ana","to":"ben"}]}; what is not said has its default. bad_directory for anything else.
Result<Deputies> deputies_from_json(std::string_view json);

struct World {
  std::int32_t today = 0;  // days since 1970-01-01; see date_from_text
  State state = State::draft;
  Directory directory;
  Rates rates;

  // Of a case alone; no condition can read them.
  std::int64_t now = 0;         // milliseconds since 1970-01-01T00:00:00Z
  std::int32_t utc_offset = 0;  // minutes that local time is ahead; timers in days keep the local time of day
  std::shared_ptr<const Deputies> deputies;  // null: nobody
};

// "2026-11-23" to days since 1970-01-01; a problem if it is not a date.
Result<std::int32_t> date_from_text(std::string_view text);

}  // namespace assent
