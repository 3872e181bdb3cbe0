// Canonical JSON of a plan of orders, as of a decision. Entry: to_json.
#include <nlohmann/json.hpp>

#include "assent/orders.h"
#include "runtime/json/put.h"
#include "runtime/value/date.h"

namespace assent {

namespace {

using Json = nlohmann::ordered_json;

Json split_value(const SplitValue& each) {
  return Json{{"by", each.by}, {"value", each.value ? Json(*each.value) : Json()}};
}

Json entry(const OrderEntry& entry) {
  Json json{{"quantity", entry.quantity}, {"amount", entry.amount}};
  put(json, "on", entry.on);
  if (entry.approved != entry.amount) json["approved"] = entry.approved;
  put(json, "starts", entry.starts);
  put(json, "ends", entry.ends);
  return json;
}

Json item(const OrderItem& item) {
  Json json{{"line", item.line}, {"row", item.row}, {"quantity", item.quantity}, {"amount", item.amount}};
  put(json, "part_of", item.part_of);
  put(json, "item", item.item);
  put(json, "unit", item.unit);
  put(json, "level", item.level);
  put(json, "held_by", item.holder);
  if (item.contract != ItemContract::none) json["contract"] = text(item.contract);
  if (item.assets != ItemAssets::none) json["assets"] = text(item.assets);
  put(json, "earns_from", item.earns_from);
  json["entries"] = Json::array();
  for (const OrderEntry& each : item.entries) json["entries"].push_back(entry(each));
  return json;
}

Json split(const std::vector<SplitValue>& values) {
  Json json = Json::array();
  for (const SplitValue& each : values) json.push_back(split_value(each));
  return json;
}

Json wait(const OrderWait& wait) {
  Json json{{"phase", wait.phase}, {"milestone", wait.milestone}};
  if (!wait.same.empty()) json["same"] = split(wait.same);
  if (!wait.lag.empty()) json["lag"] = wait.lag;
  json["orders"] = wait.orders;
  if (wait.orders == 0) return json;
  json["last"] = wait.last;
  json["until"] = wait.until;
  if (wait.pending) json["pending"] = true;
  if (wait.met) json["met"] = true;
  return json;
}

void dates(const Order& order, Json& json) {
  if (order.state == OrderState::cancelled) return;
  json["starts"] = order.starts;
  json["ends"] = order.ends;
  put(json, "accepted", order.accepted);
  if (order.pending) json["pending"] = true;
  put(json, "earliest", order.earliest);
  put(json, "wanted", order.wanted);
  if (order.days_late > 0) json["days_late"] = order.days_late;
  put(json, "due", order.due);
  put(json, "latest_start", order.latest_start);
  if (!order.waits.empty()) json["waits"] = Json::array();
  for (const OrderWait& each : order.waits) json["waits"].push_back(wait(each));
}

Json report(const OrderReport& report) {
  Json json{{"revision", report.revision}, {"status", text(report.status)}, {"at", text(Instant{report.at})}};
  put(json, "reference", report.reference);
  put(json, "text", report.text);
  return json;
}

Json order(const Order& order) {
  Json json{{"key", order.key}, {"state", text(order.state)}, {"revision", order.revision}};
  if (order.take > 1) json["take"] = order.take;
  put(json, "phase", order.phase);
  json["split"] = split(order.split);
  dates(order, json);
  put(json, "dates", order.dates);
  put(json, "earns", order.earns);
  put(json, "earns_when", order.earns_when);
  put(json, "final_once", order.final_once);
  if (order.report) json["report"] = report(*order.report);
  json["amount"] = order.amount;
  json["currency"] = order.currency;
  json["items"] = Json::array();
  for (const OrderItem& each : order.items) json["items"].push_back(item(each));
  json["because"] = Json{{"file", order.file}, {"line", order.source_line}, {"column", order.source_column}};
  return json;
}

std::string written(const Json& json) { return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n"; }

}  // namespace

std::string to_json(const OrderPlan& plan) {
  Json json{{"name", plan.name}, {"policy", plan.policy}, {"policy_hash", plan.policy_hash}};
  put(json, "quote_hash", plan.quote_hash);
  json["planned_on"] = plan.planned_on;
  json["contracting"] = plan.contracting;
  json["allocation"] = plan.allocation;
  for (const char* list : {"orders", "left", "warnings", "conflicts"}) json[list] = Json::array();
  for (const Order& each : plan.orders) json["orders"].push_back(order(each));
  for (const Portion& each : plan.left)
    json["left"].push_back(Json{{"line", each.line}, {"quantity", each.quantity}});
  for (const OrderWarning& each : plan.warnings)
    json["warnings"].push_back(Json{{"line", each.line}, {"message", each.message}});
  for (const OrderConflict& each : plan.conflicts) {
    json["conflicts"].push_back(
        Json{{"order", each.order}, {"due", each.due}, {"ends", each.ends}, {"chain", each.chain}});
  }
  return written(json);
}

std::string to_json(const OrderPlan& plan, const Order& order, std::string_view case_id) {
  return written(Json{{"case", case_id},
                      {"policy", plan.policy},
                      {"policy_hash", plan.policy_hash},
                      {"quote_hash", plan.quote_hash},
                      {"order", assent::order(order)}});
}

}  // namespace assent
