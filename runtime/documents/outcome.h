// What the answers to an order's lines come to. Entry: LineOutcome, outcomes.
//
// Several lines of an answer may be about one line of the order: 18 on one day and 12 on another answer 30 ordered.
#pragma once

#include <vector>

#include "assent/result.h"
#include "runtime/documents/order_answer.h"

namespace assent::documents {

struct Promise {
  Decimal quantity;
  Period when;  // open on both sides where nothing is promised
  bool operator==(const Promise&) const = default;
};

// quantities are in the unit of the order's line. What was ordered is promised, delivered, may come later, or does not
// come: ordered = promised + delivered + later + missing, if missing is not below 0.
struct LineOutcome {
  std::string line_id;  // of the order
  Decimal ordered;
  std::vector<Promise> promises;  // in the order of the answer
  Decimal promised;               // the sum of them
  Decimal delivered;              // already
  Decimal later;                  // backorder, at most; never more than what is still open
  Decimal missing;                // is not delivered; below 0 where more is promised than was ordered
  bool is_answered = false;       // false: no line of the answer says anything about it
  // Something of it is not as ordered, so that a person has to look at it: the quantity, the item, a price that
  // does not lead to the line's amount (price.h), a day outside of the requested period; or the answer says so.
  bool is_changed = false;
  bool operator==(const LineOutcome&) const = default;
};

// One for each line of the order, in its order. Of an answer as a whole, all lines are promised as ordered (accepted),
// or none is (rejected); one that was only received answers none. A line that a conditional answer does not mention is
// not answered. Refused as bad_request: an answer to another order ("/order_id"), to a line that the order has not, in
// another unit, or a sum that is no Decimal.
Result<std::vector<LineOutcome>> outcomes(const OrderDocument& order, const OrderAnswer& answer);

}  // namespace assent::documents
