// Tests of SHA-256: the vectors of FIPS 180-4 and of NIST's examples, and splits of one message.
#include "runtime/value/sha256.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "runtime/value/sha256_blocks.h"

using namespace assent;

namespace {

std::string hex(const std::array<std::uint8_t, 32>& hash) {
  std::string out;
  for (const std::uint8_t byte : hash) {
    out += "0123456789abcdef"[byte >> 4];
    out += "0123456789abcdef"[byte & 15];
  }
  return out;
}

}  // namespace

TEST_CASE("SHA-256 of known messages") {
  CHECK(sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(sha256_hex("abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmn"
                   "hijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu") ==
        "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  CHECK(sha256_hex(std::string(1, '\xbd')) ==
        "68325720aabd7c82f30f554b313d0570c95accbb7dc4b5aae11204c08ffe732b");
  CHECK(sha256_hex(std::string(1'000'000, 'a')) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("SHA-256 where the padding begins another block") {
  // Lengths of NIST's examples of zero bytes: 55 fills a block, 56 and 64 need one more.
  CHECK(sha256_hex(std::string(55, '\0')) ==
        "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7");
  CHECK(sha256_hex(std::string(56, '\0')) ==
        "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb");
  CHECK(sha256_hex(std::string(64, '\0')) ==
        "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b");
}

TEST_CASE("SHA-256 does not depend on how a message is split") {
  std::string message;
  for (int i = 0; i < 200; ++i) message += static_cast<char>(i * 7);
  for (std::size_t length = 0; length <= message.size(); ++length) {
    const std::string_view whole(message.data(), length);
    const std::string expected = sha256_hex(whole);
    bool same = true;
    for (std::size_t first = 0; first <= length; ++first) {
      Sha256 sha;
      sha.update(whole.substr(0, first));
      sha.update(whole.substr(first));
      same = same && hex(sha.finish()) == expected;
    }
    Sha256 single;
    for (const char& byte : whole) single.update(std::string_view(&byte, 1));
    same = same && hex(single.finish()) == expected;
    INFO(length);
    CHECK(same);
  }
}

#ifdef ASSENT_SHA_X86
TEST_CASE("SHA-256 by the processor's instructions is SHA-256") {
  if (!has_sha_extensions()) {
    WARN("skipped: this processor has no SHA extensions");
    return;
  }
  std::uint64_t seed = 1;
  std::vector<std::uint8_t> bytes(64 * 17);
  for (std::uint8_t& byte : bytes)
    byte = static_cast<std::uint8_t>((seed = seed * 6364136223846793005u + 1442695040888963407u) >> 56);
  for (std::size_t blocks = 0; blocks <= 16; ++blocks) {
    Sha256State slow = Sha256{}.state;
    Sha256State fast = slow;
    compress_portably(slow, bytes.data() + blocks, blocks);  // at any alignment
    compress_with_extensions(fast, bytes.data() + blocks, blocks);
    CHECK(slow == fast);
    Sha256State left = Sha256{}.state;
    Sha256State right = slow;
    compress_two_with_extensions(left, bytes.data() + blocks, right, bytes.data(), blocks);
    CHECK(left == slow);
    compress_portably(slow, bytes.data(), blocks);
    CHECK(right == slow);
  }
}
#endif

TEST_CASE("a chunked SHA-256 is that of the chunks' hashes") {
  for (const std::size_t length : {std::size_t{0}, std::size_t{1}, sha256_chunk - 1, sha256_chunk, sha256_chunk + 1,
                                   2 * sha256_chunk, 3 * sha256_chunk, 5 * sha256_chunk + 7}) {
    std::string data;
    for (std::size_t i = 0; i < length; ++i) data += static_cast<char>(i * 31 >> 3);
    Sha256 expected;
    for (std::size_t at = 0; at < length; at += sha256_chunk) {
      Sha256 chunk;
      chunk.update(std::string_view(data).substr(at, sha256_chunk));
      const auto hash = chunk.finish();
      expected.update(std::string_view(reinterpret_cast<const char*>(hash.data()), hash.size()));
    }
    CHECK(hex(chunked_sha256(data)) == hex(expected.finish()));
  }
}
