#include "runtime/orders/split.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "runtime/orders/complaint.h"
#include "runtime/orders/ledger.h"
#include "runtime/plan/print.h"
#include "runtime/value/decimal.h"
#include "runtime/value/sha256.h"
#include "runtime/value/value_text.h"

namespace assent::orders {

namespace {

constexpr std::uint32_t nowhere = plan::none;

class Splitter {
 public:
  Splitter(const plan::Plan& plan, const OrderLines& read, OrderPlan& out)
      : plan_(plan), block_(plan.orders[0]), read_(read), lines_(read.lines), out_(out) {
    for (std::uint32_t k = 0; k < block_.split_keys.count; ++k)
      keys_.push_back(plan::print_node(plan_, plan_.split_keys[block_.split_keys.first + k]));
  }

  Split run(std::span<const OrderChange> changes) {
    if (!index_lines()) return std::move(made_);
    find_bundles();
    for (std::uint32_t i = 0; i < lines_.size(); ++i)
      if (root_[i] == i) has_phase(i);
    if (!made_.problems.empty()) return std::move(made_);
    for (const OrderChange& change : changes) {
      hear(change);
      if (made_.refusal || !made_.problems.empty()) return std::move(made_);
    }
    finish();
    return std::move(made_);
  }

 private:
  const plan::Plan& plan_;
  const plan::Orders& block_;
  const OrderLines& read_;
  const std::vector<OrderLine>& lines_;
  OrderPlan& out_;
  Split made_;
  std::vector<std::string> keys_;  // what orders are split by, as the policy says it
  std::unordered_map<std::string_view, std::uint32_t> by_id_;
  std::unordered_map<std::string, std::uint32_t> by_key_;       // orders
  std::vector<std::uint32_t> root_;  // of each line: the line whose place it shares
  Ledger ledger_;                    // of each line
  std::vector<std::uint32_t> phase_of_order_;
  std::vector<bool> warned_;         // of each line: whether it was looked at, when it was ordered first
  std::uint32_t takes_ = 0;

  void complain(std::uint32_t line, std::string message) {
    orders::complain(made_.problems, plan_, lines_[line].row, std::move(message));
  }
  std::string id(std::uint32_t line) const { return "`" + std::string(lines_[line].id) + "`"; }
  void refuse(RefusalCode code, std::string message) {
    if (!made_.refusal) made_.refusal = Refusal{code, std::move(message)};
  }

  // False: an id is that of two lines, and nothing more can be said of bundles.
  bool index_lines() {
    bool distinct = true;
    by_id_.reserve(lines_.size());
    ledger_.reserve(lines_.size());
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      const auto [known, fresh] = by_id_.try_emplace(lines_[i].id, i);
      if (!fresh) {
        distinct = false;
        complain(i, "the id " + id(i) + " is that of line " + std::to_string(lines_[known->second].row) +
                        " too: every line that is ordered needs its own");
      }
      ledger_.add(lines_[i]);
      if (sign(ledger_[i].quoted) <= 0) {
        complain(i, "the quantity of line " + id(i) + " is " + text(lines_[i].quantity) +
                        ": what is ordered is more than 0; leave such lines out with `for each … where …`");
      }
    }
    return distinct;
  }

  std::uint32_t parent_of(std::uint32_t line) {
    if (lines_[line].part_of.empty()) return nowhere;
    const auto parent = by_id_.find(lines_[line].part_of);
    if (parent != by_id_.end()) return parent->second;
    complain(line,
             "line " + id(line) + " is a part of `" + std::string(lines_[line].part_of) + "`, which is not ordered");
    return nowhere;
  }

  // Goes up from each line until one is met whose root is known. A bundle that contains itself has none.
  void find_bundles() {
    constexpr std::uint32_t unknown = nowhere, busy = nowhere - 1;
    root_.assign(lines_.size(), unknown);
    warned_.assign(lines_.size(), false);
    std::vector<std::uint32_t> way;
    for (std::uint32_t start = 0; start < lines_.size(); ++start) {
      std::uint32_t line = start;
      bool circle = false;
      while (root_[line] == unknown) {
        root_[line] = busy;
        way.push_back(line);
        const std::uint32_t parent = parent_of(line);
        if (parent == nowhere) break;
        circle = root_[parent] == busy;
        line = parent;
      }
      if (circle)
        complain(line, "line " + id(line) + " is a part of itself, by the bundles that it is a part of");
      const std::uint32_t root = root_[line] == busy ? line : root_[line];
      while (!way.empty()) {
        root_[way.back()] = root;
        way.pop_back();
      }
    }
    if (block_.bundles_together == 0) {
      for (std::uint32_t i = 0; i < lines_.size(); ++i) root_[i] = i;
    }
  }

