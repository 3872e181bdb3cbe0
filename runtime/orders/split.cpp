#include "runtime/orders/split.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "runtime/plan/print.h"
#include "runtime/value/decimal.h"
#include "runtime/value/sha256.h"

namespace assent::orders {

namespace {

constexpr std::uint32_t nowhere = plan::none;
constexpr auto unplaceable = static_cast<std::size_t>(-1);

Decimal number_of(std::string_view text) {  // of an OrderLine, which has no others
  Decimal number;
  [[maybe_unused]] const Fault fault = parse_decimal(text, number);
  return number;
}

class Split {
 public:
  Split(const plan::Plan& plan, const std::vector<OrderLine>& lines, OrderPlan& out, std::vector<PlacedLine>& places)
      : plan_(plan), block_(plan.orders[0]), lines_(lines), out_(out), places_(places) {
    for (std::uint32_t k = 0; k < block_.split_keys.count; ++k)
      keys_.push_back(plan::print_node(plan_, plan_.split_keys[block_.split_keys.first + k]));
  }

  Problems run() {
    if (index_lines()) {
      find_bundles();
      place_units();
      if (problems_.empty()) add_up();
    }
    return std::move(problems_);
  }

 private:
  const plan::Plan& plan_;
  const plan::Orders& block_;
  const std::vector<OrderLine>& lines_;
  OrderPlan& out_;
  std::vector<PlacedLine>& places_;
  Problems problems_;
  std::vector<std::string> keys_;  // what orders are split by, as the policy says it
  std::unordered_map<std::string_view, std::uint32_t> by_id_;
  std::unordered_map<std::string, std::size_t> by_identity_;  // orders
  std::vector<std::uint32_t> root_;  // of each line: the line whose place it shares

  void complain(std::uint32_t line, std::string message) {
    if (problems_.size() >= max_problems) return;
    problems_.push_back(
        {ErrorCode::bad_quote, plan::row_pointer(plan_, block_.table, lines_[line].row), std::move(message)});
  }

  // False: an id is that of two lines, and nothing more can be said of bundles.
  bool index_lines() {
    bool distinct = true;
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      const auto [known, fresh] = by_id_.try_emplace(lines_[i].id, i);
      if (!fresh) {
        distinct = false;
        complain(i, "the id `" + lines_[i].id + "` is that of line " + std::to_string(lines_[known->second].row) +
                        " too: every line that is ordered needs its own");
      }
      if (sign(number_of(lines_[i].quantity)) <= 0) {
        complain(i, "the quantity of line `" + lines_[i].id + "` is " + lines_[i].quantity +
                        ": what is ordered is more than 0; leave such lines out with `for each … where …`");
      }
    }
    return distinct;
  }

  std::uint32_t parent_of(std::uint32_t line) {
    if (lines_[line].part_of.empty()) return nowhere;
    const auto parent = by_id_.find(lines_[line].part_of);
    if (parent != by_id_.end()) return parent->second;
    complain(line, "line `" + lines_[line].id + "` is a part of `" + lines_[line].part_of + "`, which is not ordered");
    return nowhere;
  }

  // Goes up from each line until one is met whose root is known. A bundle that contains itself has none.
  void find_bundles() {
    constexpr std::uint32_t unknown = nowhere, busy = nowhere - 1;
    root_.assign(lines_.size(), unknown);
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
        complain(line, "line `" + lines_[line].id + "` is a part of itself, by the bundles that it is a part of");
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
    if (line.phases.size() == 1) return line.phases[0];
    if (!line.phases.empty()) return nowhere;
    const auto others = std::find_if(plan_.phases.begin(), plan_.phases.end(),
                                     [](const plan::Phase& phase) { return phase.where == plan::none; });
    return others == plan_.phases.end() ? nowhere : static_cast<std::uint32_t>(others - plan_.phases.begin());
  }

  // Whether it is clear where the line belongs.
  bool has_phase(std::uint32_t i) {
    const OrderLine& line = lines_[i];
    if (phase_of(line) != nowhere) return true;
    if (line.phases.empty()) {
      complain(i, "line `" + line.id + "` belongs to no phase: `phase … = other lines` takes what is left");
    } else {
      complain(i, "line `" + line.id + "` belongs to two phases, `" + std::string(phase_name(line.phases[0])) +
                      "` and `" + std::string(phase_name(line.phases[1])) + "`");
    }
    return false;
  }

