// Tests of texts that are no quotes: damaged, cut, deep, or made to be read in two ways. None is
// accepted, none does harm.
#include <catch2/catch.hpp>

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>

#include "ingest_plan.h"

using namespace ingest_test;
using Catch::Matchers::Contains;

namespace {

std::string repeat(std::string_view text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

std::string with(std::string_view key, std::string_view value) {
  return changed("\"other\"",
                 "\"" + std::string(key) + "\": " + std::string(value) + ", \"other\"");
}

// One problem at the root that says "not JSON"; the text is passed in a buffer of its own size, so
// that a read beyond it is seen.
void check_not_json(ingest::QuoteReader& reader, std::string_view json) {
  INFO(json.substr(0, 500));
  const std::vector<char> exact(json.begin(), json.end());
  Rows rows;
  Problems problems;
  CHECK_FALSE(reader.read({exact.data(), exact.size()}, rows, problems));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].code == ErrorCode::bad_quote);
  CHECK(problems[0].where.empty());
  CHECK_THAT(problems[0].message, Contains("not JSON"));
}

// Texts that end where a page ends behind which nothing may be read.
class Edge {
 public:
  Edge() {
    void* const pages = ::mmap(nullptr, 2 * page_, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    REQUIRE(pages != MAP_FAILED);
    REQUIRE(::mprotect(static_cast<char*>(pages) + page_, page_, PROT_NONE) == 0);
    pages_ = static_cast<char*>(pages);
  }
  ~Edge() { ::munmap(pages_, 2 * page_); }
  Edge(const Edge&) = delete;
  Edge& operator=(const Edge&) = delete;

  std::string_view put(std::string_view text) {
    REQUIRE(text.size() <= page_);
    char* const at = pages_ + page_ - text.size();
    std::copy(text.begin(), text.end(), at);
    return {at, text.size()};
  }

 private:
  const std::size_t page_ = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  char* pages_ = nullptr;
};

}  // namespace

TEST_CASE("no byte after a quote's text is read, and none is kept") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  Edge edge;
  const std::string quote(good_quote);
  Rows rows;
  for (std::size_t size = 0; size <= quote.size(); ++size) {
    Problems problems;
    CHECK(reader.read(edge.put(std::string_view(quote).substr(0, size)), rows, problems) == (size == quote.size()));
  }
  for (const std::string_view end : {"\\", "\\u", "\\u12", "\\u123", "nul", "-", "1.", "1e", "tru"}) {
    for (const std::string_view begin : {"", "{\"a\":", "{\"a\":\"", "[\""}) {
      Problems problems;
      CHECK_FALSE(reader.read(edge.put(std::string(begin) + std::string(end)), rows, problems));
    }
  }
  Problems problems;
  REQUIRE(reader.read(edge.put(quote), rows, problems));
  std::vector<std::string> before, after;
  const auto texts = [&](std::vector<std::string>& all) {
    for (const auto& column : rows.columns) {
      for (const Value& value : column) {
        if (value.kind == Value::Kind::text) all.emplace_back(value.text());
      }
    }
  };
  texts(before);
  edge.put(std::string(quote.size(), 'x'));
  texts(after);
  CHECK(before == after);
  CHECK(before.size() > 3);
}