  std::string_view phase_name(std::uint32_t phase) const { return plan_.string(plan_.phases[phase].name); }

  // The phase of a line; nowhere if it has none or two.
  std::uint32_t phase_of(const OrderLine& line) const {
    if (line.phase != nowhere) return line.another_phase == nowhere ? line.phase : nowhere;
    const auto others = std::find_if(plan_.phases.begin(), plan_.phases.end(),
                                     [](const plan::Phase& phase) { return phase.where == plan::none; });
    return others == plan_.phases.end() ? nowhere : static_cast<std::uint32_t>(others - plan_.phases.begin());
  }

  // Whether it is clear where the line belongs.
  bool has_phase(std::uint32_t i) {
    const OrderLine& line = lines_[i];
    if (phase_of(line) != nowhere) return true;
    if (line.phase == nowhere) {
      complain(i, "line " + id(i) + " belongs to no phase: `phase … = other lines` takes what is left");
    } else {
      complain(i, "line " + id(i) + " belongs to two phases, `" + std::string(phase_name(line.phase)) +
                      "` and `" + std::string(phase_name(line.another_phase)) + "`");
    }
    return false;
  }

  // ── what has happened ───────────────────────────────────────────────────────────────────────
  void hear(const OrderChange& change) {
    using Kind = OrderChange::Kind;
    if (change.kind == Kind::ordered) return make_orders(change);
    const auto known = by_key_.find(change.order);
    if (known == by_key_.end()) return refuse(RefusalCode::unknown_order, "there is no order " + change.order);
    const std::uint32_t at = known->second;
    Order& order = out_.orders[at];
    Progress& progress = made_.progress[at];
    const Date day{change.on};
    switch (change.kind) {
      case Kind::ordered: return;
      case Kind::activated: progress.activated = day; order.state = OrderState::activated; return;
      case Kind::delivered: progress.delivered = day; order.state = OrderState::delivered; return;
      case Kind::accepted: progress.accepted = day; order.state = OrderState::accepted; return;
      case Kind::moved: (change.delivery ? progress.new_end : progress.new_start) = day; return;
      case Kind::cancelled: return cancel(order);
      case Kind::amended: return amend(at, change);
    }
  }

  // Of each line: how much is taken of it now.
  std::vector<Decimal> everything_left() const {
    std::vector<Decimal> taken;
    for (std::uint32_t i = 0; i < lines_.size(); ++i) taken.push_back(ledger_.left(i));
    return taken;
  }

