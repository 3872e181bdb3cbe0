// Letters out: what they say, to whom, once for each channel; and what becomes of those that fail.
#include <catch2/catch.hpp>

#include "runtime/courier/letter.h"
#include "tests/courier/post.h"

using namespace assent;
using namespace assent::test;
using Catch::Matchers::Contains;
using Json = nlohmann::json;

namespace {

const Json one_hook = {{"hooks", {{{"name", "erp"}}}}};
constexpr std::int64_t day = 24 * 60 * 60 * 1000;

TEST_CASE("a request says what is asked, why, and how to answer", "[courier]") {
  on_each_store([](const std::string& url) {
    Post post(url);
    if (!post.runs()) return;
    Courier courier = post.courier(one_hook);
    post.submit("c-1", "Q-1", 20);
    CHECK(post.deliver(courier) == "Q-1 request to boss: delivered by mail, erp");
    CHECK(post.deliver(courier) == "");
    const auto mails = post.mails();
    REQUIRE(mails.size() == 1);
    const Json& mail = mails[0];
    CHECK(mail["defects"].empty());
    CHECK(mail["from"] == Json::parse(R"([["Deal desk", "approvals@desk.example.com"]])"));
    CHECK(mail["to"] == Json::parse(R"([["boss", "Boss@example.com"]])"));
    CHECK(mail["subject"] == "Please approve Q-1");
    CHECK(mail["text"] ==
          "Please approve Q-1\n\nbig/boss\n  because of big\n  quote.total: 20\n\n  Approve: "
          "https://desk.example.com/answer?token=" + token_in(mail, "Approve:") +
              "\n  Reject:  https://desk.example.com/answer?token=" + token_in(mail, "Reject: ") +
              "\n\nOr answer this mail with approve or reject as its first line. The line below it is your comment.\n\n"
              "Submitted by The Rep; decided by the policy desk.\nhttps://desk.example.com/cases/Q-1\n");
    const std::string html = mail["html"];
    for (const char* part : {"<h2 style=\"font-size: 1.2em\">Please approve Q-1</h2>", "because of <b>big</b>",
                                    "<td>quote.total</td><td align=\"right\"><b>20</b></td>",
                                    "<a href=\"https://desk.example.com/answer?token="}) {
      CHECK_THAT(html, Contains(part));
    }
    const auto posts = post.posts();
    REQUIRE(posts.size() == 1);
    CHECK(posts[0]["signed"] == true);
    CHECK(posts[0]["path"] == "/erp");
    const Json body = Json::parse(body_of(posts[0]));
    CHECK(body["case"] == "Q-1");
    CHECK(body["state"] == "pending");
    CHECK(body["effect"]["to"] == "boss");
    CHECK(body["effect"]["quote_hash"] == post.find("Q-1").quote_hash);

    post.vote("c-2", "Q-1", "boss");
    CHECK(post.deliver(courier) == "Q-1 request to cfo: delivered by mail, erp");
    const Json second = post.mails()[1];
    CHECK(second["to"] == Json::parse(R"([["Chief, the", "cfo@example.com"]])"));
    CHECK(field(second, "References") == field(mail, "References"));  // one thread for the case
    CHECK(field(second, "In-Reply-To") == field(mail, "In-Reply-To"));
    CHECK(field(second, "Message-ID") != field(mail, "Message-ID"));
    post.vote("c-3", "Q-1", "cfo");
    CHECK(post.deliver(courier) ==
          "Q-1 approved to boss: delivered by mail, erp; Q-1 approved to cfo: delivered by mail, erp; "
          "Q-1 approved to rep: delivered by mail, erp");
    const std::string last = post.mails()[4]["text"];
    CHECK_THAT(last, Catch::Matchers::StartsWith("Q-1 is approved\n\n  every step is satisfied\n\nbig/boss\n  because "
                                                 "of big\n  quote.total: 20\n  boss approved\n\nbig/cfo\n"));
    CHECK(last.find("token=") == last.npos);
    CHECK(last.find("answer this mail") == last.npos);
  });
}

TEST_CASE("letters show of the quote what the settings name, as it was written", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier courier = post.courier({{"figures",
                                   {{"Total", "/total"},
                                    {"Customer", "/account/na~1me"},
                                    {"List", "/account"},
                                    {"Second", "/lines/1/price"},
                                    {"Beyond", "/lines/2/price"}}},
                                  {"hooks", {{{"name", "chat"}, {"body", "teams"}}}}});
  const std::string quote = R"({"owner": "rep", "total": 20, "account": {"na/me": "A & <B>"},
    "lines": [{"price": 1}, {"price": 12345678901234567890.10}]})";
  must(post.store.submit("Q-1", {"c-1", "rep", std::nullopt, Submit{quote, {}, {}}}, desk_policy(), post.world));
  CHECK(post.deliver(courier) == "Q-1 request to boss: delivered by mail, chat");
  const Json mail = post.mails()[0];
  CHECK_THAT(mail["text"].get<std::string>(),
             Catch::Matchers::StartsWith("Please approve Q-1\n  Customer: A & <B>\n  Second: 12345678901234567890.10\n"
                                         "  Total: 20\n\nbig/boss\n"));
  CHECK_THAT(mail["html"].get<std::string>(), Contains("<b>A &amp; &lt;B&gt;</b>"));
  CHECK_THAT(body_of(post.posts()[0]), Contains("Customer: A & <B>"));
}

