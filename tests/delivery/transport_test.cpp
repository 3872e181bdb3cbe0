// Tests of the transport against real servers that the tests start: what arrives, and what each failure becomes.
#include "runtime/delivery/transport.h"

#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <thread>

#include "runtime/delivery/backoff.h"
#include "runtime/delivery/mail.h"
#include "runtime/delivery/signature.h"
#include "runtime/value/base64.h"
#include "tests/delivery/server.h"

using namespace assent;
using namespace assent::delivery;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

constexpr std::int64_t now = 1'772'445'600'000;  // 2026-03-02T10:00:00Z
constexpr std::int64_t short_timeout_ms = 700;
const std::string signing_key(32, 'k');
const std::vector<std::string> to_cfo = {"the.cfo@example.com"};

// True if a test cannot be run for want of the mail server, which is said.
bool is_skipped(const Server& server) {
  if (server.runs()) return false;
  REQUIRE_THAT(server.complaint(), Contains("aiosmtpd is not installed"));
  WARN("skipped: python3-aiosmtpd is not installed");
  return true;
}

SmtpServer at(const Server& server) {
  SmtpServer out;
  out.host = "127.0.0.1";
  out.port = server.port();
  out.timeout_ms = 20'000;
  return out;
}

Mail request() {
  Mail mail;
  mail.from = {"Angebots-Prüfung", "approvals@example.com"};
  mail.to = {{"CFO, the", "the.cfo@example.com"}, {"", "vp.sales@example.com"}};
  mail.subject = "Bitte freigeben: Angebot Q-17 für Köln, mit einem Betreff, der länger ist als eine Zeile – 20 €";
  mail.message_id = "request-17@example.com";
  mail.in_reply_to = "request-16@example.com";
  mail.references = {"request-15@example.com", "request-16@example.com"};
  mail.date = now;
  mail.text = "Grüße\n.\n..\nFrom here on = 20 % \n" + std::string(200, 'x') + "\n";
  mail.html = "<p>Grüße &amp; 20&nbsp;%</p>\n.\n";
  mail.extra = {{"Reply-To", "answers@example.com"}, {"X-Case", "Fall für 9"}};
  return mail;
}

std::string bytes_of(const Mail& mail) {
  const Result<std::string> bytes = write_mail(mail);
  REQUIRE(bytes);
  return *bytes;
}

std::string value(const Json& fields, const std::string& name) {
  for (const Json& field : fields) {
    if (field[0] == name) return field[1];
  }
  return "no such field";
}

std::string url(const Server& server, const std::string& path = "/hooks/quotes") {
  return "http://127.0.0.1:" + std::to_string(server.port()) + path;
}

Delivery post_signed(const Server& server, const std::string& id, const std::string& body,
                     std::int64_t timeout_ms = 20'000) {
  return post(url(server),
              {{"Content-Type", "application/json"},
               {"Idempotency-Key", id},
               {std::string(signature_field), signature_header(signing_key, now, body)}},
              body, timeout_ms);
}

std::size_t taken(const Server& server) {
  std::size_t count = 0;
  for (const Json& record : server.records()) count += record["repeated"] == false ? 1 : 0;
  return count;
}

// A certificate for 127.0.0.1 with its key in one file; "" if openssl is not there to make it.
std::string make_certificate(const std::filesystem::path& folder) {
  const std::string file = (folder / "server.pem").string();
  const std::string command =
      "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 "
      "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout '" +
      file + "' -out '" + file + ".cert' 2>/dev/null && cat '" + file + ".cert' >> '" + file + "'";
  return std::system(command.c_str()) == 0 ? file : "";
}

class Folder {  // invariant: exists as long as the object
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "assent-certificate-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

}  // namespace

