// Tests of answers as they are read: what they say, what is refused with its line, and hostile bytes.
#include "runtime/documents/ubl_read.h"

#include <catch2/catch.hpp>
#include <random>

#include "runtime/documents/ubl_write.h"
#include "runtime/documents/xsd_value.h"
#include "tests/documents/answers.h"
#include "tests/documents/samples.h"
#include "tests/documents/schemas.h"

using namespace assent;
using namespace assent::documents;
using Catch::Matchers::Contains;

namespace {

// An answer that is valid against the schema, and is read.
OrderAnswer read(const std::string& bytes) {
  if (has_schemas()) {
    const bool is_simple = bytes.find("<OrderResponseSimple") != std::string::npos;
    CHECK(schema_fault(is_simple ? "OrderResponseSimple" : "OrderResponse", bytes) == "");
  }
  const Result<OrderAnswer> answer = read_answer(bytes);
  INFO(told(answer));
  REQUIRE(answer);
  return *answer;
}

std::string refused(const std::string& bytes) { return told(read_answer(bytes)); }

// "id order-line status quantity+backorder start"
std::string line(const AnswerLine& line) {
  std::string out = line.id + " " + line.order_line_id + " " + std::string(code(line.status));
  if (line.quantity) out += " " + text(*line.quantity);
  if (line.max_backorder) out += "+" + text(*line.max_backorder);
  if (line.promised.start) out += " " + text(*line.promised.start);
  return out;
}

std::string lines(const OrderAnswer& answer) {
  std::string all;
  for (const AnswerLine& each : answer.lines) all += (all.empty() ? "" : ", ") + line(each);
  return all;
}

ErrorCode error(const std::string& bytes) {
  const Result<OrderAnswer> answer = read_answer(bytes);
  REQUIRE_FALSE(answer);
  return answer.problems()[0].code;
}

}  // namespace

TEST_CASE("an answer to an order as a whole") {
  const OrderAnswer answer = read(response("AP"));
  CHECK_FALSE(answer.is_simple);
  CHECK(answer.id == "R-1");
  CHECK(answer.order_id == "O-1");
  CHECK(answer.change_id == "");
  CHECK(answer.revision == 1);
  CHECK(text(answer.issue_date) == "2026-03-05");
  CHECK(answer.issue_time == ClockTime{34'200'000, {}});
  CHECK(answer.code == AnswerCode::accepted);
  CHECK(answer.lines.empty());
  CHECK(read(response("AB")).code == AnswerCode::received);
  CHECK(read(response("RE")).code == AnswerCode::rejected);
  CHECK(read(response("CA", response_line("1", "1", "5"))).code == AnswerCode::conditional);
}

TEST_CASE("a simple answer accepts or rejects") {
  const OrderAnswer accepted = read(simple_response("true"));
  CHECK(accepted.is_simple);
  CHECK(accepted.code == AnswerCode::accepted);
  const OrderAnswer rejected = read(simple_response(
      "0", "<cbc:RejectionNote>too late</cbc:RejectionNote><cbc:RejectionNote>sorry</cbc:RejectionNote>"));
  CHECK(rejected.code == AnswerCode::rejected);
  CHECK(rejected.note == "too late\nsorry");
  CHECK(refused(simple_response("yes")) ==
        "/OrderResponseSimple/AcceptedIndicator: line 5: the indicator `yes` is neither true nor false");
}

TEST_CASE("an answer to a change says to which") {
  const std::string order = "</cac:OrderReference>";
  const auto revision = [&](const std::string& id) {
    const std::string change =
        "<cac:OrderChangeDocumentReference><cbc:ID>" + id + "</cbc:ID></cac:OrderChangeDocumentReference>";
    const OrderAnswer answer = read(replaced(response("AP"), order, order + change));
    CHECK(answer.change_id == id);
    return answer.revision;
  };
  CHECK(revision(change_id("O-1", 2)) == 2);
  CHECK(revision(change_id("O-1", max_revision)) == max_revision);
  CHECK(revision("O-1/02") == 0);
  CHECK(revision("O-1/1") == 0);
  CHECK(revision("O-1/1000001") == 0);
  CHECK(revision("O-1/99999999999999999999") == 0);
  CHECK(revision("O-1/2x") == 0);
  CHECK(revision("O-1/+2") == 0);
  CHECK(revision("O-12") == 0);
  CHECK(revision("O-2/2") == 0);
  CHECK(revision("O-1") == 0);
}

