// A quote that was approved, and what happens to its orders: for tests that say so in a line. Entry: OrderDesk.
#pragma once

#include <catch2/catch.hpp>

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "assent/advance.h"
#include "assent/compile.h"
#include "assent/fulfilment.h"
#include "assent/orders.h"

namespace order_desk {

using namespace assent;
using Kind = OrderChange::Kind;

inline const std::string shop = R"(policy shop
calendar berlin = monday to friday except 2026-03-09, 2026-03-10
record Quote money in currency { currency: Currency  starts: Date?  ends: Date?  term: Months?  groups: list of Group
                                 held: Bool else false  lines: list of Line }
record Group { id: Text  starts: Date?  term: Months? }
record Line { id: Text  kind: Text else ""  site: Text?  group: Text?  product: Text?  unit: Text?  level: Text?
              holder: Text?  required_by: Text?  quantity: Decimal  net_total: Money  from: Date?  until: Date?
              start: Date?  term: Months?  wanted: Date?  due: Date?  earned: Date?  takes: Days else 0 days
              contract: Text else ""  assets: Text else "" }
input quote: Quote
approver boss = role "boss"
rule hold { when quote.held  requires boss }
otherwise approve
)";
inline const std::string by_kind = R"(
  phase a = lines where line.kind is "a"
  phase b = lines where line.kind is "b"
  phase c = other lines
)";
inline const std::string full_roles = R"(
  level line.level  held by line.holder  term from line.from to line.until lasting line.term
)";

// The fields beside those that every line has, as JSON: R"("site": "Berlin")".
struct Line {
  std::string id, quantity = "1", amount = "100", more = {};
};

inline std::string quote_of(const std::vector<Line>& lines, const std::string& currency = "EUR",
                            const std::string& more = {}) {
  std::string json = R"({"currency": ")" + currency + "\", " + (more.empty() ? "" : more + ", ");
  if (more.find("\"groups\"") == more.npos) json += R"("groups": [], )";
  json += R"("lines": [)";
  for (const Line& line : lines) {
    json += (&line == lines.data() ? "" : ", ") + (R"({"id": ")" + line.id) + R"(", "quantity": )" + line.quantity +
            R"(, "net_total": )" + line.amount + (line.more.empty() ? "" : ", " + line.more) + '}';
  }
  return json + "]}";
}

inline std::int32_t day(std::string_view text) { return *date_from_text(text); }

inline Policy policy_of(const std::string& clauses) {
  const CompileResult compiled = compile({"shop.assent", shop + "orders o {" + clauses + "}"});
  for (const Diagnostic& each : compiled.diagnostics) UNSCOPED_INFO(each.message);
  INFO(clauses);
  REQUIRE(compiled.artifact);
  return *Policy::load(*compiled.artifact);
}

class OrderDesk {
 public:
  OrderDesk(const std::string& clauses, const std::vector<Line>& lines, std::string_view today = "2026-03-02",
            const std::string& currency = "EUR", const std::string& more = {})
      : quote(quote_of(lines, currency, more)), evaluator(std::make_unique<Evaluator>(policy_of(clauses))) {
    kase.id = "Q-1";
    world.now = 1'767'225'600'000;
    world.today = day(today);
    give(Submit{quote, {}, {}});
  }

  template <typename What>
  std::string give(What what) {  // code of the refusal, or nothing
    const std::string id = "c-" + std::to_string(++commands);
    advance(*evaluator, kase, {id, "rep", {}, std::move(what)}, world, done);
    return done.refusal ? std::string(text(done.refusal->code)) : std::string();
  }
  std::string change(OrderChange what) { return give(ChangeOrders{quote, std::move(what)}); }

  // "L1 3, L2 2.5": all that is left where nothing is named.
  std::string order(std::string_view on, const std::string& portions = {}) {
    return change({Kind::ordered, {}, day(on), false, read(portions), {}});
  }
  std::string happens(Kind kind, const std::string& key, std::string_view on, const std::string& portions = {}) {
    return change({kind, key, day(on), false, read(portions), {}});
  }
  std::string deliver_on(const std::string& key, std::string_view on) {
    return change({Kind::moved, key, day(on), true, {}, {}});
  }

  OrderPlan plan() {
    auto made = plan_orders(*evaluator, kase, quote, world);
    if (!made) FAIL(made.problems()[0].where + ": " + made.problems()[0].message);
    return *std::move(made);
  }
  // The order of a line's first item that stands there, in the ordering of that number; 0 for any.
  Order of(std::string_view line, std::uint32_t take = 0) {
    const OrderPlan made = plan();
    for (const Order& each : made.orders) {
      for (const OrderItem& item : each.items)
        if (item.line == line && (take == 0 || each.take == take)) return each;
    }
    FAIL("no order of " << line);
    return {};
  }
  std::string key(std::string_view line, std::uint32_t take = 0) { return of(line, take).key; }

  static std::vector<Portion> read(const std::string& portions) {
    std::vector<Portion> made;
    for (std::size_t at = 0; at < portions.size();) {
      const std::size_t end = std::min(portions.find(", ", at), portions.size());
      const std::size_t space = portions.find(' ', at);
      made.push_back({portions.substr(at, space - at), portions.substr(space + 1, end - space - 1)});
      at = end + 2;
    }
    return made;
  }

  std::string quote;
  std::unique_ptr<Evaluator> evaluator;
  World world;
  Case kase;
  Advance done;
  int commands = 0;
};

// "1: red 3, blue 2 = 50.00; 2: …": take, items with their quantities, the amount; "!" for cancelled ones.
inline std::string told(const OrderPlan& plan) {
  std::string text;
  for (const Order& order : plan.orders) {
    text += (text.empty() ? "" : "; ") + std::to_string(order.take) +
            (order.state == OrderState::cancelled ? "!: " : ": ");
    for (const OrderItem& item : order.items)
      text += (&item == order.items.data() ? "" : ", ") + item.line + ' ' + item.quantity;
    text += " = " + order.amount;
  }
  for (const Portion& each : plan.left) text += "; left " + each.line + ' ' + each.quantity;
  return text;
}

inline std::string told(const std::vector<OrderEntry>& entries) {
  std::string text;
  for (const OrderEntry& each : entries) {
    text += (text.empty() ? "" : "; ") + each.quantity + " = " + each.amount;
    if (!each.starts.empty()) text += ", " + each.starts + " to " + each.ends;
  }
  return text;
}

}  // namespace order_desk
