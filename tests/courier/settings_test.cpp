// The courier's settings: what is asked for, and everything that can be wrong with them at once.
#include <catch2/catch.hpp>

#include <fstream>
#include <iterator>

#include "tests/courier/post.h"

using namespace assent;
using namespace assent::test;

namespace {

const std::map<std::string, std::string> files{{"key", "0123456789abcdef0123456789abcdef\n"},
                                               {"short", "0123456789abcdef0123456789abcde\n"},
                                               {"page", "{{headline}} {{#steps}}{{step}}{{/steps}}"},
                                               {"torn", "{{headline}}\n{{headlin}} {{#steps}}"}};

TEST_CASE("settings that say enough", "[courier]") {
  CHECK(problems_of(R"({"mail": {"server": "mail", "from": "a@b.example"}, "key_file": "key"})", files) == "none");
  CHECK(problems_of(R"({"hooks": [{"name": "desk", "url": "https://chat.example/x", "body": "slack"}]})", files) ==
        "none");
  CHECK(problems_of(R"({
    "key_file": "key", "old_key_file": "key", "timeout": 600, "case_page": "https://desk.example/cases/",
    "mail": {"server": "mail", "port": 2525, "tls": "implicit", "user": "u", "password_file": "short",
             "ca_file": "ca.pem",
             "from": "a@b.example", "name": "Desk", "approve": ["ja"], "reject": ["nein"], "comment": "paragraph"},
    "links": {"answer": "https://desk.example/answer?token=", "days": 366},
    "hooks": [{"name": "erp", "url": "http://erp.example/", "key_file": "key", "body": "event", "kinds": ["approved"]},
              {"name": "boss", "url": "https://chat.example/y", "body": "teams", "person": "boss"}],
    "templates": {"letter.txt": "page", "letter.request.html": "page", "slack.remind.the.cfo.json": "page"}})",
                    files) == "none");
}

TEST_CASE("the settings of the courier's manual are settings", "[courier]") {
  std::ifstream file(ASSENT_SOURCE_DIR "/runtime/courier/README.md");
  std::string manual{std::istreambuf_iterator<char>(file), {}};
  std::map<std::string, std::string> there = files;
  for (const char* name : {"courier.key", "courier.key.2025", "erp.key", "mail.password"})
    there[name] = files.at("key");
  for (const char* name : {"letters/cfo.html", "letters/subject.txt"}) there[name] = files.at("page");
  const std::string begin = "\n```json\n", end = "\n```";
  int count = 0;
  for (std::size_t at; (at = manual.find(begin)) != manual.npos; ++count) {
    manual.erase(0, at + begin.size());
    CHECK(problems_of(manual.substr(0, manual.find(end)), there) == "none");
  }
  CHECK(count == 2);
}

