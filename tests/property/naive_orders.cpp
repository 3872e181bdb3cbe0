#include "tests/property/naive_orders.h"

#include <algorithm>
#include <cstdlib>

namespace assent::generate {

namespace {

using Kind = OrderChange::Kind;

// What so much of a line costs, as if nothing had been ordered before: to the nearest minor unit, half away from zero.
long rounded(long total, long part, long whole) {
  const long cost = (2 * std::labs(total) * part + whole) / (2 * whole);
  return total < 0 ? -cost : cost;
}

bool holidays(int date) {
  return date == *date_from_text("2026-03-09") || date == *date_from_text("2026-03-10");
}

}  // namespace

long NaiveOrders::sum(const std::vector<NaiveEntry>& entries, long NaiveEntry::* what) {
  long all = 0;
  for (const NaiveEntry& each : entries) all += each.*what;
  return all;
}

int NaiveOrders::root_of(int line) const {
  if (rules.together)
    while (rules.lines[line].parent >= 0) line = rules.lines[line].parent;
  return line;
}

long NaiveOrders::ordered(int line) const {
  long all = 0;
  for (const NaiveOrder& order : orders) {
    const auto item = order.items.find(line);
    if (order.state != OrderState::cancelled && item != order.items.end())
      all += sum(item->second, &NaiveEntry::quantity);
  }
  return all;
}

long NaiveOrders::shared(int line) const {
  long all = 0;
  for (const NaiveOrder& order : orders) {
    const auto item = order.items.find(line);
    if (order.state != OrderState::cancelled && item != order.items.end()) all += sum(item->second, &NaiveEntry::share);
  }
  return all;
}

std::optional<std::vector<long>> NaiveOrders::portions(const Happening& what) const {
  std::vector<long> taken(rules.lines.size());
  for (const auto& [line, quantity] : what.lines) {
    if (root_of(line) != line || quantity == 0 || taken[line] != 0) return std::nullopt;
    if (quantity < 0 && what.kind == Kind::ordered) return std::nullopt;
    taken[line] = quantity;
  }
  for (std::size_t i = 0; i < rules.lines.size(); ++i) {
    const int line = static_cast<int>(i), root = root_of(line);
    const NaiveLine& part = rules.lines[line];
    if (root != line) {
      const long both = taken[root] * part.quantity;
      if (both % rules.lines[root].quantity != 0) return std::nullopt;
      taken[line] = both / rules.lines[root].quantity;
    }
    if (part.quantity % 10 == 0 && taken[line] % 10 != 0) return std::nullopt;
    if (taken[line] > part.quantity - ordered(line)) return std::nullopt;
  }
  return taken;
}

void NaiveOrders::add(NaiveOrder& order, int line, long quantity, std::optional<int> on) {
  const NaiveLine& of = rules.lines[line];
  const long due = rounded(of.total, ordered(line) + quantity, of.quantity) - shared(line);
  std::vector<NaiveEntry>& entries = order.items[line];
  const long held = sum(entries, &NaiveEntry::share);
  const long sign = of.total < 0 ? -1 : 1;
  long share = 0;
  if (quantity > 0) share = due * sign > 0 ? due : 0;
  else if (sum(entries, &NaiveEntry::quantity) + quantity == 0) share = -held;
  else if (due * sign < 0) share = std::labs(due) > std::labs(held) ? -held : due;
  entries.push_back({on, quantity, share});
}

std::string NaiveOrders::make(const Happening& what) {
  std::vector<long> taken;
  if (what.lines.empty()) {
    for (std::size_t i = 0; i < rules.lines.size(); ++i)
      taken.push_back(rules.lines[i].quantity - ordered(static_cast<int>(i)));
  } else if (const auto named = portions(what)) {
    taken = *named;
  } else {
    return "bad-quantity";
  }
  if (std::all_of(taken.begin(), taken.end(), [](long each) { return each == 0; })) return "nothing-to-do";
  ++takes;
  for (std::size_t i = 0; i < taken.size(); ++i) {
    if (taken[i] == 0) continue;
    const NaiveLine& root = rules.lines[root_of(static_cast<int>(i))];
    const int phase = rules.phases ? root.kind : 0;
    const std::string site = rules.by_site ? root.site : "";
    auto order = std::find_if(orders.begin(), orders.end(), [&](const NaiveOrder& each) {
      return each.take == takes && each.phase == phase && each.site == site;
    });
    if (order == orders.end()) {
      NaiveOrder fresh;
      fresh.take = takes;
      fresh.phase = phase;
      fresh.ordered_on = what.on;
      fresh.site = site;
      order = orders.insert(order, fresh);
    }
    add(*order, static_cast<int>(i), taken[i], std::nullopt);
  }
  return {};
}

std::string NaiveOrders::amend(const Happening& what) {
  const auto more = portions(what);
  if (!more) return "bad-quantity";
  NaiveOrder changed = orders[what.order];
  for (std::size_t i = 0; i < more->size(); ++i) {
    const int line = static_cast<int>(i);
    const NaiveLine& root = rules.lines[root_of(line)];
    if ((*more)[i] == 0) continue;
    const bool there = changed.items.count(line) > 0;
    const bool belongs = (!rules.phases || root.kind == changed.phase) && (!rules.by_site || root.site == changed.site);
    if (!there && ((*more)[i] < 0 || !belongs)) return "bad-quantity";
    if (there && sum(changed.items[line], &NaiveEntry::quantity) + (*more)[i] < 0) return "bad-quantity";
  }
  long left = 0;
  for (std::size_t i = 0; i < more->size(); ++i) left += (*more)[i];
  for (const auto& [line, entries] : changed.items) left += sum(entries, &NaiveEntry::quantity);
  if (left == 0 && changed.state == OrderState::draft) return "bad-quantity";
  for (std::size_t i = 0; i < more->size(); ++i)
    if ((*more)[i] != 0) add(orders[what.order], static_cast<int>(i), (*more)[i], what.on);
  return {};
}

std::string NaiveOrders::hear(const Happening& what) {
  if (what.kind == Kind::ordered) return make(what);
  const NaiveOrder& order = orders[what.order];
  if (const std::string code = refused(order, what); !code.empty()) return code;
  if (what.kind == Kind::amended) return amend(what);
  NaiveOrder& changed = orders[what.order];
  switch (what.kind) {
    case Kind::activated: changed.come[0] = what.on; changed.state = OrderState::activated; break;
    case Kind::delivered: changed.come[1] = what.on; changed.state = OrderState::delivered; break;
    case Kind::accepted: changed.come[2] = what.on; changed.state = OrderState::accepted; break;
    case Kind::moved: (what.delivery ? changed.new_end : changed.new_start) = what.on; break;
    case Kind::cancelled: changed.state = OrderState::cancelled; break;
    default: break;
  }
  return {};
}

bool NaiveOrders::waits_for(const NaiveOrder& order, const NaiveWait& wait, const NaiveOrder& other) const {
  return other.state != OrderState::cancelled && other.phase == wait.after && other.take <= order.take &&
         (!wait.same || other.site == order.site);
}

std::string NaiveOrders::refused(const NaiveOrder& order, const Happening& what) const {
  const bool draft = order.state == OrderState::draft;
  const bool too_early = order.earliest && what.on < *order.earliest;
  if (order.state == OrderState::cancelled) return "wrong-state";
  switch (what.kind) {
    case Kind::activated:
      if (!draft) return "wrong-state";
      for (const NaiveWait& wait : rules.waits[order.phase]) {
        for (const NaiveOrder& other : orders)
          if (waits_for(order, wait, other) && !other.come[wait.milestone]) return "order-waits";
      }
      if (too_early) return "order-waits";
      return what.on < order.ordered_on ? "wrong-state" : "";
    case Kind::delivered:
      return order.state != OrderState::activated || what.on < *order.come[0] ? "wrong-state" : "";
    case Kind::accepted:
      return order.state != OrderState::delivered || what.on < *order.come[1] ? "wrong-state" : "";
    case Kind::moved:
      if (what.delivery) {
        if (!draft && order.state != OrderState::activated) return "wrong-state";
        return what.on < order.start ? "order-waits" : "";
      }
      if (!draft) return "wrong-state";
      if (too_early) return "order-waits";
      return what.on < order.ordered_on ? "wrong-state" : "";
    default: break;
  }
  if (rules.final_once && order.come[*rules.final_once]) return "past-return";
  if (what.kind == Kind::amended) return "";
  if (order.come[1]) return "wrong-state";
  for (const NaiveOrder& other : orders) {
    if (other.state != OrderState::draft) continue;
    for (const NaiveWait& wait : rules.waits[other.phase]) {
      const auto of = [&](const NaiveOrder& each) { return waits_for(other, wait, each); };
      if (of(order) && std::count_if(orders.begin(), orders.end(), of) == 1) return "order-waits";
    }
  }
  return "";
}

// ── day by day ───────────────────────────────────────────────────────────────────────────────
bool NaiveOrders::works_on(int date) const {
  const bool weekday = ((date + 3) % 7 + 7) % 7 < 5;  // 1970-01-01 was a Thursday
  return weekday && !(rules.keeps && holidays(date));
}

int NaiveOrders::next(int date) const {
  while (rules.keeps && !works_on(date)) ++date;
  return date;
}

int NaiveOrders::after(int date, int count, bool business) const {
  if (!business) return date + count;
  if (count == 0) while (!works_on(date)) ++date;
  while (count > 0) if (works_on(++date)) --count;
  return date;
}

void NaiveOrders::date_all() {
  for (int phase = 0; phase < 3; ++phase) {
    for (NaiveOrder& order : orders) {
      if (order.phase != phase || order.state == OrderState::cancelled) continue;
      int takes_days = 0, floor = order.ordered_on;
      for (const auto& [line, entries] : order.items) {
        const NaiveLine& of = rules.lines[line];
        if (sum(entries, &NaiveEntry::quantity) == 0) continue;
        takes_days = std::max(takes_days, of.takes);
        if (of.start) floor = std::max(floor, next(*of.start));
      }
      order.pending = false;
      order.earliest.reset();
      order.start = order.new_start.value_or(floor);
      for (const NaiveWait& wait : rules.waits[phase]) {
        for (const NaiveOrder& other : orders) {
          if (!waits_for(order, wait, other)) continue;
          const int then = other.come[wait.milestone].value_or(wait.milestone == 0 ? other.start : other.end);
          const int bound = after(then, wait.lag, wait.business);
          order.earliest = std::max(order.earliest.value_or(bound), bound);
          order.pending = order.pending || other.pending || (wait.milestone == 2 && !other.come[2]);
        }
      }
      order.start = next(std::max(order.start, order.earliest.value_or(order.start)));
      if (order.come[0]) {
        order.start = *order.come[0];
        order.pending = false;
      }
      if (order.come[1]) order.end = *order.come[1];
      else if (order.new_end) order.end = std::max(order.start, *order.new_end);
      else order.end = next(order.start + takes_days);
    }
  }
}

}  // namespace assent::generate
