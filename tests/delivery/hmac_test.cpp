// Tests of HMAC-SHA-256 with the vectors of RFC 4231, and of base64 with those of RFC 4648.
#include <catch2/catch.hpp>

#include <string>

#include "runtime/value/base64.h"
#include "runtime/value/hmac.h"

using namespace assent;

namespace {

std::string hmac_hex(std::string_view key, std::string_view message) { return hex(hmac_sha256(key, message)); }

}  // namespace

TEST_CASE("HMAC-SHA-256 of the messages of RFC 4231") {
  CHECK(hmac_hex(std::string(20, '\x0b'), "Hi There") ==
        "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
  CHECK(hmac_hex("Jefe", "what do ya want for nothing?") ==
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  CHECK(hmac_hex(std::string(20, '\xaa'), std::string(50, '\xdd')) ==
        "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe");
  std::string key;
  for (char c = 1; c <= 25; ++c) key += c;
  CHECK(hmac_hex(key, std::string(50, '\xcd')) == "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b");
  CHECK(hmac_hex(std::string(20, '\x0c'), "Test With Truncation").substr(0, 32) == "a3b6167473100ee06e0c796c2955552b");
  CHECK(hmac_hex(std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First") ==
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54");
  CHECK(hmac_hex(std::string(131, '\xaa'),
                 "This is a test using a larger than block-size key and a larger than block-size data. The key needs "
                 "to be hashed before being used by the HMAC algorithm.") ==
        "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2");
}

TEST_CASE("an HMAC does not depend on how a message is split, and does on the key's every byte") {
  const std::string message(200, 'm');
  const std::string key(64, 'k');  // exactly a block
  const std::string whole = hmac_sha256(key, message);
  for (std::size_t first = 0; first <= message.size(); ++first) {
    HmacSha256 parts(key);
    parts.update(std::string_view(message).substr(0, first));
    parts.update(std::string_view(message).substr(first));
    CHECK(parts.finish() == whole);
  }
  for (std::size_t i = 0; i < key.size(); ++i) {
    std::string other = key;
    other[i] = 'K';
    CHECK(hmac_sha256(other, message) != whole);
  }
}

TEST_CASE("bytes are compared whole") {
  CHECK(same_bytes("", ""));
  CHECK(same_bytes(std::string_view("a\0b", 3), std::string_view("a\0b", 3)));
  CHECK_FALSE(same_bytes(std::string_view("a\0b", 3), std::string_view("a\0c", 3)));
  CHECK_FALSE(same_bytes("a", ""));
  CHECK_FALSE(same_bytes("ab", "a"));
  CHECK_FALSE(same_bytes("\x80", std::string_view("\0", 1)));
  CHECK_FALSE(same_bytes("xb", "ab"));
}

TEST_CASE("base64 of the texts of RFC 4648") {
  const std::pair<std::string_view, std::string_view> vectors[] = {
      {"", ""},           {"f", "Zg=="},         {"fo", "Zm8="},          {"foo", "Zm9v"},
      {"foob", "Zm9vYg=="}, {"fooba", "Zm9vYmE="}, {"foobar", "Zm9vYmFy"}, {"\xff\xef\xbe", "/+++"}};
  for (const auto& [bytes, text] : vectors) {
    CHECK(base64(bytes) == text);
    CHECK(decode_base64(text) == std::string(bytes));
  }
  CHECK(base64url("\xff\xef\xbe") == "_---");
  CHECK(base64url("f") == "Zg");
  CHECK(decode_base64url("_---") == "\xff\xef\xbe");
  CHECK(decode_base64url("Zg") == "f");
}

TEST_CASE("bytes have one text in base64, and no other is read") {
  for (const char* const text : {"Zg", "Zg=", "Zg===", "Zh==", "Zm9=", "Z===", "====", "=", "Zg==Zg==", "Zm 9v",
                                 "Zm9v\n", "Zm9v=", "_---", "Zm9\xc3"}) {
    INFO(text);
    CHECK_FALSE(decode_base64(text));
  }
  for (const char* const text : {"Z", "Zg==", "Zh", "/+++", "Zm9v Zg", "Zm9vY"}) {
    INFO(text);
    CHECK_FALSE(decode_base64url(text));
  }
}

TEST_CASE("every byte at every place comes back from base64") {
  std::string bytes;
  for (int i = 0; i < 300; ++i) {
    bytes += static_cast<char>(i * 37 >> (i % 3));
    CHECK(decode_base64(base64(bytes)) == bytes);
    CHECK(decode_base64url(base64url(bytes)) == bytes);
  }
}
