// Which rules, facts, approvers and orders read which field of the quote, and which fact. Entry: list_reads.
#pragma once

#include "assent/outline.h"
#include "runtime/plan/plan.h"

namespace assent::plan {

// Fills the readers of outline.fields, which are as Plan::columns, and of outline.facts, as Plan::facts. Readers are
// told once each, as they are declared: rules, facts, approvers, orders, otherwise, votes.
void list_reads(const Plan& plan, Outline& outline);

}  // namespace assent::plan
