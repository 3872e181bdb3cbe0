// assent/result.h: how a call of the runtime says that the host's data or call was at fault.
//
// A Result<T> holds a T or a list of Problems, never both, never neither. Nothing is thrown across a
// public header but std::bad_alloc. A policy that says no is a Decision, not an error.
#pragma once

#include <cassert>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace assent {

// Stable across versions; text(ErrorCode) gives the spelling used in JSON ("bad-quote").
enum class ErrorCode : std::uint8_t {
  bad_artifact,    // damaged, hostile, or not an artifact at all
  wrong_version,   // made by a compiler newer than this runtime, or too old
  bad_quote,       // the quote is not JSON, or not what the policy's record types ask for
  bad_directory,
  bad_rates,
  bad_event,       // of a case: not what this version writes
  bad_settings,    // of a courier, a template that they name, or of whoever sends orders
  store_busy,      // another writer kept the store too long: try again
  store_failed,    // the store cannot be reached, is full, damaged, or none of ours
  not_approved,    // orders of a quote whose case is not approved, or of another content
  bad_request,     // a call that makes no sense: an unknown field path, an unknown rule
  limit_exceeded,  // an input larger than a stated limit
  bad_command,     // of a case: not what command_from_json() takes
};
std::string_view text(ErrorCode code);

// One thing that is wrong. `where` is a JSON pointer (RFC 6901) into the input at fault, "" for its
// root; `message` says what was seen and what was expected: lower case, no final period.
struct Problem {
  ErrorCode code;
  std::string where;
  std::string message;
};

// All problems found in one input, in the order of the input; never empty. At most
// `max_problems` are listed.
inline constexpr std::size_t max_problems = 100;
using Problems = std::vector<Problem>;

// {"problems":[{"code":"bad-quote","where":"/lines/0/discount","message":"…"}]}, on one line without its end.
std::string to_json(const Problems& problems);

template <typename T>
class [[nodiscard]] Result {  // invariant: exactly one of value and problems
 public:
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Problems problems) : state_(std::in_place_index<1>, std::move(problems)) {
    assert(!std::get<1>(state_).empty());
  }
  Result(Problem problem) : state_(std::in_place_index<1>, Problems{std::move(problem)}) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }
  const T& operator*() const& { assert(ok()); return *std::get_if<0>(&state_); }
  T& operator*() & { assert(ok()); return *std::get_if<0>(&state_); }
  T&& operator*() && { assert(ok()); return std::move(*std::get_if<0>(&state_)); }
  const T* operator->() const { assert(ok()); return std::get_if<0>(&state_); }
  T* operator->() { assert(ok()); return std::get_if<0>(&state_); }
  const Problems& problems() const { assert(!ok()); return *std::get_if<1>(&state_); }

 private:
  std::variant<T, Problems> state_;
};

}  // namespace assent
