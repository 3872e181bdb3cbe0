// Entry: outcomes. Each line of the answer is added to the line of the order that it is about; then what is left is
// split into what may come later and what does not come.
#include "runtime/documents/outcome.h"

#include <map>

#include "runtime/documents/price.h"

namespace assent::documents {

namespace {

bool is_open(const Period& period) { return !period.start && !period.end; }

// What the answer said of one line of the order, beside its LineOutcome.
struct Tally {
  Decimal announced;  // backorders, as they are given
  bool ok = true;     // no sum has overflowed

  void plus(Decimal& sum, const Decimal& value) { ok = ok && add(sum, value, sum) == Fault::none; }
};

Problem refused(std::string where, std::string message) {
  return {ErrorCode::bad_request, std::move(where), std::move(message)};
}

bool is_outside(const std::optional<Date>& day, const Period& wanted) {
  return day && ((wanted.start && *day < *wanted.start) || (wanted.end && *day > *wanted.end));
}

// Whether the price leads to the line's amount, in its currency if it says one.
bool is_price_of(const OrderLine& line, const Price& answered) {
  return holds(line, answered) &&
         (answered.amount.currency.empty() || answered.amount.currency == line.amount.currency);
}

// Whether the line of the answer, which may say that it accepts, is about something else than was ordered.
bool differs(const OrderDocument& order, const OrderLine& line, const AnswerLine& answer, const Period& promised) {
  const Period& wanted = is_open(line.requested) ? order.requested : line.requested;
  return answer.substitute || (answer.price && !is_price_of(line, *answer.price)) ||
         is_outside(promised.start, wanted) || is_outside(promised.end, wanted);
}

void promise(LineOutcome& line, Tally& tally, const Decimal& quantity, const Period& when) {
  line.promises.push_back({quantity, when});
  tally.plus(line.promised, quantity);
}

// What the line of the answer adds to `line`; `promised` is its own period or the one of the whole answer.
void apply(const AnswerLine& answer, const Period& promised, LineOutcome& line, Tally& tally) {
  line.is_answered = true;
  const Decimal quantity = answer.quantity.value_or(line.ordered);
  switch (answer.status) {
    case LineAnswer::added:
    case LineAnswer::changed:
      line.is_changed = true;
      promise(line, tally, quantity, promised);
      break;
    case LineAnswer::accepted: promise(line, tally, quantity, promised); break;
    case LineAnswer::rejected: line.is_changed = true; break;
    case LineAnswer::delivered: tally.plus(line.delivered, quantity); break;
  }
  if (answer.max_backorder) tally.plus(tally.announced, *answer.max_backorder);
}

void settle(LineOutcome& line, Tally& tally) {
  Decimal left = line.ordered;
  tally.plus(left, negate(line.promised));
  tally.plus(left, negate(line.delivered));
  if (sign(left) > 0) line.later = tally.announced < left ? tally.announced : left;
  line.missing = left;
  tally.plus(line.missing, negate(line.later));
  if (line.is_answered && !is_zero(left)) line.is_changed = true;
}

}  // namespace

Result<std::vector<LineOutcome>> outcomes(const OrderDocument& order, const OrderAnswer& answer) {
  if (order.id != answer.order_id) return refused("/order_id", "the answer is to another order");
  std::vector<LineOutcome> all(order.lines.size());
  std::vector<Tally> tallies(order.lines.size());
  std::map<std::string_view, std::size_t> index;
  for (std::size_t i = 0; i < all.size(); ++i) {
    all[i].line_id = order.lines[i].id;
    all[i].ordered = order.lines[i].quantity;
    index.emplace(order.lines[i].id, i);
  }
  for (std::size_t i = 0; i < answer.lines.size(); ++i) {
    const AnswerLine& line = answer.lines[i];
    const std::string where = "/lines/" + std::to_string(i);
    const auto found = index.find(line.order_line_id);
    if (found == index.end()) return refused(where + "/order_line_id", "the order has no such line");
    if (!line.unit.empty() && line.unit != order.lines[found->second].unit) {
      return refused(where + "/unit", "the quantity is in another unit than was ordered");
    }
    const Period& promised = is_open(line.promised) ? answer.promised : line.promised;
    apply(line, promised, all[found->second], tallies[found->second]);
    if (differs(order, order.lines[found->second], line, promised)) all[found->second].is_changed = true;
  }
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool is_whole = answer.code == AnswerCode::accepted || answer.code == AnswerCode::rejected;
    if (is_whole && !all[i].is_answered) {
      const LineAnswer status = answer.code == AnswerCode::accepted ? LineAnswer::accepted : LineAnswer::rejected;
      AnswerLine same;
      same.status = status;
      apply(same, answer.promised, all[i], tallies[i]);
      if (differs(order, order.lines[i], same, answer.promised)) all[i].is_changed = true;
    }
    if (all[i].is_answered) settle(all[i], tallies[i]);
    if (!tallies[i].ok) return refused("/lines", "the quantities of a line have no exact sum");
  }
  return all;
}

}  // namespace assent::documents
