// Entry: make_token, read_token.
//
// The fields are written one after the other, each text with its length before it, so that no two lists of fields
// have the same bytes. The HMAC covers a label too: what the same key signs elsewhere is never a token.
#include "runtime/delivery/token.h"

#include <algorithm>
#include <array>
#include <optional>

#include "runtime/value/base64.h"
#include "runtime/value/hmac.h"

namespace assent::delivery {

namespace {

constexpr std::string_view label = "assent answer token v1";
constexpr char approve_mark = 'a';
constexpr char reject_mark = 'r';
constexpr std::size_t time_bytes = 8;

std::string signature(std::string_view payload, std::string_view key) {
  HmacSha256 hmac(key);
  hmac.update(label);
  hmac.update(std::string_view("\0", 1));  // so that no label continues into what follows it
  hmac.update(payload);
  return hmac.finish();
}

void append_text(std::string& out, std::string_view text) {
  static_assert(max_token_field_bytes <= 255, "a length is one byte");
  out += static_cast<char>(text.size());
  out += text;
}

std::string payload(const AnswerToken& fields) {
  std::string out;
  append_text(out, fields.case_id);
  append_text(out, fields.step);
  append_text(out, fields.person);
  out += fields.answer == Answer::approve ? approve_mark : reject_mark;
  append_text(out, fields.quote_hash);
  for (std::size_t i = 0; i < time_bytes; ++i) {
    const std::size_t shift = 8 * (time_bytes - 1 - i);
    out += static_cast<char>(static_cast<std::uint64_t>(fields.expires) >> shift & 255);
  }
  append_text(out, fields.nonce);
  return out;
}

struct PayloadReader {
  std::string_view rest;
  bool ok = true;

  std::string_view take(std::size_t size) {
    ok = ok && rest.size() >= size;
    if (!ok) return {};
    const std::string_view taken = rest.substr(0, size);
    rest.remove_prefix(size);
    return taken;
  }

  std::string text() {
    const std::string_view length = take(1);
    return ok ? std::string(take(static_cast<unsigned char>(length[0]))) : "";
  }

  Answer answer() {
    const std::string_view mark = take(1);
    ok = ok && (mark[0] == approve_mark || mark[0] == reject_mark);
    return ok && mark[0] == approve_mark ? Answer::approve : Answer::reject;
  }

  std::int64_t time() {
    std::uint64_t value = 0;
    for (const char c : take(time_bytes)) value = value << 8 | static_cast<unsigned char>(c);
    return static_cast<std::int64_t>(value);
  }
};

bool is_hash(std::string_view text) {
  return text.size() == quote_hash_digits && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

// What make_token refuses; the reader holds a signed token to the same, for who signs may have had another version.
Problems check(const AnswerToken& fields) {
  struct Text {
    const char* where;
    std::string_view text;
  };
  Problems problems;
  const std::array<Text, 4> texts = {{{"/case_id", fields.case_id},
                                      {"/step", fields.step},
                                      {"/person", fields.person},
                                      {"/nonce", fields.nonce}}};
  for (const auto& [where, text] : texts) {
    if (text.empty()) problems.push_back({ErrorCode::bad_request, where, "the text is empty"});
    if (text.size() <= max_token_field_bytes) continue;
    problems.push_back({ErrorCode::limit_exceeded, where,
                        std::to_string(text.size()) + " bytes, at most " + std::to_string(max_token_field_bytes) +
                            " are allowed"});
  }
  if (!is_hash(fields.quote_hash)) {
    problems.push_back({ErrorCode::bad_request, "/quote_hash", "a hash has 64 lower-case hexadecimal digits"});
  }
  if (fields.expires < 0) problems.push_back({ErrorCode::bad_request, "/expires", "the time is before 1970"});
  return problems;
}

std::optional<AnswerToken> read_payload(std::string_view bytes) {
  PayloadReader reader{bytes};
  AnswerToken fields;
  fields.case_id = reader.text();
  fields.step = reader.text();
  fields.person = reader.text();
  fields.answer = reader.answer();
  fields.quote_hash = reader.text();
  fields.expires = reader.time();
  fields.nonce = reader.text();
  if (!reader.ok || !reader.rest.empty() || !check(fields).empty()) return std::nullopt;
  return fields;
}

}  // namespace

std::string_view text(TokenRefusal refusal) {
  switch (refusal) {
    case TokenRefusal::malformed: return "malformed";
    case TokenRefusal::wrong_signature: return "wrong-signature";
    case TokenRefusal::expired: return "expired";
  }
  return "";
}

Result<std::string> make_token(const AnswerToken& fields, std::string_view key) {
  Problems problems = check(fields);
  if (key.size() < min_key_bytes) {
    problems.push_back(
        {ErrorCode::bad_request, "", "the key is shorter than " + std::to_string(min_key_bytes) + " bytes"});
  }
  if (!problems.empty()) return problems;
  const std::string bytes = payload(fields);
  return base64url(bytes) + "." + base64url(signature(bytes, key));
}

std::variant<AnswerToken, TokenRefusal> read_token(std::string_view token, std::span<const std::string_view> keys,
                                                   std::int64_t now) {
  if (token.size() > max_token_bytes) return TokenRefusal::malformed;
  const std::size_t point = token.find('.');
  if (point == std::string_view::npos) return TokenRefusal::malformed;
  const std::optional<std::string> bytes = decode_base64url(token.substr(0, point));
  const std::optional<std::string> signed_with = decode_base64url(token.substr(point + 1));
  if (!bytes || !signed_with || signed_with->size() != hmac_size) return TokenRefusal::malformed;
  // The signature first: nothing is read from what nobody signed.
  const bool is_signed = std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
    return key.size() >= min_key_bytes && same_bytes(signature(*bytes, key), *signed_with);
  });
  if (!is_signed) return TokenRefusal::wrong_signature;
  const std::optional<AnswerToken> fields = read_payload(*bytes);
  if (!fields) return TokenRefusal::malformed;
  if (now >= fields->expires) return TokenRefusal::expired;
  return *fields;
}

}  // namespace assent::delivery
