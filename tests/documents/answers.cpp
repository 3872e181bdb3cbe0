// Entry: response, response_line, simple_response.
#include "tests/documents/answers.h"

namespace {

std::string head(const std::string& type) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>)"
         "\n<" +
         type + R"( xmlns="urn:oasis:names:specification:ubl:schema:xsd:)" + type +
         R"(-2" xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2")"
         R"( xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">)"
         "\n<cbc:ID>R-1</cbc:ID>\n";
}

constexpr const char* parties =
    "<cac:OrderReference><cbc:ID>O-1</cbc:ID></cac:OrderReference>\n"
    "<cac:SellerSupplierParty/>\n<cac:BuyerCustomerParty/>\n";

}  // namespace

std::string response(const std::string& code, const std::string& lines) {
  return head("OrderResponse") +
         "<cbc:IssueDate>2026-03-05</cbc:IssueDate>\n<cbc:IssueTime>09:30:00</cbc:IssueTime>\n"
         "<cbc:OrderResponseCode>" +
         code + "</cbc:OrderResponseCode>\n" + parties + lines + "</OrderResponse>\n";
}

std::string response_line(const std::string& id, const std::string& order_line, const std::string& status,
                          const std::string& more) {
  return "<cac:OrderLine><cac:LineItem><cbc:ID>" + id + "</cbc:ID><cbc:LineStatusCode>" + status +
         "</cbc:LineStatusCode>" + more + "<cac:Item><cbc:Name>Monitor</cbc:Name></cac:Item></cac:LineItem>" +
         "<cac:OrderLineReference><cbc:LineID>" + order_line + "</cbc:LineID></cac:OrderLineReference>" +
         "</cac:OrderLine>\n";
}

std::string quantity(const std::string& number) {
  return "<cbc:Quantity unitCode=\"C62\">" + number + "</cbc:Quantity>";
}

std::string promise(const std::string& date) {
  return "<cac:Delivery><cac:PromisedDeliveryPeriod><cbc:StartDate>" + date + "</cbc:StartDate><cbc:EndDate>" + date +
         "</cbc:EndDate></cac:PromisedDeliveryPeriod></cac:Delivery>";
}

std::string simple_response(const std::string& accepted, const std::string& rejection) {
  return head("OrderResponseSimple") + "<cbc:IssueDate>2026-03-05</cbc:IssueDate>\n<cbc:AcceptedIndicator>" + accepted +
         "</cbc:AcceptedIndicator>\n" + rejection + parties + "</OrderResponseSimple>\n";
}
