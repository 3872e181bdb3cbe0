// Tests of documents as they are written: their bytes, what is refused, and their schemas.
#include "runtime/documents/ubl_write.h"

#include <catch2/catch.hpp>

#include "runtime/documents/xml_writer.h"
#include "tests/documents/samples.h"
#include "tests/documents/schemas.h"

using namespace assent;
using namespace assent::documents;
using Catch::Matchers::Contains;

namespace {

// The bytes, which are checked to be valid too.
std::string valid(const std::string& type, const Result<std::string>& document) {
  INFO(told(document));
  REQUIRE(document);
  if (has_schemas()) CHECK(schema_fault(type, *document) == "");
  return *document;
}

std::string written(const OrderDocument& order, Shape shape = Shape::peppol) {
  return valid("Order", write_order(order, shape, Profile::ordering));
}

// From the first `begin` to the end of the first `end` after it, with the white space between elements taken out.
std::string part(const std::string& bytes, const std::string& begin, const std::string& end) {
  const std::size_t from = bytes.find(begin);
  if (from == std::string::npos) return "there is none";
  const std::string found = bytes.substr(from, bytes.find(end, from) + end.size() - from);
  std::string out;
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == '\n') {
      i = found.find_first_not_of(' ', i + 1) - 1;
    } else {
      out += found[i];
    }
  }
  return out;
}

// "id status quantity" of each line of a change.
std::string lines_of(const std::string& change) {
  std::string all;
  const std::string begin_item = "<cac:LineItem>";
  for (std::size_t at = change.find(begin_item); at != std::string::npos; at = change.find(begin_item, at + 1)) {
    const std::string item = part(change.substr(at), begin_item, "</cbc:Quantity>");
    const auto value = [&](const std::string& name) {
      const std::size_t begin = item.find('>', item.find("<cbc:" + name)) + 1;
      return item.substr(begin, item.find('<', begin) - begin);
    };
    all += (all.empty() ? "" : ", ") + value("ID") + " " + value("LineStatusCode") + " " + value("Quantity");
  }
  return all;
}

constexpr const char* small_parties = R"(  <cac:BuyerCustomerParty>
    <cac:Party>
      <cbc:EndpointID schemeID="0088">7300010000001</cbc:EndpointID>
      <cac:PartyLegalEntity>
        <cbc:RegistrationName>Buyer Ltd</cbc:RegistrationName>
      </cac:PartyLegalEntity>
    </cac:Party>
  </cac:BuyerCustomerParty>
  <cac:SellerSupplierParty>
    <cac:Party>
      <cbc:EndpointID schemeID="0088">7300010000018</cbc:EndpointID>
      <cac:PostalAddress>
        <cac:Country>
          <cbc:IdentificationCode>SE</cbc:IdentificationCode>
        </cac:Country>
      </cac:PostalAddress>
      <cac:PartyLegalEntity>
        <cbc:RegistrationName>Seller Ltd</cbc:RegistrationName>
      </cac:PartyLegalEntity>
    </cac:Party>
  </cac:SellerSupplierParty>
)";

// The start tag of a document.
std::string root(const std::string& type) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>)"
         "\n<" +
         type + R"( xmlns="urn:oasis:names:specification:ubl:schema:xsd:)" + type +
         R"(-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2")"
         R"( xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">)"
         "\n";
}

constexpr const char* small_totals = R"(  <cac:AnticipatedMonetaryTotal>
    <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
    <cbc:TaxExclusiveAmount currencyID="EUR">100.00</cbc:TaxExclusiveAmount>
    <cbc:PayableAmount currencyID="EUR">100.00</cbc:PayableAmount>
  </cac:AnticipatedMonetaryTotal>
)";

}  // namespace

