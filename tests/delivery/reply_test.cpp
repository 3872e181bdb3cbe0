// Tests of answers by mail: the mails of the folder, the limits, and mails with a few bytes changed.
#include "runtime/delivery/reply.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <random>
#include <set>
#include <string>

#include "runtime/delivery/address.h"
#include "runtime/delivery/charset.h"
#include "runtime/delivery/fields.h"
#include "runtime/delivery/message.h"
#include "runtime/value/utf8.h"
#include "tests/delivery/mail_files.h"

using namespace assent::delivery;

namespace {

constexpr std::string_view header = "From: rep@example.com\nIn-Reply-To: <request-17@example.com>\n";

std::string joined(const std::vector<std::string>& ids) {
  std::string out;
  for (const std::string& id : ids) out += out.empty() ? id : " " + id;
  return out;
}

std::string one_line(std::string text) {
  for (std::size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at)) text.replace(at, 1, "\\n");
  return text;
}

// What came of a mail, as its expectation says it.
std::map<std::string, std::string> outcome(std::string_view bytes, const ReplySettings& settings) {
  const auto result = parse_reply(bytes, settings);
  if (const auto* refused = std::get_if<RefusedReply>(&result)) {
    return {{"refused", std::string(text(refused->reason))}, {"sender", refused->sender}};
  }
  const Reply& reply = std::get<Reply>(result);
  return {{"answer", std::string(text(reply.answer))},  {"sender", reply.sender},
          {"comment", one_line(reply.comment)},         {"message_id", reply.message_id},
          {"in_reply_to", joined(reply.in_reply_to)},   {"references", joined(reply.references)},
          {"subject", reply.subject}};
}

std::string with_crlf(const std::string& bytes) {
  std::string out;
  for (const char c : bytes) out += c == '\n' ? "\r\n" : std::string(1, c);
  return out;
}

// The reason of a refusal, or the answer.
std::string short_outcome(const std::string& bytes) {
  std::map<std::string, std::string> all = outcome(bytes, {});
  return all.count("refused") ? all["refused"] : all["answer"];
}

// What holds of any outcome whatever the bytes were.
void check_outcome(const std::string& bytes) {
  const auto result = parse_reply(bytes, {});
  const auto* const reply = std::get_if<Reply>(&result);
  if (reply == nullptr) {
    const RefusedReply& refused = std::get<RefusedReply>(result);
    REQUIRE(refused.reason != ReplyRefusal::none);
    REQUIRE((refused.sender.empty() || is_address(refused.sender)));
    REQUIRE((refused.reason != ReplyRefusal::automatic || refused.sender.empty()));
    return;
  }
  REQUIRE(is_address(reply->sender));
  REQUIRE(assent::is_utf8(reply->comment));
  REQUIRE(assent::is_utf8(reply->subject));
  REQUIRE(reply->comment.size() <= max_comment_bytes);
  REQUIRE(std::none_of(reply->comment.begin(), reply->comment.end(),
                       [](char c) { return static_cast<unsigned char>(c) < ' ' && c != '\n'; }));
  // The same mail from a program is no answer, and with a second author neither.
  REQUIRE(short_outcome("Auto-Submitted: auto-replied\n" + bytes) == "automatic");
  REQUIRE(short_outcome("From: another@example.com\n" + bytes) == "ambiguous-sender");
}

}  // namespace

TEST_CASE("the mails of the folder") {
  const std::vector<MailFile> mails = mail_files();
  REQUIRE(mails.size() >= 100);
  for (const MailFile& mail : mails) {
    std::vector<std::string> forms = {mail.bytes};
    if (mail.bytes.find('\r') == std::string::npos) forms.push_back(with_crlf(mail.bytes));
    for (const std::string& bytes : forms) {
      std::map<std::string, std::string> seen = outcome(bytes, mail.settings);
      REQUIRE((mail.expected.count("answer") == 1 || mail.expected.count("refused") == 1));
      for (const auto& [key, value] : mail.expected) {
        INFO(mail.name << ": " << key);
        CHECK((seen.count(key) ? seen[key] : "nothing, but refused: " + seen["refused"]) == value);
      }
      check_outcome(bytes);
    }
  }
}

TEST_CASE("every refusal has a mail that shows it, a spelling and a meaning") {
  std::set<std::string> shown;
  for (const MailFile& mail : mail_files()) {
    const auto refused = mail.expected.find("refused");
    if (refused != mail.expected.end()) shown.insert(refused->second);
  }
  std::set<std::string> known;
#define REFUSAL(name, spelling, words)                        \
  known.insert(spelling);                                     \
  CHECK(std::string(text(ReplyRefusal::name)) == spelling);   \
  CHECK(std::string(meaning(ReplyRefusal::name)) == words);
#include "runtime/delivery/reply_refusals.def"
#undef REFUSAL
  known.erase("none");
  CHECK(shown == known);
}

