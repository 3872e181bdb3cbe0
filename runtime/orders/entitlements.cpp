// Entries: entitlements, entitled. Each entry of an item is so much more, or less, from one day to another; what is
// between two such days does not change.
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "runtime/orders/items.h"

namespace assent {

using namespace orders;

namespace {

struct Change { Decimal quantity, expected; };
using Holding = std::tuple<std::string, std::string, std::string, std::string>;  // holder, item, level, unit
using Changes = std::map<Date, Change>;

bool add_to(Decimal& sum, const Decimal& more) { return add(sum, more, sum) == Fault::none; }

bool is_nothing(const Entitlement& each) { return each.quantity == "0" && each.expected == "0"; }

// From each day on, how much more there is than before.
bool collect(const OrderPlan& plan, std::map<Holding, Changes>& out) {
  bool fits = true;
  each_item(plan, [&](const Order& order, const OrderItem& item) {
    if (!has_term(item)) return;
    Changes& changes = out[{item.holder, item.item, item.level, item.unit}];
    for (const OrderEntry& entry : item.entries) {
      const Date from_day = std::max(day(entry.starts), day(order.starts));  // before, it is only promised
      if (entry.starts.empty() || from_day > day(entry.ends)) continue;
      const Decimal more = number_of(entry.quantity), less = negate(more);
      Change& from = changes[from_day];
      Change& until = changes[Date{day(entry.ends).days + 1}];
      fits = fits && add_to(from.expected, more) && add_to(until.expected, less);
      if (order.state != OrderState::draft) fits = fits && add_to(from.quantity, more) && add_to(until.quantity, less);
    }
  });
  return fits;
}

}  // namespace

Result<std::vector<Entitlement>> entitlements(const OrderPlan& plan) {
  std::map<Holding, Changes> all;
  bool fits = collect(plan, all);
  std::vector<Entitlement> made;
  for (const auto& [holding, changes] : all) {
    const auto& [holder, item, level, unit] = holding;
    Change now;
    const std::size_t first = made.size();
    for (auto at = changes.begin(); at != changes.end(); ++at) {
      fits = fits && add_to(now.quantity, at->second.quantity) && add_to(now.expected, at->second.expected);
      if (made.size() > first) made.back().ends = text(Date{at->first.days - 1});
      if (std::next(at) == changes.end()) break;
      const std::string quantity = text(now.quantity), expected = text(now.expected);
      if (made.size() > first && made.back().quantity == quantity && made.back().expected == expected) continue;
      made.push_back({holder, item, level, unit, text(at->first), {}, quantity, expected});
      if (made.size() == first + 1 && is_nothing(made.back())) made.pop_back();  // there is none yet
    }
    if (made.size() > first && is_nothing(made.back())) made.pop_back();
  }
  if (!fits) return Problem{ErrorCode::bad_quote, "", "the quantities of an item come to more than 34 digits"};
  return made;
}

Result<std::vector<Entitlement>> entitled(const OrderPlan& plan, std::int32_t day) {
  auto all = entitlements(plan);
  if (!all) return all;
  const std::string on = text(Date{day});
  std::erase_if(*all, [&](const Entitlement& each) {
    return on < each.starts || on > each.ends || is_nothing(each);
  });
  return all;
}

}  // namespace assent
