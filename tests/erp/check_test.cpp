// Tests of what makes no sense in an order or in settings: each limit at its edge and one beyond.
#include <catch2/catch.hpp>
#include <functional>

#include "runtime/erp/tryton.h"
#include "tests/erp/samples.h"

using namespace assent;
using namespace assent::erp;

namespace {

std::string places(const std::function<void(ErpOrder&)>& change) {
  ErpOrder order = erp::test::order();
  change(order);
  std::string out;
  for (const Problem& problem : check(order)) {
    CHECK_FALSE(problem.message.empty());
    out += problem.where + " ";
  }
  return out;
}

std::string places_of_settings(const std::function<void(TrytonServer&)>& change) {
  TrytonServer server;
  server.url = "https://erp.example.com/";
  server.database = "company";
  server.user = "assent";
  server.password = "word";
  change(server);
  std::string out;
  for (const Problem& problem : check(server)) {
    CHECK(problem.code == ErrorCode::bad_settings);
    out += problem.where + " ";
  }
  return out;
}

}  // namespace

TEST_CASE("an order that makes no sense is not sent", "[erp]") {
  using Order = ErpOrder;
  CHECK(places([](Order&) {}) == "");
  CHECK(places([](Order& order) { order.key = ""; }) == "/key ");
  CHECK(places([](Order& order) { order.key = std::string(max_id_bytes, 'k'); }) == "");
  CHECK(places([](Order& order) { order.key = std::string(max_id_bytes + 1, 'k'); }) == "/key ");
  CHECK(places([](Order& order) { order.key = "a\nb"; }) == "/key ");
  CHECK(places([](Order& order) { order.key = " a"; }) == "/key ");
  CHECK(places([](Order& order) { order.key = "\xff"; }) == "/key ");
  CHECK(places([](Order& order) { order.revision = 0; }) == "/revision ");
  CHECK(places([](Order& order) { order.revision = max_revision; }) == "");
  CHECK(places([](Order& order) { order.revision = max_revision + 1; }) == "/revision ");
  CHECK(places([](Order& order) { order.customer = ""; }) == "/customer ");
  CHECK(places([](Order& order) { order.currency = ""; }) == "/currency ");
  CHECK(places([](Order& order) { order.lines.clear(); }) == "/lines ");
  CHECK(places([](Order& order) { order.lines[1].id = "L1"; }) == "/lines/1/id ");
  CHECK(places([](Order& order) { order.lines[0].product = ""; }) == "/lines/0/product ");
  CHECK(places([](Order& order) { order.lines[0].description = std::string(max_text_bytes, 'x'); }) == "");
  CHECK(places([](Order& order) { order.lines[0].description = std::string(max_text_bytes + 1, 'x'); }) ==
        "/lines/0/description ");
  CHECK(places([](Order& order) { order.lines[0].unit = ""; }) == "/lines/0/unit ");
  CHECK(places([](Order& order) { order.lines[1].wanted_on = date(2026, 4, 1); }) == "/lines/1/wanted_on ");
  CHECK(places([](Order& order) {
          for (ErpLine& line : order.lines) line.wanted_on = date(2026, 4, 1);
        }) == "");
  for (const char* number : {"", "x", "0x1", "1,5", " 1", "NaN", "Infinity", "+1", "1."}) {
    INFO(number);
    CHECK(places([&](Order& order) { order.lines[0].quantity = number; }) == "/lines/0/quantity ");
    CHECK(places([&](Order& order) { order.lines[0].amount = number; }) == "/lines/0/amount ");
  }
  for (const char* number : {"0", "-1"}) {
    CHECK(places([&](Order& order) { order.lines[0].quantity = number; }) == "/lines/0/quantity ");
    CHECK(places([&](Order& order) { order.lines[0].amount = number; }) == "");
  }
  for (const char* number : {"123456789012.345", "0.000000000000001", "100000000000000", "1.50000000000000000000"}) {
    INFO(number);
    CHECK(places([&](Order& order) { order.lines[0].quantity = number; }) == "");
    CHECK(places([&](Order& order) { order.lines[0].amount = number; }) == "");
  }
  for (const char* number : {"1234567890123.456", "0.0000000000000001", "1000000000000000", "1e15", "1e-16", "1e999"}) {
    INFO(number);
    CHECK(places([&](Order& order) { order.lines[0].quantity = number; }) == "/lines/0/quantity ");
    CHECK(places([&](Order& order) { order.lines[0].amount = number; }) == "/lines/0/amount ");
  }
  const auto with_lines = [](std::size_t count) {
    return [count](Order& order) {
      order.lines.resize(1);
      for (std::size_t i = 1; i < count; ++i) {
        order.lines.push_back(order.lines[0]);
        order.lines[i].id = std::to_string(i);
      }
    };
  };
  CHECK(places(with_lines(max_lines)) == "");
  CHECK(places(with_lines(max_lines + 1)) == "/lines ");
  CHECK(places([](Order& order) {
          order.cancelled = true;
          order.lines.clear();
          order.customer = "";
        }) == "");
  ErpOrder hopeless = erp::test::order();
  for (int i = 0; i < 50; ++i) hopeless.lines.push_back({});
  CHECK(check(hopeless).size() == max_problems);
}

TEST_CASE("settings that make no sense are said, all at once", "[erp]") {
  using Server = TrytonServer;
  CHECK(places_of_settings([](Server&) {}) == "");
  for (const char* url : {"http://127.0.0.1", "http://127.0.0.1:8000/", "http://[::1]:8000", "http://localhost/erp"}) {
    INFO(url);
    CHECK(places_of_settings([&](Server& server) { server.url = url; }) == "");
  }
  // A password in the clear goes to nobody else.
  for (const char* url :
       {"", "http://erp.example.com/", "http://127.0.0.1.example.com/", "http://127.0.0.1@example.com",
        "http://127.0.0.1:80@example.com/", "http://localhost.example.com", "ftp://127.0.0.1"}) {
    INFO(url);
    CHECK(places_of_settings([&](Server& server) { server.url = url; }) == "/url ");
  }
  for (const char* database : {"", "a/b", "a?b", "..", "a b"}) {
    INFO(database);
    CHECK(places_of_settings([&](Server& server) { server.database = database; }) == "/database ");
  }
  CHECK(places_of_settings([](Server& server) { server.database = std::string(63, 'd'); }) == "");
  CHECK(places_of_settings([](Server& server) { server.database = std::string(64, 'd'); }) == "/database ");
  CHECK(places_of_settings([](Server& server) { server.user = "a:b"; }) == "/user ");
  CHECK(places_of_settings([](Server& server) { server.password = "\xff"; }) == "/password ");
  CHECK(places_of_settings([](Server& server) { server.timeout_ms = 0; }) == "/timeout_ms ");
  CHECK(places_of_settings([](Server& server) { server.timeout_ms = 600'001; }) == "/timeout_ms ");
  CHECK(places_of_settings([](Server& server) { server.max_answer_bytes = 0; }) == "/max_answer_bytes ");
  Tryton none{TrytonServer{}};
  CHECK(none.drive(erp::test::order()).problems().size() == 4);
  CHECK(none.state("Q-17").problems().size() == 4);
}
