// What the ERP's answers add to what a case knows of its orders.
#include <catch2/catch.hpp>

#include "assent/sync.h"

using namespace assent;
using enum ErpAnswer::Outcome;
using Status = OrderReport::Status;

namespace {

Case knowing(std::uint32_t revision, Status status, const std::string& reference = "17",
             const std::string& words = {}) {
  Case kase;
  kase.id = "Q-1";
  kase.version = 9;
  kase.reports.push_back({"a0", 7, Status::rejected, 1, {}, {}});
  kase.reports.push_back({"b1", revision, status, 1, reference, words});
  return kase;
}

// "2 processing 17", or nothing.
std::string news(const Case& kase, ErpAnswer::Outcome outcome, const char* state, const std::string& words = {}) {
  const auto made = erp_news({"b1", 2, outcome, words, state == std::string("absent") ? "" : "17", state}, kase, 5);
  if (!made) return {};
  const OrderReport& report = made->report;
  CHECK(report.order == "b1");
  CHECK(report.at == 5);
  CHECK(report.text == words);
  const std::string revision = std::to_string(report.revision), status(text(report.status));
  CHECK(made->command == "erp/Q-1/b1/" + revision + "/" + status + "/" + std::to_string(kase.version));
  return revision + " " + status + (report.reference.empty() ? "" : " " + report.reference);
}

}  // namespace

TEST_CASE("an answer of the ERP is a report", "[sync][news]") {
  Case fresh;
  fresh.id = "Q-1";
  CHECK(news(fresh, reached, "processing") == "2 processing 17");
  CHECK(news(fresh, reached, "done") == "2 delivered 17");
  CHECK(news(fresh, reached, "cancelled") == "2 cancelled 17");
  CHECK(news(fresh, reached, "absent") == "2 cancelled");
  CHECK(news(fresh, refused, "absent", "no customer") == "2 rejected");
  CHECK(news(fresh, alarmed, "draft", "two of them") == "2 changed 17");
  for (const ErpAnswer::Outcome nothing : {failed, superseded, unsent})
    CHECK(news(fresh, nothing, "draft", "why") == "");
}

TEST_CASE("what a case knows is not reported again", "[sync][news]") {
  CHECK(news(knowing(2, Status::processing), reached, "processing") == "");
  CHECK(news(knowing(2, Status::processing, ""), reached, "processing") == "2 processing 17");
  CHECK(news(knowing(1, Status::processing), reached, "processing") == "2 processing 17");
  CHECK(news(knowing(2, Status::processing), reached, "done") == "2 delivered 17");
  CHECK(news(knowing(2, Status::rejected, "17", "late"), refused, "quotation", "late") == "");
  CHECK(news(knowing(2, Status::rejected, "17", "late"), refused, "quotation", "later") == "2 rejected 17");
  CHECK(news(knowing(2, Status::rejected), reached, "processing") == "2 processing 17");
  CHECK(news(knowing(2, Status::processing), refused, "cancelled", "cancelled there") == "2 rejected 17");
}

TEST_CASE("a report does not take back what is further", "[sync][news]") {
  for (const Status further : {Status::shipped, Status::delivered, Status::invoiced})
    CHECK(news(knowing(2, further, "LORRY-4"), reached, "processing") == "");
  CHECK(news(knowing(2, Status::invoiced), reached, "done") == "");
  CHECK(news(knowing(2, Status::shipped), reached, "done") == "2 delivered 17");
  // What came after what was driven wants the same: the report is of it too.
  CHECK(news(knowing(4, Status::sent), reached, "processing") == "4 processing 17");
  CHECK(news(knowing(4, Status::processing), reached, "processing") == "");
}
