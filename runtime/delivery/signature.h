// How a receiver knows that a message is from here, and not an old one sent again: a signature over time and body.
//
// Entry: signature_header, verify_signature. Sent as `Assent-Signature: t=1767225600000,v1=9f86d0...`: t is the time
// of sending in milliseconds since 1970, v1 the HMAC-SHA-256, in hexadecimal, of t, a point and the body's bytes.
// A receiver computes the same over the bytes as they arrived, before it parses them, and remembers Idempotency-Key
// for at least the tolerance: within it the same message can come twice.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace assent::delivery {

inline constexpr std::string_view signature_field = "Assent-Signature";

// Five minutes: clocks that are set by the network differ by less, and a message that waits longer is sent anew, with
// a new time.
inline constexpr std::int64_t default_tolerance = 5 * 60 * 1000;

// The value of the field. `key` is the receiver's own, shared with it alone, at least 32 random bytes; `sent` is not
// negative. Each attempt is signed with its own time, as the receiver measures from it.
std::string signature_header(std::string_view key, std::int64_t sent, std::string_view body);

enum class SignatureCheck : std::uint8_t {
  valid,
  malformed,        // the field is not t=...,v1=...
  wrong_signature,  // another key, another body, or another time
  outside_tolerance,  // rightly signed, too long ago, or later than now
};
std::string_view text(SignatureCheck check);

// What a receiver makes of the field's value. `keys` are those it accepts, the new and the old one while a key is
// replaced; `now` and `tolerance` are milliseconds, the latter in both directions.
SignatureCheck verify_signature(std::string_view header, std::string_view body, std::span<const std::string_view> keys,
                                std::int64_t now, std::int64_t tolerance = default_tolerance);

}  // namespace assent::delivery
