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

Json order(const Order& order) {
  Json json{{"key", order.key}};
  if (!order.phase.empty()) json["phase"] = order.phase;
  json["split"] = Json::array();
  for (const SplitValue& each : order.split) json["split"].push_back(split_value(each));
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
            {"orders", Json::array()},
            {"warnings", Json::array()}};
  for (const Order& each : plan.orders) json["orders"].push_back(order(each));
  for (const OrderWarning& each : plan.warnings)
    json["warnings"].push_back(Json{{"line", each.line}, {"message", each.message}});
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace assent
