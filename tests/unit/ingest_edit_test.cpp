// Tests of edits: paths in the policy's names, values by the rules of reading, money that follows
// its currency.
#include <catch2/catch.hpp>

#include <random>

#include "ingest_plan.h"

using namespace ingest_test;
using Catch::Matchers::Contains;

namespace {

bool is_money(const Value& value, std::int64_t amount, std::string_view unit) {
  return value.kind == Value::Kind::money && value.unit == currency(unit) &&
         value.decimal() == decimal(amount);
}

struct Edited : Desk {
  ingest::QuoteReader desk_reader = reader();

  Edited() { REQUIRE(desk_reader.read(good_quote, rows, problems)); }
  bool edit(std::string_view path, const std::string& json) {
    problems.clear();
    return desk_reader.edit(path, json, rows, problems);
  }
  // The one problem's message, if its code is `code`.
  std::string refused(std::string_view path, const std::string& json, ErrorCode code) {
    INFO(path << " " << json);
    CHECK_FALSE(edit(path, json));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].code == code);
    CHECK(problems[0].where.empty());
    CHECK_THAT(problems[0].message, Contains("the edit of `" + std::string(path).substr(0, 40)));
    return problems[0].message;
  }
};

}  // namespace

TEST_CASE("an edit sets one cell") {
  Edited d;
  REQUIRE(d.edit("lines[0].discount", "20"));
  CHECK(d.at(Desk::discount, 0).decimal() == decimal(20));
  REQUIRE(d.edit("account.region", " \"south\"\n"));
  CHECK(d.at(Desk::region).text() == "south");
  REQUIRE(d.edit("groups[1].lines[0].price", "77"));
  CHECK(is_money(d.at(Desk::group_price, 0), 77, "CHF"));
  REQUIRE(d.edit("lines[0].tags[1]", "\"z\""));
  CHECK(d.at(Desk::tag, 1).text() == "z");
  REQUIRE(d.edit("lines[0].discount", "null"));
  CHECK(d.at(Desk::discount, 0).is_absent());
  REQUIRE(d.edit("term", "24"));
  CHECK(d.at(Desk::term).decimal() == decimal(24));
  REQUIRE(d.edit("term", "null"));
  CHECK(d.at(Desk::term).decimal() == decimal(12));
}

