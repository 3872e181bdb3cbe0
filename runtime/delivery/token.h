// Answers by a link: a signed text that says who answers what with which word, and until when.
//
// Entry: make_token, read_token. The token is all that the link carries; nothing is stored until it comes back.
//
// - A token is good once. This file cannot know that: the caller records the answer under `nonce` as its command id,
//   and a command id that has been seen returns the first answer instead of answering again.
// - Whoever has the token can answer, so the link goes to the person alone, in a mail, and over https.
// - Mail filters open every link they see. The page behind the link therefore shows what is asked, with a button that
//   posts the token; opening it answers nothing (safe methods: RFC 9110 section 9.2.1).
// - quote_hash is what the person was shown. If the quote is another one by now, the caller refuses the answer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "assent/result.h"
#include "runtime/delivery/answer.h"

namespace assent::delivery {

// With the longest fields a token has 1,002 characters, which leaves room in a URL of 2,000: some mail programs break
// longer ones.
inline constexpr std::size_t max_token_field_bytes = 160;
inline constexpr std::size_t quote_hash_digits = 64;  // SHA-256
// A key has as many bytes as the hash, at least: RFC 2104 section 3. A shorter one signs and verifies nothing.
inline constexpr std::size_t min_key_bytes = 32;
inline constexpr std::size_t max_token_bytes = 2000;  // a longer text is no token, and is not looked into

struct AnswerToken {
  std::string case_id;
  std::string step;        // the key of the step in the case
  std::string person;      // the directory's id of who answers
  Answer answer = Answer::reject;
  std::string quote_hash;  // 64 lower-case hexadecimal digits
  std::int64_t expires = 0;  // milliseconds since 1970; from this moment on it is refused
  std::string nonce;       // different for each token, from the caller, who has the source of randomness

  bool operator==(const AnswerToken&) const = default;
};

enum class TokenRefusal : std::uint8_t {
  malformed,        // no token: cut off by a mail program, or made up
  wrong_signature,  // made or changed by somebody without a key, or with one that is no longer in use
  expired,
};
std::string_view text(TokenRefusal refusal);

// URL-safe text: base64url of the fields, a point, base64url of their HMAC. The same fields and key give the same
// text. bad_request for an empty text, a hash of another form, a negative time and a key that is too short;
// limit_exceeded for a text above max_token_field_bytes.
Result<std::string> make_token(const AnswerToken& fields, std::string_view key);

// The fields of a token that was signed with any of `keys` (the new one and the old one, while a key is replaced) and
// is not expired at `now`, milliseconds since 1970.
std::variant<AnswerToken, TokenRefusal> read_token(std::string_view token, std::span<const std::string_view> keys,
                                                   std::int64_t now);

}  // namespace assent::delivery