TEST_CASE("one line of the order is answered by two, a part now and a part later") {
  const OrderAnswer answer =
      read(response("CA", response_line("4.1", "4", "3", quantity("18") + promise("2013-07-15")) +
                              response_line("4.2", "4", "1", quantity("12") + promise("2013-08-15"))));
  CHECK(lines(answer) == "4.1 4 3 18 2013-07-15, 4.2 4 1 12 2013-08-15");
}

TEST_CASE("a backorder is what comes later at most") {
  const OrderAnswer answer = read(
      response("CA", response_line("1", "1", "3",
                                   quantity("2") + "<cbc:MaximumBackorderQuantity>3</cbc:MaximumBackorderQuantity>" +
                                       promise("2018-07-05"))));
  CHECK(lines(answer) == "1 1 3 2+3 2018-07-05");
  CHECK(answer.lines[0].unit == "C62");
}

TEST_CASE("each line has a status of its own") {
  const OrderAnswer answer = read(response(
      "CA", response_line("1", "A", "5") + response_line("2", "B", "3", quantity("2") + promise("2018-07-01")) +
                response_line("3", "B", "1", quantity("1") + promise("2018-07-05")) + response_line("4", "C", "42") +
                response_line("5", "D", "7")));
  CHECK(lines(answer) == "1 A 5, 2 B 3 2 2018-07-01, 3 B 1 1 2018-07-05, 4 C 42, 5 D 7");
}

TEST_CASE("a line can have a price, a note and a substitute") {
  const std::string price =
      "<cac:Price><cbc:PriceAmount currencyID=\"EUR\">1.50</cbc:PriceAmount>"
      "<cbc:BaseQuantity unitCode=\"C62\">10</cbc:BaseQuantity></cac:Price>";
  const std::string substitute =
      "</cac:LineItem><cac:SellerSubstitutedLineItem><cbc:ID>9</cbc:ID><cac:Item><cbc:Name>Screen</cbc:Name>"
      "<cac:SellersItemIdentification><cbc:ID>S-1</cbc:ID></cac:SellersItemIdentification>"
      "<cac:StandardItemIdentification><cbc:ID schemeID=\"0160\">740</cbc:ID></cac:StandardItemIdentification>"
      "</cac:Item></cac:SellerSubstitutedLineItem>";
  std::string bytes = response("CA", replaced(response_line("1", "1", "3", price), "</cac:LineItem>", substitute));
  bytes = replaced(bytes, "<cbc:LineStatusCode>", "<cbc:Note> out of stock </cbc:Note><cbc:LineStatusCode>");
  bytes = replaced(bytes, "<cbc:IssueDate>", "<cbc:SalesOrderID>ERP-7</cbc:SalesOrderID><cbc:IssueDate>");
  const OrderAnswer answer = read(bytes);
  CHECK(answer.sales_order_id == "ERP-7");
  const AnswerLine& line = answer.lines.at(0);
  CHECK(line.note == "out of stock");
  CHECK(line.price == Price{euros("1.5"), decimal(10), std::nullopt});
  CHECK(line.substitute == Substitute{"9", "Screen", "S-1", "740"});
  CHECK_FALSE(line.quantity);
}

TEST_CASE("a promise for the whole, texts in pieces, and what is not known") {
  const std::string buyer = "<cac:BuyerCustomerParty/>";
  std::string bytes = replaced(response("AP"), buyer, buyer + promise("2026-05-01"));
  bytes = replaced(bytes, "</cbc:OrderResponseCode>",
                   "</cbc:OrderResponseCode><cbc:Note>a<!-- c -->b<![CDATA[<&]]>&lt;&#x20AC;<?p q?></cbc:Note>");
  const OrderAnswer answer = read(bytes);
  CHECK(answer.note == "ab<&<\xe2\x82\xac");
  CHECK(text(*answer.promised.start) == "2026-05-01");
  CHECK(text(*answer.promised.end) == "2026-05-01");
  // Elements of another namespace mean nothing here, even with the same name.
  CHECK(refused(replaced(response("AP"), "<cbc:OrderResponseCode>",
                         "<x:OrderResponseCode xmlns:x=\"urn:x\">RE</x:OrderResponseCode><cbc:OrderResponseCode>")) ==
        "none");
}

