// The orders of a case in the store. Entries: CasePlan, plan_of, log_of, key_of.
#pragma once

#include <string>
#include <vector>

#include "assent/orders.h"
#include "tools/case/case.h"

namespace assent::command {

struct CasePlan {
  Case kase;
  Evaluator evaluator;
  std::string quote;
  World world;
  Result<OrderPlan> plan;  // as it stands or, where nothing was ordered, as it would be; else why there is none
};

// BadInput: there is no such case, or the store could not do its part.
CasePlan plan_of(Store& store, const CaseRequest& request);

// What happened to a case, from the first event on.
std::vector<Event> log_of(Store& store, const std::string& case_id);

// The key that is meant by the first characters of it, BadInput if several are; what is none, as it is given.
std::string key_of(const OrderPlan& plan, const std::string& given);
std::string key_of(const std::vector<std::string>& keys, const std::string& given);

// Tells why there is no plan: a case that is not approved is a finding, anything else BadInput.
Exit tell_no_plan(const CaseRequest& request, const Problems& problems);

}  // namespace assent::command
