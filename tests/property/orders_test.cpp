// What happens to orders, for random policies, quotes and happenings: the plan is the naive one, is refused what is
// refused naively, and keeps what is promised of it. At the end each kind of happening, and each refusal, must have
// been seen.
#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <map>
#include <set>
#include <string>

#include "tests/property/generate_orders.h"
#include "tests/property/naive_fulfilment.h"

namespace assent::generate {

namespace {

using order_desk::OrderDesk;
using Kind = OrderChange::Kind;

constexpr std::uint64_t rounds = 800;
constexpr int happenings_of_a_round = 14;

// The planned orders as the naive ones stand.
struct Round {
  OrderScene scene;
  NaiveOrders naive;
  OrderDesk desk;

  explicit Round(const OrderScene& of) : scene(of), naive(of.rules), desk(made(of)) {}
  static OrderDesk made(const OrderScene& of) {
    return {of.clauses, of.lines(), date_text(of.today), of.currency};
  }

  std::vector<std::string> keys(const OrderPlan& plan) const {  // as NaiveOrders::orders
    std::vector<std::string> found;
    for (const NaiveOrder& each : naive.orders) {
      const auto at = std::find_if(plan.orders.begin(), plan.orders.end(), [&](const Order& order) {
        return static_cast<int>(order.take) == each.take &&
               (!scene.rules.phases || order.phase == std::string(1, static_cast<char>('a' + each.phase))) &&
               (!scene.rules.by_site || order.split.at(0).value == each.site);
      });
      REQUIRE(at != plan.orders.end());
      found.push_back(at->key);
    }
    REQUIRE(std::set<std::string>(found.begin(), found.end()).size() == plan.orders.size());
    return found;
  }
};

const Order* find(const OrderPlan& plan, const std::string& key) {
  const auto at =
      std::find_if(plan.orders.begin(), plan.orders.end(), [&](const Order& each) { return each.key == key; });
  return at == plan.orders.end() ? nullptr : &*at;
}
const Order& order_of(const OrderPlan& plan, const std::string& key) {
  const Order* order = find(plan, key);
  REQUIRE(order != nullptr);
  return *order;
}
const OrderItem& item_of(const Order& order, const std::string& line) {
  const auto at =
      std::find_if(order.items.begin(), order.items.end(), [&](const OrderItem& each) { return each.line == line; });
  REQUIRE(at != order.items.end());
  return *at;
}

// ── as the naive one ─────────────────────────────────────────────────────────────────────────
void check_item(const Round& round, const NaiveOrder& order, int line, const OrderItem& item) {
  const NaiveLine& of = round.scene.rules.lines[line];
  const std::vector<NaiveEntry>& entries = order.items.at(line);
  INFO(of.id);
  CHECK(tenths(item.quantity) == NaiveOrders::sum(entries, &NaiveEntry::quantity));
  REQUIRE(item.entries.size() == entries.size());
  const int places = round.scene.places;
  long amount = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    const OrderEntry& entry = item.entries[i];
    CHECK(tenths(entry.quantity) == entries[i].quantity);
    CHECK(minor_units(entry.approved, places) == entries[i].share);
    CHECK(entry.on == (entries[i].on ? date_text(*entries[i].on) : ""));
    amount += minor_units(entry.amount, places);
    if (order.state == OrderState::cancelled || !of.until) {
      CHECK(entry.amount == entry.approved);
      continue;
    }
    const int from = of.from.value_or(order.start), days = *of.until - from + 1;
    int start = from, end = *of.until;
    const std::string& dates = round.scene.rules.dates;
    if (dates == "clamps") start = std::max(from, order.start);
    if (dates == "shifts") start = order.start, end = order.start + days - 1;
    if (entries[i].on) start = std::max(start, *entries[i].on);
    CHECK(entry.starts == date_text(start));
    // How a shift counts months is said in orders/term.h.
    if (dates != "shifts" || round.scene.rules.prorated) CHECK(entry.ends == date_text(end));
    long prorated = entries[i].share;
    if (dates == "clamps" && round.scene.rules.prorated) {
      const long part = end - start + 1, size = std::labs(prorated);
      prorated = (prorated < 0 ? -1 : 1) * ((2 * size * part + days) / (2 * days));
    }
    CHECK(minor_units(entry.amount, places) == prorated);
  }
  CHECK(minor_units(item.amount, places) == amount);
}

void check_plan(const Round& round, const OrderPlan& plan, const std::vector<std::string>& keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const NaiveOrder& naive = round.naive.orders[i];
    const Order& order = order_of(plan, keys[i]);
    INFO(order.key << ' ' << order.phase << " take " << order.take);
    CHECK(order.state == naive.state);
    REQUIRE(order.items.size() == naive.items.size());
    for (const auto& [line, entries] : naive.items)
      check_item(round, naive, line, item_of(order, round.scene.rules.lines[line].id));
    if (naive.state == OrderState::cancelled) continue;
    CHECK(order.starts == date_text(naive.start));
    CHECK(order.ends == date_text(naive.end));
    CHECK(order.pending == naive.pending);
    CHECK(order.accepted == (naive.come[2] ? date_text(*naive.come[2]) : ""));
  }
}

