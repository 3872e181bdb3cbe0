// The example of assent/courier.h, as it stands there.
#include "tests/unit/manual.h"

#include "tests/courier/post.h"

namespace {

using namespace assent::test;

void complain(const assent::Problems& problems) { FAIL(problems.at(0).message); }

void deliver_as_the_header_says() {
  assent::test::Post post(fresh_file());
  post.submit("c-1", "Q-1", 20);
  assent::Store* const store = &post.store;
  const assent::World& world = post.world;
  const std::string settings_json = R"({"key_file": "key", "mail": {"server": "127.0.0.1", "port": 1, "tls": "none",
    "from": "approvals@example.com"}})";
  const std::string mail = "From: boss@example.com\r\n\r\nyes\r\n", token = "e30.e30";
  const auto read_file = [&](const std::string& name) -> assent::Result<std::string> { return post.files.at(name); };
  std::vector<assent::LetterReport> letters;
  const auto log = [&](const assent::LetterReport& letter) { letters.push_back(letter); };
  // begin courier.h
  auto courier = assent::Courier::make(settings_json, read_file);
  if (!courier) return complain(courier.problems());
  auto sent = courier->deliver(*store, world, log);             // every few seconds
  auto replied = courier->take_mail(*store, mail, world);       // for each mail that comes to the sender's address
  auto pressed = courier->take_link(*store, token, "", world);  // when somebody has pressed the button behind a link
  // end courier.h
  REQUIRE(sent.ok());
  REQUIRE(letters.size() == 1);
  CHECK(letters[0].what == assent::LetterReport::What::waiting);  // nobody listens on that port
  REQUIRE(replied.ok());
  CHECK(replied->refusal == "unknown-letter");
  REQUIRE(pressed.ok());
  CHECK(pressed->refusal == "malformed");
}

}  // namespace

TEST_CASE("a courier delivers and takes answers, as its manual says", "[courier]") {
  must_stand_in("runtime/include/assent/courier.h", "tests/courier/manual_test.cpp", "courier.h");
  deliver_as_the_header_says();
}