TEST_CASE("the smallest order, byte for byte") {
  CHECK(written(small_order()) ==
        root("Order") + R"(  <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order:3</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:ordering:3</cbc:ProfileID>
  <cbc:ID>O-1</cbc:ID>
  <cbc:IssueDate>2026-03-02</cbc:IssueDate>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
)" + small_parties +
            small_totals + R"(  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>1</cbc:ID>
      <cbc:Quantity unitCode="C62">3</cbc:Quantity>
      <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
      <cac:Price>
        <cbc:PriceAmount currencyID="EUR">100.00</cbc:PriceAmount>
        <cbc:BaseQuantity unitCode="C62">3</cbc:BaseQuantity>
      </cac:Price>
      <cac:Item>
        <cbc:Name>Monitor</cbc:Name>
      </cac:Item>
    </cac:LineItem>
  </cac:OrderLine>
</Order>
)");
}

TEST_CASE("the same order gives the same bytes") { CHECK(written(full_order()) == written(full_order())); }

TEST_CASE("the parts of a full order") {
  const std::string bytes = written(full_order());
  CHECK(part(bytes, "<cac:Delivery>", "</cac:Delivery>") ==
        R"(<cac:Delivery><cac:DeliveryLocation><cbc:ID schemeID="0088">7300010000025</cbc:ID><cac:Address>)"
        "<cbc:StreetName>Dock 4</cbc:StreetName><cbc:CityName>Bergen</cbc:CityName>"
        "<cbc:PostalZone>5005</cbc:PostalZone><cac:Country><cbc:IdentificationCode>NO</cbc:IdentificationCode>"
        "</cac:Country></cac:Address></cac:DeliveryLocation><cac:RequestedDeliveryPeriod>"
        "<cbc:StartDate>2026-04-01</cbc:StartDate><cbc:EndDate>2026-04-30</cbc:EndDate>"
        "</cac:RequestedDeliveryPeriod><cac:DeliveryParty><cac:PartyName><cbc:Name>Warehouse</cbc:Name>"
        "</cac:PartyName></cac:DeliveryParty></cac:Delivery>");
  CHECK(part(bytes, "<cac:AllowanceCharge>", "</cac:AllowanceCharge>") ==
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        "<cbc:AllowanceChargeReasonCode>95</cbc:AllowanceChargeReasonCode>"
        "<cbc:AllowanceChargeReason>Discount</cbc:AllowanceChargeReason>"
        "<cbc:MultiplierFactorNumeric>10</cbc:MultiplierFactorNumeric>"
        R"(<cbc:Amount currencyID="EUR">15.00</cbc:Amount><cbc:BaseAmount currencyID="EUR">150.00</cbc:BaseAmount>)"
        "</cac:AllowanceCharge>");
  CHECK(part(bytes, "<cac:TaxTotal>", "</cac:AnticipatedMonetaryTotal>") ==
        R"(<cac:TaxTotal><cbc:TaxAmount currencyID="EUR">38.75</cbc:TaxAmount></cac:TaxTotal>)"
        R"(<cac:AnticipatedMonetaryTotal><cbc:LineExtensionAmount currencyID="EUR">150.00</cbc:LineExtensionAmount>)"
        R"(<cbc:TaxExclusiveAmount currencyID="EUR">155.00</cbc:TaxExclusiveAmount>)"
        R"(<cbc:TaxInclusiveAmount currencyID="EUR">193.75</cbc:TaxInclusiveAmount>)"
        R"(<cbc:AllowanceTotalAmount currencyID="EUR">15.00</cbc:AllowanceTotalAmount>)"
        R"(<cbc:ChargeTotalAmount currencyID="EUR">20.00</cbc:ChargeTotalAmount>)"
        R"(<cbc:PrepaidAmount currencyID="EUR">50.00</cbc:PrepaidAmount>)"
        R"(<cbc:PayableRoundingAmount currencyID="EUR">0.25</cbc:PayableRoundingAmount>)"
        R"(<cbc:PayableAmount currencyID="EUR">144.00</cbc:PayableAmount></cac:AnticipatedMonetaryTotal>)");
  CHECK(part(bytes, "<cac:OrderLine>", "</cac:OrderLine>") ==
        R"(<cac:OrderLine><cbc:Note>Black</cbc:Note><cac:LineItem><cbc:ID>1</cbc:ID>)"
        R"(<cbc:Quantity unitCode="C62">3</cbc:Quantity>)"
        R"(<cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>)"
        "<cac:Delivery><cac:RequestedDeliveryPeriod><cbc:StartDate>2026-04-10</cbc:StartDate>"
        "</cac:RequestedDeliveryPeriod></cac:Delivery>"
        "<cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>"
        "<cbc:AllowanceChargeReason>Old stock</cbc:AllowanceChargeReason>"
        R"(<cbc:Amount currencyID="EUR">20.00</cbc:Amount></cac:AllowanceCharge>)"
        R"(<cac:Price><cbc:PriceAmount currencyID="EUR">40.00</cbc:PriceAmount>)"
        R"(<cbc:BaseQuantity unitCode="C62">1</cbc:BaseQuantity><cac:AllowanceCharge>)"
        R"(<cbc:ChargeIndicator>false</cbc:ChargeIndicator><cbc:Amount currencyID="EUR">10.00</cbc:Amount>)"
        R"(<cbc:BaseAmount currencyID="EUR">50.00</cbc:BaseAmount></cac:AllowanceCharge></cac:Price>)"
        "<cac:Item><cbc:Description>27 inches</cbc:Description><cbc:Name>Monitor</cbc:Name>"
        "<cac:SellersItemIdentification><cbc:ID>M-27</cbc:ID></cac:SellersItemIdentification>"
        "<cac:AdditionalItemProperty><cbc:Name>quotation line</cbc:Name><cbc:Value>QL-1</cbc:Value>"
        "</cac:AdditionalItemProperty></cac:Item></cac:LineItem></cac:OrderLine>");
}