TEST_CASE("what is not JSON is refused, in parts that nobody reads as well") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  const std::string quote(good_quote);
  const std::string no_json[] = {
      "", " \n", "{", "}", "[", "{]", "[}", "nul", "tru", "\"a", "\"a\\", "{\"a\"", "{\"a\":",
      "{\"a\" 1}", "\xef\xbb\xbf", quote + "x", quote + "{}", quote + ",", quote + "]",
      quote + "\"a\"", "{,}", "{\"a\": 1,}", "{\"a\": 1 \"b\": 2}", "{a: 1}", "{1: 1}",
      "{\"a\": 1, 2}", "{'a': 1}", "/* */ {}", "{\"a\": \"\x01\"}", "{\"a\": \"\n\"}",
      "{\"a\": \"\xff\"}", "{\"a\": \"\xc0\x80\"}", "{\"a\": \"\xed\xa0\x80\"}",
      std::string("{\"a\": 1}\0", 9), std::string("{\"a\0\": 1}", 9), "{\"a\":\x0c 1}",
      "{\"a\"\x1a 1}", "{\"a\":1\x0c\"b\":2}", "{\"a\": 1}\xc2\xa0"};
  for (const std::string& json : no_json) check_not_json(reader, json);
  const std::string no_values[] = {
      "NaN", "nan", "Infinity", "-Infinity", "-", "+1", "01", "-01", "1.", ".5", "1e", "1e+",
      "0x10", "1_000", "1 2", "1,", "nulL", "null1", "nullnull", "True", "truefalse", "tru",
      "undefined", "[1,]", "[,1]", "[1 2]", "[1}", "{\"a\": [}]", "[1]]", "{\"b\":{\"c\":1]}",
      "\"a\" \"b\"", "\"a\"b", "1\"a\"", "\"\\x\"", "\"\\u12g4\"", "\"\\u123\"", "\\\"a\"",
      "\"a\"\\", "'a'", "}", ":", ""};
  for (const std::string& value : no_values) {
    for (const char* key :
         {"seats", "word", "urgent", "unread", "account2", "Lines__r", "groups2"}) {
      check_not_json(reader, with(key, value));
    }
  }
  Problems problems;
  CHECK(reader.read(good_quote, d.rows, problems));  // and the reader is none the worse for it
}

TEST_CASE("the place of a mistake is told") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  CHECK_FALSE(reader.read("{\n \"é\": 1 x}", d.rows, d.problems));
  CHECK(d.complaints() == ": not JSON: expected `,` or `}` at line 2, column 9, found `x`\n");
  d.problems.clear();
  CHECK_FALSE(reader.read("{\"a\": \"\\q\"}", d.rows, d.problems));
  CHECK(d.complaints() == ": not JSON: an unknown escape at line 1, column 8\n");
}

TEST_CASE("roots that are no objects") {
  for (const char* root : {"[]", "[{}]", "1", "\"a\"", "null", "true"}) {
    Desk d;
    ingest::QuoteReader reader = d.reader();
    CHECK_FALSE(reader.read(root, d.rows, d.problems));
    CHECK_THAT(d.complaints(), Contains(": the quote is not a JSON object: found "));
  }
}

