// Tests of reading quotes: what each type takes and refuses, where problems are said to be, rows of
// lists, and hostile texts.
#include <catch2/catch.hpp>

#include <string>

#include "ingest_plan.h"

using namespace ingest_test;
using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;

namespace {

struct Outcome {
  Desk desk;
  ingest::QuoteReader reader = desk.reader();  // it owns the texts
  bool ok = false;
  std::string complaints;
};

void run(const std::string& json, Outcome& out) {
  out.ok = out.reader.read(json, out.desk.rows, out.desk.problems);
  out.complaints = out.desk.complaints();
  CHECK(out.ok == out.desk.problems.empty());
}

std::string complaints_of(const std::string& json) {
  Outcome out;
  run(json, out);
  return out.complaints;
}

std::string complaints_of(std::string_view from, std::string_view to) {
  return complaints_of(changed(from, to));
}

// The quote with `"key": value` in it.
std::string with(std::string_view key, std::string_view value) {
  return changed("\"other\"",
                 "\"" + std::string(key) + "\": " + std::string(value) + ", \"other\"");
}

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

bool is_money(const Value& value, std::int64_t coefficient, std::int32_t exponent,
              std::string_view unit) {
  return value.kind == Value::Kind::money && value.unit == currency(unit) &&
         value.decimal() == Decimal{coefficient, exponent};
}

}  // namespace

TEST_CASE("a quote becomes rows") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  for (int round = 0; round < 3; ++round) {  // memory is reused
    REQUIRE(reader.read(good_quote, d.rows, d.problems));
    CHECK(d.at(Desk::name).text() == "Q-1");
    CHECK(is_money(d.at(Desk::total), 125050, -2, "USD"));
    CHECK(d.at(Desk::currency).text() == "USD");
    CHECK(d.at(Desk::region).text() == "north");
    CHECK(d.at(Desk::owner).text() == "ann");
    CHECK(d.at(Desk::start).decimal() == decimal(20780));
    CHECK(d.at(Desk::sent).is_absent());
    CHECK(d.at(Desk::term).decimal() == decimal(12));
    CHECK_FALSE(d.at(Desk::urgent).is_true());
    CHECK(is_money(d.at(Desk::floor), -75, -1, "USD"));
    CHECK(d.at(Desk::word).text() == "nothing said");
    CHECK(d.at(Desk::discount, 0).decimal() == Decimal{125, -1});
    CHECK(d.at(Desk::discount, 1).is_absent());
    CHECK(d.at(Desk::discount, 2).decimal() == decimal(20));
    CHECK(is_money(d.at(Desk::price, 1), -3, 0, "USD"));
    CHECK(d.at(Desk::tag, 1).text() == "y");
    CHECK(is_money(d.at(Desk::group_price, 1), 6, 0, "CHF"));
    using First = std::vector<std::uint32_t>;
    CHECK(d.rows.tables[Desk::quote].count == 1);
    CHECK(d.rows.tables[Desk::lines].first == First{0, 3});
    CHECK(d.rows.tables[Desk::tags].first == First{0, 2, 2, 2});
    CHECK(d.rows.tables[Desk::groups].first == First{0, 2});
    CHECK(d.rows.tables[Desk::group_lines].first == First{0, 0, 2});
    for (std::size_t i = 0; i < d.rows.columns.size(); ++i) {
      CHECK(d.rows.columns[i].size() == d.rows.tables[d.maker.plan.columns[i].table].count);
    }
  }
}

TEST_CASE("the caller's text may be freed, and a byte order mark is no matter") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  {
    const std::string json = "\xef\xbb\xbf" + std::string(good_quote);
    REQUIRE(reader.read(json, d.rows, d.problems));
  }
  CHECK(d.at(Desk::name).text() == "Q-1");
}

