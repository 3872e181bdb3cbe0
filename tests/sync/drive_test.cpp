// The orders of a case into an ERP that fails as it is told to, as often as it takes.
#include <algorithm>
#include <catch2/catch.hpp>

#include "runtime/erp/tryton.h"
#include "tests/erp/fake.h"
#include "tests/sync/ward.h"

using namespace assent;
using namespace assent::test;
using Catch::Matchers::Contains;
using erp::test::Fake;
using Kind = OrderChange::Kind;

namespace {

constexpr int max_tries = 4;  // more than the failures of any test

// A ward with an ERP. What is driven and what becomes of it is as in assent/sync.h.
struct Supplied : Ward {
  Fake fake;
  ErpDrive drive;
  std::map<std::string, ErpAnswer> answers;  // of the last run, by "equipment NORTH"

  Supplied() {
    order();
    happens(Kind::activated, "equipment NORTH");
    happens(Kind::activated, "equipment SOUTH");
    drive.trade = trade();
    drive.password = "sesame";
  }

  Trade trade(const std::string& user = "connector") const {
    const auto made = Trade::from_json(trade_with(R"("erp": {"kind": "tryton", "url": ")" + fake.settings().url +
                                                  R"(", "database": "company", "user": ")" + user +
                                                  R"(", "password_env": "ERP"})"));
    if (!made) FAIL(in_words(made.problems()));
    CHECK(made->erp_password_env() == "ERP");
    return *made;
  }

  // "NORTH reached processing, SOUTH refused draft", and, after a semicolon, what was reported.
  std::string sync() {
    answers.clear();
    std::string all, reported;
    const auto keep = [&](const ErpAnswer& answer) {
      if (const auto news = erp_news(answer, kase, world.now)) {
        run({news->command, "erp", {}, ReportOrder{news->report}});
        if (done.refusal) FAIL(done.refusal->message);
        reported += " " + std::string(text(news->report.status));
      }
      for (const char* name : {"equipment NORTH", "equipment SOUTH", "service"})
        if (key(name) == answer.order) answers[name] = answer;
    };
    const auto wrong = drive_orders(*evaluator, kase.id, story().log, ward_quote, world, drive, keep);
    if (!wrong.empty()) return in_words(wrong);
    for (const auto& [name, answer] : answers)
      all += (all.empty() ? "" : ", ") + name.substr(name.find(' ') + 1) + " " + std::string(text(answer.outcome)) +
             " " + answer.state;
    return all + ";" + reported;
  }

  const OrderReport& report(std::string_view name) {
    const std::string wanted = key(name);
    for (const OrderReport& each : kase.reports)
      if (each.order == wanted) return each;
    FAIL("nothing is known of " << name);
    return kase.reports[0];
  }
};

const std::string both = "NORTH reached processing, SOUTH reached processing;";

}  // namespace

TEST_CASE("orders go into the ERP, and what became of them into the case", "[sync][drive]") {
  Supplied ward;
  CHECK(ward.sync() == both + " processing processing");
  CHECK(ward.fake.changes() == "create quote confirm create quote confirm");
  const ErpAnswer& north = ward.answers["equipment NORTH"];
  CHECK(north.revision == 2);
  CHECK(north.message.empty());
  CHECK(ward.report("equipment NORTH").reference == north.number);
  CHECK(ward.report("equipment NORTH").revision == 2);
  CHECK(ward.report("equipment SOUTH").status == OrderReport::Status::processing);
  const std::uint64_t version = ward.kase.version;
  for (int i = 0; i < 3; ++i) CHECK(ward.sync() == both);
  CHECK(ward.fake.changes().empty());
  CHECK(ward.kase.version == version);

  ward.happens(Kind::delivered, "equipment NORTH");  // what is wanted there stays the same
  CHECK(ward.sync() == both);
  CHECK(ward.fake.changes().empty());
  ward.fake.tell("state done");
  CHECK_THAT(ward.sync(), Contains("reached done") && Contains("; delivered"));
}

TEST_CASE("each order is there once, whatever fails and how often", "[sync][drive]") {
  for (const std::string method : {"create", "quote", "confirm", "search_read", "on_change"}) {
    for (const std::string how : {"before", "after", "status 503", "body {"}) {
      INFO(method << " " << how);
      Supplied ward;
      ward.fake.tell("fail " + method + " " + how);
      std::string last;
      for (int tries = 0; tries < max_tries && !last.starts_with(both); ++tries) {
        last = ward.sync();
        const auto reached = std::count_if(ward.answers.begin(), ward.answers.end(), [](const auto& each) {
          return each.second.outcome == ErpAnswer::Outcome::reached;
        });
        CHECK(ward.kase.reports.size() == static_cast<std::size_t>(reached));  // what failed is not reported
      }
      CHECK_THAT(last, Catch::Matchers::StartsWith(both));
      erp::Tryton tryton(ward.fake.settings());
      for (const char* name : {"equipment NORTH", "equipment SOUTH"}) {
        const auto state = tryton.state("Q-1/" + ward.key(name));
        REQUIRE(state);
        CHECK(state->outcome == erp::Outcome::reached);  // and not two of them
        CHECK(ward.report(name).reference == state->sale.number);
      }
      ward.fake.changes();
      CHECK(ward.sync() == both);
      CHECK(ward.fake.changes().empty());
    }
  }
}

