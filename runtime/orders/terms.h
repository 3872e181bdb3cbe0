// From the dates of orders to the terms and amounts of their items. Entry: set_terms.
#pragma once

#include <vector>

#include "runtime/orders/split.h"

namespace assent::orders {

// Of each entry its term, as the phase's `dates` clause places it, and its amount; of each item, and each order, the
// sum. A term without a start begins with its order; an end beats a number of months. An amendment counts from its day
// on. An amount that a clamp prorates is its share times what is left of the term, as the clause counts it. Says of
// each order how it keeps dates, earns and becomes final. A clamp that leaves nothing of a term is warned
// of. Problems: a term that ends before it starts, or is longer than max_term_months; an amendment from a day after its
// end; an amount of more than 34 digits.
Problems set_terms(const plan::Plan& plan, const OrderLines& lines, const Split& split,
                   const std::vector<LineTiming>& timings, OrderPlan& out);

}  // namespace assent::orders
