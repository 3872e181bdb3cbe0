// Answers in: by link and by mail, once each, for the content that was shown, by whom the letter went to.
#include <catch2/catch.hpp>

#include "tests/courier/post.h"

using namespace assent;
using namespace assent::test;
using Json = nlohmann::json;

namespace {

constexpr std::int64_t minute = 60 * 1000, day = 24 * 60 * minute;

// What came of an answer, in a line: "boss approve big/boss at 3", or why it is none.
std::string said(const Result<TakenAnswer>& taken) {
  REQUIRE(taken.ok());
  if (!taken->refusal.empty()) return taken->refusal + ": " + taken->message;
  if (taken->response.refusal) return "refused: " + std::string(text(taken->response.refusal->code));
  std::string steps;
  for (const std::string& each : taken->steps) steps += ' ' + each;
  return taken->person + ' ' + std::string(text(taken->vote)) + steps + (taken->response.repeated ? ", repeated" : "") +
         (taken->comment.empty() ? "" : ": " + taken->comment);
}

struct Asked : Post {  // boss has been asked about Q-1, by mail
  explicit Asked(const std::string& url) : Post(url), desk(courier()) {
    submit("c-1", "Q-1", 20);
    if (mail.runs()) deliver(desk);
  }
  std::string link(const std::string& token, const std::string& comment = "") {
    return said(desk.take_link(store, token, comment, world));
  }
  std::string reply(const std::string& bytes) { return said(desk.take_mail(store, bytes, world)); }