TEST_CASE("a mail that arrives says what was meant, to another reader") {
  const Server server("smtp_server.py");
  if (is_skipped(server)) return;
  const Mail mail = request();
  const std::string bytes = bytes_of(mail);
  const std::vector<std::string> recipients = {"the.cfo@example.com", "vp.sales@example.com"};
  const Delivery delivery = send_mail(at(server), "bounces@example.com", recipients, bytes);
  INFO(delivery.message);
  CHECK(delivery.outcome == DeliveryOutcome::accepted);
  CHECK(delivery.code == 250);
  const std::vector<Json> records = server.records();
  REQUIRE(records.size() == 1);
  const Json& read = records[0];
  CHECK(server.file("1.eml") == bytes);  // with the points that were doubled on the way
  CHECK(read["envelope_from"] == "bounces@example.com");
  CHECK(read["recipients"] == recipients);
  CHECK(read["defects"] == Json::array());
  CHECK(read["subject"] == mail.subject);
  CHECK(read["from"] == Json::parse(R"([["Angebots-Prüfung", "approvals@example.com"]])"));
  CHECK(read["to"] == Json::parse(R"([["CFO, the", "the.cfo@example.com"], ["", "vp.sales@example.com"]])"));
  CHECK(read["date"] == "2026-03-02T10:00:00+00:00");
  CHECK(read["type"] == "multipart/alternative");
  CHECK(read["text"] == mail.text);
  CHECK(read["html"] == mail.html);
  CHECK(value(read["fields"], "Message-ID") == "<request-17@example.com>");
  CHECK(value(read["fields"], "In-Reply-To") == "<request-16@example.com>");
  CHECK(value(read["fields"], "References") == "<request-15@example.com> <request-16@example.com>");
  CHECK(value(read["fields"], "Auto-Submitted") == "auto-generated");
  CHECK(value(read["fields"], "Reply-To") == "answers@example.com");
  CHECK(value(read["fields"], "X-Case") == "Fall für 9");
}

TEST_CASE("another reader reads the text of any mail that is written") {
  const Server server("smtp_server.py");
  if (is_skipped(server)) return;
  const std::vector<std::string> texts = {"\n", ".\n", "..\n.\n", "a \n\tb\t\n", "=20\n", "--=_\n", "ü\n😀\n",
                                          std::string(77, '=') + "\n", "From a\n>From b\n"};
  for (const std::string& text : texts) {
    Mail mail = request();
    mail.text = text;
    mail.subject = "x" + text.substr(0, text.find('\n')) + " 😀";
    mail.html = "";
    CHECK(send_mail(at(server), "", to_cfo, bytes_of(mail)).outcome == DeliveryOutcome::accepted);
    const Json read = server.records().back();
    CHECK(read["text"] == text);
    CHECK(read["subject"] == mail.subject);
    CHECK(read["html"] == nullptr);
    CHECK(read["envelope_from"] == "<>");
    CHECK(read["defects"] == Json::array());
  }
}

TEST_CASE("what a mail server refuses is refused, and what it puts off is tried again") {
  Server server("smtp_server.py");
  if (is_skipped(server)) return;
  const std::string bytes = bytes_of(request());
  const std::vector<std::string> one_refused = {"the.cfo@example.com", "refused@example.com"};

  server.tell("recipient 550");
  Delivery delivery = send_mail(at(server), "", one_refused, bytes);
  CHECK(delivery.outcome == DeliveryOutcome::refused);
  CHECK(delivery.code == 550);
  CHECK(delivery.message == "550 not here");
  CHECK(server.records().empty());  // nobody got it, not even the other recipient
  CHECK(send_mail(at(server), "", to_cfo, bytes).outcome == DeliveryOutcome::accepted);

  server.tell("recipient 451");
  delivery = send_mail(at(server), "", one_refused, bytes);
  CHECK(delivery.outcome == DeliveryOutcome::failed);
  CHECK(delivery.code == 451);
  CHECK(delivery.message == "451 not here");

  server.tell("data 554");
  delivery = send_mail(at(server), "", to_cfo, bytes);
  CHECK(delivery.outcome == DeliveryOutcome::refused);
  CHECK(delivery.code == 554);

  server.tell("data 452");
  CHECK(send_mail(at(server), "", to_cfo, bytes).outcome == DeliveryOutcome::failed);
  CHECK(server.records().size() == 1);
}

