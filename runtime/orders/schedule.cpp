#include "runtime/orders/schedule.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "runtime/orders/complaint.h"
#include "runtime/orders/ledger.h"
#include "runtime/orders/roll.h"
#include "runtime/plan/print.h"
#include "runtime/value/value_text.h"

namespace assent::orders {

namespace {

using plan::Milestone;
using plan::TimingKind;

// Orders of one phase that others wait for together: those of one ordering, and of all gates before.
struct Gate {
  std::vector<std::uint32_t> orders;
  std::uint32_t take = 0;
  std::uint32_t earlier = plan::none;  // the gate of those that were ordered before
  std::size_t count = 0;               // of all these orders
  Milestone milestone = Milestone::activated;
  std::optional<Date> needed;  // the latest day on which the milestone is in time for all that wait
  // Where the pass stands:
  Date until;
  std::uint32_t last = plan::none;  // of `orders`: the one whose milestone that is
  bool pending = false;
  bool met = true;
};

// A length of time that a clause gives an order: a lead time; a lag, after what the gate says.
struct Length { std::uint32_t clause = 0; Lag lag; std::uint32_t gate = plan::none; };

struct Node {
  std::uint32_t phase = 0;
  std::optional<Date> floor, wanted, due;
  bool stands = false;  // false: it was cancelled
  std::vector<Length> takes, waits;
  Date start, end;
  Date earliest;  // for what it waits for
  bool pending = false;
  const Length* held_by = nullptr;  // of `waits`: the one that the start comes from
  std::optional<Date> latest_start, latest_end;
};

class Schedule {
 public:
  Schedule(const plan::Plan& plan, const Split& split, OrderPlan& out)
      : plan_(plan), split_(split), out_(out), nodes_(out.orders.size()), phases_(plan.phases.size()) {}

  Problems run(const std::vector<LineTiming>& timings) {
    read_phases();
    for (std::uint32_t phase = 0; phase < phases_.size(); ++phase) connect(phase);
    for (const LineTiming& each : timings) hear(each);
    move_wishes();
    for (std::uint32_t phase = 0; phase < phases_.size(); ++phase) forward(phase, false);
    for (std::uint32_t phase = size(phases_); phase-- > 0;) backward(phase);
    for (std::uint32_t phase = 0; phase < phases_.size(); ++phase) forward(phase, true);
    if (problems_.empty()) write();
    return std::move(problems_);
  }

 private:
  struct Phase {
    std::vector<std::uint32_t> orders;            // in their order
    std::vector<std::uint32_t> gates;             // that wait for them
    const plan::Timing* business_days = nullptr;  // what it says of them, or null
  };

  const plan::Plan& plan_;
  const Split& split_;
  OrderPlan& out_;
  std::vector<Node> nodes_;    // as OrderPlan::orders
  std::vector<Phase> phases_;  // as in the plan
  std::vector<Gate> gates_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> gates_of_;  // by what makes them, the earlier first
  std::unordered_set<std::string> gated_;  // what has its gates
  Problems problems_;

  template <typename T>
  static std::uint32_t size(const std::vector<T>& items) { return static_cast<std::uint32_t>(items.size()); }

  // ── what waits for what ─────────────────────────────────────────────────────────────────────
  std::span<const plan::Timing> clauses_of(std::uint32_t phase) const {
    const plan::Slice& slice = plan_.phases[phase].timings;
    return std::span(plan_.timings).subspan(slice.first, slice.count);
  }

  void read_phases() {
    for (const PlacedLine& each : split_.places) {
      Node& node = nodes_[each.order];
      if (!node.stands) phases_[each.phase].orders.push_back(each.order);
      node.phase = each.phase;
      node.stands = true;
    }
    for (std::uint32_t phase = 0; phase < phases_.size(); ++phase) {
      for (const plan::Timing& each : clauses_of(phase))
        if (each.kind == TimingKind::business_days) phases_[phase].business_days = &each;
    }
  }

  // What a clause waits for, and of an order the values by which it compares.
  std::string identity(const plan::Timing& clause, const Order* order) const {
    std::string bytes = std::to_string(clause.after) + ' ' + std::string(name(clause.milestone));
    for (std::uint32_t i = 0; i < clause.same.count; ++i) {
      const std::uint32_t key = plan_.same_keys[clause.same.first + i];
      bytes += ' ' + std::to_string(key);
      if (order == nullptr) continue;
      const std::optional<std::string>& value = order->split[key].value;
      bytes += value ? '=' + std::to_string(value->size()) + ':' + *value : "-";
    }
    return bytes;
  }

