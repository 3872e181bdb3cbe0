// HMAC-SHA-256, as in RFC 2104, and a comparison that takes the same time wherever two texts differ.
//
// Entry: hmac_sha256 for a message at hand, HmacSha256 for one in parts, same_bytes to check what somebody sent.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "runtime/value/sha256.h"

namespace assent {

inline constexpr std::size_t hmac_size = 32;  // bytes of the result

class HmacSha256 {  // invariant: both hashes have been given one whole block, the padded key
 public:
  // Any key is taken, also an empty one: whoever accepts keys from outside says how long they must be.
  explicit HmacSha256(std::string_view key);

  void update(std::string_view part) { inner_.update(part); }

  // hmac_size bytes, any value in each. Call once: afterwards the state is used up.
  std::string finish();

 private:
  Sha256 inner_;
  Sha256 outer_;
};

std::string hmac_sha256(std::string_view key, std::string_view message);

// Two lower-case hexadecimal digits for each byte.
std::string hex(std::string_view bytes);

// Compares a secret with what somebody sent: the time depends on the lengths alone, so that nobody can find a
// signature byte by byte by measuring how long its refusal takes.
bool same_bytes(std::string_view left, std::string_view right);

}  // namespace assent
