// See fulfilment_text.h.
#include "tools/orders/fulfilment_text.h"

#include <string_view>

#include "tools/table.h"
#include "tools/text.h"

namespace assent::command {

namespace {

std::string span(const std::string& from, const std::string& to) { return from == to ? from : from + " to " + to; }

// "MONITOR" of line L3; the line alone where it says nothing of what it is.
std::string called(const std::string& item, const std::string& line) {
  return item.empty() ? printable(line) : printable(item) + " (" + printable(line) + ')';
}

std::string for_whom(const std::string& holder) { return holder.empty() ? "" : "for " + printable(holder); }

}  // namespace

std::string contracts_text(const std::vector<Contract>& contracts, const Style& style) {
  if (contracts.empty()) return "no contract: nothing that is ordered has a term\n";
  std::string text;
  for (const Contract& contract : contracts) {
    text += (text.empty() ? "" : "\n") + style.bold("contract " + contract.key) + "  " +
            span(contract.starts, contract.ends) + "  " + contract.amount + ' ' + contract.currency +
            (contract.active ? "" : style.dim("  planned")) + '\n';
    Table table({1, 2});
    for (const Subscription& each : contract.subscriptions) {
      table.add({called(each.item, each.line), each.quantity, each.amount, span(each.starts, each.ends),
                 printable(each.level), for_whom(each.holder), each.active ? "" : "planned"});
    }
    text += table.text(2);
  }
  return text;
}

std::string assets_text(const std::vector<Asset>& assets, const Style&) {
  if (assets.empty()) return "no assets: nothing that is ordered is one\n";
  Table table({2, 3});
  for (const Asset& each : assets) {
    table.add({printable(each.key), called(each.item, each.line), each.quantity, each.amount + ' ' + each.currency,
               "since " + each.since, for_whom(each.holder),
               each.parent.empty() ? "" : "part of " + printable(each.parent), each.delivered ? "" : "planned"});
  }
  return table.text(0);
}

std::string entitlements_text(const std::vector<Entitlement>& entitlements, const Style&) {
  if (entitlements.empty()) return "nobody is entitled to anything\n";
  Table table({2});
  for (const Entitlement& each : entitlements) {
    table.add({for_whom(each.holder), printable(each.item), each.quantity, printable(each.unit), printable(each.level),
               span(each.starts, each.ends), each.expected == each.quantity ? "" : "planned: " + each.expected});
  }
  return table.text(0);
}

std::string revenue_text(const std::vector<RevenueSchedule>& schedules, const Style& style) {
  if (schedules.empty()) return "nothing is ordered that could earn anything\n";
  std::string text;
  for (const RevenueSchedule& each : schedules) {
    const std::string_view known = each.pending ? "  not before " : each.expected ? "  planned from " : "  from ";
    text += (text.empty() ? "" : "\n") + style.bold(called(each.item, each.line)) + "  " + each.amount + ' ' +
            each.currency + std::string(known) + each.from + "  " + style.dim("order " + each.order) + '\n';
    Table table({1});
    for (const RevenueSchedule::Period& period : each.periods)
      table.add({span(period.starts, period.ends), period.amount});
    text += table.text(2);
  }
  return text;
}

}  // namespace assent::command
