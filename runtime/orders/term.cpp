// Entry: complete, check, length_of, pieces, place. Inside, a term goes up to the day after its end: start
// plus months is that day, and the next term's start.
#include "runtime/orders/term.h"

#include <algorithm>

namespace assent::orders {

namespace {

// The day after `end`. Requires end < max_date.
Date after(Date end) { return {end.days + 1}; }

Failure check_months(std::int64_t months) {
  if (months < 1) return Failure::bad_term;
  return months > max_term_months ? Failure::term_too_long : Failure::none;
}

// From start and months.
Failure ending(Date start, std::int64_t months, Term& out) {
  if (const Failure failure = check_months(months); failure != Failure::none) return failure;
  Date next;
  if (const Fault fault = add_months(start, months, next); fault != Fault::none) return failure_of(fault);
  out = {start, Date{next.days - 1}};
  return Failure::none;
}

// From end and months.
Failure starting(Date end, std::int64_t months, Term& out) {
  if (const Failure failure = check_months(months); failure != Failure::none) return failure;
  if (end == max_date) return Failure::date_range;
  Date start;
  if (const Fault fault = add_months(after(end), -months, start); fault != Fault::none) return failure_of(fault);
  Term term;
  if (const Failure failure = ending(start, months, term); failure != Failure::none) return failure;
  if (term.end != end) return Failure::no_such_start;
  out = term;
  return Failure::none;
}

// Whole months from `start` that end before `next`, which is later: at least 0.
std::int64_t whole_months(Date start, Date next) {
  const Civil from = civil(start);
  const Civil to = civil(next);
  const std::int64_t months = (to.year - from.year) * 12 + (to.month - from.month);
  // A day such as the 31st is reached by the last day of a shorter month.
  const bool reached = to.day >= std::min(from.day, days_in_month(to.year, to.month));
  return reached ? months : months - 1;
}

// The length from the start up to `next`.
Length length_until(Date start, Date next, Measure measure) {
  if (measure == Measure::days) return {0, next.days - start.days};
  const std::int64_t months = whole_months(start, next);
  Date reached = start;
  (void)add_months(start, months, reached);  // no later than next, so within the years 1 to 9999
  return {months, next.days - reached.days};
}

// The term from `start` that is `length` long, its days over cut where they would fill a month.
Failure of_length(Date start, const Length& length, Measure measure, Term& out) {
  Date reached;
  if (const Fault fault = add_months(start, length.months, reached); fault != Fault::none) return failure_of(fault);
  std::int64_t days = length.days;
  if (measure == Measure::months_and_days) {
    Date full;
    if (const Fault fault = add_months(start, length.months + 1, full); fault != Fault::none) return failure_of(fault);
    days = std::min<std::int64_t>(days, full.days - reached.days - 1);
  }
  Date end;
  if (const Fault fault = add_days(reached, days - 1, end); fault != Fault::none) return failure_of(fault);
  const Term term = {start, end};
  if (const Failure failure = check(term); failure != Failure::none) return failure;
  out = term;
  return Failure::none;
}

}  // namespace

Failure check(const Term& term) {
  if (term.end < term.start) return Failure::end_before_start;
  if (term.end == max_date) return Failure::date_range;
  Date latest;
  if (add_months(term.start, max_term_months, latest) == Fault::none && term.end >= latest) {
    return Failure::term_too_long;
  }
  return Failure::none;
}

Failure complete(const WrittenTerm& written, Term& out) {
  if (written.start.has_value() + written.end.has_value() + written.months.has_value() < 2) {
    return Failure::too_few_dates;
  }
  Term term;
  if (!written.start) {
    if (const Failure failure = starting(*written.end, *written.months, term); failure != Failure::none) return failure;
  } else if (written.months) {
    if (const Failure failure = ending(*written.start, *written.months, term); failure != Failure::none) return failure;
    if (written.end && *written.end != term.end) return Failure::term_disagrees;
  } else {
    term = {*written.start, *written.end};
  }
  if (const Failure failure = check(term); failure != Failure::none) return failure;
  out = term;
  return Failure::none;
}

Failure length_of(const Term& term, Measure measure, Length& out) {
  if (const Failure failure = check(term); failure != Failure::none) return failure;
  out = length_until(term.start, after(term.end), measure);
  return Failure::none;
}

Failure pieces(const Term& term, std::int64_t months, std::vector<Term>& out) {
  if (const Failure failure = check(term); failure != Failure::none) return failure;
  if (months < 1) return Failure::bad_term;
  months = std::min(months, max_term_months);
  out.clear();
  Date start = term.start;
  for (std::int64_t reached = months; start <= term.end; reached += months) {
    Date next = after(term.end);
    // Where that many months leave the calendar, this piece is the last.
    if (Date full; add_months(term.start, reached, full) == Fault::none) next = std::min(next, full);
    out.push_back({start, Date{next.days - 1}});
    start = next;
  }
  return Failure::none;
}

Failure place(DatePolicy policy, const Term& term, Date order_start, Measure measure, Term& out) {
  if (const Failure failure = check(term); failure != Failure::none) return failure;
  switch (policy) {
    case DatePolicy::inherit: out = term; break;
    case DatePolicy::shift:
      return of_length(order_start, length_until(term.start, after(term.end), measure), measure, out);
    case DatePolicy::clamp:
      if (order_start > term.end) return Failure::start_after_end;
      out = {std::max(term.start, order_start), term.end};
      break;
  }
  return Failure::none;
}

}  // namespace assent::orders