TEST_CASE("lists may be missing where the plan says so, and stand in either of two places") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  const char* json =
      R"({"Name":"Q","net/total":1,"Currency~Code":"USD","account":{"region":"south"},
    "groups":null,"lines":null,"Lines__r":{"records":[{"record":{"sku":"A","quantity":1}}]}})";
  REQUIRE(reader.read(json, d.rows, d.problems));
  CHECK(d.rows.tables[Desk::lines].count == 1);
  CHECK(d.rows.tables[Desk::groups].first == std::vector<std::uint32_t>{0, 0});
  CHECK(d.rows.tables[Desk::group_lines].first == std::vector<std::uint32_t>{0});
  CHECK(complaints_of("\"lines\": [\n", "\"Lines__r\": {\"records\": []}, \"lines\": [\n") ==
        "/lines: `lines` is given twice (also at `/Lines__r/records`)\n");
  CHECK(complaints_of("\"currency\": \"EUR\", \"lines\": []", "\"currency\": \"EUR\"") ==
        "/groups/0/lines: `groups.lines` is missing: the policy reads it as a list\n");
  CHECK(complaints_of("\"tags\": []", "\"tags\": {}") ==
        "/lines/1/tags: `lines.tags` is read as a list: expected a list, found an object\n");
  CHECK(complaints_of("[\"x\", \"y\"]", "[\"x\", null]") ==
        "/lines/0/tags/1: `` is missing: the policy reads it as Text\n");
  CHECK(complaints_of("{\"price\": 6}", "null") ==
        "/groups/1/lines/1: an element of `groups.lines` is not an object: found `null`\n");
}

TEST_CASE("a field given twice is refused") {
  CHECK(complaints_of("\"discount\": 20", "\"discount\": 20, \"discount\": 20") ==
        "/lines/2/discount: the key `discount` is given twice in one object\n");
  CHECK(complaints_of("\"discount\": 20", "\"disc\\u006funt\": 20, \"discount\": null") ==
        "/lines/2/discount: the key `discount` is given twice in one object\n");
  CHECK(complaints_of("\"tags\": [\"x\"", "\"discount\": 1, \"tags\": [\"x\"") ==
        "/lines/0/discount: `discount` is given twice (also at `/lines/0/record/discount`)\n");
  CHECK(
      complaints_of("\"tags\": []", "\"discount\": 1, \"tags\": []").empty());  // the other is null
  CHECK(complaints_of("\"id\": 7}", "\"id\": 7}, \"account\": {}") ==
        "/account: the key `account` is given twice in one object\n");
  CHECK(complaints_of("\"id\": 7", "\"id\": 7, \"id\": 8").empty());  // nobody reads it
}