TEST_CASE("references are in T01's elements or in UBL's own") {
  const std::string peppol = written(full_order(), Shape::peppol);
  CHECK(part(peppol, "<cac:QuotationDocumentReference>", "<cac:BuyerCustomerParty>") ==
        "<cac:QuotationDocumentReference><cbc:ID>Q-17</cbc:ID></cac:QuotationDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>O-2</cbc:ID><cbc:DocumentType>sibling order</cbc:DocumentType>"
        "</cac:AdditionalDocumentReference>"
        "<cac:AdditionalDocumentReference><cbc:ID>O-3</cbc:ID><cbc:DocumentType>sibling order</cbc:DocumentType>"
        "</cac:AdditionalDocumentReference>"
        "<cac:Contract><cbc:ID>C-5</cbc:ID></cac:Contract><cac:BuyerCustomerParty>");
  CHECK(part(peppol, "<cbc:Value>QL-2", "</cac:OrderLine>") ==
        "<cbc:Value>QL-2</cbc:Value></cac:AdditionalItemProperty>"
        "<cac:AdditionalItemProperty><cbc:Name>related line</cbc:Name><cbc:Value>1</cbc:Value>"
        "</cac:AdditionalItemProperty>"
        "<cac:AdditionalItemProperty><cbc:Name>related line of O-2</cbc:Name><cbc:Value>7</cbc:Value>"
        "</cac:AdditionalItemProperty></cac:Item></cac:LineItem></cac:OrderLine>");
  const std::string ubl = written(full_order(), Shape::ubl);
  CHECK(part(ubl, "<cac:OrderDocumentReference>", "<cac:Contract>") ==
        "<cac:OrderDocumentReference><cbc:ID>O-2</cbc:ID></cac:OrderDocumentReference>"
        "<cac:OrderDocumentReference><cbc:ID>O-3</cbc:ID></cac:OrderDocumentReference><cac:Contract>");
  CHECK(part(ubl, "<cac:QuotationLineReference><cbc:LineID>QL-2", "</cac:OrderLine>") == "there is none");
  CHECK_THAT(part(ubl, "<cbc:LineID>QL-2", "</cac:OrderLine>"),
             Contains("<cac:OrderLineReference><cbc:LineID>1</cbc:LineID></cac:OrderLineReference>"
                      "<cac:OrderLineReference><cbc:LineID>7</cbc:LineID><cac:OrderReference><cbc:ID>O-2</cbc:ID>"
                      "</cac:OrderReference></cac:OrderLineReference></cac:OrderLine>"));
  CHECK_THAT(ubl, !Contains("AdditionalItemProperty"));
}

