// What comes before what, as a policy's page says it at each rule, chain and approver. Entry: PolicyOrder.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tools/page/policy_names.h"

namespace assent::command {

// Borrows the outline.
class PolicyOrder {
 public:
  using Kind = OrderingOutline::Kind;
  PolicyOrder(const Outline& outline, const PolicyNames& names);

  // What it comes after, and what it comes before.
  const std::vector<Words>& after(Kind kind, const std::string& name) const { return listed(after_, kind, name); }
  const std::vector<Words>& before(Kind kind, const std::string& name) const { return listed(before_, kind, name); }
  void add(Points& points, Kind kind, const std::string& name) const;

 private:
  using Lists = std::map<std::pair<Kind, std::string_view>, std::vector<Words>>;
  static const std::vector<Words>& listed(const Lists& lists, Kind kind, const std::string& name);
  Lists after_, before_;
};

}  // namespace assent::command
