// Comparisons, denied and turned round. Entries: opposite, turned.
#pragma once

#include "runtime/plan/plan.h"

namespace assent::plan {

constexpr Comparison opposite(Comparison comparison) {
  using enum Comparison;
  switch (comparison) {
    case equal: return not_equal;
    case not_equal: return equal;
    case less: return greater_equal;
    case less_equal: return greater;
    case greater: return less_equal;
    case greater_equal: return less;
  }
  return comparison;
}

constexpr Comparison turned(Comparison comparison) {  // of the same two, the other way round
  using enum Comparison;
  switch (comparison) {
    case less: return greater;
    case less_equal: return greater_equal;
    case greater: return less;
    case greater_equal: return less_equal;
    default: return comparison;
  }
}

}  // namespace assent::plan
