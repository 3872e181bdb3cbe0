// What is told of orders while things happen to them: which files, what is in them, and what cannot be told.
#include <catch2/catch.hpp>

#include "tests/documents/schemas.h"
#include "tests/sync/ward.h"
#include "tests/unit/manual.h"

using namespace assent;
using namespace assent::test;
using Kind = OrderChange::Kind;
using Catch::Matchers::Contains;

namespace {

// Whether all files of the last export are valid.
void check_schemas(const Ward& ward) {
  if (!has_schemas()) return;
  for (const auto& [name, content] : ward.files) {
    const std::size_t begin = content.find("\n<") + 2;
    INFO(name);
    CHECK(schema_fault(content.substr(begin, content.find_first_of(" >", begin) - begin), content) == "");
  }
}

// "L1 3 2" of each line of a change: its id, its status and how much of it there is.
std::string lines_of(const std::string& change) {
  std::string all;
  const auto value = [&](std::string_view element, std::size_t from) {
    const std::size_t begin = change.find('>', change.find(element, from)) + 1;
    return change.substr(begin, change.find('<', begin) - begin);
  };
  for (std::size_t at = 0; (at = change.find("<cac:LineItem>", at)) != change.npos; ++at) {
    all += (all.empty() ? "" : ", ") + value("<cbc:ID>", at) + " " + value("<cbc:LineStatusCode>", at) + " " +
           value("<cbc:Quantity", at);
  }
  return all;
}

std::string element(const std::string& content, const std::string& name) {
  const std::size_t begin = content.find('>', content.find("<cbc:" + name)) + 1;
  return content.substr(begin, content.find('<', begin) - begin);
}

}  // namespace

TEST_CASE("nothing is told before anything is ordered and activated", "[sync]") {
  Ward ward;
  CHECK(ward.as_ubl() == "0 drafts");
  ward.order();
  CHECK(ward.as_ubl() == "4 drafts");
  CHECK(ward.as_ubl(trade_with(), "equipment NORTH") == "1 draft");
  ward.happens(Kind::activated, "equipment NORTH");
  CHECK(ward.as_ubl() == "equipment NORTH 2; 3 drafts");
  CHECK(ward.exported({}) == "equipment NORTH 2; 3 drafts");
  ward.happens(Kind::cancelled, "equipment SOUTH");  // it was a draft: nobody was told, and nobody need be
  CHECK(ward.as_ubl() == "equipment NORTH 2; 2 drafts");
  CHECK(ward.exported({}) == "equipment NORTH 2; 2 drafts");
}

TEST_CASE("an activated order is Peppol's order, with amounts as they were approved", "[sync]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  REQUIRE(ward.as_ubl() == "equipment NORTH 2; 3 drafts");
  const std::string order = ward.files["equipment NORTH 2"];
  check_schemas(ward);
  CHECK_THAT(order, Contains("<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3</cbc:ProfileID>"));
  CHECK(element(order, "ID") == "Q-1/" + ward.key("equipment NORTH"));
  CHECK(element(order, "IssueDate") == "2026-03-03");
  CHECK(element(order, "StartDate") == "2026-03-03");
  CHECK(element(order, "EndDate") == "2026-03-18");
  CHECK(element(order, "LineExtensionAmount currencyID=\"GBP\"") == "2100.50");
  CHECK_THAT(order, Contains("<cbc:BaseQuantity unitCode=\"C62\">3</cbc:BaseQuantity>"));  // 3 for 100.00
  CHECK_THAT(order, Contains("<cac:QuotationDocumentReference>\n    <cbc:ID>Q-1</cbc:ID>"));
  for (const char* other : {"equipment SOUTH", "service NORTH", "service"})
    CHECK_THAT(order, Contains("<cbc:ID>Q-1/" + ward.key(other) + "</cbc:ID>"));
  CHECK_THAT(order, !Contains("cac:Contract"));  // what is bought has no term
}

