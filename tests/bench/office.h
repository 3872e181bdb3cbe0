// A policy of three steps, its people and a quote, for the benchmarks of cases. Entry: Office.
#pragma once

#include <string>

#include "assent/advance.h"
#include "assent/policy.h"

namespace assent::bench {

struct Office {
  Office();
  Policy policy;
  World world;
  std::string quote;
  std::string people[3];  // in the order in which they approve
};

// Carries out the n-th command of a run over cases of four commands: a submission and three approvals. The id of
// the command and of its case are put into `id` and `case_id`, which the command borrows.
Command command_of(const Office& office, std::size_t n, std::string& id, std::string& case_id);

}  // namespace assent::bench
