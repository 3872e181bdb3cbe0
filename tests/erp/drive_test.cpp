// Tests of driving an order into an ERP that fails in every way that is known of, by a fake one.
#include <catch2/catch.hpp>
#include <chrono>

#include "runtime/erp/tryton.h"
#include "tests/erp/fake.h"
#include "tests/erp/samples.h"

using namespace assent;
using namespace assent::erp;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using erp::test::Fake;
using erp::test::order;

namespace {

// "reached processing", or what else became of it.
std::string driven(Tryton& tryton, const ErpOrder& wanted, std::string* message = nullptr) {
  const Result<Report> report = tryton.drive(wanted);
  REQUIRE(report);
  INFO(report->message);
  CHECK(report->message.empty() == (report->outcome == Outcome::reached));
  if (message != nullptr) *message = report->message;
  return std::string(text(report->outcome)) + " " + std::string(text(report->sale.state));
}

}  // namespace

TEST_CASE("a new order goes as far as processing, and stays as it is", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  CHECK(tryton.state("Q-17/8c1f")->sale.state == SaleState::absent);
  CHECK(driven(tryton, order()) == "reached processing");
  CHECK(fake.changes() == "create quote confirm");
  for (int i = 0; i < 3; ++i) CHECK(driven(tryton, order()) == "reached processing");
  Tryton other(fake.settings());
  CHECK(driven(other, order()) == "reached processing");
  CHECK(fake.changes() == "");

  const Result<Report> report = other.state("Q-17/8c1f");
  REQUIRE(report);
  CHECK(report->outcome == Outcome::reached);
  CHECK(report->sale.number == "1");
  CHECK(report->sale.revision == 1);
  CHECK(report->sale.shipment_state == "waiting");
  CHECK(report->sale.shipments == std::vector<Shipment>{{"7", "waiting"}});
  CHECK(report->sale.lines.size() == 3);  // one of the order's two needs two prices
  CHECK(driven(tryton, order("Q-17/other")) == "reached processing");
  CHECK(tryton.state("Q-17/other")->sale.id == 2);
}

TEST_CASE("a server that dies at any step is read again, and nothing is done twice", "[erp]") {
  for (const std::string method : {"create", "quote", "confirm", "search_read", "on_change"}) {
    for (const std::string how : {"before", "after", "status 503", "body {", "huge"}) {
      INFO(method << " " << how);
      Fake fake;
      fake.tell("fail " + method + " " + how);
      TrytonServer settings = fake.settings();
      settings.max_answer_bytes = 1'000'000;
      Tryton tryton(settings);
      const std::string first = driven(tryton, order());
      // What was carried out without an answer is seen when it is read again; what was not is tried again later.
      const bool is_step = method == "create" || method == "quote" || method == "confirm";
      if (is_step && how == "after")
        CHECK(first == "reached processing");
      else
        CHECK_THAT(first, Contains("failed"));
      CHECK(driven(tryton, order()) == "reached processing");
      CHECK(tryton.state(order().key)->outcome == Outcome::reached);  // and not two of them
      std::string changes = fake.changes();
      const bool was_repeated = is_step && how != "after";
      CHECK(changes == (!was_repeated        ? "create quote confirm"
                        : method == "create" ? "create create quote confirm"
                        : method == "quote"  ? "create quote quote confirm"
                                             : "create quote confirm confirm"));
    }
  }
}

TEST_CASE("no answer in time is no success, and is not waited for", "[erp]") {
  Fake fake;
  fake.tell("fail create hang");
  TrytonServer settings = fake.settings();
  settings.timeout_ms = 1'000;
  Tryton tryton(settings);
  const auto begin = std::chrono::steady_clock::now();
  // The creation was carried out, which is seen; the order goes on.
  CHECK(driven(tryton, order()) == "reached processing");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(15));
  CHECK(fake.changes() == "create quote confirm");

  fake.tell("fail search_read hang");
  std::string message;
  CHECK(driven(tryton, order(), &message) == "failed absent");
  CHECK_THAT(message, Contains("timed out after 1000 milliseconds"));
  fake.tell("fail search_read hang");
  CHECK(tryton.state(order().key)->outcome == Outcome::failed);
}