TEST_CASE("texts of edits last until the next read") {
  Edited d;
  REQUIRE(d.edit("name", "\"the first of \\u0061ll names\""));
  for (int i = 0; i < 300; ++i)
    REQUIRE(d.edit("lines[2].sku", "\"SKU-" + std::to_string(i) + "\""));
  REQUIRE(d.edit("word", "\"" + std::string(100'000, 'x') + "\""));
  CHECK(d.at(Desk::name).text() == "the first of all names");
  CHECK(d.at(Desk::sku, 2).text() == "SKU-299");
  CHECK(d.at(Desk::sku, 0).text() == "A");
}

TEST_CASE("money follows its currency") {
  Edited d;
  REQUIRE(d.edit("currency", "\"GBP\""));
  CHECK(d.at(Desk::total).unit == currency("GBP"));
  CHECK(is_money(d.at(Desk::price, 2), 1, "GBP"));
  CHECK(d.at(Desk::floor).unit == currency("USD"));  // the plan's own amount
  CHECK(is_money(d.at(Desk::group_price, 0), 5, "CHF"));
  REQUIRE(d.edit("net_total", "9"));
  CHECK(is_money(d.at(Desk::total), 9, "GBP"));
  REQUIRE(d.edit("groups[1].currency", "\"JPY\""));
  CHECK(is_money(d.at(Desk::group_price, 1), 6, "JPY"));
  CHECK(d.at(Desk::total).unit == currency("GBP"));
  REQUIRE(d.edit("groups[0].currency", "null"));  // no money there
  REQUIRE(d.edit("floor", "3"));
  CHECK(is_money(d.at(Desk::floor), 3, "GBP"));
  REQUIRE(d.edit("floor", "null"));
  CHECK(d.at(Desk::floor).unit == currency("USD"));
  CHECK_THAT(d.refused("currency", "null", ErrorCode::bad_quote),
             Contains("`net_total` has no currency: `currency` is missing"));
  CHECK(is_money(d.at(Desk::total), 9, "GBP"));  // what is refused changes nothing
  CHECK(is_money(d.at(Desk::price, 2), 1, "GBP"));
  REQUIRE(d.edit("net_total", "8"));
  CHECK(is_money(d.at(Desk::total), 8, "GBP"));
}

TEST_CASE("paths that lead nowhere") {
  Edited d;
  const ErrorCode bad = ErrorCode::bad_request;
  for (const char* path : {
           "", ".", "x", "lines", "lines[0]", "lines[0].", "lines[0]discount", "lines.discount",
           "lines[].discount", "lines[-1].discount", "lines[00].discount", "lines[ 0].discount",
           "lines[0.discount", "lines[99999999999].discount", "lines[0][0].discount",
           "[0].discount", "account", "account[0].region", "lines[0].account.region",
           "account.region.", "Account.region", "groups[1].lines.price", "lines[0].tags",
           "lines[0].tags[0].x", "name]", "lines]0[.discount"}) {
    d.refused(path, "1", bad);
  }
  CHECK_THAT(d.refused("lines[3].discount", "1", bad), Contains("`lines` has 3 rows here"));
  CHECK_THAT(d.refused("groups[0].lines[0].price", "1", bad), Contains("has 0 rows here"));
  d.refused(std::string(10'000, 'a'), "1", bad);

  Desk unread;
  ingest::QuoteReader reader = unread.reader();
  CHECK_FALSE(reader.edit("name", "\"x\"", unread.rows, unread.problems));
  CHECK(unread.problems.at(0).code == bad);
  unread.problems.clear();
  REQUIRE(reader.read(good_quote, unread.rows, unread.problems));
  CHECK(reader.edit("lines[2].discount", "1", unread.rows, unread.problems));
  CHECK_FALSE(reader.read(good_quote.substr(0, good_quote.size() / 2), unread.rows, unread.problems));
  unread.problems.clear();
  CHECK_FALSE(reader.edit("lines[2].discount", "1", unread.rows, unread.problems));
  CHECK(unread.problems.at(0).code == bad);
}

TEST_CASE("values that an edit refuses") {
  Edited d;
  const ErrorCode bad = ErrorCode::bad_quote;
  CHECK_THAT(d.refused("name", "null", bad), Contains("`name` is missing"));
  CHECK_THAT(d.refused("lines[0].quantity", "1.5", bad), Contains("a whole number"));
  CHECK_THAT(d.refused("lines[0].discount", "\"20\"", bad), Contains("without quotes"));
  CHECK_THAT(d.refused("account.region", "\"west\"", bad), Contains("`north`, `south`"));
  CHECK_THAT(d.refused("name", "[\"a\"]", bad), Contains("found a list"));
  for (const char* json : {"", " ", "1 2", "nul", "null null", "01", "\"a", "\"a\" \"b\"", "{", "]",
                           ",", "\"\\q\"", "\"a\"b", "[1"}) {
    CHECK_THAT(d.refused("lines[0].discount", json, bad), Contains("not JSON"));
    CHECK_THAT(d.refused("name", json, bad), Contains("not JSON"));
  }
  d.refused("seats", std::string(500, '9'), ErrorCode::limit_exceeded);
  CHECK(d.at(Desk::discount, 0).decimal() == Decimal{125, -1});  // nothing was changed
}

TEST_CASE("random paths and values do no harm") {
  Edited d;
  std::mt19937 random(7);
  const std::string_view parts[] = {"lines", "groups",    "[0]",   "[1]",           "[",
                                    "]",     ".",         "price", "currency",      "discount",
                                    "tags",  "net_total", "[2]",   "account.region"};
  const std::string values[] = {"1", "null", "\"USD\"",   "\"\\u00e9\"",
                                "{", "-0.5", "\"north\"", "[]"};
  for (int round = 0; round < 20'000; ++round) {
    std::string path;
    for (std::size_t i = 0, count = 1 + random() % 6; i < count; ++i) {
      path += parts[random() % std::size(parts)];
    }
    const bool ok = d.edit(path, values[random() % std::size(values)]);
    REQUIRE(ok == d.problems.empty());
    if (!ok && random() % 8 == 0) {
      d.problems.clear();
      REQUIRE(d.desk_reader.read(good_quote, d.rows, d.problems));
    }
  }
}