TEST_CASE("each profile has its id") {
  const auto id = [](Profile profile) {
    const std::string bytes = valid("Order", write_order(small_order(), Shape::peppol, profile));
    return part(bytes, "<cbc:ProfileID>", "</cbc:ProfileID>");
  };
  CHECK(id(Profile::order_only) == "<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:order_only:3</cbc:ProfileID>");
  CHECK(id(Profile::ordering) == "<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:ordering:3</cbc:ProfileID>");
  CHECK(id(Profile::advanced_ordering) ==
        "<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3</cbc:ProfileID>");
}

TEST_CASE("texts are escaped, and blank ones are not written") {
  OrderDocument order = small_order();
  order.note = "a < b && \"c\"\r\nd \xc3\xa9 \xf0\x9f\x93\xa6";
  order.lines[0].note = " \n";
  const std::string bytes = written(order);
  CHECK_THAT(bytes, Contains("<cbc:Note>a &lt; b &amp;&amp; \"c\"&#13;\nd \xc3\xa9 \xf0\x9f\x93\xa6</cbc:Note>"));
  CHECK(bytes.find("<cbc:Note>") == bytes.rfind("<cbc:Note>"));
  order.buyer.endpoint = "a\"b<c";
  CHECK_THAT(written(order), Contains("<cbc:EndpointID schemeID=\"0088\">a\"b&lt;c</cbc:EndpointID>"));
}

TEST_CASE("numbers are written in full") {
  OrderDocument order = small_order();
  order.lines[0].quantity = number("0.000000000000001");
  order.lines[0].amount = euros("999999999999999.9");
  order.lines[0].price = Price{euros("999999999999999900000000000000"), decimal(1), std::nullopt};
  CHECK(told(write_order(order, Shape::peppol, Profile::ordering)) ==
        "/lines/0/price/amount: assent-limit: the number has more than 15 digits before the point");
  order.lines[0].price.reset();
  const std::string bytes = written(order);
  CHECK_THAT(bytes, Contains("<cbc:Quantity unitCode=\"C62\">0.000000000000001</cbc:Quantity>"));
  CHECK_THAT(bytes, Contains("<cbc:PriceAmount currencyID=\"EUR\">999999999999999.90</cbc:PriceAmount>"));
}

TEST_CASE("a document that breaks a rule is not written") {
  OrderDocument order = small_order();
  order.lines[0].item_name = "bell \a";
  order.lines[0].unit = "";
  CHECK(told(write_order(order, Shape::peppol, Profile::ordering)) ==
        "/lines/0/unit: assent-mandatory: it is empty; /lines/0/item_name: assent-text: the text has a control "
        "character, which XML 1.0 cannot hold");
  CHECK_THAT(told(write_change(order, small_order(), Shape::peppol)), Contains("/before/lines/0/unit: "));
  CHECK_THAT(told(write_change(small_order(), order, Shape::peppol)), Contains("/after/lines/0/unit: "));
  CHECK_THAT(told(write_cancellation(order, day("2026-03-02"), "stopped")), Contains("/lines/0/unit: "));
}

TEST_CASE("a later revision is no order") {
  OrderDocument order = small_order();
  order.revision = 2;
  CHECK(told(write_order(order, Shape::peppol, Profile::ordering)) ==
        "/revision: an order is sent once; a later revision is a change of it");
}

