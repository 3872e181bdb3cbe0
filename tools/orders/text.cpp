// See text.h.
#include "tools/orders/text.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "tools/table.h"
#include "tools/text.h"

namespace assent::command {

namespace {

// "2026-03-02 to 2027-03-01"; empty without a term.
std::string term_text(const OrderEntry& entry) {
  return entry.starts.empty() ? std::string() : entry.starts + " to " + entry.ends;
}

std::string items_text(const Order& order) {
  Table table({1, 2});
  for (const OrderItem& item : order.items) {
    table.add({printable(item.line), item.quantity, item.amount + ' ' + order.currency,
               item.part_of.empty() ? "" : "part of " + printable(item.part_of), term_text(item.entries.front())});
    for (const OrderEntry& entry : item.entries) {
      if (entry.on.empty()) continue;
      const std::string sign = entry.quantity.starts_with('-') ? "" : "+";
      table.add({"  from " + entry.on, sign + entry.quantity, entry.amount + ' ' + order.currency, "",
                 term_text(entry)});
    }
  }
  return table.text(4);
}

// "the back office: accepted as SO-17, of revision 1; this is revision 2".
std::string report_text(const Order& order) {
  std::string text = "the back office: " + std::string(assent::text(order.report->status));
  if (!order.report->reference.empty()) text += " as " + printable(order.report->reference);
  if (order.report->revision != order.revision) {
    text += ", of revision " + std::to_string(order.report->revision) + "; this is revision " +
            std::to_string(order.revision);
  }
  return text;
}

std::string wait_text(const OrderWait& wait) {
  std::string text = "waits for " + printable(wait.phase) + " to be " + wait.milestone;
  for (const SplitValue& each : wait.same) text += ", " + printable(each.by) + " is " + split_text(each.value);
  if (wait.orders == 0) return text + ": there is none";
  if (!wait.lag.empty()) text += ", and " + wait.lag + " more";
  return text + (wait.pending ? ": not before " : ": ") + wait.until + " (" + counted(wait.orders, "order") +
         (wait.orders == 1 ? ", " : ", last ") + wait.last + ')';
}

std::string conflict_text(const OrderConflict& conflict, const Style& style) {
  std::string text = style.red("too late") + ": order " + conflict.order + " is due on " + conflict.due +
                     ", and cannot be delivered before " + conflict.ends + '\n';
  for (const std::string& link : conflict.chain) text += "  " + printable(link) + '\n';
  return text;
}

std::string indented(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "    " + line + '\n';
  return text;
}

}  // namespace

std::string split_text(const std::optional<std::string>& value) {
  if (!value) return "absent";
  return value->empty() ? "\"\"" : printable(*value);
}

std::string order_name(const Order& order) {
  std::vector<std::string> parts;
  if (!order.phase.empty()) parts.push_back(printable(order.phase));
  for (const SplitValue& each : order.split) parts.push_back(printable(each.by) + " is " + split_text(each.value));
  return parts.empty() ? "all lines" : joined(parts, ", ");
}

// "starts 2026-03-02, is delivered 2026-03-12; wanted 2026-03-10: 2 days late".
std::vector<std::string> order_dates(const Order& order, const Style& style) {
  if (order.state == OrderState::cancelled) return {"was cancelled"};
  const std::string from = order.pending ? " not before " : " ";
  std::string text = "starts" + from + order.starts;
  if (order.ends != order.starts) text += ", is delivered" + from + order.ends;
  if (!order.accepted.empty()) text += ", was accepted " + order.accepted;
  if (!order.wanted.empty()) text += "; wanted " + order.wanted;
  if (order.days_late > 0) text += ": " + style.yellow(counted(order.days_late, "day") + " late");
  if (!order.due.empty()) text += "; due " + order.due;
  std::vector<std::string> lines{std::move(text)};
  for (const OrderWait& wait : order.waits) lines.push_back(wait_text(wait));
  return lines;
}

std::string orders_text(const OrderPlan& plan, const Places& places, const Style& style) {
  std::string text = style.bold(printable(plan.name)) + ": " + counted(plan.orders.size(), "order") + '\n';
  for (std::size_t i = 0; i < plan.orders.size(); ++i) {
    const Order& order = plan.orders[i];
    text += '\n' + style.bold(std::to_string(i + 1) + ". " + order_name(order)) + "  " + order.amount + ' ' +
            order.currency + (order.state == OrderState::draft ? "" : "  " + std::string(assent::text(order.state))) +
            '\n' + indented(order_dates(order, style)) + items_text(order);
    if (order.report) text += "    " + report_text(order) + '\n';
    const Location at{order.file, order.source_line, order.source_column};
    text += style.dim("    because of " + printable(places.line(at)) + ", key " + order.key) + '\n';
  }
  if (!plan.left.empty()) {
    std::vector<std::string> left;
    for (const Portion& each : plan.left) left.push_back(printable(each.quantity) + " of " + printable(each.line));
    text += "\nnot ordered: " + joined(left, ", ") + '\n';
  }
  for (const OrderWarning& warning : plan.warnings)
    text += (&warning == plan.warnings.data() ? "\n" : "") + style.yellow("warning") + ": " +
            printable(warning.message) + '\n';
  for (const OrderConflict& conflict : plan.conflicts)
    text += (&conflict == plan.conflicts.data() ? "\n" : "") + conflict_text(conflict, style);
  return text;
}

std::string differences_text(const std::vector<OrderDifference>& all, const OrderPlan& now, const Style& style) {
  if (all.empty()) return "nothing would be otherwise\n";
  std::string text;
  for (const OrderDifference& each : all) {
    const auto order = std::find_if(now.orders.begin(), now.orders.end(),
                                    [&](const Order& one) { return one.key == each.order; });
    if (order == now.orders.end()) continue;
    text += style.bold(order_name(*order)) + style.dim("  " + each.order) + '\n';
    if (each.made) {
      text += style.green("  new") + "  " + order->amount + ' ' + order->currency + '\n' +
              indented(order_dates(*order, style)) + items_text(*order);
    }
    Table table;
    for (const OrderDifference::Field& field : each.fields)
      table.add({printable(field.name), field.before.empty() ? "none" : field.before, "→",
                 field.after.empty() ? "none" : field.after});
    text += table.text(2);
  }
  return text;
}

std::string differences_json(const std::string& case_id, const std::vector<OrderDifference>& all) {
  nlohmann::ordered_json json{{"case", case_id}, {"orders", nlohmann::ordered_json::array()}};
  for (const OrderDifference& each : all) {
    nlohmann::ordered_json fields = nlohmann::ordered_json::array();
    for (const OrderDifference::Field& field : each.fields)
      fields.push_back({{"name", field.name}, {"before", field.before}, {"after", field.after}});
    json["orders"].push_back({{"order", each.order}, {"made", each.made}, {"fields", fields}});
  }
  return json.dump(1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

std::string refusal_text(const std::string& case_id, const Problem& problem, const Style& style) {
  return printable(case_id) + ": " + style.red("not ordered") + " (" + std::string(text(problem.code)) +
         "): " + printable(problem.message) + '\n';
}

std::string refusal_json(const std::string& case_id, const Problem& problem) {
  nlohmann::ordered_json json{{"case", case_id},
                              {"refusal", {{"code", text(problem.code)}, {"message", problem.message}}}};
  return json.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
}

}  // namespace assent::command
