// What the rows of a list come to, kept so that one row can be taken out and another put in. Entries: Tally::put, take,
// value.
//
// A tally tells the value of one aggregate where that does not depend on the order of the rows: as long as no row is
// a fault, no sum on the way could overflow, and amounts are of one currency. Else it tells nothing, and whoever wants
// the value looks at all rows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>

#include "runtime/eval/operations.h"
#include "runtime/value/value.h"

namespace assent::eval {

// What one row gives to an aggregate.
struct Leaf {
  bool counts = false;  // it is one of the rows that the aggregate is about
  Value value;          // the body, or a fault; of `any` and `every` the answer for this row
};

class Tally {
 public:
  explicit Tally(plan::Op op, plan::Type type) : op_(op), type_(type) {}

  void put(const Leaf& leaf) { count(leaf, +1); }
  void take(const Leaf& leaf) { count(leaf, -1); }
  // Nothing: only a look at all rows tells.
  std::optional<Value> value() const;

 private:
  struct Before {
    bool operator()(const Value& a, const Value& b) const { return value_before(a, b); }
  };

  void count(const Leaf& leaf, int by);
  void add(const Value& value, int by);
  Value sum() const;

  plan::Op op_;
  plan::Type type_;
  std::int64_t rows_ = 0;    // that count
  std::int64_t faults_ = 0, trues_ = 0, falses_ = 0;
  bool lost_ = false;        // something was put in that cannot be taken out again
  // Of sums, in units of 10^exponent: |each partial sum| <= magnitude_ < 10^34, whatever the order.
  Int128 sum_ = 0, magnitude_ = 0;
  std::int32_t exponent_ = 0;
  Currency unit_ = 0;
  bool started_ = false;     // exponent_ and unit_ are those of a row
  // Of the least, the greatest and different values: how often each is there.
  std::map<Value, std::int64_t, Before> values_;
};

}  // namespace assent::eval