TEST_CASE("a document that is too large is refused") {
  OrderDocument order = small_order();
  order.lines[0].note.assign(max_text_bytes, '&');  // five bytes each
  order.lines[0].item_description = order.lines[0].note;
  order.lines.resize(3'000, order.lines[0]);
  for (std::size_t i = 0; i < order.lines.size(); ++i) order.lines[i].id = std::to_string(i);
  const Result<std::string> bytes = write_order(order, Shape::peppol, Profile::ordering);
  REQUIRE_FALSE(bytes);
  CHECK(bytes.problems()[0].code == ErrorCode::limit_exceeded);
}

TEST_CASE("a change says of each line what has become of it") {
  OrderDocument before = small_order();
  before.lines.resize(4, before.lines[0]);
  for (std::size_t i = 0; i < 4; ++i) before.lines[i].id = std::to_string(i + 1);
  OrderDocument after = before;
  after.revision = 2;
  after.issue_date = day("2026-03-09");
  after.lines[0].quantity = number("3.0");             // equal
  after.lines[1].requested.start = day("2026-05-01");  // changed
  after.lines[3].id = "5";                             // 4 is gone, 5 is new
  std::swap(after.lines[2], after.lines[0]);
  const std::string bytes = valid("OrderChange", write_change(before, after, Shape::peppol));
  CHECK(lines_of(bytes) == "3 4 3, 2 3 3, 1 4 3, 5 1 3, 4 2 0");
  CHECK(part(bytes, "<cbc:CustomizationID>", "</cac:OrderReference>") ==
        "<cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order_change:3</cbc:CustomizationID>"
        "<cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3</cbc:ProfileID>"
        "<cbc:ID>O-1/2</cbc:ID><cbc:IssueDate>2026-03-09</cbc:IssueDate><cbc:SequenceNumberID>2</cbc:SequenceNumberID>"
        "<cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>"
        "<cac:OrderReference><cbc:ID>O-1</cbc:ID></cac:OrderReference>");
  CHECK_THAT(bytes, Contains("<cbc:LineExtensionAmount currencyID=\"EUR\">400.00</cbc:LineExtensionAmount>"));
}

TEST_CASE("the smallest change, byte for byte") {
  OrderDocument after = small_order();
  after.revision = 7;
  after.lines[0].id = "2";
  CHECK(valid("OrderChange", write_change(small_order(), after, Shape::peppol)) ==
        root("OrderChange") +
            R"(  <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order_change:3</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3</cbc:ProfileID>
  <cbc:ID>O-1/7</cbc:ID>
  <cbc:IssueDate>2026-03-02</cbc:IssueDate>
  <cbc:SequenceNumberID>7</cbc:SequenceNumberID>
  <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
  <cac:OrderReference>
    <cbc:ID>O-1</cbc:ID>
  </cac:OrderReference>
)" + small_parties +
            small_totals +
            R"(  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>2</cbc:ID>
      <cbc:LineStatusCode>1</cbc:LineStatusCode>
      <cbc:Quantity unitCode="C62">3</cbc:Quantity>
      <cbc:LineExtensionAmount currencyID="EUR">100.00</cbc:LineExtensionAmount>
      <cac:Price>
        <cbc:PriceAmount currencyID="EUR">100.00</cbc:PriceAmount>
        <cbc:BaseQuantity unitCode="C62">3</cbc:BaseQuantity>
      </cac:Price>
      <cac:Item>
        <cbc:Name>Monitor</cbc:Name>
      </cac:Item>
    </cac:LineItem>
  </cac:OrderLine>
  <cac:OrderLine>
    <cac:LineItem>
      <cbc:ID>1</cbc:ID>
      <cbc:LineStatusCode>2</cbc:LineStatusCode>
      <cbc:Quantity unitCode="C62">0</cbc:Quantity>
      <cbc:LineExtensionAmount currencyID="EUR">0.00</cbc:LineExtensionAmount>
      <cac:Item>
        <cbc:Name>Monitor</cbc:Name>
      </cac:Item>
    </cac:LineItem>
  </cac:OrderLine>
</OrderChange>
)");
}

TEST_CASE("a change is of one order, in one currency, to a later revision") {
  const OrderDocument before = small_order();
  OrderDocument after = small_order();
  CHECK(told(write_change(before, after, Shape::peppol)) == "/after/revision: the revision is 1, after 1");
  after.revision = 2;
  after.id = "O-2";
  CHECK(told(write_change(before, after, Shape::peppol)) ==
        "/after/id: a change is of the same order, and the id is another one");
  after = small_order();
  after.revision = 2;
  after.currency = after.lines[0].amount.currency = "USD";
  CHECK(told(write_change(before, after, Shape::peppol)) == "/after/currency: a change keeps the currency");
}

