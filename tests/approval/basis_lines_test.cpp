// What a vote rests on where a rule looks at lines: one by one, by `any` and `every`, or by what they come to.
#include <catch2/catch.hpp>

#include "tests/approval/covering.h"

namespace {

using namespace assent;
using test::changed;
using test::Covering;

const std::string nothing = "kept: nothing that its rules read has changed";

// A quote with lines of these discounts.
std::string lines(const std::vector<int>& discounts, const std::string& more = {}) {
  std::string all;
  for (const int each : discounts) all += (all.empty() ? "" : ", ") + ("{\"discount\": " + std::to_string(each) + "}");
  return "{\"lines\": [" + all + "]" + (more.empty() ? "" : ", " + more) + "}";
}

TEST_CASE("each line that fires must be covered by one that was seen", "[basis]") {
  const std::string clauses = "for each line in quote.lines when line.discount > 15% requires boss";
  const auto went = [&](const std::vector<int>& before, const std::vector<int>& after) {
    return changed(clauses, lines(before), lines(after));
  };
  SECTION("one line") {
    CHECK(went({20}, {20}) == nothing);
    CHECK(went({20}, {25}) == "lost: `r`: line.discount rose from 20% to 25%");
    CHECK(went({20}, {18}) == "kept: line.discount fell from 20% to 18%, which is no worse");
    CHECK(went({20}, {10}) == "nobody is asked");
  }
  SECTION("a second one is asked, even if it is no worse than the first") {
    CHECK(went({20}, {20, 20}) == "lost: `r`: more lines than before");
    CHECK(went({20}, {16, 16}) == "lost: `r`: more lines than before");
    CHECK(went({20, 10}, {20, 16}) == "lost: `r`: more lines than before");
  }
  SECTION("a line that fires no more, or is gone, is harmless") {
    CHECK(went({20, 30}, {20}) == nothing);
    CHECK(went({20, 30}, {30}) == nothing);
    CHECK(went({20, 30}, {20, 10}) == nothing);
    CHECK(went({20, 30}, {25}) == "kept: line.discount fell from 30% to 25%, which is no worse");
    CHECK(went({20, 30}, {31}).substr(0, 5) == "lost:");
  }
  SECTION("a line that does not fire is not read") {
    CHECK(went({20, 5}, {20, 10}) == nothing);
    CHECK(went({20}, {20, 10, 3}) == nothing);
    CHECK(went({20, 5}, {10, 20}) == nothing);
  }
  SECTION("which line it is does not matter, as long as each has one of its own") {
    CHECK(went({20, 30}, {30, 20}) == nothing);
    CHECK(went({20, 30, 40}, {40, 20, 30}) == nothing);
    CHECK(went({20, 30, 40}, {40, 18, 30}) == "kept: line.discount fell from 20% to 18%, which is no worse");
    CHECK(went({20, 30}, {30, 25}) == "lost: `r`: line.discount rose from 20% to 25%");
    CHECK(went({20, 30}, {30, 30}) == "lost: `r`: line.discount rose from 20% to 30%");
    CHECK(went({40, 20}, {16, 35}) == "lost: `r`: line.discount rose from 20% to 35%");
    CHECK(went({20, 40}, {30, 25}) == "lost: `r`: other lines than before");
  }
}

TEST_CASE("what else a rule over lines reads", "[basis]") {
  SECTION("which lines it looks at") {
    const std::string clauses =
        "for each line in quote.lines where line.product is \"a\" when line.discount > 15% requires boss";
    const auto one = [](const std::string& product, int quantity) {
      return R"({"lines": [{"product": ")" + product + R"(", "discount": 20, "quantity": )" + std::to_string(quantity) +
             "}]}";
    };
    CHECK(changed(clauses, one("a", 1), one("a", 99)) == nothing);
    CHECK(changed(clauses, one("a", 1), one("b", 1)) == "nobody is asked");
    const std::string named =
        "for each line in quote.lines where line.product is not \"a\" when line.discount > 15% requires boss";
    CHECK(changed(named, one("b", 1), one("c", 1)) == "lost: `r`: line.product went from b to c");
  }
  SECTION("the quote around the line") {
    const std::string clauses = "for each line in quote.lines when line.discount > quote.discount requires boss";
    CHECK(changed(clauses, lines({20}, "\"discount\": 10"), lines({20}, "\"discount\": 11")) ==
          "kept: quote.discount rose from 10% to 11%, which is no worse");
    CHECK(changed(clauses, lines({20}, "\"discount\": 10"), lines({20}, "\"discount\": 9")) ==
          "lost: `r`: quote.discount fell from 10% to 9%");
  }
  SECTION("on the way to a step, by line") {
    const std::string clauses =
        "for each line in quote.lines when line.discount > 15% requires boss then cfo when line.quantity > 5";
    const auto two = [](int first, int second) {
      return R"({"lines": [{"discount": 20, "quantity": )" + std::to_string(first) +
             R"(}, {"discount": 20, "quantity": )" + std::to_string(second) + "}]}";
    };
    CHECK(changed(clauses, two(1, 9), two(4, 9)) == nothing);
    CHECK(changed(clauses, two(1, 9), two(1, 9), "r/cfo") == nothing);
    CHECK(changed(clauses, two(1, 9), two(1, 8), "r/cfo") == "kept: line.quantity fell from 9 to 8, which is no worse");
    CHECK(changed(clauses, two(1, 9), two(6, 9), "r/cfo") == "lost: `r`: more lines than before");
  }
  SECTION("each band of a ladder") {
    Covering covering(
        test::some_quote + test::somebody + test::or_nobody +
        "ladder l by line.discount { for each line in quote.lines  up to 15%: no approval  up to 30%: boss  "
        "above: boss then cfo }");
    const Basis seen = covering.vote(lines({20, 40}), "l/boss");
    CHECK(covering.then(seen, lines({20, 25}), "l/boss") ==
          "kept: line.discount fell from 40% to 25%, which is no worse");
    CHECK(covering.then(seen, lines({20, 45}), "l/boss") == "lost: `l`: line.discount rose from 40% to 45%");
  }
}

TEST_CASE("of `any`, `every` and `no` each cell that they may read counts", "[basis]") {
  const std::string seen = R"({"lines": [{"discount": 20, "quantity": 1}, {"discount": 5, "quantity": 1}]})";
  const std::string lower = R"({"lines": [{"discount": 18, "quantity": 1}, {"discount": 5, "quantity": 1}]})";
  const std::string more = R"({"lines": [{"discount": 20, "quantity": 7}, {"discount": 5, "quantity": 1}]})";
  const std::string third = R"({"lines": [{"discount": 20}, {"discount": 5}, {"discount": 5}]})";
  const std::string turned = R"({"lines": [{"discount": 5, "quantity": 1}, {"discount": 20, "quantity": 1}]})";
  for (const std::string condition :
       {"any line in quote.lines has line.discount > 15%", "not every line in quote.lines has line.discount < 15%",
        "not no line in quote.lines has line.discount > 15%"}) {
    CAPTURE(condition);
    const std::string clauses = "when " + condition + " requires boss";
    CHECK(changed(clauses, seen, seen) == nothing);
    CHECK(changed(clauses, seen, more) == nothing);
    CHECK(changed(clauses, seen, lower) == "lost: `r`: quote.lines.discount has changed");
    CHECK(changed(clauses, seen, third) == "lost: `r`: quote.lines.discount has changed");
    CHECK(changed(clauses, seen, turned) == "lost: `r`: quote.lines.discount has changed");
  }
  const std::string where =
      "when any line in quote.lines where line.quantity > 0 has line.discount > quote.discount requires boss";
  CHECK(changed(where, seen, more) == "lost: `r`: quote.lines.quantity has changed");
  CHECK(changed(where, seen, R"({"discount": 1, )" + seen.substr(1)) == "lost: `r`: quote.discount has changed");
  CHECK(changed(where, seen, R"({"a": 1, )" + seen.substr(1)) == nothing);
  // A cell that is not there is none that is empty, and stays in its line.
  const std::string note = "when any line in quote.lines has line.note is present requires boss";
  const std::string first = R"({"lines": [{"note": "n"}, {}]})", second = R"({"lines": [{}, {"note": "n"}]})";
  CHECK(changed(note, first, first) == nothing);
  CHECK(changed(note, first, second) == "lost: `r`: quote.lines.note has changed");
  for (const std::string word : {"", "absent"}) {
    CHECK(changed(note, first, R"({"lines": [{"note": "n"}, {"note": ")" + word + "\"}]}") ==
          "lost: `r`: quote.lines.note has changed");
  }
}

