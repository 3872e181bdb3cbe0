// Tests of mails as they are written: their bytes, what is refused, and that what was written is read again.
#include "runtime/delivery/mail.h"

#include <catch2/catch.hpp>
#include <functional>
#include <string>

#include "runtime/delivery/lines.h"
#include "runtime/delivery/reply.h"

using namespace assent;
using namespace assent::delivery;
using Catch::Matchers::Contains;

namespace {

constexpr std::int64_t monday = 1'772'445'600'123;  // 2026-03-02T10:00:00.123Z

Mail request() {
  Mail mail;
  mail.from = {"Deal desk", "approvals@example.com"};
  mail.to = {{"", "the.cfo@example.com"}};
  mail.subject = "Please approve Q-17";
  mail.message_id = "request-17@example.com";
  mail.date = monday;
  mail.text = "Discount: 20%\n";
  return mail;
}

std::string written(const Mail& mail) {
  const Result<std::string> bytes = write_mail(mail);
  REQUIRE(bytes);
  return *bytes;
}

// All problems, "code where" each.
std::string problems(const Mail& mail) {
  const Result<std::string> bytes = write_mail(mail);
  if (bytes) return "none";
  std::string all;
  for (const Problem& problem : bytes.problems()) {
    all += (all.empty() ? "" : ", ") + std::string(text(problem.code)) + " " + problem.where;
  }
  return all;
}

// The value of the field as it stands there, folds and all.
std::string field(const std::string& bytes, const std::string& name) {
  const std::size_t begin = bytes.find("\r\n" + name + ":");
  if (begin == std::string::npos) return "no such field";
  std::size_t end = bytes.find("\r\n", begin + 2);
  while (bytes.compare(end, 3, "\r\n ") == 0) end = bytes.find("\r\n", end + 2);
  const std::size_t value = begin + 2 + name.size() + 1;
  return bytes.substr(value, end - value);
}

}  // namespace