TEST_CASE("a cancellation, byte for byte") {
  OrderDocument order = small_order();
  order.revision = 3;
  CHECK(valid("OrderCancellation", write_cancellation(order, day("2026-03-09"), "the project has stopped")) ==
        root("OrderCancellation") +
            R"(  <cbc:CustomizationID>urn:fdc:peppol.eu:poacc:trns:order_cancellation:3</cbc:CustomizationID>
  <cbc:ProfileID>urn:fdc:peppol.eu:poacc:bis:advanced_ordering:3</cbc:ProfileID>
  <cbc:ID>O-1/cancellation</cbc:ID>
  <cbc:IssueDate>2026-03-09</cbc:IssueDate>
  <cbc:CancellationNote>the project has stopped</cbc:CancellationNote>
  <cac:OrderReference>
    <cbc:ID>O-1</cbc:ID>
  </cac:OrderReference>
)" + small_parties +
            "</OrderCancellation>\n");
}

TEST_CASE("a cancellation says why") {
  const auto refused = [](const std::string& reason) {
    return told(write_cancellation(small_order(), day("2026-03-09"), reason));
  };
  CHECK(refused(" \n") == "/reason: a cancellation says why");
  CHECK(refused("\x01") == "/reason: the text has a control character, which XML 1.0 cannot hold");
  CHECK(refused(std::string(max_text_bytes, 'x')) == "none");
  CHECK(refused(std::string(max_text_bytes + 1, 'x')) == "/reason: 4001 bytes of text, at most 4000 are allowed");
}

TEST_CASE("a full order and its change are valid in both shapes") {
  OrderDocument after = full_order();
  after.revision = 2;
  after.lines[0].quantity = decimal(4);
  for (const Shape shape : {Shape::peppol, Shape::ubl}) {
    written(full_order(), shape);
    valid("OrderChange", write_change(full_order(), after, shape));
  }
  valid("OrderCancellation", write_cancellation(full_order(), day("2026-03-09"), "stopped"));
}

TEST_CASE("the schemas refuse what is no order") {
  if (!has_schemas()) return;
  const std::string parties = "<cac:BuyerCustomerParty/><cac:SellerSupplierParty/>";
  const std::string line = "<cac:OrderLine><cac:LineItem><cbc:ID>1</cbc:ID><cac:Item/></cac:LineItem></cac:OrderLine>";
  const std::string end = "</Order>";
  CHECK(schema_fault("Order", root("Order") + "<cbc:ID>1</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate>" + parties +
                                  line + end) == "");
  CHECK_THAT(schema_fault("Order", root("Order") + "<cbc:ID>1</cbc:ID>" + parties + line + end), Contains("IssueDate"));
  // Two deliveries of one line are UBL, and not T01: such a line becomes two lines here.
  const std::string delivery =
      "<cac:Delivery><cbc:Quantity unitCode=\"C62\">18</cbc:Quantity>"
      "<cac:RequestedDeliveryPeriod><cbc:StartDate>2026-07-15</cbc:StartDate>"
      "</cac:RequestedDeliveryPeriod></cac:Delivery>";
  CHECK(schema_fault("Order", root("Order") + "<cbc:ID>1</cbc:ID><cbc:IssueDate>2026-03-02</cbc:IssueDate>" + parties +
                                  replaced(line, "<cac:Item/>", delivery + delivery + "<cac:Item/>") + end) == "");
}

TEST_CASE("what is delivered on two dates is two lines of one line of the quote") {
  OrderDocument order = small_order();
  order.lines.resize(2, order.lines[0]);
  order.lines[1].id = "2";
  order.lines[0].quantity = decimal(18);
  order.lines[1].quantity = decimal(12);
  order.lines[0].requested.start = day("2013-07-15");
  order.lines[1].requested.start = day("2013-08-15");
  for (OrderLine& line : order.lines) line.quotation_line_id = "QL-4";
  const std::string bytes = written(order, Shape::ubl);
  const std::string second = bytes.substr(bytes.rfind("<cac:OrderLine>"));
  CHECK_THAT(part(bytes, "<cac:OrderLine>", "</cac:OrderLine>"), Contains("2013-07-15") && Contains("QL-4"));
  CHECK_THAT(second, Contains("2013-08-15") && Contains("QL-4"));
}
