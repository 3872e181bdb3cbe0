// Settings of whoever sends orders: what is asked for, everything that can be wrong with them at once, and limits.
#include <catch2/catch.hpp>

#include "runtime/sync/trade.h"
#include "tests/sync/ward.h"
#include "tests/unit/manual.h"

using namespace assent;
using namespace assent::sync;
using namespace assent::test;

namespace {

std::string problems_of(const std::string& json) {
  const auto read = read_trade(json);
  return read ? "none" : in_words(read.problems());
}

std::string many(std::size_t count, const std::string& value) {
  std::string all;
  for (std::size_t i = 0; i < count; ++i) all += (i == 0 ? "\"" : ",\"") + std::to_string(i) + "\": " + value;
  return all;
}

}  // namespace

TEST_CASE("settings have their defaults, and say the rest", "[sync][trade]") {
  const auto usual = read_trade(trade_with());
  REQUIRE(usual);
  CHECK(usual->shape == documents::Shape::peppol);
  CHECK(usual->profile == documents::Profile::advanced_ordering);
  CHECK(usual->units.at("").code == "C62");
  CHECK(usual->units.at("").symbol == "u");
  CHECK(usual->units.at("hour").code == "HUR");
  const auto other = read_trade(trade_with(R"("shape": "ubl", "profile": "order only")"));
  REQUIRE(other);
  CHECK(other->shape == documents::Shape::ubl);
  CHECK(other->profile == documents::Profile::order_only);
  std::string empty = trade_with();
  empty.replace(empty.find("\"hour\""), 6, "\"\"");
  CHECK(read_trade(empty)->units.at("").symbol == "h");
}

TEST_CASE("the settings of the manual are settings", "[sync][trade]") {
  std::string manual = read("runtime/sync/README.md");
  int count = 0;
  for (std::size_t at; (at = manual.find("\n```json\n")) != manual.npos; ++count) {
    manual.erase(0, at + 9);
    CHECK(problems_of(manual.substr(0, manual.find("\n```"))) == "none");
  }
  CHECK(count == 2);
}

TEST_CASE("everything that is wrong with settings is told at once", "[sync][trade]") {
  CHECK(problems_of("{}") == ": `seller` is missing\n: `buyer` is missing");
  CHECK(problems_of("[]") == ": the settings: expected an object, found a list");
  CHECK_THAT(problems_of(trade_with(R"("fax": {"kind": "T.30", "lines": [1, {}]})")),
             Catch::Matchers::StartsWith("/fax: unknown key `fax`"));
  CHECK(problems_of(R"({"seller": {"gln": "1"}, "buyer": [], "shape": "cxml", "profile": 3, "units": {"h": {"code": ""},
    "h": {}}, "split": {"line.site": {"a/b": {"place": {"id": 7}, "colour": "red"}}}})") ==
        "/seller/gln: unknown key `gln`: known here are `endpoint`, `endpoint_scheme`, `registration_name`, `address`\n"
        "/buyer: `buyer`: expected an object, found a list\n"
        "/shape: `shape` is one of `peppol`, `ubl`, not `cxml`\n"
        "/profile: `profile`: expected a text, found `3`\n"
        "/units/h/code: `code` is empty\n"
        "/units/h: the key `h` is given twice in one object\n"
        "/split/line.site/a~1b/place/id: `id`: expected a text, found `7`\n"
        "/split/line.site/a~1b/colour: unknown key `colour`: known here are `place`, `buyer`, `customer`");
}

