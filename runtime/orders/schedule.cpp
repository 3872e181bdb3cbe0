#include "runtime/orders/schedule.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

#include "runtime/orders/roll.h"
#include "runtime/plan/print.h"
#include "runtime/value/value.h"

namespace assent::orders {

namespace {

using plan::Milestone;
using plan::TimingKind;

// A length of time that one clause gives an order.
struct Length { std::uint32_t clause = 0; Lag lag; };

// Orders of one phase that others wait for together.
struct Gate {
  std::vector<std::uint32_t> orders;
  Milestone milestone = Milestone::activated;
  std::optional<Date> needed;  // the latest day on which the milestone is in time for all that wait
  // Where the pass stands:
  Date until = min_date;
  std::uint32_t last = plan::none;
  bool pending = false;
};

struct Wait { std::uint32_t clause = 0, gate = 0; };

struct Node {
  std::uint32_t phase = plan::none;
  std::optional<Date> floor, wanted, due;
  std::vector<Length> takes, lags;
  std::vector<Wait> waits;
  Date start, end;
  bool pending = false;
  std::uint32_t held_by = plan::none;  // of `waits`: the one that the start comes from
  std::optional<Date> latest_start, latest_end;
};

class Schedule {
 public:
  Schedule(const plan::Plan& plan, Date today, const std::vector<Told>& told, OrderPlan& out)
      : plan_(plan), today_(today), told_(told), out_(out), nodes_(out.orders.size()) {}

  Problems run() {
    place();
    hear();
    connect();
    const std::vector<std::uint32_t> phases = phases_in_order();
    for (const std::uint32_t phase : phases) forward(phase, false);
    for (auto phase = phases.rbegin(); phase != phases.rend(); ++phase) backward(*phase);
    for (Gate& gate : gates_) gate = {std::move(gate.orders), gate.milestone, gate.needed};
    for (const std::uint32_t phase : phases) forward(phase, true);
    if (problems_.empty()) write();
    return std::move(problems_);
  }

 private:
  const plan::Plan& plan_;
  const Date today_;
  const std::vector<Told>& told_;
  OrderPlan& out_;
  std::vector<Node> nodes_;                           // as OrderPlan::orders
  std::vector<std::vector<std::uint32_t>> of_phase_;  // orders, in their order
  std::vector<Gate> gates_;
  std::vector<std::vector<std::uint32_t>> gates_of_phase_;  // of the phase that is waited for
  Problems problems_;

  // ── what orders say ─────────────────────────────────────────────────────────────────────────
  void place() {
    std::unordered_map<std::string_view, std::uint32_t> phases;
    for (std::uint32_t i = 0; i < plan_.phases.size(); ++i) phases.emplace(plan_.string(plan_.phases[i].name), i);
    of_phase_.resize(std::max<std::size_t>(plan_.phases.size(), 1));
    gates_of_phase_.resize(of_phase_.size());
    for (std::uint32_t order = 0; order < nodes_.size(); ++order) {
      Node& node = nodes_[order];
      if (!plan_.phases.empty()) node.phase = phases.at(out_.orders[order].phase);
      of_phase_[node.phase == plan::none ? 0 : node.phase].push_back(order);
    }
  }

  void hear() {
    const auto keep = [](std::optional<Date>& date, Date said, bool later) {
      if (!date || (later ? said > *date : said < *date)) date = said;
    };
    for (const Told& each : told_) {
      Node& node = nodes_[each.order];
      const Date date{each.value};
      switch (plan_.timings[each.clause].kind) {
        case TimingKind::starts_on: keep(node.floor, date, true); break;
        case TimingKind::wanted_on: keep(node.wanted, date, false); break;
        case TimingKind::due_on: keep(node.due, date, false); break;
        case TimingKind::takes: hear_length(node.takes, each); break;
        case TimingKind::starts_after: hear_length(node.lags, each); break;
        case TimingKind::business_days: break;  // says nothing of a line
      }
    }
    for (std::uint32_t order = 0; order < nodes_.size(); ++order) {
      Node& node = nodes_[order];
      if (const plan::Timing* keeps = clause_of(node, TimingKind::business_days)) {
        for (std::optional<Date>* wish : {&node.floor, &node.wanted})
          if (*wish) take(order, roll(calendar(keeps->calendar), **wish, keeps->convention, **wish));
      }
    }
  }

