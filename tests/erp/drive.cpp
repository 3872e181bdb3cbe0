// Drives orders into a Tryton, for tryton_test.py: reads {"server": …, "orders": […]} and prints a report for each, a
// line of JSON.
#include <iostream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runtime/erp/tryton.h"

using namespace assent;
using namespace assent::erp;
using Json = nlohmann::json;

namespace {

ErpOrder order_of(const Json& json) {
  ErpOrder order;
  order.key = json.at("key");
  order.revision = json.value("revision", 1);
  order.cancelled = json.value("cancelled", false);
  order.customer = json.value("customer", "C-1");
  order.currency = json.value("currency", "EUR");
  order.order_date = *parse_date(json.value("order_date", "2026-03-02"));
  for (const Json& each : json.at("lines")) {
    ErpLine line;
    line.id = each.at("id");
    line.product = each.at("product");
    line.description = each.value("description", "");
    line.quantity = each.at("quantity");
    line.unit = each.value("unit", "u");
    line.amount = each.at("amount");
    if (each.contains("wanted_on")) line.wanted_on = parse_date(each["wanted_on"].get<std::string>());
    order.lines.push_back(line);
  }
  return order;
}

Json json_of(const Result<Report>& report) {
  Json out;
  if (!report) {
    for (const Problem& problem : report.problems()) out["problems"].push_back(problem.where + ": " + problem.message);
    return out;
  }
  out["outcome"] = text(report->outcome);
  out["message"] = report->message;
  out["state"] = text(report->sale.state);
  out["number"] = report->sale.number;
  out["revision"] = report->sale.revision;
  out["shipment_state"] = report->sale.shipment_state;
  out["shipments"] = Json::array();
  for (const Shipment& shipment : report->sale.shipments) out["shipments"].push_back(shipment.state);
  return out;
}

}  // namespace

int main() {
  const Json input = Json::parse(std::cin);
  TrytonServer server;
  server.url = input.at("server").at("url");
  server.database = input["server"].at("database");
  server.user = input["server"].at("user");
  server.password = input["server"].at("password");
  server.timeout_ms = input["server"].value("timeout_ms", 60'000);
  Tryton tryton(server);
  for (const Json& each : input.at("orders")) {
    const bool only_state = each.value("only_state", false);
    std::cout << json_of(only_state ? tryton.state(each.at("key").get<std::string>()) : tryton.drive(order_of(each)))
              << std::endl;
  }
}