TEST_CASE("settings say which ERP there is, and where its password is", "[sync][trade]") {
  CHECK_FALSE(read_trade(trade_with())->erp);
  const auto with = [](const std::string& more) {
    return trade_with(R"("erp": {"kind": "tryton", "url": "https://erp.example/", "database": "ward", "user": "assent",
                                 "password_env": )" + more + "}");
  };
  const auto read = read_trade(with("\"WARD_ERP\""));
  REQUIRE(read);
  CHECK(read->erp->password_env == "WARD_ERP");
  CHECK(read->erp->timeout_seconds == 60);
  CHECK(read_trade(with(R"("W", "ca_file": "ca.pem", "timeout_seconds": 600)"))->erp->timeout_seconds == 600);
  CHECK(problems_of(with(R"("hunter-2", "timeout_seconds": 601, "password": "hunter-2")")) ==
        "/erp/password_env: `password_env` is the name of an environment variable: letters, digits and `_`\n"
        "/erp/timeout_seconds: `timeout_seconds`: expected a whole number from 1 to 600, found `601`\n"
        "/erp/password: unknown key `password`: known here are `kind`, `url`, `database`, `user`, `password_env`, "
        "`ca_file`, `timeout_seconds`");
  CHECK(problems_of(trade_with(R"("erp": {"kind": "sap"})")) ==
        "/erp: `url` is missing\n/erp: `database` is missing\n/erp: `user` is missing\n"
        "/erp: `password_env` is missing\n/erp/kind: `kind` is one of `tryton`, not `sap`");
  CHECK(problems_of(trade_with(R"("erp": [])")) == "/erp: `erp`: expected an object, found a list");
}

TEST_CASE("what no document may have is refused before there is one", "[sync][trade]") {
  CHECK(problems_of(R"({"seller": {"endpoint": "1 ", "endpoint_scheme": "GLN", "registration_name": "\u0007"},
    "buyer": {"endpoint": "1", "endpoint_scheme": "0088", "registration_name": "B", "address": {"city": "Leeds"}},
    "units": {"h": {"code": "hours"}},
    "split": {"line.site": {"N": {"place": {"id": "1"}, "buyer": {"registration_name": "N"}}}}})") ==
        "/seller/endpoint: the id has a line end or a tab, or begins or ends with a space\n"
        "/seller/endpoint_scheme: `GLN` is not a code of the EAS list\n"
        "/seller/registration_name: the text has a control character, which XML 1.0 cannot hold\n"
        "/seller/address/country: the seller has no country\n"
        "/buyer/address/country: it is empty\n"
        "/units/h/code: `hours` is not a code of UN/ECE recommendation 20\n"
        "/split/line.site/N/place/address/country: the place has an id and no address\n"
        "/split/line.site/N/buyer/endpoint: it is empty\n"
        "/split/line.site/N/buyer/endpoint_scheme: it is empty");
}

TEST_CASE("settings have limits", "[sync][trade]") {
  const auto too_long = [](const std::string& json) {
    const auto read = read_trade(json);
    return !read && read.problems()[0].code == ErrorCode::limit_exceeded ? in_words(read.problems()) : "taken";
  };
  CHECK(too_long(trade_with(R"("split": {"line.site": {)" + many(max_destinations, "{}") + "}}")) == "taken");
  CHECK(too_long(trade_with(R"("split": {"line.site": {)" + many(max_destinations + 1, "{}") + "}}")) ==
        "/split/line.site/10000: more than 10000 values");
  CHECK(too_long(trade_with(R"("split": {)" + many(max_split_by + 1, "{}") + "}")) ==
        "/split/100: more than 100 expressions that are split by");
  const std::string units = trade_with();
  CHECK(too_long(units.substr(0, units.find("\"hour\"")) + many(max_units + 1, "{}") + "}}") ==
        "/units/1000: more than 1000 units");
  CHECK(too_long(trade_with(R"("split": {"x": {"y": {"customer": ")" + std::string(201, 'c') + "\"}}}")) ==
        "/split/x/y/customer: `customer` is longer than 200 bytes");
  CHECK(too_long(trade_with(R"("split": {"x": {"y": {"place": {"receiver": ")" + std::string(4001, 'c') + "\"}}}}")) ==
        "/split/x/y/place/receiver: `receiver` is longer than 4000 bytes");
  CHECK(too_long(std::string(max_trade_bytes + 1, ' ')) ==
        ": the settings has 16777217 bytes, more than the limit of 16777216");
}

TEST_CASE("hostile settings are no settings", "[sync][trade]") {
  const std::string good = trade_with(R"("split": {"line.site": {"N": {"place": {"receiver": "Ward"}}}})");
  REQUIRE(problems_of(good) == "none");
  for (std::size_t end = 0; end < good.size(); ++end) CHECK(problems_of(good.substr(0, end)) != "none");
  for (std::size_t at = 0; at < good.size(); ++at) {
    std::string odd = good;
    odd[at] = '\xff';
    CHECK(problems_of(odd) != "none");
  }
  CHECK(problems_of(std::string(100'000, '[')) != "none");
}