TEST_CASE("a mail that may have arrived is tried again, with the same identity") {
  Server server("smtp_server.py");
  if (is_skipped(server)) return;
  const std::string bytes = bytes_of(request());
  SmtpServer impatient = at(server);
  impatient.timeout_ms = short_timeout_ms;

  server.tell("hang");
  const auto begin = std::chrono::steady_clock::now();
  Delivery delivery = send_mail(impatient, "", to_cfo, bytes);
  const auto waited = std::chrono::steady_clock::now() - begin;
  CHECK(delivery.outcome == DeliveryOutcome::failed);
  CHECK_THAT(delivery.message, Contains("timed out"));
  CHECK(waited >= std::chrono::milliseconds(short_timeout_ms));
  CHECK(waited < std::chrono::seconds(10));

  server.tell("close");
  delivery = send_mail(at(server), "", to_cfo, bytes);
  CHECK(delivery.outcome == DeliveryOutcome::failed);
  CHECK_FALSE(delivery.message.empty());

  server.tell("accept");
  CHECK(send_mail(at(server), "", to_cfo, bytes).outcome == DeliveryOutcome::accepted);
  const std::vector<Json> records = server.records();
  REQUIRE(records.size() == 3);  // at least once
  for (const Json& read : records) CHECK(value(read["fields"], "Message-ID") == "<request-17@example.com>");
}

TEST_CASE("a mail server that is not there is tried again") {
  SmtpServer nobody;
  {
    const Server server("http_server.py", {signing_key});
    nobody = at(server);
  }
  const Delivery delivery = send_mail(nobody, "", to_cfo, bytes_of(request()));
  CHECK(delivery.outcome == DeliveryOutcome::failed);
  CHECK(delivery.code == 0);
  CHECK_THAT(delivery.message, Contains("connect"));
}

TEST_CASE("a mail server that does not speak TLS gets no mail that is to be encrypted") {
  const Server server("smtp_server.py");
  if (is_skipped(server)) return;
  SmtpServer encrypted = at(server);
  encrypted.timeout_ms = 5'000;
  for (const TlsMode mode : {TlsMode::starttls, TlsMode::implicit}) {
    encrypted.tls = mode;
    CHECK(send_mail(encrypted, "", to_cfo, bytes_of(request())).outcome == DeliveryOutcome::failed);
  }
  CHECK(server.records().empty());
}

TEST_CASE("mail over TLS, with a password, and only with a certificate that is trusted") {
  const Folder folder;
  const std::string certificate = make_certificate(folder.path());
  if (certificate.empty()) {
    WARN("skipped: no openssl to make a certificate with");
    return;
  }
  for (const TlsMode mode : {TlsMode::starttls, TlsMode::implicit}) {
    const std::string name = mode == TlsMode::starttls ? "starttls" : "implicit";
    INFO(name);
    const Server server("smtp_server.py",
                        {"--tls", name, "--certificate", certificate, "--user", "desk", "--password", "word"});
    if (is_skipped(server)) return;
    SmtpServer encrypted = at(server);
    encrypted.tls = mode;
    encrypted.user = "desk";
    encrypted.password = "word";
    const std::string bytes = bytes_of(request());

    const Delivery untrusted = send_mail(encrypted, "", to_cfo, bytes);
    CHECK(untrusted.outcome == DeliveryOutcome::failed);
    CHECK_THAT(untrusted.message, Contains("certificate"));
    CHECK(server.records().empty());

    encrypted.ca_file = certificate;
    const Delivery delivery = send_mail(encrypted, "", to_cfo, bytes);
    INFO(delivery.message);
    CHECK(delivery.outcome == DeliveryOutcome::accepted);
    REQUIRE(server.records().size() == 1);
    CHECK(server.records()[0]["encrypted"] == true);

    encrypted.password = "other";
    const Delivery denied = send_mail(encrypted, "", to_cfo, bytes);
    CHECK(denied.outcome == DeliveryOutcome::refused);
    CHECK(denied.code == 535);
    CHECK(denied.message.find("other") == std::string::npos);

    encrypted.host = "localhost";  // not the name in the certificate
    encrypted.password = "word";
    CHECK(send_mail(encrypted, "", to_cfo, bytes).outcome == DeliveryOutcome::failed);
    CHECK(server.records().size() == 1);
  }
}