TEST_CASE("what changes is told against what was told last", "[sync]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  ward.amend("equipment NORTH", {{"L1", "-1"}, {"L2", "-2"}});
  ward.happens(Kind::moved, "equipment NORTH", "2026-04-01");
  ward.happens(Kind::delivered, "equipment NORTH", "2026-03-30");
  ward.happens(Kind::accepted, "equipment NORTH", "2026-03-31");
  REQUIRE(ward.as_ubl(trade_with(), "equipment NORTH") ==
          "equipment NORTH 2; equipment NORTH 3; equipment NORTH 4; 0 drafts");
  check_schemas(ward);
  CHECK(lines_of(ward.files["equipment NORTH 3"]) == "L1 3 2, L2 2 0");
  CHECK(element(ward.files["equipment NORTH 3"], "SequenceNumberID") == "3");
  CHECK(lines_of(ward.files["equipment NORTH 4"]) == "L1 4 2");
  CHECK(element(ward.files["equipment NORTH 4"], "EndDate") == "2026-04-01");
  // As JSON whatever happened is told.
  OrderExport all;
  all.order = ward.key("equipment NORTH");
  CHECK(ward.exported(all) ==
        "equipment NORTH 2; equipment NORTH 3; equipment NORTH 4; equipment NORTH 5; equipment NORTH 6; 0 drafts");
  CHECK_THAT(ward.files["equipment NORTH 6"], Contains("\"state\": \"accepted\""));
}

TEST_CASE("what was told is told again to the byte, whatever happens later", "[sync]") {
  Ward ward;
  ward.order({{"L1", "2"}, {"L2", "2"}});
  ward.happens(Kind::activated, "equipment NORTH");
  ward.amend("equipment NORTH", {{"L1", "-1"}});
  REQUIRE(ward.as_ubl() == "equipment NORTH 2; equipment NORTH 3; 0 drafts");
  const auto files = ward.files;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH again");
  ward.happens(Kind::cancelled, "equipment NORTH", {}, "flooded");
  REQUIRE_THAT(ward.as_ubl(), Contains("equipment NORTH 4") && Contains("equipment NORTH again 2"));
  check_schemas(ward);
  for (const auto& [name, content] : files) CHECK(ward.files[name] == content);
}

TEST_CASE("an order that is cancelled, or of which nothing is left, is taken back", "[sync]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment SOUTH");
  ward.happens(Kind::activated, "equipment NORTH");
  ward.happens(Kind::cancelled, "service NORTH");  // which waits for it
  ward.happens(Kind::cancelled, "equipment NORTH", {}, "the ward is closed");
  ward.amend("equipment SOUTH", {{"L3", "-1"}});
  REQUIRE(ward.as_ubl() ==
          "equipment SOUTH 2; equipment NORTH 2; equipment NORTH 3; equipment SOUTH 3; 1 draft");
  check_schemas(ward);
  CHECK_THAT(ward.files["equipment NORTH 3"], Contains("<OrderCancellation "));
  CHECK(element(ward.files["equipment NORTH 3"], "CancellationNote") == "the ward is closed");
  CHECK(element(ward.files["equipment SOUTH 3"], "CancellationNote") == "cancelled");
  ward.amend("equipment SOUTH", {{"L3", "1"}});
  CHECK(ward.as_ubl() ==
        "/equipment SOUTH: nothing was left of it, so that it was cancelled; that cannot be taken back");
  CHECK(ward.names.size() == 4);
}