TEST_CASE("what lines come to is one value, and has a direction", "[basis]") {
  const auto went = [](const std::string& condition, const std::vector<int>& before, const std::vector<int>& after) {
    return changed("when " + condition + " requires boss", lines(before), lines(after));
  };
  const std::string deepest = "max(line.discount for line in quote.lines) else 0% > 15%";
  CHECK(went(deepest, {20, 10}, {10, 20}) == nothing);
  CHECK(went(deepest, {20}, {20, 19, 18}) == nothing);
  CHECK(went(deepest, {20, 10}, {19, 19}) ==
        "kept: max(line.discount for line in quote.lines) else 0% fell from 20% to 19%, which is no worse");
  CHECK(went(deepest, {20}, {21}) ==
        "lost: `r`: max(line.discount for line in quote.lines) else 0% rose from 20% to 21%");
  CHECK(went("count(line in quote.lines where line.discount > 15%) > 1", {20, 20}, {30, 16, 5}) == nothing);
  CHECK(went("count(line in quote.lines where line.discount > 15%) > 1", {20, 20}, {20, 20, 20}) ==
        "lost: `r`: count(line in quote.lines where line.discount > 15%) rose from 2 to 3");
  CHECK(went("sum(line.discount for line in quote.lines) > 15%", {20, 20}, {25, 15}) == nothing);
  CHECK(went("distinct(line.discount for line in quote.lines) < 3", {20, 20}, {20, 10}) ==
        "kept: distinct(line.discount for line in quote.lines) rose from 1 to 2, which is no worse");
  CHECK(went("min(line.discount for line in quote.lines) else 0% < 15%", {10, 20}, {9, 20}) ==
        "lost: `r`: min(line.discount for line in quote.lines) else 0% fell from 10% to 9%");
}