TEST_CASE("a mail that makes no sense is not sent") {
  const Server server("smtp_server.py");
  if (is_skipped(server)) return;
  const std::string bytes = bytes_of(request());
  const auto is_senseless = [&](const SmtpServer& to, const std::string& from,
                                const std::vector<std::string>& recipients, const std::string& mail) {
    const Delivery delivery = send_mail(to, from, recipients, mail);
    return delivery.outcome == DeliveryOutcome::refused && delivery.code == 0 && !delivery.message.empty();
  };
  const SmtpServer good = at(server);
  CHECK(is_senseless(good, "", {}, bytes));
  CHECK(is_senseless(good, "", {"a@example.com>\r\nRCPT TO:<b@example.com"}, bytes));
  CHECK(is_senseless(good, "", {"the.cfo@example.com", ""}, bytes));
  CHECK(is_senseless(good, "a@example.com> SIZE=1", to_cfo, bytes));
  for (const std::string& mail :
       {std::string(""), std::string("x"), bytes + "\n", bytes + "\r", bytes + "\n.\r\n", "\r" + bytes,
        bytes + "\xc3\xbc\r\n", bytes + std::string("\0\r\n", 3), bytes + "\r\r\n"}) {
    CHECK(is_senseless(good, "", to_cfo, mail));
  }
  for (const std::string& host : {std::string(""), std::string("127.0.0.1/x"), std::string("user@127.0.0.1"),
                                  std::string("127.0.0.1\r\n"), std::string("a b"), std::string("[::1]")}) {
    SmtpServer to = good;
    to.host = host;
    CHECK(is_senseless(to, "", to_cfo, bytes));
  }
  for (const std::int64_t timeout : {std::int64_t{0}, std::int64_t{-1}, max_timeout_ms + 1}) {
    SmtpServer to = good;
    to.timeout_ms = timeout;
    CHECK(is_senseless(to, "", to_cfo, bytes));
  }
  SmtpServer in_the_clear = good;
  in_the_clear.user = "desk";
  CHECK(is_senseless(in_the_clear, "", to_cfo, bytes));
  CHECK(server.records().empty());
}