TEST_CASE("deep nesting is passed, refused or limited, never followed") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  const auto deep = [](std::size_t depth) {
    return repeat("[", depth / 2) + repeat("{\"a\":", depth / 2) + "1" + repeat("}", depth / 2) +
           repeat("]", depth / 2);
  };
  CHECK(reader.read(with("unread", deep(50'000)), d.rows, d.problems));
  CHECK(reader.read(with("unread", deep(65'536)), d.rows, d.problems));
  CHECK_FALSE(reader.read(with("unread", deep(65'538)), d.rows, d.problems));
  REQUIRE(d.problems.size() == 1);
  CHECK(d.problems[0].code == ErrorCode::limit_exceeded);
  d.problems.clear();
  CHECK_FALSE(reader.read(with("seats", deep(50'000)), d.rows, d.problems));
  CHECK(d.complaints() == "/seats: `seats` is read as Decimal: expected a number, found a list\n");
  d.problems.clear();
  CHECK_FALSE(reader.read(repeat("[", 100'000), d.rows, d.problems));
  CHECK_FALSE(reader.read(repeat("{\"account\":", 100'000), d.rows, d.problems));
  check_not_json(reader, with("unread", repeat("[", 129) + repeat("]", 128) + "}"));
  check_not_json(reader, with("unread", repeat("[{\"a\":", 65) + "1" + repeat("]}", 65)));

  // A shape that holds itself does not pass verify; the reader has a limit all the same.
  PlanMaker m;
  m.table(plan::none, "", false);
  m.plan.header.root_shape = m.shape({m.object("a", 0)});
  ingest::QuoteReader endless(m.plan, 1u << 26, 10, 1u << 30);
  Problems problems;
  CHECK(endless.read(repeat("{\"a\":", 200) + "1" + repeat("}", 200), d.rows, problems) == false);
  CHECK(problems.at(0).code == ErrorCode::bad_quote);
  problems.clear();
  CHECK_FALSE(
      endless.read(repeat("{\"a\":", 50'000) + "1" + repeat("}", 50'000), d.rows, problems));
  CHECK(problems.at(0).code == ErrorCode::limit_exceeded);
}

TEST_CASE("keys are compared as what they mean") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  REQUIRE(reader.read(changed("\"Name\"", "\"N\\u0061me\""), d.rows, d.problems));
  CHECK(d.at(Desk::name).text() == "Q-1");
  REQUIRE(reader.read(changed("\"net/total\"", "\"net\\/total\""), d.rows, d.problems));
  for (const char* key : {"Nam", "Name ", "name", "N\\u0000ame", "Name\\u0000", "\\ud83d", ""}) {
    CHECK_FALSE(
        reader.read(changed("\"Name\"", "\"" + std::string(key) + "\""), d.rows, d.problems));
    CHECK(d.complaints() == "/Name: `name` is missing: the policy reads it as Text\n");
    d.problems.clear();
  }
}

TEST_CASE("a quote of many keys, where lengths and ends are alike") {
  PlanMaker m;
  m.table(plan::none, "", false);
  std::vector<Key> keys;
  std::string json = "{";
  for (int i = 0; i < 500; ++i) {
    const std::string name = "SBQQ__Field" + std::to_string(1000 + i) + "__c";
    if (i % 2 == 0) keys.push_back(m.cell(name, m.column(0, name, Type::integer)));
    json += (i ? ",\"" : "\"") + name + "\" : " + std::to_string(i);
  }
  m.plan.header.root_shape = m.shape(keys);
  ingest::QuoteReader reader(m.plan, 1u << 20, 10, 1u << 30);
  Rows rows;
  Problems problems;
  REQUIRE(reader.read(json + "}", rows, problems));
  for (int i = 0; i < 250; ++i) {
    CHECK(rows.columns[static_cast<std::size_t>(i)][0].decimal() == decimal(2 * i));
  }
}

TEST_CASE("a quote cut anywhere is not a quote") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  for (std::size_t length = 0; length < good_quote.size(); ++length) {
    check_not_json(reader, good_quote.substr(0, length));
  }
}

TEST_CASE("bytes changed at random do no harm, and what is JSON is not judged by us alone") {
  Desk d;
  ingest::QuoteReader reader = d.reader();
  std::mt19937 random(20261123);
  constexpr std::string_view spice = "{}[]:,\"\\ \n0123456789.-+eEntfu/~\x01\x0c\x1a\xc3\xff";
  std::size_t accepted = 0;
  for (int round = 0; round < 20'000; ++round) {
    std::string json(good_quote);
    const int changes = 1 + static_cast<int>(random() % 4);
    for (int i = 0; i < changes; ++i) {
      char& byte = json[random() % json.size()];
      if (random() % 2 == 0) byte = spice[random() % spice.size()];
      else byte = static_cast<char>(byte ^ static_cast<char>(1u << random() % 8));
    }
    const std::vector<char> exact(json.begin(), json.end());
    Problems problems, again;
    const bool ok = reader.read({exact.data(), exact.size()}, d.rows, problems);
    REQUIRE(ok == problems.empty());
    REQUIRE(problems.size() <= max_problems);
    accepted += ok ? 1 : 0;
    const bool malformed = !ok && problems[0].message.starts_with("not JSON");
    INFO(json);
    REQUIRE(malformed != nlohmann::json::accept(json));
    if (ok) {
      for (const std::vector<Value>& column : d.rows.columns) {
        REQUIRE(std::none_of(column.begin(), column.end(),
                             [](const Value& v) { return v.is_fault(); }));
      }
    }
    REQUIRE(reader.read(json, d.rows, again) == ok);
    REQUIRE(again.size() == problems.size());
  }
  CHECK(accepted > 100);  // changes in texts and digits
}
