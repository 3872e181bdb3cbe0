// When a timer acts. Entry: due_after.
#pragma once

#include <cstdint>
#include <string_view>

#include "assent/world.h"
#include "runtime/plan/plan.h"

namespace assent::approval {

// The instant `amount` units after `from`, both in milliseconds. Minutes run through; days, months and
// business days keep the local time of day, and business days are those of the plan's calendar of that name
// (Monday to Friday for a name that it does not have). Beyond the year 9999: its last instant, so that every
// timer has an end.
std::int64_t due_after(const plan::Plan& plan, const World& world, std::int64_t from, std::uint32_t amount,
                       std::string_view unit, std::string_view calendar);

}  // namespace assent::approval