  void hear_length(std::vector<Length>& lengths, const Told& told) {
    const plan::Timing& clause = plan_.timings[told.clause];
    const auto unit = plan_.nodes[clause.value].type == plan::Type::days ? LagUnit::calendar_days
                                                                         : LagUnit::business_days;
    if (told.value < 0) return complain(told.order, plan::print_node(plan_, clause.value) + " is " +
                                                        std::to_string(told.value) + ": time does not go back");
    const auto known = std::find_if(lengths.begin(), lengths.end(),
                                    [&](const Length& each) { return each.clause == told.clause; });
    if (known == lengths.end()) lengths.push_back({told.clause, {told.value, unit}});
    else known->lag.count = std::max<std::int64_t>(known->lag.count, told.value);
  }

  void connect() {
    std::unordered_map<std::string, std::uint32_t> known;
    const auto gate_of = [&](std::uint32_t clause, const Order& order) {
      const plan::Timing& timing = plan_.timings[clause];
      std::string identity = std::to_string(timing.after) + ' ' + std::string(name(timing.milestone));
      for (std::uint32_t i = 0; i < timing.same.count; ++i) {
        const std::uint32_t key = plan_.same_keys[timing.same.first + i];
        const std::optional<std::string>& value = order.split[key].value;
        identity += ' ' + std::to_string(key) + (value ? '=' + std::to_string(value->size()) + ':' + *value : "-");
      }
      const auto [at, fresh] = known.try_emplace(identity, static_cast<std::uint32_t>(gates_.size()));
      if (fresh) {
        gates_of_phase_[timing.after].push_back(at->second);
        gates_.emplace_back().milestone = timing.milestone;
      }
      return at->second;
    };
    for (std::uint32_t clause = 0; clause < plan_.timings.size(); ++clause) {
      const plan::Timing& timing = plan_.timings[clause];
      if (timing.kind != TimingKind::starts_after) continue;
      const std::size_t before = gates_.size();  // two clauses that wait for the same share their gates
      for (const std::uint32_t order : of_phase_[timing.after]) {
        const std::uint32_t gate = gate_of(clause, out_.orders[order]);
        if (gate >= before) gates_[gate].orders.push_back(order);
      }
      for (const std::uint32_t order : of_phase_[timing.phase])
        nodes_[order].waits.push_back({clause, gate_of(clause, out_.orders[order])});
    }
  }

  // Each phase after those that it waits for; otherwise in the policy's order.
  std::vector<std::uint32_t> phases_in_order() const {
    std::vector<std::uint32_t> sorted;
    std::vector<bool> done(of_phase_.size());
    while (sorted.size() < of_phase_.size()) {
      for (std::uint32_t phase = 0; phase < of_phase_.size(); ++phase) {
        const bool waits = std::any_of(plan_.timings.begin(), plan_.timings.end(), [&](const plan::Timing& each) {
          return each.kind == TimingKind::starts_after && each.phase == phase && !done[each.after];
        });
        if (done[phase] || waits) continue;
        done[phase] = true;
        sorted.push_back(phase);
      }
    }
    return sorted;
  }

  // ── the calendar ────────────────────────────────────────────────────────────────────────────
  const plan::Timing* clause_of(const Node& node, TimingKind kind) const {
    const auto found = std::find_if(plan_.timings.begin(), plan_.timings.end(), [&](const plan::Timing& each) {
      return each.kind == kind && each.phase == node.phase;
    });
    return found == plan_.timings.end() ? nullptr : &*found;
  }

  Calendar calendar(std::uint32_t id) const {
    if (id == plan::none) return {saturday_and_sunday, {}};
    const plan::Calendar& named = plan_.calendars[id];
    return {static_cast<std::uint8_t>(named.weekend),
            std::span(plan_.holidays).subspan(named.holidays.first, named.holidays.count)};
  }

