#include "runtime/approval/timers.h"

#include "runtime/value/calendar.h"
#include "runtime/value/date.h"

namespace assent::approval {

namespace {

constexpr std::int64_t milliseconds_per_minute = 60'000;
constexpr std::int64_t last_instant = (max_date.days + std::int64_t{1}) * milliseconds_per_day - 1;

assent::Calendar calendar_of(const plan::Plan& plan, std::string_view name) {
  std::uint32_t id = 0;
  while (id < plan.calendars.size() && plan.string(plan.calendars[id].name) != name) ++id;
  return plan.calendar(id);
}

}  // namespace

std::int64_t due_after(const plan::Plan& plan, const World& world, std::int64_t from, std::uint32_t amount,
                       std::string_view unit, std::string_view calendar) {
  if (unit == "minutes") return std::min(last_instant, from + amount * milliseconds_per_minute);
  const std::int64_t offset = world.utc_offset * milliseconds_per_minute;
  const Date day = date_of(Instant{from + offset});
  const std::int64_t time_of_day = from + offset - day.days * milliseconds_per_day;
  Date due;
  Fault fault = Fault::none;
  if (unit == "months") fault = add_months(day, amount, due);
  else if (unit == "days") fault = add_days(day, amount, due);
  else fault = add_business_days(calendar_of(plan, calendar), day, amount, due);
  if (fault != Fault::none) return last_instant;
  return due.days * milliseconds_per_day + time_of_day - offset;
}

}  // namespace assent::approval
