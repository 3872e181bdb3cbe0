// Entry: signature_header, verify_signature.
#include "runtime/delivery/signature.h"

#include <algorithm>
#include <cassert>
#include <charconv>

#include "runtime/value/hmac.h"

namespace assent::delivery {

namespace {

constexpr std::string_view time_mark = "t=";
constexpr std::string_view signature_mark = ",v1=";
constexpr std::size_t max_time_digits = 15;  // the year 33658; no sum below can overflow

std::string sign(std::string_view key, std::string_view sent, std::string_view body) {
  HmacSha256 hmac(key);
  hmac.update(sent);
  hmac.update(".");
  hmac.update(body);
  return hex(hmac.finish());
}

bool is_digits(std::string_view text, std::string_view digits) {
  return !text.empty() && text.find_first_not_of(digits) == std::string_view::npos;
}

}  // namespace

std::string_view text(SignatureCheck check) {
  switch (check) {
    case SignatureCheck::valid: return "valid";
    case SignatureCheck::malformed: return "malformed";
    case SignatureCheck::wrong_signature: return "wrong-signature";
    case SignatureCheck::outside_tolerance: return "outside-tolerance";
  }
  return "";
}

std::string signature_header(std::string_view key, std::int64_t sent, std::string_view body) {
  assert(sent >= 0);
  const std::string time = std::to_string(sent);
  std::string out(time_mark);
  return out.append(time).append(signature_mark).append(sign(key, time, body));
}

SignatureCheck verify_signature(std::string_view header, std::string_view body, std::span<const std::string_view> keys,
                                std::int64_t now, std::int64_t tolerance) {
  if (!header.starts_with(time_mark)) return SignatureCheck::malformed;
  header.remove_prefix(time_mark.size());
  const std::size_t mark = header.find(signature_mark);
  if (mark == std::string_view::npos) return SignatureCheck::malformed;
  const std::string_view time = header.substr(0, mark);
  const std::string_view signature = header.substr(mark + signature_mark.size());
  const bool is_time = time.size() <= max_time_digits && is_digits(time, "0123456789");
  if (!is_time || signature.size() != 2 * hmac_size || !is_digits(signature, "0123456789abcdef")) {
    return SignatureCheck::malformed;
  }
  const bool is_signed = std::any_of(keys.begin(), keys.end(), [&](std::string_view key) {
    return !key.empty() && same_bytes(sign(key, time, body), signature);
  });
  if (!is_signed) return SignatureCheck::wrong_signature;
  std::int64_t sent = 0;
  std::from_chars(time.data(), time.data() + time.size(), sent);
  const bool is_near = sent >= now - tolerance && sent <= now + tolerance;
  return is_near ? SignatureCheck::valid : SignatureCheck::outside_tolerance;
}

}  // namespace assent::delivery