TEST_CASE("a posted message arrives as it was, signed") {
  const Server server("http_server.py", {signing_key});
  REQUIRE(server.runs());
  const std::string body = std::string("{\"quote\": \"Q-17 für Köln\"}\r\n\0x", 33);
  const Delivery delivery = post_signed(server, "message-1", body);
  CHECK(delivery.outcome == DeliveryOutcome::accepted);
  CHECK(delivery.code == 200);
  CHECK(delivery.message == "noted");
  REQUIRE(server.records().size() == 1);
  const Json seen = server.records()[0];
  CHECK(seen["method"] == "POST");
  CHECK(seen["path"] == "/hooks/quotes");
  CHECK(decode_base64(seen["body"].get<std::string>()) == body);
  CHECK(seen["signed"] == true);
  CHECK(value(seen["fields"], "Content-Type") == "application/json");
  CHECK(value(seen["fields"], "Idempotency-Key") == "message-1");
  CHECK(value(seen["fields"], "Expect") == "no such field");
  const std::vector<std::string_view> keys = {signing_key};
  CHECK(verify_signature(value(seen["fields"], "Assent-Signature"), body, keys, now) == SignatureCheck::valid);

  // Empty, and of a size at which clients wait for "100 Continue"; without any field of ours.
  CHECK(post(url(server), {}, "", 20'000).outcome == DeliveryOutcome::accepted);
  CHECK(server.records().back()["body"] == "");
  CHECK(server.records().back()["signed"] == false);
  CHECK(value(server.records().back()["fields"], "Content-Type") == "no such field");
  const std::string large(3'000'000, 'x');
  CHECK(post(url(server), {{"X-Empty", ""}}, large, 20'000).outcome == DeliveryOutcome::accepted);
  CHECK(decode_base64(server.records().back()["body"].get<std::string>()) == large);
  CHECK(value(server.records().back()["fields"], "X-Empty").empty());
}

TEST_CASE("an exchange gives back what was answered, up to a limit") {
  Server server("http_server.py", {signing_key});
  REQUIRE(server.runs());
  const std::string address = url(server);
  HttpRequest request;
  request.url = address;
  request.body = "{}";
  const auto ends = [&](HttpEnd end, int code, const std::string& body) {
    const HttpAnswer answer = exchange(request);
    INFO(answer.error);
    CHECK(answer.end == end);
    CHECK(answer.code == code);
    CHECK(answer.body == body);
    CHECK(answer.error.empty() == (end == HttpEnd::complete));
  };
  ends(HttpEnd::complete, 200, "noted");
  request.max_body_bytes = 5;
  ends(HttpEnd::complete, 200, "noted");
  request.max_body_bytes = 4;
  ends(HttpEnd::cut, 200, "note");
  request.max_body_bytes = 100;
  server.tell("answer 503");
  ends(HttpEnd::complete, 503, "noted");
  server.tell("large");
  ends(HttpEnd::cut, 200, std::string(100, 'x'));
  server.tell("reset");
  ends(HttpEnd::broken, 0, "");
  server.tell("slow");
  request.timeout_ms = short_timeout_ms;
  ends(HttpEnd::broken, 200, "");
  request.timeout_ms = 0;
  ends(HttpEnd::senseless, 0, "");
}

TEST_CASE("each status of a receiver has its outcome") {
  Server server("http_server.py", {signing_key});
  REQUIRE(server.runs());
  const std::vector<std::pair<int, DeliveryOutcome>> outcomes = {
      {200, DeliveryOutcome::accepted}, {201, DeliveryOutcome::accepted}, {202, DeliveryOutcome::accepted},
      {299, DeliveryOutcome::accepted}, {301, DeliveryOutcome::refused},  {304, DeliveryOutcome::refused},
      {400, DeliveryOutcome::refused},  {401, DeliveryOutcome::refused},  {404, DeliveryOutcome::refused},
      {408, DeliveryOutcome::failed},   {410, DeliveryOutcome::refused},  {425, DeliveryOutcome::failed},
      {429, DeliveryOutcome::failed},   {499, DeliveryOutcome::refused},  {500, DeliveryOutcome::failed},
      {501, DeliveryOutcome::failed},   {503, DeliveryOutcome::failed},   {599, DeliveryOutcome::failed}};
  for (const auto& [code, outcome] : outcomes) {
    server.tell("answer " + std::to_string(code));
    const Delivery delivery = post_signed(server, "message-" + std::to_string(code), "{}");
    INFO(code);
    CHECK(text(delivery.outcome) == text(outcome));
    CHECK(delivery.code == code);
  }
}

TEST_CASE("a redirect is not followed") {
  Server server("http_server.py", {signing_key});
  REQUIRE(server.runs());
  server.tell("redirect");
  const Delivery delivery = post_signed(server, "message-1", "{}");
  CHECK(delivery.outcome == DeliveryOutcome::refused);
  CHECK(delivery.code == 302);
  REQUIRE(server.records().size() == 1);
  CHECK(server.records()[0]["path"] == "/hooks/quotes");
}

TEST_CASE("a message that may have arrived is sent again, and taken once") {
  Server server("http_server.py", {signing_key});
  REQUIRE(server.runs());
  for (const std::string mode : {"hang", "reset", "slow"}) {
    INFO(mode);
    const std::size_t before = taken(server);
    server.tell(mode);
    const Delivery first = post_signed(server, "message-" + mode, "{}", short_timeout_ms);
    CHECK(first.outcome == DeliveryOutcome::failed);
    CHECK_FALSE(first.message.empty());
    REQUIRE(delay_after(1, "message-" + mode));
    server.tell("answer 200");
    CHECK(post_signed(server, "message-" + mode, "{}").outcome == DeliveryOutcome::accepted);
    CHECK(server.records().back()["repeated"] == true);
    CHECK(taken(server) == before + 1);
  }
  server.tell("answer 503");
  CHECK(post_signed(server, "message-503", "{}").outcome == DeliveryOutcome::failed);
  server.tell("answer 200");
  CHECK(post_signed(server, "message-503", "{}").outcome == DeliveryOutcome::accepted);
  CHECK(server.records().back()["repeated"] == false);
}

TEST_CASE("an answer that does not end is not read to its end") {
  Server server("http_server.py", {signing_key});
  REQUIRE(server.runs());
  server.tell("large");
  const Delivery delivery = post_signed(server, "message-1", "{}", 60'000);
  CHECK(delivery.outcome == DeliveryOutcome::accepted);
  CHECK(delivery.code == 200);
  CHECK(delivery.message == std::string(max_delivery_message_bytes, 'x'));
}

TEST_CASE("a message that makes no sense is not posted") {
  const Server server("http_server.py", {signing_key});
  REQUIRE(server.runs());
  const auto is_senseless = [](const std::string& to, const std::vector<HttpField>& fields,
                               std::int64_t timeout_ms = 1000) {
    const Delivery delivery = post(to, fields, "{}", timeout_ms);
    INFO(to << ": " << delivery.message);
    CHECK(text(delivery.outcome) == "refused");
    CHECK(delivery.code == 0);
    CHECK_FALSE(delivery.message.empty());
  };
  for (const std::string& to :
       {std::string(""), "127.0.0.1:" + std::to_string(server.port()), std::string("file:///etc/hostname"),
        std::string("ftp://127.0.0.1/x"), std::string("smtp://127.0.0.1/x"), std::string("HTTP://127.0.0.1"),
        std::string("http://"), std::string("http://127.0.0.1:99999/"), url(server, "/a b"), url(server, "/\r\nX: y"),
        url(server, "/\xc3\xbc")}) {
    is_senseless(to, {});
  }
  for (const HttpField& field : std::vector<HttpField>{{"", "x"},
                                                       {"X Y", "x"},
                                                       {"X:", "x"},
                                                       {"X\r\nY", "x"},
                                                       {"X", "a\r\nY: b"},
                                                       {"X", "a\nb"},
                                                       {"X", std::string("a\0b", 3)},
                                                       {"X", "\xc3\xbc"}}) {
    is_senseless(url(server), {field});
  }
  is_senseless(url(server), {}, 0);
  is_senseless(url(server), {}, max_timeout_ms + 1);
  CHECK(server.records().empty());
}

TEST_CASE("a receiver that is not there is tried again, whatever proxy the environment names") {
  std::string gone;
  {
    const Server server("http_server.py", {signing_key});
    REQUIRE(server.runs());
    gone = url(server);
  }
  const Delivery delivery = post(gone, {}, "{}", 5'000);
  CHECK(delivery.outcome == DeliveryOutcome::failed);
  CHECK(delivery.code == 0);

  const Server server("http_server.py", {signing_key});
  const char* const before = std::getenv("http_proxy");
  const std::string kept = before == nullptr ? "" : before;
  setenv("http_proxy", "http://127.0.0.1:9", 1);
  CHECK(post(url(server), {}, "{}", 5'000).outcome == DeliveryOutcome::accepted);
  before == nullptr ? unsetenv("http_proxy") : setenv("http_proxy", kept.c_str(), 1);
}

TEST_CASE("several threads send at once") {
  const Server http("http_server.py", {signing_key});
  const Server smtp("smtp_server.py");
  REQUIRE(http.runs());
  const bool has_smtp = !is_skipped(smtp);
  constexpr int threads = 6;
  constexpr int messages = 10;
  std::vector<int> accepted(threads);
  const std::string bytes = bytes_of(request());
  std::vector<std::thread> running;
  for (int thread = 0; thread < threads; ++thread) {
    running.emplace_back([&, thread] {
      for (int i = 0; i < messages; ++i) {
        const std::string id = std::to_string(thread) + "-" + std::to_string(i);
        const bool by_mail = has_smtp && i % 2 == 0;
        const Delivery delivery = by_mail ? send_mail(at(smtp), "", to_cfo, bytes) : post_signed(http, id, id);
        if (delivery.outcome == DeliveryOutcome::accepted) ++accepted[static_cast<std::size_t>(thread)];
      }
    });
  }
  for (std::thread& thread : running) thread.join();
  CHECK(accepted == std::vector<int>(threads, messages));
  CHECK(http.records().size() + smtp.records().size() == threads * messages);
  for (const Json& record : http.records()) CHECK(record["signed"] == true);
}