TEST_CASE("what there must be one of is neither missing nor there twice") {
  const std::string whole = response("CA", response_line("1", "1", "5"));
  const auto without = [&](const std::string& element) { return refused(replaced(whole, element, "")); };
  const auto twice = [&](const std::string& element) { return refused(replaced(whole, element, element + element)); };
  CHECK(without("<cbc:ID>R-1</cbc:ID>") == "/OrderResponse: line 2: there is no ID");
  CHECK(twice("<cbc:ID>R-1</cbc:ID>") == "/OrderResponse/ID: line 3: there is more than one ID");
  CHECK(without("<cbc:IssueDate>2026-03-05</cbc:IssueDate>") == "/OrderResponse: line 2: there is no IssueDate");
  CHECK(twice("<cbc:IssueDate>2026-03-05</cbc:IssueDate>") ==
        "/OrderResponse/IssueDate: line 4: there is more than one IssueDate");
  CHECK(without("<cbc:OrderResponseCode>CA</cbc:OrderResponseCode>") ==
        "/OrderResponse: line 2: there is no OrderResponseCode");
  CHECK(twice("<cbc:OrderResponseCode>CA</cbc:OrderResponseCode>") ==
        "/OrderResponse/OrderResponseCode: line 6: there is more than one OrderResponseCode");
  CHECK(without("<cac:OrderReference><cbc:ID>O-1</cbc:ID></cac:OrderReference>") ==
        "/OrderResponse: line 2: there is no OrderReference");
  CHECK(twice("<cac:OrderReference><cbc:ID>O-1</cbc:ID></cac:OrderReference>") ==
        "/OrderResponse/OrderReference: line 7: there is more than one OrderReference");
  CHECK(without("<cbc:LineStatusCode>5</cbc:LineStatusCode>") ==
        "/OrderResponse/OrderLine/LineItem: line 10: there is no LineStatusCode");
  CHECK(without("<cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>") ==
        "/OrderResponse/OrderLine: line 10: there is no OrderLineReference");
  CHECK(twice("<cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>") ==
        "/OrderResponse/OrderLine/OrderLineReference: line 10: there is more than one OrderLineReference");
  CHECK(refused(response("CA", response_line("", "1", "5"))) ==
        "/OrderResponse/OrderLine/LineItem/ID: line 10: it is empty");
  CHECK(refused(response("CA", "<cac:OrderLine/>")) ==
        "/OrderResponse/OrderLine: line 10: there is no OrderLineReference; "
        "/OrderResponse/OrderLine: line 10: there is no LineItem");
  CHECK(refused(response("CA", response_line("1", "1", "3", promise("2026-01-01") + promise("2026-02-01")))) ==
        "/OrderResponse/OrderLine/LineItem/Delivery: line 10: there is more than one Delivery");
}

TEST_CASE("values out of their form are refused with their lines") {
  CHECK(refused(response("OK")) == "/OrderResponse/OrderResponseCode: line 6: the code `OK` is none of AB, AP, RE, CA");
  CHECK(refused(response("CA", response_line("1", "1", "2"))) ==
        "/OrderResponse/OrderLine/LineItem/LineStatusCode: line 10: the code `2` is none of 1, 3, 5, 7, 42");
  CHECK(refused(response("CA", response_line("1", "1", "3", quantity("1e3")))) ==
        "/OrderResponse/OrderLine/LineItem/Quantity: line 10: the number `1e3` is none that is read");
  CHECK(refused(response("CA", response_line("1", "1", "3", quantity("-1")))) ==
        "/OrderResponse/OrderLine/LineItem/Quantity: line 10: the number `-1` is below 0");
  CHECK(refused(response("CA", response_line("1", "1", "3", quantity(std::string(500, '9'))))) ==
        "/OrderResponse/OrderLine/LineItem/Quantity: line 10: the number of 500 bytes is none that is read");
  CHECK(refused(replaced(response("AP"), "2026-03-05", "2026-03-05Z")) ==
        "/OrderResponse/IssueDate: line 4: the date `2026-03-05Z` is not YYYY-MM-DD");
  CHECK(refused(replaced(response("AP"), "2026-03-05", "2026-02-29")) ==
        "/OrderResponse/IssueDate: line 4: the date `2026-02-29` is not YYYY-MM-DD");
  CHECK(refused(replaced(response("AP"), "09:30:00", "9:30")) ==
        "/OrderResponse/IssueTime: line 5: the time `9:30` is not hh:mm:ss");
  const std::string backwards = replaced(promise("2026-05-02"), "EndDate>2026-05-02", "EndDate>2026-05-01");
  CHECK(refused(response("CA", response_line("1", "1", "3", backwards))) ==
        "/OrderResponse/OrderLine/LineItem/Delivery/PromisedDeliveryPeriod: line 10: the period ends before it starts");
  CHECK(refused(response("CA", response_line("1", "1", "3",
                                             "<cac:Price><cbc:PriceAmount>1</cbc:PriceAmount>"
                                             "<cbc:BaseQuantity>0</cbc:BaseQuantity></cac:Price>"))) ==
        "/OrderResponse/OrderLine/LineItem/Price/BaseQuantity: line 10: the base quantity is 0");
  CHECK(refused(response("CA", response_line("1", "1", "5") + response_line("1", "2", "5"))) ==
        "/OrderResponse/OrderLine: line 11: two lines have the id `1`");
}