  Courier desk;
};

TEST_CASE("a link answers once, for the quote that was shown", "[courier]") {
  on_each_store([](const std::string& url) {
    Asked post(url);
    if (!post.runs()) return;
    const std::string approve = token_in(post.mails()[0], "Approve:"), reject = token_in(post.mails()[0], "Reject: ");
    SECTION("yes") {
      const auto shown = post.desk.look_at_link(approve, post.world);
      CHECK(said(shown) == "boss approve big/boss");
      CHECK(post.find("Q-1").steps[0].state == StepState::open);
      CHECK(post.link(approve, "as agreed") == "boss approve big/boss: as agreed");
      CHECK(post.find("Q-1").steps[0].state == StepState::satisfied);
      const std::uint64_t version = post.find("Q-1").version;
      CHECK(post.link(approve, "as agreed") == "boss approve, repeated: as agreed");
      CHECK(post.link(reject) == "refused: not-open");
      CHECK(post.find("Q-1").version == version);
    }
    SECTION("no") {
      CHECK(post.link(reject, "too much") == "boss reject big/boss: too much");
      CHECK(post.find("Q-1").state == State::rejected);
      CHECK(post.link(approve) == "refused: ended");
    }
    SECTION("of another quote") {
      post.submit("c-2", "Q-1", 30);
      CHECK(post.link(approve) == "refused: content-changed");
    }
    SECTION("too late") {
      post.world.now += 14 * day - 1;
      CHECK(said(post.desk.look_at_link(approve, post.world)) == "boss approve big/boss");
      post.world.now += minute;  // it went out some milliseconds after the round began
      CHECK(post.link(approve) == "expired: the link is too old; answer in another way");
      CHECK(said(post.desk.look_at_link(approve, post.world)) == "expired: the link is too old; answer in another way");
    }
    SECTION("that somebody altered") {
      std::string altered = approve;
      altered[3] = altered[3] == 'A' ? 'B' : 'A';
      CHECK(post.link(altered) == "wrong-signature: the link was not made here, or with a key that is out of use");
      CHECK(post.link(approve.substr(0, 40)) == "malformed: the link is not whole; a mail program may have cut it off");
    }
    SECTION("of whoever has left") {
      post.world.directory = *Directory::from_json(R"({"people": [{"id": "rep"}, {"id": "boss", "active": false}]})");
      CHECK(post.link(approve) == "refused: unknown-person");
    }
    SECTION("with the key of before") {
      post.files["new"] = std::string(40, 'n');
      Courier replaced = post.courier({{"key_file", "new"}, {"old_key_file", "key"}});
      CHECK(said(replaced.take_link(post.store, approve, "", post.world)) == "boss approve big/boss");
      Courier forgotten = post.courier({{"key_file", "new"}});
      CHECK(said(forgotten.take_link(post.store, approve, "", post.world)).starts_with("wrong-signature"));
    }
  });
}

TEST_CASE("a reply answers once, with its comment", "[courier]") {
  on_each_store([](const std::string& url) {
    Asked post(url);
    if (!post.runs()) return;
    const Json mail = post.mails()[0];
    SECTION("yes") {
      const std::string reply = answer_to(mail, "boss@Example.com", "Approved.\r\nwith thanks\r\nBoss");
      CHECK(post.reply(reply) == "boss approve big/boss: with thanks");
      CHECK(post.reply(reply) == "boss approve, repeated: with thanks");
      CHECK(post.reply(answer_to(mail, "boss@example.com", "approve", "answer-2@example.com")) == "refused: not-open");
    }
    SECTION("no") {
      CHECK(post.reply(answer_to(mail, "boss@example.com", "No")) == "boss reject big/boss");
      CHECK(post.find("Q-1").state == State::rejected);
    }
    SECTION("of another quote") {
      post.submit("c-2", "Q-1", 30);
      CHECK(post.reply(answer_to(mail, "boss@example.com", "yes")) == "refused: content-changed");
    }
    SECTION("in words of their own") {
      post.desk =
          post.courier({{"mail", {{"approve", {"geht klar"}}, {"reject", {"nein"}}, {"comment", "paragraph"}}}});
      CHECK(post.reply(answer_to(mail, "boss@example.com", "approve")).starts_with("no-word: "));
      CHECK(post.reply(answer_to(mail, "boss@example.com", "Geht klar!\r\none\r\ntwo\r\n\r\nthree")) ==
            "boss approve big/boss: one\ntwo");
    }
  });
}

TEST_CASE("a mail that is no answer of whom was asked is none", "[courier]") {
  Asked post(fresh_file());
  if (!post.runs()) return;
  const Json mail = post.mails()[0];
  const std::uint64_t version = post.find("Q-1").version;
  SECTION("from somebody else") {
    CHECK(post.reply(answer_to(mail, "cfo@example.com", "approve")) ==
          "other-person: the letter went to boss, and the answer comes from cfo");
    CHECK(post.reply(answer_to(mail, "stranger@example.com", "approve")) ==
          "unknown-sender: nobody in the directory has the address stranger@example.com");
  }
  SECTION("from an address of two") {
    post.world.directory = *Directory::from_json(R"({"people": [{"id": "boss", "mail": "boss@example.com"},
      {"id": "cfo", "mail": "BOSS@example.com"}]})");
    CHECK(post.reply(answer_to(mail, "boss@example.com", "approve")) ==
          "ambiguous-sender: more than one person has the address boss@example.com");
  }
  SECTION("to a colleague who was in the thread") {
    const std::string mine = field(mail, "Message-ID");
    const std::string reply = "From: boss@example.com\r\nMessage-ID: <x@y>\r\nIn-Reply-To: <colleague@example.com>\r\n"
                              "References: " + mine + " <colleague@example.com>\r\n\r\nyes\r\n";
    CHECK(post.reply(reply) == "unknown-letter: the mail does not say which letter it answers, or it is none of ours");
    const std::string without = "From: boss@example.com\r\nMessage-ID: <x@y>\r\nReferences: " + mine +
                                " <colleague@example.com>\r\n\r\nyes\r\n";
    CHECK(post.reply(without).starts_with("unknown-letter"));
    CHECK(post.find("Q-1").version == version);
    const std::string last = "From: boss@example.com\r\nMessage-ID: <x@y>\r\nReferences: <colleague@example.com> " +
                             mine + "\r\n\r\nyes\r\n";
    CHECK(post.reply(last) == "boss approve big/boss");
    return;
  }
  SECTION("to a letter that asks for nothing") {
    post.give("c-2", "Q-1", "rep", Recall{"gone"});
    post.deliver(post.desk);
    CHECK(post.reply(answer_to(post.mails()[1], "boss@example.com", "approve")) ==
          "asks-nothing: the letter did not ask for approval");
    return;
  }
  SECTION("by a program") {
    CHECK(post.reply("Auto-Submitted: auto-replied\r\n" + answer_to(mail, "boss@example.com", "approve"))
              .starts_with("automatic: "));
  }
  SECTION("with no clear word") {
    CHECK(post.reply(answer_to(mail, "boss@example.com", "I do not approve")).starts_with("unclear: "));
  }
  SECTION("where no mail is taken") {
    Courier hooks = post.courier({{"mail", nullptr}, {"links", nullptr}, {"hooks", {{{"name", "erp"}}}}});
    CHECK(said(hooks.take_mail(post.store, answer_to(mail, "boss@example.com", "approve"), post.world)) ==
          "no-mail: the settings have no `mail`");
  }
  CHECK(post.find("Q-1").version == version);
}

TEST_CASE("a deputy answers for whom the letter was sent", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier desk = post.courier();
  must(post.store.delegate("d-1", "boss", {"boss", "deputy", post.world.today, post.world.today + 1, {}}, post.world));
  post.submit("c-1", "Q-1", 20);
  CHECK(post.deliver(desk) == "Q-1 request to deputy: delivered by mail");
  const Json mail = post.mails()[0];
  CHECK(mail["subject"] == "Please approve Q-1, for boss");
  CHECK(said(desk.take_mail(post.store, answer_to(mail, "deputy@example.com", "ok, yes"), post.world))
            .starts_with("unclear"));
  CHECK(said(desk.take_link(post.store, token_in(mail, "Approve:"), "", post.world)) == "deputy approve big/boss");
  CHECK(post.find("Q-1").steps[0].seats[0].by == "deputy");
}

}  // namespace
