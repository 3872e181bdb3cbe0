// Canonical JSON of what follows from orders. Entries: to_json, append_line.
#include "assent/fulfilment.h"
#include "runtime/json/json_writer.h"

namespace assent {

namespace {

void write(JsonWriter& json, const Subscription& each) {
  json.member("order", each.order);
  json.member("line", each.line);
  json.text_if("item", each.item);
  json.text_if("level", each.level);
  json.text_if("held_by", each.holder);
  json.member("quantity", each.quantity);
  json.member("amount", each.amount);
  json.member("starts", each.starts);
  json.member("ends", each.ends);
  json.member("active", each.active);
}

void write(JsonWriter& json, const Contract& each) {
  json.member("key", each.key);
  json.member("starts", each.starts);
  json.member("ends", each.ends);
  json.member("amount", each.amount);
  json.member("currency", each.currency);
  json.member("active", each.active);
  json.list("subscriptions", each.subscriptions,
            [&](const Subscription& one) { json.object([&] { write(json, one); }); });
}

void write(JsonWriter& json, const Asset& each) {
  json.member("key", each.key);
  json.text_if("parent", each.parent);
  json.member("order", each.order);
  json.member("line", each.line);
  json.text_if("item", each.item);
  json.text_if("held_by", each.holder);
  json.member("quantity", each.quantity);
  json.member("amount", each.amount);
  json.member("currency", each.currency);
  json.member("since", each.since);
  json.member("delivered", each.delivered);
}

void write(JsonWriter& json, const Entitlement& each) {
  json.text_if("held_by", each.holder);
  json.text_if("item", each.item);
  json.text_if("level", each.level);
  json.text_if("unit", each.unit);
  json.member("starts", each.starts);
  json.member("ends", each.ends);
  json.member("quantity", each.quantity);
  json.member("expected", each.expected);
}

void write(JsonWriter& json, const RevenueSchedule& each) {
  json.member("order", each.order);
  json.member("line", each.line);
  json.text_if("item", each.item);
  json.member("amount", each.amount);
  json.member("currency", each.currency);
  json.member("from", each.from);
  json.flag_if("expected", each.expected);
  json.flag_if("pending", each.pending);
  json.list("periods", each.periods, [&](const RevenueSchedule::Period& one) {
    json.object([&] {
      json.member("starts", one.starts);
      json.member("ends", one.ends);
      json.member("amount", one.amount);
    });
  });
}

template <typename Each>
void append(std::string& out, JsonLayout layout, std::string_view name, const std::vector<Each>& all) {
  JsonWriter json(out, layout);
  json.object([&] {
    json.list(name, all, [&](const Each& each) { json.object([&] { write(json, each); }); });
  });
}

template <typename Each>
std::string written(std::string_view name, const std::vector<Each>& all) {
  std::string out;
  append(out, JsonLayout::indented, name, all);
  return out += '\n';
}

}  // namespace

std::string to_json(const std::vector<Contract>& contracts) { return written("contracts", contracts); }
std::string to_json(const std::vector<Asset>& assets) { return written("assets", assets); }
std::string to_json(const std::vector<Entitlement>& all) { return written("entitlements", all); }
std::string to_json(const std::vector<RevenueSchedule>& schedules) { return written("revenue", schedules); }

void append_line(std::string& out, const std::vector<Contract>& contracts) {
  append(out, JsonLayout::one_line, "contracts", contracts);
}
void append_line(std::string& out, const std::vector<Asset>& assets) {
  append(out, JsonLayout::one_line, "assets", assets);
}
void append_line(std::string& out, const std::vector<Entitlement>& all) {
  append(out, JsonLayout::one_line, "entitlements", all);
}
void append_line(std::string& out, const std::vector<RevenueSchedule>& schedules) {
  append(out, JsonLayout::one_line, "revenue", schedules);
}

}  // namespace assent