TEST_CASE("two fields may be read from one key") {
  PlanMaker m;
  m.table(plan::none, "", false);
  const std::uint32_t a = m.column(0, "a", Type::decimal);
  const std::uint32_t b = m.column(0, "b", Type::percent);
  m.plan.header.root_shape = m.shape({m.cell("x", a), m.cell("y", a), m.cell("x", b)});
  ingest::QuoteReader reader(m.plan, 1000, 10, 10'000);
  Rows rows;
  Problems problems;
  REQUIRE(reader.read(R"({"x": 3})", rows, problems));
  CHECK(rows.columns[a][0].decimal() == decimal(3));
  CHECK(rows.columns[b][0].decimal() == decimal(3));
}

TEST_CASE("missing fields are said to be missing where they were looked for") {
  CHECK(complaints_of("\"net/total\": 1250.50, ", "") ==
        "/net~1total: `net_total` is missing: the policy reads it as Money\n");
  CHECK(complaints_of("\"net/total\": 1250.50, ", "\"net/total\": null, ") ==
        "/net~1total: `net_total` is missing: the policy reads it as Money\n");
  CHECK(complaints_of("{\"region\": \"north\", \"id\": 7}", "null") ==
        "/account/region: `account.region` is missing: the policy reads it as a choice\n");
  CHECK(complaints_of("{\"region\": \"north\", \"id\": 7}", "[]") ==
        "/account: `account` is read as an object: expected an object, found a list\n");
  CHECK(complaints_of("{\"sku\": \"B\", \"quantity\": 1.0, \"discount\": null, \"price\": -3}",
                      "5") ==
        "/lines/1/record: `record` is read as an object: expected an object, found `5`\n");
  CHECK(complaints_of("\"sku\": \"C\", ", "") ==
        "/lines/2/record/sku: `sku` is missing: the policy reads it as Text\n");
  CHECK(complaints_of("{}") ==
        "/Name: `name` is missing: the policy reads it as Text\n"
        "/net~1total: `net_total` is missing: the policy reads it as Money\n"
        "/account/region: `account.region` is missing: the policy reads it as a choice\n"
        "/lines: `lines` is missing: the policy reads it as a list\n");
}

TEST_CASE("money needs its currency") {
  CHECK(complaints_of("\"Currency~Code\": \"USD\", ", "\"price\": 1, \"floor\": 5, ") ==
        "/net~1total: `net_total` has no currency: `currency` is missing\n"
        "/floor: `floor` has no currency: `currency` is missing\n"
        "/lines/0/record/price: `price` has no currency: `currency` is missing\n"
        "/lines/1/record/price: `price` has no currency: `currency` is missing\n"
        "/lines/2/price: `price` has no currency: `currency` is missing\n");
  CHECK(complaints_of("\"CHF\"", "null") ==
        "/groups/1/lines/0/price: `price` has no currency: `currency` is missing\n"
        "/groups/1/lines/1/price: `price` has no currency: `currency` is missing\n");
  // The bad currency is the problem, not what depends on it.
  CHECK(
      complaints_of("\"USD\"", "\"usd\"") ==
      "/Currency~0Code: `currency` is read as Currency: expected three capital letters in quotes, "
      "found the text `usd`\n");
  Outcome out;
  run(with("floor", "0.10"), out);
  CHECK(is_money(out.desk.at(Desk::floor), 10, -2, "USD"));

  Desk none;
  none.maker.plan.columns[Desk::total].currency = plan::none;
  ingest::QuoteReader reader = none.reader();
  CHECK_FALSE(reader.read(good_quote, none.rows, none.problems));
  CHECK(none.complaints() ==
        "/net~1total: `net_total` has no currency: the policy does not say where it stands\n");
}

TEST_CASE("each type takes what it is, and nothing else") {
  struct Case {
    const char* key;
    const char* json;
    const char* complaint;  // contained in; "" for none
  };
  const Case cases[] = {
      {"seats", "0.10000000000000000000000000000001", ""},
      {"seats", "-0", ""},
      {"seats", "1e400", ""},
      {"seats", "1e7000", "cannot be held exactly"},
      {"seats", "12345678901234567890123456789012345", "cannot be held exactly"},
      {"seats", "\"12\"", "found the text `12`; write the number without quotes"},
      {"seats", "\"a\"", "`seats` is read as Decimal: expected a number, found the text `a`\n"},
      {"seats", "true", "expected a number, found `true`"},
      {"seats", "[1]", "expected a number, found a list"},
      {"seats", "{\"a\": {}}", "expected a number, found an object"},
      {"grace", "3.0", ""},
      {"grace", "1.5", "expected a whole number of business days, found `1.5`"},
      {"grace", "1e30", "`grace` is too large"},
      {"term", "-6", ""},
      {"urgent", "true", ""},
      {"urgent", "1", "expected `true` or `false`, found `1`"},
      {"urgent", "\"true\"", "expected `true` or `false`, found the text `true`"},
      {"word", "\"\"", ""},
      {"word", "\"\\ud83d\\ude00 \\u00e9\\n\\/\"", ""},
      {"word", "\"\\ud83d\"", "half of a surrogate pair"},
      {"word", "\"\\ude00\\ud83d\"", "half of a surrogate pair"},
      {"word", "5", "expected a text, found `5`"},
      {"sent", "\"2026-11-23T09:30:00.250Z\"", ""},
      {"sent", "\"2026-11-23\"", "expected an instant in quotes"},
      {"sent", "1700000000", "expected an instant in quotes"},
  };
  for (const Case& c : cases) {
    INFO(c.key << " " << c.json);
    const std::string complaints = complaints_of(with(c.key, c.json));
    if (*c.complaint == 0) CHECK(complaints.empty());
    else
      CHECK_THAT(complaints, StartsWith("/" + std::string(c.key) + ": ") && Contains(c.complaint));
  }
  CHECK_THAT(complaints_of("\"ann\"", "\"\""),
             StartsWith("/owner: ") && Contains("found the text ``"));
  CHECK_THAT(complaints_of("\"2026-11-23\"", "\"2026-02-29\""), StartsWith("/start: "));
  CHECK_THAT(complaints_of("\"quantity\": 34", "\"quantity\": 34.5"), Contains("a whole number"));
  CHECK(complaints_of("\"north\"", "\"North\"") ==
        "/account/region: `account.region` is read as a choice: expected one of `north`, `south`, "
        "found the text `North`\n");
}

TEST_CASE("values are exact") {
  Outcome out;
  run(with("seats", "0.1234567890123456789012345678901234"), out);
  REQUIRE(out.ok);
  CHECK(text(out.desk.at(Desk::seats).decimal()) == "0.1234567890123456789012345678901234");
  Outcome escaped;
  run(changed("\"Q-1\"", "\"\\u0051\\\"\\ud83d\\ude00\\u20ac\\u00e9\""), escaped);
  REQUIRE(escaped.ok);
  CHECK(escaped.desk.at(Desk::name).text() == "Q\"\xf0\x9f\x98\x80\xe2\x82\xac\xc3\xa9");
  Outcome sent;
  run(with("sent", "\"1970-01-01T00:00:01.005Z\""), sent);
  REQUIRE(sent.ok);
  CHECK(sent.desk.at(Desk::sent).decimal() == decimal(1005));
}

TEST_CASE("limits are said to be limits") {
  Outcome digits;
  run(with("seats", repeat("9", 500)), digits);
  REQUIRE(digits.desk.problems.size() == 1);
  CHECK(digits.desk.problems[0].code == ErrorCode::limit_exceeded);
  CHECK(digits.desk.problems[0].where == "/seats");
  CHECK(complaints_of(with("unread", repeat("9", 500))).empty());
  CHECK_THAT(complaints_of(with("seats", repeat("9", 500) + "x")), Contains("not JSON"));
  CHECK_THAT(complaints_of(with("unread", repeat("9", 500) + ".")), Contains("not JSON"));

  Outcome text;
  run(with("word", "\"" + repeat("ab", 1u << 19) + "c\""), text);
  REQUIRE(text.desk.problems.size() == 1);
  CHECK(text.desk.problems[0].code == ErrorCode::limit_exceeded);
  CHECK(complaints_of(with("word", "\"" + repeat("ab", 1u << 19) + "\"")).empty());

  Desk d;
  ingest::QuoteReader small = d.reader(good_quote.size() - 1);
  CHECK_FALSE(small.read(good_quote, d.rows, d.problems));
  ingest::QuoteReader few = d.reader(good_quote.size(), 8);  // 3 lines, 2 tags, 2 groups, 2 lines
  CHECK_FALSE(few.read(good_quote, d.rows, d.problems));
  REQUIRE(d.problems.size() == 2);
  CHECK(d.problems[0].code == ErrorCode::limit_exceeded);
  CHECK(d.problems[1].code == ErrorCode::limit_exceeded);
  CHECK(d.problems[1].where == "/groups/1/lines/1");
  ingest::QuoteReader enough = d.reader(good_quote.size(), 9);
  CHECK(enough.read(good_quote, d.rows, d.problems));
}

TEST_CASE("all problems at once, in the order of the document, up to their limit") {
  Outcome out;
  run(R"({"lines": [{"record": {"sku": 1, "quantity": "2"}}, {"record": {"sku": "a"}}],
         "Name": false,
         "net/total": [], "account": {"region": 3}})",
      out);
  CHECK_FALSE(out.ok);
  std::string places;
  for (const Problem& problem : out.desk.problems) {
    CHECK(problem.code == ErrorCode::bad_quote);
    places += problem.where + "\n";
  }
  CHECK(places == "/lines/0/record/sku\n/lines/0/record/quantity\n/lines/1/record/quantity\n/Name\n"
                  "/net~1total\n/account/region\n");
  Outcome many;
  run(R"({"lines": [)" + repeat("{},", 300) + "{}]}", many);
  CHECK(many.desk.problems.size() == max_problems);
}
