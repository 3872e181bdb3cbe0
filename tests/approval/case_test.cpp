// The life of a case, command by command.
#include <catch2/catch.hpp>

#include "tests/approval/desk.h"

namespace {

using namespace assent;
using test::Desk;

const std::string quotes = R"(
record Quote { owner: Person  total: Integer  discount: Percent  region: Text else "" }
input quote: Quote
otherwise approve "small"
)";

const std::string people = R"({"people": [
  {"id": "rep", "manager": "boss"}, {"id": "boss"}, {"id": "cfo"}, {"id": "vp"}, {"id": "deputy"},
  {"id": "ann", "roles": ["board"]}, {"id": "ben", "roles": ["board"]}, {"id": "cat", "roles": ["board"]},
  {"id": "admin", "roles": ["assent-administrator"]}, {"id": "gone", "active": false}
]})";

std::string quote(int total, int discount = 0) {
  return R"({"owner": "rep", "total": )" + std::to_string(total) + R"(, "discount": )" + std::to_string(discount) + "}";
}

TEST_CASE("a chain of two: submitted, approved, approved", "[case]") {
  Desk desk("policy p" + quotes + R"(
    approver boss = quote.owner.manager else person "vp"  approver cfo = person "cfo"
    rule big { when quote.total > 10  requires boss then cfo })", people);
  desk.submit("rep", quote(20));
  CHECK(desk.refusal() == "");
  CHECK(desk.kase.state == State::pending);
  CHECK(desk.steps() == "big/boss: open, big/cfo: waiting");
  CHECK(desk.told() == "boss request big/boss");
  desk.approve("cfo");
  CHECK(desk.refusal() == "not-open");
  desk.approve("rep");
  CHECK(desk.refusal() == "no-seat");
  desk.approve("boss");
  CHECK(desk.steps() == "big/boss: satisfied, big/cfo: open");
  desk.approve("cfo");
  CHECK(desk.kase.state == State::approved);
  CHECK(desk.told() == "boss approved; cfo approved; rep approved");
  desk.approve("cfo");
  CHECK(desk.refusal() == "ended");
  CHECK(desk.log.back().find("\"kind\":\"late\"") != std::string::npos);
  desk.submit("rep", quote(15));
  CHECK(desk.kase.state == State::approved);
  CHECK(desk.step("big/boss").why == "remembered: quote.total fell from 20 to 15, which is no worse");
  desk.submit("rep", quote(25));
  CHECK(desk.steps() == "big/boss: open, big/cfo: waiting");
  CHECK(desk.step("big/boss").why == "asked again: `big`: quote.total rose from 20 to 25");
}

}  // namespace
