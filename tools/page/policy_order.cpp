// See policy_order.h.
#include "tools/page/policy_order.h"

namespace assent::command {

PolicyOrder::PolicyOrder(const Outline& outline, const PolicyNames& names) {
  for (const OrderingOutline& each : outline.orderings) {
    before_[{each.first_kind, each.first}].emplace_back(names.of(each.then_kind, each.then));
    after_[{each.then_kind, each.then}].emplace_back(names.of(each.first_kind, each.first));
  }
}

const std::vector<Words>& PolicyOrder::listed(const Lists& lists, Kind kind, const std::string& name) {
  static const std::vector<Words> nothing;
  const auto found = lists.find({kind, name});
  return found == lists.end() ? nothing : found->second;
}

void PolicyOrder::add(Points& points, Kind kind, const std::string& name) const {
  points.add("Comes after", after(kind, name));
  points.add("Comes before", before(kind, name));
}

}  // namespace assent::command