  void make_gate(const plan::Timing& clause, std::uint32_t take, std::vector<std::uint32_t>& family) {
    phases_[clause.after].gates.push_back(size(gates_));
    Gate& gate = gates_.emplace_back();
    gate.milestone = clause.milestone;
    gate.take = take;
    if (!family.empty()) gate.earlier = family.back();
    family.push_back(size(gates_) - 1);
  }

  // What may be waited for comes to its gate, ordering after ordering.
  void make_gates(const plan::Timing& clause) {
    if (!gated_.insert(identity(clause, nullptr)).second) return;  // clauses that wait for the same share their gates
    for (const std::uint32_t order : phases_[clause.after].orders) {
      std::vector<std::uint32_t>& family = gates_of_[identity(clause, &out_.orders[order])];
      const std::uint32_t take = out_.orders[order].take;
      if (family.empty() || gates_[family.back()].take != take) make_gate(clause, take, family);
      gates_[family.back()].orders.push_back(order);
    }
  }

  void connect(std::uint32_t phase) {
    for (const plan::Timing& clause : clauses_of(phase)) {
      if (clause.kind != TimingKind::starts_after) continue;
      make_gates(clause);
      const auto number = static_cast<std::uint32_t>(&clause - plan_.timings.data());
      for (const std::uint32_t order : phases_[phase].orders) {
        const std::vector<std::uint32_t>& family = gates_of_[identity(clause, &out_.orders[order])];
        const auto last = std::find_if(family.rbegin(), family.rend(), [&](std::uint32_t id) {
          return gates_[id].take <= out_.orders[order].take;
        });
        nodes_[order].waits.push_back({number, {}, last == family.rend() ? plan::none : *last});
      }
    }
  }

  // ── what lines say ──────────────────────────────────────────────────────────────────────────
  void hear(const LineTiming& told) {
    const auto& [row, phase, order, item] = split_.places[told.place];
    if (is_zero(number_of(out_.orders[order].items[item].quantity))) return;  // all of it was taken back
    Node& node = nodes_[order];
    const auto keep = [date = Date{told.value}](std::optional<Date>& kept, bool later) {
      if (!kept || (later ? date > *kept : date < *kept)) kept = date;
    };
    switch (plan_.timings[told.clause].kind) {
      case TimingKind::starts_on: return keep(node.floor, true);
      case TimingKind::wanted_on: return keep(node.wanted, false);
      case TimingKind::due_on: return keep(node.due, false);
      case TimingKind::takes:
      case TimingKind::starts_after: return hear_length(order, told);
      default: return;  // says nothing of when
    }
  }

  void hear_length(std::uint32_t order, const LineTiming& told) {
    Node& node = nodes_[order];
    const plan::Timing& clause = plan_.timings[told.clause];
    if (told.value < 0) {
      return complain(order, plan::print_node(plan_, clause.value) + " is " + std::to_string(told.value) +
                                      ": time does not go back");
    }
    std::vector<Length>& lengths = clause.kind == TimingKind::takes ? node.takes : node.waits;
    auto length = std::find_if(lengths.begin(), lengths.end(),
                               [&](const Length& each) { return each.clause == told.clause; });
    if (length == lengths.end()) length = lengths.insert(length, {told.clause, {}});
    length->lag.count = std::max<std::int64_t>(length->lag.count, told.value);
    const bool business = plan_.nodes[clause.value].type == plan::Type::business_days;
    length->lag.unit = business ? LagUnit::business_days : LagUnit::calendar_days;
  }

  void move_wishes() {
    for (std::uint32_t order = 0; order < nodes_.size(); ++order) {
      const plan::Timing* keeps = phases_[nodes_[order].phase].business_days;
      for (std::optional<Date>* wish : {&nodes_[order].floor, &nodes_[order].wanted})
        if (keeps != nullptr && *wish) **wish = settled(order, **wish, keeps->convention);
    }
  }

  // ── the calendar ────────────────────────────────────────────────────────────────────────────
  // Of a length: its own, else that of the phase.
  Calendar calendar(const Node& node, const Length& length) const {
    const std::uint32_t own = plan_.timings[length.clause].calendar;
    const plan::Timing* keeps = phases_[node.phase].business_days;
    return plan_.calendar(own == plan::none && keeps != nullptr ? keeps->calendar : own);
  }

  // Moves a date that keeps to business days on to one, or back.
  Date settled(std::uint32_t order, Date date, Convention convention) {
    if (const plan::Timing* keeps = phases_[nodes_[order].phase].business_days)
      take(order, roll(plan_.calendar(keeps->calendar), date, convention, date));
    return date;
  }