TEST_CASE("a mail of text alone, byte for byte") {
  CHECK(written(request()) ==
        "From: \"Deal desk\" <approvals@example.com>\r\n"
        "To: the.cfo@example.com\r\n"
        "Subject: Please approve Q-17\r\n"
        "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\n"
        "Message-ID: <request-17@example.com>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "Discount: 20%\r\n");
}

TEST_CASE("a mail with everything, byte for byte") {
  Mail mail = request();
  mail.from.name = "Verk\xc3\xa4ufer";
  mail.to.push_back({"Sales, \"west\"", "vp.sales@example.com"});
  mail.subject = "Bitte f\xc3\xbcr Q-17";
  mail.in_reply_to = "request-16@example.com";
  mail.references = {"request-15@example.com", "request-16@example.com",
                     "a-longer-message-id-than-the-others@example.com"};
  mail.text = "Rabatt f\xc3\xbcr = 20 %\n.\n";
  mail.html = "<p>20&nbsp;%</p>\r\n";
  mail.extra = {{"Reply-To", "answers@example.com"}};
  CHECK(written(mail) ==
        "From: =?UTF-8?B?VmVya8OkdWZlcg==?= <approvals@example.com>\r\n"
        "To: the.cfo@example.com, \"Sales, \\\"west\\\"\" <vp.sales@example.com>\r\n"
        "Subject: =?UTF-8?B?Qml0dGUgZsO8ciBRLTE3?=\r\n"
        "Date: Mon, 02 Mar 2026 10:00:00 +0000\r\n"
        "Message-ID: <request-17@example.com>\r\n"
        "In-Reply-To: <request-16@example.com>\r\n"
        "References: <request-15@example.com> <request-16@example.com>\r\n"
        " <a-longer-message-id-than-the-others@example.com>\r\n"
        "Auto-Submitted: auto-generated\r\n"
        "Reply-To: answers@example.com\r\n"
        "MIME-Version: 1.0\r\n"
        "Content-Type: multipart/alternative;\r\n"
        " boundary=\"=_db50681a22398e197bb3f32c24793c7e\"\r\n"
        "\r\n"
        "--=_db50681a22398e197bb3f32c24793c7e\r\n"
        "Content-Type: text/plain; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "Rabatt f=C3=BCr =3D 20 %\r\n"
        ".\r\n"
        "\r\n"
        "--=_db50681a22398e197bb3f32c24793c7e\r\n"
        "Content-Type: text/html; charset=utf-8\r\n"
        "Content-Transfer-Encoding: quoted-printable\r\n"
        "\r\n"
        "<p>20&nbsp;%</p>\r\n"
        "\r\n"
        "--=_db50681a22398e197bb3f32c24793c7e--\r\n");
}

TEST_CASE("the boundary depends on the content, and no content can hold it") {
  Mail mail = request();
  mail.html = "<p>20%</p>";
  const std::string first = written(mail);
  CHECK(first == written(mail));
  const std::size_t at = first.find("boundary=\"") + 10;
  const std::string boundary = first.substr(at, first.find('"', at) - at);
  mail.text = "--" + boundary + "--\r\n--" + boundary + "\n";
  const std::string second = written(mail);
  const std::size_t there = second.find("boundary=\"") + 10;
  CHECK(second.substr(there, boundary.size()) != boundary);
  CHECK(second.find("--" + boundary) == std::string::npos);  // the = was encoded
}

TEST_CASE("every line ends with CRLF and is short enough") {
  Mail mail = request();
  mail.from.name = std::string(max_header_word_bytes, 'x');
  mail.subject.clear();
  for (int i = 0; i < 150; ++i) mail.subject += "word" + std::to_string(i) + " ";
  mail.subject += "end";
  for (int i = 0; i < 99; ++i)
    mail.to.push_back({"\xc3\x9c" + std::to_string(i), "p" + std::to_string(i) + "@example.com"});
  mail.text = std::string(5000, 'x') + "\n" + std::string(5000, ' ');
  mail.html = std::string(3000, '=');
  mail.extra = {{"X-Long", std::string(max_header_word_bytes, 'x')}, {"X-Spaces", " a  b "}, {"X-Empty", ""}};
  const std::string bytes = written(mail);
  std::size_t long_lines = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t end = bytes.find("\r\n", begin);
    REQUIRE(end != std::string::npos);
    const std::string line = bytes.substr(begin, end - begin);
    CHECK(line.find_first_of("\r\n") == std::string::npos);
    CHECK(line.size() <= max_line_bytes);
    long_lines += line.size() > 78 ? 1 : 0;
    for (const char c : line) CHECK(static_cast<unsigned char>(c) < 0x7f);
    begin = end + 2;
  }
  CHECK(long_lines == 1);  // X-Long: a word cannot be broken, and is not encoded either
  CHECK(field(bytes, "X-Empty").empty());
  CHECK(field(bytes, "X-Spaces") == " =?UTF-8?B?IGEgIGIg?=");
}

TEST_CASE("what a reader could take for an encoded word is encoded") {
  Mail mail = request();
  mail.subject = "=?UTF-8?B?eA==?=";
  mail.from.name = "=?UTF-8?B?eA==?=";
  const std::string bytes = written(mail);
  CHECK(field(bytes, "Subject") == " =?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?=");
  CHECK(bytes.starts_with("From: =?UTF-8?B?PT9VVEYtOD9CP2VBPT0/PQ==?= <approvals@example.com>\r\n"));
}

