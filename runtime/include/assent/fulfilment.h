// assent/fulfilment.h: what follows from orders: contracts with their subscriptions, assets, entitlements, revenue.
//
//   const auto all = assent::contracts(*plan);
//   if (!all) return complain(all.problems());
//   for (const assent::Contract& contract : *all) {
//     sign(contract.key, contract.starts, contract.ends);
//   }
//
// All are pure functions of a plan (assent/orders.h), and so as good as it: what an order has come to is a fact, what
// it has not is planned, and said to be. Orders that were cancelled are left out; an item of which nothing is left has
// no contract and no assets, but was held, and earned, until then. Plain values; dates as "2026-03-02", of a span both
// days are part; amounts and quantities are exact decimals.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "assent/orders.h"
#include "assent/result.h"

namespace assent {

inline constexpr std::size_t max_assets = 100'000;         // of one quote: each is a record of its own
inline constexpr std::size_t max_revenue_periods = 1'000'000;  // of one quote: a hundred years of 800 items

// An item with a term, and so with something to hold until that ends.
struct Subscription {
  std::string order, line, item, level, holder;
  std::string quantity, amount;  // as it stands, amendments counted
  std::string starts, ends;
  bool active = false;           // its order has been activated
};

// One for all subscriptions that end on the same day or, where the policy says `contract as one`, for all of the quote;
// but always one for each that is contracted separately, and for each currency. The key is made of that alone: a
// contract that is made again is the same one. It reaches from the earliest start to the latest end.
struct Contract {
  std::string key;     // 16 hexadecimal digits
  std::string starts, ends;
  std::string amount, currency;
  bool active = false;  // one of its subscriptions is
  std::vector<Subscription> subscriptions;  // in the order of the plan
};
Result<std::vector<Contract>> contracts(const OrderPlan& plan);

// Something that is owned, from the day of its delivery: a line or, where the policy says `assets per unit`, each of
// its units. The parts of a bundle whose root has an asset for each unit are divided among these, as evenly as whole
// parts allow. Amounts are divided to the cent, by the plan's allocation.
struct Asset {
  std::string key;     // "order/line/3"
  std::string parent;  // key of the asset that it is a part of; empty without
  std::string order, line, item, holder;
  std::string quantity, amount, currency;
  std::string since;
  bool delivered = false;  // else planned
};
Result<std::vector<Asset>> assets(const OrderPlan& plan);  // limit_exceeded for more than max_assets

// How much of an item somebody may use with which service, while nothing about that changes: for its term, though not
// before its order starts.
struct Entitlement {
  std::string holder, item, level, unit;
  std::string starts, ends;
  std::string quantity;  // by orders that have been activated
  std::string expected;  // by these and those that are still to be
};
// By holder, item and level; without a gap and without an overlap from the first day to the last on which there is one.
Result<std::vector<Entitlement>> entitlements(const OrderPlan& plan);
// Those of one day, since 1970-01-01.
Result<std::vector<Entitlement>> entitled(const OrderPlan& plan, std::int32_t day);

// When what an item costs is earned. It begins with the milestone that the policy names (its `earns` clause), though
// not before the term does; what has no term is earned on that day.
struct RevenueSchedule {
  struct Period { std::string starts, ends, amount; };  // a calendar month, or the part that is in it
  std::string order, line, item;
  std::string amount, currency;
  std::string from;        // the day of the milestone
  bool expected = false;   // it has not come yet: the days are planned
  bool pending = false;    // nobody knows when it will: the days are the earliest
  std::vector<Period> periods;  // sum exactly to the amount
};
Result<std::vector<RevenueSchedule>> revenue(const OrderPlan& plan);  // limit_exceeded for too many periods

// With their line ends; runtime/schemas/fulfilment.schema.json.
std::string to_json(const std::vector<Contract>& contracts);
std::string to_json(const std::vector<Asset>& assets);
std::string to_json(const std::vector<Entitlement>& entitlements);
std::string to_json(const std::vector<RevenueSchedule>& schedules);
// The same on one line, without its end, appended.
void append_line(std::string& out, const std::vector<Contract>& contracts);
void append_line(std::string& out, const std::vector<Asset>& assets);
void append_line(std::string& out, const std::vector<Entitlement>& entitlements);
void append_line(std::string& out, const std::vector<RevenueSchedule>& schedules);

}  // namespace assent
