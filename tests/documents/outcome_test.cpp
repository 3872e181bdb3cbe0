// Tests of what an answer comes to, line by line.
#include "runtime/documents/outcome.h"

#include <catch2/catch.hpp>

#include "runtime/documents/ubl_read.h"
#include "tests/documents/answers.h"
#include "tests/documents/samples.h"

using namespace assent;
using namespace assent::documents;

namespace {

// An order with a line of each quantity, with the ids given.
OrderDocument order(const std::vector<std::pair<std::string, int>>& lines) {
  OrderDocument result = small_order();
  const OrderLine model = result.lines[0];
  result.lines.clear();
  for (const auto& [id, ordered] : lines) {
    result.lines.push_back(model);
    result.lines.back().id = id;
    result.lines.back().quantity = decimal(ordered);
  }
  return result;
}

// "id: promises, delivered D, later L, missing M", with ! where it is changed; "id: ?" where it is not answered.
std::string told(const LineOutcome& line) {
  std::string out = line.line_id + ":";
  if (!line.is_answered) return out + " ?";
  for (const Promise& each : line.promises) {
    out += " " + text(each.quantity) + (each.when.start ? " on " + text(*each.when.start) : "");
  }
  if (!is_zero(line.delivered)) out += " delivered " + text(line.delivered);
  if (!is_zero(line.later)) out += " later " + text(line.later);
  if (!is_zero(line.missing)) out += " missing " + text(line.missing);
  return out + (line.is_changed ? " !" : "");
}

std::string outcome(const OrderDocument& of, const std::string& bytes) {
  const Result<OrderAnswer> answer = read_answer(bytes);
  REQUIRE(answer);
  const Result<std::vector<LineOutcome>> all = outcomes(of, *answer);
  if (!all) return ::told(all.problems());
  std::string out;
  for (const LineOutcome& line : *all) {
    Decimal sum = line.promised;
    for (const Decimal& part : {line.delivered, line.later, line.missing}) REQUIRE(add(sum, part, sum) == Fault::none);
    if (line.is_answered) REQUIRE(sum == line.ordered);
    out += (out.empty() ? "" : "; ") + told(line);
  }
  return out;
}

std::string backorder(const std::string& number) {
  return "<cbc:MaximumBackorderQuantity>" + number + "</cbc:MaximumBackorderQuantity>";
}

}  // namespace

TEST_CASE("two parts of one line are its whole quantity") {
  CHECK(outcome(order({{"4", 30}}),
                response("CA", response_line("1", "4", "3", quantity("18") + promise("2013-07-15")) +
                                   response_line("2", "4", "1", quantity("12") + promise("2013-08-15")))) ==
        "4: 18 on 2013-07-15 12 on 2013-08-15 !");
}

TEST_CASE("2 now, at most 3 later, 1 not at all") {
  CHECK(outcome(order({{"1", 6}}),
                response("CA", response_line("1", "1", "3", quantity("2") + backorder("3") + promise("2018-07-05")))) ==
        "1: 2 on 2018-07-05 later 3 missing 1 !");
}

TEST_CASE("A accepted, B in two parts, C delivered") {
  CHECK(outcome(order({{"A", 1}, {"B", 3}, {"C", 2}, {"D", 1}}),
                response("CA", response_line("1", "A", "5") +
                                   response_line("2", "B", "3", quantity("2") + promise("2018-07-01")) +
                                   response_line("3", "B", "1", quantity("1") + promise("2018-07-05")) +
                                   response_line("4", "C", "42"))) ==
        "A: 1; B: 2 on 2018-07-01 1 on 2018-07-05 !; C: delivered 2; D: ?");
}

