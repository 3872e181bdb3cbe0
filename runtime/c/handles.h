// What stands behind the handles of assent.h, and how a call of it ends. Entry: carry_out.
//
// Each function of the interface is a call that gives an Reply; carry_out writes its text to the caller's answer and
// lets nothing through: what is thrown for want of memory becomes a status.
#pragma once

#include <cstring>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "assent.h"
#include "assent/advance.h"
#include "assent/policy.h"
#include "assent/session.h"

struct assent_policy { assent::Policy policy; };
struct assent_directory { assent::Directory directory; };
struct assent_rates { assent::Rates rates; };
struct assent_deputies { std::shared_ptr<const assent::Deputies> deputies; };

struct assent_evaluator {
  assent::Policy policy;
  assent::Limits limits;
  std::optional<assent::Evaluator> evaluator;   // none after memory ran out in it: made anew by the next call
  const assent::Decision* decision = nullptr;   // the last; null where a call since has taken it away
  std::string text;                             // of the answer at hand
};
struct assent_session {
  std::optional<assent::Session> session;  // none after memory ran out in it
  std::string text;
};
struct assent_case { assent::Case kase; };

namespace assent::c {

// How a call ended, and with which text.
struct Reply {
  assent_status status = ASSENT_OK;
  std::string text;             // unless it is borrowed
  const std::string* borrowed = nullptr;
};

inline Reply answered(std::string text) { return {ASSENT_OK, std::move(text), nullptr}; }
inline Reply answered_from(const std::string& text) { return {ASSENT_OK, {}, &text}; }
constexpr assent_status status_of(ErrorCode code) { return static_cast<assent_status>(static_cast<int>(code) + 1); }
inline Reply failed(const Problems& problems) { return {status_of(problems.front().code), to_json(problems), nullptr}; }
inline Reply failed(ErrorCode code, std::string message) { return failed(Problems{{code, "", std::move(message)}}); }
inline Reply missing(std::string_view what) {
  return failed(ErrorCode::bad_request, "there is no " + std::string(what) + ": a pointer is NULL");
}

// False where there is no memory for it; the text is then empty.
bool write(std::string_view text, assent_text* answer) noexcept;
inline constexpr std::string_view out_of_memory =
    R"({"problems":[{"code":"out-of-memory","where":"","message":"there is not enough memory"}]})";

// `undo` is called where memory ran out on the way.
template <typename Call, typename Undo>
assent_status carry_out(assent_text* answer, Call call, Undo undo) noexcept {
  try {
    const Reply reply = call();
    if (write(reply.borrowed ? *reply.borrowed : reply.text, answer)) return reply.status;
  } catch (...) {  // std::bad_alloc, or a length that no memory has
    undo();
  }
  write(out_of_memory, answer);
  return ASSENT_OUT_OF_MEMORY;
}
template <typename Call>
assent_status carry_out(assent_text* answer, Call call) noexcept {
  return carry_out(answer, std::move(call), [] {});
}

// A handle that `call` makes, given out only once its answer is written.
template <typename Handle, typename Call>
assent_status make(assent_text* answer, Handle** place, Call call) noexcept {
  if (place) *place = nullptr;
  std::unique_ptr<Handle> made;
  const assent_status status = carry_out(answer, [&]() -> Reply {
    if (!place) return missing("place for what is made");
    return call(made);
  });
  if (status == ASSENT_OK) *place = made.release();
  return status;
}

// Text that was given: a length without a pointer is nothing.
inline std::optional<std::string_view> given(const char* text, std::size_t size) {
  if (text) return std::string_view(text, size);
  if (size == 0) return std::string_view();
  return std::nullopt;
}

// What of a structure the caller knows; the rest has its default. Nothing: it is no structure of ours.
template <typename Struct>
std::optional<Struct> known_part(const Struct* structure, std::size_t least) {
  Struct known{};
  if (!structure || structure->size < least) return std::nullopt;
  std::memcpy(&known, structure, structure->size < sizeof known ? structure->size : sizeof known);
  return known;
}

Result<World> world_of(const assent_world* world);
Result<Limits> limits_of(const assent_limits* limits);  // null: as they are

// The evaluator, made anew where it was lost; forgets the last decision.
Evaluator& ready(assent_evaluator& handle);
inline void lose(assent_evaluator* handle) noexcept {
  if (!handle) return;
  handle->decision = nullptr;
  handle->evaluator.reset();
}

// What an evaluator makes of a quote: `call` has it ready, the quote and the world.
template <typename Call>
assent_status of_quote(assent_evaluator* evaluator, const char* quote, std::size_t size, const assent_world* world,
                       assent_text* answer, Call call) noexcept {
  return carry_out(
      answer,
      [&]() -> Reply {
        const auto json = given(quote, size);
        if (!evaluator || !json) return missing("evaluator, or no quote");
        const Result<World> outside = world_of(world);
        if (!outside) return failed(outside.problems());
        return call(ready(*evaluator), *json, *outside);
      },
      [&] { lose(evaluator); });
}

}  // namespace assent::c
