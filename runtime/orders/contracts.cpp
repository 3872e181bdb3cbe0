// Entries: contracts, assets.
#include <algorithm>
#include <array>
#include <map>
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
    const auto at = std::find(std::begin(allocation_names), std::end(allocation_names), plan.allocation);
    allocation_ = static_cast<Allocation>(at - std::begin(allocation_names));
  }

  Result<std::vector<Asset>> run() {
    each_item(plan_, [&](const Order& order, const OrderItem& item) {
      if (problem_.empty() && item.assets != ItemAssets::none && is_there(item)) add(order, item);
    });
    if (!problem_.empty()) return std::move(problem_);
    return std::move(made_);
  }

 private:
  const OrderPlan& plan_;
  Allocation allocation_ = Allocation::largest_remainder;
  std::vector<Asset> made_;
  // Of an item with an asset for each unit: where these are.
  std::unordered_map<std::string, std::pair<std::size_t, std::size_t>> units_;
  Problems problem_;

  // How the quantity is divided: over the assets of the bundle that it is a part of, and these into units.
  void add(const Order& order, const OrderItem& item) {
    const auto parent = units_.find(order.key + '/' + item.part_of);
    const std::size_t parents = item.part_of.empty() || parent == units_.end() ? 0 : parent->second.second;
    const Decimal quantity = number_of(item.quantity);
    std::vector<Decimal> parts{quantity};
    if (parents > 1) {
      const std::vector<Decimal> equal(parents, decimal(1));
      if (const Failure failure =
              allocate(quantity, equal, std::max(0, -normalised(quantity).exponent), allocation_, parts);
          failure != Failure::none)
        return fail(failure, item);
    }
    const std::size_t first = made_.size();
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const std::string above = parents == 0 ? std::string() : made_[parent->second.first + i].key;
      if (item.assets == ItemAssets::per_unit) add_units(order, item, parts[i], above);
      else if (!is_zero(parts[i])) add_one(order, item, parts[i], above);
      if (!problem_.empty()) return;
    }
    price(first, order, item);
    for (std::size_t i = first; i < made_.size(); ++i)
      made_[i].key = order.key + '/' + item.line + '/' + std::to_string(i - first + 1);
    if (item.assets == ItemAssets::per_unit)
      units_.insert_or_assign(order.key + '/' + item.line, std::pair(first, made_.size() - first));
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
    if (made_.size() == max_assets) {
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

  void price(std::size_t first, const Order& order, const OrderItem& item) {
    std::vector<Decimal> weights, amounts;
    for (std::size_t i = first; i < made_.size(); ++i) weights.push_back(number_of(made_[i].quantity));
    const Decimal amount = number_of(item.amount);
    const int places = places_of(amount, order.currency);
    if (const Failure failure = allocate(amount, weights, places, allocation_, amounts); failure != Failure::none)
      return fail(failure, item);
    for (std::size_t i = 0; i < amounts.size(); ++i)
      made_[first + i].amount = text_with_places(amounts[i], minor_places(order.currency));
  }

  void fail(Failure failure, const OrderItem& item) { problem_ = {problem_of(failure, item)}; }
};

}  // namespace

Result<std::vector<Asset>> assets(const OrderPlan& plan) { return Assets(plan).run(); }

}  // namespace assent
