// Tests of the tokens behind the links of a mail, of signatures, and of the waits between attempts.
#include <catch2/catch.hpp>

#include <limits>
#include <set>
#include <string>
#include <vector>

#include "runtime/delivery/backoff.h"
#include "runtime/delivery/signature.h"
#include "runtime/delivery/token.h"
#include "runtime/value/base64.h"
#include "runtime/value/hmac.h"

using namespace assent;
using namespace assent::delivery;

namespace {

const std::string old_key(min_key_bytes, 'o');
const std::string new_key(min_key_bytes, 'n');
constexpr std::int64_t now = 1'772'445'600'000;  // 2026-03-02T10:00:00Z

AnswerToken token_fields() {
  AnswerToken fields;
  fields.case_id = "case-9";
  fields.step = "finance";
  fields.person = "the.cfo";
  fields.answer = Answer::approve;
  fields.quote_hash = std::string(quote_hash_digits, 'a');
  fields.expires = now + 1000;
  fields.nonce = "n-1";
  return fields;
}

std::string made(const AnswerToken& fields, std::string_view key = new_key) {
  const Result<std::string> token = make_token(fields, key);
  REQUIRE(token);
  return *token;
}

std::string read(std::string_view token, const std::vector<std::string_view>& keys, std::int64_t at = now) {
  const auto outcome = read_token(token, keys, at);
  if (const auto* refusal = std::get_if<TokenRefusal>(&outcome)) return std::string(text(*refusal));
  const AnswerToken& fields = std::get<AnswerToken>(outcome);
  return fields.person + " " + std::string(text(fields.answer));
}

std::string problem(const AnswerToken& fields, std::string_view key = new_key) {
  const Result<std::string> token = make_token(fields, key);
  if (token) return "none";
  std::string all;
  for (const Problem& found : token.problems()) all += std::string(text(found.code)) + " " + found.where + ";";
  return all;
}

}  // namespace

TEST_CASE("a token gives back its fields") {
  AnswerToken fields = token_fields();
  fields.step = std::string("\0 weird / st\xc3\xbc" "p", 15);
  for (const Answer answer : {Answer::approve, Answer::reject}) {
    for (const std::int64_t expires : {now + 1, std::numeric_limits<std::int64_t>::max()}) {
      fields.answer = answer;
      fields.expires = expires;
      const std::vector<std::string_view> keys = {new_key};
      const auto outcome = read_token(made(fields), keys, now);
      REQUIRE(std::holds_alternative<AnswerToken>(outcome));
      CHECK(std::get<AnswerToken>(outcome) == fields);
    }
  }
}

TEST_CASE("a token is the same text each time, and stands in a URL as it is") {
  const std::string token = made(token_fields());
  CHECK(token == made(token_fields()));
  CHECK(token.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.") ==
        std::string::npos);
  AnswerToken longest = token_fields();
  longest.case_id = longest.step = longest.person = longest.nonce = std::string(max_token_field_bytes, 'x');
  CHECK(made(longest).size() == 1002);
  CHECK(read(made(longest), {new_key}) == std::string(max_token_field_bytes, 'x') + " approve");
}

TEST_CASE("a token is signed with one of the keys, and not expired") {
  const std::string token = made(token_fields(), old_key);
  CHECK(read(token, {old_key}) == "the.cfo approve");
  CHECK(read(token, {new_key, old_key}) == "the.cfo approve");
  CHECK(read(token, {new_key}) == "wrong-signature");
  CHECK(read(token, {}) == "wrong-signature");
  CHECK(read(token, {old_key}, now + 999) == "the.cfo approve");
  CHECK(read(token, {old_key}, now + 1000) == "expired");
  CHECK(read(token, {new_key}, now + 1000) == "wrong-signature");  // nothing is told of a token of somebody else
}