// ── what is promised ─────────────────────────────────────────────────────────────────────────
void check_sums(const Round& round, const OrderPlan& plan) {
  std::map<std::string, long> quantities, amounts;
  for (const Order& order : plan.orders) {
    long amount = 0;
    for (const OrderItem& item : order.items) {
      amount += minor_units(item.amount, round.scene.places);
      if (order.state == OrderState::cancelled) continue;
      quantities[item.line] += tenths(item.quantity);
      for (const OrderEntry& each : item.entries) amounts[item.line] += minor_units(each.approved, round.scene.places);
    }
    CHECK(minor_units(order.amount, round.scene.places) == amount);
  }
  std::map<std::string, long> left;
  for (const Portion& each : plan.left) left[each.line] = tenths(each.quantity);
  for (const NaiveLine& line : round.scene.rules.lines) {
    INFO(line.id);
    CHECK(quantities[line.id] + left[line.id] == line.quantity);
    CHECK(left[line.id] >= 0);
    CHECK(amounts[line.id] * (line.total < 0 ? -1 : 1) >= 0);
    CHECK(std::labs(amounts[line.id]) <= std::labs(line.total));
    if (left[line.id] == 0) CHECK(amounts[line.id] == line.total);
  }
}

void check_bundles(const Round& round, const OrderPlan& plan) {
  if (!round.scene.rules.together) return;
  const auto quoted = [&](const OrderItem& item) {
    return round.scene.rules.lines[std::stoi(item.line.substr(1))].quantity;
  };
  for (const Order& order : plan.orders) {
    for (const OrderItem& part : order.items) {
      if (part.part_of.empty()) continue;
      const OrderItem& root = item_of(order, part.part_of);
      CHECK(tenths(part.quantity) * quoted(root) == tenths(root.quantity) * quoted(part));
    }
  }
}

void check_waits(const Round& round, const OrderPlan& plan, const std::vector<std::string>& keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const NaiveOrder& naive = round.naive.orders[i];
    const Order& order = order_of(plan, keys[i]);
    if (order.state == OrderState::cancelled) continue;
    CHECK(order.starts <= order.ends);
    CHECK((order.accepted.empty() || order.ends <= order.accepted));
    for (const NaiveWait& wait : round.scene.rules.waits[naive.phase]) {
      for (std::size_t j = 0; j < keys.size(); ++j) {
        if (!round.naive.waits_for(naive, wait, round.naive.orders[j])) continue;
        const Order& other = order_of(plan, keys[j]);
        const bool accepted = wait.milestone == 2 && !other.accepted.empty();
        const std::string& come = wait.milestone == 0 ? other.starts : accepted ? other.accepted : other.ends;
        CHECK(*date_from_text(order.starts) >= *date_from_text(come) + wait.lag);
      }
    }
  }
}