TEST_CASE("parts, terms and contracts are told", "[sync]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment SOUTH");
  ward.happens(Kind::activated, "equipment NORTH");
  ward.happens(Kind::delivered, "equipment NORTH", "2026-03-20");
  ward.happens(Kind::accepted, "equipment NORTH", "2026-03-20");
  ward.happens(Kind::activated, "service NORTH", "2026-03-23");
  ward.happens(Kind::activated, "service");
  for (const char* shape : {"peppol", "ubl"}) {
    REQUIRE_THAT(ward.as_ubl(trade_with(std::string(R"("shape": ")") + shape + '"')), Contains("service NORTH 5"));
    check_schemas(ward);
    CHECK_THAT(ward.files["service NORTH 5"], Contains("<cac:Contract>"));
    CHECK_THAT(ward.files["service NORTH 5"], Contains("<cbc:EndDate>2027-03-22</cbc:EndDate>"));
    CHECK_THAT(ward.files["service 2"], Contains("<cbc:Quantity unitCode=\"HUR\">7.5</cbc:Quantity>"));
    CHECK_THAT(ward.files["service 2"], Contains("<cbc:Name>L6</cbc:Name>"));  // it says nothing of what it is
    const bool ubl = std::string_view(shape) == "ubl";
    CHECK_THAT(ward.files["equipment SOUTH 2"], Contains(ubl ? "<cac:OrderLineReference>" : "related line"));
  }
}

TEST_CASE("an order goes where its value says, and to nobody that is not thought of", "[sync]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  ward.happens(Kind::activated, "equipment SOUTH");
  ward.happens(Kind::activated, "service");
  const std::string north = R"("NORTH": {"place": {"id": "N1", "address": {"city": "Leeds", "country": "GB"}}})";
  const std::string south = R"("SOUTH": {"buyer": {"endpoint": "x@south.example", "endpoint_scheme": "EM",
                                                   "registration_name": "South Ltd"}})";
  const auto split = [&](const std::string& values) {
    return trade_with(R"("split": {"line.site": {)" + values + "}}");
  };
  CHECK(ward.as_ubl(split(north)) ==
        "/equipment SOUTH/split/0: the settings do not say what line.site `SOUTH` stands for");
  CHECK(ward.names == std::vector<std::string>{"equipment NORTH 2", "service 2"});  // an absent value says nothing
  REQUIRE_THAT(ward.as_ubl(split(north + "," + south)), Contains("equipment SOUTH 2"));
  check_schemas(ward);
  CHECK_THAT(ward.files["equipment NORTH 2"], Contains("<cbc:CityName>Leeds") && Contains("Trust"));
  CHECK_THAT(ward.files["equipment SOUTH 2"], Contains("South Ltd") && !Contains("Leeds"));
}

TEST_CASE("all that keeps orders from being told is said, and the others are told", "[sync]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  ward.happens(Kind::activated, "service");
  std::string trade = trade_with();
  trade.erase(trade.find(", \"units\""));
  CHECK(ward.as_ubl(trade + "}") == "/service/items/0/unit: the settings do not say what the unit `hour` is called");
  CHECK(ward.names == std::vector<std::string>{"equipment NORTH 2"});
  OrderExport other;
  other.order = "0123456789abcdef";
  CHECK(ward.exported(other) == ": there is no order `0123456789abcdef`");
  ward.log.erase(ward.log.begin());
  CHECK_THAT(ward.exported({}), Contains("event 2: "));
}

TEST_CASE("drafts are told too if all of them are", "[sync]") {
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  OrderExport options;
  options.drafts = true;
  options.order = ward.key("equipment NORTH");
  CHECK(ward.exported(options) == "equipment NORTH 1; equipment NORTH 2; 0 drafts");
  options.format = OrderFormat::ubl;
  options.trade = *Trade::from_json(trade_with());
  CHECK(ward.exported(options) == "equipment NORTH 1; equipment NORTH 2; 0 drafts");
  check_schemas(ward);
}

namespace {

std::size_t manual(Evaluator& evaluator, const std::vector<Event>& log, const std::string& trade_json,
                   const std::string& quote_json, const World& world) {
  std::size_t kept = 0;
  const auto complain = [&](const Problems& problems) {
    FAIL(in_words(problems));
    return kept;
  };
  const auto write_once = [&](const std::string&, const std::string&) { ++kept; };
  // begin sync.h
  const auto trade = assent::Trade::from_json(trade_json);
  if (!trade) return complain(trade.problems());
  assent::OrderExport options;
  options.format = assent::OrderFormat::ubl;
  options.trade = *trade;
  const auto keep = [&](const assent::OrderFile& file) { write_once(file.name, file.content); };
  const auto done = assent::export_orders(evaluator, "Q-710", log, quote_json, world, options, keep);
  if (!done) return complain(done.problems());
  // end sync.h
  return kept;
}

}  // namespace

TEST_CASE("the example of assent/sync.h", "[sync][manual]") {
  must_stand_in("runtime/include/assent/sync.h", "tests/sync/export_test.cpp", "sync.h");
  Ward ward;
  ward.order();
  ward.happens(Kind::activated, "equipment NORTH");
  const auto events = ward.story().log;
  const std::vector<Event> log(events.begin(), events.end());
  CHECK(manual(*ward.evaluator, log, trade_with(), ward_quote, ward.world) == 1);
}