TEST_CASE("no character of a token can be changed, added or left out") {
  const std::string token = made(token_fields());
  for (std::size_t i = 0; i < token.size(); ++i) {
    for (const char c : {'A', 'B', '-', '.', '=', ' '}) {
      if (token[i] == c) continue;
      std::string changed = token;
      changed[i] = c;
      CHECK(read(changed, {new_key}) != "the.cfo approve");
    }
    CHECK(read(token.substr(0, i), {new_key}) != "the.cfo approve");
    CHECK(read(std::string(token).insert(i, "A"), {new_key}) != "the.cfo approve");
  }
  for (const std::string& text : {std::string(""), std::string("."), std::string("a.b"), token + "A", token + ".",
                                  "." + token, token + "=", std::string(max_token_bytes + 1, 'A'),
                                  token.substr(0, token.find('.'))}) {
    CHECK(read(text, {new_key}) == "malformed");
  }
}

TEST_CASE("fields that share their bytes have different tokens") {
  AnswerToken left = token_fields();
  AnswerToken right = token_fields();
  left.case_id = "ab";
  left.step = "c";
  right.case_id = "a";
  right.step = "bc";
  CHECK(made(left) != made(right));
}

TEST_CASE("what the same key signed for another purpose is no token") {
  const std::string token = made(token_fields());
  const std::string payload = *decode_base64url(token.substr(0, token.find('.')));
  CHECK(read(base64url(payload) + "." + base64url(hmac_sha256(new_key, payload)), {new_key}) == "wrong-signature");
}

TEST_CASE("a payload that is signed is still read strictly") {
  const auto signed_text = [](const std::string& payload) {
    const std::string label("assent answer token v1\0", 23);
    return base64url(payload) + "." + base64url(hmac_sha256(new_key, label + payload));
  };
  const std::string token = made(token_fields());
  const std::string payload = *decode_base64url(token.substr(0, token.find('.')));
  CHECK(read(signed_text(payload), {new_key}) == "the.cfo approve");
  CHECK(read(signed_text(payload + "x"), {new_key}) == "malformed");
  for (std::size_t size = 0; size < payload.size(); ++size) {
    CHECK(read(signed_text(payload.substr(0, size)), {new_key}) == "malformed");
  }
  std::string other = payload;
  other[other.find("the.cfo") + 7] = 'x';  // neither approve nor reject
  CHECK(read(signed_text(other), {new_key}) == "malformed");
}

TEST_CASE("fields and keys that make no token") {
  CHECK(problem(token_fields()) == "none");
  CHECK(problem(token_fields(), new_key.substr(1)) == "bad-request ;");
  AnswerToken fields = token_fields();
  fields.case_id = "";
  fields.nonce = "";
  CHECK(problem(fields) == "bad-request /case_id;bad-request /nonce;");
  fields = token_fields();
  fields.step = fields.person = std::string(max_token_field_bytes + 1, 'x');
  CHECK(problem(fields) == "limit-exceeded /step;limit-exceeded /person;");
  for (const std::string& hash :
       {std::string(63, 'a'), std::string(65, 'a'), std::string(64, 'A'), std::string(64, 'g')}) {
    fields = token_fields();
    fields.quote_hash = hash;
    CHECK(problem(fields) == "bad-request /quote_hash;");
  }
  fields = token_fields();
  fields.expires = -1;
  CHECK(problem(fields) == "bad-request /expires;");
  // A short key verifies nothing either, also if somebody signs with it.
  const std::string payload = "x";
  const std::string label("assent answer token v1\0", 23);
  CHECK(read(base64url(payload) + "." + base64url(hmac_sha256("", label + payload)), {""}) == "wrong-signature");
}

TEST_CASE("a signature is that of another implementation") {
  // printf '1772445600000.{"a":1}' | openssl dgst -sha256 -hmac nnnnnnnnnnnnnnnnnnnnnnnnnnnnnnnn
  CHECK(signature_header(new_key, now, R"({"a":1})") ==
        "t=1772445600000,v1=020695d2a4a72f9f8d2b3b17e19fb5e5c16ce5ade97c1d954d72ca50fe713fef");
}