TEST_CASE("an order that is refused says why, and goes on once the ERP is content", "[sync][drive]") {
  Supplied ward;
  ward.drive.order = ward.key("equipment NORTH");
  const auto refuse = [&] { ward.fake.tell("fail quote error [\"UserError\", [\"the customer is blocked\", \"\"]]"); };
  refuse();
  CHECK(ward.sync() == "NORTH refused draft; rejected");
  CHECK(ward.report("equipment NORTH").text == "quote: the customer is blocked");
  refuse();
  CHECK(ward.sync() == "NORTH refused draft;");  // it is known
  CHECK(ward.sync() == "NORTH reached processing; processing");
  CHECK(ward.report("equipment NORTH").text.empty());
  ward.drive.order.clear();
  refuse();
  CHECK_THAT(ward.sync(), Contains("NORTH reached processing") && Contains("SOUTH refused draft"));
}

TEST_CASE("an order is cancelled in the ERP, or past that", "[sync][drive]") {
  Supplied ward;
  ward.drive.order = ward.key("equipment NORTH");
  ward.fake.tell("fail confirm error [\"UserError\", [\"not yet\", \"\"]]");
  CHECK(ward.sync() == "NORTH refused quotation; rejected");
  ward.happens(Kind::cancelled, "service NORTH");  // it waits for the other, which is not cancelled before
  ward.happens(Kind::cancelled, "equipment NORTH");
  ward.happens(Kind::cancelled, "equipment SOUTH");
  CHECK(ward.sync() == "NORTH reached cancelled; cancelled");
  CHECK(ward.sync() == "NORTH reached cancelled;");
  ward.drive.order = ward.key("equipment SOUTH");  // the ERP never had it
  CHECK(ward.sync() == "SOUTH reached absent; cancelled");
  CHECK(ward.sync() == "SOUTH reached absent;");

  Supplied late;
  late.drive.order = late.key("equipment NORTH");
  CHECK(late.sync() == "NORTH reached processing; processing");
  late.happens(Kind::cancelled, "service NORTH");
  late.happens(Kind::cancelled, "equipment NORTH");
  CHECK(late.sync() == "NORTH refused processing; rejected");
  CHECK_THAT(late.report("equipment NORTH").text, Contains("it can no longer be cancelled from here"));
}

TEST_CASE("what nobody ordered is alarmed of", "[sync][drive]") {
  Supplied ward;
  ward.drive.order = ward.key("equipment NORTH");
  CHECK(ward.sync() == "NORTH reached processing; processing");
  ward.fake.tell("amount 1.00");
  CHECK(ward.sync() == "NORTH alarmed processing; changed");
  CHECK_THAT(ward.report("equipment NORTH").text, Contains("is not what was approved"));
  CHECK(ward.sync() == "NORTH alarmed processing;");
}

TEST_CASE("an order that makes no sense to an ERP is not sent, and holds up no other", "[sync][drive]") {
  Supplied ward;
  ward.happens(Kind::activated, "service");  // its item has no code
  CHECK(ward.sync() == both.substr(0, both.size() - 1) + ", service unsent absent; processing processing");
  CHECK(ward.answers["service"].message == "/lines/0/product: it is empty");
  CHECK(ward.answers["service"].revision == 2);
}

TEST_CASE("an ERP that is not there, or lets nobody in, is tried again, and no password is told", "[sync][drive]") {
  Supplied ward;
  ward.drive.password = "hunter-2";
  CHECK(ward.sync() == "NORTH failed absent, SOUTH failed absent;");
  for (const auto& [name, answer] : ward.answers) {
    CHECK_THAT(answer.message, Contains("HTTP status 401"));
    CHECK(answer.message.find("hunter-2") == std::string::npos);
  }
  for (const std::string& event : ward.log) CHECK(event.find("hunter-2") == std::string::npos);
  ward.drive.password = "sesame";
  CHECK(ward.sync() == both + " processing processing");
}

TEST_CASE("settings that no ERP could take are told before anything is sent", "[sync][drive]") {
  Supplied ward;
  ward.drive.password = "";
  CHECK(ward.sync() == "/erp/password: it is empty, or not UTF-8");
  ward.drive.trade = ward.trade("a:b");
  CHECK_THAT(ward.sync(), Contains("/erp/user: it is empty, has a colon, or is not UTF-8"));
  ward.drive.trade = *Trade::from_json(trade_with());
  CHECK(ward.drive.trade.erp_password_env().empty());
  CHECK(ward.sync() == "/erp: the settings name no ERP");
  ward.drive.trade = ward.trade();
  ward.drive.password = "sesame";
  ward.drive.order = "0123";
  CHECK(ward.sync() == ": there is no order `0123`");
  CHECK(ward.fake.records().empty());
}