TEST_CASE("dates of a mail") {
  Mail mail = request();
  const auto date = [&](std::int64_t milliseconds) {
    mail.date = milliseconds;
    return field(written(mail), "Date");
  };
  CHECK(date(0) == " Thu, 01 Jan 1970 00:00:00 +0000");
  CHECK(date(-1) == " Wed, 31 Dec 1969 23:59:59 +0000");
  CHECK(date(1'709'251'199'999) == " Thu, 29 Feb 2024 23:59:59 +0000");
  CHECK(date(-2'208'988'800'000) == " Mon, 01 Jan 1900 00:00:00 +0000");
  CHECK(date(253'402'300'799'999) == " Fri, 31 Dec 9999 23:59:59 +0000");
  mail.date = -2'208'988'800'001;
  CHECK(problems(mail) == "bad-request /date");
  mail.date = 253'402'300'800'000;
  CHECK(problems(mail) == "bad-request /date");
}

TEST_CASE("no header text can begin a field or a body of its own") {
  const std::vector<std::pair<std::string, std::function<void(Mail&, const std::string&)>>> places = {
      {"/from/name", [](Mail& mail, const std::string& text) { mail.from.name = text; }},
      {"/from/address", [](Mail& mail, const std::string& text) { mail.from.address = text; }},
      {"/to/0/name", [](Mail& mail, const std::string& text) { mail.to[0].name = text; }},
      {"/to/0/address", [](Mail& mail, const std::string& text) { mail.to[0].address = text; }},
      {"/subject", [](Mail& mail, const std::string& text) { mail.subject = text; }},
      {"/message_id", [](Mail& mail, const std::string& text) { mail.message_id = text; }},
      {"/in_reply_to", [](Mail& mail, const std::string& text) { mail.in_reply_to = text; }},
      {"/references/0", [](Mail& mail, const std::string& text) { mail.references = {text}; }},
      {"/extra/0/name", [](Mail& mail, const std::string& text) { mail.extra = {{text, "x"}}; }},
      {"/extra/0/value", [](Mail& mail, const std::string& text) { mail.extra = {{"X-Case", text}}; }}};
  for (const auto& [where, put] : places) {
    for (const std::string& hostile :
         {std::string("a@example.com\r\nBcc: x@example.com"), std::string("a@example.com\n\nbody"),
          std::string("a@example.com\r"), std::string("\n a@example.com"), std::string("a\0@example.com", 14),
          std::string("a\x7f@example.com"), std::string("a\t@example.com"), std::string("a\xff@example.com")}) {
      Mail mail = request();
      put(mail, hostile);
      INFO(where);
      CHECK(problems(mail) == "bad-request " + where);
    }
  }
}

TEST_CASE("what makes no mail") {
  Mail mail = request();
  mail.to.clear();
  mail.text.clear();
  mail.message_id = "x";
  CHECK(problems(mail) == "bad-request /to, bad-request /message_id, bad-request /text");
  for (const std::string id : {"", "@", "a@", "@b", "<a@b>", "a b@c", "a@b@c", "a..b@c"}) {
    mail = request();
    mail.message_id = id;
    INFO(id);
    CHECK(problems(mail) == "bad-request /message_id");
  }
  for (const std::string name :
       {"From", "TO", "subject", "Date", "Message-Id", "In-Reply-To", "References", "MIME-Version", "Content-Type",
        "content-anything", "Bcc", "Auto-Submitted", "", "X Y", "X:", "X\xc3\xbc"}) {
    mail = request();
    mail.extra = {{name, "x"}};
    INFO(name);
    CHECK(problems(mail) == "bad-request /extra/0/name");
  }
  mail = request();
  mail.text = "\xff";
  mail.html = std::string("a\0b", 3);
  CHECK(problems(mail) == "bad-request /text, bad-request /html");
  mail = request();
  mail.subject = "\xc3";
  CHECK(problems(mail) == "bad-request /subject");
}

