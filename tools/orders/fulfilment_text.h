// What follows from orders, for people: contracts, assets, entitlements, revenue, each as a table. Entries: the
// functions.
#pragma once

#include <string>
#include <vector>

#include "assent/fulfilment.h"
#include "tools/terminal.h"

namespace assent::command {

std::string contracts_text(const std::vector<Contract>& contracts, const Style& style);
std::string assets_text(const std::vector<Asset>& assets, const Style& style);
std::string entitlements_text(const std::vector<Entitlement>& entitlements, const Style& style);
std::string revenue_text(const std::vector<RevenueSchedule>& schedules, const Style& style);

}  // namespace assent::command