TEST_CASE("a line may not contradict the whole") {
  CHECK(refused(response("CA")) ==
        "/OrderResponse: line 2: the order is accepted line by line (CA), and there is no line");
  const auto with = [](const std::string& code, const std::string& status) {
    return refused(response(code, response_line("1", "1", status)));
  };
  const std::string where = "/OrderResponse/OrderLine/LineItem/LineStatusCode: line 10: ";
  CHECK(with("AP", "5") == "none");
  CHECK(with("AP", "42") == "none");
  CHECK(with("AP", "7") == where + "the line says `7`, the answer as a whole says AP");
  CHECK(with("RE", "7") == "none");
  CHECK(with("RE", "5") == where + "the line says `5`, the answer as a whole says RE");
  CHECK(with("AB", "5") == where + "the line says `5`, the answer as a whole says AB");
}

TEST_CASE("an acceptance with changed lines is conditional") {
  const auto read_as = [](const std::string& status) {
    return code(read(response("AP", response_line("1", "1", "5") + response_line("2", "2", status))).code);
  };
  CHECK(read_as("5") == "AP");
  CHECK(read_as("42") == "AP");
  CHECK(read_as("3") == "CA");
  CHECK(read_as("1") == "CA");
  const std::string substitute =
      "</cac:LineItem><cac:SellerSubstitutedLineItem><cbc:ID>9</cbc:ID><cac:Item/>"
      "</cac:SellerSubstitutedLineItem>";
  CHECK(code(read(response("AP", replaced(response_line("1", "1", "5"), "</cac:LineItem>", substitute))).code) == "CA");
}

TEST_CASE("a document that is something else is refused") {
  const std::string neither = ": line 2: the document is neither an OrderResponse nor an OrderResponseSimple of UBL 2";
  CHECK(refused(*write_order(small_order(), Shape::peppol, Profile::ordering)) == neither);
  CHECK(refused(replaced(response("AP"), "xsd:OrderResponse-2", "xsd:OrderResponse-3")) == neither);
  CHECK(refused("") == ": the document is empty");
  CHECK_THAT(refused("{\"id\": 1}"), Contains("line 1: the document is not well-formed"));
  CHECK_THAT(refused("<a><b></a>"), Contains("line 1: the document is not well-formed"));
  CHECK_THAT(refused("<a>\n\n<b>&unknown;</b></a>"), Contains("line 3: the document is not well-formed"));
  CHECK_THAT(refused("<x:a/>"), Contains("line 1: the document is not well-formed"));
  CHECK_THAT(refused("<a/><b/>"), Contains("line 1: the document is not well-formed"));
  CHECK_THAT(refused("<a b=\"1\" b=\"2\"/>"), Contains("line 1: the document is not well-formed"));
}

TEST_CASE("a DOCTYPE is refused, whatever is in it") {
  const auto with = [](const std::string& doctype) {
    return refused(replaced(response("AP"), "?>\n", "?>\n" + doctype + "\n"));
  };
  const std::string expected = ": line 2: there is a DOCTYPE, which is not read";
  CHECK(with("<!DOCTYPE OrderResponse>") == expected);
  CHECK(with("<!DOCTYPE OrderResponse SYSTEM \"http://example.com/x.dtd\">") == expected);
  CHECK(with("<!DOCTYPE OrderResponse [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>") == expected);
  CHECK(with("<!DOCTYPE OrderResponse [<!ENTITY % x SYSTEM \"http://example.com/x\"> %x;]>") == expected);
  std::string laughs = "<!DOCTYPE OrderResponse [<!ENTITY a0 \"ha\">";
  for (int i = 1; i < 60; ++i) {
    const std::string last = "&a" + std::to_string(i - 1) + ";";
    laughs += "<!ENTITY a" + std::to_string(i) + " \"" + last + last + "\">";
  }
  CHECK(with(laughs + "]>") == expected);
}

