// See interval.h.
#include "compiler/lint/interval.h"

namespace assent::compiler::lint {

namespace {

// The whole number at or below.
Decimal floor_of(const Decimal& value) {
  Decimal whole = value;
  (void)round(value, 0, Rounding::down, whole);
  if (sign(value) < 0 && whole != value) (void)add(whole, decimal(-1), whole);
  return whole;
}

void tighten_low(Interval& interval, const Bound& bound) {
  const int order = interval.low ? compare(bound.at, interval.low->at) : 1;
  if (order > 0) interval.low = bound;
  else if (order == 0) interval.low->closed = interval.low->closed && bound.closed;
}
void tighten_high(Interval& interval, const Bound& bound) {
  const int order = interval.high ? compare(bound.at, interval.high->at) : -1;
  if (order < 0) interval.high = bound;
  else if (order == 0) interval.high->closed = interval.high->closed && bound.closed;
}

}  // namespace

Interval from_to(std::optional<std::int64_t> low, std::optional<std::int64_t> high) {
  const auto bound = [](std::optional<std::int64_t> at) {
    return at ? std::optional(Bound{decimal(*at), true}) : std::nullopt;
  };
  return {bound(low), bound(high)};
}

bool is_empty(const Interval& interval) {
  if (!interval.low || !interval.high) return false;
  const int order = compare(interval.low->at, interval.high->at);
  return order > 0 || (order == 0 && !(interval.low->closed && interval.high->closed));
}

void narrow(Interval& interval, plan::Comparison comparison, const Decimal& with) {
  using enum plan::Comparison;
  switch (comparison) {
    case equal:
      tighten_low(interval, {with, true});
      tighten_high(interval, {with, true});
      break;
    case not_equal: break;
    case less: tighten_high(interval, {with, false}); break;
    case less_equal: tighten_high(interval, {with, true}); break;
    case greater: tighten_low(interval, {with, false}); break;
    case greater_equal: tighten_low(interval, {with, true}); break;
  }
}

void make_whole(Interval& interval) {
  if (interval.low && !(interval.low->closed && is_whole(interval.low->at))) {
    Decimal next;
    if (add(floor_of(interval.low->at), decimal(1), next) == Fault::none) interval.low = {next, true};
  }
  if (interval.high && !(interval.high->closed && is_whole(interval.high->at))) {
    Decimal last = floor_of(interval.high->at);
    if (last == interval.high->at) (void)add(last, decimal(-1), last);
    interval.high = {last, true};
  }
}

Interval turned(const Interval& interval) {
  const auto turn = [](const std::optional<Bound>& bound) {
    return bound ? std::optional(Bound{negate(bound->at), bound->closed}) : std::nullopt;
  };
  return {turn(interval.high), turn(interval.low)};
}

Interval sum_of(const Interval& left, const Interval& right) {
  const auto both = [](const std::optional<Bound>& a, const std::optional<Bound>& b) -> std::optional<Bound> {
    Decimal sum;
    if (!a || !b || add(a->at, b->at, sum) != Fault::none) return std::nullopt;
    return Bound{sum, a->closed && b->closed};
  };
  return {both(left.low, right.low), both(left.high, right.high)};
}

Interval either(const Interval& left, const Interval& right) {
  Interval hull;
  if (left.low && right.low) hull.low = left.low->at < right.low->at ? left.low : right.low;
  if (hull.low && left.low->at == right.low->at) hull.low->closed = left.low->closed || right.low->closed;
  if (left.high && right.high) hull.high = left.high->at > right.high->at ? left.high : right.high;
  if (hull.high && left.high->at == right.high->at) hull.high->closed = left.high->closed || right.high->closed;
  return hull;
}

}  // namespace assent::compiler::lint