TEST_CASE("everything that is wrong with settings is told at once", "[courier]") {
  CHECK(problems_of("{}", files) == ": neither `mail` nor `hooks`: no letter could leave");
  CHECK(problems_of("[]", files) == ": the settings: expected an object, found a list");
  CHECK(problems_of(R"({"mail": {}, "links": {}, "colour": 1})", files) ==
        ": `key_file` is missing\n"
        "/mail: `server` is missing\n"
        "/mail: `from` is missing\n"
        "/links: `answer` is missing\n"
        "/colour: unknown key `colour`: known here are `key_file`, `old_key_file`, `mail`, `links`, `case_page`, "
        "`hooks`, `templates`, `timeout`, `figures`");
  CHECK(problems_of(R"({"key_file": "key", "timeout": 601, "case_page": "desk.example",
    "mail": {"server": "mail", "port": 0, "tls": "some", "from": "nobody", "comment": "page", "approve": ["ok", "ja"],
             "reject": ["ja"]},
    "links": {"answer": "ftp://x", "days": 1.5},
    "figures": {"Total": "total", "Customer": "/a~2b", "Name": 7}})", files) ==
        "/timeout: `timeout`: expected a whole number from 1 to 600, found `601`\n"
        "/case_page: `case_page` begins with `https://` or `http://`, and is visible ASCII\n"
        "/mail: `ja` would approve and reject\n"
        "/mail/port: `port`: expected a whole number from 1 to 65535, found `0`\n"
        "/mail/tls: `tls` is starttls, implicit or none\n"
        "/mail/from: `from`: an address has an `@`\n"
        "/mail/comment: `comment` is line or paragraph\n"
        "/links/answer: `answer` begins with `https://` or `http://`, and is visible ASCII\n"
        "/links/days: `days`: expected a whole number from 1 to 366, found `1.5`\n"
        "/figures/Total: a figure is a pointer into the quote, as `/account/name`\n"
        "/figures/Customer: a figure is a pointer into the quote, as `/account/name`\n"
        "/figures/Name: a figure: expected a text, found `7`");
  CHECK(problems_of(R"({"key_file": "key", "mail": {"server": "m", "from": "a@b", "tls": "none", "user": "u"}})",
                    files) == "/mail: a password is sent over TLS only: `tls` is none, and there is a `user`");
  CHECK(problems_of(R"({"hooks": [{"name": "mail", "url": "https://x"}, {"body": "sms", "kinds": ["greeting"]},
    {"name": "a", "url": "https://x", "body": "slack"}, {"name": "a", "url": "https://x", "body": "slack"}]})",
                    files) ==
        "/hooks/0: `key_file` is missing: whoever receives events has to know that they are from here\n"
        "/hooks/0/name: a hook's name has up to 40 small letters, digits and `-`, and is not `mail`\n"
        "/hooks/1: `name` is missing\n"
        "/hooks/1: `url` is missing\n"
        "/hooks/1: `key_file` is missing: whoever receives events has to know that they are from here\n"
        "/hooks/1/body: `body` is event, slack or teams\n"
        "/hooks/1/kinds/0: there is no kind of letter `greeting`\n"
        "/hooks/3: there are two hooks `a`");
}

TEST_CASE("files that settings name", "[courier]") {
  CHECK(problems_of(R"({"key_file": "short", "old_key_file": "lost", "mail": {"server": "m", "from": "a@b.example"},
    "templates": {"letter.txt": "torn", "letter.greeting.txt": "page", "letter.html": "gone"}})",
                    files) ==
        "/templates/letter.greeting.txt: there is no template `letter.greeting.txt`: letter.txt, letter.html, "
        "subject.txt, "
        "slack.json and teams.json are, also of a kind (letter.remind.txt) and of an approver (letter.remind.cfo.txt)\n"
        "/key_file: short: a key has at least 32 bytes, by chance\n"
        "/old_key_file: lost: there is no such file\n"
        "/templates/letter.txt: torn: line 2: `headlin` is no name that is known here: " +
            problems_of(R"({"key_file": "key", "mail": {"server": "m", "from": "a@b.example"},
              "templates": {"letter.txt": "x"}})",
                        {{"key", files.at("key")}, {"x", "{{headlin}}"}})
                .substr(
                    std::string("/templates/letter.txt: x: line 1: `headlin` is no name that is known here: ").size()) +
            "\n/templates/letter.html: gone: there is no such file");
}

TEST_CASE("a template for a kind, or for one approver, is preferred", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  post.files["s"] = "plain";
  post.files["k"] = "of the kind";
  post.files["a"] = "for {{to}}";
  post.submit("c-1", "Q-1", 20);
  const auto subject = [&](const nlohmann::json& templates) {
    Courier courier = post.courier({{"templates", templates}});
    const auto letters = must(post.store.letters_due(post.world.now, 1, post.world.now));
    const auto made = courier.preview(post.store, letters[0], post.world);
    REQUIRE(made.ok());
    return (*made)[0].subject;
  };
  CHECK(subject({}) == "Please approve Q-1");
  CHECK(subject({{"subject.txt", "s"}}) == "plain");
  CHECK(subject({{"subject.txt", "s"}, {"subject.request.txt", "k"}, {"subject.remind.txt", "s"}}) == "of the kind");
  CHECK(subject({{"subject.request.txt", "k"}, {"subject.request.boss.txt", "a"}}) == "for boss");
  CHECK(subject({{"subject.request.txt", "k"}, {"subject.request.cfo.txt", "a"}}) == "of the kind");
}

}  // namespace