TEST_CASE("what is not asked any more is not sent", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier courier = post.courier();
  SECTION("it was answered") {
    post.submit("c-1", "Q-1", 20);
    post.vote("c-2", "Q-1", "boss");
    CHECK(post.deliver(courier) == "Q-1 request to boss: overtaken; Q-1 request to cfo: delivered by mail");
  }
  SECTION("it is over") {
    post.submit("c-1", "Q-1", 20);
    post.give("c-2", "Q-1", "rep", Recall{"gone"});
    CHECK(post.deliver(courier) ==
          "Q-1 request to boss: overtaken; Q-1 recalled to boss: delivered by mail; "
          "Q-1 recalled to rep: delivered by mail");
    CHECK_THAT(post.mails()[0]["text"].get<std::string>(), Contains("Q-1 was recalled\n\n  gone\n"));
  }
  SECTION("another quote is asked about") {
    post.submit("c-1", "Q-1", 20);
    post.submit("c-2", "Q-1", 30);
    CHECK(post.deliver(courier) == "Q-1 request to boss: overtaken; Q-1 request to boss: delivered by mail");
    CHECK_THAT(post.mails()[0]["text"].get<std::string>(), Contains("quote.total: 30"));
  }
  SECTION("a question was answered") {
    post.submit("c-1", "Q-1", 20);
    CHECK(post.deliver(courier) == "Q-1 request to boss: delivered by mail");
    post.give("c-2", "Q-1", "boss", Ask{"big/boss", "rep", "why?"});
    post.give("c-3", "Q-1", "boss", Ask{"big/boss", "rep", "since when?"});
    post.give("c-4", "Q-1", "rep", Answer{0, "because"});
    CHECK(post.deliver(courier) ==
          "Q-1 question to rep: overtaken; Q-1 question to rep: delivered by mail; Q-1 answer to boss: delivered by "
          "mail");
    CHECK_THAT(post.mails()[1]["text"].get<std::string>(), Contains("A question about Q-1\n\n  since when?\n"));
  }
}

TEST_CASE("a receiver that refuses for good", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier courier = post.courier(one_hook);
  post.submit("c-1", "Q-1", 20);
  post.mail.tell("data 554");
  CHECK(post.deliver(courier) == "Q-1 request to boss: dead by erp");
  const auto dead = must(post.store.dead_letters());
  REQUIRE(dead.size() == 1);
  CHECK_THAT(dead[0].last_error, Contains("mail: 554 not this"));
  post.mail.tell("accept");
  CHECK(post.deliver(courier) == "");
  CHECK(must(post.store.revive(dead[0].effect.id, post.world.now)));
  CHECK(post.deliver(courier) == "Q-1 request to boss: delivered by erp, mail");
  CHECK(post.posts().size() == 1);  // the hook had it already
  CHECK(post.mails().size() == 1);
}