  // Of what makes an order: each value with its length, so that no two are alike.
  std::string identity_of(std::uint32_t i) const {
    std::string bytes(phase_name(phase_of(lines_[i])));
    bytes += '\n';
    for (const std::optional<std::string>& value : lines_[i].split)
      bytes += value ? std::to_string(value->size()) + ':' + *value + '\n' : "absent\n";
    return bytes;
  }

  Order order_of(std::uint32_t i, const std::string& identity) const {
    Order order;
    order.key = sha256_hex(identity).substr(0, 16);
    const plan::Phase& phase = plan_.phases[phase_of(lines_[i])];
    order.phase = plan_.string(phase.name);
    const plan::Position& at = phase.position;
    order.file = plan_.string(plan_.files[at.file]);
    order.source_line = at.line;
    order.source_column = at.column;
    for (std::size_t k = 0; k < keys_.size(); ++k) order.split.push_back({keys_[k], lines_[i].split[k]});
    order.currency = lines_[i].currency;
    return order;
  }

  // The order of a unit, made if there is none like it; unplaceable if it is not clear where it belongs.
  std::size_t place(std::uint32_t root) {
    if (!has_phase(root)) return unplaceable;
    const std::string identity = identity_of(root);
    const auto [known, fresh] = by_identity_.try_emplace(identity, out_.orders.size());
    if (fresh) out_.orders.push_back(order_of(root, identity));
    return known->second;
  }

  void place_units() {
    constexpr std::size_t unplaced = unplaceable - 1;
    std::vector<std::size_t> order_of_root(lines_.size(), unplaced);
    for (std::uint32_t i = 0; i < lines_.size(); ++i) {
      std::size_t& order = order_of_root[root_[i]];
      if (order == unplaced) order = place(root_[i]);
      if (order == unplaceable) continue;
      const OrderLine& line = lines_[i];
      out_.orders[order].items.push_back({line.id, line.row, line.quantity, line.amount, line.part_of});
      places_.push_back({line.row, phase_of(lines_[root_[i]]), static_cast<std::uint32_t>(order)});
      if (root_[i] != i) warn(i, root_[i]);
    }
    if (out_.orders.size() > max_orders) {
      problems_.push_back({ErrorCode::limit_exceeded, "", "the quote becomes " + std::to_string(out_.orders.size()) +
                                                              " orders, more than " + std::to_string(max_orders)});
    }
  }

  // The part of a bundle that would belong elsewhere by itself stays with it, and somebody should know. A value that
  // is absent or empty asks for nothing.
  void warn(std::uint32_t part, std::uint32_t root) {
    const OrderLine& line = lines_[part];
    const auto tell = [&](const std::string& what) {
      out_.warnings.push_back({line.id, "`" + line.id + "` stays with its bundle `" + lines_[root].id + "`: " + what});
    };
    const std::uint32_t phase = phase_of(line), of_root = phase_of(lines_[root]);
    if (!line.phases.empty() && phase != nowhere && phase != of_root) {
      return tell("by itself it would be in phase `" + std::string(phase_name(phase)) + "`, not `" +
                  std::string(phase_name(of_root)) + "`");
    }
    for (std::size_t k = 0; k < line.split.size(); ++k) {
      if (line.split[k].value_or("").empty() || line.split[k] == lines_[root].split[k]) continue;
      const auto shown = [](const std::optional<std::string>& value) { return value ? "`" + *value + "`" : "absent"; };
      return tell(keys_[k] + " is " + shown(line.split[k]) + ", not " + shown(lines_[root].split[k]));
    }
  }

  void add_up() {
    for (Order& order : out_.orders) {
      Decimal sum;
      for (const OrderItem& item : order.items) {
        const std::uint32_t line = by_id_.at(item.line);
        if (lines_[line].currency != order.currency) {
          complain(line, "line `" + item.line + "` is in " + lines_[line].currency + ", others of its order in " +
                             order.currency + ": split by the currency too");
        } else if (add(sum, number_of(item.amount), sum) != Fault::none) {
          complain(line, "the amounts of an order come to more than 34 digits");
        }
      }
      order.amount = text_with_places(sum, amount_places);
    }
  }
};

}  // namespace

Problems split(const plan::Plan& plan, const std::vector<OrderLine>& lines, OrderPlan& out,
               std::vector<PlacedLine>& places) {
  return Split(plan, lines, out, places).run();
}

}  // namespace assent::orders