  // The calendar of a length: its own, else that of the phase.
  Calendar calendar(const Node& node, std::uint32_t clause) const {
    const std::uint32_t own = plan_.timings[clause].calendar;
    const plan::Timing* keeps = own == plan::none ? clause_of(node, TimingKind::business_days) : nullptr;
    return calendar(keeps == nullptr ? own : keeps->calendar);
  }

  // Moves a date that keeps to business days on to one, or back.
  Date settled(std::uint32_t order, Date date, Convention direction) {
    if (const plan::Timing* keeps = clause_of(nodes_[order], TimingKind::business_days))
      take(order, roll(calendar(keeps->calendar), date, direction, date));
    return date;
  }

  // ── the passes ──────────────────────────────────────────────────────────────────────────────
  Date end_of(std::uint32_t order, Date start) {
    Date end = start;
    for (const Length& each : nodes_[order].takes) {
      Date then = start;
      take(order, add_lag(calendar(nodes_[order], each.clause), start, each.lag, then));
      end = std::max(end, then);
    }
    return settled(order, end, Convention::following);
  }

  Date latest_start_for(std::uint32_t order, Date end) {
    end = settled(order, end, Convention::preceding);
    Date start = end;
    for (const Length& each : nodes_[order].takes) {
      Date then = end;
      take(order, latest_before_lag(calendar(nodes_[order], each.clause), end, each.lag, then));
      start = std::min(start, then);
    }
    return settled(order, start, Convention::preceding);
  }

  Lag lag_of(const Node& node, std::uint32_t clause) const {
    const auto said = std::find_if(node.lags.begin(), node.lags.end(),
                                   [&](const Length& each) { return each.clause == clause; });
    return said == node.lags.end() ? Lag{} : said->lag;
  }

  // As early as can be or, where the latest starts are known, as late as is wished for.
  void forward(std::uint32_t phase, bool as_wished) {
    for (const std::uint32_t order : of_phase_[phase]) {
      Node& node = nodes_[order];
      node.start = node.floor ? std::max(today_, *node.floor) : today_;
      node.pending = false;
      node.held_by = plan::none;
      for (std::uint32_t i = 0; i < node.waits.size(); ++i) {
        const Gate& gate = gates_[node.waits[i].gate];
        if (gate.orders.empty()) continue;
        Date then = gate.until;
        const std::uint32_t clause = node.waits[i].clause;
        take(order, add_lag(calendar(node, clause), gate.until, lag_of(node, clause), then));
        node.pending = node.pending || gate.pending;
        if (then <= node.start && node.held_by != plan::none) continue;
        if (then >= node.start) node.held_by = i;
        node.start = std::max(node.start, then);
      }
      node.start = settled(order, node.start, Convention::following);
      if (as_wished && node.wanted) {
        Date wished = latest_start_for(order, *node.wanted);
        if (node.latest_start) wished = std::min(wished, *node.latest_start);
        node.start = std::max(node.start, wished);
      }
      node.end = end_of(order, node.start);
    }
    for (const std::uint32_t id : gates_of_phase_[phase]) {
      Gate& gate = gates_[id];
      for (const std::uint32_t order : gate.orders) {
        const Node& node = nodes_[order];
        const Date then = gate.milestone == Milestone::activated ? node.start : node.end;
        gate.pending = gate.pending || node.pending || gate.milestone == Milestone::accepted;
        if (gate.last != plan::none && then <= gate.until) continue;
        gate.until = then;
        gate.last = order;
      }
    }
  }

  void backward(std::uint32_t phase) {
    const auto earlier = [](std::optional<Date>& date, Date said) { date = date ? std::min(*date, said) : said; };
    for (const std::uint32_t id : gates_of_phase_[phase]) {
      const Gate& gate = gates_[id];
      if (!gate.needed) continue;
      for (const std::uint32_t order : gate.orders) {
        Node& node = nodes_[order];
        earlier(gate.milestone == Milestone::activated ? node.latest_start : node.latest_end, *gate.needed);
      }
    }
    for (const std::uint32_t order : of_phase_[phase]) {
      Node& node = nodes_[order];
      if (node.due) earlier(node.latest_end, *node.due);
      if (node.latest_end) earlier(node.latest_start, latest_start_for(order, *node.latest_end));
      if (!node.latest_start) continue;
      node.latest_start = settled(order, *node.latest_start, Convention::preceding);
      for (const Wait& wait : node.waits) {
        Date needed = *node.latest_start;
        take(order, latest_before_lag(calendar(node, wait.clause), needed, lag_of(node, wait.clause), needed));
        earlier(gates_[wait.gate].needed, needed);
      }
    }
  }