TEST_CASE("a receiver that is away is tried again, later and later, and then no more", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier courier = post.courier(one_hook);
  post.submit("c-1", "Q-1", 20);
  post.hook.tell("answer 503");
  std::int64_t waited = 0, last = 0, next = post.world.now;
  int rounds = 0;
  for (bool waiting = true; waiting; ++rounds) {
    REQUIRE(rounds < 100);
    waiting = false;
    post.world.now = next;
    const auto tell = [&](const LetterReport& report) {
      waiting = report.what == LetterReport::What::waiting;
      CHECK(report.channels == std::vector<std::string>{"mail"});
      if (!waiting) return;
      last = report.again - post.world.now;
      waited += last;
      next = report.again;
    };
    REQUIRE(courier.deliver(post.store, post.world, tell).ok());
  }
  CHECK(post.mails().size() == 1);
  CHECK(post.posts().size() == static_cast<std::size_t>(rounds));
  CHECK(waited > day);
  CHECK(waited < 4 * day);
  CHECK(last > day / 8);
  CHECK(must(post.store.dead_letters()).size() == 1);
  const auto posts = post.posts();
  CHECK(field({{"fields", posts[0]["fields"]}}, "Idempotency-Key") ==
        field({{"fields", posts[5]["fields"]}}, "Idempotency-Key"));
}

TEST_CASE("a mail that was taken, and nobody said so, comes again as the same", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier courier = post.courier({{"timeout", 1}});
  post.submit("c-1", "Q-1", 20);
  post.mail.tell(GENERATE(as<std::string>(), "hang", "close"));
  CHECK(post.deliver(courier) == "Q-1 request to boss: waiting");
  post.mail.tell("accept");
  CHECK(post.deliver(courier) == "");
  post.world.now += day;
  CHECK(post.deliver(courier) == "Q-1 request to boss: delivered by mail");
  const auto mails = post.mails();
  REQUIRE(mails.size() == 2);
  CHECK(field(mails[0], "Message-ID") == field(mails[1], "Message-ID"));
  CHECK(token_in(mails[0], "Approve:") != "");
}

TEST_CASE("a courier that never comes back has its letter delivered by another", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier courier = post.courier();
  post.submit("c-1", "Q-1", 20);
  CHECK(must(post.store.letters_due(post.world.now, 1, post.world.now + letter_hold)).size() == 1);
  CHECK(post.deliver(courier) == "");
  post.world.now += letter_hold;
  CHECK(post.deliver(courier) == "Q-1 request to boss: delivered by mail");
}

TEST_CASE("who has no address", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  post.world.directory = *Directory::from_json(R"({"people": [{"id": "rep"}, {"id": "boss"}, {"id": "cfo"}]})");
  post.submit("c-1", "Q-1", 20);
  SECTION("and no hook either") {
    Courier courier = post.courier();
    CHECK(post.deliver(courier) == "Q-1 request to boss: dead");
    CHECK(must(post.store.dead_letters())[0].last_error == "mail: the directory has no mail address of boss");
  }
  SECTION("is reached by hooks") {
    Courier courier = post.courier(one_hook);
    CHECK(post.deliver(courier) == "Q-1 request to boss: delivered by erp");
  }
  SECTION("unless they want other letters") {
    Courier courier = post.courier({{"hooks", {{{"name", "erp"}, {"kinds", {"approved"}}}}}});
    CHECK(post.deliver(courier) == "Q-1 request to boss: dead");
  }
}