TEST_CASE("only UTF-8 is read") {
  CHECK(read("\xef\xbb\xbf" + response("AP")).code == AnswerCode::accepted);
  CHECK(read(replaced(response("AP"), "UTF-8", "utf-8")).code == AnswerCode::accepted);
  CHECK(read(replaced(response("AP"), " encoding=\"UTF-8\"", "")).code == AnswerCode::accepted);
  CHECK(refused(replaced(response("AP"), "UTF-8", "ISO-8859-1")) == ": the encoding is not UTF-8");
  CHECK(refused("<?xml version='1.0' encoding = 'UTF-16'?><a/>") == ": the encoding is not UTF-8");
  CHECK(refused("\xef\xbb\xbf<?xml version='1.0' encoding='latin1'?><a/>") == ": the encoding is not UTF-8");
  CHECK(refused(replaced(response("AP"), "R-1", "R\xe9")) == ": the document is not UTF-8");
  CHECK(refused(replaced(response("AP"), "R-1", std::string("R\0", 2))) == ": the document is not UTF-8");
  std::string wide = "\xff\xfe";
  for (const char c : response("AP")) wide += {c, '\0'};
  CHECK(refused(wide) == ": the document is not UTF-8");
  CHECK_THAT(refused(replaced(response("AP"), "R-1", "R&#1;")), Contains("line 3: the document is not well-formed"));
}