TEST_CASE("a signature is valid for its body, key and time") {
  const std::string header = signature_header(old_key, now, "body");
  const std::vector<std::string_view> keys = {new_key, old_key};
  CHECK(verify_signature(header, "body", keys, now) == SignatureCheck::valid);
  CHECK(verify_signature(header, "body ", keys, now) == SignatureCheck::wrong_signature);
  CHECK(verify_signature(header, "body", std::span(keys).first(1), now) == SignatureCheck::wrong_signature);
  CHECK(verify_signature(header, "body", {}, now) == SignatureCheck::wrong_signature);
  for (const std::int64_t sign : {-1, 1}) {
    CHECK(verify_signature(header, "body", keys, now + sign * default_tolerance) == SignatureCheck::valid);
    CHECK(verify_signature(header, "body", keys, now + sign * (default_tolerance + 1)) ==
          SignatureCheck::outside_tolerance);
  }
  CHECK(verify_signature(header, "body", keys, now + 5, 5) == SignatureCheck::valid);
  CHECK(verify_signature(header, "body", keys, now + 6, 5) == SignatureCheck::outside_tolerance);
  std::string later = header;
  later[2] = '2';
  CHECK(verify_signature(later, "body", keys, now) == SignatureCheck::wrong_signature);
  // A point in the time or the body moves nothing from one to the other.
  CHECK(signature_header(old_key, 1, "2.x").substr(7) != signature_header(old_key, 12, "x").substr(8));
}

TEST_CASE("a signature that is no signature") {
  const std::string header = signature_header(new_key, now, "body");
  const std::vector<std::string_view> keys = {new_key, ""};
  for (const std::string& text :
       {std::string(""), std::string("t="), std::string("t=1"), std::string("t=1,v1="), "x" + header, header + "0",
        header.substr(0, header.size() - 1), " " + header, "t=-1" + header.substr(header.find(',')),
        "t=" + header.substr(header.find(',')), "t=1234567890123456" + header.substr(header.find(',')),
        "t=1 " + header.substr(header.find(',')), header.substr(0, header.find(',')) + ",v0=" + std::string(64, '0'),
        header.substr(0, header.find('v')) + "v1=" + std::string(64, 'A')}) {
    INFO(text);
    CHECK(verify_signature(text, "body", keys, now) == SignatureCheck::malformed);
  }
  CHECK(verify_signature(signature_header("", now, "body"), "body", keys, now) == SignatureCheck::wrong_signature);
  CHECK(text(SignatureCheck::outside_tolerance) == "outside-tolerance");
}

TEST_CASE("waits double up to a cap, vary by half, and end") {
  std::int64_t all = 0;
  std::int64_t full = first_delay;
  for (int attempt = 1; attempt < max_attempts; ++attempt) {
    std::set<std::int64_t> seen;
    for (int i = 0; i < 200; ++i) {
      const auto delay = delay_after(attempt, "message-" + std::to_string(i));
      REQUIRE(delay);
      CHECK(*delay <= full);
      CHECK(*delay >= full / 2);
      seen.insert(*delay);
    }
    CHECK(seen.size() > 190);                                             // they do not come back together
    CHECK(*seen.begin() < full / 2 + full / 20);                          // and use all of the half
    CHECK(*seen.rbegin() > full - full / 20);
    CHECK(delay_after(attempt, "message-1") == delay_after(attempt, "message-1"));
    all += full;
    full = std::min(2 * full, longest_delay);
  }
  CHECK_FALSE(delay_after(max_attempts, "message-1"));
  CHECK_FALSE(delay_after(max_attempts + 1, "message-1"));
  constexpr std::int64_t hour = 60 * 60 * 1000;
  CHECK(all / hour == 62);  // as backoff.h says
  CHECK(all / 2 / hour == 31);
  CHECK(*delay_after(10, "message-1") * 2 != *delay_after(11, "message-1"));  // each wait has its own jitter
}