TEST_CASE("`reapprove` asks of each line", "[basis]") {
  const std::string clauses =
      "for each line in quote.lines when line.discount > 15% requires boss "
      "reapprove when line.discount > approved.line.discount + 2%";
  CHECK(changed(clauses, lines({20, 30}), lines({22, 32})) ==
        "kept: line.discount went from 20% to 22%, line.discount went from 30% to 32%, which `reapprove` allows");
  CHECK(changed(clauses, lines({20, 30}), lines({22, 33})) ==
        "lost: `r`: line.discount > approved.line.discount + 2%, where approved.line.discount is 30%");
  CHECK(changed(clauses, lines({20, 30}), lines({30, 20})) == "kept: nothing that `reapprove` looks at has changed");
  CHECK(changed(clauses, lines({20}), lines({20, 20})) == "lost: `r`: more lines than before");
  CHECK(changed(clauses, lines({20, 30}), lines({30})) == "kept: nothing that `reapprove` looks at has changed");
  const std::string products =
      "for each line in quote.lines when line.discount > 15% requires boss "
      "reapprove on any change of line.product";
  const std::string a = R"({"lines": [{"product": "a", "discount": 20}]})",
                    b = R"({"lines": [{"product": "b", "discount": 20}]})";
  CHECK(changed(products, a, R"({"lines": [{"product": "a", "discount": 99}]})") ==
        "kept: nothing that `reapprove` looks at has changed");
  CHECK(changed(products, a, b) == "lost: `r`: line.product went from a to b");
}

}  // namespace