  // How much of each line a change speaks of, parts of bundles in proportion. Nothing if it makes no sense.
  std::optional<std::vector<Decimal>> portions(const OrderChange& change, bool less_too) {
    std::vector<Decimal> named(lines_.size());
    for (const Portion& portion : change.lines) {
      const auto known = by_id_.find(portion.line);
      Decimal quantity;
      const auto wrong = [&](std::string why) {
        refuse(RefusalCode::bad_quantity, "line `" + portion.line + "`: " + std::move(why));
        return std::nullopt;
      };
      if (known == by_id_.end()) return wrong("it is not ordered");
      const std::uint32_t line = known->second;
      if (root_[line] != line) return wrong("it is a part of " + id(root_[line]) + ", and comes with it");
      if (parse_decimal(portion.quantity, quantity) != Fault::none) return wrong("the quantity is no number");
      if (is_zero(quantity) || (!less_too && sign(quantity) < 0)) return wrong("the quantity is not more than 0");
      if (!is_zero(named[line])) return wrong("it stands there twice");
      named[line] = quantity;
    }
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      const std::uint32_t root = root_[i];
      if (i == root || is_zero(named[root])) continue;
      const auto part = ledger_.in_proportion(i, root, named[root]);
      if (!part) {
        refuse(RefusalCode::bad_quantity, "line " + id(i) + ": its bundle " + id(root) +
                                              " cannot be divided so: the part would not come out even");
        return std::nullopt;
      }
      named[i] = *part;
    }
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      if (is_zero(named[i])) continue;
      if (!ledger_.fits(i, named[i])) {
        refuse(RefusalCode::bad_quantity, "line " + id(i) + ": " + text(named[i]) + " has more decimals than the " +
                                              text(lines_[i].quantity) + " of the quote");
      } else if (named[i] > ledger_.left(i)) {
        refuse(RefusalCode::bad_quantity, "line " + id(i) + ": " + text(named[i]) +
                                              " is more than the " + text(ledger_.left(i)) + " that are left");
      }
      if (made_.refusal) return std::nullopt;
    }
    return named;
  }

  // ── making orders ───────────────────────────────────────────────────────────────────────────
  void make_orders(const OrderChange& change) {
    const auto taken = change.lines.empty() ? std::optional(everything_left()) : portions(change, false);
    if (!taken) return;
    ++takes_;
    std::vector<Made> made;
    std::unordered_map<std::string, std::uint32_t> by_identity;  // places in `made`
    std::vector<std::uint32_t> of_line(lines_.size(), nowhere);  // the same
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      if (is_zero((*taken)[i])) continue;
      std::string identity = identity_of(root_[i]);
      const auto [known, fresh] = by_identity.try_emplace(identity, static_cast<std::uint32_t>(made.size()));
      if (fresh) made.push_back({std::move(identity), root_[i]});
      of_line[i] = known->second;
      ++made[of_line[i]].items;
    }
    const std::size_t before = out_.orders.size(), after = before + made.size();
    if (made.empty() && before > 0) refuse(RefusalCode::nothing_to_do, "everything that was quoted is ordered");
    if (after > max_orders) {
      made_.problems.push_back({ErrorCode::limit_exceeded, "", "the quote becomes " + std::to_string(after) +
                                                                   " orders, more than " + std::to_string(max_orders)});
      return;
    }
    out_.orders.reserve(after);  // these are large: moving them while they grow takes longer than making them
    for (Made& each : made) make_order(each, Date{change.on});
    for (std::uint32_t i = 0; i < lines_.size(); ++i)
      if (of_line[i] != nowhere) add_item(static_cast<std::uint32_t>(before) + of_line[i], i, (*taken)[i], {});
  }

  // An order to be: what makes it, the unit that it was found by, and of how many items.
  struct Made { std::string identity; std::uint32_t root = 0; std::size_t items = 0; };

  // Of what makes an order: each value with its length, so that no two are alike.
  std::string identity_of(std::uint32_t root) const {
    std::string bytes(phase_name(phase_of(lines_[root])));
    bytes += '\n';
    for (const std::optional<std::string>& value : read_.split_of(root))
      bytes += value ? std::to_string(value->size()) + ':' + *value + '\n' : "absent\n";
    if (takes_ > 1) bytes += std::to_string(takes_);
    return bytes;
  }

  void make_order(const Made& made, Date planned_on) {
    const std::uint32_t of_phase = phase_of(lines_[made.root]);
    const plan::Phase& phase = plan_.phases[of_phase];
    const Location at = plan::location(plan_, phase.position);
    Order& order = out_.orders.emplace_back();
    order.key = sha256_hex(made.identity).substr(0, 16);
    order.take = takes_;
    order.phase = plan_.string(phase.name);
    order.file = at.file;
    order.source_line = at.line;
    order.source_column = at.column;
    for (std::size_t k = 0; k < keys_.size(); ++k) order.split.push_back({keys_[k], read_.split_of(made.root)[k]});
    order.items.reserve(made.items);
    order.currency = currency_text(lines_[made.root].currency);
    by_key_.emplace(order.key, static_cast<std::uint32_t>(out_.orders.size() - 1));
    phase_of_order_.push_back(of_phase);
    made_.progress.emplace_back().planned_on = planned_on;
  }

  void add_item(std::uint32_t order, std::uint32_t i, const Decimal& quantity, std::string on) {
    const OrderLine& line = lines_[i];
    if (line.currency != currency(out_.orders[order].currency)) {
      complain(i, "line " + id(i) + " is in " + currency_text(line.currency) + ", others of its order in " +
                      out_.orders[order].currency + ": split by the currency too");
    }
    OrderItem& item = out_.orders[order].items.emplace_back();
    item.line = line.id;
    item.row = line.row;
    item.part_of = line.part_of;
    item.item = line.item;
    item.unit = line.unit;
    item.level = line.level;
    item.holder = line.holder;
    item.contract = line.contract;
    if (root_[i] != i && !warned_[i]) warn(i, root_[i]);
    warned_[i] = true;
    add_entry(item, i, quantity, std::move(on));
  }

  void add_entry(OrderItem& item, std::uint32_t i, const Decimal& quantity, std::string on) {
    const auto share = ledger_.take(i, quantity, item);
    if (!share) return complain(i, "the amount of line " + id(i) + " has too many digits to be divided");
    const std::string amount = text_with_places(*share, ledger_[i].places);
    item.entries.push_back({std::move(on), text(quantity), amount, amount, {}, {}});
    item.quantity = ledger_.sum(item);
  }

  // ── changing them ───────────────────────────────────────────────────────────────────────────
  void cancel(Order& order) {
    order.state = OrderState::cancelled;
    for (const OrderItem& item : order.items) ledger_.give_back(by_id_.at(item.line), item);
  }

  void amend(std::uint32_t at, const OrderChange& change) {
    const auto added = portions(change, true);
    if (!added) return;
    Order& order = out_.orders[at];
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      const Decimal& quantity = (*added)[i];
      if (is_zero(quantity)) continue;
      const auto item = std::find_if(order.items.begin(), order.items.end(),
                                     [&](const OrderItem& each) { return each.line == lines_[i].id; });
      const auto wrong = [&](std::string why) {
        refuse(RefusalCode::bad_quantity, "line " + id(i) + ": " + std::move(why));
      };
      if (item != order.items.end()) {
        Decimal now;
        if (add(number_of(item->quantity), quantity, now) != Fault::none || sign(now) < 0)
          return wrong("the order has only " + item->quantity + " of it");
        add_entry(*item, i, quantity, text(Date{change.on}));
      } else if (sign(quantity) < 0) {
        return wrong("the order has none of it");
      } else if (phase_of(lines_[root_[i]]) != phase_of_order_[at] || !same_split(order, root_[i])) {
        return wrong("it belongs to another order, by its phase or by what orders are split by");
      } else {
        add_item(at, i, quantity, text(Date{change.on}));
      }
    }
    if (order.state == OrderState::draft &&
        std::all_of(order.items.begin(), order.items.end(),
                    [](const OrderItem& item) { return is_zero(number_of(item.quantity)); }))
      refuse(RefusalCode::bad_quantity, "nothing would be left of the order: cancel it");
  }

  bool same_split(const Order& order, std::uint32_t root) const {
    return std::ranges::equal(order.split, read_.split_of(root), {}, &SplitValue::value);
  }

  // The part of a bundle that would belong elsewhere by itself stays with it, and somebody should know. A value that
  // is absent or empty asks for nothing.
  void warn(std::uint32_t part, std::uint32_t root) {
    const OrderLine& line = lines_[part];
    const auto tell = [&](const std::string& what) {
      out_.warnings.push_back({std::string(line.id), id(part) + " stays with its bundle " + id(root) + ": " + what});
    };
    const std::uint32_t phase = phase_of(line), of_root = phase_of(lines_[root]);
    if (line.phase != nowhere && phase != nowhere && phase != of_root) {
      return tell("by itself it would be in phase `" + std::string(phase_name(phase)) + "`, not `" +
                  std::string(phase_name(of_root)) + "`");
    }
    const auto own = read_.split_of(part), of_bundle = read_.split_of(root);
    for (std::size_t k = 0; k < own.size(); ++k) {
      if (!own[k] || own[k]->empty() || own[k] == of_bundle[k]) continue;
      const auto shown = [](const std::optional<std::string>& value) { return value ? "`" + *value + "`" : "absent"; };
      return tell(keys_[k] + " is " + shown(own[k]) + ", not " + shown(of_bundle[k]));
    }
  }

  void finish() {
    for (std::uint32_t order = 0; order < out_.orders.size(); ++order) {
      if (out_.orders[order].state == OrderState::cancelled) continue;
      for (std::uint32_t item = 0; item < out_.orders[order].items.size(); ++item)
        made_.places.push_back({out_.orders[order].items[item].row, phase_of_order_[order], order, item});
    }
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      if (const Decimal left = ledger_.left(i); !is_zero(left))
        out_.left.push_back({std::string(lines_[i].id), text(left)});
    }
  }
};

}  // namespace

Split split(const plan::Plan& plan, const OrderLines& lines, std::span<const OrderChange> changes,
            OrderPlan& out) {
  return Splitter(plan, lines, out).run(changes);
}

}  // namespace assent::orders
