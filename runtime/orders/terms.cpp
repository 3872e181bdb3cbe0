#include "runtime/orders/terms.h"

#include <algorithm>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "runtime/orders/complaint.h"
#include "runtime/orders/ledger.h"
#include "runtime/orders/prorate.h"
#include "runtime/orders/ratio.h"
#include "runtime/orders/term.h"
#include "runtime/value/currency.h"

namespace assent::orders {

namespace {

using plan::TimingKind;

// What a phase says of the terms of its lines.
struct Rules {
  DatePolicy dates = DatePolicy::inherit;
  std::optional<Proration> proration;
  Recognition earns = Recognition::by_day;
  plan::Milestone earns_when = plan::Milestone::delivered;
  std::optional<plan::Milestone> final_once;
};

Rules rules_of(const plan::Plan& plan, const plan::Phase& phase) {
  Rules rules;
  for (std::uint32_t i = phase.timings.first; i < phase.timings.first + phase.timings.count; ++i) {
    const plan::Timing& each = plan.timings[i];
    if (each.kind == TimingKind::final_once) rules.final_once = each.milestone;
    if (each.kind == TimingKind::earns)
      std::tie(rules.earns, rules.earns_when) = std::pair(each.recognition, each.milestone);
    if (each.kind != TimingKind::dates) continue;
    rules.dates = each.dates;
    if (each.prorated != 0) rules.proration = each.proration;
  }
  return rules;
}

class Terms {
 public:
  Terms(const plan::Plan& plan, const OrderLines& lines, const Split& split, OrderPlan& out)
      : plan_(plan), split_(split), out_(out) {
    for (const plan::Phase& phase : plan.phases) rules_.push_back(rules_of(plan, phase));
    for (const OrderLine& line : lines.lines) {
      line_of_row_.resize(line.row + 1);
      line_of_row_[line.row] = &line;
    }
  }

  Problems run(const std::vector<LineTiming>& timings) {
    for (const PlacedLine& place : split_.places) {
      Order& order = out_.orders[place.order];
      const OrderLine& line = *line_of_row_[place.row];
      const Rules& rules = rules_[place.phase];
      if (place.item == 0) {
        order.dates = name(rules.dates);
        order.earns = name(rules.earns);
        order.earns_when = name(rules.earns_when);
        if (rules.final_once) order.final_once = name(*rules.final_once);
      }
      set(place, line, rules, order.items[place.item]);
    }
    for (const LineTiming& told : timings) {
      if (plan_.timings[told.clause].kind != TimingKind::earns) continue;
      const PlacedLine& place = split_.places[told.place];
      out_.orders[place.order].items[place.item].earns_from = text(Date{told.value});
    }
    for (Order& order : out_.orders) add_up(order);
    return std::move(problems_);
  }

 private:
  const plan::Plan& plan_;
  const Split& split_;
  OrderPlan& out_;
  std::vector<Rules> rules_;  // of each phase
  std::vector<const OrderLine*> line_of_row_;
  Problems problems_;

  void set(const PlacedLine& place, const OrderLine& line, const Rules& rules, OrderItem& item) {
    const bool has_term = line.term_to || line.term_months;
    item.assets = line.assets.value_or(has_term ? ItemAssets::none : ItemAssets::per_line);
    if (!has_term) item.contract = ItemContract::none;
    if (!has_term) return;
    const Date starts = *parse_date(out_.orders[place.order].starts);
    for (OrderEntry& entry : item.entries) {
      const Failure failure = set_term(line, rules, starts, entry);
      if (failure != Failure::none) complain(problems_, plan_, place.row, "its term: " + std::string(text(failure)));
    }
  }

  // The approved term, then in its order, and then of an amendment what is left of it.
  Failure set_term(const OrderLine& line, const Rules& rules, Date starts, OrderEntry& entry) {
    WrittenTerm written;
    written.start = line.term_from ? Date{*line.term_from} : starts;
    if (line.term_to) written.end = Date{*line.term_to};
    else written.months = *line.term_months;
    Term approved, term;
    if (const Failure failure = complete(written, approved); failure != Failure::none) return failure;
    const Measure measure = measure_of(rules.proration.value_or(Proration::monthly_daily));
    const Failure placed = place(rules.dates, approved, starts, measure, term);
    if (placed == Failure::start_after_end) return leave_nothing(line, rules, entry);
    if (placed != Failure::none) return placed;
    if (!entry.on.empty()) {
      if (const Failure failure = place(DatePolicy::clamp, term, *parse_date(entry.on), measure, term);
          failure != Failure::none)
        return failure;
    }
    entry.starts = text(term.start);
    entry.ends = text(term.end);
    if (rules.dates != DatePolicy::clamp || !rules.proration || term == approved) return Failure::none;
    return prorate(approved, term, *rules.proration, line, entry);
  }

  // The order starts when the term is over: that is so, and somebody has to look at it.
  Failure leave_nothing(const OrderLine& line, const Rules& rules, OrderEntry& entry) {
    if (rules.proration) entry.amount = text_with_places(Decimal{}, minor_places(line.currency));
    const auto known = [&](const OrderWarning& each) { return each.line == line.id; };
    if (std::none_of(out_.warnings.begin(), out_.warnings.end(), known))
      out_.warnings.push_back({std::string(line.id),
                               "`" + std::string(line.id) + "` has no term left: its order starts when that is over"});
    return Failure::none;
  }

  static Failure prorate(const Term& approved, const Term& term, Proration how, const OrderLine& line,
                         OrderEntry& entry) {
    Ratio whole, part;
    if (const Failure failure = multiplier(how, approved, 1, whole); failure != Failure::none) return failure;
    if (const Failure failure = multiplier(how, term, 1, part); failure != Failure::none) return failure;
    // Each is below 1202 * 31 * 31, or as many days as a hundred years have.
    const Ratio left = lowest_terms(part.numerator * whole.denominator, part.denominator * whole.numerator);
    const int places = minor_places(line.currency);
    Decimal amount;
    if (const Failure failure = times(number_of(entry.approved), left, places, amount); failure != Failure::none)
      return failure;
    entry.amount = text_with_places(amount, places);
    return Failure::none;
  }

  void add_up(Order& order) {
    const int places = minor_places(order.currency);
    Decimal sum;
    for (OrderItem& item : order.items) {
      Decimal of_item;  // parts of one amount, and so no longer than that
      for (const OrderEntry& entry : item.entries) (void)add(of_item, number_of(entry.amount), of_item);
      item.amount = text_with_places(of_item, places);
      if (add(sum, of_item, sum) != Fault::none)
        complain(problems_, plan_, item.row, "the amounts of an order come to more than 34 digits");
    }
    order.amount = text_with_places(sum, places);
  }
};

}  // namespace

Problems set_terms(const plan::Plan& plan, const OrderLines& lines, const Split& split,
                   const std::vector<LineTiming>& timings, OrderPlan& out) {
  return Terms(plan, lines, split, out).run(timings);
}

}  // namespace assent::orders
