// When a message that could not be delivered is tried again, and when no more.
//
// Entry: delay_after. Each wait is twice the one before, up to a cap, and shortened by up to half: messages that failed
// together when a receiver went down do not all come back in the same moment. By how much is taken from the message's
// id, not from chance, so that a schedule can be computed again from the log.
#pragma once

#include <algorithm>
#include <cassert>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/value/sha256.h"

namespace assent::delivery {

inline constexpr std::int64_t first_delay = 30 * 1000;               // milliseconds: a restart takes less
inline constexpr std::int64_t longest_delay = 6 * 60 * 60 * 1000;    // a receiver that is repaired hears within hours
// With these, the last attempt is 31 to 62 hours after the first: a failure in the evening can be mended on the next
// day. What fails then is put aside as a dead letter, for a person to look at.
inline constexpr int max_attempts = 20;

// Milliseconds to wait after attempt number `attempt` has failed; the first is 1. Nothing when that was the last one.
// Between half of the wait without jitter and all of it; the same for the same attempt and id.
inline std::optional<std::int64_t> delay_after(int attempt, std::string_view id) {
  assert(attempt >= 1);
  if (attempt >= max_attempts) return std::nullopt;
  std::int64_t delay = first_delay;
  for (int i = 1; i < attempt && delay < longest_delay; ++i) delay *= 2;
  delay = std::min(delay, longest_delay);

  Sha256 hash;
  hash.update(id);
  hash.update("#" + std::to_string(attempt));
  const auto digest = hash.finish();
  std::uint64_t chance = 0;
  for (int i = 0; i < 4; ++i) chance = chance << 8 | digest[static_cast<std::size_t>(i)];
  return delay - static_cast<std::int64_t>(chance % static_cast<std::uint64_t>(delay / 2 + 1));
}

}  // namespace assent::delivery