TEST_CASE("an answer to the whole answers each line") {
  const OrderDocument two = order({{"1", 3}, {"2", 5}});
  const std::string buyer = "<cac:BuyerCustomerParty/>";
  CHECK(outcome(two, replaced(response("AP"), buyer, buyer + promise("2026-05-01"))) ==
        "1: 3 on 2026-05-01; 2: 5 on 2026-05-01");
  CHECK(outcome(two, response("RE")) == "1: missing 3 !; 2: missing 5 !");
  CHECK(outcome(two, response("AB")) == "1: ?; 2: ?");
  CHECK(outcome(two, response("AP", response_line("1", "2", "42"))) == "1: 3; 2: delivered 5");
  CHECK(outcome(two, simple_response("true")) == "1: 3; 2: 5");
}

TEST_CASE("rejected lines, too much, and more backorder than is open") {
  const OrderDocument one = order({{"1", 6}});
  CHECK(outcome(one, response("CA", response_line("1", "1", "7"))) == "1: missing 6 !");
  CHECK(outcome(one, response("CA", response_line("1", "1", "3", quantity("7")))) == "1: 7 missing -1 !");
  CHECK(outcome(one, response("CA", response_line("1", "1", "5", quantity("5")))) == "1: 5 missing 1 !");
  CHECK(outcome(one, response("CA", response_line("1", "1", "3", quantity("2") + backorder("9")))) == "1: 2 later 4 !");
}

TEST_CASE("what is accepted otherwise than ordered is a change") {
  OrderDocument one = order({{"1", 6}});
  one.requested = {day("2026-05-01"), day("2026-05-31")};
  const auto accepted = [&](const std::string& more) {
    return outcome(one, response("CA", response_line("1", "1", "5", more)));
  };
  const auto price = [](const std::string& amount, const std::string& currency, const std::string& base) {
    return "<cac:Price><cbc:PriceAmount currencyID=\"" + currency + "\">" + amount + "</cbc:PriceAmount>" +
           "<cbc:BaseQuantity>" + base + "</cbc:BaseQuantity></cac:Price>";
  };
  CHECK(accepted(promise("2026-05-31")) == "1: 6 on 2026-05-31");
  CHECK(accepted(promise("2026-06-01")) == "1: 6 on 2026-06-01 !");
  CHECK(accepted(promise("2026-04-30")) == "1: 6 on 2026-04-30 !");
  CHECK(accepted(replaced(promise("2026-05-31"), "EndDate>2026-05-31", "EndDate>2026-06-01")) ==
        "1: 6 on 2026-05-31 !");
  CHECK(accepted(price("50", "EUR", "3")) == "1: 6");     // the order says 100.00 for 6
  CHECK(accepted(price("33.33", "EUR", "2")) == "1: 6");  // 99.99
  CHECK(accepted(price("50.02", "EUR", "3")) == "1: 6 !");
  CHECK(accepted(price("50", "USD", "3")) == "1: 6 !");
  const std::string substitute =
      "</cac:LineItem><cac:SellerSubstitutedLineItem><cbc:ID>9</cbc:ID><cac:Item/>"
      "</cac:SellerSubstitutedLineItem>";
  const std::string replaced_item = replaced(response_line("1", "1", "5"), "</cac:LineItem>", substitute);
  CHECK(outcome(one, response("CA", replaced_item)) == "1: 6 !");
  one.lines[0].requested.start = day("2026-06-01");  // the line's own period counts
  CHECK(accepted(promise("2026-05-31")) == "1: 6 on 2026-05-31 !");
  const std::string buyer = "<cac:BuyerCustomerParty/>";
  CHECK(outcome(one, replaced(response("AP"), buyer, buyer + promise("2026-05-01"))) == "1: 6 on 2026-05-01 !");
}

TEST_CASE("an answer to something else is refused") {
  OrderDocument of = order({{"1", 6}});
  CHECK(outcome(of, response("CA", response_line("1", "2", "5"))) ==
        "/lines/0/order_line_id: the order has no such line");
  CHECK(outcome(of, response("CA", response_line("1", "1", "5", replaced(quantity("6"), "C62", "MTR")))) ==
        "/lines/0/unit: the quantity is in another unit than was ordered");
  of.id = "O-2";
  CHECK(outcome(of, response("AP")) == "/order_id: the answer is to another order");
}
