// Entries: contracts, assets.
#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/orders/allocate.h"
#include "runtime/orders/items.h"
#include "runtime/value/sha256.h"

namespace assent {

using namespace orders;

namespace {

// Of what makes a contract.
std::string identity_of(const OrderPlan& plan, const Order& order, const OrderItem& item) {
  const std::string in = order.currency + ' ';
  if (item.contract == ItemContract::separately) return in + "line " + item.line;
  return plan.contracting == name(Contracting::as_one) ? in + "all" : in + "ends " + item.entries.front().ends;
}

bool has_started(const Order& order) { return order.state != OrderState::draft; }

}  // namespace

Result<std::vector<Contract>> contracts(const OrderPlan& plan) {
  std::vector<Contract> made;
  std::unordered_map<std::string, std::size_t> known;
  std::vector<Decimal> amounts;
  bool too_large = false;
  each_item(plan, [&](const Order& order, const OrderItem& item) {
    if (!is_there(item) || !has_term(item) || item.contract == ItemContract::none) return;
    const std::string identity = identity_of(plan, order, item);
    const auto [at, fresh] = known.try_emplace(identity, made.size());
    if (fresh) {
      Contract& contract = made.emplace_back();
      contract.key = sha256_hex(identity).substr(0, 16);
      contract.currency = order.currency;
      amounts.emplace_back();
    }
    Contract& contract = made[at->second];
    const OrderEntry& first = item.entries.front();
    const bool active = has_started(order);
    contract.subscriptions.push_back({order.key, item.line, item.item, item.level, item.holder, item.quantity,
                                      item.amount, first.starts, first.ends, active});
    contract.starts = fresh ? first.starts : std::min(contract.starts, first.starts);
    contract.ends = std::max(contract.ends, first.ends);
    contract.active = contract.active || active;
    Decimal& sum = amounts[at->second];
    too_large = too_large || add(sum, number_of(item.amount), sum) != Fault::none;
  });
  if (too_large) return Problem{ErrorCode::bad_quote, "", "the amounts of a contract come to more than 34 digits"};
  for (std::size_t i = 0; i < made.size(); ++i)
    made[i].amount = text_with_places(amounts[i], minor_places(made[i].currency));
  return made;
}

namespace {

class Assets {
 public:
  explicit Assets(const OrderPlan& plan) : plan_(plan) {
    allocation_ = named<Allocation>(allocation_names, plan.allocation);
  }

  Result<std::vector<Asset>> run() {
    for (const Order& order : plan_.orders) {
      if (order.state == OrderState::cancelled) continue;
      std::vector<std::vector<Asset>> of_items(order.items.size());
      for (const std::size_t i : roots_first(order)) {
        const OrderItem& item = order.items[i];
        if (item.assets != ItemAssets::none && is_there(item)) add(order, item);
        if (!problem_.empty()) return std::move(problem_);
        before_ += made_.size();
        of_items[i] = std::exchange(made_, {});
      }
      for (std::vector<Asset>& each : of_items) std::move(each.begin(), each.end(), std::back_inserter(all_));
    }
    return std::move(all_);
  }

 private:
  const OrderPlan& plan_;
  Allocation allocation_ = Allocation::largest_remainder;
  std::vector<Asset> all_, made_;  // made: of the item at hand
  std::size_t before_ = 0;         // how many there are without these
  std::unordered_map<std::string, std::size_t> units_;  // of an item with an asset for each unit: how many
  Problems problem_;

  // The items by their place, each after the one that it is a part of.
  static std::vector<std::size_t> roots_first(const Order& order) {
    std::unordered_map<std::string_view, std::size_t> of_line;
    for (std::size_t i = 0; i < order.items.size(); ++i) of_line.emplace(order.items[i].line, i);
    std::vector<bool> placed(order.items.size());
    std::vector<std::size_t> sorted, way;
    for (std::size_t start = 0; start < order.items.size(); ++start) {
      for (std::size_t i = start; !placed[i];) {
        placed[i] = true;
        way.push_back(i);
        const auto root = of_line.find(order.items[i].part_of);
        if (root == of_line.end()) break;
        i = root->second;
      }
      sorted.insert(sorted.end(), way.rbegin(), way.rend());
      way.clear();
    }
    return sorted;
  }

  static std::string key_of(const Order& order, std::string_view line, std::size_t i) {
    return order.key + '/' + std::string(line) + '/' + std::to_string(i + 1);
  }

  // How the quantity is divided: over the assets of the bundle that it is a part of, and these into units.
  void add(const Order& order, const OrderItem& item) {
    const auto parent = units_.find(order.key + '/' + item.part_of);
    const std::size_t parents = item.part_of.empty() || parent == units_.end() ? 0 : parent->second;
    const Decimal quantity = number_of(item.quantity);
    std::vector<Decimal> parts{quantity};
    if (parents > 1) {
      const std::vector<Decimal> equal(parents, decimal(1));
      if (const Failure failure =
              allocate(quantity, equal, decimals(quantity), allocation_, parts);
          failure != Failure::none)
        return fail(failure, item);
    }
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string above = parents == 0 ? std::string() : key_of(order, item.part_of, i);
      if (item.assets == ItemAssets::per_unit) add_units(order, item, parts[i], above);
      else if (!is_zero(parts[i])) add_one(order, item, parts[i], above);
      if (!problem_.empty()) return;
    }
    price(order, item);
    for (std::size_t i = 0; i < made_.size(); ++i) made_[i].key = key_of(order, item.line, i);
    if (item.assets == ItemAssets::per_unit) units_.insert_or_assign(order.key + '/' + item.line, made_.size());
  }

  // What is left of a unit that is not whole is an asset too.
  void add_units(const Order& order, const OrderItem& item, Decimal quantity, const std::string& parent) {
    while (sign(quantity) > 0 && problem_.empty()) {
      const Decimal unit = std::min(quantity, decimal(1));
      add_one(order, item, unit, parent);
      (void)subtract(quantity, unit, quantity);
    }
  }

  void add_one(const Order& order, const OrderItem& item, const Decimal& quantity, const std::string& parent) {
    if (before_ + made_.size() == max_assets) {
      problem_ = {
          {ErrorCode::limit_exceeded, "", "the orders make more than " + std::to_string(max_assets) + " assets"}};
      return;
    }
    Asset& asset = made_.emplace_back();
    asset.parent = parent;
    asset.order = order.key;
    asset.line = item.line;
    asset.item = item.item;
    asset.holder = item.holder;
    asset.quantity = text(quantity);
    asset.currency = order.currency;
    asset.since = order.ends;
    asset.delivered = order.state == OrderState::delivered || order.state == OrderState::accepted;
  }

  void price(const Order& order, const OrderItem& item) {
    std::vector<Decimal> weights, amounts;
    for (const Asset& each : made_) weights.push_back(number_of(each.quantity));
    const Decimal amount = number_of(item.amount);
    const int places = places_of(amount, currency(order.currency));
    if (const Failure failure = allocate(amount, weights, places, allocation_, amounts); failure != Failure::none)
      return fail(failure, item);
    for (std::size_t i = 0; i < amounts.size(); ++i)
      made_[i].amount = text_with_places(amounts[i], minor_places(order.currency));
  }

  void fail(Failure failure, const OrderItem& item) { problem_ = {problem_of(failure, item)}; }
};

}  // namespace

Result<std::vector<Asset>> assets(const OrderPlan& plan) { return Assets(plan).run(); }

}  // namespace assent