TEST_CASE("a mail up to its limits, and beyond them") {
  const auto check = [](const std::string& where, const std::function<void(Mail&, std::size_t)>& fill,
                        std::size_t limit) {
    INFO(where);
    Mail mail = request();
    fill(mail, limit);
    CHECK(problems(mail) == "none");
    fill(mail, limit + 1);
    CHECK_THAT(problems(mail), Contains("limit-exceeded " + where));
  };
  const auto words = [](std::size_t size) {
    std::string out;
    while (out.size() + 10 < size) out += "123456789 ";
    return out.append(size - out.size(), 'x');
  };
  check("/subject", [&](Mail& mail, std::size_t size) { mail.subject = words(size); }, max_header_text_bytes);
  check("/from/name", [&](Mail& mail, std::size_t size) { mail.from.name = words(size); }, max_header_text_bytes);
  check("/subject", [](Mail& mail, std::size_t size) { mail.subject = std::string(size, 'x'); }, max_header_word_bytes);
  check(
      "/message_id", [](Mail& mail, std::size_t size) { mail.message_id = std::string(size - 2, 'x') + "@b"; },
      max_message_id_bytes);
  check("/to", [](Mail& mail, std::size_t size) { mail.to.assign(size, {"", "rep@example.com"}); }, max_recipients);
  check("/references", [](Mail& mail, std::size_t size) { mail.references.assign(size, "a@b"); }, max_references);
  check("/extra", [](Mail& mail, std::size_t size) { mail.extra.assign(size, {"X", "y"}); }, max_extra_fields);
  check(
      "/extra/0/name",
      [](Mail& mail, std::size_t size) {
        mail.extra = {{std::string(size, 'X'), "\xc3\xbc"}};
      },
      max_header_name_bytes);
  check("/text", [](Mail& mail, std::size_t size) { mail.text = std::string(size, 'x'); }, max_part_bytes);
  check("/html", [](Mail& mail, std::size_t size) { mail.html = std::string(size, 'x'); }, max_part_bytes);
  Mail mail = request();
  mail.to.assign(3 * max_problems, {"", ""});
  CHECK(write_mail(mail).problems().size() == max_problems);
}

TEST_CASE("what is written is read again, but not as an answer of a person") {
  Mail mail = request();
  mail.from = {"Verk\xc3\xa4ufer", "rep@example.com"};
  mail.subject = "Antwort f\xc3\xbcr Q-17";
  mail.in_reply_to = "request-16@example.com";
  mail.references = {"request-15@example.com", "request-16@example.com"};
  mail.text = "Approve\nf\xc3\xbcr = diese Woche \n";
  for (const char* const html : {"", "<p>Approve</p><p>f&uuml;r diese Woche</p>"}) {
    mail.html = html;
    std::string bytes = written(mail);
    const auto automatic = parse_reply(bytes, {});
    REQUIRE(std::holds_alternative<RefusedReply>(automatic));
    CHECK(std::get<RefusedReply>(automatic).reason == ReplyRefusal::automatic);
    bytes.replace(bytes.find("auto-generated"), 14, "no");
    const auto outcome = parse_reply(bytes, {});
    REQUIRE(std::holds_alternative<Reply>(outcome));
    const Reply& reply = std::get<Reply>(outcome);
    CHECK(reply.answer == Answer::approve);
    CHECK(reply.comment == "f\xc3\xbcr = diese Woche");
    CHECK(reply.sender == "rep@example.com");
    CHECK(reply.subject == mail.subject);
    CHECK(reply.message_id == mail.message_id);
    CHECK(reply.in_reply_to == std::vector<std::string>{mail.in_reply_to});
    CHECK(reply.references == mail.references);
  }
}

TEST_CASE("a message id is made of a key and of what it names") {
  const std::string id = message_id("key", "case-9/finance/request", "example.com");
  CHECK(id == message_id("key", "case-9/finance/request", "example.com"));
  CHECK(id.size() == 32 + 1 + std::string("example.com").size());
  CHECK(id.ends_with("@example.com"));
  CHECK(id.substr(0, 32) != message_id("other", "case-9/finance/request", "example.com").substr(0, 32));
  CHECK(id.substr(0, 32) != message_id("key", "case-9/finance/remind", "example.com").substr(0, 32));
  Mail mail = request();
  mail.message_id = id;
  CHECK(problems(mail) == "none");
}