TEST_CASE("a step without an answer is said, and the look at what came of it that failed too", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  fake.tell("die create");
  std::string message;
  CHECK(driven(tryton, order(), &message) == "failed absent");
  CHECK_THAT(message, StartsWith("create: ") && Contains("; and then: "));
}

TEST_CASE("a server that is not there is tried again", "[erp]") {
  TrytonServer settings;
  {
    Fake fake;
    settings = fake.settings();
  }
  Tryton tryton(settings);
  std::string message;
  CHECK(driven(tryton, order(), &message) == "failed absent");
  CHECK_THAT(message, Contains("connect"));
}

TEST_CASE("two orders of one key are alarmed of, and touched by nobody", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  fake.tell("fail quote error [\"UserError\", [\"not yet\", \"\"]]");
  CHECK(driven(tryton, order()) == "refused draft");
  fake.tell("again");
  fake.changes();
  std::string message;
  CHECK_THAT(driven(tryton, order(), &message), Contains("alarmed"));
  CHECK_THAT(message, Contains("several orders of the key `Q-17/8c1f`"));
  ErpOrder cancelled = order();
  cancelled.cancelled = true;
  cancelled.revision = 2;
  CHECK_THAT(driven(tryton, cancelled), Contains("alarmed"));
  CHECK(tryton.state(order().key)->outcome == Outcome::alarmed);
  CHECK(fake.changes() == "");
}

TEST_CASE("what the ERP's rules refuse is refused in its words, and goes on once they are content", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  std::string message;
  fake.tell("fail create error [\"UserError\", [\"The customer is blocked\", \"\"]]");
  CHECK(driven(tryton, order(), &message) == "refused absent");
  CHECK(message == "create: The customer is blocked");
  fake.tell("fail confirm error [\"UserWarning\", [\"late\", \"It is late\", \"\"]]");
  CHECK(driven(tryton, order(), &message) == "refused quotation");
  CHECK(message == "confirm: It is late");
  fake.tell("fail confirm error [\"database is locked\", \"\"]");
  CHECK(driven(tryton, order(), &message) == "failed quotation");
  CHECK(message == "confirm: an error inside the ERP: database is locked");
  CHECK(driven(tryton, order()) == "reached processing");
}

TEST_CASE("codes that the ERP does not know, or knows twice, are refused before anything is made", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  const auto refused = [&](void (*change)(ErpOrder&)) {
    ErpOrder wanted = order();
    change(wanted);
    std::string message;
    CHECK(driven(tryton, wanted, &message) == "refused absent");
    return message;
  };
  CHECK(refused([](ErpOrder& wanted) { wanted.customer = "C-9"; }) == "create: the ERP has no customer `C-9`");
  CHECK(refused([](ErpOrder& wanted) { wanted.customer = "TWICE"; }) ==
        "create: the ERP has several of the customer `TWICE`");
  CHECK(refused([](ErpOrder& wanted) { wanted.currency = "XXX"; }) ==
        "create: the ERP does not have one currency `XXX`");
  CHECK(refused([](ErpOrder& wanted) { wanted.lines[1].product = "P"; }) ==
        "create: the ERP has no product for sale `P`");
  CHECK(refused([](ErpOrder& wanted) { wanted.lines[1].product = "TWICE"; }) ==
        "create: the ERP has several of the product for sale `TWICE`");
  CHECK(refused([](ErpOrder& wanted) { wanted.lines[0].unit = "kg"; }) == "create: the ERP has no unit `kg`");
  CHECK(refused([](ErpOrder& wanted) {
          wanted.currency = "CHF";
          wanted.lines[0].amount = "100.01";
        }) == "create: no price of 4 decimals gives line `L1` its amount 100.01, in steps of 0.05");
  CHECK(fake.changes() == "");
}