TEST_CASE("each limit is refused one beyond it, and not at it") {
  const auto nested = [](std::size_t depth) {
    std::string inner;
    for (std::size_t i = 1; i < depth; ++i) inner += "<x>";
    for (std::size_t i = 1; i < depth; ++i) inner += "</x>";
    return replaced(response("AP"), "<cac:SellerSupplierParty/>", inner + "<cac:SellerSupplierParty/>");
  };
  CHECK(refused(nested(max_xml_depth)) == "none");
  CHECK_THAT(refused(nested(max_xml_depth + 1)), Contains("more than 60 elements within each other"));
  CHECK(error(nested(max_xml_depth + 1)) == ErrorCode::limit_exceeded);
  CHECK_THAT(refused(nested(100'000)), Contains("more than 60 elements within each other"));

  const std::size_t used = 9;  // elements of response("AP")
  const auto many = [&](std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i + 1 < count; i += 2) all += "<x y=''/>";
    if (count % 2 == 1) all += "<x/>";
    return replaced(response("AP"), "<cac:SellerSupplierParty/>", all + "<cac:SellerSupplierParty/>");
  };
  CHECK(refused(many(max_xml_elements - used)) == "none");
  CHECK(error(many(max_xml_elements - used + 1)) == ErrorCode::limit_exceeded);

  const auto with_attributes = [](std::size_t count) {
    std::string all = "<x";
    for (std::size_t i = 0; i < count; ++i) all += " a" + std::to_string(i) + "='>\"'";
    const std::string hidden = "<!-- ' --><![CDATA[ \" ]]><?p \"?>";  // no quotes of a tag
    return replaced(response("AP"), "<cac:SellerSupplierParty/>", hidden + all + "/><cac:SellerSupplierParty/>");
  };
  CHECK(refused(with_attributes(max_xml_attributes)) == "none");
  CHECK(refused(with_attributes(max_xml_attributes + 1)) == ": line 8: an element has more than 100 attributes");
  CHECK(error(with_attributes(700'000)) == ErrorCode::limit_exceeded);  // and at once

  std::string large = response("AP");
  large.append(max_xml_bytes - large.size(), '\n');
  CHECK(refused(large) == "none");
  CHECK(error(large + '\n') == ErrorCode::limit_exceeded);

  const auto with_id = [](std::size_t size) { return replaced(response("AP"), "R-1", std::string(size, 'x')); };
  CHECK(refused(with_id(max_id_bytes)) == "none");
  CHECK(error(with_id(max_id_bytes + 1)) == ErrorCode::limit_exceeded);

  const auto with_note = [](std::size_t size) {
    return replaced(
        response("AP"), "</cbc:OrderResponseCode>",
        "</cbc:OrderResponseCode><cbc:Note>x</cbc:Note><cbc:Note>" + std::string(size - 2, 'x') + "</cbc:Note>");
  };
  CHECK(refused(with_note(max_answer_text_bytes)) == "none");
  CHECK(error(with_note(max_answer_text_bytes + 1)) == ErrorCode::limit_exceeded);

  const auto with_lines = [](std::size_t count) {
    std::string all;
    for (std::size_t i = 0; i < count; ++i) all += response_line(std::to_string(i), "1", "5");
    return response("CA", all);
  };
  CHECK(refused(with_lines(max_answer_lines)) == "none");
  CHECK(error(with_lines(max_answer_lines + 1)) == ErrorCode::limit_exceeded);
}

TEST_CASE("no more problems than max_problems are listed") {
  std::string all;
  for (std::size_t i = 0; i < max_problems + 10; ++i) all += response_line(std::to_string(i), "1", "9");
  const Result<OrderAnswer> answer = read_answer(response("CA", all));
  REQUIRE_FALSE(answer);
  CHECK(answer.problems().size() == max_problems);
}

TEST_CASE("a document that ends anywhere before its end is refused") {
  const std::string whole = response("CA", response_line("1", "1", "3", quantity("2") + promise("2026-05-01")));
  const std::size_t end = whole.rfind('>');
  for (std::size_t size = 0; size < end; ++size) {
    INFO(size);
    REQUIRE_FALSE(read_answer(std::string_view(whole).substr(0, size)));
  }
  CHECK(read_answer(std::string_view(whole).substr(0, end + 1)));
}

TEST_CASE("changed bytes are read or refused, and nothing else") {
  const std::string whole = response("CA", response_line("1", "1", "3", quantity("2") + promise("2026-05-01")));
  std::mt19937 random(7);
  std::size_t read_again = 0;
  for (int round = 0; round < 5'000; ++round) {
    std::string bytes = whole;
    for (std::size_t i = 1 + random() % 3; i > 0; --i) bytes[random() % bytes.size()] = static_cast<char>(random());
    const Result<OrderAnswer> answer = read_answer(bytes);
    if (answer) {
      ++read_again;
      REQUIRE(!answer->lines.empty());
    } else {
      REQUIRE(!answer.problems().empty());
      REQUIRE(!answer.problems()[0].message.empty());
    }
  }
  CHECK(read_again > 10);
}

TEST_CASE("numbers, times and truth values as XML Schema writes them") {
  const auto number = [](const char* given) {
    const std::optional<Decimal> value = parse_decimal_text(given);
    return value ? text(*value) : "none";
  };
  CHECK(number("12") == "12");
  CHECK(number(" +012.50\n") == "12.5");
  CHECK(number(".5") == "0.5");
  CHECK(number("5.") == "5");
  CHECK(number("-0.0") == "0");
  CHECK(number("999999999999999.000000000000001") == "999999999999999.000000000000001");
  for (const char* wrong :
       {"", ".", "-", "+-1", "1e3", "1,5", "0x1", "NaN", "INF", "1 2", "1000000000000000", "0.0000000000000001"}) {
    INFO(wrong);
    CHECK(number(wrong) == "none");
  }
  const auto time = [](const char* given) {
    const std::optional<ClockTime> value = parse_time_text(given);
    if (!value) return std::string("none");
    const std::string offset = value->offset_minutes ? " " + std::to_string(*value->offset_minutes) : "";
    return std::to_string(value->milliseconds) + offset;
  };
  CHECK(time("00:00:00") == "0");
  CHECK(time("23:59:59.999Z") == "86399999 0");
  CHECK(time("24:00:00") == "0");
  CHECK(time("09:30:00.5000+01:30") == "34200500 90");
  CHECK(time("09:30:00-14:00") == "34200000 -840");
  for (const char* wrong : {"", "9:30:00", "09:30", "24:00:01", "25:00:00", "09:60:00", "09:30:60", "09:30:00.",
                            "09:30:00.0001", "09:30:00+14:01", "09:30:00+1:00", "09:30:00z", "09:30:00+01:00x"}) {
    INFO(wrong);
    CHECK(time(wrong) == "none");
  }
  CHECK(parse_boolean_text(" true ") == true);
  CHECK(parse_boolean_text("0") == false);
  CHECK_FALSE(parse_boolean_text("TRUE"));
}