// Those that wait for it, and for these, and so on.
std::set<std::size_t> followers(const NaiveOrders& naive, std::set<std::size_t> of, bool back) {
  for (bool more = true; more;) {
    more = false;
    for (std::size_t i = 0; i < naive.orders.size(); ++i) {
      for (std::size_t j = 0; j < naive.orders.size(); ++j) {
        for (const NaiveWait& wait : naive.rules.waits[naive.orders[i].phase]) {
          NaiveOrder other = naive.orders[j];
          other.state = OrderState::draft;  // it was waited for, though it is cancelled now
          if (!naive.waits_for(naive.orders[i], wait, other)) continue;
          if (of.count(back ? i : j) > 0) more = of.insert(back ? j : i).second || more;
        }
      }
    }
  }
  return of;
}

void check_only_followers(const Round& round, const OrderPlan& before, const OrderPlan& after,
                          const std::vector<std::string>& keys, const Happening& what) {
  std::set<std::size_t> changed;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const bool fresh = what.kind == Kind::ordered && round.naive.orders[i].take == round.naive.takes;
    if (fresh || what.order == static_cast<int>(i)) changed.insert(i);
  }
  // What is there or not, and not only when, also hurries what it waits for, if it is due itself.
  const bool is_there =
      what.kind == Kind::ordered || what.kind == Kind::cancelled || what.kind == Kind::amended;
  if (is_there && round.scene.wishes) changed = followers(round.naive, changed, true);
  changed = followers(round.naive, changed, false);
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (changed.count(i) > 0) continue;
    INFO(keys[i]);
    CHECK((order_of(before, keys[i]) == order_of(after, keys[i])));
  }
}

void check_event(const Round& round, const OrderPlan& before, const OrderPlan& after) {
  const Event& event = round.desk.done.events.at(0);
  const std::string line = to_json(event);
  const auto read = event_from_json(line);
  REQUIRE(read);
  CHECK(to_json(*read) == line);
  std::vector<std::string> keys;
  for (const OrderDifference& each : differences(before, after)) keys.push_back(each.order);
  CHECK(std::get<OrdersChanged>(event.what).orders == keys);
  for (const Order& order : after.orders) {
    const Order* was = find(before, order.key);
    const bool told = std::find(keys.begin(), keys.end(), order.key) != keys.end();
    CHECK(order.revision == (was == nullptr ? 0 : was->revision) + (told ? 1 : 0));
    if (told) continue;
    REQUIRE(was != nullptr);
    Order then = *was, now = order;  // nothing is different, but for what it waits for
    then.waits = now.waits = {};
    then.earliest = now.earliest = {};
    CHECK((then == now));
  }
}

// One that the naive planner does not see has the dates of the real one.
void take_dates(Round& round, const OrderPlan& plan, const std::vector<std::string>& keys) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const Order& order = order_of(plan, keys[i]);
    if (order.state == OrderState::cancelled) continue;
    NaiveOrder& naive = round.naive.orders[i];
    naive.start = *date_from_text(order.starts);
    naive.end = *date_from_text(order.ends);
    naive.pending = order.pending;
    naive.earliest.reset();
    if (!order.earliest.empty()) naive.earliest = *date_from_text(order.earliest);
  }
}

struct Seen { std::map<std::string, int> kinds, refusals; int covered = 0, pending = 0, followed = 0; };