  Date after(std::uint32_t order, Date date, const Length& length) {
    take(order, add_lag(calendar(nodes_[order], length), date, length.lag, date));
    return date;
  }

  Date latest_before(std::uint32_t order, Date date, const Length& length) {
    take(order, latest_before_lag(calendar(nodes_[order], length), date, length.lag, date));
    return date;
  }

  // ── the passes ──────────────────────────────────────────────────────────────────────────────
  Date end_of(std::uint32_t order, Date start) {
    Date end = start;
    for (const Length& each : nodes_[order].takes) end = std::max(end, after(order, start, each));
    return settled(order, end, Convention::following);
  }

  Date latest_start_for(std::uint32_t order, Date end) {
    end = settled(order, end, Convention::preceding);
    Date start = end;
    for (const Length& each : nodes_[order].takes) start = std::min(start, latest_before(order, end, each));
    return settled(order, start, Convention::preceding);
  }

  // When the order starts, by what is known of it; whether by what has happened.
  bool start_of(std::uint32_t order, Node& node) {
    const Progress& progress = split_.progress[order];
    if (!progress.activated && !progress.delivered) {
      start_early(order, node);
      return false;
    }
    node.pending = false;
    node.start = node.earliest = progress.activated.value_or(progress.delivered.value_or(Date{}));
    return true;
  }

  void end_at(std::uint32_t order, Node& node) {
    const Progress& progress = split_.progress[order];
    if (progress.delivered) node.end = *progress.delivered;
    else if (progress.new_end) node.end = std::max(node.start, *progress.new_end);
    else node.end = end_of(order, node.start);
  }

  // As early as can be or, where the latest starts are known, as late as is wished for.
  void forward(std::uint32_t phase, bool as_wished) {
    for (const std::uint32_t order : phases_[phase].orders) {
      Node& node = nodes_[order];
      const bool started = start_of(order, node);
      if (as_wished && node.wanted && !started && !split_.progress[order].new_start) {
        Date wished = latest_start_for(order, *node.wanted);
        if (node.latest_start) wished = std::min(wished, *node.latest_start);
        node.start = std::max(node.start, wished);
      }
      end_at(order, node);
    }
    for (const std::uint32_t id : phases_[phase].gates) open(gates_[id]);
  }

  void start_early(std::uint32_t order, Node& node) {
    const Progress& progress = split_.progress[order];
    node.start = progress.new_start.value_or(std::max(progress.planned_on, node.floor.value_or(progress.planned_on)));
    node.pending = false;
    node.held_by = nullptr;
    node.earliest = min_date;
    for (const Length& wait : node.waits) {
      if (wait.gate == plan::none) continue;
      const Gate& gate = gates_[wait.gate];
      const Date then = after(order, gate.until, wait);
      if (then > node.start || (then == node.start && node.held_by == nullptr)) node.held_by = &wait;
      node.start = std::max(node.start, then);
      node.earliest = std::max(node.earliest, then);
      node.pending = node.pending || gate.pending;
    }
    node.start = settled(order, node.start, Convention::following);
  }

  void open(Gate& gate) {
    gate.last = plan::none;
    gate.count = gate.orders.size();
    gate.pending = false;
    gate.met = true;
    if (gate.earlier != plan::none) {  // which was opened before
      const Gate& earlier = gates_[gate.earlier];
      gate.until = earlier.until;
      gate.last = earlier.last;
      gate.count += earlier.count;
      gate.pending = earlier.pending;
      gate.met = earlier.met;
    }
    for (const std::uint32_t order : gate.orders) {
      const Node& node = nodes_[order];
      const Progress& progress = split_.progress[order];
      const auto come = reached(progress, gate.milestone);
      const Date then = come ? *come : gate.milestone == Milestone::activated ? node.start : node.end;
      gate.pending = gate.pending || node.pending || (!come && gate.milestone == Milestone::accepted);
      gate.met = gate.met && come;
      if (gate.last != plan::none && then <= gate.until) continue;
      gate.until = then;
      gate.last = order;
    }
  }

