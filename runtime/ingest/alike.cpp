// Whether two plans read quotes alike: the same fields from the same places, as the same values. Entry: read_alike.
#include <algorithm>

#include "runtime/ingest/ingest.h"
#include "runtime/plan/constants.h"

namespace assent::ingest {

namespace {

class Comparison {
 public:
  Comparison(const plan::Plan& a, const plan::Plan& b) : a_(a), b_(b) {}

  bool alike() const {
    const auto all = [](const auto& a, const auto& b, auto same) {
      return std::equal(a.begin(), a.end(), b.begin(), b.end(), same);
    };
    return a_.header.root_shape == b_.header.root_shape &&
           all(a_.tables, b_.tables, [&](const auto& a, const auto& b) { return table(a, b); }) &&
           all(a_.columns, b_.columns, [&](const auto& a, const auto& b) { return column(a, b); }) &&
           all(a_.shapes, b_.shapes,
               [](const auto& a, const auto& b) { return a.first_key == b.first_key && a.key_count == b.key_count; }) &&
           all(a_.keys, b_.keys, [&](const auto& a, const auto& b) { return key(a, b); });
  }

 private:
  bool text(std::uint32_t a, std::uint32_t b) const { return a_.string(a) == b_.string(b); }

  bool table(const plan::Table& a, const plan::Table& b) const {
    return a.parent == b.parent && a.within == b.within && a.empty_if_missing == b.empty_if_missing &&
           text(a.path, b.path);
  }

  bool column(const plan::Column& a, const plan::Column& b) const {
    if (a.table != b.table || a.type != b.type || a.optional != b.optional || a.currency != b.currency ||
        a.within != b.within || a.choice_count != b.choice_count || !text(a.path, b.path))
      return false;
    for (std::uint32_t i = 0; i < a.choice_count; ++i) {
      if (!text(a_.choices[a.choices + i], b_.choices[b.choices + i])) return false;
    }
    if (a.fallback == plan::none || b.fallback == plan::none) return a.fallback == b.fallback;
    const plan::Constant& x = a_.constants[a.fallback];
    const plan::Constant& y = b_.constants[b.fallback];
    if (x.type != y.type) return false;
    if (plan::is_text(x.type)) return text(x.unit, y.unit);
    const Decimal first = plan::number_of(a_, x), second = plan::number_of(b_, y);
    return x.unit == y.unit && first.exponent == second.exponent && first.coefficient == second.coefficient;
  }

  bool key(const plan::Key& a, const plan::Key& b) const {
    return a.action == b.action && a.target == b.target && a.shape == b.shape && a.scalar == b.scalar &&
           text(a.name, b.name);
  }

  const plan::Plan& a_;
  const plan::Plan& b_;
};

}  // namespace

bool read_alike(const plan::Plan& a, const plan::Plan& b) { return Comparison(a, b).alike(); }

}  // namespace assent::ingest