void happen(Round& round, const Happening& what, Seen& seen) {
  OrderDesk& desk = round.desk;
  const OrderPlan before = desk.kase.orders.empty() ? OrderPlan{} : desk.plan();
  const std::string key = what.order < 0 ? "" : round.keys(before)[static_cast<std::size_t>(what.order)];
  const NaiveOrders was = round.naive;
  const std::string case_before = to_json(desk.kase);
  const OrderChange change = change_of(what, round.naive, key);
  const std::string code = desk.change(change);
  std::string naive = round.naive.hear(what);
  std::string lines;
  for (const Portion& each : change.lines) lines += ", " + each.line + ' ' + each.quantity;
  INFO(text(change.kind) << ' ' << key << " on " << date_text(what.on) << (what.delivery ? " delivery" : "") << lines);
  if (code == "nothing-to-do" && naive.empty()) {  // moved to where it is
    CHECK((what.kind == Kind::moved));
    round.naive.date_all();
    for (std::size_t i = 0; i < was.orders.size() && !round.scene.wishes; ++i) {
      CHECK(was.orders[i].start == round.naive.orders[i].start);
      CHECK(was.orders[i].end == round.naive.orders[i].end);
    }
    naive = code;
  }
  REQUIRE(code == naive);
  ++(code.empty() ? seen.kinds[std::string(text(change.kind))] : seen.refusals[code]);
  if (!code.empty()) {
    CHECK(desk.done.events.empty());
    CHECK(to_json(desk.kase) == case_before);
    round.naive = was;
    return;
  }
  const OrderPlan after = desk.plan();
  const auto keys = round.keys(after);
  round.naive.date_all();
  if (round.scene.wishes) take_dates(round, after, keys);
  check_plan(round, after, keys);
  check_sums(round, after);
  check_bundles(round, after);
  check_waits(round, after, keys);
  check_only_followers(round, before, after, keys, what);
  check_event(round, before, after);
  check_fulfilment(after, round.scene.places);
  CHECK(to_json(desk.plan()) == to_json(after));
  seen.covered += after.left.empty();
  for (const Order& each : after.orders) seen.pending += each.pending;
}

// By key, whatever stands where.
std::map<std::string, std::set<std::string>> by_key(const OrderPlan& plan) {
  std::map<std::string, std::set<std::string>> made;
  for (const Order& order : plan.orders) {
    std::set<std::string>& facts = made[order.key];
    facts.insert(std::string(text(order.state)) + ' ' + order.amount + ' ' + order.starts + ' ' + order.ends);
    for (const OrderItem& item : order.items)
      facts.insert(item.line + ' ' + item.quantity + " for " + item.amount + ' ' + order_desk::told(item.entries));
  }
  return made;
}

// The same has happened to the same quote with its lines in another order.
void check_shuffled(Round& round, Random& random) {
  auto lines = round.scene.lines();
  for (std::size_t i = lines.size(); i > 1; --i) std::swap(lines[i - 1], lines[random.below(i)]);
  OrderDesk other(round.scene.clauses, lines, date_text(round.scene.today), round.scene.currency);
  for (const OrderChange& change : round.desk.kase.orders) REQUIRE(other.change(change).empty());
  OrderDesk again = Round::made(round.scene);
  for (const OrderChange& change : round.desk.kase.orders) REQUIRE(again.change(change).empty());
  CHECK(to_json(again.plan()) == to_json(round.desk.plan()));
  CHECK(by_key(other.plan()) == by_key(again.plan()));
}

}  // namespace

TEST_CASE("orders are those of a naive ledger and a naive planner, whatever happens to them", "[orders]") {
  Seen seen;
  for (std::uint64_t seed = 1; seed <= rounds; ++seed) {
    Random random{seed};
    Round round(order_scene(random));
    INFO("seed " << seed << '\n' << round.scene.clauses << round.desk.quote);
    int today = round.scene.today;
    for (int i = 0; i < happenings_of_a_round; ++i) {
      happen(round, happening(random, round.naive, today), seen);
      today += static_cast<int>(random.below(3));
    }
    Happening sweep;
    sweep.on = today;
    happen(round, sweep, seen);
    CHECK(round.desk.plan().left.empty());
    if (seed % 4 == 0) check_shuffled(round, random);
  }
  for (const auto& [what, count] : seen.kinds) std::cout << what << ' ' << count << ", ";
  for (const auto& [what, count] : seen.refusals) std::cout << what << ' ' << count << ", ";
  std::cout << "all ordered " << seen.covered << ", pending " << seen.pending << '\n';
  CHECK(seen.kinds.size() == 7);
  for (const char* code : {"bad-quantity", "order-waits", "past-return", "wrong-state", "nothing-to-do"})
    CHECK(seen.refusals[code] > 20);
  CHECK(seen.covered > 200);
  CHECK(seen.pending > 200);
}

}  // namespace assent::generate