TEST_CASE("an order that was left confirmed is processed", "[erp]") {
  Fake fake;
  fake.tell("stuck");
  Tryton tryton(fake.settings());
  CHECK(driven(tryton, order()) == "reached processing");
  CHECK(fake.changes() == "create quote confirm process");
  CHECK(driven(tryton, order("Q-18")) == "reached processing");
}

TEST_CASE("an ERP that says yes and does nothing is not believed", "[erp]") {
  for (const std::string method : {"create", "quote", "confirm"}) {
    INFO(method);
    Fake fake;
    fake.tell("idle " + method);
    Tryton tryton(fake.settings());
    std::string message;
    CHECK_THAT(driven(tryton, order(), &message), Contains("failed"));
    CHECK(message == method + ": the ERP took it, and left the order as it was");
  }
}

TEST_CASE("a lower revision is dropped, a higher one changes what is still open", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  ErpOrder first = order(), second = order(), third = order();
  second.revision = 2;
  second.lines[0].quantity = "4";
  second.lines.pop_back();
  third.revision = 3;
  third.customer = "C-2";
  third.lines[0].amount = "120.00";

  fake.tell("fail quote error [\"UserError\", [\"not yet\", \"\"]]");
  CHECK(driven(tryton, first) == "refused draft");
  fake.tell("fail confirm error [\"UserError\", [\"not yet\", \"\"]]");
  CHECK(driven(tryton, second) == "refused quotation");
  CHECK(fake.changes() == "create quote write quote confirm");
  CHECK(driven(tryton, first) == "superseded quotation");
  CHECK(fake.changes() == "");
  CHECK(driven(tryton, third) == "reached processing");
  CHECK(fake.changes() == "draft write quote confirm");
  const Sale sale = tryton.state(first.key)->sale;
  CHECK(sale.revision == 3);
  CHECK(sale.customer == "C-2");
  CHECK(difference(third, sale).empty());
  CHECK(driven(tryton, second) == "superseded processing");

  ErpOrder fourth = third;
  fourth.revision = 4;
  std::string message;
  CHECK(driven(tryton, fourth, &message) == "refused processing");
  CHECK(message == "order 1 is processing in the ERP: revision 4 can no longer change revision 3");
  CHECK(fake.changes() == "");
}

TEST_CASE("a change that is interrupted goes on from where it was left", "[erp]") {
  for (const std::string failure : {"draft after", "draft before", "write after", "write before", "quote before"}) {
    INFO(failure);
    Fake fake;
    Tryton tryton(fake.settings());
    fake.tell("fail confirm error [\"UserError\", [\"not yet\", \"\"]]");
    CHECK(driven(tryton, order()) == "refused quotation");
    ErpOrder second = order();
    second.revision = 2;
    second.lines[0].quantity = "4";
    fake.tell("fail " + failure);
    driven(tryton, second);
    CHECK(driven(tryton, second) == "reached processing");
    CHECK(difference(second, tryton.state(second.key)->sale).empty());
  }
}

TEST_CASE("an order is cancelled where the ERP still lets us", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  ErpOrder cancelled = order();
  cancelled.cancelled = true;
  CHECK(driven(tryton, cancelled) == "reached absent");
  CHECK(fake.changes() == "");

  cancelled.revision = 2;
  fake.tell("fail confirm error [\"UserError\", [\"not yet\", \"\"]]");
  CHECK(driven(tryton, order()) == "refused quotation");
  fake.tell("fail write after");
  fake.tell("fail cancel before");
  CHECK(driven(tryton, cancelled) == "failed quotation");
  CHECK(driven(tryton, cancelled) == "reached cancelled");
  CHECK(driven(tryton, cancelled) == "reached cancelled");
  CHECK(fake.changes() == "create quote confirm write cancel cancel");
  CHECK(driven(tryton, order()) == "superseded cancelled");  // the first revision comes late
  std::string message;
  ErpOrder again = order();
  again.revision = 3;
  CHECK(driven(tryton, again, &message) == "refused cancelled");

  ErpOrder shipped = order("Q-18");
  CHECK(driven(tryton, shipped) == "reached processing");
  shipped.revision = 2;
  shipped.cancelled = true;
  CHECK(driven(tryton, shipped, &message) == "refused processing");
  CHECK(message == "order 2 is processing in the ERP: it can no longer be cancelled from here");
}

