// What the process keeps from request to request, under the names that its host gives. Entry: Desk.
#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <string_view>

#include "assent/case.h"
#include "assent/policy.h"
#include "assent/session.h"
#include "tools/serve/params.h"

namespace assent::command::serve {

// Of each kind: what a host forgets to close must not fill the memory unseen.
inline constexpr std::size_t max_policies = 1'000;
inline constexpr std::size_t max_sessions = 1'000;
inline constexpr std::size_t max_cases = 10'000;

template <typename T>
using Named = std::map<std::string, T, std::less<>>;

struct Desk {
  struct Served {
    Policy policy;
    Evaluator evaluator;
    bool decided = false;  // a decision was the evaluator's last answer
  };
  Named<Served> policies;
  Named<Session> sessions;
  Named<Case> cases;
  World world;             // that decisions are made in, but for the day
  bool fixed_day = false;  // `world.today` was given once for all; else it is the clock's, at each request
  bool closed = false;     // the host has said that nothing more comes

  // Source is compiled, an artifact (.assentc) loaded; it takes the place of one of the same name. Gives that name.
  // Failure, or BadInput for a file that cannot be read: then the old one stays.
  const Served& load(const std::string& file);

  // What a request means, by its parameters `policy`, `session` and `case`. Without `policy` the only one is meant.
  // Failure where there is none.
  Served& policy(const Params& params);
  Named<Session>::iterator session(const Params& params);
  Named<Case>::iterator kase(const Params& params);

  // By the parameters `today` and `state`; of a case by `now`, `today` and `utc_offset`.
  World world_of(const Params& params) const;
  World world_of_case(const Params& params) const;
};

// What a new thing is to be called, by the parameter `what`. Failure if the name is taken, or none can be added.
template <typename T>
std::string new_name(const Named<T>& things, std::size_t most, std::string_view what, const Params& params) {
  std::string name = params.text(what);
  const std::string noun(what);
  if (things.contains(name))
    throw failure(ErrorCode::bad_request, "there is a " + noun + " of that name: close it first");
  if (things.size() == most)
    throw failure(ErrorCode::limit_exceeded, "there are " + std::to_string(most) + " open " + noun + "s: close some");
  return name;
}

}  // namespace assent::command::serve
