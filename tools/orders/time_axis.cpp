// See time_axis.h.
#include "tools/orders/time_axis.h"

#include <algorithm>
#include <chrono>
#include <iterator>

namespace assent::command {

namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int32_t first_day = -719162, last_day = 2932896;  // 0001-01-01, 9999-12-31

constexpr std::int32_t fewest_days = 14;  // an order of one day is not as wide as the picture
constexpr std::int32_t monday = 4;        // 1970-01-05, the first of its kind

// How far ticks are apart: so many days, or so many months.
struct Step {
  std::int32_t days = 0, months = 0;
};
constexpr Step steps[] = {{1, 0},   {7, 0},   {0, 1},   {0, 3},    {0, 12},   {0, 24},  {0, 60},
                          {0, 120}, {0, 240}, {0, 600}, {0, 1200}, {0, 2400}, {0, 6000}};

constexpr const char* months[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

std::int32_t floor_divide(std::int32_t a, std::int32_t b) { return a / b - (a % b < 0 ? 1 : 0); }

year_month_day date_of(std::int32_t day) { return year_month_day(sys_days(days(day))); }

// Counted from the year 0.
std::int32_t month_of(std::int32_t day) {
  const year_month_day date = date_of(day);
  return static_cast<int>(date.year()) * 12 + static_cast<std::int32_t>(static_cast<unsigned>(date.month())) - 1;
}

std::int32_t first_of(std::int32_t month) {
  const auto name = static_cast<unsigned>(month % 12 + 1);
  const year_month_day date(std::chrono::year(month / 12), std::chrono::month(name), std::chrono::day(1));
  return static_cast<std::int32_t>(sys_days(date).time_since_epoch().count());
}

std::string year_of(std::int32_t day) { return std::to_string(static_cast<int>(date_of(day).year())); }
std::string month_name(std::int32_t day) { return months[month_of(day) % 12]; }

// The ticks from `first` to `last`, without labels.
std::vector<AxisTick> days_of(const Step& step, std::int32_t first, std::int32_t last) {
  std::vector<AxisTick> found;
  if (step.days > 0) {
    const std::int32_t origin = step.days == 7 ? monday : 0;
    std::int32_t day = origin + floor_divide(first - origin + step.days - 1, step.days) * step.days;
    for (; day <= last; day += step.days) found.push_back({day, {}});
    return found;
  }
  for (std::int32_t month = month_of(first) / step.months * step.months; first_of(month) <= last; month += step.months)
    if (first_of(month) >= first) found.push_back({first_of(month), {}});
  return found;
}

// The shortest that gives at most max_ticks.
const Step& step_of(const TimeAxis& axis) {
  const std::int32_t span = axis.last - axis.first + 1;
  for (const Step& step : steps) {
    const std::int32_t longest = step.days + step.months * 31;
    if (span / longest > max_ticks) continue;  // without counting, of a day, all the days of all the years
    if (std::ssize(days_of(step, axis.first, axis.last)) <= max_ticks) return step;
  }
  return steps[std::size(steps) - 1];
}

}  // namespace

TimeAxis TimeAxis::around(std::int32_t first, std::int32_t last, int left, int width) {
  last = std::max(last, first + fewest_days - 1);
  const std::int32_t span = last - first + 1;
  return {std::max(first - std::max(span / 40, 1), first_day), std::min(last + span / 3, last_day), left, width};
}

int TimeAxis::at(std::int32_t day) const {
  return left + static_cast<int>(std::int64_t{day - first} * width / (last - first + 1));
}

std::vector<AxisTick> TimeAxis::ticks() const {
  const Step& step = step_of(*this);
  std::vector<AxisTick> found = days_of(step, first, last);
  for (AxisTick& each : found) {
    if (step.days > 0)
      each.label = std::to_string(static_cast<unsigned>(date_of(each.day).day()));
    else
      each.label = step.months < 12 ? month_name(each.day) : year_of(each.day);
  }
  return found;
}

std::vector<AxisTick> TimeAxis::heading() const {
  const Step& step = step_of(*this);
  if (step.months >= 12) return {};
  const bool by_month = step.days > 0;
  std::vector<AxisTick> found = days_of({0, by_month ? 1 : 12}, first, last);
  if (found.empty() || found.front().day != first) found.insert(found.begin(), {first, {}});
  for (AxisTick& each : found) each.label = (by_month ? month_name(each.day) + ' ' : "") + year_of(each.day);
  return found;
}

}  // namespace assent::command