  // ── what comes of it ────────────────────────────────────────────────────────────────────────
  void take(std::uint32_t order, Failure failure) {
    if (failure != Failure::none) complain(order, std::string(text(failure)));
  }

  void complain(std::uint32_t order, std::string message) {
    if (problems_.size() >= max_problems) return;
    problems_.push_back({ErrorCode::bad_quote,
                         plan::row_pointer(plan_, plan_.orders[0].table, out_.orders[order].items[0].row),
                         "when this is delivered: " + std::move(message)});
  }

  static std::string counted(const Lag& lag) {
    return std::to_string(lag.count) + (lag.unit == LagUnit::business_days ? " business day" : " day") +
           (lag.count == 1 ? "" : "s");
  }

  void write() {
    out_.planned_on = text(today_);
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      const Node& node = nodes_[i];
      Order& order = out_.orders[i];
      order.starts = text(node.start);
      order.ends = text(node.end);
      order.pending = node.pending;
      if (node.wanted) order.wanted = text(*node.wanted);
      if (node.wanted && node.end > *node.wanted)
        order.days_late = static_cast<std::uint32_t>(node.end.days - node.wanted->days);
      if (node.due) order.due = text(*node.due);
      if (node.latest_start) order.latest_start = text(*node.latest_start);
      for (const Wait& wait : node.waits) order.waits.push_back(written(node, order, wait));
      if (node.due && node.end > *node.due) out_.conflicts.push_back({order.key, order.due, order.ends, chain(i)});
    }
  }

  OrderWait written(const Node& node, const Order& order, const Wait& wait) const {
    const plan::Timing& clause = plan_.timings[wait.clause];
    const Gate& gate = gates_[wait.gate];
    OrderWait out;
    out.phase = plan_.string(plan_.phases[clause.after].name);
    out.milestone = name(clause.milestone);
    for (std::uint32_t i = 0; i < clause.same.count; ++i)
      out.same.push_back(order.split[plan_.same_keys[clause.same.first + i]]);
    if (clause.value != plan::none) out.lag = counted(lag_of(node, wait.clause));
    out.orders = gate.orders.size();
    out.pending = gate.pending;
    if (gate.orders.empty()) return out;
    out.last = out_.orders[gate.last].key;
    out.until = text(gate.until);
    return out;
  }

  // "`hardware` starts on 2026-03-02 and is delivered on 2026-03-12", and so on to the order itself.
  std::vector<std::string> chain(std::uint32_t order) const {
    std::vector<std::string> links;
    for (std::uint32_t at = order; at != plan::none;) {
      const Node& node = nodes_[at];
      const std::string phase = node.phase == plan::none ? "the order" : "`" + out_.orders[at].phase + "`";
      std::string link = phase + " (" + out_.orders[at].key + ") starts on " + text(node.start) + " at the earliest";
      std::uint32_t before = plan::none;
      if (node.held_by != plan::none) {
        const Wait& wait = node.waits[node.held_by];
        const plan::Timing& clause = plan_.timings[wait.clause];
        before = gates_[wait.gate].last;
        link += ", ";
        if (clause.value != plan::none) link += counted(lag_of(node, wait.clause)) + ' ';
        link += "after that is " + std::string(name(clause.milestone));
      }
      links.push_back(link + ", and is delivered on " + text(node.end));
      at = before;
    }
    std::reverse(links.begin(), links.end());
    return links;
  }
};

}  // namespace

Problems schedule(const plan::Plan& plan, Date today, const std::vector<Told>& told, OrderPlan& out) {
  return Schedule(plan, today, told, out).run();
}

}  // namespace assent::orders
