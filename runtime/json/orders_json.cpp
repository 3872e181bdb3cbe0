// Canonical JSON of a plan of orders, as of a decision. Entry: to_json.
#include <nlohmann/json.hpp>

#include "assent/orders.h"

namespace assent {

namespace {

using Json = nlohmann::ordered_json;

Json split_value(const SplitValue& each) {
  return Json{{"by", each.by}, {"value", each.value ? Json(*each.value) : Json()}};
}

Json item(const OrderItem& item) {
  Json json{{"line", item.line}, {"row", item.row}, {"quantity", item.quantity}, {"amount", item.amount}};
  if (!item.part_of.empty()) json["part_of"] = item.part_of;
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
  return json;
}

void dates(const Order& order, Json& json) {
  json["starts"] = order.starts;
  json["ends"] = order.ends;
  if (order.pending) json["pending"] = true;
  if (!order.wanted.empty()) json["wanted"] = order.wanted;
  if (order.days_late > 0) json["days_late"] = order.days_late;
  if (!order.due.empty()) json["due"] = order.due;
  if (!order.latest_start.empty()) json["latest_start"] = order.latest_start;
  if (!order.waits.empty()) json["waits"] = Json::array();
  for (const OrderWait& each : order.waits) json["waits"].push_back(wait(each));
}

Json order(const Order& order) {
  Json json{{"key", order.key}};
  if (!order.phase.empty()) json["phase"] = order.phase;
  json["split"] = split(order.split);
  dates(order, json);
  json["amount"] = order.amount;
  json["currency"] = order.currency;
  json["items"] = Json::array();
  for (const OrderItem& each : order.items) json["items"].push_back(item(each));
  json["because"] = Json{{"file", order.file}, {"line", order.source_line}, {"column", order.source_column}};
  return json;
}

}  // namespace

std::string to_json(const OrderPlan& plan) {
  Json json{{"name", plan.name},
            {"policy", plan.policy},
            {"policy_hash", plan.policy_hash},
            {"quote_hash", plan.quote_hash},
            {"planned_on", plan.planned_on},
            {"orders", Json::array()},
            {"warnings", Json::array()},
            {"conflicts", Json::array()}};
  for (const Order& each : plan.orders) json["orders"].push_back(order(each));
  for (const OrderWarning& each : plan.warnings)
    json["warnings"].push_back(Json{{"line", each.line}, {"message", each.message}});
  for (const OrderConflict& each : plan.conflicts) {
    json["conflicts"].push_back(
        Json{{"order", each.order}, {"due", each.due}, {"ends", each.ends}, {"chain", each.chain}});
  }
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace assent
