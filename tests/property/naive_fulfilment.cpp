#include "tests/property/naive_fulfilment.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "assent/fulfilment.h"
#include "tests/property/generate_orders.h"

namespace assent::generate {

namespace {

using order_desk::day;

struct Each { const Order* order; const OrderItem* item; };

std::vector<Each> standing(const OrderPlan& plan) {
  std::vector<Each> all;
  for (const Order& order : plan.orders) {
    if (order.state == OrderState::cancelled) continue;
    for (const OrderItem& item : order.items) all.push_back({&order, &item});
  }
  return all;
}

bool has_term(const OrderItem& item) { return !item.entries[0].starts.empty(); }

// ── entitlements ─────────────────────────────────────────────────────────────────────────────
using Holding = std::tuple<std::string, std::string, std::string, std::string>;

Holding holding(const OrderItem& item) { return {item.holder, item.item, item.level, item.unit}; }
Holding holding(const Entitlement& each) { return {each.holder, each.item, each.level, each.unit}; }

struct Count { long quantity = 0, expected = 0; };

Count on_day(const std::vector<Each>& all, const Holding& of, int date) {
  Count count;
  for (const auto& [order, item] : all) {
    if (holding(*item) != of || !has_term(*item)) continue;
    for (const OrderEntry& entry : item->entries) {
      if (date < day(entry.starts) || date > day(entry.ends) || date < day(order->starts)) continue;
      count.expected += tenths(entry.quantity);
      if (order->state != OrderState::draft) count.quantity += tenths(entry.quantity);
    }
  }
  return count;
}

void check_entitlements(const OrderPlan& plan) {
  const auto all = standing(plan);
  std::map<Holding, std::set<int>> days;
  for (const auto& [order, item] : all) {
    if (!has_term(*item)) continue;
    for (const OrderEntry& entry : item->entries)
      for (const int date : {day(entry.starts), day(order->starts), day(entry.ends) + 1})
        days[holding(*item)].insert({date - 1, date});
  }
  const auto line = entitlements(plan);
  REQUIRE(line);
  for (std::size_t i = 0; i < line->size(); ++i) {
    const Entitlement& each = line->at(i);
    CHECK(each.starts <= each.ends);
    const bool first = i == 0 || holding(line->at(i - 1)) != holding(each);
    const bool last = i + 1 == line->size() || holding(line->at(i + 1)) != holding(each);
    if ((first || last) && each.quantity == "0") CHECK(each.expected != "0");
    if (first) {
      if (i > 0) CHECK(holding(line->at(i - 1)) < holding(each));
      continue;
    }
    const Entitlement& before = line->at(i - 1);
    CHECK(day(each.starts) == day(before.ends) + 1);
    CHECK((each.quantity != before.quantity || each.expected != before.expected));
  }
  for (const auto& [of, dates] : days) {
    for (const int date : dates) {
      const Count count = on_day(all, of, date);
      const auto now = entitled(plan, date);
      REQUIRE(now);
      const auto at =
          std::find_if(now->begin(), now->end(), [&](const Entitlement& each) { return holding(each) == of; });
      INFO(date_text(date));
      CHECK((at == now->end()) == (count.quantity == 0 && count.expected == 0));
      if (at == now->end()) continue;
      CHECK(tenths(at->quantity) == count.quantity);
      CHECK(tenths(at->expected) == count.expected);
    }
  }
}

// ── revenue ──────────────────────────────────────────────────────────────────────────────────
long rounded(long total, long part, long whole) {
  const long size = (2 * std::labs(total) * part + whole) / (2 * whole);
  return total < 0 ? -size : size;
}

// When it begins, and whether that has come.
std::pair<std::string, bool> trigger(const Order& order, const OrderItem& item) {
  if (!item.earns_from.empty()) return {item.earns_from, true};
  const int come = static_cast<int>(order.state);
  if (order.earns_when == "activated") return {order.starts, come >= 1};
  if (order.earns_when == "delivered") return {order.ends, come >= 2};
  return {order.accepted.empty() ? order.ends : order.accepted, come >= 3};
}

// What all entries have earned from the day on to the end of that day; by month is not counted here.
long earned_until(const Order& order, const OrderItem& item, int from, int date, int places) {
  long all = 0;
  for (const OrderEntry& entry : item.entries) {
    const long total = minor_units(entry.amount, places);
    int first = from, last = from;
    if (!entry.starts.empty() && day(entry.ends) >= from) {
      first = std::max(from, day(entry.starts));
      last = day(entry.ends);
    }
    if (order.earns == "at start") last = first;
    if (order.earns == "at end") first = last;
    if (date >= first) all += rounded(total, std::min(date, last) - first + 1, last - first + 1);
  }
  return all;
}

void check_revenue(const OrderPlan& plan, int places) {
  const auto all = revenue(plan);
  REQUIRE(all);
  std::size_t next = 0;
  for (const auto& [order, item] : standing(plan)) {
    const bool there = next < all->size() && all->at(next).order == order->key && all->at(next).line == item->line;
    if (!there) {  // nothing was ever earned of it
      CHECK(item->quantity == "0");
      CHECK(minor_units(item->amount, places) == 0);
      continue;
    }
    const RevenueSchedule& each = all->at(next++);
    INFO(each.order << ' ' << each.line << ' ' << order->earns);
    const auto [from, come] = trigger(*order, *item);
    CHECK(each.from == from);
    CHECK(each.expected == !come);
    CHECK(each.amount == item->amount);
    long sum = 0;
    std::string until;
    for (const RevenueSchedule::Period& period : each.periods) {
      CHECK(until < period.starts);
      CHECK(period.starts <= period.ends);
      if (!until.empty() && order->earns.starts_with("by")) CHECK(day(until) + 1 == day(period.starts));
      until = period.ends;
      sum += minor_units(period.amount, places);
      if (order->earns != "by month") CHECK(sum == earned_until(*order, *item, day(from), day(period.ends), places));
    }
    CHECK(sum == minor_units(item->amount, places));
  }
  CHECK(next == all->size());
}

// ── contracts and assets ─────────────────────────────────────────────────────────────────────
void check_contracts(const OrderPlan& plan, int places) {
  std::map<std::string, std::set<std::string>> wanted, found;  // what is together, by what makes it so
  std::map<std::string, std::string> of;                       // of an item: what makes its contract
  for (const auto& [order, item] : standing(plan)) {
    if (!has_term(*item) || item->contract == ItemContract::none || item->quantity == "0") continue;
    const std::string identity = item->contract == ItemContract::separately ? "line " + item->line
                                 : plan.contracting == "as one"             ? ""
                                                                            : "ends " + item->entries[0].ends;
    wanted[identity].insert(order->key + item->line);
    of[order->key + item->line] = identity;
  }
  const auto all = contracts(plan);
  REQUIRE(all);
  std::set<std::string> keys;
  for (const Contract& each : *all) {
    CHECK(keys.insert(each.key).second);
    REQUIRE_FALSE(each.subscriptions.empty());
    long sum = 0;
    std::string starts = "9", ends;
    bool active = false;
    for (const Subscription& one : each.subscriptions) {
      found[of[each.subscriptions[0].order + each.subscriptions[0].line]].insert(one.order + one.line);
      sum += minor_units(one.amount, places);
      starts = std::min(starts, one.starts);
      ends = std::max(ends, one.ends);
      active = active || one.active;
    }
    CHECK(minor_units(each.amount, places) == sum);
    CHECK(each.starts + each.ends == starts + ends);
    CHECK(each.active == active);
  }
  CHECK(found == wanted);
  CHECK(all->size() == wanted.size());
}

void check_assets(const OrderPlan& plan, int places) {
  const auto all = assets(plan);
  REQUIRE(all);
  std::map<std::string, const Asset*> by_key;
  for (const Asset& each : *all) CHECK(by_key.emplace(each.key, &each).second);
  for (const auto& [order, item] : standing(plan)) {
    INFO(order->key << ' ' << item->line);
    long quantity = 0, amount = 0, count = 0, under = 0;
    std::map<std::string, long> of_parent;
    for (const Asset& each : *all) {
      if (each.order != order->key || each.line != item->line) continue;
      ++count;
      quantity += tenths(each.quantity);
      amount += minor_units(each.amount, places);
      CHECK(each.since == order->ends);
      CHECK(each.delivered == (order->state >= OrderState::delivered));
      CHECK(tenths(each.quantity) > 0);
      if (item->assets == ItemAssets::per_unit) CHECK(tenths(each.quantity) <= 10);
      under += each.parent.empty() ? 0 : 1;
      of_parent[each.parent] += tenths(each.quantity);
      if (each.parent.empty()) continue;
      REQUIRE(by_key.count(each.parent) == 1);
      CHECK(by_key.at(each.parent)->line == item->part_of);
    }
    if (item->assets == ItemAssets::none || item->quantity == "0") {
      CHECK(count == 0);
      continue;
    }
    CHECK(quantity == tenths(item->quantity));
    CHECK(amount == minor_units(item->amount, places));
    const auto root = std::find_if(order->items.begin(), order->items.end(), [&, of = item](const OrderItem& each) {
      return !of->part_of.empty() && each.line == of->part_of;
    });
    const bool divided = root != order->items.end() && root->assets == ItemAssets::per_unit && root->quantity != "0";
    CHECK(under == (divided ? count : 0));
    if (!divided && item->assets == ItemAssets::per_line) CHECK(count == 1);
    if (!divided) continue;
    long most = 0, least = quantity;  // as evenly as whole parts allow
    for (const auto& [parent, part] : of_parent) most = std::max(most, part), least = std::min(least, part);
    CHECK(most - least <= 10);
  }
}

}  // namespace

void check_fulfilment(const OrderPlan& plan, int places) {
  check_entitlements(plan);
  check_revenue(plan, places);
  check_contracts(plan, places);
  check_assets(plan, places);
}

}  // namespace assent::generate