TEST_CASE("chats get what each understands, and no answer links that others could use", "[courier]") {
  Post post(fresh_file());
  if (!post.runs()) return;
  Courier courier = post.courier({{"hooks", {{{"name", "all"}, {"body", "slack"}},
                                             {{"name", "bosses"}, {"body", "teams"}, {"person", "boss"}},
                                             {{"name", "chiefs"}, {"body", "slack"}, {"person", "cfo"}}}}});
  post.submit("c-1", "Q <\"1\"> & [x](http://evil.example)", 20);
  CHECK(post.deliver(courier).ends_with("delivered by mail, all, bosses"));
  const auto posts = post.posts();
  REQUIRE(posts.size() == 2);
  const Json slack = Json::parse(body_of(posts[0])), teams = Json::parse(body_of(posts[1]));
  CHECK(slack["text"] == "boss: Please approve Q &lt;\"1\"&gt; &amp; [x](http://evil.example)");
  CHECK(slack["blocks"][1]["text"]["text"] == "*big/boss*\nbecause of big");
  CHECK(slack.dump().find("token=") == std::string::npos);
  CHECK(slack["blocks"].back()["elements"][0]["url"] ==
        "https://desk.example.com/cases/Q%20%3C%221%22%3E%20%26%20%5Bx%5D%28http%3A%2F%2Fevil.example%29");
  const Json& card = teams["attachments"][0]["content"];
  CHECK(card["type"] == "AdaptiveCard");
  CHECK(card["body"][0]["text"] == "Please approve Q <\"1\"> & \\[x\\]\\(http://evil.example\\)");
  CHECK(card["body"].dump().find("token=") != std::string::npos);
  CHECK(field({{"fields", posts[0]["fields"]}}, "Assent-Signature") == "");  // it has no key
}

TEST_CASE("a deputy of several people can answer in each of their steps", "[courier]") {
  Case kase;
  kase.state = State::pending;
  for (const std::string person : {"boss", "cfo", "vp"}) {
    CaseStep& step = kase.steps.emplace_back();
    step.key = "big/" + person;
    step.state = StepState::open;
    step.seats.emplace_back().person = person;
  }
  kase.steps[2].seats[0].vote = Vote::approve;
  Effect effect;
  effect.to = "deputy";
  effect.on_behalf = "cfo";
  effect.steps = {"big/boss", "big/cfo", "big/vp"};
  const auto links = [&] {
    const courier::Gaps gaps =
        courier::letter(effect, kase, {[](const CaseStep& each, Vote) { return each.key + ' '; }, "", {}, "", "",
                                       [](std::string_view id) { return std::string(id); }});
    std::string all;
    for (const courier::Gaps& step : gaps.lists.at("steps")) all += step.texts.at("approve_link");
    return all;
  };
  CHECK(links() == "big/boss big/cfo ");
  CHECK(courier::still_holds(effect, kase));
  kase.steps[0].seats[0].barred = true;
  CHECK(links() == "big/cfo ");
  kase.steps[1].seats[0].vote = Vote::reject;
  CHECK(links() == "");
  CHECK_FALSE(courier::still_holds(effect, kase));
  effect = {"", Effect::Kind::request, "cfo", "", {"big/boss"}, "", ""};  // somebody else's step
  CHECK(links() == "");
}

TEST_CASE("a letter shows nothing that hides or turns around, and ends somewhere", "[courier]") {
  Case kase;
  kase.id = "Q-1";
  Effect effect;
  effect.kind = Effect::Kind::question;
  const auto words = [&](const std::string& text) {
    effect.text = text;
    return courier::letter(effect, kase, {[](const CaseStep&, Vote) { return std::string(); }, "", {}, "", "",
                                          [](std::string_view id) { return std::string(id); }}).texts.at("words");
  };
  CHECK(words("a\nb ä 字 𝄞") == "a\nb ä 字 𝄞");
  CHECK(words("a\x01\x1b[2J\x7f" "b") == "a[2Jb");
  CHECK(words("20\xe2\x80\xae" "02\xe2\x80\x8b\xe2\x81\xa6\xef\xbb\xbf\xc2\x85") == "2002");
  CHECK(words(std::string(courier::max_words_characters, 'x')).size() == courier::max_words_characters);
  CHECK(words(std::string(courier::max_words_characters + 1, 'x')) ==
        std::string(courier::max_words_characters, 'x') + "…");
}

}  // namespace
