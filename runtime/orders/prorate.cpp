// Entry: multiplier, multiplier_of_months, calendar_months, prorated. Each formula is written as one fraction: the
// numbers stay below 10^15, as a term has at most 1200 months and a default term at most 36525.
#include "runtime/orders/prorate.h"

namespace assent::orders {

namespace {

constexpr std::int64_t days_per_year = 365;
constexpr std::int64_t months_per_year = 12;

Ratio fraction(std::int64_t numerator, std::int64_t denominator) {
  return lowest_terms(static_cast<UInt128>(numerator), static_cast<UInt128>(denominator));
}

Failure check_default_term(std::int64_t default_term) {
  return default_term < 1 || default_term > max_default_term ? Failure::bad_default_term : Failure::none;
}

}  // namespace

Failure calendar_months(const Term& term, Ratio& out) {
  if (const Failure failure = check(term); failure != Failure::none) return failure;
  const Civil from = civil(term.start);
  const Civil to = civil(term.end);
  const std::int64_t first_month = days_in_month(from.year, from.month);
  const std::int64_t last_month = days_in_month(to.year, to.month);
  const std::int64_t apart = (to.year - from.year) * months_per_year + (to.month - from.month);
  if (apart == 0) {
    out = fraction(to.day - from.day + 1, first_month);
    return Failure::none;
  }
  const std::int64_t first_days = first_month - from.day + 1;
  out = fraction((apart - 1) * first_month * last_month + first_days * last_month + to.day * first_month,
                 first_month * last_month);
  return Failure::none;
}

Failure multiplier(Proration proration, const Term& term, std::int64_t default_term, Ratio& out) {
  if (const Failure failure = check_default_term(default_term); failure != Failure::none) return failure;
  Length length;
  if (const Failure failure = length_of(term, measure_of(proration), length); failure != Failure::none) return failure;
  switch (proration) {
    case Proration::day: out = fraction(length.days, default_term); break;
    case Proration::month: out = fraction(length.months + (length.days > 0 ? 1 : 0), default_term); break;
    case Proration::monthly_daily:
      out = fraction(length.months * days_per_year + length.days * months_per_year, days_per_year * default_term);
      break;
    case Proration::calendar_monthly_daily: {
      Ratio months;
      if (const Failure failure = calendar_months(term, months); failure != Failure::none) return failure;
      out = lowest_terms(months.numerator, months.denominator * static_cast<UInt128>(default_term));
      break;
    }
  }
  return Failure::none;
}

Failure multiplier_of_months(std::int64_t months, std::int64_t default_term, Ratio& out) {
  if (months < 1) return Failure::bad_term;
  if (months > max_term_months) return Failure::term_too_long;
  if (const Failure failure = check_default_term(default_term); failure != Failure::none) return failure;
  out = fraction(months, default_term);
  return Failure::none;
}

Failure prorated(const Decimal& list, const Ratio& multiplier, const Decimal& quantity, int places, Decimal& out) {
  Decimal full;
  if (const Fault fault = multiply(list, quantity, full); fault != Fault::none) return failure_of(fault);
  return times(full, multiplier, places, out);
}

}  // namespace assent::orders
