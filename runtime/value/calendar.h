// Business days: which days count, and the n-th business day from a date.
//
// Entry: Calendar, is_business_day, add_business_days. A calendar is a set of weekdays and a sorted
// list of holidays that it borrows.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "runtime/value/date.h"
#include "runtime/value/fault.h"

namespace assent {

struct Calendar {
  std::uint8_t weekend = 0;                // bit i: weekday i (0 = Monday) is no business day
  std::span<const std::int32_t> holidays;  // days since 1970-01-01, ascending; borrowed
};

inline constexpr std::uint8_t saturday_and_sunday = 0x60;

// Business days that add_business_days counts at most, either way: four centuries of weekdays.
inline constexpr std::int64_t max_business_days = 100'000;

// Where a date goes that is no business day: the conventions of the ISDA 2006 Definitions, section 4.12, with modified
// preceding as their mirror and unadjusted as their absence. A business day stays
// where it is under each of them. "Modified" keeps a date in its month, for what is accounted by month; where that
// month has no business day on the other side either, the date leaves it on that side.
enum class Convention : std::uint8_t {
  unadjusted,          // the date itself
  following,           // the first business day after it
  modified_following,  // the first after it; if that is in another month, the last before it
  preceding,           // the last business day before it
  modified_preceding,  // the last before it; if that is in another month, the first after it
};

inline constexpr std::string_view convention_names[] = {"unadjusted", "following", "modified following", "preceding",
                                                       "modified preceding"};
constexpr std::string_view name(Convention convention) {
  return convention_names[static_cast<std::size_t>(convention)];
}

bool is_business_day(const Calendar& calendar, Date date);

// count > 0: the count-th business day after `from`; count < 0: the one before; `from` itself is
// never counted. count == 0: `from` if it is a business day, else the next one.
// Fault::bad_range if |count| > max_business_days or every weekday is in the weekend;
// Fault::date_range if the result leaves the years 1 to 9999.
Fault add_business_days(const Calendar& calendar, Date from, std::int64_t count, Date& out);

}  // namespace assent
