// Entry: totals. Sums are exact or nothing; the payable amount is rounded in whole cents, half away from zero.
#include "runtime/documents/totals.h"

namespace assent::documents {

namespace {

constexpr int cent_places = 2;

// Adds as long as there is a result; `ok` says whether there still is one.
struct Sum {
  Decimal value;
  bool ok = true;

  void plus(const Decimal& amount) { ok = ok && add(value, amount, value) == Fault::none; }
  void minus(const Decimal& amount) { plus(negate(amount)); }
};

// The value as a number of cents, if it is a whole one.
std::optional<Int128> cents(const Decimal& value) {
  const Decimal shortest = normalised(value);
  if (shortest.exponent < -cent_places) return std::nullopt;
  Int128 result = shortest.coefficient;
  for (std::int32_t place = shortest.exponent; place > -cent_places; --place) {
    if (result >= coefficient_limit || result <= -coefficient_limit) return std::nullopt;
    result *= 10;
  }
  if (result >= coefficient_limit || result <= -coefficient_limit) return std::nullopt;
  return result;
}

// What has to be added to `amount` for a multiple of `step`; half of a step goes away from zero.
std::optional<Decimal> rounding_to(const Decimal& amount, const Decimal& step) {
  const std::optional<Int128> whole = cents(amount);
  const std::optional<Int128> step_cents = cents(step);
  if (!whole || !step_cents || *step_cents <= 0) return std::nullopt;
  const Int128 distance = *whole < 0 ? -*whole : *whole;
  const Int128 beyond = distance % *step_cents;
  // beyond < step < 10^34, so twice it still is an Int128.
  const Int128 added = 2 * beyond >= *step_cents ? *step_cents - beyond : -beyond;
  return Decimal{*whole < 0 ? -added : added, -cent_places};
}

}  // namespace

std::optional<Totals> totals(const OrderDocument& order) {
  Totals result;
  Sum lines, allowances, charges;
  for (const OrderLine& line : order.lines) lines.plus(line.amount.value);
  for (const AllowanceCharge& each : order.allowances) (each.charge ? charges : allowances).plus(each.amount.value);
  Sum running = lines;
  running.minus(allowances.value);
  running.plus(charges.value);
  result.lines = lines.value;
  result.allowances = allowances.value;
  result.charges = charges.value;
  result.tax_exclusive = running.value;
  if (order.tax) {
    running.plus(order.tax->value);
    result.tax_inclusive = running.value;
  }
  if (order.prepaid) {
    running.minus(order.prepaid->value);
    result.prepaid = order.prepaid->value;
  }
  if (!lines.ok || !allowances.ok || !charges.ok || !running.ok) return std::nullopt;
  if (order.payable_step) {
    result.payable_rounding = rounding_to(running.value, *order.payable_step);
    if (!result.payable_rounding) return std::nullopt;
    running.plus(*result.payable_rounding);
    if (!running.ok) return std::nullopt;
  }
  result.payable = running.value;
  return result;
}

}  // namespace assent::documents