  void backward(std::uint32_t phase) {
    const auto earlier = [](std::optional<Date>& date, Date said) { date = date ? std::min(*date, said) : said; };
    for (auto id = phases_[phase].gates.rbegin(); id != phases_[phase].gates.rend(); ++id) {
      const Gate& gate = gates_[*id];
      if (!gate.needed) continue;
      if (gate.earlier != plan::none) earlier(gates_[gate.earlier].needed, *gate.needed);
      for (const std::uint32_t order : gate.orders) {
        Node& node = nodes_[order];
        earlier(gate.milestone == Milestone::activated ? node.latest_start : node.latest_end, *gate.needed);
      }
    }
    for (const std::uint32_t order : phases_[phase].orders) {
      Node& node = nodes_[order];
      if (node.due) earlier(node.latest_end, *node.due);
      if (node.latest_end) earlier(node.latest_start, latest_start_for(order, *node.latest_end));
      if (!node.latest_start) continue;
      node.latest_start = settled(order, *node.latest_start, Convention::preceding);
      for (const Length& wait : node.waits)
        if (wait.gate != plan::none) earlier(gates_[wait.gate].needed, latest_before(order, *node.latest_start, wait));
    }
  }

  // ── what comes of it ────────────────────────────────────────────────────────────────────────
  void take(std::uint32_t order, Failure failure) {
    if (failure != Failure::none) complain(order, std::string(text(failure)));
  }

  void complain(std::uint32_t order, std::string message) {
    orders::complain(problems_, plan_, out_.orders[order].items[0].row,
                     "when this is delivered: " + std::move(message));
  }

  // "2 business days"; empty where the clause says none.
  std::string lag_text(const Length& wait) const {
    const std::uint32_t value = plan_.timings[wait.clause].value;
    if (value == plan::none) return {};
    return value_text(Value::whole(wait.lag.count), plan_.nodes[value].type);
  }

  void write() {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      const Node& node = nodes_[i];
      if (!node.stands) continue;
      Order& order = out_.orders[i];
      order.starts = text(node.start);
      order.ends = text(node.end);
      if (const auto& accepted = split_.progress[i].accepted) order.accepted = text(*accepted);
      if (node.earliest != min_date) order.earliest = text(node.earliest);
      order.pending = node.pending;
      if (node.wanted) order.wanted = text(*node.wanted);
      if (node.wanted && node.end > *node.wanted)
        order.days_late = static_cast<std::uint32_t>(node.end.days - node.wanted->days);
      if (node.due) order.due = text(*node.due);
      if (node.latest_start && !split_.progress[i].activated) order.latest_start = text(*node.latest_start);
      for (const Length& wait : node.waits) order.waits.push_back(written(order, wait));
    }
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      const Order& order = out_.orders[i];
      const bool delivered = split_.progress[i].delivered.has_value();
      if (nodes_[i].due && nodes_[i].end > *nodes_[i].due && !delivered)
        out_.conflicts.push_back({order.key, order.due, order.ends, chain(i)});
    }
  }

  OrderWait written(const Order& order, const Length& wait) const {
    const plan::Timing& clause = plan_.timings[wait.clause];
    OrderWait out;
    out.phase = plan_.string(plan_.phases[clause.after].name);
    out.milestone = name(clause.milestone);
    for (std::uint32_t i = 0; i < clause.same.count; ++i)
      out.same.push_back(order.split[plan_.same_keys[clause.same.first + i]]);
    out.lag = lag_text(wait);
    if (wait.gate == plan::none) return out;
    const Gate& gate = gates_[wait.gate];
    out.orders = gate.count;
    out.pending = gate.pending;
    out.met = gate.met;
    out.last = out_.orders[gate.last].key;
    out.until = text(gate.until);
    return out;
  }

  // "`hardware` starts on 2026-03-02 and is delivered on 2026-03-12", and so on to the order itself.
  std::vector<std::string> chain(std::uint32_t late) const {
    std::vector<std::string> links;
    for (std::uint32_t at = late; at != plan::none;) {
      const Node& node = nodes_[at];
      const Order& order = out_.orders[at];
      std::string link = (order.phase.empty() ? "the order" : "`" + order.phase + "`") + " (" + order.key +
                         ") starts on " + order.starts + " at the earliest";
      if (node.held_by != nullptr) {
        const std::string lag = lag_text(*node.held_by);
        link += ", " + lag + (lag.empty() ? "" : " ") + "after that is " +
                std::string(name(gates_[node.held_by->gate].milestone));
      }
      links.push_back(link + ", and is delivered on " + order.ends);
      at = node.held_by == nullptr ? plan::none : gates_[node.held_by->gate].last;
    }
    std::reverse(links.begin(), links.end());
    return links;
  }
};

}  // namespace

Problems schedule(const plan::Plan& plan, const Split& split, const std::vector<LineTiming>& timings, OrderPlan& out) {
  return Schedule(plan, split, out).run(timings);
}

}  // namespace assent::orders