TEST_CASE("what somebody changed in the ERP is not confirmed", "[erp]") {
  for (const std::string change : {"amount 90.00", "note L7", "description urgent"}) {
    INFO(change);
    Fake fake;
    Tryton tryton(fake.settings());
    fake.tell("fail quote error [\"UserError\", [\"not yet\", \"\"]]");
    CHECK(driven(tryton, order()) == "refused draft");
    fake.changes();
    fake.tell(change);
    CHECK(driven(tryton, order()) == "alarmed draft");
    CHECK(fake.changes() == "");
  }
  Fake fake;
  Tryton tryton(fake.settings());
  CHECK(driven(tryton, order()) == "reached processing");
  fake.tell("state cancelled");
  CHECK(driven(tryton, order()) == "refused cancelled");
  fake.tell("state done");
  CHECK(driven(tryton, order()) == "reached done");
}

TEST_CASE("a change of somebody else's at the same moment is looked at first", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  fake.tell("fail confirm error [\"ConcurrencyException\", \"changed meanwhile\"]");
  CHECK(driven(tryton, order()) == "reached processing");
  CHECK(fake.changes() == "create quote confirm confirm");
}

TEST_CASE("a wrong password is said, and no order is to blame", "[erp]") {
  Fake fake;
  TrytonServer settings = fake.settings();
  settings.password = "wrong-word";
  Tryton wrong(settings);
  std::string message;
  CHECK(driven(wrong, order(), &message) == "failed absent");
  CHECK(message == "the ERP does not let `connector` in with this password: HTTP status 401");
  CHECK(message.find("wrong-word") == std::string::npos);
  settings = fake.settings();
  settings.database = "other";
  Tryton elsewhere(settings);
  CHECK(driven(elsewhere, order(), &message) == "failed absent");
  CHECK(message == "the ERP has no database `other`: HTTP status 404");
  CHECK(fake.changes() == "");
}

TEST_CASE("a session that has ended is begun again", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  CHECK(driven(tryton, order()) == "reached processing");
  fake.tell("forget");
  CHECK(driven(tryton, order("Q-18")) == "reached processing");
  fake.tell("locked");
  fake.tell("forget");
  std::string message;
  CHECK(driven(tryton, order("Q-19"), &message) == "failed absent");
  CHECK_THAT(message, Contains("HTTP status 401"));
}

TEST_CASE("answers that are no sales are not acted on", "[erp]") {
  Fake fake;
  Tryton tryton(fake.settings());
  for (const std::string body : {"", "[]", "{\"result\": {}}", "{\"result\": [{\"id\": 1}]}", "{\"result\": [[[[[[["}) {
    INFO(body);
    fake.tell("fail search_read body " + body);
    std::string message;
    CHECK(driven(tryton, order(), &message) == "failed absent");
  }
  fake.tell("fail search_read huge");
  TrytonServer settings = fake.settings();
  settings.max_answer_bytes = 1'000'000;
  Tryton narrow(settings);
  std::string message;
  CHECK(driven(narrow, order(), &message) == "failed absent");
  CHECK(message == "the answer is longer than 1000000 bytes");
  fake.tell("fail search_read huge");
  CHECK(driven(tryton, order(), &message) == "failed absent");  // too many values
  CHECK(fake.changes() == "");
}