TEST_CASE("a mail is read up to its limits, and refused beyond them") {
  const std::string begin(header);
  const auto padded = [&](std::size_t size) {
    std::string mail = begin + "\nYes\n>";
    return mail + std::string(size - mail.size(), 'x');
  };
  CHECK(short_outcome(padded(max_reply_bytes)) == "approve");
  CHECK(short_outcome(padded(max_reply_bytes + 1)) == "too-large");

  const auto with_header_of = [&](std::size_t size) {
    return begin + "X: " + std::string(size - begin.size() - 4, 'x') + "\n\nYes\n";
  };
  CHECK(short_outcome(with_header_of(max_header_bytes - 1)) == "approve");  // and the empty line
  CHECK(short_outcome(with_header_of(max_header_bytes)) == "too-large");

  const auto with_fields = [&](std::size_t count) {
    std::string mail = begin;
    for (std::size_t i = 2; i < count; ++i) mail += "X: y\n";
    return mail + "\nYes\n";
  };
  CHECK(short_outcome(with_fields(max_fields)) == "approve");
  CHECK(short_outcome(with_fields(max_fields + 1)) == "too-large");

  const auto with_references = [&](std::size_t count) {
    std::string mail = begin + "References:";
    for (std::size_t i = 0; i < count; ++i) mail += "\n <" + std::to_string(i) + "@example.com>";
    return mail + "\n\nYes\n";
  };
  CHECK(short_outcome(with_references(max_reply_references)) == "approve");
  CHECK(short_outcome(with_references(max_reply_references + 1)) == "too-large");

  const auto with_lines = [&](std::size_t count) {
    std::string mail = begin + "\nYes\n";
    for (std::size_t i = 1; i < count; ++i) mail += "line\n";
    return mail;
  };
  CHECK(short_outcome(with_lines(max_reply_lines)) == "approve");
  CHECK(short_outcome(with_lines(max_reply_lines) + "> original\n> original\n") == "approve");
  CHECK(short_outcome(with_lines(max_reply_lines + 1)) == "too-large");

  const auto with_parts = [&](int count) {
    std::string mail = begin + "Content-Type: multipart/mixed; boundary=b\n\n";
    for (int i = 2; i < count; ++i) mail += "--b\nContent-Type: image/png\n\n";
    return mail + "--b\n\nYes\n--b--\n";
  };
  CHECK(short_outcome(with_parts(max_parts)) == "approve");
  CHECK(short_outcome(with_parts(max_parts + 1)) == "too-large");

  const auto with_boundary = [&](const std::string& boundary) {
    return begin + "Content-Type: multipart/mixed; boundary=\"" + boundary + "\"\n\n--" + boundary + "\n\nYes\n--" +
           boundary + "--\n";
  };
  CHECK(short_outcome(with_boundary(std::string(max_boundary_bytes, 'b'))) == "approve");
  CHECK(short_outcome(with_boundary(std::string(max_boundary_bytes + 1, 'b'))) == "malformed");
}

TEST_CASE("a long comment is cut between characters") {
  ReplySettings settings;
  std::string expected = "a";
  while (expected.size() + 2 <= max_comment_bytes) expected += "\xc3\xbc";
  const std::string mail = std::string(header) + "Content-Type: text/plain; charset=utf-8\n\nYes\n" + expected +
                           "\xc3\xbc\xc3\xbc\n";
  CHECK(outcome(mail, settings)["comment"] == expected);
}

TEST_CASE("DG06: the incumbent's words answer") {
  for (const std::string word : {"Approved", "Approve", "Yes"})
    CHECK(short_outcome(std::string(header) + "\n" + word + "\n") == "approve");
  for (const std::string word : {"Rejected", "Reject", "Decline", "No"})
    CHECK(short_outcome(std::string(header) + "\n" + word + "\n") == "reject");
}

TEST_CASE("DG07, DG08: a comment is one line, or ends at a blank one, as the settings say") {
  ReplySettings settings;
  const std::string mail = std::string(header) + "\nYes\nfirst\nsecond\n\nthird\n";
  CHECK(outcome(mail, settings)["comment"] == "first");
  settings.comment_mode = CommentMode::blank_line;
  CHECK(outcome(mail, settings)["comment"] == "first\\nsecond");
  settings.approve_words = {"", "go ahead"};
  settings.reject_words = {};
  CHECK(outcome(std::string(header) + "\nGo Ahead.\n", settings)["answer"] == "approve");
  CHECK(outcome(std::string(header) + "\nplease go ahead\n", settings)["refused"] == "unclear");
  CHECK(outcome(std::string(header) + "\n.\n", settings)["refused"] == "no-word");  // an empty word is never met
}

TEST_CASE("a mail cut off at any place is no crash, and its word is not made up") {
  for (const MailFile& mail : mail_files()) {
    if (mail.bytes.size() > 3000) continue;
    for (std::size_t size = 0; size < mail.bytes.size(); ++size) {
      const std::string cut = mail.bytes.substr(0, size);
      check_outcome(cut);
      const auto answer = mail.expected.find("answer");
      const std::string seen = outcome(cut, {})["answer"];
      // "no" is the beginning of "not", and of nothing that approves.
      if (seen == "approve")
        CHECK((answer == mail.expected.end() || answer->second == "approve" ||
               mail.settings.approve_words != ReplySettings{}.approve_words));
    }
  }
}

TEST_CASE("mails with a few bytes changed are read or refused") {
  const std::vector<MailFile> mails = mail_files();
  std::mt19937 random(1);
  const auto below = [&](std::size_t limit) { return limit == 0 ? std::size_t{0} : random() % limit; };
  constexpr std::string_view telling = "\r\n\t <>\"(),:;@=?-_.\\&\0\x80\xff";
  for (int round = 0; round < 20'000; ++round) {
    std::string bytes = mails[below(mails.size())].bytes;
    for (std::size_t i = 0, changes = 1 + below(6); i < changes; ++i) {
      const std::size_t at = below(bytes.size() + 1);
      const std::string& other = mails[below(mails.size())].bytes;
      switch (below(4)) {
        case 0: bytes.insert(at, 1, telling[below(telling.size())]); break;
        case 1: bytes.erase(at, below(20)); break;
        case 2: bytes.insert(at, other.substr(below(other.size()), below(60))); break;
        default:
          if (at < bytes.size()) bytes[at] = static_cast<char>(random());
      }
    }
    check_outcome(bytes);
  }
}
