// Canonical JSON of what follows from orders. Entries: to_json.
#include <nlohmann/json.hpp>

#include "assent/fulfilment.h"
#include "runtime/json/put.h"

namespace assent {

namespace {

using Json = nlohmann::ordered_json;

Json json_of(const Subscription& each) {
  Json json{{"order", each.order}, {"line", each.line}};
  put(json, "item", each.item);
  put(json, "level", each.level);
  put(json, "held_by", each.holder);
  json["quantity"] = each.quantity;
  json["amount"] = each.amount;
  json["starts"] = each.starts;
  json["ends"] = each.ends;
  json["active"] = each.active;
  return json;
}

Json json_of(const Contract& each) {
  Json json{{"key", each.key},       {"starts", each.starts},     {"ends", each.ends},
            {"amount", each.amount}, {"currency", each.currency}, {"active", each.active}};
  json["subscriptions"] = Json::array();
  for (const Subscription& one : each.subscriptions) json["subscriptions"].push_back(json_of(one));
  return json;
}

Json json_of(const Asset& each) {
  Json json{{"key", each.key}};
  put(json, "parent", each.parent);
  json["order"] = each.order;
  json["line"] = each.line;
  put(json, "item", each.item);
  put(json, "held_by", each.holder);
  json["quantity"] = each.quantity;
  json["amount"] = each.amount;
  json["currency"] = each.currency;
  json["since"] = each.since;
  json["delivered"] = each.delivered;
  return json;
}

Json json_of(const Entitlement& each) {
  Json json = Json::object();
  put(json, "held_by", each.holder);
  put(json, "item", each.item);
  put(json, "level", each.level);
  put(json, "unit", each.unit);
  json["starts"] = each.starts;
  json["ends"] = each.ends;
  json["quantity"] = each.quantity;
  json["expected"] = each.expected;
  return json;
}

Json json_of(const RevenueSchedule& each) {
  Json json{{"order", each.order}, {"line", each.line}};
  put(json, "item", each.item);
  json["amount"] = each.amount;
  json["currency"] = each.currency;
  json["from"] = each.from;
  if (each.expected) json["expected"] = true;
  if (each.pending) json["pending"] = true;
  json["periods"] = Json::array();
  for (const RevenueSchedule::Period& one : each.periods)
    json["periods"].push_back(Json{{"starts", one.starts}, {"ends", one.ends}, {"amount", one.amount}});
  return json;
}

template <typename Each>
std::string written(const char* name, const std::vector<Each>& all) {
  Json json{{name, Json::array()}};
  for (const Each& each : all) json[name].push_back(json_of(each));
  return json.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string to_json(const std::vector<Contract>& contracts) { return written("contracts", contracts); }
std::string to_json(const std::vector<Asset>& assets) { return written("assets", assets); }
std::string to_json(const std::vector<Entitlement>& all) { return written("entitlements", all); }
std::string to_json(const std::vector<RevenueSchedule>& schedules) { return written("revenue", schedules); }

}  // namespace assent
