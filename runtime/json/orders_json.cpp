// Canonical JSON of a plan of orders, as of a decision. Entries: to_json, append_line.
#include "assent/orders.h"
#include "runtime/json/json_writer.h"
#include "runtime/value/date.h"

namespace assent {

namespace {

class OrdersWriter {
 public:
  OrdersWriter(std::string& out, JsonLayout layout) : json_(out, layout) {}

  void plan(const OrderPlan& plan) {
    json_.begin_object();
    json_.member("name", plan.name);
    json_.member("policy", plan.policy);
    json_.member("policy_hash", plan.policy_hash);
    json_.text_if("quote_hash", plan.quote_hash);
    json_.member("planned_on", plan.planned_on);
    json_.member("contracting", plan.contracting);
    json_.member("allocation", plan.allocation);
    json_.list("orders", plan.orders, [this](const Order& each) { order(each); });
    json_.list("left", plan.left, [this](const Portion& each) {
      json_.object([&] {
        json_.member("line", each.line);
        json_.member("quantity", each.quantity);
      });
    });
    json_.list("warnings", plan.warnings, [this](const OrderWarning& each) {
      json_.object([&] {
        json_.member("line", each.line);
        json_.member("message", each.message);
      });
    });
    json_.list("conflicts", plan.conflicts, [this](const OrderConflict& each) {
      json_.object([&] {
        json_.member("order", each.order);
        json_.member("due", each.due);
        json_.member("ends", each.ends);
        json_.list("chain", each.chain);
      });
    });
    json_.end_object();
  }

  void one(const OrderPlan& plan, const Order& single, std::string_view case_id) {
    json_.object([&] {
      json_.member("case", case_id);
      json_.member("policy", plan.policy);
      json_.member("policy_hash", plan.policy_hash);
      json_.member("quote_hash", plan.quote_hash);
      json_.key("order");
      order(single);
    });
  }

 private:
  void order(const Order& order) {
    json_.begin_object();
    json_.member("key", order.key);
    json_.member("state", text(order.state));
    json_.member("revision", order.revision);
    if (order.take > 1) json_.member("take", order.take);
    json_.text_if("phase", order.phase);
    split("split", order.split);
    if (order.state != OrderState::cancelled) dates(order);
    json_.text_if("dates", order.dates);
    json_.text_if("earns", order.earns);
    json_.text_if("earns_when", order.earns_when);
    json_.text_if("final_once", order.final_once);
    if (order.report) report(*order.report);
    json_.member("amount", order.amount);
    json_.member("currency", order.currency);
    json_.list("items", order.items, [this](const OrderItem& each) { item(each); });
    json_.key("because");
    json_.object([&] {
      json_.member("file", order.file);
      json_.member("line", order.source_line);
      json_.member("column", order.source_column);
    });
    json_.end_object();
  }

  void split(std::string_view name, const std::vector<SplitValue>& values) {
    json_.list(name, values, [this](const SplitValue& each) {
      json_.object([&] {
        json_.member("by", each.by);
        if (each.value) json_.member("value", *each.value);
        else json_.member_json("value", "null");
      });
    });
  }

  void dates(const Order& order) {
    json_.member("starts", order.starts);
    json_.member("ends", order.ends);
    json_.text_if("accepted", order.accepted);
    json_.flag_if("pending", order.pending);
    json_.text_if("earliest", order.earliest);
    json_.text_if("wanted", order.wanted);
    if (order.days_late > 0) json_.member("days_late", order.days_late);
    json_.text_if("due", order.due);
    json_.text_if("latest_start", order.latest_start);
    if (!order.waits.empty()) json_.list("waits", order.waits, [this](const OrderWait& each) { wait(each); });
  }

  void wait(const OrderWait& wait) {
    json_.begin_object();
    json_.member("phase", wait.phase);
    json_.member("milestone", wait.milestone);
    if (!wait.same.empty()) split("same", wait.same);
    json_.text_if("lag", wait.lag);
    json_.member("orders", std::uint64_t{wait.orders});
    if (wait.orders != 0) {
      json_.member("last", wait.last);
      json_.member("until", wait.until);
      json_.flag_if("pending", wait.pending);
      json_.flag_if("met", wait.met);
    }
    json_.end_object();
  }

  void report(const OrderReport& report) {
    json_.key("report");
    json_.object([&] {
      json_.member("revision", report.revision);
      json_.member("status", text(report.status));
      json_.member("at", text(Instant{report.at}));
      json_.text_if("reference", report.reference);
      json_.text_if("text", report.text);
    });
  }

  void item(const OrderItem& item) {
    json_.begin_object();
    json_.member("line", item.line);
    json_.member("row", item.row);
    json_.member("quantity", item.quantity);
    json_.member("amount", item.amount);
    json_.text_if("part_of", item.part_of);
    json_.text_if("item", item.item);
    json_.text_if("unit", item.unit);
    json_.text_if("level", item.level);
    json_.text_if("held_by", item.holder);
    if (item.contract != ItemContract::none) json_.member("contract", text(item.contract));
    if (item.assets != ItemAssets::none) json_.member("assets", text(item.assets));
    json_.text_if("earns_from", item.earns_from);
    json_.list("entries", item.entries, [this](const OrderEntry& each) { entry(each); });
    json_.end_object();
  }

  void entry(const OrderEntry& entry) {
    json_.object([&] {
      json_.member("quantity", entry.quantity);
      json_.member("amount", entry.amount);
      json_.text_if("on", entry.on);
      if (entry.approved != entry.amount) json_.member("approved", entry.approved);
      json_.text_if("starts", entry.starts);
      json_.text_if("ends", entry.ends);
    });
  }

  JsonWriter json_;
};

}  // namespace

std::string to_json(const Replanned& replanned) {
  std::string out;
  JsonWriter json(out);
  const auto plan = [&](std::string_view name, const OrderPlan& each) {
    std::string text;
    append_line(text, each);
    json.member_json(name, text);
  };
  json.object([&] {
    if (replanned.refusal) return json.member_json("refusal", to_json(*replanned.refusal));
    if (!replanned.before.planned_on.empty()) plan("before", replanned.before);
    plan("after", replanned.after);
  });
  return out;
}

std::string to_json(const OrderPlan& plan) {
  std::string out;
  OrdersWriter(out, JsonLayout::indented).plan(plan);
  return out += '\n';
}
void append_line(std::string& out, const OrderPlan& plan) { OrdersWriter(out, JsonLayout::one_line).plan(plan); }

std::string to_json(const OrderPlan& plan, const Order& order, std::string_view case_id) {
  std::string out;
  OrdersWriter(out, JsonLayout::indented).one(plan, order, case_id);
  return out += '\n';
}

}  // namespace assent
