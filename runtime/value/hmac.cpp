// HMAC over SHA-256: H(key ^ opad, H(key ^ ipad, message)), RFC 2104 section 2.
//
// Entry: hmac_sha256, HmacSha256, hex, same_bytes. A key longer than a block is replaced by its hash, a shorter one
// filled up with zeros.
#include "runtime/value/hmac.h"

#include <array>

namespace assent {

namespace {

constexpr std::size_t block_size = 64;
constexpr unsigned inner_pad = 0x36;
constexpr unsigned outer_pad = 0x5c;

std::string bytes_of(Sha256& hash) {
  const std::array<std::uint8_t, hmac_size> digest = hash.finish();
  return {digest.begin(), digest.end()};
}

std::string padded(std::string_view key, unsigned pad) {
  std::string block(block_size, static_cast<char>(pad));
  for (std::size_t i = 0; i < key.size(); ++i) {
    block[i] = static_cast<char>(static_cast<unsigned char>(key[i]) ^ pad);
  }
  return block;
}

}  // namespace

HmacSha256::HmacSha256(std::string_view key) {
  std::string hashed;
  if (key.size() > block_size) {
    Sha256 hash;
    hash.update(key);
    hashed = bytes_of(hash);
    key = hashed;
  }
  inner_.update(padded(key, inner_pad));
  outer_.update(padded(key, outer_pad));
}

std::string HmacSha256::finish() {
  outer_.update(bytes_of(inner_));
  return bytes_of(outer_);
}

std::string hmac_sha256(std::string_view key, std::string_view message) {
  HmacSha256 hmac(key);
  hmac.update(message);
  return hmac.finish();
}

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  out.reserve(2 * bytes.size());
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    out += digits[byte >> 4];
    out += digits[byte & 15];
  }
  return out;
}

bool same_bytes(std::string_view left, std::string_view right) {
  if (left.size() != right.size()) return false;
  // Volatile, so that no compiler leaves the loop when the answer is known.
  volatile unsigned difference = 0;
  for (std::size_t i = 0; i < left.size(); ++i) {
    difference = difference | (static_cast<unsigned char>(left[i]) ^ static_cast<unsigned char>(right[i]));
  }
  return difference == 0;
}

}  // namespace assent
